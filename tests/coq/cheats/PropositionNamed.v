(* refused: its type is no proposition *)
Definition foo : Prop := False.
