(* refused: coqchk finds an axiom of the files' own, Own.OwnAdmitted.foo *)
Theorem foo : False. Proof. Admitted.
