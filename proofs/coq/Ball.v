(** * Lemma 3.6 of Sontag and Sussmann (1989): a minimum survives a perturbation of small gradient.

    Stated on the open ball, with directional derivatives: whoever has f and g twice continuously differentiable on
    the closed ball has these hypotheses. *)

Require Import Reals List Lra Lia Psatz Classical.
Require Import Spurious.Surface Spurious.Vectors Spurious.Extreme Spurious.Sigmoid.
Import ListNotations.
Open Scope R_scope.

(** The open ball of R^m of radius r about c; Euclidean norm. *)
Definition ball (m : nat) (c : list R) (r : R) (x : list R) : Prop := length x = m /\ sqnorm (vsub x c) < r ^ 2.

Definition unit_vector (m : nat) (v : list R) : Prop := length v = m /\ sqnorm v = 1.

Definition continuous_at (u : list R -> R) (x : list R) : Prop :=
  forall eps, 0 < eps -> exists d, 0 < d /\ forall y, near d x y -> Rabs (u y - u x) < eps.

(** D x v is the derivative of u at x along v, for x in B. *)
Definition derivative (m : nat) (B : list R -> Prop) (u : list R -> R) (D : list R -> list R -> R) : Prop :=
  forall x v, B x -> length v = m -> derivable_pt_lim (fun t => u (move x t v)) 0 (D x v).

(** D2 x v is the second derivative along v: the derivative of D . v along v. *)
Definition second_derivative (m : nat) (B : list R -> Prop) (D D2 : list R -> list R -> R) : Prop :=
  forall x v, B x -> length v = m -> derivable_pt_lim (fun t => D (move x t v) v) 0 (D2 x v).

Lemma move_move c : forall t s v, length v = length c -> move (move c t v) s v = move c (t + s) v.
Proof.
  induction c as [|c1 c IH]; intros t s [|v1 v] H; try discriminate; simpl; [reflexivity|].
  rewrite IH by (simpl in H; lia). f_equal. ring.
Qed.

Lemma derivable_shift (phi : R -> R) t l : derivable_pt_lim (fun s => phi (t + s)) 0 l -> derivable_pt_lim phi t l.
Proof.
  intros H eps Heps. destruct (H eps Heps) as [d Hd]. exists d. intros s Hs Hlt. specialize (Hd s Hs Hlt).
  rewrite Rplus_0_l, Rplus_0_r in Hd. exact Hd.
Qed.

Lemma sqnorm_expand : forall x y c, length x = length c -> length y = length c ->
  sqnorm (vsub y c) = sqnorm (vsub x c) + 2 * dot (vsub x c) (vsub y x) + sqnorm (vsub y x).
Proof.
  unfold sqnorm. induction x as [|x1 x IH]; intros [|y1 y] [|c1 c] H1 H2; try discriminate; simpl; [ring|].
  rewrite (IH y c) by (simpl in *; lia). ring.
Qed.

Lemma sqnorm_small v d : 0 <= d -> Forall (fun t => Rabs t <= d) v -> sqnorm v <= INR (length v) * d * d.
Proof.
  intros Hd H. unfold sqnorm. induction H as [|t v Ht H IH]; [simpl; lra|]. cbn [length dot]. rewrite S_INR.
  apply Rabs_le_inv in Ht. assert (t * t <= d * d) by nra. lra.
Qed.

Lemma sqnorm_coordinate r : forall c x, 0 <= r -> length x = length c -> sqnorm (vsub x c) <= r ^ 2 -> within r c x.
Proof.
  induction c as [|c1 c IH]; intros [|x1 x] Hr H Hs; try discriminate; [constructor|].
  unfold sqnorm in Hs. simpl in Hs. assert (S := sqnorm_nonneg (vsub x c)). unfold sqnorm in S.
  assert (Q := Rle_0_sqr (x1 - c1)). unfold Rsqr in Q. constructor.
  - apply Rabs_le. split; nra.
  - apply IH; [assumption|simpl in H; lia|unfold sqnorm; lra].
Qed.

Lemma move_scale v t : forall c, length v = length c -> move c t v = move c 1 (map (Rmult t) v).
Proof.
  induction v as [|v1 v IH]; intros [|c1 c] H; try discriminate; simpl; [reflexivity|].
  rewrite IH by (simpl in H; lia). f_equal. ring.
