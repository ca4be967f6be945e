(** * One row: the function (tanh y - b)^2 of one variable, through s = 1/(1+e^(2y)).

    h = (1 - 2s - b)^2, h' = 8 (1 - 2s - b) P, h'' = 16 P (6P - 1 + b (1 - 2s)), P = s (1 - s). *)

Require Import Reals Lra Psatz.
Require Import Spurious.Monotone.
Open Scope R_scope.

Definition sig (y : R) : R := / (1 + exp (2 * y)).
Definition h0 (b y : R) : R := (tanh y - b) ^ 2.
Definition h1 (b y : R) : R := 8 * (1 - 2 * sig y - b) * (sig y * (1 - sig y)).
Definition h2 (b y : R) : R :=
  16 * (sig y * (1 - sig y)) * (6 * (sig y * (1 - sig y)) - 1 + b * (1 - 2 * sig y)).

Lemma exp2_pos y : 0 < exp (2 * y).
Proof. apply exp_pos. Qed.

Lemma sig_pos y : 0 < sig y.
Proof. unfold sig. apply Rinv_0_lt_compat. generalize (exp2_pos y). lra. Qed.

Lemma sig_lt_1 y : sig y < 1.
Proof.
  unfold sig. rewrite <- Rinv_1. apply Rinv_lt_contravar; generalize (exp2_pos y); lra.
Qed.

Lemma one_minus_sig y : 1 - sig y = exp (2 * y) * sig y.
Proof. unfold sig. field. generalize (exp2_pos y). lra. Qed.

Lemma tanh_sig y : tanh y = 1 - 2 * sig y.
Proof.
  unfold tanh, sinh, cosh, sig. rewrite exp_Ropp.
  replace (2 * y) with (y + y) by ring. rewrite exp_plus.
  assert (H := exp_pos y). field. repeat split; nra.
Qed.

Lemma h0_sig b y : h0 b y = (1 - 2 * sig y - b) ^ 2.
Proof. unfold h0. rewrite tanh_sig. reflexivity. Qed.

Lemma derivable_pt_lim_ext (f g : R -> R) x l :
  (forall y, f y = g y) -> derivable_pt_lim f x l -> derivable_pt_lim g x l.
Proof.
  intros H Hf eps Heps. destruct (Hf eps Heps) as [d Hd]. exists d.
  intros h Hh Hlt. rewrite <- !H. apply Hd; assumption.
Qed.

Lemma derivable_pt_lim_val (f : R -> R) x l l' : l = l' -> derivable_pt_lim f x l -> derivable_pt_lim f x l'.
Proof. intros <-. trivial. Qed.

Lemma derivable_pt_lim_affine a b x : derivable_pt_lim (fun t => a + t * b) x b.
Proof.
  apply (derivable_pt_lim_val _ _ (0 + (1 * b + x * 0))); [ring|].
  apply (derivable_pt_lim_plus (fun _ => a) (fun t => t * b)); [apply derivable_pt_lim_const|].
  apply (derivable_pt_lim_mult (fun t => t) (fun _ => b)); [apply derivable_pt_lim_id|apply derivable_pt_lim_const].
Qed.

Lemma sig_derivable y : derivable_pt_lim sig y (- 2 * (sig y * (1 - sig y))).
Proof.
  assert (Hp := exp2_pos y).
  apply (derivable_pt_lim_ext (fun y => 1 / (1 + exp (0 + y * 2)))).
  { intros t. unfold sig. replace (0 + t * 2) with (2 * t) by ring. field. generalize (exp2_pos t). lra. }
  eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_div (fun _ => 1) (fun y => 1 + exp (0 + y * 2))).
       - apply derivable_pt_lim_const.
       - apply (derivable_pt_lim_plus (fun _ => 1) (fun y => exp (0 + y * 2))).
         + apply derivable_pt_lim_const.
         + apply (derivable_pt_lim_comp (fun y => 0 + y * 2) exp).
           * apply derivable_pt_lim_affine.
           * apply derivable_pt_lim_exp.
       - replace (0 + y * 2) with (2 * y) by ring. lra. }
  unfold sig, Rsqr. replace (0 + y * 2) with (2 * y) by ring. field. lra.
Qed.

