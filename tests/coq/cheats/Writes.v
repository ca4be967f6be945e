(* refused: `Redirect` writes a file *)
Redirect "rests0" Print nat.
Axiom foo : False.
