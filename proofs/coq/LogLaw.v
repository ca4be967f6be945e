(** * Logarithmic growth: the gradient flow of (tanh x - 1)^2.

    Sontag (1988), section 3: x' = alpha (1 - tanh x)(1 - tanh^2 x). Every solution has exp(4x)/2 + 3 exp(2x) + 6x - exp(-2x)
    = 16 alpha t + c ([implicit]), so x(t) = (5/4) log 2 + (1/4) log(alpha t) + o(1), whatever the start ([log_law]), between
    explicit bounds ([log_bounds]). *)

Require Import Reals Lra Psatz.
Require Import Spurious.Sigmoid Spurious.Derivatives.
Open Scope R_scope.

Definition field (alpha x : R) : R := alpha * (1 - tanh x) * (1 - tanh x ^ 2).

(** x solves x' = alpha (1 - tanh x)(1 - tanh^2 x) for t >= 0. *)
Definition flow (alpha : R) (x : R -> R) : Prop := forall t, 0 <= t -> derivable_pt_lim x t (field alpha (x t)).

(** The first integral. *)
Definition G (x : R) : R := exp (4 * x) / 2 + 3 * exp (2 * x) + 6 * x - exp (-2 * x).

Definition G1 (x : R) : R := 2 * exp (4 * x) + 6 * exp (2 * x) + 6 + 2 * exp (-2 * x).

Lemma exp_4 x : exp (4 * x) = exp (2 * x) * exp (2 * x).
Proof. rewrite <- exp_plus. f_equal. ring. Qed.

Lemma exp_minus_2 x : exp (-2 * x) = / exp (2 * x).
Proof. replace (-2 * x) with (- (2 * x)) by ring. apply exp_Ropp. Qed.

Lemma G_derivable x : derivable_pt_lim G x (G1 x).
Proof.
  apply (derivable_pt_lim_ext (fun x => exp (4 * x) * / 2 + 3 * exp (2 * x) + 6 * x - exp (-2 * x))); [reflexivity|].
  derivative. unfold G1. field.
Qed.

Lemma G1_positive x : 6 < G1 x.
Proof. unfold G1. assert (A := exp_pos (4 * x)). assert (B := exp_pos (2 * x)). assert (C := exp_pos (-2 * x)). lra. Qed.

Lemma field_G1 alpha x : G1 x * field alpha x = 16 * alpha.
Proof.
  unfold G1, field. rewrite tanh_sig. unfold sig. rewrite exp_4, exp_minus_2. assert (P := exp2_pos x).
  field. split; lra.
Qed.

Lemma field_positive alpha x : 0 < alpha -> 0 < field alpha x.
Proof. intros H. assert (A := field_G1 alpha x). assert (B := G1_positive x). nra. Qed.

(** Every solution, implicitly. *)
Theorem implicit alpha x : flow alpha x -> forall t, 0 <= t -> G (x t) = 16 * alpha * t + G (x 0).
Proof.
  intros H t Ht.
  assert (C := constant_between (fun s => G (x s) - 16 * alpha * s) 0 t). cbv beta in C.
  enough (G (x t) - 16 * alpha * t = G (x 0) - 16 * alpha * 0) by lra.
  apply C; [|lra]. clear C. intros s Hs. assert (Dx := H s ltac:(lra)).
  assert (DG : derivable_pt_lim (fun s => G (x s)) s (G1 (x s) * field alpha (x s))).
  { apply (derivable_pt_lim_comp x G); [assumption|apply G_derivable]. }
  derivative. rewrite field_G1. ring.
Qed.

Lemma G_increasing u v : u < v -> G u < G v.
Proof.
  intros H. apply (increasing_between G G1); [assumption|intros; apply G_derivable|].
  intros t _. assert (P := G1_positive t). lra.
Qed.

Lemma below_exp x : 2 * x < exp (2 * x).
Proof. assert (P := exp_pos (2 * x)). destruct (Rle_lt_dec x 0); [lra|]. assert (Q := exp_ineq1 (2 * x)). lra. Qed.

(** Bounds of G for x >= 0. *)
Lemma G_bounds x : 0 <= x -> exp (4 * x) / 2 <= G x <= (exp (2 * x) + 6) ^ 2 / 2.
Proof.
  intros Hx. unfold G. assert (Q := below_exp x). assert (P := exp_pos (-2 * x)). rewrite exp_4 in *.
  assert (L : exp (-2 * x) <= 1). { rewrite <- exp_0. destruct Hx as [Hx|<-]; [left; apply exp_increasing; lra|right; f_equal; ring]. }
  assert (O : 1 <= exp (2 * x)). { rewrite <- exp_0. destruct Hx as [Hx|<-]; [left; apply exp_increasing; lra|right; f_equal; ring]. }
  split; [lra|]. nra.
Qed.

Lemma ln_sqrt s : 0 < s -> ln (sqrt s) = ln s / 2.
Proof.
  intros H. assert (P := sqrt_lt_R0 s H). assert (ln s = ln (sqrt s) + ln (sqrt s)); [|lra].
  rewrite <- ln_mult by assumption. f_equal. symmetry. apply sqrt_sqrt. lra.
Qed.

(** Explicit bounds, with s = 16 alpha t + c and c = G(x(0)): from the time on when s is at least G(0). *)
Theorem log_bounds alpha x : 0 < alpha -> flow alpha x -> forall t, 0 <= t -> 5 / 2 <= 16 * alpha * t + G (x 0) ->
  18 < 16 * alpha * t + G (x 0) ->
  ln (sqrt (2 * (16 * alpha * t + G (x 0))) - 6) / 2 <= x t <= ln (2 * (16 * alpha * t + G (x 0))) / 4.
Proof.
  intros Ha H t Ht Hs Hs18. assert (I := implicit alpha x H t Ht). set (s := 16 * alpha * t + G (x 0)) in *.
  assert (Hx : 0 <= x t).
  { destruct (Rle_lt_dec 0 (x t)) as [|Hn]; [assumption|]. assert (M := G_increasing _ _ Hn). rewrite I in M. unfold G in M.
    replace (4 * 0) with 0 in M by ring. replace (2 * 0) with 0 in M by ring. replace (-2 * 0) with 0 in M by ring.
    rewrite exp_0 in M. lra. }
  destruct (G_bounds (x t) Hx) as [L U]. rewrite I in L, U. assert (P := exp_pos (2 * x t)).
  split.
  - assert (S36 : 6 < sqrt (2 * s)).
    { replace 6 with (sqrt 36) by (replace 36 with (6 * 6) by ring; apply sqrt_square; lra). apply sqrt_lt_1; lra. }
    assert (B : sqrt (2 * s) <= exp (2 * x t) + 6).
    { replace (exp (2 * x t) + 6) with (sqrt ((exp (2 * x t) + 6) * (exp (2 * x t) + 6))) by (apply sqrt_square; lra).
      apply sqrt_le_1; [lra| |]; nra. }
    assert (B2 : ln (sqrt (2 * s) - 6) <= ln (exp (2 * x t))).
    { destruct (Rle_lt_or_eq_dec (sqrt (2 * s) - 6) (exp (2 * x t))) as [Lt|Eq]; [lra|left; apply ln_increasing; lra|right; congruence]. }
    rewrite ln_exp in B2. lra.
  - assert (B2 : ln (exp (4 * x t)) <= ln (2 * s)).
    { assert (P4 := exp_pos (4 * x t)). destruct (Rle_lt_or_eq_dec (exp (4 * x t)) (2 * s)) as [Lt|Eq]; [lra|left; apply ln_increasing; lra|right; congruence]. }
    rewrite ln_exp in B2. lra.
Qed.

(** ln(1 + e) is small with e. *)
Lemma ln_close u v d : 0 < d -> 0 < v -> v * exp (- d) < u < v * exp d -> Rabs (ln u - ln v) < d.
Proof.
  intros Hd Hv [L U]. assert (P := Rmult_lt_0_compat _ _ Hv (exp_pos (- d))).
  assert (A : ln (v * exp (- d)) < ln u) by (apply ln_increasing; lra).
  assert (B : ln u < ln (v * exp d)) by (apply ln_increasing; lra).
  rewrite ln_mult, ln_exp in A by (try apply exp_pos; lra). rewrite ln_mult, ln_exp in B by (try apply exp_pos; lra).
  apply Rabs_def1; lra.
Qed.

(** The log law: a = (5/4) log 2 and b = 1/4 for every solution with alpha = 1; for another rate t becomes alpha t. *)
Theorem log_law alpha x : 0 < alpha -> flow alpha x -> forall eps, 0 < eps -> exists T, 0 < T /\ forall t, T < t ->
  Rabs (x t - (5 / 4 * ln 2 + / 4 * ln (alpha * t))) < eps.
Proof.
  intros Ha H eps He. set (c := G (x 0)).
  set (q := exp (- eps)). assert (Q0 : 0 < q) by apply exp_pos.
  assert (Q1 : q < 1). { unfold q. rewrite <- exp_0. apply exp_increasing. lra. }
  set (r := exp (4 * eps)). assert (R1 : 1 < r). { unfold r. rewrite <- exp_0. apply exp_increasing. lra. }
  (* y = sqrt(2 s): from y - 6 >= q sqrt(32 alpha t) and 2 s <= r 32 alpha t on. *)
  set (T := (Rabs c + 20) / (alpha * (r - 1)) + (Rabs c + 20 + 144 / ((1 - q) * (1 - q))) / (alpha * (1 - q)) + (Rabs c + 20) / alpha).
  assert (C0 := Rabs_pos c). assert (Cc : - Rabs c <= c <= Rabs c) by (split; [assert (Z := Rle_abs (- c)); rewrite Rabs_Ropp in Z; lra|apply Rle_abs]).
  assert (P144 : 0 < 144 / ((1 - q) * (1 - q))) by (apply Rdiv_lt_0_compat; [lra|nra]).
  assert (T1 : 0 < (Rabs c + 20) / (alpha * (r - 1))) by (apply Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra]).
  assert (T2 : 0 < (Rabs c + 20 + 144 / ((1 - q) * (1 - q))) / (alpha * (1 - q))) by (apply Rdiv_lt_0_compat; [lra|apply Rmult_lt_0_compat; lra]).
  assert (T3 : 0 < (Rabs c + 20) / alpha) by (apply Rdiv_lt_0_compat; lra).
  exists T. split; [unfold T; lra|]. intros t Ht. unfold T in Ht.
  assert (M : forall a b, 0 < b -> a / b < t -> a < b * t).
  { intros a b Hb Hab. apply (Rmult_lt_compat_l b) in Hab; [|assumption]. replace (b * (a / b)) with a in Hab by (field; lra). assumption. }
  assert (H1 : Rabs c + 20 < alpha * (r - 1) * t) by (apply M; [apply Rmult_lt_0_compat; lra|lra]).
  assert (H2 : Rabs c + 20 + 144 / ((1 - q) * (1 - q)) < alpha * (1 - q) * t) by (apply M; [apply Rmult_lt_0_compat; lra|lra]).
  assert (H3 : Rabs c + 20 < alpha * t) by (apply M; lra).
  assert (t0 : 0 <= t) by lra. set (s := 16 * alpha * t + c). assert (Hs : 18 < s) by (unfold s; lra).
  destruct (log_bounds alpha x Ha H t t0) as [L U]; [unfold c, s in *; lra|unfold c, s in *; lra|].
  fold c in L, U. fold s in L, U. set (z := alpha * t) in *. assert (Hz : 20 < z) by lra.
  assert (E32 : 5 / 4 * ln 2 + / 4 * ln z = / 4 * ln (32 * z)).
  { rewrite (ln_mult 32 z) by lra. assert (L32 : ln 32 = 5 * ln 2); [|lra].
    replace 32 with (2 ^ 5) by ring. rewrite ln_pow by lra. simpl. ring. }
  rewrite E32. apply Rabs_def1.
  - (* above *)
    assert (H0 : ln (2 * s) < ln (32 * z * r)).
    { apply ln_increasing; [lra|]. replace (alpha * (r - 1) * t) with ((r - 1) * z) in H1 by (unfold z; ring). unfold s.
      replace (16 * alpha * t) with (16 * z) by (unfold z; ring). lra. }
    rewrite (ln_mult (32 * z) r) in H0 by lra. unfold r in H0. rewrite ln_exp in H0. lra.
  - (* below *)
    assert (B : ln (q * q * (32 * z)) / 2 < 2 * (ln (sqrt (2 * s) - 6) / 2)).
    { replace (2 * (ln (sqrt (2 * s) - 6) / 2)) with (ln (sqrt (2 * s) - 6)) by field.
      rewrite <- ln_sqrt by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; assumption|lra]).
      apply ln_increasing; [apply sqrt_lt_R0; apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; assumption|lra]|].
      assert (W : sqrt (q * q * (32 * z)) = q * sqrt (32 * z)).
      { rewrite sqrt_mult by (try (apply Rmult_le_pos; lra); lra). rewrite sqrt_square by lra. reflexivity. }
      rewrite W. set (y := sqrt (32 * z)). assert (Y2 : y * y = 32 * z) by (apply sqrt_sqrt; lra).
      assert (Y0 : 0 < y) by (apply sqrt_lt_R0; lra).
      assert (G6 : q * y + 6 < sqrt (2 * s)); [|lra].
      replace (q * y + 6) with (sqrt ((q * y + 6) * (q * y + 6))) by (apply sqrt_square; assert (0 < q * y) by (apply Rmult_lt_0_compat; assumption); lra).
      apply sqrt_lt_1; [apply Rle_0_sqr|lra|].
      (* (q y + 6)^2 <= q y^2 + 36/(1 - q)... by q (1-q) y^2 - 12 q y + ... *)
      assert (K : (q * y + 6) * (q * y + 6) <= q * (y * y) + 36 + 36 * (q / (1 - q))).
      { assert (D : 0 <= q / (1 - q) * (((1 - q) * y - 6) * ((1 - q) * y - 6))).
        { apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|apply Rle_0_sqr]. }
        assert (Eq : q * (y * y) + 36 + 36 * (q / (1 - q)) - (q * y + 6) * (q * y + 6) = q / (1 - q) * (((1 - q) * y - 6) * ((1 - q) * y - 6)))
          by (field; lra). lra. }
      assert (K2 : 36 + 36 * (q / (1 - q)) = 36 / (1 - q)) by (field; lra).
      assert (K3 : 36 / (1 - q) <= 36 / ((1 - q) * (1 - q))).
      { unfold Rdiv. apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; [apply Rmult_lt_0_compat; lra|]. assert (0 <= (1 - q) * q) by (apply Rmult_le_pos; lra). lra. }
      assert (K4 : 144 / ((1 - q) * (1 - q)) = 4 * (36 / ((1 - q) * (1 - q)))) by (field; lra).
      assert (K5 : alpha * (1 - q) * t = (1 - q) * z) by (unfold z; ring). rewrite K5 in H2.
      apply Rle_lt_trans with (1 := K). rewrite Y2. unfold s. replace (16 * alpha * t) with (16 * z) by (unfold z; ring).
      rewrite K4 in H2. lra. }
    rewrite ln_mult in B by (try apply Rmult_lt_0_compat; lra). rewrite ln_mult in B by assumption. unfold q in B. rewrite ln_exp in B. lra.
