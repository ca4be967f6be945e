(* refused: coqchk finds an axiom of the files' own, Own.OwnVariable.of_course *)
Variable of_course : False.
Theorem foo : False. Proof of_course.
