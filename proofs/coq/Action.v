(** * The action of a damped weight with one example: integral of e^(beta t) (mu w'^2 / 2) less e^(beta t1) times the loss at t1.

    Frandina et al. (2014) take online learning for the minimum of this action. Here: the Euler-Lagrange equation; with the
    quadratic loss (y - w)^2 the action has no minimum, also from null initial conditions, whatever beta and mu
    ([no_minimum]); a stationary point may be a saddle ([saddle]). An integral is the difference of an antiderivative. *)

Require Import Reals Lra Psatz.
Require Import Spurious.Monotone Spurious.Sigmoid Spurious.Derivatives.
Open Scope R_scope.

Definition integral (f : R -> R) (a b I : R) : Prop :=
  exists F, (forall t, a <= t <= b -> derivable_pt_lim F t (f t)) /\ I = F b - F a.

Definition path (te : R) (w v : R -> R) : Prop := forall t, 0 <= t <= te -> derivable_pt_lim w t (v t).

(** S is the action of w, with the loss (y - w)^2 at the time t1. *)
Definition action (beta mu t1 te y : R) (w v : R -> R) (S : R) : Prop :=
  exists K, integral (fun t => exp (beta * t) * (mu / 2 * (v t * v t))) 0 te K /\ S = K - exp (beta * t1) * (y - w t1) ^ 2.

(** ** The Euler-Lagrange equation, for a loss that is spread over time: V' is its derivative by w at the time t. *)

Theorem euler_lagrange_steps beta mu (w v a : R -> R) (V V1 : R -> R) t :
  derivable_pt_lim w t (v t) -> derivable_pt_lim v t (a t) -> derivable_pt_lim V (w t) (V1 (w t)) ->
  (* by w' *)
  (forall s, derivable_pt_lim (fun u => exp (beta * s) * (mu / 2 * (u * u) - V (w s))) (v s) (mu * (exp (beta * s) * v s))) /\
  (* by time *)
  derivable_pt_lim (fun s => mu * (exp (beta * s) * v s)) t (mu * (exp (beta * t) * a t + beta * exp (beta * t) * v t)) /\
  (* by w *)
  derivable_pt_lim (fun u => exp (beta * t) * (mu / 2 * (v t * v t) - V u)) (w t) (- exp (beta * t) * V1 (w t)).
Proof.
  intros Dw Dv DV. split; [|split].
  - intros s. derivative. field.
  - derivative. ring.
  - derivative. ring.
Qed.

Theorem euler_lagrange beta mu (v a V1 t : R) : 0 < mu ->
  mu * (exp (beta * t) * a + beta * exp (beta * t) * v) - - exp (beta * t) * V1 = 0 <-> a + beta * v + / mu * V1 = 0.
Proof.
  intros Hm. assert (P := exp_pos (beta * t)).
  replace (mu * (exp (beta * t) * a + beta * exp (beta * t) * v) - - exp (beta * t) * V1)
    with (mu * exp (beta * t) * (a + beta * v + / mu * V1)) by (field; lra).
  assert (Q : mu * exp (beta * t) <> 0) by (apply Rgt_not_eq; apply Rmult_lt_0_compat; assumption).
  split; intros H; [|rewrite H; ring]. apply Rmult_integral in H. destruct H; [contradiction|assumption].
Qed.

(** ** No minimum. *)

Theorem unbounded_below beta mu : 0 < beta -> 0 < mu -> exists t1 te, 0 < t1 < te /\ forall y C, exists w v S,
  path te w v /\ w 0 = 0 /\ v 0 = 0 /\ action beta mu t1 te y w v S /\ S < C.
Proof.
  intros Hb Hm. set (e := exp 1). assert (E0 : 0 < e) by apply exp_pos.
  set (k := 2 * mu * e / beta). set (l := 2 * mu * e / (beta * beta * beta)).
  assert (K0 : 0 < k) by (unfold k; apply Rdiv_lt_0_compat; [repeat apply Rmult_lt_0_compat; lra|assumption]).
  assert (L0 : 0 < l) by (unfold l; apply Rdiv_lt_0_compat; repeat apply Rmult_lt_0_compat; lra).
  set (t1 := k + l + 1). assert (T1 : 1 < t1) by (unfold t1; lra).
  (* the path t^2: its kinetic part, and what the loss gains *)
  set (te := t1 + / beta). assert (Ib : 0 < / beta) by (apply Rinv_0_lt_compat; assumption).
  set (F := fun t => 2 * mu * exp (beta * t) * (t * t / beta - 2 * t / (beta * beta) + 2 / (beta * beta * beta))).
  assert (DF : forall t, derivable_pt_lim F t (exp (beta * t) * (mu / 2 * (2 * t * (2 * t))))).
  { intros t. apply (derivable_pt_lim_ext (fun t => 2 * mu * exp (beta * t) * (t * t * / beta - 2 * t * / (beta * beta) + 2 / (beta * beta * beta)))).
    - intros s. unfold F, Rdiv. reflexivity.
    - derivative. field. lra. }
  set (q := exp (beta * t1) * (t1 * t1 * (t1 * t1)) - (F te - F 0)).
  assert (Q : 0 < q).
  { unfold q. assert (P := exp_pos (beta * t1)). assert (Fe : F te = exp (beta * t1) * (k * (t1 * t1) + l)).
    { unfold F, te. replace (beta * (t1 + / beta)) with (beta * t1 + 1) by (field; lra). rewrite exp_plus. fold e. unfold k, l. field. lra. }
    assert (F00 : 0 < F 0).
    { unfold F. rewrite Rmult_0_r, exp_0. replace (2 * mu * 1 * (0 * 0 / beta - 2 * 0 / (beta * beta) + 2 / (beta * beta * beta)))
        with (4 * mu / (beta * beta * beta)) by (field; lra). apply Rdiv_lt_0_compat; repeat apply Rmult_lt_0_compat; lra. }
    rewrite Fe. assert (A : k * (t1 * t1) + l < t1 * t1 * (t1 * t1)).
    { set (s := t1 * t1). assert (S1 : t1 < s) by (unfold s; nra). assert (k + l < s) by (unfold t1 in *; lra).
      assert (k * s + l <= (k + l) * s) by nra. nra. }
    assert (exp (beta * t1) * (k * (t1 * t1) + l) < exp (beta * t1) * (t1 * t1 * (t1 * t1))) by (apply Rmult_lt_compat_l; assumption). lra. }
  exists t1, te. split; [unfold te; lra|]. intros y C.
  (* c t^2: the action is - q c^2 + (linear in c) *)
  set (b := 2 * exp (beta * t1) * Rabs y * (t1 * t1)).
  assert (B0 : 0 <= b) by (unfold b; assert (P := exp_pos (beta * t1)); assert (Z := Rabs_pos y); repeat apply Rmult_le_pos; lra).
  set (c := (b + Rabs C + 1) / q + 1). assert (AC := Rabs_pos C).
  assert (C1 : 1 < c) by (unfold c; assert (0 < (b + Rabs C + 1) / q) by (apply Rdiv_lt_0_compat; lra); lra).
  assert (CQ : b + Rabs C + 1 < q * c) by (unfold c; replace (q * ((b + Rabs C + 1) / q + 1)) with (b + Rabs C + 1 + q) by (field; lra); lra).
  exists (fun t => c * (t * t)), (fun t => c * (2 * t)), (c * c * (F te - F 0) - exp (beta * t1) * (y - c * (t1 * t1)) ^ 2).
  split; [intros t _; derivative; ring|]. split; [ring|]. split; [ring|]. split.
  - exists (c * c * (F te - F 0)). split; [|reflexivity]. exists (fun t => c * c * F t). split; [|ring].
    intros t _. assert (D := DF t). derivative. ring.
  - assert (P := exp_pos (beta * t1)).
    assert (E : c * c * (F te - F 0) - exp (beta * t1) * (y - c * (t1 * t1)) ^ 2
      = - (q * c) * c + 2 * exp (beta * t1) * y * (t1 * t1) * c - exp (beta * t1) * y ^ 2) by (unfold q; ring).
    rewrite E. assert (Y := Rle_abs y). assert (L : 2 * exp (beta * t1) * y * (t1 * t1) <= b).
    { unfold b. apply Rmult_le_compat_r; [nra|]. apply Rmult_le_compat_l; lra. }
    assert (Y2 : 0 <= exp (beta * t1) * y ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
    assert (M : 2 * exp (beta * t1) * y * (t1 * t1) * c <= b * c) by (apply Rmult_le_compat_r; lra).
    assert (N : (b + Rabs C + 1) * c < q * c * c) by (apply Rmult_lt_compat_r; lra).
    assert (AC2 := Rle_abs (- C)). rewrite Rabs_Ropp in AC2.
    assert (O : Rabs C + 1 <= (Rabs C + 1) * c) by (rewrite <- (Rmult_1_r (Rabs C + 1)) at 1; apply Rmult_le_compat_l; lra). lra.
Qed.

(** From null initial conditions, whatever the dissipation and the mass: for some times of the example and of the end the action has
    no minimum. *)
Theorem no_minimum beta mu : 0 < beta -> 0 < mu -> exists t1 te, 0 < t1 < te /\ forall y, ~ exists w v S,
  path te w v /\ w 0 = 0 /\ v 0 = 0 /\ action beta mu t1 te y w v S /\
  forall w' v' S', path te w' v' -> w' 0 = 0 -> v' 0 = 0 -> action beta mu t1 te y w' v' S' -> S <= S'.
Proof.
  intros Hb Hm. destruct (unbounded_below beta mu Hb Hm) as [t1 [te [Ht U]]]. exists t1, te. split; [assumption|].
  intros y [w [v [S [_ [_ [_ [_ Min]]]]]]]. destruct (U y S) as [w' [v' [S' [P [W0 [V0 [A L]]]]]]]. specialize (Min w' v' S' P W0 V0 A). lra.
Qed.

Theorem printed_argmin_fails : ~ (forall beta mu t1 te y, 0 < beta -> 0 < mu -> 0 < t1 < te -> exists w v S,
  path te w v /\ w 0 = 0 /\ v 0 = 0 /\ action beta mu t1 te y w v S /\
  forall w' v' S', path te w' v' -> w' 0 = 0 -> v' 0 = 0 -> action beta mu t1 te y w' v' S' -> S <= S').
Proof.
  intros H. destruct (no_minimum 1 1 ltac:(lra) ltac:(lra)) as [t1 [te [Ht N]]]. apply (N 0). apply H; lra.
Qed.

(** ** Stationary points. *)

(** A variation that leaves the ends where they are. *)
Definition variation (te : R) (h h1 : R -> R) : Prop := path te h h1 /\ h 0 = 0 /\ h te = 0.

(** The first variation of the action vanishes at w. *)
Definition stationary (beta mu t1 te y : R) (w v : R -> R) : Prop := forall h h1, variation te h h1 -> forall I,
  integral (fun t => exp (beta * t) * (mu * (v t * h1 t))) 0 te I -> I + exp (beta * t1) * (2 * (y - w t1) * h t1) = 0.

(** For the quadratic loss: at a stationary point the action changes by the second variation Q. *)
Theorem second_variation beta mu t1 te y w v S h h1 I J : stationary beta mu t1 te y w v -> variation te h h1 ->
  action beta mu t1 te y w v S -> integral (fun t => exp (beta * t) * (mu * (v t * h1 t))) 0 te I ->
  integral (fun t => exp (beta * t) * (mu / 2 * (h1 t * h1 t))) 0 te J ->
  action beta mu t1 te y (fun t => w t + h t) (fun t => v t + h1 t) (S + (J - exp (beta * t1) * h t1 ^ 2)).
Proof.
  intros St Va [K [[F [DF ->]] ->]] HI [F2 [D2 ->]]. assert (Z := St h h1 Va I HI). destruct HI as [F1 [D1 ->]].
  exists (F te - F 0 + (F1 te - F1 0) + (F2 te - F2 0)). split.
  - exists (fun t => F t + F1 t + F2 t). split; [|ring]. intros t Ht. assert (A := DF t Ht). assert (B := D1 t Ht). assert (C := D2 t Ht).
    derivative. field.
  - match goal with |- ?l = ?r => replace r with (l + (F1 te - F1 0 + exp (beta * t1) * (2 * (y - w t1) * h t1))) by ring end.
    rewrite Z. ring.
Qed.

(** Both signs occur, for beta = 1, mu = 1/4, the example at 1 and the end at 2: every stationary point is a saddle there. *)
Theorem saddle :
  (exists h h1 J, variation 2 h h1 /\ integral (fun t => exp (1 * t) * (/ 4 / 2 * (h1 t * h1 t))) 0 2 J /\ J - exp (1 * 1) * h 1 ^ 2 < 0) /\
  (exists h h1 J, variation 2 h h1 /\ integral (fun t => exp (1 * t) * (/ 4 / 2 * (h1 t * h1 t))) 0 2 J /\ 0 < J - exp (1 * 1) * h 1 ^ 2).
Proof.
  split.
  - exists (fun t => t * (2 - t)), (fun t => 2 - 2 * t), (/ 2 * (exp (1 * 2) * (2 * 2 - 4 * 2 + 5)) - / 2 * (exp (1 * 0) * (0 * 0 - 4 * 0 + 5))).
    split; [|split].
    + split; [intros t _; derivative; ring|]. split; ring.
    + exists (fun t => / 2 * (exp (1 * t) * (t * t - 4 * t + 5))). split; [|reflexivity]. intros t _. derivative. field.
    + rewrite Rmult_0_r, exp_0, !Rmult_1_l. assert (E2 : exp 2 = exp 1 * exp 1) by (rewrite <- exp_plus; f_equal; ring).
      rewrite E2. assert (E := exp_le_3). assert (P := exp_tangent 1). nra.
  - set (G := fun t => / 8 * (exp (1 * t) * (9 * (t * t * (t * t)) - 72 * (t * t * t) + 264 * (t * t) - 552 * t + 556))).
    exists (fun t => t * (t - 1) * (t - 2)), (fun t => 3 * (t * t) - 6 * t + 2), (G 2 - G 0).
    assert (D : forall t, derivable_pt_lim G t (exp (1 * t) * (/ 4 / 2 * ((3 * (t * t) - 6 * t + 2) * (3 * (t * t) - 6 * t + 2))))).
    { intros t. unfold G. derivative. field. }
    split; [|split].
    + split; [intros t _; derivative; ring|]. split; ring.
    + exists G. split; [intros t _; apply D|reflexivity].
    + replace (exp (1 * 1) * (1 * (1 - 1) * (1 - 2)) ^ 2) with 0 by ring. rewrite Rminus_0_r.
      (* e^t >= 1, and the integral of the square alone is 8/5 *)
      set (H := fun t => / 8 * (9 / 5 * (t * t * (t * t) * t) - 9 * (t * t * (t * t)) + 16 * (t * t * t) - 12 * (t * t) + 4 * t)).
      assert (M := derivative_at_least (fun t => G t - H t)
        (fun t => (exp (1 * t) - 1) * (/ 4 / 2 * ((3 * (t * t) - 6 * t + 2) * (3 * (t * t) - 6 * t + 2)))) 0 0 2 ltac:(lra)).
      cbv beta in M. assert (L : 0 * (2 - 0) <= G 2 - H 2 - (G 0 - H 0)).
      { apply M.
        - intros t _. assert (DG := D t). unfold H. derivative. field.
        - intros t Ht. apply Rmult_le_pos.
          + assert (E := exp_tangent (1 * t)). lra.
          + assert (Q := Rle_0_sqr (3 * (t * t) - 6 * t + 2)). unfold Rsqr in Q. lra. }
      unfold H in L. lra.
Qed.

(** ** The weight e^(beta t). *)

Theorem weight_smooth beta : 0 < beta ->
  (forall n t, derivable_pt_lim (fun t => beta ^ n * exp (beta * t)) t (beta ^ S n * exp (beta * t))) /\
  (forall t, 0 < exp (beta * t)) /\ (forall s t, s < t -> exp (beta * s) < exp (beta * t)).
Proof.
  intros Hb. split; [|split].
  - intros n t. derivative. simpl. ring.
  - intros t. apply exp_pos.
  - intros s t H. apply exp_increasing. apply Rmult_lt_compat_l; assumption.
Qed.
