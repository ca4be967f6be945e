(** * Finite sums, vectors and matrices as functions of their indices.

    A vector of R^n is a function from nat to R of which the indices below n count; a matrix is one of two indices. *)

Require Import Reals Arith Lra Lia.
Open Scope R_scope.

Fixpoint sum (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S k => sum k f + f k
  end.

Definition inner (n : nat) (u v : nat -> R) : R := sum n (fun i => u i * v i).

(** (A x)_i for a matrix with n columns. *)
Definition apply (n : nat) (A : nat -> nat -> R) (x : nat -> R) : nat -> R := fun i => sum n (fun j => A i j * x j).

Definition transpose (A : nat -> nat -> R) : nat -> nat -> R := fun i j => A j i.

(** (A B)_ij where A has n columns. *)
Definition multiply (n : nat) (A B : nat -> nat -> R) : nat -> nat -> R := fun i j => sum n (fun k => A i k * B k j).

Definition identity (i j : nat) : R := if Nat.eqb i j then 1 else 0.

Lemma sum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof. induction n as [|n IH]; intros H; simpl; [reflexivity|]. rewrite IH, H by (intros; try apply H; lia). reflexivity. Qed.

Lemma sum_plus n f g : sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n as [|n IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_minus n f g : sum n (fun i => f i - g i) = sum n f - sum n g.
Proof. induction n as [|n IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_scale n c f : sum n (fun i => c * f i) = c * sum n f.
Proof. induction n as [|n IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_scale_r n c f : sum n (fun i => f i * c) = sum n f * c.
Proof. induction n as [|n IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_const n c : sum n (fun _ => c) = INR n * c.
Proof. induction n as [|n IH]; [simpl; ring|]. rewrite S_INR. simpl. rewrite IH. ring. Qed.

Lemma sum_zero n f : (forall i, (i < n)%nat -> f i = 0) -> sum n f = 0.
Proof. intros H. rewrite (sum_ext n f (fun _ => 0)) by exact H. rewrite sum_const. ring. Qed.

Lemma sum_swap n m f : sum n (fun i => sum m (fun j => f i j)) = sum m (fun j => sum n (fun i => f i j)).
Proof.
  induction n as [|n IH]; simpl.
  - symmetry. apply sum_zero. reflexivity.
  - rewrite IH, <- sum_plus. reflexivity.
Qed.

Lemma sum_delta n i f : (i < n)%nat -> sum n (fun k => identity i k * f k) = f i.
Proof.
  unfold identity. induction n as [|n IH]; intros H; [lia|]. simpl. destruct (Nat.eqb_spec i n) as [->|Hne].
  - rewrite (sum_zero n); [ring|]. intros k Hk. destruct (Nat.eqb_spec n k); [lia|ring].
  - rewrite IH by lia. ring.
Qed.

Lemma sum_le n f g : (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  apply Rplus_le_compat; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma sum_nonneg n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof. intros H. rewrite <- (sum_zero n (fun _ => 0)) by reflexivity. apply sum_le. exact H. Qed.

Lemma sum_term n f i : (i < n)%nat -> (forall k, (k < n)%nat -> 0 <= f k) -> f i <= sum n f.
Proof.
  induction n as [|n IH]; intros Hi H; [lia|]. simpl. destruct (Nat.eq_dec i n) as [->|Hne].
  - assert (0 <= sum n f) by (apply sum_nonneg; intros; apply H; lia). lra.
  - assert (f i <= sum n f) by (apply IH; [lia|intros; apply H; lia]). assert (0 <= f n) by (apply H; lia). lra.
Qed.

Lemma sum_squares_zero n f i : sum n (fun k => f k * f k) <= 0 -> (i < n)%nat -> f i = 0.
Proof.
  intros H Hi. assert (T := sum_term n (fun k => f k * f k) i Hi (fun k _ => Rle_0_sqr (f k))). simpl in T.
  apply Rsqr_0_uniq. unfold Rsqr. assert (S := Rle_0_sqr (f i)). unfold Rsqr in S. lra.
Qed.

Lemma inner_comm n u v : inner n u v = inner n v u.
Proof. apply sum_ext. intros. ring. Qed.

Lemma inner_ext n u v u' v' : (forall i, (i < n)%nat -> u i = u' i) -> (forall i, (i < n)%nat -> v i = v' i) ->
  inner n u v = inner n u' v'.
Proof. intros H H'. apply sum_ext. intros i Hi. rewrite H, H' by exact Hi. reflexivity. Qed.

Lemma inner_plus n u v w : inner n u (fun i => v i + w i) = inner n u v + inner n u w.
Proof. unfold inner. rewrite <- sum_plus. apply sum_ext. intros. ring. Qed.

Lemma inner_scale n c u v : inner n u (fun i => c * v i) = c * inner n u v.
Proof. unfold inner. rewrite <- sum_scale. apply sum_ext. intros. ring. Qed.

Lemma inner_square_nonneg n u : 0 <= inner n u u.
Proof. apply sum_nonneg. intros. apply Rle_0_sqr. Qed.

Lemma inner_square_zero n u i : inner n u u <= 0 -> (i < n)%nat -> u i = 0.
Proof. apply sum_squares_zero. Qed.

Lemma apply_ext n A x y i : (forall j, (j < n)%nat -> x j = y j) -> apply n A x i = apply n A y i.
Proof. intros H. apply sum_ext. intros j Hj. rewrite H by exact Hj. reflexivity. Qed.

Lemma apply_plus n A x y i : apply n A (fun j => x j + y j) i = apply n A x i + apply n A y i.
Proof. unfold apply. rewrite <- sum_plus. apply sum_ext. intros. ring. Qed.

Lemma apply_minus n A x y i : apply n A (fun j => x j - y j) i = apply n A x i - apply n A y i.
Proof. unfold apply. rewrite <- sum_minus. apply sum_ext. intros. ring. Qed.

Lemma apply_scale n A c x i : apply n A (fun j => c * x j) i = c * apply n A x i.
Proof. unfold apply. rewrite <- sum_scale. apply sum_ext. intros. ring. Qed.

Lemma apply_multiply n m A B x i : apply m (multiply n A B) x i = apply n A (apply m B x) i.
Proof.
  unfold apply, multiply.
  transitivity (sum m (fun j => sum n (fun k => A i k * B k j * x j))).
  - apply sum_ext. intros. rewrite <- sum_scale_r. apply sum_ext. intros. ring.
  - rewrite sum_swap. apply sum_ext. intros. rewrite <- sum_scale. apply sum_ext. intros. ring.
Qed.

Lemma apply_identity n x i : (i < n)%nat -> apply n identity x i = x i.
Proof. apply sum_delta. Qed.

(** <u, A x> = <A^T u, x>, A with n rows and m columns. *)
Lemma inner_apply n m A u x : inner n u (apply m A x) = inner m (apply n (transpose A) u) x.
Proof.
  unfold inner, apply, transpose.
  transitivity (sum n (fun i => sum m (fun j => u i * A i j * x j))).
  - apply sum_ext. intros. rewrite <- sum_scale. apply sum_ext. intros. ring.
  - rewrite sum_swap. apply sum_ext. intros. rewrite <- sum_scale_r. apply sum_ext. intros. ring.
Qed.
