(* refused: has no theorem foo *)
Inductive foo : Prop := .
