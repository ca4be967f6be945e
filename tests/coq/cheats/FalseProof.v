(* refused: FalseProof.v: coqc says *)
Theorem foo : False. Proof I.
