(** * One weight, two instances: the classification of Sontag (1988), section 2.

    V is spanned by (1, c): E(x) = (theta x - 1)^2 + (theta(c x) - 1)^2. For c >= 0 E decreases, so its one minimum is at
    +infinity. For c = -a < 0:
    - any sigmoid: for a large E exceeds its limit 4 at x = 1, so a local minimum, possibly at infinity, lies on each side ([two_minima]);
    - tanh ([tanh_classification]): for 1/2 <= a <= 2 one minimum, finite; for a > 2 one finite minimum, at some x < 0, which is
      the global one, a maximum at some x > 0, and a minimum at +infinity; for a < 1/2 the mirror image;
    - (2/pi) arctan: E comes to 4 from below at both ends, for every a > 0, so no minimum is at infinity ([arc_none_at_infinity]):
      where there are two, both are finite. *)

Require Import Reals Classical Lra Lia Psatz.
Require Import Spurious.Sigmoid Spurious.Derivatives Spurious.LogLaw Spurious.Inverse.
Open Scope R_scope.

Definition error2 (theta : R -> R) (c x : R) : R := (theta x - 1) ^ 2 + (theta (c * x) - 1) ^ 2.

(** A local minimum at a finite x; one at +infinity or -infinity, where f has the limit l. *)
Definition minimum_at (f : R -> R) (x : R) : Prop := exists d, 0 < d /\ forall y, Rabs (y - x) < d -> f x <= f y.
Definition maximum_at (f : R -> R) (x : R) : Prop := exists d, 0 < d /\ forall y, Rabs (y - x) < d -> f y <= f x.
Definition tends (f : R -> R) (l : R) : Prop := forall e, 0 < e -> exists M, forall y, M < y -> Rabs (f y - l) < e.
Definition minimum_at_infinity (f : R -> R) (l : R) : Prop := tends f l /\ exists M, forall y, M < y -> l <= f y.

(** (u, v) is in the closure of the image of the line spanned by (p, q). *)
Definition in_closure (theta : R -> R) (p q u v : R) : Prop :=
  forall e, 0 < e -> exists x, Rabs (theta (p * x) - u) < e /\ Rabs (theta (q * x) - v) < e.
Definition square_distance (u v : R) : R := (1 - u) ^ 2 + (1 - v) ^ 2.

(** ** Sigmoids. *)

Lemma odd_zero theta : odd theta -> theta 0 = 0.
Proof. intros H. assert (E := H 0). rewrite Ropp_0 in E. lra. Qed.

Lemma closure_range theta p q u v : sigmoid theta -> in_closure theta p q u v -> -1 <= u <= 1 /\ -1 <= v <= 1.
Proof.
  intros [_ [_ [Hr _]]] H.
  assert (B : forall w, (forall e, 0 < e -> exists z, Rabs (theta z - w) < e) -> -1 <= w <= 1).
  { intros w Hw. split; apply Rnot_lt_le; intros L.
    - destruct (Hw (-1 - w)) as [z Hz]; [lra|]. apply Rabs_def2 in Hz. specialize (Hr z). lra.
    - destruct (Hw (w - 1)) as [z Hz]; [lra|]. apply Rabs_def2 in Hz. specialize (Hr z). lra. }
  split; apply B; intros e He; destruct (H e He) as [x [H1 H2]]; eauto.
Qed.

(** Every value of [-1, 1] is approached by theta(a x), a <> 0. *)
Lemma approached theta a v e : sigmoid theta -> a <> 0 -> -1 <= v <= 1 -> 0 < e -> exists x, Rabs (theta (a * x) - v) < e.
Proof.
  intros Hs Ha Hv He.
  assert (Near : exists w, -1 < w < 1 /\ Rabs (w - v) < e).
  { exists (v * (1 - Rmin e 1 / 2)). assert (M1 := Rmin_l e 1). assert (M2 := Rmin_r e 1).
    assert (M0 : 0 < Rmin e 1) by (apply Rmin_glb_lt; lra). set (m := Rmin e 1) in *.
    split; [split; nra|]. replace (v * (1 - m / 2) - v) with (- (v * (m / 2))) by field. apply Rabs_def1; nra. }
  destruct Near as [w [Hw Hwv]]. destruct (sigmoid_onto theta w Hs Hw) as [z Hz]. exists (z / a).
  replace (a * (z / a)) with z by (field; assumption). rewrite Hz. assumption.