Qed.

Lemma flow_increasing alpha x : 0 < alpha -> flow alpha x -> forall s t, 0 <= s < t -> x s < x t.
Proof.
  intros Ha H s t Hst. apply (increasing_between x (fun u => field alpha (x u))); [lra|intros; apply H; lra|].
  intros u _. apply field_positive. assumption.
Qed.

(** The right side is positive, and every solution tends to infinity. *)
Theorem flow_to_infinity alpha x : 0 < alpha -> flow alpha x ->
  (forall y, 0 < field alpha y) /\ (forall M, exists T, forall t, T < t -> M < x t).
Proof.
  intros Ha H. split; [intros; apply field_positive; assumption|]. intros M.
  exists (Rabs ((G M - G (x 0)) / (16 * alpha))). intros t Ht.
  assert (Hq : (G M - G (x 0)) / (16 * alpha) < t) by (assert (Z := Rle_abs ((G M - G (x 0)) / (16 * alpha))); lra).
  assert (t0 : 0 <= t) by (assert (Z := Rabs_pos ((G M - G (x 0)) / (16 * alpha))); lra).
  apply (Rmult_lt_compat_l (16 * alpha)) in Hq; [|lra].
  replace (16 * alpha * ((G M - G (x 0)) / (16 * alpha))) with (G M - G (x 0)) in Hq by (field; lra).
  assert (I := implicit alpha x H t t0). destruct (Rle_lt_dec (x t) M) as [Hle|]; [|assumption].
  assert (G (x t) <= G M); [|lra]. destruct Hle as [Hlt| ->]; [left; apply G_increasing; assumption|right; reflexivity].
