(* refused: has no theorem foo *)
Notation foo := I.
