(* refused: coqchk finds an axiom of the files' own, Own.OwnConjecture.of_course *)
Conjecture of_course : False.
Theorem foo : False. Proof of_course.