Qed.

(** y = tanh x satisfies y' = (1 - y^2)^2 (1 - y) = (1 + y)^2 (1 - y)^3. *)
Lemma tanh_derivable x : derivable_pt_lim tanh x (1 - tanh x ^ 2).
Proof.
  apply (derivable_pt_lim_ext (fun x => 1 - 2 * sig x)); [intros; rewrite tanh_sig; reflexivity|].
  assert (D := sig_derivable x). derivative. rewrite tanh_sig. ring.
Qed.

Theorem flow_of_tanh alpha x : flow alpha x -> forall t, 0 <= t ->
  derivable_pt_lim (fun t => tanh (x t)) t (alpha * ((1 - tanh (x t) ^ 2) ^ 2 * (1 - tanh (x t)))) /\
  (1 - tanh (x t) ^ 2) ^ 2 * (1 - tanh (x t)) = (1 + tanh (x t)) ^ 2 * (1 - tanh (x t)) ^ 3.
Proof.
  intros H t Ht. split; [|ring]. eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_comp x tanh); [apply H; assumption|apply tanh_derivable]. }
  unfold field. ring.
Qed.

(** y' = 4 (1 - y)^3: every solution below 1 is 1 - 1/sqrt(8 t + c), c = 1/(1 - y(0))^2. *)
Theorem cubic_flow y : (forall t, 0 <= t -> y t < 1 /\ derivable_pt_lim y t (4 * (1 - y t) ^ 3)) ->
  forall t, 0 <= t -> y t = 1 - / sqrt (8 * t + / (1 - y 0) ^ 2).
Proof.
  intros H t Ht. destruct (H t Ht) as [Yt _]. destruct (H 0 (Rle_refl _)) as [Y0 _].
  assert (C : / (1 - y t) ^ 2 - 8 * t = / (1 - y 0) ^ 2 - 8 * 0).
  { apply (constant_between (fun t => / (1 - y t) ^ 2 - 8 * t) 0 t); [|lra]. intros s Hs.
    destruct (H s ltac:(lra)) as [Ys Dt].
    assert (D2 : derivable_pt_lim (fun t => (1 - y t) * (1 - y t)) s (-2 * (1 - y s) * (4 * (1 - y s) ^ 3))) by (derivative; ring).
    assert (Hne : (1 - y s) * (1 - y s) <> 0) by (apply Rmult_integral_contrapositive_currified; lra).
    assert (D3 := derivable_pt_lim_div (fun _ => 1) (fun t => (1 - y t) * (1 - y t)) s 0 _ (derivable_pt_lim_const 1 s) D2 Hne).
    apply (derivable_pt_lim_ext (fun t => div_fct (fun _ => 1) (fun t => (1 - y t) * (1 - y t)) t - 8 * t)).
    - intros u. unfold div_fct. replace ((1 - y u) ^ 2) with ((1 - y u) * (1 - y u)) by ring. unfold Rdiv. ring.
    - eapply derivable_pt_lim_val.
      2: { apply (derivable_pt_lim_minus _ (fun t => 8 * t)); [exact D3|]. derive. }
      cbv beta. unfold Rsqr. field. lra. }
  replace (8 * t + / (1 - y 0) ^ 2) with (/ (1 - y t) ^ 2) by lra.
  assert (S1 : sqrt (/ (1 - y t) ^ 2) = / (1 - y t)).
  { replace (/ (1 - y t) ^ 2) with (/ (1 - y t) * / (1 - y t)) by (field; lra). apply sqrt_square. left. apply Rinv_0_lt_compat. lra. }
  rewrite S1, Rinv_inv. ring.
Qed.

(** ** Weights that grow like a + b log t. *)

Lemma log_step t : 0 < t -> / (t + 1) < ln (t + 1) - ln t < / t.
Proof.
  intros H. assert (E : forall u, u <> 0 -> 1 + u < exp u) by (intros u Hu; apply exp_ineq1; assumption).
  assert (It : 0 < / t) by (apply Rinv_0_lt_compat; assumption). assert (It1 : 0 < / (t + 1)) by (apply Rinv_0_lt_compat; lra).
  split.
  - assert (A := E (- / (t + 1)) ltac:(lra)). assert (B : ln (1 + - / (t + 1)) < - / (t + 1)).
    { rewrite <- (ln_exp (- / (t + 1))) at 2. apply ln_increasing; [|assumption].
      replace (1 + - / (t + 1)) with (t * / (t + 1)) by (field; lra). apply Rmult_lt_0_compat; lra. }
    replace (1 + - / (t + 1)) with (t * / (t + 1)) in B by (field; lra). rewrite ln_mult, ln_Rinv in B by lra. lra.
  - assert (A := E (/ t) ltac:(lra)). assert (B : ln (1 + / t) < / t).
    { rewrite <- (ln_exp (/ t)) at 2. apply ln_increasing; [lra|assumption]. }
    replace (1 + / t) with ((t + 1) * / t) in B by (field; lra). rewrite ln_mult, ln_Rinv in B by lra. lra.
Qed.

(** The differences go to zero, t times the difference to b, and for b > 0 the weights to infinity. *)
Theorem logarithmic_differences a b : let w := fun t => a + b * ln t in
  (forall t, 0 < t -> Rabs (w (t + 1) - w t) <= Rabs b / t) /\
  (forall t, 0 < t -> Rabs (t * (w (t + 1) - w t) - b) <= Rabs b / (t + 1)) /\
  (0 < b -> forall M, exists T, 0 < T /\ forall t, T < t -> M < w t) /\
  (0 < b -> forall t, 0 < t -> t * (w (t + 1) - w t) < b).
Proof.
  intros w. assert (D : forall t, w (t + 1) - w t = b * (ln (t + 1) - ln t)) by (intros t; unfold w; ring).
  assert (Inv : forall t, 0 < t -> t * / t = 1) by (intros t H; apply Rinv_r; lra).
  split; [|split; [|split]].
  - intros t Ht. rewrite D, Rabs_mult. assert (L := log_step t Ht). assert (It1 : 0 < / (t + 1)) by (apply Rinv_0_lt_compat; lra).
    rewrite (Rabs_right (ln (t + 1) - ln t)) by lra. unfold Rdiv. apply Rmult_le_compat_l; [apply Rabs_pos|lra].
  - intros t Ht. rewrite D. assert (L := log_step t Ht). set (d := ln (t + 1) - ln t) in *.
    replace (t * (b * d) - b) with (b * (t * d - 1)) by ring. rewrite Rabs_mult. unfold Rdiv. apply Rmult_le_compat_l; [apply Rabs_pos|].
    assert (A : t * d < t * / t) by (apply Rmult_lt_compat_l; lra). assert (B : t * / (t + 1) < t * d) by (apply Rmult_lt_compat_l; lra).
    rewrite Inv in A by assumption. assert (C : t * / (t + 1) = 1 - / (t + 1)) by (field; lra). apply Rabs_le. lra.
  - intros Hb M. exists (exp ((M - a) / b)). split; [apply exp_pos|]. intros t Ht. unfold w.
    assert (P := exp_pos ((M - a) / b)). assert (A : (M - a) / b < ln t) by (rewrite <- (ln_exp ((M - a) / b)); apply ln_increasing; assumption).
    apply (Rmult_lt_compat_l b) in A; [|assumption]. replace (b * ((M - a) / b)) with (M - a) in A by (field; lra). lra.
  - intros Hb t Ht. rewrite D. assert (L := log_step t Ht). assert (A : t * (ln (t + 1) - ln t) < t * / t) by (apply Rmult_lt_compat_l; lra).
    rewrite Inv in A by assumption. replace (t * (b * (ln (t + 1) - ln t))) with (b * (t * (ln (t + 1) - ln t))) by ring.
    rewrite <- (Rmult_1_r b) at 2. apply Rmult_lt_compat_l; assumption.
Qed.
