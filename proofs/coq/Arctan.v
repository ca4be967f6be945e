(** * Where (2/pi) arctan has a second minimum: a threshold between 3 and 8.

    E(x) = (theta x - 1)^2 + (theta(a x) + 1)^2, theta = (2/pi) arctan. For 1 <= a <= 3 E rises on x >= 0, so every local minimum
    is at some x < 0; for a >= 8 there is one on each side of x = 1, both finite. *)

Require Import Reals Classical Lra Lia Psatz.
Require Import Spurious.Sigmoid Spurious.Derivatives Spurious.LogLaw Spurious.Inverse Spurious.TwoInstances Spurious.Classification.
Open Scope R_scope.

Definition arc_slope (a x : R) : R :=
  4 / PI * (a * (1 + arc (a * x)) * / (1 + (a * x) ^ 2) - (1 - arc x) * / (1 + x ^ 2)).

Lemma arc_side_derivable a x : derivable_pt_lim (side arc a) x (arc_slope a x).
Proof.
  eapply derivable_pt_lim_val; [|apply (error2_derivative arc arc1 (- a) x arc_derivable)].
  replace (- a * x) with (- (a * x)) by ring. rewrite (proj1 (proj2 arc_sigmoid)). unfold arc_slope, arc1.
  replace ((- (a * x)) ^ 2) with ((a * x) ^ 2) by ring. assert (P := PI_RGT_0). field. repeat split; nra.
Qed.

Lemma arc_0 : arc 0 = 0.
Proof. unfold arc. rewrite atan_0. ring. Qed.

Lemma arc_1 : arc 1 = / 2.
Proof. unfold arc. rewrite atan_1. assert (P := PI_RGT_0). field. lra. Qed.

(** The graph lies above its chord on [0, 1]. *)
Lemma arc_chord x : 0 <= x <= 1 -> x / 2 <= arc x.
Proof.
  intros Hx. destruct (Req_dec x 0) as [->|H0]; [rewrite arc_0; lra|]. destruct (Req_dec x 1) as [->|H1]; [rewrite arc_1; lra|].
  destruct (MVT_cor2 arc arc1 0 x ltac:(lra)) as [c [Hc Ic]]; [intros; apply arc_derivable|].
  destruct (MVT_cor2 arc arc1 x 1 ltac:(lra)) as [d [Hd Id]]; [intros; apply arc_derivable|].
  rewrite arc_0 in Hc. rewrite arc_1 in Hd. assert (L : arc1 d < arc1 c).
  { unfold arc1. apply Rmult_lt_compat_l; [apply two_over_pi|]. assert (0 < (d - c) * (d + c)) by (apply Rmult_lt_0_compat; lra).
    apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; nra|lra]. }
  assert (M : arc1 d * (1 - x) <= arc1 c * (1 - x)) by (apply Rmult_le_compat_r; lra).
  assert (Half : / 2 <= arc1 c) by lra. assert (K : / 2 * x <= arc1 c * x) by (apply Rmult_le_compat_r; lra). lra.
Qed.

