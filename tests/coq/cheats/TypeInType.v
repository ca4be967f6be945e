(* refused: under "Constants/Inductives relying on type-in-type" *)
Unset Universe Checking.
Theorem foo : exists T : Type, T = (Type : Type). Proof. exists Type. reflexivity. Qed.
