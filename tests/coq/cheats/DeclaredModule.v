(* refused: coqchk finds an axiom of the files' own, Own.DeclaredModule.Given.of_course *)
Module Type Wish. Parameter of_course : False. End Wish.
Declare Module Given : Wish.
Theorem foo : False. Proof Given.of_course.
