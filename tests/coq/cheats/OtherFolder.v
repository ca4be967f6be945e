(* refused: `LoadPath` reads other folders *)
Add LoadPath "/" as Other.
Theorem foo : True. Proof I.