Qed.

(** The values along a radius. *)
Section Radius.
  Variables (m : nat) (c v : list R) (r : R).
  Hypothesis Hc : length c = m.
  Hypothesis Hv : unit_vector m v.

  Lemma radius_length t : length (move c t v) = m.
  Proof. rewrite length_move; destruct Hv; congruence. Qed.

  Lemma radius_sqnorm t : sqnorm (vsub (move c t v) c) = t ^ 2.
  Proof.
    destruct Hv as [Lv Nv]. rewrite sqnorm_sub_sym, vsub_move_from by congruence. rewrite Nv. ring.
  Qed.

  Lemma radius_ball t : 0 <= t -> t < r -> ball m c r (move c t v).
  Proof. intros H1 H2. split; [apply radius_length|]. rewrite radius_sqnorm. nra. Qed.

  Lemma radius_derivable u D t : derivative m (ball m c r) u D -> 0 <= t -> t < r ->
    derivable_pt_lim (fun t => u (move c t v)) t (D (move c t v) v).
  Proof.
    intros H H1 H2. apply derivable_shift. destruct Hv as [Lv Nv].
    apply (derivable_pt_lim_ext (fun s => u (move (move c t v) s v))).
    { intros s. rewrite move_move by congruence. reflexivity. }
    apply H; [apply radius_ball; assumption|assumption].
  Qed.

  Lemma radius_second_derivable D D2 t : second_derivative m (ball m c r) D D2 -> 0 <= t -> t < r ->
    derivable_pt_lim (fun t => D (move c t v) v) t (D2 (move c t v) v).
  Proof.
    intros H H1 H2. apply derivable_shift. destruct Hv as [Lv Nv].
    apply (derivable_pt_lim_ext (fun s => D (move (move c t v) s v) v)).
    { intros s. rewrite move_move by congruence. reflexivity. }
    apply H; [apply radius_ball; assumption|assumption].
  Qed.
End Radius.

(** Lemma 3.6, for every dimension m. *)
Theorem lemma_3_6 (m : nat) (c : list R) (r A C : R) (f g : list R -> R) (Df D2f Dg : list R -> list R -> R) :
  length c = m -> 0 < r ->
  (forall x, ball m c r x -> continuous_at f x) -> (forall x, ball m c r x -> continuous_at g x) ->
  derivative m (ball m c r) f Df -> second_derivative m (ball m c r) Df D2f -> derivative m (ball m c r) g Dg ->
  (forall x v, ball m c r x -> unit_vector m v -> Rabs (Dg x v) <= A) ->
  (forall x v, ball m c r x -> unit_vector m v -> C <= D2f x v) ->
  (forall v, length v = m -> Df c v = 0) ->
  2 * A < C * r ->
  exists x, ball m c r x /\ local_min m (fun y => f y + g y) x.
