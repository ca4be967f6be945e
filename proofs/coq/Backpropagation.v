(** * Backpropagation as the chain rule, and a step of descent (LeCun, Bottou, Orr and Müller 1998, section 3). *)

Require Import Reals List Arith Lra Lia FunctionalExtensionality.
Require Import Spurious.Surface Spurious.Sums Spurious.Moments.
Import ListNotations.
Open Scope R_scope.

Definition size (n : nat) (v : nat -> R) : R := sum n (fun i => Rabs (v i)).

(** g is the gradient at x of a function f of n variables: what is left is small beside v. *)
Definition has_gradient (n : nat) (f : (nat -> R) -> R) (x g : nat -> R) : Prop :=
  forall e, 0 < e -> exists d, 0 < d /\ forall v, size n v < d -> Rabs (f (fun i => x i + v i) - f x - inner n g v) <= e * size n v.

(** J is the Jacobian at x of m functions F_k: row k is the gradient of F_k. *)
Definition has_jacobian (n m : nat) (F : (nat -> R) -> nat -> R) (x : nat -> R) (J : nat -> nat -> R) : Prop :=
  forall k, (k < m)%nat -> has_gradient n (fun y => F y k) x (J k).

Lemma size_nonneg n v : 0 <= size n v.
Proof. apply sum_nonneg. intros. apply Rabs_pos. Qed.

Lemma inner_bound n g v : Rabs (inner n g v) <= size n g * size n v.
Proof.
  unfold inner, size. rewrite <- sum_scale. induction n as [|n IH]; simpl; [rewrite Rabs_R0; lra|].
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
  assert (A := size_nonneg n g). unfold size in A. assert (B := Rabs_pos (g n)).
  apply Rplus_le_compat.
  - eapply Rle_trans; [exact IH|]. apply sum_le. intros i Hi. apply Rmult_le_compat_r; [apply Rabs_pos|lra].
  - apply Rmult_le_compat_r; [apply Rabs_pos|lra].
Qed.

(** One distance for all components of F. *)
Lemma uniform n m F x J e : has_jacobian n m F x J -> 0 < e -> exists d, 0 < d /\ forall v k, size n v < d -> (k < m)%nat ->
  Rabs (F (fun i => x i + v i) k - F x k - inner n (J k) v) <= e * size n v.
