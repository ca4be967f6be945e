(* refused: `ML` loads code into Coq *)
(* A comment (* within *) " and *) a string " another *)
Declare ML Module "ltac_plugin".
Theorem foo : True. Proof I.