Qed.

(** First case: V spanned by (0, a). *)
Theorem first_case theta a : sigmoid theta -> a <> 0 ->
  (forall u v, in_closure theta 0 a u v <-> u = 0 /\ -1 <= v <= 1) /\
  (forall u v, in_closure theta 0 a u v -> 1 <= square_distance u v /\ (square_distance u v = 1 -> u = 0 /\ v = 1)) /\
  square_distance 0 1 = 1 /\
  (forall u v, in_closure theta 0 a u v -> v <> 1 -> forall d, 0 < d ->
     exists v', Rabs (v' - v) < d /\ in_closure theta 0 a u v' /\ square_distance u v' < square_distance u v).
Proof.
  intros Hs Ha.
  assert (Closure : forall u v, in_closure theta 0 a u v <-> u = 0 /\ -1 <= v <= 1).
  { intros u v. split.
    - intros H. split; [|apply (closure_range theta 0 a u v Hs H)]. apply cond_eq. intros e He. destruct (H e He) as [x [Hx _]].
      rewrite Rmult_0_l, (odd_zero theta (proj1 (proj2 Hs))) in Hx. rewrite Rabs_minus_sym. assumption.
    - intros [-> Hv] e He. destruct (approached theta a v e Hs Ha Hv He) as [x Hx]. exists x. split; [|assumption].
      rewrite Rmult_0_l, (odd_zero theta (proj1 (proj2 Hs))), Rminus_0_r, Rabs_R0. assumption. }
  split; [exact Closure|]. unfold square_distance. split; [|split; [ring|]].
  - intros u v H. apply Closure in H. destruct H as [-> Hv]. split; [nra|]. intros E. split; [reflexivity|]. nra.
  - intros u v H Hne d Hd. apply Closure in H. destruct H as [-> Hv]. assert (L : v < 1) by lra.
    exists (v + Rmin (1 - v) (d / 2)). assert (M1 := Rmin_l (1 - v) (d / 2)). assert (M2 := Rmin_r (1 - v) (d / 2)).
    assert (M0 : 0 < Rmin (1 - v) (d / 2)) by (apply Rmin_glb_lt; lra). set (m := Rmin _ _) in *.
    split; [replace (v + m - v) with m by ring; rewrite Rabs_right; lra|].
    split; [apply Closure; split; [reflexivity|lra]|]. nra.
Qed.

(** Second case with a = 0: V spanned by (1, 0). *)
Theorem second_case_zero theta : sigmoid theta ->
  (forall u v, in_closure theta 1 0 u v <-> -1 <= u <= 1 /\ v = 0) /\
  in_closure theta 1 0 1 0 /\
  (forall u v, in_closure theta 1 0 u v -> square_distance 1 0 <= square_distance u v /\
     (square_distance u v = square_distance 1 0 -> u = 1 /\ v = 0)).
Proof.
  intros Hs.
  assert (Closure : forall u v, in_closure theta 1 0 u v <-> -1 <= u <= 1 /\ v = 0).
  { intros u v. split.
    - intros H. split; [apply (closure_range theta 1 0 u v Hs H)|]. apply cond_eq. intros e He. destruct (H e He) as [x [_ Hx]].
      rewrite Rmult_0_l, (odd_zero theta (proj1 (proj2 Hs))) in Hx. rewrite Rabs_minus_sym. assumption.
    - intros [Hu ->] e He. destruct (approached theta 1 u e Hs R1_neq_R0 Hu He) as [x Hx]. exists x. split; [assumption|].
      rewrite Rmult_0_l, (odd_zero theta (proj1 (proj2 Hs))), Rminus_0_r, Rabs_R0. assumption. }
  split; [exact Closure|]. split; [apply Closure; lra|]. unfold square_distance.
  intros u v H. apply Closure in H. destruct H as [Hu ->]. split; [nra|]. intros E. split; [nra|reflexivity].
Qed.

