(** * How many minima (tanh x - 1)^2 + (tanh(a x) + 1)^2 has, for every a >= 1, and why (2/pi) arctan differs.

    tanh: for 1 <= a <= 2 one local minimum, finite and global, and none at infinity; for a > 2 one finite minimum, global, one
    maximum, and a minimum at +infinity. So the threshold is 2 exactly. For 0 < a < 1 the error is the mirror image of that of 1/a
    ([mirrored_error2]). (2/pi) arctan: for no a > 0 is there a minimum at +infinity or at -infinity. *)

Require Import Reals Classical Lra Lia Psatz.
Require Import Spurious.Vectors Spurious.Sigmoid Spurious.Derivatives Spurious.LogLaw Spurious.Inverse Spurious.TwoInstances.
Open Scope R_scope.

Definition falls (f : R -> R) (P : R -> Prop) : Prop := forall x y, P x -> P y -> x < y -> f y < f x.
Definition rises (f : R -> R) (P : R -> Prop) : Prop := forall x y, P x -> P y -> x < y -> f x < f y.

Definition side (theta : R -> R) (a x : R) : R := error2 theta (- a) x.

(** The sign of E' is that of phi. *)
Definition phi (a x : R) : R := ln a + (4 * a - 2) * x + 3 * ln (1 + exp (2 * x)) - 3 * ln (1 + exp (2 * (a * x))).
Definition phi1 (a x : R) : R := 4 * a - 2 + 6 * (1 - sig x) - 6 * (a * (1 - sig (a * x))).
Definition slope (a x : R) : R := 16 * (a * ((1 - sig (a * x)) ^ 2 * sig (a * x)) - sig x ^ 2 * (1 - sig x)).

Lemma side_tanh a x : side tanh a x = 4 * sig x ^ 2 + 4 * (1 - sig (a * x)) ^ 2.
Proof. unfold side, error2. replace (- a * x) with (- (a * x)) by ring. rewrite !tanh_sig, sig_opp. ring. Qed.

Lemma sig_scaled_derivable a x : derivable_pt_lim (fun x => sig (a * x)) x (-2 * a * (sig (a * x) * (1 - sig (a * x)))).
Proof.
  eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_comp (fun x => a * x) sig); [derive|apply sig_derivable]. }
  ring.
Qed.

Lemma side_derivable a x : derivable_pt_lim (side tanh a) x (slope a x).
Proof.
  assert (D1 := sig_derivable x). assert (D2 := sig_scaled_derivable a x).
  apply (derivable_pt_lim_ext (fun x => 4 * (sig x * sig x) + 4 * ((1 - sig (a * x)) * (1 - sig (a * x))))).
  - intros z. rewrite side_tanh. ring.
  - derivative. unfold slope. ring.
Qed.

Lemma log_cosh_derivable a x : derivable_pt_lim (fun x => ln (1 + exp (2 * (a * x)))) x (2 * a * (1 - sig (a * x))).
Proof.
  assert (P := exp_pos (2 * (a * x))).
  eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_comp (fun x => 1 + exp (2 * (a * x))) ln); [derive|apply derivable_pt_lim_ln; lra]. }
  unfold sig. field. lra.
Qed.

Lemma phi_derivable a x : derivable_pt_lim (phi a) x (phi1 a x).
Proof.
  assert (D1 := log_cosh_derivable 1 x). assert (D2 := log_cosh_derivable a x).
  apply (derivable_pt_lim_ext (fun x => ln a + (4 * a - 2) * x + 3 * ln (1 + exp (2 * (1 * x))) - 3 * ln (1 + exp (2 * (a * x))))).
  - intros z. unfold phi. rewrite Rmult_1_l. reflexivity.
  - derivative. unfold phi1. rewrite Rmult_1_l. ring.
Qed.

