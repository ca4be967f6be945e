(* refused: has no theorem foo *)
Module Type Wish. Parameter of_course : False. End Wish.
Module Granted (W : Wish). Theorem foo : False. Proof W.of_course. End Granted.
