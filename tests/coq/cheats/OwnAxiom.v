(* refused: coqchk finds an axiom of the files' own, Own.OwnAxiom.of_course *)
Axiom of_course : False.
Theorem foo : False. Proof of_course.