Lemma slope_sign a x : 0 < a -> (0 < phi a x -> 0 < slope a x) /\ (phi a x < 0 -> slope a x < 0).
Proof.
  intros Ha. set (X := exp (2 * x)). set (Y := exp (2 * (a * x))). assert (PX : 0 < X) by apply exp_pos. assert (PY : 0 < Y) by apply exp_pos.
  set (p := a * (Y * Y) * ((1 + X) * (1 + X) * (1 + X))). set (q := X * ((1 + Y) * (1 + Y) * (1 + Y))).
  assert (Pp : 0 < p) by (unfold p; repeat apply Rmult_lt_0_compat; lra).
  assert (Pq : 0 < q) by (unfold q; repeat apply Rmult_lt_0_compat; lra).
  assert (L : phi a x = ln p - ln q).
  { unfold p, q. rewrite !ln_mult by (repeat apply Rmult_lt_0_compat; lra). unfold X, Y at 1 2. rewrite !ln_exp. unfold phi. fold X. fold Y. ring. }
  set (d := (1 + X) * (1 + X) * (1 + X) * ((1 + Y) * (1 + Y) * (1 + Y))).
  assert (Pd : 0 < d) by (unfold d; repeat apply Rmult_lt_0_compat; lra).
  assert (S : slope a x = 16 * (p - q) / d).
  { unfold slope, sig, p, q, d. fold X. fold Y. field. split; lra. }
  assert (Id : 0 < / d) by (apply Rinv_0_lt_compat; assumption). rewrite S. unfold Rdiv. split; intros H.
  - assert (q < p) by (apply ln_lt_inv; lra). apply Rmult_lt_0_compat; lra.
  - assert (p < q) by (apply ln_lt_inv; lra). assert (0 < (q - p) * / d) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

Lemma phi_continuous a : continuity (phi a).
Proof. intros x. apply derivable_continuous_pt. exists (phi1 a x). apply phi_derivable. Qed.

Lemma phi_0 a : phi a 0 = ln a.
Proof. unfold phi. rewrite !Rmult_0_r, exp_0. ring. Qed.

(** Left of 0 phi rises, from below 0 to ln a. *)
Lemma phi_rises_left a x y : 1 <= a -> x < y -> y <= 0 -> phi a x < phi a y.
Proof.
  intros Ha Hxy Hy. apply (increasing_between (phi a) (phi1 a)); [assumption|intros; apply phi_derivable|].
  intros t Ht. unfold phi1. assert (Q : 1 - sig (a * t) <= 1 - sig t).
  { destruct (Rle_lt_or_eq_dec _ _ Ha) as [H|<-]; [|rewrite Rmult_1_l; lra].
    assert (sig t < sig (a * t)) by (apply sig_decreasing; nra). lra. }
  assert (H : 1 - sig (a * t) < / 2).
  { assert (S := sig_decreasing (a * t) 0 ltac:(nra)). unfold sig at 1 in S. rewrite Rmult_0_r, exp_0 in S. lra. }
  nra.
Qed.