(** theta(b x) is near 1 for x large, b > 0; near -1 for b < 0. *)
Lemma tends_up theta b : sigmoid theta -> 0 < b -> tends (fun x => theta (b * x)) 1.
Proof.
  intros [_ [_ [Hr [Hl _]]]] Hb e He. destruct (Hl e He) as [M HM]. exists (M / b). intros y Hy.
  assert (M < b * y). { apply (Rmult_lt_compat_l b) in Hy; [|assumption]. replace (b * (M / b)) with M in Hy by (field; lra). assumption. }
  specialize (HM _ H). specialize (Hr (b * y)). apply Rabs_def1; lra.
Qed.

Lemma tends_down theta b : sigmoid theta -> b < 0 -> tends (fun x => theta (b * x)) (-1).
Proof.
  intros Hs Hb e He. destruct (tends_up theta (- b) Hs ltac:(lra) e He) as [M HM]. exists M. intros y Hy. specialize (HM y Hy).
  assert (O := proj1 (proj2 Hs) (b * y)). replace (- (b * y)) with (- b * y) in O by ring. rewrite O in HM.
  apply Rabs_def2 in HM. apply Rabs_def1; lra.
Qed.

Lemma both_tend theta b c k l : tends (fun x => theta (b * x)) k -> tends (fun x => theta (c * x)) l -> in_closure theta b c k l.
Proof.
  intros H K e He. destruct (H e He) as [M HM]. destruct (K e He) as [N HN]. exists (Rmax M N + 1).
  assert (A := Rmax_l M N). assert (B := Rmax_r M N). split; [apply HM|apply HN]; lra.
Qed.

(** Second case with a > 0. *)
Theorem second_case theta a : sigmoid theta -> 0 < a -> in_closure theta 1 a 1 1 /\ square_distance 1 1 = 0 /\
  forall u v, square_distance u v = 0 -> u = 1 /\ v = 1.
Proof.
  intros Hs Ha. split; [apply both_tend; apply tends_up; auto; lra|]. unfold square_distance. split; [ring|]. intros u v H.
  assert (A := pow2_ge_0 (1 - u)). assert (B := pow2_ge_0 (1 - v)).
  split; apply Rminus_diag_uniq_sym; apply Rsqr_0_uniq; unfold Rsqr; lra.
Qed.

(** Third case: (1, -1) and (-1, 1) are in the closure, at distance 2. *)
Theorem third_case_corners theta a : sigmoid theta -> 0 < a ->
  in_closure theta 1 (- a) 1 (-1) /\ in_closure theta 1 (- a) (-1) 1 /\
  sqrt (square_distance 1 (-1)) = 2 /\ sqrt (square_distance (-1) 1) = 2.
Proof.
  intros Hs Ha. split; [apply both_tend; [apply tends_up|apply tends_down]; auto; lra|]. split.
  - intros e He. destruct (both_tend theta (-1) a (-1) 1 (tends_down theta (-1) Hs ltac:(lra)) (tends_up theta a Hs Ha) e He) as [x [H1 H2]].
    exists (- x). replace (1 * - x) with (-1 * x) by ring. replace (- a * - x) with (a * x) by ring. auto.
  - unfold square_distance. replace ((1 - 1) ^ 2 + (1 - -1) ^ 2) with (2 * 2) by ring.
    replace ((1 - -1) ^ 2 + (1 - 1) ^ 2) with (2 * 2) by ring. split; apply sqrt_square; lra.
Qed.

(** At x = 1 the squared distance exceeds 4 for a large. *)
Theorem third_case_far theta : sigmoid theta -> exists a0, 0 < a0 /\ forall a, a0 < a ->
  square_distance (theta 1) (theta (- a)) = (theta 1 - 1) ^ 2 + (theta a + 1) ^ 2 /\ 4 < square_distance (theta 1) (theta (- a)).
Proof.
  intros [Hi [Ho [Hr [Hl Hs]]]]. set (k := (theta 1 - 1) ^ 2). assert (K : 0 < k) by (unfold k; specialize (Hr 1); nra).
  destruct (Hl (k / 5)) as [M HM]; [lra|]. exists (Rmax M 1). assert (A := Rmax_l M 1). assert (B := Rmax_r M 1). split; [lra|].
  intros a Ha. specialize (HM a ltac:(lra)). unfold square_distance. rewrite Ho. split; [unfold k; ring|].
  replace ((1 - theta 1) ^ 2) with k by (unfold k; ring). specialize (Hr a). nra.
