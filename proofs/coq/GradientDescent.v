(** * Gradient descent on quadratic functions (LeCun, Bottou, Orr and Müller 1998, section 5). *)

Require Import Reals Arith Lra Lia.
Require Import Spurious.Sums Spurious.SecondOrder.
Open Scope R_scope.

(** ** Powers. *)

Lemma powers_vanish x : Rabs x < 1 -> Un_cv (fun t => x ^ t) 0.
Proof.
  intros H e He. destruct (pow_lt_1_zero x H e He) as [N HN]. exists N. intros t Ht. unfold R_dist. rewrite Rminus_0_r.
  apply HN. exact Ht.
Qed.

Lemma powers_remain x t : 1 <= Rabs x -> 1 <= Rabs (x ^ t).
Proof. intros H. rewrite <- RPow_abs. apply pow_R1_Rle. exact H. Qed.

Lemma scaled_limit c f l : Un_cv f l -> Un_cv (fun t => c * f t) (c * l).
Proof.
  intros H. apply (CV_mult (fun _ => c) f c l); [|exact H]. intros e He. exists O. intros. unfold R_dist.
  replace (c - c) with 0 by ring. rewrite Rabs_R0. exact He.
Qed.

Lemma limit_ext f g l : (forall t, f t = g t) -> Un_cv f l -> Un_cv g l.
Proof. intros E H e He. destruct (H e He) as [N HN]. exists N. intros t Ht. rewrite <- E. apply HN. exact Ht. Qed.

Lemma limit_value f l l' : l = l' -> Un_cv f l -> Un_cv f l'.
Proof. intros ->. auto. Qed.

Lemma sum_limit n (f : nat -> nat -> R) : (forall i, (i < n)%nat -> Un_cv (fun t => f t i) 0) -> Un_cv (fun t => sum n (f t)) 0.
Proof.
  induction n as [|n IH]; intros H; simpl.
  - intros e He. exists O. intros. unfold R_dist. rewrite Rminus_0_r, Rabs_R0. exact He.
  - apply (limit_value _ (0 + 0)); [ring|]. apply (CV_plus (fun t => sum n (f t)) (fun t => f t n)); [apply IH; intros|]; apply H; lia.
Qed.

(** ** One weight (20) with E = c + h (W - m)^2 / 2. *)

Fixpoint descent (h m eta start : R) (t : nat) : R :=
  match t with
  | O => start
  | S k => descent h m eta start k - eta * (h * (descent h m eta start k - m))
  end.

Lemma descent_power h m eta start t : descent h m eta start t - m = (1 - eta * h) ^ t * (start - m).
Proof. induction t as [|t IH]; simpl; [ring|]. replace (descent h m eta start t) with (m + (1 - eta * h) ^ t * (start - m)) by lra. ring. Qed.

Lemma descent_limit h m eta start : Rabs (1 - eta * h) < 1 -> Un_cv (descent h m eta start) m.
Proof.
  intros H. apply (limit_ext (fun t => m + (start - m) * (1 - eta * h) ^ t)).
  - intros t. assert (P := descent_power h m eta start t). lra.
  - apply (limit_value _ (m + (start - m) * 0)); [ring|].
    apply (CV_plus (fun _ => m) (fun t => (start - m) * (1 - eta * h) ^ t)).
    + intros e He. exists O. intros. unfold R_dist. replace (m - m) with 0 by ring. rewrite Rabs_R0. exact He.
    + apply scaled_limit, powers_vanish. exact H.
Qed.

(** Fig. 6: with eta_opt = 1/h, monotone convergence that never arrives, one step, oscillation with convergence, divergence. *)
Theorem regimes h m eta start : 0 < h -> 0 < eta -> start <> m -> let W := descent h m eta start in
  (eta < / h -> (forall t, 0 < (W (S t) - m) / (W t - m) < 1) /\ Un_cv W m) /\
  (eta = / h -> W 1%nat = m) /\
  (/ h < eta < 2 * / h -> (forall t, (W (S t) - m) * (W t - m) < 0) /\ Un_cv W m) /\
  (2 * / h < eta -> (forall t, Rabs (W t - m) < Rabs (W (S t) - m)) /\ cv_infty (fun t => Rabs (W t - m))).
