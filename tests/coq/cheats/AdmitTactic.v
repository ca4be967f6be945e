(* refused: coqchk finds an axiom of the files' own, Own.AdmitTactic.lemma *)
Lemma lemma : False. Proof. admit. Admitted.
Theorem foo : False. Proof. exact lemma. Qed.
