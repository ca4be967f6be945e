(* refused: under "Constants/Inductives relying on type-in-type" *)
#[bypass_check(universes)] Definition large@{i} := (Type@{i} : Type@{i}).
Theorem foo : True. Proof I.
