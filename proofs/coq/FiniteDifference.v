(** * Difference quotients (LeCun, Bottou, Orr and Müller 1998, section 7). *)

Require Import Reals Lra.
Open Scope R_scope.

(** The error of a difference quotient is at most M e. An entry of the gradient along a line is such a function g: for the line in the
    direction of the k-th weight g' is an entry of the Hessian, for that in the direction Psi an entry of H Psi. *)
Theorem difference_quotient (g g' g'' : R -> R) (M x e : R) : e <> 0 ->
  (forall t, derivable_pt_lim g t (g' t)) -> (forall t, derivable_pt_lim g' t (g'' t)) -> (forall t, Rabs (g'' t) <= M) ->
  Rabs ((g (x + e) - g x) / e - g' x) <= M * Rabs e.
Proof.
  intros He Hg Hg' HM.
  assert (mean : forall (f f' : R -> R) a b, (forall t, derivable_pt_lim f t (f' t)) -> a <> b ->
    exists c, f b - f a = f' c * (b - a) /\ Rabs (c - a) <= Rabs (b - a)).
  { intros f f' a b Hf Hab. destruct (Rtotal_order a b) as [H|[H|H]]; [|contradiction|].
    - destruct (MVT_cor2 f f' a b H (fun c _ => Hf c)) as [c [E C]]. exists c. split; [exact E|].
      rewrite !Rabs_pos_eq by lra. lra.
    - destruct (MVT_cor2 f f' b a H (fun c _ => Hf c)) as [c [E C]]. exists c. split; [lra|].
      rewrite !Rabs_left1 by lra. lra. }
  destruct (mean g g' x (x + e) Hg) as [c [E C]]; [lra|].
  replace (x + e - x) with e in * by ring. rewrite E. replace (g' c * e / e) with (g' c) by (field; exact He).
  destruct (Req_dec x c) as [->|Hne].
  - replace (g' c - g' c) with 0 by ring. rewrite Rabs_R0. apply Rmult_le_pos; [|apply Rabs_pos].
    generalize (HM 0) (Rabs_pos (g'' 0)). lra.
  - destruct (mean g' g'' x c Hg' Hne) as [d [E' D]]. rewrite E', Rabs_mult.
    apply Rmult_le_compat; [apply Rabs_pos|apply Rabs_pos|apply HM|exact C].
Qed.
