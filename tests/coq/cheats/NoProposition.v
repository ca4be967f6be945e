(* refused: its type is no proposition *)
Definition foo := 5.