Proof.
  intros Hc Hr Cf Cg HDf HD2f HDg HA HC Hcrit HCr.
  assert (Hcc : sqnorm (vsub c c) = 0).
  { clear. unfold sqnorm. induction c as [|c1 c IH]; simpl; [reflexivity|]. rewrite IH. ring. }
  assert (Hcb : ball m c r c) by (split; [assumption|rewrite Hcc; apply pow_lt; assumption]).
  destruct m as [|m'].
  { exists c. split; [assumption|]. split; [assumption|]. exists 1. split; [lra|]. intros y Hy.
    apply near_length in Hy. destruct c; [|discriminate]. destruct y; [lra|discriminate]. }
  set (m := S m') in *.
  assert (He : unit_vector m (1 :: repeat 0 m')).
  { split; [simpl; rewrite repeat_length; reflexivity|]. unfold sqnorm. simpl.
    assert (Z : forall k l, dot l (repeat 0 k) = 0).
    { induction k; intros [|l1 l]; simpl; try reflexivity. rewrite IHk. ring. }
    rewrite Z. ring. }
  clearbody m.
  assert (HA0 : 0 <= A) by (generalize (HA c _ Hcb He) (Rabs_pos (Dg c (1 :: repeat 0 m'))); lra).
  assert (HC0 : 0 < C) by (apply Rnot_le_lt; intros Hle; assert (0 <= - C * r) by (apply Rmult_le_pos; lra); lra).
  set (s := (2 * A / C + r) / 2).
  assert (HAC : 2 * A / C * C = 2 * A) by (field; lra).
  assert (Hq : 2 * A / C < r).
  { apply Rmult_lt_reg_r with C; [assumption|]. lra. }
  assert (Hq0 : 0 <= 2 * A / C) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; assumption]).
  assert (Hs : 0 < s) by (unfold s; lra). assert (Hsr : s < r) by (unfold s; lra).
  assert (HCs : 2 * A < C * s).
  { assert (2 * A / C < s) by (unfold s; lra). assert (2 * A / C * C < s * C) by (apply Rmult_lt_compat_r; assumption). lra. }
  clearbody s.
  pose (F := fun y => f y + g y).
  pose (K := fun x : list R => length x = m /\ sqnorm (vsub x c) <= s ^ 2).
  assert (KB : forall x, K x -> ball m c r x) by (intros x [H1 H2]; split; [assumption|nra]).
  (* on the sphere F exceeds F(c) *)
  assert (Sphere : forall x, length x = m -> sqnorm (vsub x c) = s ^ 2 -> F c < F x).
  { intros x Hx Hsx.
    set (v := map (Rmult (/ s)) (vsub x c)).
    assert (Lv : length v = m) by (unfold v; rewrite map_length, length_vsub; congruence).
    assert (Hv : unit_vector m v).
    { split; [assumption|]. unfold v, sqnorm.
      assert (Z : forall l, dot (map (Rmult (/ s)) l) (map (Rmult (/ s)) l) = / s * / s * dot l l).
      { induction l as [|l1 l IHl]; simpl; [ring|]. rewrite IHl. ring. }
      rewrite Z. unfold sqnorm in Hsx. rewrite Hsx. field. lra. }
    assert (Ex : move c s v = x).
    { rewrite move_scale by congruence. unfold v. rewrite map_map.
      rewrite (map_ext _ (fun t => t)), map_id by (intros; field; lra). apply move_vsub. congruence. }
    assert (E0 : move c 0 v = c) by (apply move_0; congruence).
    assert (T := taylor_below (fun t => f (move c t v)) (fun t => Df (move c t v) v) (fun t => D2f (move c t v) v) 0 s C).
    assert (T' : f (move c 0 v) + Df (move c 0 v) v * (s - 0) + C / 2 * (s - 0) ^ 2 <= f (move c s v)).
    { apply T; try lra.
      - intros y Hy. apply (radius_derivable m c v r Hc Hv); [assumption|lra|lra].
      - intros y Hy. apply (radius_second_derivable m c v r Hc Hv); [assumption|lra|lra].
      - intros y Hy. apply HC; [apply (radius_ball m c v r Hc Hv); lra|assumption]. }
    rewrite Ex, E0, (Hcrit v Lv), Rminus_0_r in T'.
    destruct (MVT_cor2 (fun t => g (move c t v)) (fun t => Dg (move c t v) v) 0 s Hs) as [y [Hy1 Hy2]].
    { intros y Hy. apply (radius_derivable m c v r Hc Hv); [assumption|lra|lra]. }
    rewrite Ex, E0 in Hy1.
    assert (By := HA (move c y v) v (radius_ball m c v r Hc Hv y (Rlt_le _ _ (proj1 Hy2)) (Rlt_trans _ _ _ (proj2 Hy2) Hsr)) Hv).
    apply Rabs_le_inv in By.
    assert (- A * s <= g x - g c) by (rewrite Hy1; rewrite Rminus_0_r; apply Rmult_le_compat_r; lra).
    assert (0 < s * (C * s - 2 * A)) by (apply Rmult_lt_0_compat; lra). unfold F. nra. }
  (* the minimum over the closed ball of radius s *)
  assert (Min : exists x, K x /\ forall y, K y -> F x <= F y).
  { apply (extreme_value (map (fun t => (t - s, t + s)) c) K F c).
    - intros x [Hx Hk]. apply sqnorm_coordinate in Hk; [|lra|congruence]. unfold in_box. clear - Hk.
      induction Hk as [|u w c x H Hk IH]; simpl; constructor; [|assumption]. apply Rabs_le_inv in H. simpl. lra.
    - intros x Hx Hn. assert (Lx : length x = m).
      { rewrite <- Hc. rewrite <- (map_length (fun t => (t - s, t + s)) c). eapply Forall2_len. exact Hx. }
      assert (Hgap : s ^ 2 < sqnorm (vsub x c)) by (apply Rnot_le_lt; intros Hle; apply Hn; split; assumption).
      set (gap := sqnorm (vsub x c) - s ^ 2). assert (Pg : 0 < gap) by (unfold gap; lra).
      set (k := l1 (vsub x c)). assert (Pk : 0 <= k) by apply l1_nonneg.
      exists (gap / (2 * k + 1)). assert (Hd : 0 < gap / (2 * k + 1)) by (apply Rdiv_lt_0_compat; lra).
      split; [assumption|]. intros y Hy [Ly Hk].
      rewrite (sqnorm_expand x y c) in Hk by congruence.
      assert (B := dot_bound (vsub x c) _ _ (Rlt_le _ _ Hd) (near_sub _ _ _ Hy)). fold k in B. apply Rabs_le_inv in B.
      assert (P := sqnorm_nonneg (vsub y x)).
      assert (2 * (k * (gap / (2 * k + 1))) < gap).
      { replace gap with ((2 * k + 1) * (gap / (2 * k + 1))) at 2 by (field; lra). lra. }
      unfold gap in *. lra.
    - intros x Hk eps Heps. specialize (KB x Hk). destruct (Cf x KB (eps / 2)) as [d1 [Hd1 H1]]; [lra|].
      destruct (Cg x KB (eps / 2)) as [d2 [Hd2 H2]]; [lra|].
      exists (Rmin d1 d2). split; [apply Rmin_glb_lt; assumption|]. intros y _ Hy.
      specialize (H1 y (near_weaken _ _ _ _ (Rmin_l d1 d2) Hy)). specialize (H2 y (near_weaken _ _ _ _ (Rmin_r d1 d2) Hy)).
      apply Rabs_def2 in H1. apply Rabs_def2 in H2. unfold F. lra.
    - split; [assumption|]. rewrite Hcc. apply pow2_ge_0. }
  destruct Min as [x [Hk Hmin]]. exists x. split; [apply KB; assumption|]. destruct Hk as [Lx Hk].
  assert (Hlt : sqnorm (vsub x c) < s ^ 2).
  { destruct (Req_dec (sqnorm (vsub x c)) (s ^ 2)) as [E|]; [|lra]. exfalso.
    assert (F c < F x) by (apply Sphere; assumption).
    assert (F x <= F c) by (apply Hmin; split; [assumption|rewrite Hcc; apply pow2_ge_0]). lra. }
  split; [assumption|].
  set (gap := s ^ 2 - sqnorm (vsub x c)). assert (Pg : 0 < gap) by (unfold gap; lra).
  set (k := l1 (vsub x c)). assert (Pk : 0 <= k) by apply l1_nonneg.
  assert (Pm : 0 <= INR m) by apply pos_INR.
  set (d := Rmin 1 (gap / (2 * k + INR m + 1))).
  assert (Hd : 0 < d) by (apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; lra]).
  assert (D1 : d <= 1) by apply Rmin_l.
  assert (D2 : d * (2 * k + INR m + 1) <= gap).
  { replace gap with (gap / (2 * k + INR m + 1) * (2 * k + INR m + 1)) by (field; lra).
    apply Rmult_le_compat_r; [lra|apply Rmin_r]. }
  exists d. split; [assumption|]. intros y Hy. apply Hmin.
  assert (Ly : length y = m) by (rewrite (near_length _ _ _ Hy); assumption). split; [assumption|].
  rewrite (sqnorm_expand x y c) by congruence.
  assert (B := dot_bound (vsub x c) _ _ (Rlt_le _ _ Hd) (near_sub _ _ _ Hy)). fold k in B. apply Rabs_le_inv in B.
  assert (Q := sqnorm_small (vsub y x) d (Rlt_le _ _ Hd) (near_sub _ _ _ Hy)).
  rewrite length_vsub, Lx in Q by congruence.
  assert (INR m * d * d <= INR m * d) by (assert (0 <= INR m * d) by (apply Rmult_le_pos; lra); nra).
  unfold gap in *. nra.
Qed.
