(* refused: has no theorem foo *)
Module Inner. Theorem foo : True. Proof I. End Inner.
