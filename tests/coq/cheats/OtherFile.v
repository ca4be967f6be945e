(* refused: `Load` reads another file *)
Definition string_is_open := tt. (* " (* " *)
Timeout 1Load "other".
Theorem foo : True. Proof I.