Proof.
  intros HJ He. induction m as [|m IH]; [exists 1; split; [lra|intros; lia]|].
  destruct IH as [d [Hd H]]; [intros k Hk; apply HJ; lia|]. destruct (HJ m (Nat.lt_succ_diag_r m) e He) as [d' [Hd' H']].
  exists (Rmin d d'). split; [apply Rmin_glb_lt; assumption|]. intros v k Hv Hk.
  destruct (Nat.eq_dec k m) as [->|Hne]; [apply H'|apply H; [|lia]]; (eapply Rlt_le_trans; [exact Hv|]);
    [apply Rmin_r|apply Rmin_l].
Qed.

(** The chain rule: the gradient of E(F(x)) is the transposed Jacobian times the gradient of E. *)
Theorem chain_rule n m E F x J g : has_jacobian n m F x J -> has_gradient m E (F x) g ->
  has_gradient n (fun y => E (F y)) x (apply m (transpose J) g).
Proof.
  intros HJ HE e He.
  set (C := sum m (fun k => size n (J k)) + INR m + 1).
  assert (HJ0 : 0 <= sum m (fun k => size n (J k))) by (apply sum_nonneg; intros; apply size_nonneg).
  assert (HC : 0 < C) by (unfold C; generalize (pos_INR m); lra).
  destruct (HE (e / (2 * C))) as [d1 [Hd1 H1]]; [apply Rdiv_lt_0_compat; lra|].
  set (e2 := Rmin 1 (e / (2 * (size m g + 1)))). assert (Hg := size_nonneg m g).
  assert (He2 : 0 < e2) by (apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; lra]).
  destruct (uniform n m F x J e2 HJ He2) as [d2 [Hd2 H2]].
  exists (Rmin d2 (d1 / C)). split; [apply Rmin_glb_lt; [exact Hd2|apply Rdiv_lt_0_compat; assumption]|].
  intros v Hv. assert (Hv2 : size n v < d2) by (eapply Rlt_le_trans; [exact Hv|apply Rmin_l]).
  assert (Hv1 : C * size n v < d1).
  { replace d1 with (C * (d1 / C)) by (field; lra). apply Rmult_lt_compat_l; [exact HC|]. eapply Rlt_le_trans; [exact Hv|apply Rmin_r]. }
  set (u := fun k => F (fun i => x i + v i) k - F x k).
  assert (Hu : forall k, (k < m)%nat -> Rabs (u k - inner n (J k) v) <= e2 * size n v) by (intros; apply H2; assumption).
  assert (Sv := size_nonneg n v).
  assert (Su : size m u <= C * size n v).
  { unfold size at 1. apply Rle_trans with (sum m (fun k => (size n (J k) + 1) * size n v)).
    - apply sum_le. intros k Hk. replace (u k) with (inner n (J k) v + (u k - inner n (J k) v)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rmult_plus_distr_r. apply Rplus_le_compat; [apply inner_bound|].
      eapply Rle_trans; [apply Hu; exact Hk|]. apply Rmult_le_compat_r; [exact Sv|apply Rmin_l].
    - rewrite sum_scale_r, sum_plus, sum_const. apply Rmult_le_compat_r; [exact Sv|]. unfold C. lra. }
  replace (F (fun i => x i + v i)) with (fun k => F x k + u k) by (apply functional_extensionality; intros; unfold u; ring).
  specialize (H1 u ltac:(lra)).
  replace (inner n (apply m (transpose J) g) v) with (inner m g (apply n J v)) by apply inner_apply.
  replace (E (fun k => F x k + u k) - E (F x) - inner m g (apply n J v))
    with ((E (fun k => F x k + u k) - E (F x) - inner m g u) + inner m g (fun k => u k + -1 * apply n J v k))
    by (rewrite inner_plus, inner_scale; ring).
  eapply Rle_trans; [apply Rabs_triang|]. replace (e * size n v) with (e / 2 * size n v + e / 2 * size n v) by field.
  apply Rplus_le_compat.
  - eapply Rle_trans; [exact H1|]. apply Rle_trans with (e / (2 * C) * (C * size n v)).
    + apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|exact Su].
    + right. field. lra.
  - unfold inner. apply Rle_trans with (sum m (fun k => Rabs (g k) * (e2 * size n v))).
    + clearbody e2 u. clear - Hu. induction m as [|m IH]; simpl; [rewrite Rabs_R0; lra|]. eapply Rle_trans; [apply Rabs_triang|].
      apply Rplus_le_compat; [apply IH; intros; apply Hu; lia|]. rewrite Rabs_mult. apply Rmult_le_compat_l; [apply Rabs_pos|].
      replace (u m + -1 * apply n J v m) with (u m - inner n (J m) v) by (unfold apply, inner; ring). apply Hu. lia.
    + rewrite sum_scale_r. fold (size m g).
      replace (e / 2 * size n v) with ((size m g + 1) * (e / (2 * (size m g + 1)) * size n v)) by (field; lra).
      apply Rmult_le_compat; [exact Hg| |lra|]; [apply Rmult_le_pos; lra|].
      apply Rmult_le_compat_r; [exact Sv|apply Rmin_r].
Qed.

(** (1), (2): a module X_n = F(W, X_{n-1}) with p weights, n inputs and m outputs, where E has the gradient g at X_n. *)
Theorem backward_recurrence p n m E F W X JW JX g :
  has_jacobian p m (fun w => F w X) W JW -> has_jacobian n m (fun x => F W x) X JX -> has_gradient m E (F W X) g ->
  has_gradient p (fun w => E (F w X)) W (apply m (transpose JW) g) /\
  has_gradient n (fun x => E (F W x)) X (apply m (transpose JX) g).
Proof.
  intros HW HX HE. split.
  - exact (chain_rule p m E (fun w => F w X) W JW g HW HE).
  - exact (chain_rule n m E (fun x => F W x) X JX g HX HE).
Qed.

(** ** A layer: Y = W X, X_n = f(Y) for each component. *)

Definition activate (f : R -> R) (Y : nat -> R) : nat -> R := fun k => f (Y k).

Lemma affine_gradient n (f : (nat -> R) -> R) x g : (forall v, f (fun i => x i + v i) = f x + inner n g v) -> has_gradient n f x g.
Proof.
  intros H e He. exists 1. split; [lra|]. intros v _. rewrite H. replace (f x + inner n g v - f x - inner n g v) with 0 by ring.
  rewrite Rabs_R0. apply Rmult_le_pos; [lra|apply size_nonneg].
Qed.

Lemma activate_jacobian m f f' Y : (forall k, (k < m)%nat -> derivable_pt_lim f (Y k) (f' k)) ->
  has_jacobian m m (activate f) Y (fun k i => identity k i * f' k).
Proof.
  intros H k Hk e He. destruct (H k Hk e He) as [[d Hd] D]. exists d. split; [exact Hd|]. intros v Hv. unfold activate.
  assert (I : inner m (fun i => identity k i * f' k) v = f' k * v k).
  { unfold inner. rewrite (sum_ext m _ (fun i => identity k i * (f' k * v i))) by (intros; ring). apply (sum_delta m k (fun i => f' k * v i)). exact Hk. }
  rewrite I. assert (B : Rabs (v k) <= size m v) by (apply (sum_term m (fun i => Rabs (v i)) k Hk); intros; apply Rabs_pos).
  destruct (Req_dec (v k) 0) as [E|E].
  - rewrite E, Rplus_0_r, Rmult_0_r. replace (f (Y k) - f (Y k) - 0) with 0 by ring. rewrite Rabs_R0.
    apply Rmult_le_pos; [lra|apply size_nonneg].
  - apply Rle_trans with (e * Rabs (v k)); [|apply Rmult_le_compat_l; lra].
    replace (f (Y k + v k) - f (Y k) - f' k * v k) with (((f (Y k + v k) - f (Y k)) / v k - f' k) * v k) by (field; exact E).
    rewrite Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos|]. left. apply D; [exact E|]. simpl. lra.
Qed.

(** (4)-(9): delta_k = f'(y_k) dE/dx_k is dE/dy_k; the gradient with respect to row k of W is delta_k X; that with respect to X is
    W^T delta. *)
Theorem backpropagation n m E W X f f' g : let Y := apply n W X in let delta := fun k => f' k * g k in
  (forall k, (k < m)%nat -> derivable_pt_lim f (Y k) (f' k)) -> has_gradient m E (activate f Y) g ->
  has_gradient m (fun y => E (activate f y)) Y (apply m (transpose (fun k i => identity k i * f' k)) g) /\
  (forall i, (i < m)%nat -> apply m (transpose (fun k i => identity k i * f' k)) g i = delta i) /\
  (forall dY, has_gradient m (fun y => E (activate f y)) Y dY ->
    (forall k, (k < m)%nat -> has_gradient n (fun row => E (activate f (apply n (fun i => if Nat.eqb i k then row else W i) X))) (W k)
      (apply m (transpose (fun i j => identity k i * X j)) dY)) /\
    (forall k j, (k < m)%nat -> apply m (transpose (fun i j => identity k i * X j)) dY j = X j * dY k) /\
    has_gradient n (fun x => E (activate f (apply n W x))) X (apply m (transpose W) dY)).
Proof.
  intros Y delta Hf HE. split; [|split].
  - apply (chain_rule m m E (activate f)); [apply activate_jacobian; exact Hf|exact HE].
  - intros i Hi. unfold apply, transpose, delta.
    rewrite (sum_ext m _ (fun k => identity i k * (f' k * g k))).
    + apply (sum_delta m i (fun k => f' k * g k)). exact Hi.
    + intros k Hk. unfold identity. rewrite Nat.eqb_sym. ring.
  - intros dY HY. split; [|split].
    + intros k Hk.
      apply (chain_rule n m (fun y => E (activate f y)) (fun row => apply n (fun i => if Nat.eqb i k then row else W i) X)).
      * intros i Hi. apply affine_gradient. intros v. unfold apply, inner, identity. rewrite (Nat.eqb_sym k i).
        destruct (Nat.eqb i k).
        -- rewrite <- sum_plus. apply sum_ext. intros. ring.
        -- rewrite (sum_zero n (fun j => 0 * X j * v j)) by (intros; ring). ring.
      * replace (apply n (fun i => if Nat.eqb i k then W k else W i) X) with Y; [exact HY|].
        apply functional_extensionality. intros i. unfold Y, apply. destruct (Nat.eqb_spec i k) as [->|]; reflexivity.
    + intros k j Hk. unfold apply, transpose. rewrite (sum_ext m _ (fun i => identity k i * (X j * dY i))) by (intros; ring).
      apply (sum_delta m k (fun i => X j * dY i)). exact Hk.
    + apply (chain_rule n m (fun y => E (activate f y)) (fun x => apply n W x)); [|exact HY].
      intros k Hk. apply affine_gradient. intros v. rewrite apply_plus. reflexivity.
Qed.

Lemma dot_sum : forall row X, length row = length X -> dot row X = sum (length X) (fun j => nth j row 0 * nth j X 0).
Proof.
  assert (shift : forall n h, sum (S n) h = h O + sum n (fun j => h (S j))).
  { intros n h. induction n as [|n IH]; [simpl; ring|]. change (sum (S (S n)) h) with (sum (S n) h + h (S n)). rewrite IH. simpl. ring. }
  induction row as [|a row IH]; intros [|x X] H; try discriminate; [reflexivity|].
  change (length (x :: X)) with (S (length X)). rewrite shift. simpl. rewrite IH by (simpl in H; lia). reflexivity.
Qed.

(** (3): with as many columns as inputs each entry of Y = W X pairs every weight of a row with an input, and there are as many outputs as
    rows. *)
Theorem layer_dimensions (f : R -> R) (W : list (list R)) (X : list R) : Forall (fun row => length row = length X) W ->
  length (map f (map (fun row => dot row X) W)) = length W /\
  forall row, In row W -> dot row X = sum (length X) (fun j => nth j row 0 * nth j X 0).
Proof.
  intros H. split; [rewrite !map_length; reflexivity|]. intros row Hr. apply dot_sum. rewrite Forall_forall in H. apply H. exact Hr.
Qed.

(** The number of weights of one hidden layer with biases (Finnoff 1992, section 2): m rows of q + 1 and q rows of h + 1 weights. *)
Theorem number_of_weights m q h (gamma beta : list (list R)) : length gamma = m -> length beta = q ->
  Forall (fun row => length row = (q + 1)%nat) gamma -> Forall (fun row => length row = (h + 1)%nat) beta ->
  length (concat gamma ++ concat beta) = (m * (q + 1) + q * (h + 1))%nat.
Proof.
  assert (C : forall c (rows : list (list R)), Forall (fun row => length row = c) rows -> length (concat rows) = (length rows * c)%nat).
  { intros c rows H. induction H as [|row rows Hr H IH]; simpl; [reflexivity|]. rewrite app_length, IH, Hr. reflexivity. }
  intros <- <- Hg Hb. rewrite app_length, (C _ _ Hg), (C _ _ Hb). reflexivity.
Qed.

(** (10): where the gradient is not zero, every small enough rate lowers f. *)
Theorem descent_step n f x g k : has_gradient n f x g -> (k < n)%nat -> g k <> 0 ->
  exists e0, 0 < e0 /\ forall eta, 0 < eta < e0 -> f (fun i => x i - eta * g i) < f x.
Proof.
  intros H Hk Hg. set (G := inner n g g). set (S := size n g).
  assert (HS : 0 < S).
  { assert (A := sum_term n (fun i => Rabs (g i)) k Hk (fun i _ => Rabs_pos (g i))). simpl in A. fold (size n g) in A. fold S in A.
    assert (B := Rabs_pos_lt _ Hg). lra. }
  assert (HG : 0 < G).
  { assert (A := sum_term n (fun i => g i * g i) k Hk (fun i _ => Rle_0_sqr (g i))). simpl in A.
    assert (B := Rsqr_pos_lt _ Hg). unfold Rsqr in B. unfold G, inner. lra. }
  destruct (H (G / (2 * S))) as [d [Hd D]]; [apply Rdiv_lt_0_compat; lra|].
  exists (d / S). split; [apply Rdiv_lt_0_compat; assumption|]. intros eta [H0 H1].
  assert (Sv : size n (fun i => - eta * g i) = eta * S).
  { unfold size, S. unfold size. rewrite <- sum_scale. apply sum_ext. intros. rewrite Rabs_mult, Rabs_Ropp, (Rabs_pos_eq eta) by lra. reflexivity. }
  specialize (D (fun i => - eta * g i)). rewrite Sv in D.
  assert (L : eta * S < d). { apply (Rmult_lt_compat_r S) in H1; [|exact HS]. replace (d / S * S) with d in H1 by (field; lra). exact H1. }
  specialize (D L). rewrite inner_scale in D. fold G in D.
  replace (fun i => x i + - eta * g i) with (fun i => x i - eta * g i) in D by (apply functional_extensionality; intros; ring).
  replace (G / (2 * S) * (eta * S)) with (eta * G / 2) in D by (field; lra).
  assert (P : 0 < eta * G) by (apply Rmult_lt_0_compat; lra).
  apply Rle_trans with (1 := Rle_abs _) in D. lra.
Qed.

(** (11): the mean over P examples of the steps for one example is the step (10) for the mean of the gradients. *)
Theorem mean_of_steps P eta W (g : nat -> nat -> R) i : (0 < P)%nat ->
  mean P (fun p => W i - eta * g p i) = W i - eta * mean P (fun p => g p i).
Proof.
  intros HP. unfold mean. rewrite sum_minus, sum_scale, sum_const. field. apply not_0_INR. lia.
Qed.