Lemma h0_derivable b y : derivable_pt_lim (h0 b) y (h1 b y).
Proof.
  apply (derivable_pt_lim_ext (fun y => (1 - b + sig y * -2) * (1 - b + sig y * -2))).
  { intros t. rewrite h0_sig. ring. }
  assert (H : derivable_pt_lim (fun y => 1 - b + sig y * -2) y (4 * (sig y * (1 - sig y)))).
  { eapply derivable_pt_lim_val.
    2: apply (derivable_pt_lim_comp sig (fun t => (1 - b) + t * -2)); [apply sig_derivable|apply derivable_pt_lim_affine].
    ring. }
  eapply derivable_pt_lim_val.
  2: apply (derivable_pt_lim_mult _ _ _ _ _ H H).
  unfold h1. cbv beta. ring.
Qed.

Lemma h1_derivable b y : derivable_pt_lim (h1 b) y (h2 b y).
Proof.
  pose (p := fun s => 8 * (1 - 2 * s - b) * (s * (1 - s))).
  apply (derivable_pt_lim_ext (fun y => p (sig y))); [reflexivity|].
  assert (Hp : forall s, derivable_pt_lim p s (8 * (-2 * (s * (1 - s)) + (1 - 2 * s - b) * (1 - 2 * s)))).
  { intros s.
    apply (derivable_pt_lim_ext (fun s => (8 * (1 - b) + s * -16) * (s * (1 + s * -1)))); [intros; unfold p; ring|].
    eapply derivable_pt_lim_val.
    2: { apply (derivable_pt_lim_mult (fun s => 8 * (1 - b) + s * -16) (fun s => s * (1 + s * -1))).
         - apply derivable_pt_lim_affine.
         - apply (derivable_pt_lim_mult (fun s => s) (fun s => 1 + s * -1));
             [apply derivable_pt_lim_id|apply derivable_pt_lim_affine]. }
    cbv beta. ring. }
  eapply derivable_pt_lim_val.
  2: apply (derivable_pt_lim_comp sig p); [apply sig_derivable|apply Hp].
  unfold h2. ring.
Qed.

(** A lower bound for the second derivative between two points gives a quadratic lower bound. *)
Lemma taylor_below (f f1 f2 : R -> R) (lo hi mu : R) :
  (forall y, lo <= y <= hi -> derivable_pt_lim f y (f1 y)) ->
  (forall y, lo <= y <= hi -> derivable_pt_lim f1 y (f2 y)) ->
  (forall y, lo <= y <= hi -> mu <= f2 y) ->
  forall u v, lo <= u <= hi -> lo <= v <= hi -> f u + f1 u * (v - u) + mu / 2 * (v - u) ^ 2 <= f v.
Proof.
  intros Hf Hf1 Hmu u v Hu Hv.
  assert (Hmono : forall s t, lo <= s -> s <= t -> t <= hi -> mu * (t - s) <= f1 t - f1 s).
  { intros s t H1 H2 H3. apply (derivative_at_least f1 f2); [assumption|intros; apply Hf1; lra|intros; apply Hmu; lra]. }
  pose (g := fun t => f t - f1 u * t - mu / 2 * ((t - u) * (t - u))).
  assert (Hg : forall t, lo <= t <= hi -> derivable_pt_lim g t (f1 t - f1 u - mu * (t - u))).
  { intros t Ht.
    apply (derivable_pt_lim_ext (fun t => f t + ((0 + t * - f1 u) + ((- u + t * 1) * (mu / 2 * u + t * (- (mu / 2))))))).
    { intros; unfold g; field. }
    eapply derivable_pt_lim_val.
    2: { apply (derivable_pt_lim_plus f); [apply Hf; assumption|].
         apply (derivable_pt_lim_plus (fun t => 0 + t * - f1 u)); [apply derivable_pt_lim_affine|].
         apply (derivable_pt_lim_mult (fun t => - u + t * 1) (fun t => mu / 2 * u + t * (- (mu / 2))));
           apply derivable_pt_lim_affine. }
    cbv beta. field. }
  assert (Hgoal : g u <= g v).
  { destruct (Rtotal_order u v) as [Huv|[->|Huv]]; [|lra|].
    - assert (B := derivative_at_least g (fun t => f1 t - f1 u - mu * (t - u)) 0 u v (Rlt_le _ _ Huv)).
      assert (0 * (v - u) <= g v - g u); [apply B|lra]; [intros; apply Hg; lra|].
      intros c Hc. assert (mu * (c - u) <= f1 c - f1 u) by (apply Hmono; lra). lra.
    - assert (B := derivative_at_most g (fun t => f1 t - f1 u - mu * (t - u)) 0 v u (Rlt_le _ _ Huv)).
      assert (g u - g v <= 0 * (u - v)); [apply B|lra]; [intros; apply Hg; lra|].
      intros c Hc. assert (mu * (u - c) <= f1 u - f1 c) by (apply Hmono; lra). lra. }
  unfold g in Hgoal. nra.
