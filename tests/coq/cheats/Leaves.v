(* refused: `Cd` leaves the folder *)
Cd "/".
Theorem foo : True. Proof I.