Lemma phi_far_left a : 1 <= a -> exists z, z < 0 /\ phi a z < 0.
Proof.
  intros Ha. assert (La : 0 <= ln a) by (rewrite <- ln_1; destruct Ha as [Ha|<-]; [left; apply ln_increasing; lra|right; reflexivity]).
  exists (- (ln a + 3 * ln 2 + 1) / (4 * a - 2)). assert (L2 : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  set (z := - (ln a + 3 * ln 2 + 1) / (4 * a - 2)).
  assert (Z : (4 * a - 2) * z = - (ln a + 3 * ln 2 + 1)) by (unfold z; field; lra). assert (Z0 : z < 0) by nra.
  split; [assumption|]. unfold phi. rewrite Z.
  assert (A : ln (1 + exp (2 * z)) < ln 2).
  { assert (P := exp_pos (2 * z)). assert (exp (2 * z) < exp 0) by (apply exp_increasing; lra). rewrite exp_0 in *. apply ln_increasing; lra. }
  assert (B : 0 < ln (1 + exp (2 * (a * z)))) by (rewrite <- ln_1; assert (P := exp_pos (2 * (a * z))); apply ln_increasing; lra). lra.
Qed.

(** Right of 0, in terms of exp(-2x). *)
Lemma ln_1_exp u : ln (1 + exp u) = u + ln (1 + exp (- u)).
Proof.
  assert (P := exp_pos u). assert (Q := exp_pos (- u)). rewrite <- (ln_exp u) at 2. rewrite <- ln_mult by lra. f_equal.
  rewrite Rmult_plus_distr_l, <- exp_plus, Rplus_opp_r, exp_0. ring.
Qed.

Lemma phi_right a x : phi a x = ln a + (4 - 2 * a) * x + 3 * (ln (1 + exp (- (2 * x))) - ln (1 + exp (- (2 * (a * x))))).
Proof. unfold phi. rewrite (ln_1_exp (2 * x)), (ln_1_exp (2 * (a * x))). ring. Qed.

Lemma phi_positive_right a x : 1 <= a <= 2 -> 0 < x -> 0 < phi a x.
Proof.
  intros Ha Hx. rewrite phi_right.
  assert (La : 0 <= ln a) by (rewrite <- ln_1; destruct (proj1 Ha) as [H|<-]; [left; apply ln_increasing; lra|right; reflexivity]).
  assert (B : 1 < a -> ln (1 + exp (- (2 * (a * x)))) < ln (1 + exp (- (2 * x)))).
  { intros H. assert (P := exp_pos (- (2 * (a * x)))). assert (exp (- (2 * (a * x))) < exp (- (2 * x))) by (apply exp_increasing; nra).
    apply ln_increasing; lra. }
  destruct (Rle_lt_or_eq_dec _ _ (proj1 Ha)) as [H|H].
  - specialize (B H). nra.
  - rewrite <- H, Rmult_1_l in *. lra.
Qed.

Lemma phi_far_right a : 2 < a -> exists z, 0 < z /\ phi a z < 0.
Proof.
  intros Ha. assert (La : 0 < ln a) by (rewrite <- ln_1; apply ln_increasing; lra). assert (L2 : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  exists ((ln a + 3 * ln 2 + 1) / (2 * a - 4)). set (z := (ln a + 3 * ln 2 + 1) / (2 * a - 4)).
  assert (Z0 : 0 < z) by (apply Rdiv_lt_0_compat; lra). assert (Z : (4 - 2 * a) * z = - (ln a + 3 * ln 2 + 1)) by (unfold z; field; lra).
  split; [assumption|]. rewrite phi_right, Z.
  assert (A : ln (1 + exp (- (2 * z))) < ln 2).
  { assert (P := exp_pos (- (2 * z))). assert (exp (- (2 * z)) < exp 0) by (apply exp_increasing; lra). rewrite exp_0 in *. apply ln_increasing; lra. }
  assert (B : 0 < ln (1 + exp (- (2 * (a * z))))) by (rewrite <- ln_1; assert (P := exp_pos (- (2 * (a * z)))); apply ln_increasing; lra). lra.
Qed.

(** Right of 0, a > 2: where phi' <= 0, it stays negative; phi' has the sign of g - 1 with a falling g. *)
Definition falling (a x : R) : R := (a * sig (a * x) - (a - 2) / 3) * (1 + exp (2 * x)).

Lemma falling_falls a x y : 2 < a -> 0 <= x < y -> falling a y < falling a x.
Proof.
  intros Ha Hxy.
  enough (- falling a x < - falling a y) by lra.
  apply (increasing_between (fun x => - falling a x)
    (fun x => - (a * (-2 * a * (sig (a * x) * (1 - sig (a * x)))) * (1 + exp (2 * x)) + (a * sig (a * x) - (a - 2) / 3) * (2 * exp (2 * x)))));
    [lra| |].
  - intros t _. unfold falling. assert (D := sig_scaled_derivable a t). derivative. ring.
  - intros t Ht. assert (P := exp2_pos t). set (X := exp (2 * t)) in *. set (B := sig (a * t)).
    assert (B0 : 0 < B) by apply sig_pos. assert (B1 : B < 1) by apply sig_lt_1.
    assert (BA : B * (1 + X) < 1).
    { assert (S := sig_decreasing t (a * t) ltac:(nra)). fold B in S. unfold sig in S. fold X in S.
      apply (Rmult_lt_compat_r (1 + X)) in S; [|lra]. rewrite Rinv_l in S by lra. assumption. }
    (* a^2 B (1 - B)(1 + X) >= a B X a > a B X: since (1 - B)(1 + X) > X *)
    assert (K : X < (1 - B) * (1 + X)) by lra.
    assert (K2 : a * B * X < a * B * (a * ((1 - B) * (1 + X)))).
    { apply Rmult_lt_compat_l; [apply Rmult_lt_0_compat; lra|]. nra. }
    assert (K3 : 0 < (a - 2) / 3 * (2 * X)) by (apply Rmult_lt_0_compat; lra). nra.
Qed.

Lemma phi1_falling a x : phi1 a x = 6 * sig x * (falling a x - 1).
Proof. unfold phi1, falling. assert (P := exp2_pos x). unfold sig at 1 3. field. lra. Qed.

Lemma phi_crosses a : 2 < a -> exists M, 0 < M /\ (forall x, 0 <= x < M -> 0 < phi a x) /\ (forall x, M < x -> phi a x < 0).
Proof.
  intros Ha. assert (La : 0 < phi a 0) by (rewrite phi_0, <- ln_1; apply ln_increasing; lra).
  destruct (phi_far_right a Ha) as [z [Hz Fz]].
  destruct (IVT (fun x => - phi a x) 0 z) as [M [HM EM]]; [|assumption|lra|lra|].
  { intros x. apply (continuity_pt_opp (phi a)). apply phi_continuous. }
  assert (M0 : 0 < M) by (destruct (proj1 HM) as [|<-]; [assumption|lra]).
  assert (Zero : phi a M = 0) by lra. exists M. split; [assumption|].
  (* no return: a point with phi' < 0 before a point with phi' >= 0 is impossible *)
  assert (NoReturn : forall c d, 0 <= c < d -> phi1 a c < 0 -> phi1 a d < 0).
  { intros c d Hcd Hc. rewrite phi1_falling in *. assert (F := falling_falls a c d Ha Hcd).
    assert (Sc := sig_pos c). assert (Sd := sig_pos d). assert (falling a c < 1) by nra. nra. }
  assert (Mean : forall u w, u < w -> exists c, u < c < w /\ phi a w - phi a u = phi1 a c * (w - u)).
  { intros u w Huw. destruct (MVT_cor2 (phi a) (phi1 a) u w Huw) as [c [Hc Hin]]; [intros; apply phi_derivable|]. exists c. split; assumption. }
  split; intros x Hx.
  - apply Rnot_le_lt. intros L. assert (x0 : 0 < x) by (destruct (proj1 Hx) as [|<-]; [assumption|lra]).
    destruct (Mean 0 x x0) as [c [Hc E1]]. destruct (Mean x M (proj2 Hx)) as [d [Hd E2]].
    assert (N : phi1 a c < 0) by nra. assert (N2 := NoReturn c d ltac:(lra) N). nra.
  - apply Rnot_le_lt. intros L. destruct (Mean 0 M M0) as [c [Hc E1]]. destruct (Mean M x Hx) as [d [Hd E2]].
    assert (N : phi1 a c < 0) by nra. assert (N2 := NoReturn c d ltac:(lra) N). nra.
Qed.

Lemma phi_zero_left a : 1 <= a -> exists m, m <= 0 /\ (1 < a -> m < 0) /\ (forall x, x < m -> phi a x < 0) /\ (forall x, m < x -> x <= 0 -> 0 < phi a x).
Proof.
  intros Ha. destruct (phi_far_left a Ha) as [z [Hz Fz]].
  assert (L0 : 0 <= phi a 0) by (rewrite phi_0, <- ln_1; destruct Ha as [H|<-]; [left; apply ln_increasing; lra|right; reflexivity]).
  destruct (IVT_cor (phi a) z 0) as [m [Hm Em]]; [apply phi_continuous|lra|nra|].
  exists m. split; [lra|]. split; [|split].
  - intros H. destruct (proj2 Hm) as [|E]; [assumption|]. subst m. rewrite phi_0 in Em. assert (ln 1 < ln a) by (apply ln_increasing; lra). rewrite ln_1 in *. lra.
  - intros x Hx. assert (P := phi_rises_left a x m Ha Hx ltac:(lra)). lra.
  - intros x Hx Hx0. assert (P := phi_rises_left a m x Ha Hx Hx0). lra.
Qed.

Lemma rises_where a (P : R -> Prop) : 0 < a -> (forall x y t, P x -> P y -> x < t < y -> 0 < phi a t) -> rises (side tanh a) P.
Proof.
  intros Ha H x y Px Py Hxy. apply (increasing_between (side tanh a) (slope a)); [assumption|intros; apply side_derivable|].
  intros t Ht. apply slope_sign; [assumption|]. apply (H x y); assumption.
Qed.

Lemma falls_where a (P : R -> Prop) : 0 < a -> (forall x y t, P x -> P y -> x < t < y -> phi a t < 0) -> falls (side tanh a) P.
Proof.
  intros Ha H x y Px Py Hxy. enough (- side tanh a x < - side tanh a y) by lra.
  apply (increasing_between (fun x => - side tanh a x) (fun x => - slope a x)); [assumption| |].
  - intros t _. apply (derivable_pt_lim_opp (side tanh a)). apply side_derivable.
  - intros t Ht. destruct (slope_sign a t Ha) as [_ S]. specialize (S (H x y t Px Py Ht)). lra.
Qed.

Lemma rises_to_limit f l m : tends f l -> rises f (fun x => m <= x) -> (forall x, m <= x -> f x < l) /\ ~ minimum_at_infinity f l.
Proof.
  intros Ht Hr. assert (B : forall x, m <= x -> f x < l).
  { intros x Hx. apply Rnot_le_lt. intros L. assert (U := Hr x (x + 1) Hx ltac:(lra) ltac:(lra)).
    destruct (Ht (f (x + 1) - l) ltac:(lra)) as [M HM]. set (y := Rmax M (x + 1) + 1). assert (A := Rmax_l M (x + 1)). assert (C := Rmax_r M (x + 1)).
    specialize (HM y ltac:(unfold y; lra)). apply Rabs_def2 in HM. assert (V := Hr (x + 1) y ltac:(lra) ltac:(unfold y; lra) ltac:(unfold y; lra)). lra. }
  split; [exact B|]. intros [_ [M HM]]. set (y := Rmax M m + 1). assert (A := Rmax_l M m). assert (C := Rmax_r M m).
  specialize (HM y ltac:(unfold y; lra)). specialize (B y ltac:(unfold y; lra)). lra.
Qed.

Lemma falls_to_limit f l m : tends f l -> falls f (fun x => m <= x) -> (forall x, m <= x -> l < f x) /\ minimum_at_infinity f l.
Proof.
  intros Ht Hf. assert (B : forall x, m <= x -> l < f x).
  { intros x Hx. apply Rnot_le_lt. intros L. assert (U := Hf x (x + 1) Hx ltac:(lra) ltac:(lra)).
    destruct (Ht (l - f (x + 1)) ltac:(lra)) as [M HM]. set (y := Rmax M (x + 1) + 1). assert (A := Rmax_l M (x + 1)). assert (C := Rmax_r M (x + 1)).
    specialize (HM y ltac:(unfold y; lra)). apply Rabs_def2 in HM. assert (V := Hf (x + 1) y ltac:(lra) ltac:(unfold y; lra) ltac:(unfold y; lra)). lra. }
  split; [exact B|]. split; [assumption|]. exists m. intros y Hy. left. apply B. lra.
Qed.

Lemma none_left a m : 0 < a -> falls (side tanh a) (fun x => x <= m) -> ~ minimum_at_infinity (fun x => side tanh a (- x)) 4.
Proof.
  intros Ha Hf. apply (rises_to_limit _ 4 (- m)); [apply (error2_tends_left tanh a tanh_sigmoid Ha)|].
  intros x y Hx Hy Hxy. apply Hf; lra.
Qed.

(** The classification for a >= 1. *)
Theorem tanh_classification a : 1 <= a ->
  (a <= 2 -> exists m, m <= 0 /\ falls (side tanh a) (fun x => x <= m) /\ rises (side tanh a) (fun x => m <= x) /\
    ~ minimum_at_infinity (side tanh a) 4 /\ ~ minimum_at_infinity (fun x => side tanh a (- x)) 4) /\
  (2 < a -> exists m M, m < 0 < M /\ falls (side tanh a) (fun x => x <= m) /\ rises (side tanh a) (fun x => m <= x <= M) /\
    falls (side tanh a) (fun x => M <= x) /\ (forall x, x <> m -> side tanh a m < side tanh a x) /\
    minimum_at_infinity (side tanh a) 4 /\ ~ minimum_at_infinity (fun x => side tanh a (- x)) 4).
Proof.
  intros Ha. assert (Pa : 0 < a) by lra. destruct (phi_zero_left a Ha) as [m [Hm [Hm1 [Neg Pos]]]].
  assert (F : falls (side tanh a) (fun x => x <= m)) by (apply falls_where; [assumption|]; intros x y t _ Hy Ht; apply Neg; lra).
  assert (T : tends (side tanh a) 4) by exact (error2_tends tanh a tanh_sigmoid Pa). split; intros Ha2.
  - exists m. assert (R : rises (side tanh a) (fun x => m <= x)).
    { apply rises_where; [assumption|]. intros x y t Hx _ Ht. destruct (Rle_lt_dec t 0); [apply Pos; lra|apply phi_positive_right; lra]. }
    split; [assumption|]. split; [assumption|]. split; [assumption|]. split; [apply (rises_to_limit _ 4 m T R)|apply (none_left a m Pa F)].
  - destruct (phi_crosses a Ha2) as [M [M0 [PosM NegM]]]. exists m, M. assert (m < 0) by (apply Hm1; lra).
    assert (R : rises (side tanh a) (fun x => m <= x <= M)).
    { apply rises_where; [assumption|]. intros x y t Hx Hy Ht. destruct (Rle_lt_dec t 0); [apply Pos; lra|apply PosM; lra]. }
    assert (F2 : falls (side tanh a) (fun x => M <= x)) by (apply falls_where; [assumption|]; intros x y t Hx _ Ht; apply NegM; lra).
    destruct (falls_to_limit _ 4 M T F2) as [Above Inf].
    split; [lra|]. split; [assumption|]. split; [assumption|]. split; [assumption|].
    split; [|split; [assumption|apply (none_left a m Pa F)]].
    intros x Hx. assert (E0 : side tanh a 0 = 2).
    { rewrite side_tanh. rewrite Rmult_0_r. unfold sig. rewrite Rmult_0_r, exp_0. field. }
    assert (Em : side tanh a m < 2) by (rewrite <- E0; apply R; lra).
    destruct (Rle_lt_dec x m) as [L|L]; [apply F; lra|]. destruct (Rle_lt_dec x M) as [L2|L2]; [apply R; lra|].
    assert (A := Above x ltac:(lra)). lra.
Qed.

(** ** (2/pi) arctan: E < 4 far out on both sides. *)

Lemma atan_above z : 0 < z <= 1 -> z / 2 <= atan z.
Proof.
  intros [H0 H1]. assert (A := increasing_between (fun z => atan z - z * / 2) (fun z => / (1 + z ^ 2) - / 2) 0 z H0). cbv beta in A.
  rewrite atan_0, Rmult_0_l in A. enough (0 - 0 < atan z - z * / 2) by lra. apply A.
  - intros t _. assert (D := derivable_pt_lim_atan t). derivative. unfold Rsqr. field. nra.
  - intros t Ht. assert (t ^ 2 < 1) by nra. assert (/ 2 < / (1 + t ^ 2)) by (apply Rinv_lt_contravar; nra). lra.
Qed.

Lemma arc_below_limit a x : 0 < a -> a + / a <= x -> side arc a x < 4.
Proof.
  intros Ha Hx. assert (Ia : 0 < / a) by (apply Rinv_0_lt_compat; assumption). assert (Px : 0 < x) by lra.
  assert (Iaa : a * / a = 1) by (apply Rinv_r; lra).
  assert (Pax : 0 < a * x) by (apply Rmult_lt_0_compat; assumption). assert (Ax : 1 <= a * x) by nra.
  unfold side, error2. replace (- a * x) with (- (a * x)) by ring. rewrite (proj1 (proj2 arc_sigmoid)).
  assert (U := arc_tail x Px). assert (W := arc_tail (a * x) Pax).
  assert (Px1 : 0 < / x) by (apply Rinv_0_lt_compat; assumption). assert (Pax1 : 0 < / (a * x)) by (apply Rinv_0_lt_compat; assumption).
  assert (Ix1 : / (a * x) <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
  assert (Pi := two_over_pi). assert (Pi1 : 2 / PI < 1).
  { apply (Rmult_lt_reg_r PI); [apply PI_RGT_0|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by (assert (Q := PI_RGT_0); lra).
    assert (Q := PI2_3_2). unfold Rdiv in *. lra. }
  set (k := 2 / PI) in *. set (u := 1 - arc x) in *. set (w := 1 - arc (a * x)) in *.
  assert (U1 : u < k * / x) by (rewrite U; apply Rmult_lt_compat_l; [assumption|apply atan_below; assumption]).
  assert (U0 : 0 < u) by (unfold u; destruct arc_sigmoid as [_ [_ [Hr _]]]; specialize (Hr x); lra).
  assert (W0 : 0 < w < 2) by (unfold w; destruct arc_sigmoid as [_ [_ [Hr _]]]; specialize (Hr (a * x)); lra).
  assert (W1 : k * (/ (a * x) / 2) <= w) by (rewrite W; apply Rmult_le_compat_l; [lra|apply atan_above; lra]).
  replace ((arc x - 1) ^ 2 + (- arc (a * x) - 1) ^ 2) with (u * u + (2 - w) * (2 - w)) by (unfold u, w; ring).
  (* u^2 < k^2/x^2 <= k/(a x) <= 2 w, and w^2 < 2 w *)
  assert (UU : u * u < k * / x * (k * / x)) by nra.
  assert (IX : / x <= / a) by (apply Rinv_le_contravar; lra).
  assert (IM : / (a * x) = / a * / x) by (field; lra). rewrite IM in W1.
  assert (KK : k * / x * (k * / x) <= k * (/ a * / x)).
  { replace (k * / x * (k * / x)) with (k * / x * (k * / x)) by ring. replace (k * (/ a * / x)) with (k * / x * / a) by ring.
    apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|]. nra. }
  assert (WW : w * w < 2 * w) by nra. lra.
Qed.

Theorem arc_none_at_infinity a : 0 < a ->
  ~ minimum_at_infinity (side arc a) 4 /\ ~ minimum_at_infinity (fun x => side arc a (- x)) 4.
Proof.
  intros Ha. assert (None : forall b, 0 < b -> exists N, forall x, N < x -> side arc b x < 4).
  { intros b Hb. exists (b + / b). intros x Hx. apply arc_below_limit; lra. }
  split; intros [_ [M HM]].
  - destruct (None a Ha) as [N HN]. assert (A := Rmax_l M N). assert (B := Rmax_r M N).
    specialize (HM (Rmax M N + 1) ltac:(lra)). specialize (HN (Rmax M N + 1) ltac:(lra)). lra.
  - assert (Ia : 0 < / a) by (apply Rinv_0_lt_compat; assumption). destruct (None (/ a) Ia) as [N HN].
    set (x := Rabs M + Rabs (N / a) + 1). assert (A := Rle_abs M). assert (B := Rle_abs (N / a)). assert (C := Rabs_pos M). assert (D := Rabs_pos (N / a)).
    specialize (HM x ltac:(unfold x; lra)). unfold side in *. rewrite mirrored_error2 in HM by assumption.
    replace (- (a * - x)) with (a * x) in HM by ring.
    assert (L : N < a * x). { assert (N / a < x) by (unfold x; lra). apply (Rmult_lt_compat_l a) in H; [|assumption].
      replace (a * (N / a)) with N in H by (field; lra). assumption. }
    specialize (HN (a * x) L). lra.
Qed.

(** "One at x = +infinity", for a large and any sigmoid: fails for (2/pi) arctan, however large a is. *)
Theorem printed_location_fails : ~ (forall theta, sigmoid theta -> exists a0, forall a, a0 < a -> minimum_at_infinity (side theta a) 4).
Proof.
  intros H. destruct (H arc arc_sigmoid) as [a0 Ha]. set (a := Rabs a0 + 1). assert (A := Rle_abs a0). assert (B := Rabs_pos a0).
  destruct (arc_none_at_infinity a ltac:(unfold a; lra)) as [N _]. apply N. apply Ha. unfold a. lra.
Qed.

(** For (2/pi) arctan and a large there are two finite minima, on both sides of 1. *)
Theorem arc_two_finite : exists a0, forall a, a0 < a -> exists m n, m < 1 < n /\ minimum_at (side arc a) m /\ minimum_at (side arc a) n.
Proof.
  destruct (two_minima arc arc_sigmoid) as [a0 [P H]]. exists a0. intros a Ha. destruct (H a Ha) as [_ [_ [_ [_ [Right Left]]]]].
  destruct (arc_none_at_infinity a ltac:(lra)) as [N1 N2].
  destruct Right as [I|[n [Hn Mn]]]; [contradiction (N1 I)|]. destruct Left as [I|[m [Hm Mm]]]; [contradiction (N2 I)|].
  exists m, n. split; [lra|]. split; assumption.
Qed.

(** The folk fact for a = 3: the lowest value is at one finite weight m, and from some M on the gradient flow goes to a minimum at
    infinity instead, where the value is higher. *)
Theorem folk_fact_fails : exists m M, m < 0 < M /\ (forall x, x <> m -> side tanh 3 m < side tanh 3 x) /\
  minimum_at_infinity (side tanh 3) 4 /\ side tanh 3 m < 4 /\
  forall x, M < x -> exists l, l < 0 /\ derivable_pt_lim (side tanh 3) x l.
Proof.
  destruct (tanh_classification 3 ltac:(lra)) as [_ K]. destruct (K ltac:(lra)) as [m [M1 [Hm [_ [_ [_ [G [I _]]]]]]]].
  destruct (phi_crosses 3 ltac:(lra)) as [M [M0 [_ Neg]]]. exists m, M. split; [lra|]. split; [assumption|]. split; [assumption|]. split.
  - assert (A := G 0 ltac:(lra)). assert (E0 : side tanh 3 0 = 2) by (rewrite side_tanh; rewrite Rmult_0_r; unfold sig; rewrite Rmult_0_r, exp_0; field). lra.
  - intros x Hx. exists (slope 3 x). split; [apply slope_sign; [lra|apply Neg; assumption]|apply side_derivable].
Qed.
