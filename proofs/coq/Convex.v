(** * The barrier argument over the reals.

    Rows whose second derivatives are bounded below on a box, with Σ w_j m_j a_j a_jᵀ ⪰ λ I, make E strongly
    convex there; a gradient at the centre that is small against λ r then puts one strict local minimum inside. *)

Require Import Reals List Lra Lia.
Require Import Spurious.Surface Spurious.Vectors Spurious.Attained Spurious.Sigmoid.
Import ListNotations.
Open Scope R_scope.

(** The directional derivative of E at x along v. *)
Fixpoint DE (rows : list row) (x v : list R) : R :=
  match rows with
  | [] => 0
  | r :: rest => weight r * h1 (target r) (dot (input r) x) * dot (input r) v + DE rest x v
  end.

Lemma DE_derivable rows x v : length v = length x ->
  derivable_pt_lim (fun t => E rows (move x t v)) 0 (DE rows x v).
Proof.
  intros Hl. induction rows as [|[a b w] rows IH]; simpl; [apply derivable_pt_lim_const|].
  apply (derivable_pt_lim_plus (fun t => w * (tanh (dot a (move x t v)) - b) ^ 2)); [|assumption].
  apply (derivable_pt_lim_ext (fun t => w * h0 b (dot a x + t * dot a v))).
  { intros t. rewrite dot_move by congruence. reflexivity. }
  eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_scal (fun t => h0 b (dot a x + t * dot a v))).
       apply (derivable_pt_lim_comp (fun t => dot a x + t * dot a v) (h0 b)).
       - apply derivable_pt_lim_affine.
       - apply h0_derivable. }
  replace (dot a x + 0 * dot a v) with (dot a x) by ring. ring.
Qed.

(** Σ w_j m_j <a_j, v>^2, the bounds m_j given in step with the rows. *)
Fixpoint quad (rows : list row) (mu : list R) (v : list R) : R :=
  match rows, mu with
  | r :: rest, m :: mu' => weight r * m * dot (input r) v ^ 2 + quad rest mu' v
  | _, _ => 0
  end.

Definition row_bound (c : list R) (r : R) (ro : row) (m : R) : Prop :=
  0 <= weight ro /\
  forall y, Rabs (y - dot (input ro) c) <= l1 (input ro) * r -> m <= h2 (target ro) y.

Lemma quad_scale rows : forall mu v u t, (forall a, dot a u = t * dot a v) ->
  quad rows mu u = t ^ 2 * quad rows mu v.
Proof.
  induction rows as [|r rows IH]; intros [|m mu] v u t H; simpl; try ring.
  rewrite (IH mu v u t H), H. ring.
Qed.

Lemma E_taylor rows : forall mu c r x y, 0 <= r -> Forall2 (row_bound c r) rows mu ->
  within r c x -> within r c y ->
  E rows x + DE rows x (vsub y x) + quad rows mu (vsub y x) / 2 <= E rows y.
