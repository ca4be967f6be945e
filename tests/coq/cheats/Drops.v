(* refused: Drops.v: coqc says *)
Drop.
Theorem foo : True. Proof I.
