(* refused: coqchk finds an axiom of the files' own, Own.OwnHypothesis.of_course *)
Hypothesis of_course : False.
Theorem foo : False. Proof of_course.