Proof.
  induction rows as [|[a b w] rows IH]; intros mu c r x y Hr H Hx Hy; inversion H as [|? m ? mu' Hm Hmu]; subst; simpl.
  - lra.
  - specialize (IH mu' c r x y Hr Hmu Hx Hy). destruct Hm as [Hw Hm]. simpl in Hw, Hm.
    assert (Hxy : length y = length x) by (rewrite (within_length _ _ _ Hx), (within_length _ _ _ Hy); reflexivity).
    assert (Bx := within_dot r a c x Hr Hx). assert (By := within_dot r a c y Hr Hy).
    assert (T := h0_taylor b (dot a c - l1 a * r) (dot a c + l1 a * r) m).
    assert (T' : h0 b (dot a x) + h1 b (dot a x) * (dot a y - dot a x) + m / 2 * (dot a y - dot a x) ^ 2 <= h0 b (dot a y)).
    { apply T; [|apply Rabs_le_inv in Bx; lra|apply Rabs_le_inv in By; lra]. intros z Hz. apply Hm. apply Rabs_le. lra. }
    rewrite !dot_vsub by assumption. fold (h0 b (dot a x)) (h0 b (dot a y)).
    apply (Rmult_le_compat_l w) in T'; [|assumption].
    change ((tanh (dot a x) - b) * ((tanh (dot a x) - b) * 1)) with (h0 b (dot a x)).
    change ((tanh (dot a y) - b) * ((tanh (dot a y) - b) * 1)) with (h0 b (dot a y)).
    nra.
Qed.

Lemma DE_scale rows x v u t : (forall a, dot a u = t * dot a v) -> DE rows x u = t * DE rows x v.
Proof. intros H. induction rows as [|r rows IH]; simpl; [ring|]. rewrite IH, H. ring. Qed.

Lemma DE_lipschitz rows x : exists L, 0 <= L /\ forall v d, 0 <= d -> Forall (fun t => Rabs t <= d) v ->
  Rabs (DE rows x v) <= L * d.
Proof.
  induction rows as [|r rows [L [HL IH]]]; simpl.
  - exists 0. split; [lra|]. intros. rewrite Rabs_R0. lra.
  - set (k := weight r * h1 (target r) (dot (input r) x)).
    assert (Hk : 0 <= Rabs k * l1 (input r)) by (apply Rmult_le_pos; [apply Rabs_pos|apply l1_nonneg]).
    exists (Rabs k * l1 (input r) + L). split; [lra|].
    intros v d Hd Hv. eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
    assert (H1 := dot_bound (input r) d v Hd Hv). specialize (IH v d Hd Hv).
    assert (Rabs k * Rabs (dot (input r) v) <= Rabs k * (l1 (input r) * d)); [|lra].
    apply Rmult_le_compat_l; [apply Rabs_pos|assumption].
Qed.

(** E is Lipschitz for the largest change of a coordinate. *)
Lemma dot_change a : forall x y d, 0 <= d -> Forall2 (fun u v => Rabs (u - v) <= d) x y -> Rabs (dot a x - dot a y) <= l1 a * d.
Proof.
  induction a as [|a1 a IH]; intros x y d Hd H.
  - simpl. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - destruct H as [|u v x y Hu H]; simpl.
    + rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. assert (A := Rabs_pos a1). assert (B := l1_nonneg a).
      apply Rmult_le_pos; lra.
    + specialize (IH x y d Hd H). replace (a1 * u + dot a x - (a1 * v + dot a y)) with (a1 * (u - v) + (dot a x - dot a y)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
      assert (Rabs a1 * Rabs (u - v) <= Rabs a1 * d) by (apply Rmult_le_compat_l; [apply Rabs_pos|assumption]). lra.
Qed.

Lemma E_lipschitz rows : exists L, 0 <= L /\ forall x y d, 0 <= d -> Forall2 (fun u v => Rabs (u - v) <= d) x y ->
  E rows x - L * d <= E rows y.
Proof.
  induction rows as [|[a b w] rows [L [HL IH]]].
  - exists 0. split; [lra|]. intros. simpl. lra.
  - set (k := Rabs w * (8 * (1 + Rabs b) * l1 a)).
    assert (Hb : 0 <= 8 * (1 + Rabs b)) by (generalize (Rabs_pos b); lra).
    assert (Hk : 0 <= k) by (unfold k; apply Rmult_le_pos; [apply Rabs_pos|apply Rmult_le_pos; [assumption|apply l1_nonneg]]).
    exists (k + L). split; [lra|]. intros x y d Hd H. specialize (IH x y d Hd H). cbn [E input target weight].
    fold (h0 b (dot a x)) (h0 b (dot a y)).
    assert (B := h0_lipschitz b (dot a x) (dot a y)). assert (D := dot_change a x y d Hd H).
    apply (Rmult_le_compat_l _ _ _ Hb) in D.
    assert (B' : Rabs w * Rabs (h0 b (dot a x) - h0 b (dot a y)) <= k * d).
    { unfold k. rewrite !Rmult_assoc. apply Rmult_le_compat_l; [apply Rabs_pos|]. rewrite <- !Rmult_assoc in *. lra. }
    rewrite <- Rabs_mult in B'. assert (A := Rle_abs (w * (h0 b (dot a x) - h0 b (dot a y)))). lra.
Qed.

Lemma box_within r c : forall x, inside x (map (fun t => (t - r, t + r)) c) <-> within r c x.
Proof.
  unfold inside, within. induction c as [|u c IH]; intros x; simpl; split; intros H; inversion H as [|? ? ? ? H1 H2]; subst;
    constructor; try (apply IH; assumption); cbn [fst snd] in *.
  - apply Rabs_le. lra.
  - apply Rabs_le_inv in H1. lra.
Qed.

Section Barrier.
  Variables (n : nat) (rows : list row) (mu c : list R) (r lam G : R).
  Hypothesis Hc : length c = n.
  Hypothesis Hr : 0 < r.
  Hypothesis Hlam : 0 < lam.
  Hypothesis Hrows : Forall2 (row_bound c r) rows mu.
  Hypothesis Hquad : forall v, length v = n -> lam * sqnorm v <= quad rows mu v.
  Hypothesis Hgrad : forall v d, 0 <= d -> length v = n -> Forall (fun t => Rabs t <= d) v -> - (G * d) <= DE rows c v.
  Hypothesis HG : 2 * G < lam * r.

  Lemma growth_at x y : within r c x -> within r c y ->
    E rows x + DE rows x (vsub y x) + lam / 2 * sqnorm (vsub y x) <= E rows y.
  Proof.
    intros Hx Hy. assert (T := E_taylor rows mu c r x y (Rlt_le _ _ Hr) Hrows Hx Hy).
    assert (Q := Hquad (vsub y x)).
    rewrite length_vsub in Q by (rewrite (within_length _ _ _ Hx), (within_length _ _ _ Hy); reflexivity).
    rewrite (within_length _ _ _ Hx) in Q. specialize (Q Hc). lra.
  Qed.

  Lemma minimizer : exists x, within r c x /\ forall y, within r c y -> E rows x <= E rows y.
  Proof.
    set (B := map (fun t => (t - r, t + r)) c).
    assert (HB : forall x, inside x B <-> within r c x) by (intros; apply box_within).
    destruct (E_lipschitz rows) as [L [HL H]].
    destruct (box_minimum B L HL) with (f := E rows) as [x [Hx Hmin]].
    - unfold B. clear - Hr. induction c as [|u c' IH]; simpl; constructor; [cbn [fst snd]; lra|assumption].
    - intros x y d _ _ Hd Hxy. apply H; assumption.
    - exists x. split; [apply HB; assumption|]. intros y Hy. apply Hmin. apply HB. assumption.
  Qed.

  Lemma box_above y : within r c y -> E rows c - G * r <= E rows y.
  Proof.
    intros Hy. assert (T := growth_at c y (within_refl r c (Rlt_le _ _ Hr)) Hy).
    assert (S := sqnorm_nonneg (vsub y c)).
    assert (g := Hgrad (vsub y c) r (Rlt_le _ _ Hr)).
    rewrite length_vsub in g by (apply (within_length _ _ _ Hy)). specialize (g Hc (within_sub r c y Hy)).
    assert (0 <= lam / 2 * sqnorm (vsub y c)) by (apply Rmult_le_pos; lra). lra.
  Qed.

  Lemma minimizer_inside x : within r c x -> (forall y, within r c y -> E rows x <= E rows y) -> near r c x.
  Proof.
    intros Hx Hmin. destruct (within_or_face r c x Hx) as [H|H]; [assumption|exfalso].
    assert (T := growth_at c x (within_refl r c (Rlt_le _ _ Hr)) Hx).
    assert (g := Hgrad (vsub x c) r (Rlt_le _ _ Hr)).
    rewrite length_vsub in g by (apply (within_length _ _ _ Hx)). specialize (g Hc (within_sub r c x Hx)).
    specialize (Hmin c (within_refl r c (Rlt_le _ _ Hr))).
    assert (lam / 2 * r ^ 2 <= lam / 2 * sqnorm (vsub x c)) by (apply Rmult_le_compat_l; lra).
    assert (0 < r * (lam * r - 2 * G)) by (apply Rmult_lt_0_compat; lra). nra.
  Qed.

  (** Growth at the minimiser, by the Taylor bound at the points between x and y. *)
  Lemma minimizer_growth x : within r c x -> (forall y, within r c y -> E rows x <= E rows y) ->
    forall y, within r c y -> E rows x + lam / 2 * sqnorm (vsub y x) <= E rows y.
  Proof.
    intros Hx Hmin y Hy.
    assert (Hlen : length y = length x) by (rewrite (within_length _ _ _ Hx), (within_length _ _ _ Hy); reflexivity).
    set (v := vsub y x).
    assert (Hv : length v = length x) by (apply length_vsub; assumption).
    assert (H : forall t, 0 < t <= 1 -> E rows x + lam / 2 * ((1 - t) ^ 2 * sqnorm v) <= E rows y).
    { intros t Ht. set (z := move x t v).
      assert (Hz : within r c z) by (apply within_segment; [lra|assumption|assumption]).
      assert (Lz : length (move x t v) = length x) by (apply length_move; congruence).
      assert (T1 := growth_at z x Hz Hx). assert (T2 := growth_at z y Hz Hy).
      rewrite (DE_scale rows z v (vsub x z) (- t)) in T1.
      2: { intros a. unfold z. rewrite dot_vsub, dot_move by congruence. ring. }
      rewrite (DE_scale rows z v (vsub y z) (1 - t)) in T2.
      2: { intros a. unfold z. rewrite dot_vsub, dot_move by congruence. unfold v. rewrite dot_vsub by assumption. ring. }
      assert (S1 := sqnorm_nonneg (vsub x z)). assert (M := Hmin z Hz).
      assert (SE : sqnorm (vsub y z) = (1 - t) ^ 2 * sqnorm v).
      { unfold z, v. clear - Hlen. revert y Hlen. unfold sqnorm.
        induction x as [|x1 x IH]; intros [|y1 y]; simpl; intros Hlen; try discriminate; [ring|].
        rewrite IH by lia. simpl. ring. }
      rewrite SE in T2.
      assert (0 <= lam / 2 * sqnorm (vsub x z)) by (apply Rmult_le_pos; lra).
      assert (D0 : 0 <= DE rows z v).
      { apply Rnot_lt_le. intros Hneg. assert (0 < t * - DE rows z v) by (apply Rmult_lt_0_compat; lra). lra. }
      assert (0 <= (1 - t) * DE rows z v) by (apply Rmult_le_pos; lra). lra. }
    apply Rnot_lt_le. intros Hlt. assert (S := sqnorm_nonneg v).
    set (gap := E rows x + lam / 2 * sqnorm v - E rows y).
    assert (Hgap : 0 < gap) by (unfold gap; lra).
    set (K := lam * sqnorm v + 1). assert (HK : 0 < K) by (unfold K; generalize (Rmult_le_pos lam _ (Rlt_le _ _ Hlam) S); lra).
    set (t := Rmin 1 (gap / (2 * K))).
    assert (Ht : 0 < t <= 1) by (split; [apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; lra]|apply Rmin_l]).
    specialize (H t Ht).
    assert (Ht2 : t * K <= gap / 2).
    { replace (gap / 2) with (gap / (2 * K) * K) by (field; lra).
      apply Rmult_le_compat_r; [lra|apply Rmin_r]. }
    assert (E1 : lam / 2 * ((1 - t) ^ 2 * sqnorm v) = lam / 2 * sqnorm v - t * (lam * sqnorm v) + t ^ 2 * (lam / 2 * sqnorm v)) by field.
    assert (0 <= t ^ 2 * (lam / 2 * sqnorm v)).
    { apply Rmult_le_pos; [apply pow2_ge_0|]. apply Rmult_le_pos; lra. }
    unfold gap, K in *. nra.
  Qed.

  Lemma derivative_at_local_min (f : R -> R) (l d : R) :
    derivable_pt_lim f 0 l -> 0 < d -> (forall t, Rabs t < d -> f 0 <= f t) -> l = 0.
  Proof.
    intros Hl Hd Hmin. destruct (Req_dec l 0) as [|Hne]; [assumption|exfalso].
    destruct (Hl (Rabs l / 2)) as [[e He] Hlim]; [generalize (Rabs_pos_lt l Hne); lra|]. simpl in Hlim.
    set (s := Rmin d e / 2).
    assert (Hm : 0 < Rmin d e) by (apply Rmin_glb_lt; assumption).
    assert (Hs : 0 < s) by (unfold s; lra).
    assert (Hsd : s < d) by (unfold s; generalize (Rmin_l d e); lra).
    assert (Hse : s < e) by (unfold s; generalize (Rmin_r d e); lra).
    destruct (Rtotal_order l 0) as [Hneg|[|Hpos]]; [|contradiction|].
    - assert (H := Hlim s). rewrite Rabs_pos_eq in H by lra. assert (Hs0 : s <> 0) by lra. specialize (H Hs0 Hse).
      rewrite Rplus_0_l, (Rabs_left l) in H by lra. apply Rabs_def2 in H.
      assert (M := Hmin s). rewrite Rabs_pos_eq in M by lra. specialize (M Hsd).
      assert (0 <= (f s - f 0) / s) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]). lra.
    - assert (H := Hlim (- s)). rewrite Rabs_Ropp, Rabs_pos_eq in H by lra. assert (Hs0 : - s <> 0) by lra. specialize (H Hs0 Hse).
      rewrite Rplus_0_l, (Rabs_pos_eq l) in H by lra. apply Rabs_def2 in H.
      assert (M := Hmin (- s)). rewrite Rabs_Ropp, Rabs_pos_eq in M by lra. specialize (M Hsd).
      assert ((f (- s) - f 0) / - s <= 0).
      { replace ((f (- s) - f 0) / - s) with (- ((f (- s) - f 0) / s)) by (field; lra).
        assert (0 <= (f (- s) - f 0) / s) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]). lra. }
      lra.
  Qed.

  (** The conclusion of the rule over the reals: one critical point in the box, inside it, with quadratic growth. *)
  Theorem barrier : exists x,
    near r c x /\ strict_local_min n (E rows) x /\ critical n (E rows) x /\
    (forall y, within r c y -> E rows x + lam / 2 * sqnorm (vsub y x) <= E rows y) /\
    (forall y, within r c y -> critical n (E rows) y -> y = x).
  Proof.
    destruct minimizer as [x [Hx Hmin]].
    assert (Hin := minimizer_inside x Hx Hmin). assert (Hgr := minimizer_growth x Hx Hmin).
    assert (Hlx : length x = n) by (rewrite (within_length _ _ _ Hx); exact Hc).
    destruct (near_room r c x Hin) as [d [Hd Hroom]].
    exists x. split; [assumption|]. split; [|split; [|split; [assumption|]]].
    - split; [assumption|]. exists d. split; [assumption|]. intros y Hy Hne.
      assert (Wy := near_within _ _ _ (Hroom y Hy)). specialize (Hgr y Wy).
      assert (0 < sqnorm (vsub y x)).
      { apply Rnot_le_lt. intros H0. apply Hne. apply sqnorm_sub_zero; [|assumption]. apply (near_length _ _ _ Hy). }
      assert (0 < lam / 2 * sqnorm (vsub y x)) by (apply Rmult_lt_0_compat; lra). lra.
    - split; [assumption|]. intros v Hv.
      assert (Hder := DE_derivable rows x v (eq_trans Hv (eq_sym Hlx))).
      assert (Z : DE rows x v = 0); [|rewrite Z in Hder; exact Hder].
      destruct (near_move d x v Hd (eq_trans Hv (eq_sym Hlx))) as [t0 [Ht0 Hnear]].
      apply (derivative_at_local_min _ _ t0 Hder Ht0). intros t Ht.
      rewrite move_0 by congruence. apply Hmin. apply near_within. apply Hroom. apply Hnear. assumption.
    - intros y Hy [Hly Hcrit].
      assert (Z : DE rows y (vsub x y) = 0).
      { eapply uniqueness_limite; [apply DE_derivable|apply Hcrit]; rewrite length_vsub; congruence. }
      assert (T := growth_at y x Hy Hx). rewrite Z in T. specialize (Hgr y Hy).
      apply sqnorm_sub_zero; [congruence|]. rewrite (sqnorm_sub_sym x y) in T. apply Rnot_lt_le. intros Hpos.
      assert (0 < lam * sqnorm (vsub y x)) by (apply Rmult_lt_0_compat; lra). lra.
  Qed.
End Barrier.
