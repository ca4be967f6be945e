(* refused: coqchk finds an axiom of the files' own, Own.OwnParameter.of_course *)
Parameter of_course : False.
Theorem foo : False. Proof of_course.