Proof.
  intros Hh He Hs W. assert (I : h * / h = 1) by (apply Rinv_r; lra).
  set (q := 1 - eta * h). assert (P : forall t, W t - m = q ^ t * (start - m)) by apply descent_power.
  assert (S0 : start - m <> 0) by lra.
  assert (Step : forall t, W (S t) - m = q * (W t - m)) by (intros; rewrite !P; simpl; ring).
  assert (NZ : q <> 0 -> forall t, W t - m <> 0).
  { intros Hq t. rewrite P. apply Rmult_integral_contrapositive_currified; [apply pow_nonzero; exact Hq|exact S0]. }
  split; [|split; [|split]].
  - intros H. assert (B : eta * h < 1) by (rewrite <- I, Rmult_comm; apply Rmult_lt_compat_l; lra).
    assert (0 < eta * h) by (apply Rmult_lt_0_compat; lra).
    split; [|apply descent_limit; fold q; apply Rabs_def1; unfold q; lra].
    intros t. rewrite Step. replace (q * (W t - m) / (W t - m)) with q; [unfold q; lra|].
    field. apply NZ. unfold q. lra.
  - intros ->. assert (A := Step O). unfold q in A. rewrite (Rmult_comm (/ h)), I in A. lra.
  - intros H. assert (B : 1 < eta * h < 2).
    { split; rewrite <- ?I; [rewrite (Rmult_comm h)|replace 2 with (2 * / h * h) by (field; lra)]; apply Rmult_lt_compat_r; lra. }
    split; [|apply descent_limit; fold q; apply Rabs_def1; unfold q; lra].
    intros t. rewrite Step. assert (Z : 0 < (W t - m) * (W t - m)) by (apply Rsqr_pos_lt; apply NZ; unfold q; lra).
    replace (q * (W t - m) * (W t - m)) with (- ((- q) * ((W t - m) * (W t - m)))) by ring.
    assert (0 < (- q) * ((W t - m) * (W t - m))) by (apply Rmult_lt_0_compat; [unfold q; lra|exact Z]). lra.
  - intros H. assert (B : 2 < eta * h) by (replace 2 with (2 * / h * h) by (field; lra); apply Rmult_lt_compat_r; lra).
    assert (Q : 1 < Rabs q) by (unfold q; rewrite Rabs_left; lra).
    assert (A0 : 0 < Rabs (start - m)) by (apply Rabs_pos_lt; exact S0).
    split.
    + intros t. rewrite Step, Rabs_mult. assert (Z : 0 < Rabs (W t - m)) by (apply Rabs_pos_lt, NZ; unfold q; lra).
      replace (Rabs (W t - m)) with (1 * Rabs (W t - m)) at 1 by ring. apply Rmult_lt_compat_r; assumption.
    + intros M. destruct (Pow_x_infinity q) with (b := Rabs M / Rabs (start - m) + 1) as [N HN]; [exact Q|].
      exists N. intros t Ht. rewrite P, Rabs_mult. specialize (HN t Ht).
      apply Rle_lt_trans with (Rabs M); [apply Rle_abs|].
      apply Rlt_le_trans with ((Rabs M / Rabs (start - m) + 1) * Rabs (start - m)).
      * replace ((Rabs M / Rabs (start - m) + 1) * Rabs (start - m)) with (Rabs M + Rabs (start - m)) by (field; lra). lra.
      * apply Rmult_le_compat_r; lra.
Qed.

(** ** Many weights. *)

(** (31), (32): one step for the gradient H (W - m). *)
Definition step (n : nat) (H : nat -> nat -> R) (m : nat -> R) (eta : R) (W : nat -> R) : nat -> R :=
  fun i => W i - eta * apply n H (fun j => W j - m j) i.

(** (33): W(t+1) - m = (I - eta H)(W(t) - m). *)
Theorem update_of_distance n H m eta W i : (i < n)%nat ->
  step n H m eta W i - m i = apply n (fun i j => identity i j - eta * H i j) (fun j => W j - m j) i.
Proof.
  intros Hi. unfold step, apply.
  rewrite (sum_ext n (fun j => (identity i j - eta * H i j) * (W j - m j))
    (fun j => identity i j * (W j - m j) - eta * (H i j * (W j - m j)))) by (intros; ring).
  rewrite sum_minus, sum_scale, (sum_delta n i (fun j => W j - m j)) by exact Hi. ring.
Qed.

(** (35), (36): in rotated coordinates nu = Theta (W - m) the cost is the sum of lambda_i nu_i^2 / 2. *)
Theorem rotated_cost n Theta H lambda c m W : diagonalises n Theta H lambda ->
  let nu := apply n Theta (fun j => W j - m j) in
  c + inner n (fun j => W j - m j) (apply n H (fun j => W j - m j)) / 2 = c + sum n (fun i => lambda i * (nu i * nu i)) / 2.
Proof. intros D nu. unfold nu. rewrite (rotated_form n Theta H lambda _ D). reflexivity. Qed.

(** (37): nu(t+1) = (I - eta Lambda) nu(t). *)
Theorem rotated_update n Theta H lambda m eta W i : diagonalises n Theta H lambda -> (i < n)%nat ->
  apply n Theta (fun j => step n H m eta W j - m j) i = (1 - eta * lambda i) * apply n Theta (fun j => W j - m j) i.
Proof.
  intros D Hi. set (v := fun j => W j - m j).
  rewrite (apply_ext n Theta _ (fun j => v j - eta * apply n H v j) i) by (intros; unfold step, v; ring).
  rewrite apply_minus, apply_scale, (rotated n Theta H lambda) by assumption. ring.
Qed.