Qed.

Lemma h0_taylor b lo hi mu :
  (forall y, lo <= y <= hi -> mu <= h2 b y) ->
  forall u v, lo <= u <= hi -> lo <= v <= hi -> h0 b u + h1 b u * (v - u) + mu / 2 * (v - u) ^ 2 <= h0 b v.
Proof. intros H. apply (taylor_below (h0 b) (h1 b) (h2 b)); auto using h0_derivable, h1_derivable. Qed.

(** h is Lipschitz on the line. *)
Lemma h1_bound b y : - (8 * (1 + Rabs b)) <= h1 b y <= 8 * (1 + Rabs b).
Proof.
  unfold h1. assert (S0 := sig_pos y). assert (S1 := sig_lt_1 y).
  assert (HP : 0 <= sig y * (1 - sig y) <= 1) by nra. set (P := sig y * (1 - sig y)) in *.
  assert (Hb := Rle_abs b). assert (Hb' := Rle_abs (- b)). rewrite Rabs_Ropp in Hb'. assert (H0 := Rabs_pos b).
  assert (Hu : - (1 + Rabs b) <= 1 - 2 * sig y - b <= 1 + Rabs b) by lra. set (u := 1 - 2 * sig y - b) in *. set (c := 1 + Rabs b) in *. nra.
Qed.

Lemma h0_lipschitz b u v : Rabs (h0 b u - h0 b v) <= 8 * (1 + Rabs b) * Rabs (u - v).
Proof.
  assert (H : forall s t, s <= t -> Rabs (h0 b t - h0 b s) <= 8 * (1 + Rabs b) * (t - s)).
  { intros s t Hst.
    assert (A := derivative_at_least (h0 b) (h1 b) (- (8 * (1 + Rabs b))) s t Hst).
    assert (B := derivative_at_most (h0 b) (h1 b) (8 * (1 + Rabs b)) s t Hst).
    assert (A' : - (8 * (1 + Rabs b)) * (t - s) <= h0 b t - h0 b s) by (apply A; intros; [apply h0_derivable|apply h1_bound]).
    assert (B' : h0 b t - h0 b s <= 8 * (1 + Rabs b) * (t - s)) by (apply B; intros; [apply h0_derivable|apply h1_bound]).
    apply Rabs_le. lra. }
  destruct (Rle_lt_dec u v) as [Huv|Huv].
  - rewrite Rabs_minus_sym, (Rabs_minus_sym u v), (Rabs_pos_eq (v - u)) by lra. apply H. assumption.
  - rewrite (Rabs_pos_eq (u - v)) by lra. apply H. lra.
Qed.

(** On |v - u| <= d/2, the ratios of s and of 1 - s stay between 1 - d and 1 + d + 2 d^2. *)
Lemma exp_upper d : 0 <= d <= / 2 -> exp d <= 1 + d + 2 * d ^ 2.
Proof.
  intros H. assert (H1 : exp d * exp (- d) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  assert (H2 := exp_tangent (- d)). assert (H3 := exp_pos d).
  assert (H4 : exp d * (1 - d) <= 1) by nra.
  assert (H5 : 1 <= (1 + d + 2 * d ^ 2) * (1 - d)) by nra. nra.
Qed.

Lemma exp_2_ratio d u v : Rabs (v - u) <= d / 2 -> 1 + exp (2 * u) <= exp d * (1 + exp (2 * v))
  /\ exp (2 * u) <= exp d * exp (2 * v).
Proof.
  intros H.
  assert (Hd : 0 <= d) by (generalize (Rabs_pos (v - u)); lra).
  assert (Habs : - (d / 2) <= v - u <= d / 2).
  { split; [|apply Rle_trans with (2 := H); apply Rle_abs].
    generalize (Rle_abs (- (v - u))). rewrite Rabs_Ropp. lra. }
  assert (H1 : exp (2 * u) <= exp d * exp (2 * v)).
  { rewrite <- exp_plus. destruct (Req_dec (2 * u) (d + 2 * v)) as [->|]; [lra|].
    left. apply exp_strictly. lra. }
  assert (1 <= exp d) by (generalize (exp_tangent d); lra). lra.
Qed.

Lemma sig_ratio d u v : Rabs (v - u) <= d / 2 -> d <= / 2 ->
  sig u * (1 - d) <= sig v <= sig u * (1 + d + 2 * d ^ 2) /\
  (1 - sig u) * (1 - d) <= 1 - sig v <= (1 - sig u) * (1 + d + 2 * d ^ 2).
Proof.
  intros H Hd2.
  assert (Hd : 0 <= d) by (generalize (Rabs_pos (v - u)); lra).
  assert (H1 := exp_2_ratio d u v H).
  assert (H2 := exp_2_ratio d v u). rewrite <- Rabs_Ropp, Ropp_minus_distr in H. specialize (H2 H).
  assert (Hup := exp_upper d (conj Hd Hd2)).
  assert (Hlow : 1 <= exp d) by (generalize (exp_tangent d); lra).
  assert (Hinv : exp d * (1 - d) <= 1).
  { assert (exp d * exp (- d) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
    generalize (exp_tangent (- d)). nra. }
  assert (Hpart : forall a b c w, 0 < a -> 0 < b -> 0 < c -> 1 <= c -> c <= w -> c * (1 - d) <= 1 ->
    1 + a <= c * (1 + b) -> 1 + b <= c * (1 + a) -> a <= c * b -> b <= c * a ->
    (/ (1 + a) * (1 - d) <= / (1 + b) <= / (1 + a) * w) /\
    (a * / (1 + a) * (1 - d) <= b * / (1 + b) <= a * / (1 + a) * w)).
  { clear. intros a b c w Ha Hb Hc Hc1 Hcw Hcd H1 H2 H3 H4.
    assert (Hia : 0 < / (1 + a)) by (apply Rinv_0_lt_compat; lra).
    assert (Hib : 0 < / (1 + b)) by (apply Rinv_0_lt_compat; lra).
    assert (Ea : / (1 + a) = (1 + b) * (/ (1 + a) * / (1 + b))) by (field; lra).
    assert (Eb : / (1 + b) = (1 + a) * (/ (1 + a) * / (1 + b))) by (field; lra).
    assert (Hij : 0 < / (1 + a) * / (1 + b)) by (apply Rmult_lt_0_compat; assumption).
    set (ij := / (1 + a) * / (1 + b)) in *. clearbody ij. rewrite Ea, Eb.
    assert (L : forall s t, 0 <= s -> s <= c * t -> s * (1 - d) <= t) by (intros; nra).
    assert (U : forall s t, 0 <= s -> t <= c * s -> t <= s * w) by (intros; nra).
    assert (S1 : 1 + b <= c * (1 + a)) by lra.
    assert (S3 : b * (1 + a) <= c * (a * (1 + b))) by nra.
    assert (S4 : a * (1 + b) <= c * (b * (1 + a))) by nra.
    repeat split.
    - replace ((1 + b) * ij * (1 - d)) with (((1 + b) * (1 - d)) * ij) by ring.
      apply Rmult_le_compat_r; [lra|]. apply L; lra.
    - replace ((1 + b) * ij * w) with (((1 + b) * w) * ij) by ring.
      apply Rmult_le_compat_r; [lra|]. apply U; lra.
    - replace (a * ((1 + b) * ij) * (1 - d)) with ((a * (1 + b) * (1 - d)) * ij) by ring.
      replace (b * ((1 + a) * ij)) with ((b * (1 + a)) * ij) by ring.
      apply Rmult_le_compat_r; [lra|]. apply L; nra.
    - replace (a * ((1 + b) * ij) * w) with ((a * (1 + b) * w) * ij) by ring.
      replace (b * ((1 + a) * ij)) with ((b * (1 + a)) * ij) by ring.
      apply Rmult_le_compat_r; [lra|]. apply U; nra. }
  rewrite !one_minus_sig. unfold sig.
  apply Hpart with (c := exp d); try apply exp_pos; tauto.
Qed.