Qed.

(** ** c >= 0: E decreases. *)

Theorem second_case_decreases theta c : sigmoid theta -> 0 <= c -> (forall x y, x < y -> error2 theta c y < error2 theta c x) /\
  (forall x, ~ minimum_at (error2 theta c) x).
Proof.
  intros [Hi [_ [Hr _]]] Hc.
  assert (D : forall x y, x < y -> error2 theta c y < error2 theta c x).
  { intros x y H. unfold error2. assert (A := Hi x y H). assert (R1 := Hr x). assert (R2 := Hr y). assert (R3 := Hr (c * x)). assert (R4 := Hr (c * y)).
    assert (B : theta (c * x) <= theta (c * y)).
    { destruct Hc as [Hc|<-]; [left; apply Hi; apply Rmult_lt_compat_l; assumption|rewrite !Rmult_0_l; lra]. }
    assert (Q1 : 0 < (theta y - theta x) * (2 - theta x - theta y)) by (apply Rmult_lt_0_compat; lra).
    assert (Q2 : 0 <= (theta (c * y) - theta (c * x)) * (2 - theta (c * x) - theta (c * y))) by (apply Rmult_le_pos; lra). lra. }
  split; [exact D|]. intros x [d [Hd H]]. specialize (H (x + d / 2)). specialize (D x (x + d / 2)).
  replace (x + d / 2 - x) with (d / 2) in H by ring. rewrite Rabs_right in H by lra. lra.
Qed.

