(** * Newton's method, whitening, and the square of the Jacobian (LeCun, Bottou, Orr and Müller 1998, sections 6 and 7). *)

Require Import Reals List Arith Lra Lia.
Require Import Spurious.Sums.
Import ListNotations.
Open Scope R_scope.

Definition symmetric (n : nat) (H : nat -> nat -> R) : Prop := forall i j, (i < n)%nat -> (j < n)%nat -> H i j = H j i.

Definition equal (n : nat) (A B : nat -> nat -> R) : Prop := forall i j, (i < n)%nat -> (j < n)%nat -> A i j = B i j.

(** v^T H v >= 0 for every v. *)
Definition semidefinite (n : nat) (H : nat -> nat -> R) : Prop := forall v, 0 <= inner n v (apply n H v).

(** E(w) = c + b w + w^T H w / 2, and its gradient for a symmetric H. *)
Definition quadratic (n : nat) (c : R) (b : nat -> R) (H : nat -> nat -> R) (w : nat -> R) : R :=
  c + inner n b w + inner n w (apply n H w) / 2.
Definition slope (n : nat) (b : nat -> R) (H : nat -> nat -> R) (w : nat -> R) (i : nat) : R := b i + apply n H w i.

Lemma apply_equal n A B x i : (i < n)%nat -> equal n A B -> apply n A x i = apply n B x i.
Proof. intros Hi H. apply sum_ext. intros j Hj. rewrite H by assumption. reflexivity. Qed.

Lemma inner_symmetric n H u v : symmetric n H -> inner n u (apply n H v) = inner n v (apply n H u).
Proof.
  intros S. rewrite inner_apply, inner_comm. apply inner_ext; [reflexivity|]. intros i Hi. apply apply_equal; [exact Hi|].
  intros j k Hj Hk. unfold transpose. apply S; assumption.
Qed.

(** [slope] is the gradient: what is left is of second order. *)
Lemma quadratic_expansion n c b H w v : symmetric n H ->
  quadratic n c b H (fun i => w i + v i)
  = quadratic n c b H w + inner n (slope n b H w) v + inner n v (apply n H v) / 2.
Proof.
  intros S. unfold quadratic, slope.
  assert (A : inner n (fun i => w i + v i) (apply n H (fun i => w i + v i))
    = inner n w (apply n H w) + 2 * inner n (apply n H w) v + inner n v (apply n H v)).
  { rewrite (inner_ext n _ _ (fun i => w i + v i) (fun i => apply n H w i + apply n H v i))
      by (intros; first [reflexivity|apply apply_plus]).
    rewrite inner_plus, (inner_comm n _ (apply n H w)), (inner_comm n _ (apply n H v)), !inner_plus.
    rewrite (inner_comm n (apply n H v) w), (inner_symmetric n H w v S), (inner_comm n v (apply n H w)).
    rewrite (inner_comm n (apply n H w) w), (inner_comm n (apply n H v) v). ring. }
  rewrite A, inner_plus, (inner_comm n (fun i => b i + apply n H w i) v), inner_plus.
  rewrite (inner_comm n v b), (inner_comm n v (apply n H w)). field.
Qed.

(** Section 6.1: from every w the step -H^(-1) dE/dw leads to the point where the gradient vanishes. *)
Theorem newton_in_one_step n c b H M w : symmetric n H -> equal n (multiply n H M) identity ->
  (forall v, quadratic n c b H (fun i => w i + v i)
    = quadratic n c b H w + inner n (slope n b H w) v + inner n v (apply n H v) / 2) /\
  forall i, (i < n)%nat -> slope n b H (fun j => w j - apply n M (slope n b H w) j) i = 0.
Proof.
  intros S I. split; [intros; apply quadratic_expansion; exact S|]. intros i Hi. unfold slope at 1.
  rewrite apply_minus, <- apply_multiply.
  rewrite (apply_equal n (multiply n H M) identity) by assumption.
  rewrite apply_identity by exact Hi. unfold slope. ring.
Qed.

(** (34): Lambda = Theta H Theta^T with Theta^T Theta = I. *)
Definition diagonalises (n : nat) (Theta H : nat -> nat -> R) (lambda : nat -> R) : Prop :=
  equal n (multiply n (transpose Theta) Theta) identity /\
  equal n (multiply n (multiply n Theta H) (transpose Theta)) (fun i j => lambda i * identity i j).

(** Theta H v = Lambda Theta v. *)
Lemma rotated n Theta H lambda v i : diagonalises n Theta H lambda -> (i < n)%nat ->
  apply n Theta (apply n H v) i = lambda i * apply n Theta v i.
Proof.
  intros [I D] Hi.
  assert (B : forall j, (j < n)%nat -> v j = apply n (transpose Theta) (apply n Theta v) j).
  { intros j Hj. rewrite <- apply_multiply, (apply_equal n _ identity) by assumption. symmetry. apply apply_identity. exact Hj. }
  rewrite <- apply_multiply, (apply_ext n _ v _ i B), <- apply_multiply.
  rewrite (apply_equal n _ (fun i j => lambda i * identity i j)) by assumption.
  unfold apply at 1. rewrite (sum_ext n _ (fun j => lambda i * (identity i j * apply n Theta v j))) by (intros; ring).
  rewrite sum_scale, sum_delta by exact Hi. reflexivity.
Qed.

Lemma rotated_form n Theta H lambda v : diagonalises n Theta H lambda ->
  inner n v (apply n H v) = sum n (fun i => lambda i * (apply n Theta v i * apply n Theta v i)).
Proof.
  intros D. assert (D' := D). destruct D' as [I _].
  assert (B : forall j, (j < n)%nat -> v j = apply n (transpose Theta) (apply n Theta v) j).
  { intros j Hj. rewrite <- apply_multiply, (apply_equal n _ identity) by assumption. symmetry. apply apply_identity. exact Hj. }
  rewrite (inner_ext n v _ (apply n (transpose Theta) (apply n Theta v)) (apply n H v) B) by reflexivity.
  rewrite inner_comm, inner_apply. unfold inner. apply sum_ext. intros i Hi.
  replace (apply n (transpose (transpose Theta)) (apply n H v) i) with (apply n Theta (apply n H v) i) by reflexivity.
  rewrite (rotated n Theta H lambda) by assumption. ring.
Qed.

(** Section 6.1: u = Lambda^(1/2) Theta w turns w^T H w into |u|^2; l are the square roots of the eigenvalues. *)
Theorem whitening n Theta H l w : diagonalises n Theta H (fun i => l i * l i) ->
  inner n w (apply n H w) = inner n (fun i => l i * apply n Theta w i) (fun i => l i * apply n Theta w i).
Proof. intros D. rewrite (rotated_form n Theta H _ w D). apply sum_ext. intros. ring. Qed.

(** Section 6.1: with u = S w and H = S^T S, the step v in w that descent makes in u is Newton's. *)
Theorem newton_is_whitened_descent n S H eta gw gu v : equal n H (multiply n (transpose S) S) ->
  (forall i, (i < n)%nat -> gw i = apply n (transpose S) gu i) ->
  (forall i, (i < n)%nat -> apply n S v i = - eta * gu i) ->
  forall i, (i < n)%nat -> apply n H v i = - eta * gw i.
Proof.
  intros HS G V i Hi. rewrite (apply_equal n H _ v i Hi HS), apply_multiply.
  rewrite (apply_ext n _ _ (fun j => - eta * gu j) i V), apply_scale, G by exact Hi. reflexivity.
Qed.

(** Section 6.1: inputs A x, weights w = A^T w'. The gradient in w' is A g, the Hessian A H A^T. A Newton step d in w' is one in w. *)
Theorem newton_is_invariant n A B H g d : equal n (multiply n B A) identity ->
  (forall i, (i < n)%nat -> apply n (multiply n A (multiply n H (transpose A))) d i = apply n A g i) ->
  forall i, (i < n)%nat -> apply n H (apply n (transpose A) d) i = g i.
Proof.
  intros I E i Hi.
  assert (U : forall x k, (k < n)%nat -> apply n B (apply n A x) k = x k).
  { intros x k Hk. rewrite <- apply_multiply, (apply_equal n _ identity) by assumption. apply apply_identity. exact Hk. }
  rewrite <- (U (apply n H (apply n (transpose A) d)) i Hi), <- (U g i Hi). apply apply_ext. intros j Hj.
  rewrite <- E by exact Hj. rewrite apply_multiply. apply apply_ext. intros k Hk. symmetry. apply apply_multiply.
Qed.

(** Section 6.2: with H = S^T S and u = S rho, conjugate is orthogonal, and the Hessian in u is the identity. *)
Theorem conjugate_is_orthogonal n S H rho sigma : equal n H (multiply n (transpose S) S) ->
  inner n (apply n S rho) (apply n S sigma) = inner n rho (apply n H sigma) /\
  inner n rho (apply n H rho) = inner n (apply n S rho) (apply n S rho).
Proof.
  intros HS. assert (A : forall x y, inner n (apply n S x) (apply n S y) = inner n x (apply n H y)).
  { intros x y. rewrite inner_apply, inner_comm, inner_comm. rewrite (inner_comm n (apply n (transpose S) (apply n S x)) y).
    rewrite (inner_ext n y _ y (apply n H x)).
    - assert (Sym : symmetric n H).
      { intros i j Hi Hj. rewrite !HS by assumption. unfold multiply, transpose. apply sum_ext. intros. ring. }
      apply inner_symmetric. exact Sym.
    - reflexivity.
    - intros i Hi. rewrite (apply_equal n H _ x i Hi HS). symmetry. apply apply_multiply. }
  split; [apply A|symmetry; apply A].
Qed.

(** ** The square of the Jacobian J, with N weights and O outputs, as a table of numbers. *)

Definition square (N O : nat) (J : nat -> nat -> R) : list (list R) :=
  map (fun i => map (fun j => multiply O (transpose J) J i j) (seq 0 N)) (seq 0 N).

Definition has_dimension (rows columns : nat) (A : list (list R)) : Prop :=
  length A = rows /\ forall r, In r A -> length r = columns.

(** (51): it is N x N, and semidefinite. *)
Theorem square_of_jacobian N O J : has_dimension N N (square N O J) /\ symmetric N (multiply O (transpose J) J) /\
  semidefinite N (multiply O (transpose J) J).
Proof.
  split; [|split].
  - split; [unfold square; rewrite map_length, seq_length; reflexivity|].
    intros r Hr. unfold square in Hr. apply in_map_iff in Hr. destruct Hr as [i [<- _]]. rewrite map_length, seq_length. reflexivity.
  - intros i j _ _. unfold multiply, transpose. apply sum_ext. intros. ring.
  - intros v. rewrite (inner_ext N v _ v (apply O (transpose J) (apply N J v))) by (intros; first [reflexivity|apply apply_multiply]).
    rewrite inner_comm. replace (inner N (apply O (transpose J) (apply N J v)) v) with (inner O (apply N J v) (apply N J v))
      by apply inner_apply. apply inner_square_nonneg.
Qed.

(** (51) as printed: N x O. *)
Theorem square_has_no_output_dimension : ~ (forall N O J, has_dimension N O (square N O J)).
Proof.
  intros H. destruct (H 2%nat 1%nat (fun _ _ => 1)) as [_ C].
  assert (L := C _ (or_introl eq_refl)). discriminate L.
Qed.

(** (52): J^T H J is semidefinite if H is. *)
Theorem block_semidefinite N O J H : semidefinite O H -> semidefinite N (multiply O (transpose J) (multiply O H J)).
Proof.
  intros P v. specialize (P (apply N J v)).
  rewrite (inner_ext N v _ v (apply O (transpose J) (apply O H (apply N J v)))).
  - rewrite inner_comm. rewrite (inner_comm N (apply O (transpose J) (apply O H (apply N J v))) v) in |- *.
    rewrite inner_comm. replace (inner N (apply O (transpose J) (apply O H (apply N J v))) v)
      with (inner O (apply O H (apply N J v)) (apply N J v)) by apply inner_apply.
    rewrite inner_comm. exact P.
  - reflexivity.
  - intros i Hi. rewrite apply_multiply. apply apply_ext. intros. apply apply_multiply.
Qed.