Theorem arc_rises a : 1 <= a <= 3 -> rises (side arc a) (fun x => 0 <= x).
Proof.
  intros Ha x y Hx Hy Hxy. apply (increasing_between (side arc a) (arc_slope a)); [assumption|intros; apply arc_side_derivable|].
  intros t Ht. unfold arc_slope. assert (P := PI_RGT_0). apply Rmult_lt_0_compat; [apply Rdiv_lt_0_compat; lra|].
  set (A := 1 + (a * t) ^ 2). set (B := 1 + t ^ 2). assert (PA : 0 < A) by (unfold A; nra). assert (PB : 0 < B) by (unfold B; nra).
  assert (Th : arc t <= arc (a * t)).
  { destruct (Req_dec a 1) as [->|H]; [rewrite Rmult_1_l; lra|]. left. apply arc_sigmoid. nra. }
  assert (R := proj1 (proj2 (proj2 arc_sigmoid)) t). set (u := arc t) in *.
  assert (Main : (1 - u) * A < a * (1 + u) * B).
  { assert (AB : A <= 3 * a * t ^ 2 + 1) by (unfold A; replace ((a * t) ^ 2) with (a * a * t ^ 2) by ring; assert (0 <= t ^ 2) by nra; nra).
    destruct (Rle_lt_dec 1 t) as [H|H].
    - assert (U : / 2 <= u). { unfold u. rewrite <- arc_1. destruct H as [H| <-]; [left; apply arc_sigmoid; assumption|lra]. }
      assert (B1 : 1 <= t ^ 2) by nra. assert (X : (1 - u) * A <= / 2 * (3 * a * t ^ 2 + 1)) by (apply Rmult_le_compat; lra).
      assert (Y : a * (3 / 2) * B <= a * (1 + u) * B) by (apply Rmult_le_compat_r; [lra|apply Rmult_le_compat_l; lra]). unfold B in *. nra.
    - assert (U : t / 2 <= u) by (apply arc_chord; lra).
      assert (X : (1 - u) * A <= (1 - t / 2) * (3 * a * t ^ 2 + 1)) by (apply Rmult_le_compat; lra).
      assert (Y : a * (1 + t / 2) * B <= a * (1 + u) * B) by (apply Rmult_le_compat_r; [lra|apply Rmult_le_compat_l; lra]).
      apply Rle_lt_trans with (1 := X). apply Rlt_le_trans with (2 := Y). unfold B.
      assert (Z : 0 < (1 + t / 2) * (1 + t ^ 2) - (1 - t / 2) * (3 * t ^ 2) - (1 - t / 2)).
      { replace ((1 + t / 2) * (1 + t ^ 2) - (1 - t / 2) * (3 * t ^ 2) - (1 - t / 2)) with (t * (1 - 2 * t + 2 * t ^ 2)) by field.
        apply Rmult_lt_0_compat; [lra|nra]. }
      assert (W : 0 <= (a - 1) * (1 - t / 2)) by (apply Rmult_le_pos; lra).
      assert (V : a * ((1 - t / 2) * (3 * t ^ 2) + (1 - t / 2)) < a * ((1 + t / 2) * (1 + t ^ 2))) by (apply Rmult_lt_compat_l; lra). lra. }
  assert (IA : 0 < / A) by (apply Rinv_0_lt_compat; assumption). assert (IB : 0 < / B) by (apply Rinv_0_lt_compat; assumption).
  assert (Q : (1 - u) * / B < a * (1 + u) * / A).
  { apply (Rmult_lt_reg_r (A * B)); [apply Rmult_lt_0_compat; assumption|].
    replace ((1 - u) * / B * (A * B)) with ((1 - u) * A) by (field; lra). replace (a * (1 + u) * / A * (A * B)) with (a * (1 + u) * B) by (field; lra).
    assumption. }
  assert (S : a * (1 + u) * / A <= a * (1 + arc (a * t)) * / A) by (apply Rmult_le_compat_r; [lra|apply Rmult_le_compat_l; lra]). lra.
Qed.

Lemma interior_minimum f p q : continuity f -> p < q -> (exists z, p < z < q /\ f z < f p /\ f z < f q) -> exists m, p < m < q /\ minimum_at f m.
Proof.
  intros Hc Hpq [z [Hz [Fp Fq]]]. destruct (continuity_ab_min f p q) as [m [Hmin Hm]]; [lra|intros; apply Hc|].
  assert (Fm : f m <= f z) by (apply Hmin; lra). assert (m <> p) by (intros ->; lra). assert (m <> q) by (intros ->; lra).
  exists m. split; [lra|]. exists (Rmin (m - p) (q - m)). assert (Q1 := Rmin_l (m - p) (q - m)). assert (Q2 := Rmin_r (m - p) (q - m)).
  split; [apply Rmin_glb_lt; lra|]. intros y Hy. apply Rabs_def2 in Hy. apply Hmin. lra.
Qed.

