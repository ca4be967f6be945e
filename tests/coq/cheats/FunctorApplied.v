(* refused: coqchk finds an axiom of the files' own, Own.FunctorApplied.Given.of_course *)
Module Type Wish. Parameter of_course : False. End Wish.
Module Granted (W : Wish). Theorem granted : False. Proof W.of_course. End Granted.
Declare Module Given : Wish.
Module Made := Granted Given.
Theorem foo : False. Proof Made.granted.
