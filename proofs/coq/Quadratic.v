(** * Linear units: the error is convex, so no local minimum is spurious (Sontag and Sussmann 1989, section 1). *)

Require Import Reals List Lra Lia.
Require Import Spurious.Surface Spurious.Vectors.
Import ListNotations.
Open Scope R_scope.

(** The error of a linear unit: sum of w (<a, x> - b)^2. *)
Fixpoint E_linear (rows : list row) (x : list R) : R :=
  match rows with
  | [] => 0
  | r :: rest => weight r * (dot (input r) x - target r) ^ 2 + E_linear rest x
  end.

Definition convex (n : nat) (f : list R -> R) : Prop :=
  forall x y t, length x = n -> length y = n -> 0 <= t <= 1 -> f (move x t (vsub y x)) <= (1 - t) * f x + t * f y.

Definition weights_positive (rows : list row) : Prop := Forall (fun r => 0 < weight r) rows.

Lemma dot_between a x y t : length y = length x -> dot a (move x t (vsub y x)) = (1 - t) * dot a x + t * dot a y.
Proof. intros H. rewrite dot_move, dot_vsub by (rewrite ?length_vsub; congruence). ring. Qed.

Lemma square_convex u v t : 0 <= t <= 1 -> ((1 - t) * u + t * v) ^ 2 <= (1 - t) * u ^ 2 + t * v ^ 2.
Proof.
  intros Ht. assert (0 <= t * (1 - t) * (u - v) ^ 2); [|lra].
  apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply pow2_ge_0].
Qed.

Lemma term_convex n a b : convex n (fun x => (dot a x - b) ^ 2).
Proof.
  intros x y t Hx Hy Ht. rewrite dot_between by congruence.
  replace ((1 - t) * dot a x + t * dot a y - b) with ((1 - t) * (dot a x - b) + t * (dot a y - b)) by ring.
  apply square_convex. assumption.
Qed.

Lemma E_linear_convex n rows : weights_positive rows -> convex n (E_linear rows).
Proof.
  intros H x y t Hx Hy Ht. induction H as [|r rows Hr H IH]; simpl; [lra|].
  assert (T := term_convex n (input r) (target r) x y t Hx Hy Ht). cbv beta in T.
  apply (Rmult_le_compat_l (weight r)) in T; [|lra]. simpl in T. lra.
Qed.

(** For a convex function every local minimum is global. *)
Lemma convex_local_is_global n f x : convex n f -> local_min n f x -> forall y, length y = n -> f x <= f y.
Proof.
  intros Hf [Hx [d [Hd Hm]]] y Hy. apply Rnot_lt_le. intros Hlt.
  assert (Lv : length (vsub y x) = length x) by (rewrite length_vsub; congruence).
  destruct (near_move d x (vsub y x) Hd Lv) as [t0 [Ht0 Hnear]].
  set (t := Rmin 1 (t0 / 2)).
  assert (Ht : 0 < t <= 1) by (split; [apply Rmin_glb_lt; lra|apply Rmin_l]).
  assert (Htt : t <= t0 / 2) by apply Rmin_r.
  assert (M := Hm (move x t (vsub y x))). assert (N : near d x (move x t (vsub y x))).
  { apply Hnear. rewrite Rabs_pos_eq; lra. }
  specialize (M N). assert (C := Hf x y t Hx Hy). assert (Ht1 : 0 <= t <= 1) by lra. specialize (C Ht1).
  assert (0 < t * (f x - f y)) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

(** Section 1: every term is convex, so the sum is, and its local minima are global; any number of weights and of terms. *)
Theorem linear_units n rows : weights_positive rows ->
  (forall r, In r rows -> convex n (fun x => (dot (input r) x - target r) ^ 2)) /\
  convex n (E_linear rows) /\
  (forall x, local_min n (E_linear rows) x -> forall y, length y = n -> E_linear rows x <= E_linear rows y).
Proof.
  intros H. split; [intros; apply term_convex|]. assert (C := E_linear_convex n rows H). split; [exact C|].
  intros x Hx. apply convex_local_is_global with (1 := C). assumption.
Qed.
