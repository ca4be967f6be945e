(* refused: rests on Eqdep.Eq_rect_eq.eq_rect_eq *)
Require Import Coq.Logic.Eqdep.
Theorem foo : forall (U : Type) (p : U) (Q : U -> Type) (x : Q p) (h : p = p), x = eq_rect p Q x p h.
Proof. intros. apply Eq_rect_eq.eq_rect_eq. Qed.
