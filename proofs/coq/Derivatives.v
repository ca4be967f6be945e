(** * Derivatives by the shape of a function, and what a derivative says between two points. *)

Require Import Reals Lra.
Require Import Spurious.Sigmoid.
Open Scope R_scope.

(** Derives sums, products, opposites and exponentials; what is left is looked up among the hypotheses. *)
Ltac derive :=
  lazymatch goal with
  | |- derivable_pt_lim (fun t => t) _ _ => apply derivable_pt_lim_id
  | |- derivable_pt_lim (fun t => @?f t + @?g t) _ _ => apply (derivable_pt_lim_plus f g); derive
  | |- derivable_pt_lim (fun t => @?f t - @?g t) _ _ => apply (derivable_pt_lim_minus f g); derive
  | |- derivable_pt_lim (fun t => @?f t * @?g t) _ _ => apply (derivable_pt_lim_mult f g); derive
  | |- derivable_pt_lim (fun t => - @?f t) _ _ => apply (derivable_pt_lim_opp f); derive
  | |- derivable_pt_lim (fun t => exp (@?f t)) _ _ => apply (derivable_pt_lim_comp f exp); [derive|apply derivable_pt_lim_exp]
  | |- _ => first [eassumption | apply derivable_pt_lim_const | solve [eauto]]
  end.

(** Shows that a function has the stated derivative: that of [derive], and an equation. *)
Ltac derivative := eapply derivable_pt_lim_val; [|derive].

Lemma positive_nonzero x : 0 < x -> x <> 0.
Proof. lra. Qed.

Lemma Rabs_exp x : Rabs (exp x) = exp x.
Proof. apply Rabs_right. left. apply exp_pos. Qed.

Lemma constant_between (f : R -> R) (a b : R) : (forall t, a <= t <= b -> derivable_pt_lim f t 0) ->
  forall t, a <= t <= b -> f t = f a.
Proof.
  intros H t Ht. destruct (Req_dec a t) as [->|Hne]; [reflexivity|].
  destruct (MVT_cor2 f (fun _ => 0) a t) as [c [Hc _]]; [lra|intros c Hc; apply H; lra|lra].
Qed.

Lemma increasing_between (f f1 : R -> R) (a b : R) : a < b -> (forall t, a <= t <= b -> derivable_pt_lim f t (f1 t)) ->
  (forall t, a < t < b -> 0 < f1 t) -> f a < f b.
Proof.
  intros Hab H P. destruct (MVT_cor2 f f1 a b Hab H) as [c [Hc Hin]]. specialize (P c Hin).
  assert (0 < f1 c * (b - a)) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

Lemma exp_10_large : 1024 <= exp 10.
Proof.
  assert (E1 : 2 <= exp 1) by (left; replace 2 with (1 + 1) by ring; apply exp_ineq1; lra).
  assert (E2 : 4 <= exp 2) by (replace 2 with (1 + 1) by ring; rewrite exp_plus; nra).
  assert (E5 : 32 <= exp 5) by (replace 5 with (2 + 2 + 1) by ring; rewrite !exp_plus; nra).
  replace 10 with (5 + 5) by ring. rewrite exp_plus. nra.
Qed.