Theorem arc_two a : 8 <= a -> exists m n, m < 1 < n /\ minimum_at (side arc a) m /\ minimum_at (side arc a) n.
Proof.
  intros Ha. assert (Pa : 0 < a) by lra. set (E := side arc a).
  assert (Hc : continuity E) by (apply (error2_continuous arc (- a) arc_sigmoid)).
  assert (T1 : tends E 4) by exact (error2_tends arc a arc_sigmoid Pa).
  assert (T2 : tends (fun x => E (- x)) 4) by exact (error2_tends_left arc a arc_sigmoid Pa).
  assert (E0 : E 0 = 2) by (unfold E, side, error2; rewrite Rmult_0_r, arc_0; ring).
  assert (E1 : 2 < E 1).
  { unfold E, side, error2. replace (- a * 1) with (- a) by ring. rewrite (proj1 (proj2 arc_sigmoid)), arc_1.
    assert (/ 2 < arc a) by (rewrite <- arc_1; apply arc_sigmoid; lra). nra. }
  assert (Left : exists m, m < 1 /\ minimum_at E m).
  { destruct (T2 1 ltac:(lra)) as [M HM]. set (c := Rabs M + 1). assert (A := Rle_abs M). assert (B := Rabs_pos M).
    assert (F := HM c ltac:(unfold c; lra)). apply Rabs_def2 in F.
    destruct (interior_minimum E (- c) 1 Hc) as [m [Hm Mm]]; [unfold c; lra| |exists m; split; [lra|assumption]].
    exists 0. split; [unfold c; lra|]. lra. }
  assert (Down : exists z, 1 < z /\ E z < E 1).
  { assert (S : arc_slope a 1 < 0).
    { unfold arc_slope. rewrite arc_1. replace (a * 1) with a by ring. assert (P := PI_RGT_0). assert (R := proj1 (proj2 (proj2 arc_sigmoid)) a).
      assert (K : 0 < 4 / PI) by (apply Rdiv_lt_0_compat; lra).
      assert (Q : a * (1 + arc a) * / (1 + a ^ 2) < / 4).
      { apply (Rmult_lt_reg_r (1 + a ^ 2)); [nra|]. rewrite Rmult_assoc, Rinv_l by nra. nra. }
      replace ((1 - / 2) * / (1 + 1 ^ 2)) with (/ 4) by field. nra. }
    destruct (arc_side_derivable a 1 (- arc_slope a 1 / 2) ltac:(lra)) as [d Hd]. assert (Pd := cond_pos d). exists (1 + d / 2). split; [lra|].
    specialize (Hd (d / 2) ltac:(lra)). rewrite Rabs_right in Hd by lra. specialize (Hd ltac:(lra)). fold E in Hd. apply Rabs_def2 in Hd.
    set (q := (E (1 + d / 2) - E 1) / (d / 2)) in *. assert (N : q < 0) by lra.
    assert (Eq : E (1 + d / 2) - E 1 = q * (d / 2)) by (unfold q; field; lra). nra. }
  assert (Right : exists n, 1 < n /\ minimum_at E n).
  { destruct Down as [z [Hz Fz]]. destruct (Rlt_le_dec 4 (E 1)) as [H4|H4].
    - destruct (minimum_right E 4 1 Hc T1 H4) as [I|[n [Hn Mn]]]; [contradiction (proj1 (arc_none_at_infinity a Pa) I)|exists n; split; assumption].
    - destruct (T1 (4 - E z) ltac:(lra)) as [M HM]. set (b := Rmax M z + 1). assert (A := Rmax_l M z). assert (B := Rmax_r M z).
      assert (F := HM b ltac:(unfold b; lra)). apply Rabs_def2 in F.
      destruct (interior_minimum E 1 b Hc) as [n [Hn Mn]]; [unfold b; lra| |exists n; split; [lra|assumption]].
      exists z. split; [unfold b; lra|]. lra. }
  destruct Left as [m [Hm Mm]]. destruct Right as [n [Hn Mn]]. exists m, n. split; [lra|]. split; assumption.
Qed.
