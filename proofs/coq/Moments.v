(** * Means, variances and orders of summation (LeCun, Bottou, Orr and Müller 1998, sections 4 and 5). *)

Require Import Reals List Arith Lra Lia Permutation.
Require Import Spurious.Sums.
Import ListNotations.
Open Scope R_scope.

(** Section 4.2: a batch gradient does not depend on the order of the examples. *)
Theorem order_is_irrelevant (gradients reordered : list R) : Permutation gradients reordered ->
  fold_right Rplus 0 gradients = fold_right Rplus 0 reordered.
Proof. intros H. induction H; simpl; [reflexivity|rewrite IHPermutation; reflexivity|ring|congruence]. Qed.

(** Section 4.3: the changes of two weights in one step, of one sign or both zero. *)
Definition together (s : R * R) : Prop :=
  (0 < fst s /\ 0 < snd s) \/ (fst s < 0 /\ snd s < 0) \/ (fst s = 0 /\ snd s = 0).

Definition total (change : R * R -> R) (steps : list (R * R)) : R := fold_right (fun s a => change s + a) 0 steps.

(** If one weight grows and the other shrinks, there are steps of either sign. *)
Theorem zigzag (steps : list (R * R)) : Forall together steps -> 0 < total fst steps -> total snd steps < 0 ->
  (exists s, In s steps /\ 0 < fst s /\ 0 < snd s) /\ (exists s, In s steps /\ fst s < 0 /\ snd s < 0).
Proof.
  intros T. split.
  - clear H0. induction T as [|s steps Hs T IH]; simpl in *; [lra|].
    destruct Hs as [Hs|Hs]; [exists s; auto|]. destruct IH as [r [Hr Hp]]; [lra|]. exists r; auto.
  - clear H. induction T as [|s steps Hs T IH]; simpl in *; [lra|].
    destruct Hs as [Hs|[Hs|Hs]]; [|exists s; auto|]; (destruct IH as [r [Hr Hp]]; [lra|]; exists r; auto).
Qed.

(** The mean over P examples. *)
Definition mean (P : nat) (f : nat -> R) : R := sum P f / INR P.

Definition covariance (P : nat) (f g : nat -> R) : R := mean P (fun p => (f p - mean P f) * (g p - mean P g)).

Lemma mean_ext P f g : (forall p, f p = g p) -> mean P f = mean P g.
Proof. intros H. unfold mean. rewrite (sum_ext P f g) by (intros; apply H). reflexivity. Qed.

Lemma mean_sum P n f : mean P (fun p => sum n (fun j => f j p)) = sum n (fun j => mean P (f j)).
Proof. unfold mean. rewrite sum_swap. unfold Rdiv. rewrite sum_scale_r. reflexivity. Qed.

Lemma mean_scale P c f : mean P (fun p => c * f p) = c * mean P f.
Proof. unfold mean. rewrite sum_scale. unfold Rdiv. ring. Qed.

(** (14): uncorrelated inputs of variance 1; the weighted sum of m of them has the variance sum of w_j^2. *)
Theorem variance_of_sum P m (x : nat -> nat -> R) (w : nat -> R) :
  (forall i j, (i < m)%nat -> (j < m)%nat -> covariance P (x i) (x j) = identity i j) ->
  covariance P (fun p => sum m (fun j => w j * x j p)) (fun p => sum m (fun j => w j * x j p)) = inner m w w.
Proof.
  intros C. unfold covariance at 1.
  rewrite (mean_ext P _ (fun p => sum m (fun i => sum m (fun j => w i * (w j * ((x i p - mean P (x i)) * (x j p - mean P (x j)))))))).
  - rewrite mean_sum. unfold inner. apply sum_ext. intros i Hi. rewrite mean_sum.
    rewrite (sum_ext m _ (fun j => identity i j * (w i * w j))).
    + rewrite sum_delta by exact Hi. reflexivity.
    + intros j Hj. rewrite !mean_scale. fold (covariance P (x i) (x j)). rewrite C by assumption. ring.
  - intros p. rewrite mean_sum.
    assert (D : sum m (fun j => w j * x j p) - sum m (fun j => mean P (fun p => w j * x j p))
      = sum m (fun j => w j * (x j p - mean P (x j)))).
    { rewrite <- sum_minus. apply sum_ext. intros. rewrite mean_scale. ring. }
    rewrite D, <- sum_scale_r. apply sum_ext. intros i Hi. rewrite <- sum_scale. apply sum_ext. intros j Hj. ring.
Qed.

(** (15), (16): m > 0 weights, over the draws q of mean square 1/m each. The mean of the sum of squares is 1. *)
Theorem mean_square_of_weights Q m (w : nat -> nat -> R) : (0 < m)%nat ->
  (forall j, (j < m)%nat -> mean Q (fun q => w q j * w q j) = / INR m) -> mean Q (fun q => inner m (w q) (w q)) = 1.