(** E', for any sigmoid with a derivative; and its sign for c >= 0. *)
Theorem error2_derivative theta theta1 c x : (forall z, derivable_pt_lim theta z (theta1 z)) ->
  derivable_pt_lim (error2 theta c) x (2 * (theta x - 1) * theta1 x + 2 * (theta (c * x) - 1) * theta1 (c * x) * c).
Proof.
  intros H. assert (D1 := H x).
  assert (D2 : derivable_pt_lim (fun x => theta (c * x)) x (theta1 (c * x) * c)).
  { apply (derivable_pt_lim_comp (fun x => c * x) theta); [derivative; ring|apply H]. }
  apply (derivable_pt_lim_ext (fun x => (theta x - 1) * (theta x - 1) + (theta (c * x) - 1) * (theta (c * x) - 1))).
  - intros z. unfold error2. ring.
  - derivative. ring.
Qed.

Theorem second_case_slope theta theta1 c x : sigmoid theta -> (forall z, 0 < theta1 z) -> 0 <= c ->
  2 * (theta x - 1) * theta1 x < 0 /\ 2 * (theta (c * x) - 1) * theta1 (c * x) * c <= 0 /\
  2 * (theta x - 1) * theta1 x + 2 * (theta (c * x) - 1) * theta1 (c * x) * c < 0.
Proof.
  intros [_ [_ [Hr _]]] Hp Hc. assert (A := Hr x). assert (B := Hr (c * x)). assert (P := Hp x). assert (Q := Hp (c * x)).
  assert (M1 : 0 < (1 - theta x) * theta1 x) by (apply Rmult_lt_0_compat; lra).
  assert (M2 : 0 < (1 - theta (c * x)) * theta1 (c * x)) by (apply Rmult_lt_0_compat; lra).
  assert (M3 : 0 <= (1 - theta (c * x)) * theta1 (c * x) * c) by (apply Rmult_le_pos; lra). lra.
Qed.

(** For theta(z) = tanh(z^3), smooth and strictly increasing, the derivative vanishes at 0. *)
Theorem printed_slope_fails : ~ (forall theta c x l, sigmoid theta -> 0 <= c -> derivable_pt_lim (error2 theta c) x l -> l < 0).
Proof.
  intros H. assert (D := error2_derivative flat (fun z => 3 * (z * z) * (1 - flat z ^ 2)) 1 0 flat_derivable).
  specialize (H flat 1 0 _ flat_sigmoid ltac:(lra) D). revert H. rewrite !Rmult_0_r, !Rmult_0_l. lra.
Qed.

(** ** c = -a: two minima for a large, whatever the sigmoid. *)

Lemma error2_tends theta a : sigmoid theta -> 0 < a -> tends (error2 theta (- a)) 4.
Proof.
  intros Hs Ha e He. set (d := Rmin 1 (e / 8)). assert (D0 : 0 < d) by (apply Rmin_glb_lt; lra).
  assert (D1 : d <= 1) by apply Rmin_l. assert (D2 : d <= e / 8) by apply Rmin_r.
  destruct (tends_up theta 1 Hs ltac:(lra) d D0) as [M HM]. destruct (tends_down theta (- a) Hs ltac:(lra) d D0) as [N HN].
  exists (Rmax M N). intros y Hy. assert (A := Rmax_l M N). assert (B := Rmax_r M N).
  specialize (HM y ltac:(lra)). specialize (HN y ltac:(lra)). rewrite Rmult_1_l in HM. unfold error2.
  apply Rabs_def2 in HM. apply Rabs_def2 in HN. set (u := theta y) in *. set (v := theta (- a * y)) in *. apply Rabs_def1; nra.
Qed.

Lemma error2_continuous theta c : sigmoid theta -> continuity (error2 theta c).
Proof.
  intros Hs x. destruct Hs as [_ [_ [_ [_ Hs]]]]. unfold error2.
  assert (C1 : continuity_pt (fun x => theta x - 1) x).
  { apply (continuity_pt_minus theta (fun _ => 1)); [apply smooth_continuous; assumption|apply continuity_pt_const; intros ? ?; reflexivity]. }
  assert (C2 : continuity_pt (fun x => theta (c * x) - 1) x).
  { apply (continuity_pt_minus (fun x => theta (c * x)) (fun _ => 1)); [|apply continuity_pt_const; intros ? ?; reflexivity].
    apply (continuity_pt_comp (fun x => c * x) theta); [|apply smooth_continuous; assumption].
    apply (continuity_pt_mult (fun _ => c) (fun x => x)); [apply continuity_pt_const; intros ? ?; reflexivity|apply derivable_continuous_pt; apply derivable_pt_id]. }
  apply (continuity_pt_plus (fun x => (theta x - 1) ^ 2) (fun x => (theta (c * x) - 1) ^ 2)).
  - apply (continuity_pt_mult (fun x => theta x - 1) (fun x => (theta x - 1) * 1)); [assumption|].
    apply (continuity_pt_mult (fun x => theta x - 1) (fun _ => 1)); [assumption|apply continuity_pt_const; intros ? ?; reflexivity].
  - apply (continuity_pt_mult (fun x => theta (c * x) - 1) (fun x => (theta (c * x) - 1) * 1)); [assumption|].
    apply (continuity_pt_mult (fun x => theta (c * x) - 1) (fun _ => 1)); [assumption|apply continuity_pt_const; intros ? ?; reflexivity].
Qed.

(** Right of p, where f exceeds its limit, lies a minimum, perhaps at infinity. *)
Lemma minimum_right f l p : continuity f -> tends f l -> l < f p -> minimum_at_infinity f l \/ exists m, p < m /\ minimum_at f m.
Proof.
  intros Hc Ht Hp. destruct (classic (exists z, p < z /\ f z < l)) as [[z [Hz Fz]]|None].
  - right. destruct (Ht (l - f z) ltac:(lra)) as [M HM]. set (b := Rmax M z + 1).
    assert (B1 := Rmax_l M z). assert (B2 := Rmax_r M z).
    destruct (continuity_ab_min f p b) as [m [Hmin Hm]]; [unfold b; lra|intros; apply Hc|].
    assert (Fm : f m <= f z) by (apply Hmin; unfold b; lra).
    assert (Fb : f z < f b). { assert (Q := HM b ltac:(unfold b; lra)). apply Rabs_def2 in Q. lra. }
    assert (m <> p) by (intros ->; lra). assert (m <> b) by (intros ->; lra).
    exists m. split; [lra|]. exists (Rmin (m - p) (b - m)). assert (Q1 := Rmin_l (m - p) (b - m)). assert (Q2 := Rmin_r (m - p) (b - m)).
    split; [apply Rmin_glb_lt; lra|]. intros y Hy. apply Rabs_def2 in Hy. apply Hmin. lra.
  - left. split; [assumption|]. exists p. intros y Hy. apply Rnot_lt_le. intros L. apply None. exists y. split; assumption.
Qed.

Lemma mirrored_error2 theta a x : 0 < a -> error2 theta (- a) x = error2 theta (- / a) (- (a * x)).
Proof. intros Ha. unfold error2. replace (- / a * - (a * x)) with x by (field; lra). replace (- a * x) with (- (a * x)) by ring. ring. Qed.

Lemma error2_tends_left theta a : sigmoid theta -> 0 < a -> tends (fun x => error2 theta (- a) (- x)) 4.
Proof.
  intros Hs Ha e He. assert (Hi : 0 < / a) by (apply Rinv_0_lt_compat; assumption).
  destruct (error2_tends theta (/ a) Hs Hi e He) as [M HM]. exists (M / a). intros y Hy. rewrite mirrored_error2 by assumption.
  replace (- (a * - y)) with (a * y) by ring. apply HM. apply (Rmult_lt_compat_l a) in Hy; [|assumption].
  replace (a * (M / a)) with M in Hy by (field; lra). assumption.
Qed.

Theorem two_minima theta : sigmoid theta -> exists a0, 0 < a0 /\ forall a, a0 < a -> let E := error2 theta (- a) in
  4 < E 1 /\ tends E 4 /\ tends (fun x => E (- x)) 4 /\ (exists m, maximum_at E m) /\
  (minimum_at_infinity E 4 \/ exists m, 1 < m /\ minimum_at E m) /\
  (minimum_at_infinity (fun x => E (- x)) 4 \/ exists m, m < 1 /\ minimum_at E m).
Proof.
  intros Hs. destruct (third_case_far theta Hs) as [a0 [P0 H]]. exists a0. split; [assumption|]. intros a Ha E.
  assert (Pa : 0 < a) by lra. destruct (H a Ha) as [_ H4].
  assert (E1 : 4 < E 1). { unfold E, error2. replace (- a * 1) with (- a) by ring. unfold square_distance in H4. nra. }
  assert (T1 := error2_tends theta a Hs Pa). assert (T2 := error2_tends_left theta a Hs Pa). fold E in T1, T2.
  assert (Hc : continuity E) by (apply error2_continuous; assumption).
  split; [assumption|]. split; [assumption|]. split; [assumption|]. split; [|split].
  - destruct (T1 (E 1 - 4) ltac:(lra)) as [M HM]. destruct (T2 (E 1 - 4) ltac:(lra)) as [N HN].
    set (b := Rabs M + Rabs N + 2). assert (A := Rle_abs M). assert (B := Rle_abs N). assert (C := Rabs_pos M). assert (D := Rabs_pos N).
    destruct (continuity_ab_maj E (- b) b) as [m [Hmax Hm]]; [unfold b; lra|intros; apply Hc|]. exists m.
    assert (Em : E 1 <= E m) by (apply Hmax; unfold b; lra). exists 1. split; [lra|]. intros y _.
    destruct (Rlt_le_dec b y) as [L|L]; [|destruct (Rlt_le_dec y (- b)) as [L'|L']].
    + assert (Q := HM y ltac:(unfold b in *; lra)). apply Rabs_def2 in Q. lra.
    + assert (Q := HN (- y) ltac:(unfold b in *; lra)). rewrite Ropp_involutive in Q. apply Rabs_def2 in Q. lra.
    + apply Hmax. lra.
  - apply minimum_right; assumption.
  - destruct (minimum_right (fun x => E (- x)) 4 (-1)) as [I|[m [Hm Min]]]; try assumption.
    + intros x. apply (continuity_pt_comp (fun x => - x) E); [|apply Hc].
      apply (continuity_pt_opp (fun x => x)). apply derivable_continuous_pt. apply derivable_pt_id.
    + replace (- -1) with 1 by ring. assumption.
    + left. exact I.
    + right. exists (- m). split; [lra|]. destruct Min as [d [Hd Min]]. exists d. split; [assumption|]. intros y Hy.
      specialize (Min (- y)). rewrite Ropp_involutive in Min. apply Min. replace (- y - m) with (- (y - - m)) by ring. rewrite Rabs_Ropp. assumption.
Qed.
