(* refused: coqchk finds an axiom of the files' own, Own.OwnContext.of_course *)
Context (of_course : False).
Theorem foo : False. Proof of_course.