(** (33): if every eigenvalue of I - eta H has modulus below 1, descent converges to m, from every start. *)
Theorem convergence n Theta H lambda m eta (W : nat -> nat -> R) : diagonalises n Theta H lambda ->
  (forall t i, (i < n)%nat -> W (S t) i = step n H m eta (W t) i) ->
  (forall i, (i < n)%nat -> Rabs (1 - eta * lambda i) < 1) -> forall i, (i < n)%nat -> Un_cv (fun t => W t i) (m i).
Proof.
  intros D Hstep Hlt i Hi. set (nu := fun t => apply n Theta (fun j => W t j - m j)).
  assert (P : forall t k, (k < n)%nat -> nu t k = (1 - eta * lambda k) ^ t * nu O k).
  { intros t k Hk. induction t as [|t IH]; [simpl; ring|]. unfold nu at 1.
    rewrite (apply_ext n Theta _ (fun j => step n H m eta (W t) j - m j) k) by (intros; rewrite Hstep by assumption; reflexivity).
    rewrite (rotated_update n Theta H lambda) by assumption. fold (nu t). rewrite IH, <- tech_pow_Rmult. ring. }
  apply (limit_ext (fun t => m i + sum n (fun k => Theta k i * nu t k))).
  - intros t. assert (B : W t i - m i = apply n (transpose Theta) (nu t) i); [|unfold apply, transpose in B; lra].
    unfold nu. rewrite <- apply_multiply, (apply_equal n _ identity) by (apply D || assumption).
    symmetry. apply (apply_identity n (fun j => W t j - m j)). exact Hi.
  - apply (limit_value _ (m i + 0)); [ring|]. apply (CV_plus (fun _ => m i) (fun t => sum n (fun k => Theta k i * nu t k))).
    + intros e He. exists O. intros. unfold R_dist. replace (m i - m i) with 0 by ring. rewrite Rabs_R0. exact He.
    + apply sum_limit. intros k Hk. apply (limit_ext (fun t => Theta k i * nu O k * (1 - eta * lambda k) ^ t)).
      * intros t. rewrite (P t k Hk). ring.
      * apply (limit_value _ (Theta k i * nu O k * 0)); [ring|]. apply scaled_limit, powers_vanish, Hlt. exact Hk.
Qed.

(** (38): the components tend to zero from every start exactly if |1 - eta lambda_i| < 1 for all i. *)
Theorem convergence_exactly n (lambda : nat -> R) eta :
  (forall nu : nat -> nat -> R, (forall t i, (i < n)%nat -> nu (S t) i = (1 - eta * lambda i) * nu t i) ->
    forall i, (i < n)%nat -> Un_cv (fun t => nu t i) 0) <->
  (forall i, (i < n)%nat -> Rabs (1 - eta * lambda i) < 1).
Proof.
  split.
  - intros H i Hi. assert (C := H (fun t k => (1 - eta * lambda k) ^ t) (fun t k _ => eq_refl) i Hi).
    apply Rnot_le_lt. intros Hle. destruct (C 1 Rlt_0_1) as [N HN]. specialize (HN N (le_n N)).
    unfold R_dist in HN. rewrite Rminus_0_r in HN. assert (R := powers_remain _ N Hle). lra.
  - intros H nu Hnu i Hi. apply (limit_ext (fun t => nu O i * (1 - eta * lambda i) ^ t)).
    + intros t. induction t as [|t IH]; [simpl; ring|]. rewrite Hnu by exact Hi. rewrite <- IH. simpl. ring.
    + apply (limit_value _ (nu O i * 0)); [ring|]. apply scaled_limit, powers_vanish, H. exact Hi.
Qed.

(** (38): for positive rates and eigenvalues, that is eta < 2/lambda_i for all i, or for the largest. *)
Theorem below_twice n (lambda : nat -> R) eta k : 0 < eta -> (forall i, (i < n)%nat -> 0 < lambda i) -> (k < n)%nat ->
  (forall i, (i < n)%nat -> lambda i <= lambda k) ->
  (forall i, (i < n)%nat -> (Rabs (1 - eta * lambda i) < 1 <-> eta < 2 / lambda i)) /\
  ((forall i, (i < n)%nat -> eta < 2 / lambda i) <-> eta < 2 / lambda k).
Proof.
  intros He Hl Hk Hmax. split.
  - intros i Hi. specialize (Hl i Hi). assert (P : 0 < eta * lambda i) by (apply Rmult_lt_0_compat; lra). split; intros H.
    + apply Rabs_def2 in H. apply (Rmult_lt_reg_r (lambda i)); [exact Hl|]. replace (2 / lambda i * lambda i) with 2 by (field; lra). lra.
    + apply (Rmult_lt_compat_r (lambda i)) in H; [|exact Hl]. replace (2 / lambda i * lambda i) with 2 in H by (field; lra).
      apply Rabs_def1; lra.
  - split; intros H; [apply H; exact Hk|]. intros i Hi. apply Rlt_le_trans with (1 := H).
    apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; [apply Hl; exact Hi|apply Hmax; exact Hi].
Qed.