Proof.
  intros Hm H. unfold inner. rewrite (mean_sum Q m (fun j q => w q j * w q j)).
  rewrite (sum_ext m _ (fun _ => / INR m)) by exact H. rewrite sum_const. apply Rinv_r. apply not_0_INR. lia.
Qed.

(** (28): half the mean square of the errors of a linear unit. *)
Definition least_squares (P n : nat) (x : nat -> nat -> R) (d : nat -> R) (w : nat -> R) : R :=
  mean P (fun p => (d p - sum n (fun i => w i * x i p)) ^ 2) / 2.

Lemma mean_combination P a b c d : mean P (fun p => a p - b p - c p + d p) = mean P a - mean P b - mean P c + mean P d.
Proof.
  unfold mean. rewrite (sum_plus P (fun p => a p - b p - c p) d), (sum_minus P (fun p => a p - b p) c), sum_minus.
  unfold Rdiv. ring.
Qed.

(** (29): the second difference of E along u and v is u^T H v with H_ij the mean of x_i x_j, from every w. *)
Theorem hessian_of_least_squares P n x d w u v :
  least_squares P n x d (fun i => w i + u i + v i) - least_squares P n x d (fun i => w i + u i)
    - least_squares P n x d (fun i => w i + v i) + least_squares P n x d w
  = inner n u (apply n (fun i j => mean P (fun p => x i p * x j p)) v).
Proof.
  unfold least_squares.
  assert (A : forall (r s : nat -> R) p, sum n (fun i => (r i + s i) * x i p) = sum n (fun i => r i * x i p) + sum n (fun i => s i * x i p)).
  { intros. rewrite <- sum_plus. apply sum_ext. intros. ring. }
  transitivity (mean P (fun p => sum n (fun i => u i * x i p) * sum n (fun j => v j * x j p))).
  - set (a := fun p => (d p - sum n (fun i => (w i + u i + v i) * x i p)) ^ 2).
    set (b := fun p => (d p - sum n (fun i => (w i + u i) * x i p)) ^ 2).
    set (c := fun p => (d p - sum n (fun i => (w i + v i) * x i p)) ^ 2).
    set (e := fun p => (d p - sum n (fun i => w i * x i p)) ^ 2).
    transitivity (mean P (fun p => a p - b p - c p + e p) / 2); [rewrite mean_combination; field|].
    transitivity (mean P (fun p => 2 * (sum n (fun i => u i * x i p) * sum n (fun j => v j * x j p))) / 2).
    + apply (f_equal (fun t => t / 2)). apply mean_ext. intros p. unfold a, b, c, e.
      rewrite (A (fun i => w i + u i) v p), (A w u p), (A w v p). ring.
    + rewrite mean_scale. field.
  - unfold inner, apply.
    rewrite (mean_ext P _ (fun p => sum n (fun i => u i * sum n (fun j => x i p * x j p * v j)))).
    + rewrite mean_sum. apply sum_ext. intros i Hi. rewrite mean_scale, mean_sum. apply (f_equal (fun t => u i * t)).
      apply sum_ext. intros j Hj. rewrite (mean_ext P _ (fun p => v j * (x i p * x j p))) by (intros; ring).
      rewrite mean_scale. ring.
    + intros p. rewrite <- sum_scale_r. apply sum_ext. intros i Hi. rewrite Rmult_assoc. apply (f_equal (fun t => u i * t)).
      rewrite <- sum_scale. apply sum_ext. intros. ring.
Qed.

(** The mean of a product is the covariance plus the product of the means; for one mean zero it is the covariance. *)
Theorem products_and_covariance P f g : (0 < P)%nat ->
  mean P (fun p => f p * g p) = covariance P f g + mean P f * mean P g /\
  (mean P f = 0 -> mean P (fun p => f p * g p) = covariance P f g).
Proof.
  intros HP. assert (N : INR P <> 0) by (apply not_0_INR; lia).
  assert (A : mean P (fun p => f p * g p) = covariance P f g + mean P f * mean P g).
  { unfold covariance.
    rewrite (mean_ext P (fun p => (f p - mean P f) * (g p - mean P g))
      (fun p => f p * g p - mean P g * f p - mean P f * g p + mean P f * mean P g)) by (intros; ring).
    rewrite (mean_combination P (fun p => f p * g p) (fun p => mean P g * f p) (fun p => mean P f * g p) (fun _ => mean P f * mean P g)).
    assert (K : forall c, mean P (fun _ => c) = c) by (intros c; unfold mean; rewrite sum_const; field; exact N).
    rewrite K, !mean_scale. ring. }
  split; [exact A|]. intros H. rewrite A, H. ring.
Qed.
