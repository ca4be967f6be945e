(** * The divergence lemma of Sontag (1988) as printed, refuted for sigmoids of his kind: infinitely often differentiable,
    strictly increasing, odd, with limits -1 and 1. [Sontag88] has what is true. *)

Require Import Reals List Lra Lia.
Require Import Spurious.Surface Spurious.Vectors Spurious.Sigmoid Spurious.Linear Spurious.Convex Spurious.Sontag88.
Import ListNotations.
Open Scope R_scope.

(** D k is the k-th derivative. *)
Definition smooth (theta : R -> R) : Prop :=
  exists D : nat -> R -> R, (forall z, D O z = theta z) /\ forall k z, derivable_pt_lim (D k) z (D (S k) z).

Definition sigmoid (theta : R -> R) : Prop :=
  smooth theta /\ (forall u v, u < v -> theta u < theta v) /\ (forall z, theta (- z) = - theta z) /\
  (forall z, -1 < theta z < 1) /\ (forall eps, 0 < eps -> exists z0, forall z, z0 < z -> 1 - eps < theta z).

(** The rows of the matrix A of the paper, all outputs 1. *)
Definition plain (n : nat) (rows : list row) : Prop :=
  rows <> [] /\ Forall (fun r => length (input r) = n /\ weight r = 1 /\ target r = 1) rows.

(** ** tanh(z^3) is such a sigmoid: its derivatives are polynomials in z and tanh(z^3). *)

Inductive expr := Number (c : R) | Argument | Response | Sum (a b : expr) | Product (a b : expr).

Fixpoint value (e : expr) (z : R) : R :=
  match e with
  | Number c => c
  | Argument => z
  | Response => flat z
  | Sum a b => value a z + value b z
  | Product a b => value a z * value b z
  end.

Fixpoint derivative (e : expr) : expr :=
  match e with
  | Number _ => Number 0
  | Argument => Number 1
  | Response => Product (Product (Number 3) (Product Argument Argument)) (Sum (Number 1) (Product (Number (-1)) (Product Response Response)))
  | Sum a b => Sum (derivative a) (derivative b)
  | Product a b => Sum (Product (derivative a) b) (Product a (derivative b))
  end.

Lemma value_derivable e z : derivable_pt_lim (value e) z (value (derivative e) z).
Proof.
  induction e as [c| | |a IHa b IHb|a IHa b IHb]; simpl.
  - apply derivable_pt_lim_const.
  - apply derivable_pt_lim_id.
  - eapply derivable_pt_lim_val; [|apply flat_derivable]. unfold flat1, tanh1, flat. ring.
  - apply (derivable_pt_lim_plus (value a) (value b)); assumption.
  - apply (derivable_pt_lim_mult (value a) (value b)); assumption.
Qed.

Fixpoint nth_derivative (k : nat) : expr :=
  match k with
  | O => Response
  | S k' => derivative (nth_derivative k')
  end.

Lemma flat_sigmoid : sigmoid flat.
Proof.
  destruct printed_lemma_fails as [Odd [Inc [Range [Limit _]]]].
  split; [|split; [exact Inc|split; [exact Odd|split; [exact Range|exact Limit]]]].
  exists (fun k => value (nth_derivative k)). split; [reflexivity|]. intros k z. apply value_derivable.
Qed.

Lemma flat1_at_0 : flat1 0 = 0.
Proof. unfold flat1. ring. Qed.

(** ** What is printed. *)

(** The lemma: rows in an open half space and independent, hence no bounded solution. *)
Theorem printed_lemma_refuted :
  ~ (forall theta theta1, sigmoid theta -> (forall z, derivable_pt_lim theta z (theta1 z)) ->
     forall n rows, plain n rows -> (exists nu, length nu = n /\ Forall (fun r => 0 < dot (input r) nu) rows) ->
     independent n (map input rows) ->
     forall alpha X, 0 < alpha -> solution alpha theta theta1 n rows X -> ~ bounded n X).
Proof.
  intros H. destruct printed_lemma_fails as [_ [_ [_ [_ [Der [_ [Ind Rest]]]]]]]. destruct (Rest 1) as [Sol Bound].
  refine (H flat flat1 flat_sigmoid Der 1%nat [Row [1] 1 1] _ _ Ind 1 _ Rlt_0_1 Sol Bound).
  - split; [discriminate|]. repeat constructor.
  - exists [1]. split; [reflexivity|]. repeat constructor. simpl. lra.
Qed.

(** The first step of the proof: the gradient has a negative product with nu everywhere, and so vanishes nowhere. *)
Theorem printed_gradient_refuted :
  ~ (forall theta theta1, sigmoid theta -> (forall z, derivable_pt_lim theta z (theta1 z)) ->
     forall n rows nu, plain n rows -> separates n nu rows ->
     forall x, length x = n -> exists i, (i < n)%nat /\ partial theta theta1 rows x i <> 0).
Proof.
  intros H. destruct printed_lemma_fails as [_ [_ [_ [_ [Der [Sep _]]]]]].
  assert (P : plain 1 [Row [1] 1 1]) by (split; [discriminate|repeat constructor]).
  destruct (H flat flat1 flat_sigmoid Der 1%nat [Row [1] 1 1] [1] P Sep [0] eq_refl) as [i [Hi Hn]].
  apply Hn. assert (i = O) by lia. subst i. simpl. replace (1 * 0 + 0) with 0 by ring. rewrite flat1_at_0. ring.
Qed.
