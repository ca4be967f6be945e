(** * A damped weight under impulses: mu w'' + mu beta w' = - sum of g_k delta(t - t_k), exactly.

    Between impulses w' = v and v' = - beta v; at the k-th one w is continuous and v jumps by - g_k / mu. Frandina et al. (2014)
    derive online backpropagation from this. Here: the solution between impulses and that it is the only one; Theorem 2; the
    response to the first impulse; Theorem 3, which fails under its condition (5) and holds with twice the distance; the
    discrete law, which holds under (5); the energy, where an impulse does the work - g_k times the mean of the two velocities.

    Phase k lies between the k-th impulse and the next; its functions [w k] and [v k] count there only. *)

Require Import Reals List Lra Lia Psatz.
Require Import Spurious.Vectors Spurious.Sigmoid Spurious.Derivatives.
Open Scope R_scope.

(** ** Between impulses. *)

Definition free (beta a b : R) (w v : R -> R) : Prop :=
  forall t, a <= t <= b -> derivable_pt_lim w t (v t) /\ derivable_pt_lim v t (- beta * v t).

Definition velocity (beta a v0 t : R) : R := v0 * exp (- beta * (t - a)).
Definition position (beta a w0 v0 t : R) : R := w0 + v0 / beta * (1 - exp (- beta * (t - a))).

Lemma free_momentum beta a b w v : free beta a b w v -> forall t, a <= t <= b -> v t + beta * w t = v a + beta * w a.
Proof.
  intros H. apply (constant_between (fun t => v t + beta * w t) a b). intros t Ht. destruct (H t Ht) as [Dw Dv].
  derivative. ring.
Qed.

Lemma free_velocity beta a b w v : free beta a b w v -> forall t, a <= t <= b -> v t = velocity beta a (v a) t.
Proof.
  intros H t Ht.
  assert (C : v t * exp (beta * (t - a)) = v a * exp (beta * (a - a))).
  { apply (constant_between (fun t => v t * exp (beta * (t - a))) a b); [|assumption]. clear t Ht. intros t Ht.
    destruct (H t Ht) as [Dw Dv]. derivative. ring. }
  replace (beta * (a - a)) with 0 in C by ring. rewrite exp_0, Rmult_1_r in C. unfold velocity. rewrite <- C, Rmult_assoc, <- exp_plus.
  replace (beta * (t - a) + - beta * (t - a)) with 0 by ring. rewrite exp_0. ring.
Qed.

(** The only solution, and it is one. *)
Theorem free_motion beta a b w v : beta <> 0 -> a <= b -> free beta a b w v <->
  forall t, a <= t <= b -> derivable_pt_lim w t (v t) /\ derivable_pt_lim v t (- beta * v t) /\
    v t = velocity beta a (v a) t /\ w t = position beta a (w a) (v a) t.
Proof.
  intros Hb Hab. split; intros H t Ht.
  - destruct (H t Ht) as [Dw Dv]. repeat split; try assumption; [eapply free_velocity; eauto|].
    assert (M := free_momentum beta a b w v H t Ht). assert (V := free_velocity beta a b w v H t Ht).
    unfold position, velocity in *. apply (Rmult_eq_reg_l beta); [|assumption].
    replace (beta * (w a + v a / beta * (1 - exp (- beta * (t - a))))) with (beta * w a + v a * (1 - exp (- beta * (t - a))))
      by (field; assumption). lra.
  - destruct (H t Ht) as [Dw [Dv _]]. split; assumption.
Qed.

Theorem formula_is_free beta a b w0 v0 : beta <> 0 -> free beta a b (position beta a w0 v0) (velocity beta a v0).
Proof.
  intros Hb t _. unfold position, velocity. split.
  - derivative. field. assumption.
  - derivative. ring.
Qed.

(** ** Impulses g 1, g 2, ... at the times T 1 <= T 2 <= ... after the start T 0. *)

Definition driven (beta mu : R) (T g : nat -> R) (w v : nat -> R -> R) : Prop := forall k,
  T k <= T (S k) /\ free beta (T k) (T (S k)) (w k) (v k) /\
  w (S k) (T (S k)) = w k (T (S k)) /\ v (S k) (T (S k)) = v k (T (S k)) - g (S k) / mu.

Definition at_rest (T : nat -> R) (w v : nat -> R -> R) : Prop := w O (T O) = 0 /\ v O (T O) = 0.

(** The sum of the first k impulses. *)
Fixpoint total (g : nat -> R) (k : nat) : R :=
  match k with
  | O => 0
  | S k' => total g k' + g (S k')
  end.

(** There is such a motion for any impulses: place and velocity after the k-th one, by recursion. *)
Fixpoint states (beta mu : R) (T g : nat -> R) (k : nat) : R * R :=
  match k with
  | O => (0, 0)
  | S k' => let (w0, v0) := states beta mu T g k' in
            (position beta (T k') w0 v0 (T k), velocity beta (T k') v0 (T k) - g k / mu)
  end.
Definition the_position beta mu T g k : R -> R := position beta (T k) (fst (states beta mu T g k)) (snd (states beta mu T g k)).
Definition the_velocity beta mu T g k : R -> R := velocity beta (T k) (snd (states beta mu T g k)).

Lemma velocity_at beta a v0 : velocity beta a v0 a = v0.
Proof. unfold velocity. replace (- beta * (a - a)) with 0 by ring. rewrite exp_0. ring. Qed.
Lemma position_at beta a w0 v0 : position beta a w0 v0 a = w0.
Proof. unfold position. replace (- beta * (a - a)) with 0 by ring. rewrite exp_0. ring. Qed.

Theorem motion_exists beta mu T g : beta <> 0 -> (forall k, T k <= T (S k)) ->
  driven beta mu T g (the_position beta mu T g) (the_velocity beta mu T g) /\
  at_rest T (the_position beta mu T g) (the_velocity beta mu T g).
Proof.
  intros Hb HT. split.
  - intros k. split; [apply HT|]. split; [apply formula_is_free; assumption|].
    unfold the_position, the_velocity. rewrite position_at, velocity_at. simpl. destruct (states beta mu T g k) as [w0 v0].
    split; reflexivity.
  - unfold at_rest, the_position, the_velocity. rewrite position_at, velocity_at. split; reflexivity.
Qed.

(** Theorem 2. *)
Theorem theorem_2 beta mu T g w v : mu <> 0 -> driven beta mu T g w v -> at_rest T w v ->
  forall k t, T k <= t <= T (S k) -> v k t + beta * w k t = - / mu * total g k.
Proof.
  intros Hm H [W0 V0]. induction k as [|k IH]; intros t Ht.
  - destruct (H O) as [_ [F _]]. rewrite (free_momentum _ _ _ _ _ F t Ht), W0, V0. simpl. ring.
  - destruct (H (S k)) as [_ [F _]]. rewrite (free_momentum _ _ _ _ _ F t Ht). destruct (H k) as [L [_ [-> ->]]].
    assert (I := IH (T (S k)) (conj L (Rle_refl _))). simpl. unfold Rdiv. lra.
Qed.

(** After Theorem 2: the response to the first impulse. *)
Theorem response beta mu T g w v : mu <> 0 -> beta <> 0 -> driven beta mu T g w v -> at_rest T w v ->
  (forall t, T O <= t <= T 1%nat -> w O t = 0) /\
  (forall t, T 1%nat <= t <= T 2%nat -> w 1%nat t = - g 1%nat / (beta * mu) * (1 - exp (- beta * (t - T 1%nat)))).
Proof.
  intros Hm Hb H R. assert (Zero : forall t, T O <= t <= T 1%nat -> w O t = 0 /\ v O t = 0).
  { intros t Ht. destruct (H O) as [L [F _]]. destruct (proj1 (free_motion _ _ _ _ _ Hb L) F t Ht) as [_ [_ [V W]]].
    destruct R as [W0 V0]. rewrite W0, V0 in *. unfold position, velocity in *. rewrite W, V. split; field. assumption. }
  split; [intros t Ht; apply (Zero t Ht)|]. intros t Ht. destruct (H 1%nat) as [L1 [F _]].
  destruct (proj1 (free_motion _ _ _ _ _ Hb L1) F t Ht) as [_ [_ [_ W]]]. destruct (H O) as [L [_ [JW JV]]].
  destruct (Zero (T 1%nat) (conj L (Rle_refl _))) as [ZW ZV]. rewrite W, JW, JV, ZW, ZV. unfold position. field. split; assumption.
Qed.

(** ** The strong dissipation (5): impulses at least 10/beta apart. *)

(** Where the weight would settle after the k-th impulse; the weight of the discrete algorithm. *)
Definition settled (beta : R) (T : nat -> R) (w v : nat -> R -> R) (k : nat) : R := w k (T k) + v k (T k) / beta.

Definition apart (d : R) (T : nat -> R) : Prop := forall k, d <= T (S k) - T k.

Definition bounded_by (G : R) (g : nat -> R) : Prop := forall k, Rabs (g k) <= G.

Lemma exp_decay beta a : 0 < beta -> 10 / beta <= a -> 0 < exp (- beta * a) <= / 1024.
Proof.
  intros Hb Ha. split; [apply exp_pos|]. replace (- beta * a) with (- (beta * a)) by ring. rewrite exp_Ropp.
  apply Rinv_le_contravar; [lra|]. apply Rle_trans with (exp 10); [apply exp_10_large|].
  assert (10 <= beta * a). { replace 10 with (beta * (10 / beta)) by (field; lra). apply Rmult_le_compat_l; lra. }
  destruct (Rle_lt_or_eq_dec 10 (beta * a)) as [L|E]; [assumption|left; apply exp_increasing; assumption|right; rewrite E; reflexivity].
Qed.

(** Phase by phase: the weight misses where it would settle by v / beta, and v decays. *)
Lemma phase beta mu T g w v : 0 < beta -> driven beta mu T g w v -> forall k t, T k <= t <= T (S k) ->
  v k t = v k (T k) * exp (- beta * (t - T k)) /\ w k t = settled beta T w v k - v k t / beta.
Proof.
  intros Hb H k t Ht. destruct (H k) as [L [F _]]. split; [apply (free_velocity _ _ _ _ _ F t Ht)|].
  assert (M := free_momentum _ _ _ _ _ F t Ht). unfold settled. apply (Rmult_eq_reg_l beta); [|lra].
  replace (beta * (w k (T k) + v k (T k) / beta - v k t / beta)) with (beta * w k (T k) + v k (T k) - v k t) by (field; lra). lra.
Qed.

(** (7), exactly: the settled weights follow online backpropagation. *)
Lemma settled_step beta mu T g w v : beta <> 0 -> mu <> 0 -> driven beta mu T g w v ->
  forall k, settled beta T w v (S k) = settled beta T w v k - / (beta * mu) * g (S k).
Proof.
  intros Hb Hm H k. destruct (H k) as [L [F [JW JV]]]. assert (M := free_momentum _ _ _ _ _ F (T (S k)) (conj L (Rle_refl _))).
  unfold settled. rewrite JW, JV. apply (Rmult_eq_reg_l beta); [|assumption].
  replace (beta * (w k (T (S k)) + (v k (T (S k)) - g (S k) / mu) / beta)) with (v k (T (S k)) + beta * w k (T (S k)) - g (S k) / mu)
    by (field; split; assumption).
  rewrite M. field. split; assumption.
Qed.

Lemma velocity_bound beta mu T g w v G : 0 < beta -> 0 < mu -> driven beta mu T g w v -> at_rest T w v -> apart (10 / beta) T ->
  bounded_by G g -> forall k, Rabs (v k (T k)) <= 2 * (G / mu).
Proof.
  intros Hb Hm H [_ V0] HT HG. assert (PG : 0 <= G) by (apply Rle_trans with (Rabs (g O)); [apply Rabs_pos|apply HG]).
  assert (PGm : 0 <= G / mu) by (apply Rmult_le_pos; [assumption|left; apply Rinv_0_lt_compat; assumption]).
  induction k as [|k IH]; [rewrite V0, Rabs_R0; lra|].
  destruct (H k) as [L [_ [_ ->]]]. destruct (phase _ _ _ _ _ _ Hb H k (T (S k)) (conj L (Rle_refl _))) as [-> _].
  destruct (exp_decay beta (T (S k) - T k) Hb (HT k)) as [E0 E1].
  assert (Gk : Rabs (g (S k) / mu) <= G / mu).
  { unfold Rdiv. rewrite Rabs_mult, (Rabs_right (/ mu)) by (left; apply Rinv_0_lt_compat; assumption).
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; assumption|apply HG]. }
  unfold Rminus at 1. apply Rle_trans with (1 := Rabs_triang _ _). rewrite Rabs_Ropp, Rabs_mult, Rabs_exp.
  assert (Q := Rabs_pos (v k (T k))). set (e := exp _) in *. nra.
Qed.

Lemma late_velocity beta mu T g w v G : 0 < beta -> 0 < mu -> driven beta mu T g w v -> at_rest T w v -> apart (10 / beta) T ->
  bounded_by G g -> forall k t, T k + 10 / beta <= t <= T (S k) -> Rabs (v k t) <= G / mu / 500.
Proof.
  intros Hb Hm H R HT HG k t Ht. assert (P10 : 0 < 10 / beta) by (apply Rdiv_lt_0_compat; lra).
  destruct (phase _ _ _ _ _ _ Hb H k t) as [-> _]; [lra|].
  assert (B := velocity_bound _ _ _ _ _ _ G Hb Hm H R HT HG k). destruct (exp_decay beta (t - T k) Hb) as [E0 E1]; [lra|].
  rewrite Rabs_mult, Rabs_exp. assert (Q := Rabs_pos (v k (T k))). nra.
Qed.

(** G/(beta mu) is the largest step of the discrete algorithm. *)
Lemma late_position beta mu T g w v G : 0 < beta -> 0 < mu -> driven beta mu T g w v -> at_rest T w v -> apart (10 / beta) T ->
  bounded_by G g -> forall k t, T k + 10 / beta <= t <= T (S k) -> Rabs (w k t - settled beta T w v k) <= G / (beta * mu) / 500.
Proof.
  intros Hb Hm H R HT HG k t Ht. assert (P10 : 0 < 10 / beta) by (apply Rdiv_lt_0_compat; lra).
  assert (B := late_velocity _ _ _ _ _ _ G Hb Hm H R HT HG k t Ht). destruct (phase _ _ _ _ _ _ Hb H k t) as [_ ->]; [lra|].
  replace (settled beta T w v k - v k t / beta - settled beta T w v k) with (- (v k t / beta)) by ring.
  unfold Rdiv at 1. rewrite Rabs_Ropp, Rabs_mult, (Rabs_right (/ beta)) by (left; apply Rinv_0_lt_compat; assumption).
  replace (G / (beta * mu) / 500) with (G / mu / 500 * / beta) by (field; split; lra).
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; assumption|assumption].
Qed.

(** (7) under (5): the settled weights take exactly the steps, the weight at an impulse is within 1/500 of the largest step of
    the settled one, and so from impulse to impulse the weight takes the step within 1/250 of the largest one. *)
Theorem discrete_law beta mu T g w v G : 0 < beta -> 0 < mu -> driven beta mu T g w v -> at_rest T w v -> apart (10 / beta) T ->
  bounded_by G g -> forall k,
  settled beta T w v (S k) = settled beta T w v k - / (beta * mu) * g (S k) /\
  Rabs (w k (T (S k)) - settled beta T w v k) <= G / (beta * mu) / 500 /\
  Rabs (w (S k) (T (S (S k))) - (w k (T (S k)) - / (beta * mu) * g (S k))) <= G / (beta * mu) / 250.
Proof.
  intros Hb Hm H R HT HG k. assert (S1 := settled_step beta mu T g w v (positive_nonzero _ Hb) (positive_nonzero _ Hm) H k).
  assert (L : forall j, Rabs (w j (T (S j)) - settled beta T w v j) <= G / (beta * mu) / 500).
  { intros j. apply (late_position beta mu T g w v G Hb Hm H R HT HG). specialize (HT j). lra. }
  split; [assumption|]. split; [apply L|]. assert (L0 := L k). assert (L1 := L (S k)). rewrite S1 in L1.
  replace (w (S k) (T (S (S k))) - (w k (T (S k)) - / (beta * mu) * g (S k)))
    with (w (S k) (T (S (S k))) - (settled beta T w v k - / (beta * mu) * g (S k)) + - (w k (T (S k)) - settled beta T w v k)) by ring.
  apply Rle_trans with (1 := Rabs_triang _ _). rewrite Rabs_Ropp. lra.
Qed.

(** Theorem 3 as printed fails: at t_k - 10/beta the former impulse may have come just now. *)
Definition tick (k : nat) : R := 10 * INR k.

Lemma tick_step k : tick (S k) - tick k = 10.
Proof. unfold tick. rewrite S_INR. ring. Qed.

Lemma unit_motion : let w := the_position 1 1 tick (fun _ => 1) in let v := the_velocity 1 1 tick (fun _ => 1) in
  driven 1 1 tick (fun _ => 1) w v /\ at_rest tick w v /\ w 1%nat (tick 1) = 0 /\ v 1%nat (tick 1) = -1 /\
  Rabs (w 2%nat (tick 2 + 10) + 2) <= / 250.
Proof.
  cbv zeta. destruct (motion_exists 1 1 tick (fun _ => 1) R1_neq_R0) as [D R]; [intros k; assert (S1 := tick_step k); lra|].
  split; [exact D|]. split; [exact R|]. destruct (response 1 1 tick (fun _ => 1) _ _ R1_neq_R0 R1_neq_R0 D R) as [R0 R1].
  set (w := the_position 1 1 tick (fun _ => 1)) in *. set (v := the_velocity 1 1 tick (fun _ => 1)) in *.
  assert (S0 := tick_step 0). assert (S1 := tick_step 1). assert (S2 := tick_step 2).
  assert (W1 : w 1%nat (tick 1) = 0).
  { rewrite R1 by lra. replace (- (1) * (tick 1 - tick 1)) with 0 by ring. rewrite exp_0. ring. }
  assert (M := theorem_2 1 1 tick (fun _ => 1) w v ltac:(lra) D R 1%nat (tick 1) ltac:(lra)). simpl in M.
  split; [assumption|]. split; [lra|].
  assert (HT : apart (10 / 1) tick) by (intros k; rewrite tick_step; lra).
  assert (L := late_position 1 1 tick (fun _ => 1) w v 1 ltac:(lra) ltac:(lra) D R HT ltac:(intros k; rewrite Rabs_R1; lra) 2%nat
    (tick 2 + 10) ltac:(lra)).
  assert (E : settled 1 tick w v 2 = -2).
  { rewrite (settled_step 1 1 tick (fun _ => 1) w v R1_neq_R0 R1_neq_R0 D).
    assert (Q : settled 1 tick w v 1 = -1) by (unfold settled; lra). rewrite Q. field. }
  rewrite E in L. replace (w 2%nat (tick 2 + 10) + 2) with (w 2%nat (tick 2 + 10) - -2) by ring. lra.
Qed.

(** Not even within half of the largest step. *)
Theorem printed_theorem_3_fails : ~ (forall beta mu T g w v G, 0 < beta -> 0 < mu -> driven beta mu T g w v -> at_rest T w v ->
  apart (10 / beta) T -> bounded_by G g -> forall k,
  Rabs (w (S k) (T (S k) + 10 / beta) - (w k (T (S k) - 10 / beta) - / (beta * mu) * g (S k))) <= G / (beta * mu) / 2).
Proof.
  intros H. destruct unit_motion as [D [R [W1 [_ W2]]]].
  specialize (H 1 1 tick (fun _ => 1) _ _ 1 ltac:(lra) ltac:(lra) D R ltac:(intros k; rewrite tick_step; lra)
    ltac:(intros k; rewrite Rabs_R1; lra) 1%nat).
  set (w := the_position 1 1 tick (fun _ => 1)) in *. cbv beta in H. replace (10 / 1) with 10 in H by field.
  replace (tick 2 - 10) with (tick 1) in H by (assert (S1 := tick_step 1); lra). rewrite W1 in H.
  apply Rabs_le_inv in H. apply Rabs_le_inv in W2. lra.
Qed.

(** Nor is the velocity small at t_k - 10/beta. *)
Theorem printed_velocity_fails : ~ (forall beta mu T g w v G, 0 < beta -> 0 < mu -> driven beta mu T g w v -> at_rest T w v ->
  apart (10 / beta) T -> bounded_by G g -> forall k, Rabs (v k (T (S k) - 10 / beta)) <= G / mu / 2).
Proof.
  intros H. destruct unit_motion as [D [R [_ [V1 _]]]].
  specialize (H 1 1 tick (fun _ => 1) _ _ 1 ltac:(lra) ltac:(lra) D R ltac:(intros k; rewrite tick_step; lra)
    ltac:(intros k; rewrite Rabs_R1; lra) 1%nat).
  replace (10 / 1) with 10 in H by field. replace (tick 2 - 10) with (tick 1) in H by (assert (S1 := tick_step 1); lra).
  rewrite V1 in H. unfold Rabs in H. destruct (Rcase_abs (-1)); lra.
Qed.

(** With impulses 20/beta apart both hold, within 1/250 of the largest step and 1/500 of the largest jump. *)
Theorem theorem_3 beta mu T g w v G : 0 < beta -> 0 < mu -> driven beta mu T g w v -> at_rest T w v ->
  apart (2 * (10 / beta)) T -> bounded_by G g -> forall k,
  Rabs (w (S k) (T (S k) + 10 / beta) - (w k (T (S k) - 10 / beta) - / (beta * mu) * g (S k))) <= G / (beta * mu) / 250 /\
  Rabs (v k (T (S k) - 10 / beta)) <= G / mu / 500 /\
  Rabs (w k (T (S k) - 10 / beta) - settled beta T w v k) <= G / (beta * mu) / 500.
Proof.
  intros Hb Hm H R HT HG k. assert (P10 : 0 < 10 / beta) by (apply Rdiv_lt_0_compat; lra).
  assert (HT1 : apart (10 / beta) T) by (intros j; specialize (HT j); lra).
  assert (Hk := HT k). assert (Hk1 := HT (S k)).
  assert (A := late_position _ _ _ _ _ _ G Hb Hm H R HT1 HG k (T (S k) - 10 / beta) ltac:(lra)).
  assert (B := late_position _ _ _ _ _ _ G Hb Hm H R HT1 HG (S k) (T (S k) + 10 / beta) ltac:(lra)).
  rewrite (settled_step beta mu T g w v (positive_nonzero _ Hb) (positive_nonzero _ Hm) H k) in B.
  split; [|split; [apply (late_velocity beta mu T g w v G Hb Hm H R HT1 HG); lra|exact A]].
  replace (w (S k) (T (S k) + 10 / beta) - (w k (T (S k) - 10 / beta) - / (beta * mu) * g (S k)))
    with (w (S k) (T (S k) + 10 / beta) - (settled beta T w v k - / (beta * mu) * g (S k))
          + - (w k (T (S k) - 10 / beta) - settled beta T w v k)) by ring.
  apply Rle_trans with (1 := Rabs_triang _ _). rewrite Rabs_Ropp. lra.
Qed.

(** ** The energy. [d k] is what friction has taken up to a time of phase k: d' = beta mu v^2. *)

Definition dissipates (beta mu : R) (T : nat -> R) (v d : nat -> R -> R) : Prop :=
  d O (T O) = 0 /\ forall k, d (S k) (T (S k)) = d k (T (S k)) /\
  forall t, T k <= t <= T (S k) -> derivable_pt_lim (d k) t (beta * mu * (v k t * v k t)).

(** What the impulses have done: each one - g times the mean of the velocities before and after it. *)
Fixpoint work (T g : nat -> R) (v : nat -> R -> R) (k : nat) : R :=
  match k with
  | O => 0
  | S k' => work T g v k' - g k * ((v k' (T k) + v k (T k)) / 2)
  end.

(** Kinetic energy and friction: together constant between impulses; at an impulse the kinetic energy grows by the work. *)
Theorem energy beta mu T g w v d : 0 < mu -> driven beta mu T g w v -> at_rest T w v -> dissipates beta mu T v d ->
  (forall k t, T k <= t <= T (S k) -> mu / 2 * (v k t * v k t) + d k t = mu / 2 * (v k (T k) * v k (T k)) + d k (T k)) /\
  (forall k, mu / 2 * (v (S k) (T (S k)) * v (S k) (T (S k))) - mu / 2 * (v k (T (S k)) * v k (T (S k)))
             = - g (S k) * ((v k (T (S k)) + v (S k) (T (S k))) / 2)) /\
  (forall k t, T k <= t <= T (S k) -> mu / 2 * (v k t * v k t) + d k t = work T g v k).
Proof.
  intros Hm H [_ V0] [D0 HD].
  assert (Between : forall k t, T k <= t <= T (S k) ->
    mu / 2 * (v k t * v k t) + d k t = mu / 2 * (v k (T k) * v k (T k)) + d k (T k)).
  { intros k. apply (constant_between (fun t => mu / 2 * (v k t * v k t) + d k t)). intros t Ht.
    destruct (H k) as [_ [F _]]. destruct (F t Ht) as [_ Dv]. destruct (HD k) as [_ Dd]. specialize (Dd t Ht).
    derivative. field. }
  assert (Jump : forall k, mu / 2 * (v (S k) (T (S k)) * v (S k) (T (S k))) - mu / 2 * (v k (T (S k)) * v k (T (S k)))
    = - g (S k) * ((v k (T (S k)) + v (S k) (T (S k))) / 2)).
  { intros k. destruct (H k) as [_ [_ [_ ->]]]. field. lra. }
  split; [exact Between|]. split; [exact Jump|].
  induction k as [|k IH]; intros t Ht; rewrite (Between _ t Ht).
  - rewrite V0, D0. simpl. ring.
  - destruct (H k) as [L _]. destruct (HD k) as [-> _]. assert (J := Jump k). specialize (IH (T (S k)) (conj L (Rle_refl _))).
    cbn [work]. lra.
Qed.

(** ** The kinetic energy of several weights, as pairs (mass, velocity). *)

Fixpoint kinetic (l : list (R * R)) : R :=
  match l with
  | nil => 0
  | cons (mu, v) l' => mu / 2 * (v * v) + kinetic l'
  end.

Theorem kinetic_zero l : Forall (fun p => 0 < fst p) l ->
  0 <= kinetic l /\ (kinetic l = 0 <-> Forall (fun p => snd p = 0) l).
Proof.
  intros H. induction H as [|[mu v] l Hm H [IH0 IH]]; simpl in *; [split; [lra|split; [constructor|reflexivity]]|].
  assert (Q := Rle_0_sqr v). unfold Rsqr in Q. assert (P : 0 <= mu / 2 * (v * v)) by (apply Rmult_le_pos; lra). split; [lra|]. split.
  - intros E. assert (Z : mu / 2 * (v * v) = 0) by lra. constructor; [|apply IH; lra]. simpl.
    apply Rsqr_0_uniq. unfold Rsqr. apply Rmult_integral in Z. destruct Z; lra.
  - intros E. inversion E as [|? ? E1 E2]; subst. simpl in E1. subst v. apply IH in E2. lra.
Qed.

(** ** Learning one example again and again: the loss (y - w)^2, so the force -2 (y - w) at the weight of the moment. *)

Definition learns (y : R) (T g : nat -> R) (w : nat -> R -> R) : Prop := forall k, g (S k) = -2 * (y - w k (T (S k))).

Definition settles (w : nat -> R -> R) (T : nat -> R) (l : R) : Prop :=
  forall e, 0 < e -> exists N, forall k, (N <= k)%nat -> Rabs (w k (T (S k)) - l) < e.

(** Such a motion exists: the state after each example, by recursion. *)
Fixpoint learned (beta mu y : R) (T : nat -> R) (k : nat) : R * R :=
  match k with
  | O => (0, 0)
  | S k' => let (w0, v0) := learned beta mu y T k' in
            let p := position beta (T k') w0 v0 (T k) in
            (p, velocity beta (T k') v0 (T k) - -2 * (y - p) / mu)
  end.

Theorem learning_exists beta mu y T : beta <> 0 -> (forall k, T k <= T (S k)) ->
  exists g w v, driven beta mu T g w v /\ at_rest T w v /\ learns y T g w.
Proof.
  intros Hb HT. set (s := learned beta mu y T). exists (fun k => -2 * (y - fst (s k))), (fun k => position beta (T k) (fst (s k)) (snd (s k))),
    (fun k => velocity beta (T k) (snd (s k))).
  assert (Step : forall k, fst (s (S k)) = position beta (T k) (fst (s k)) (snd (s k)) (T (S k)) /\
    snd (s (S k)) = velocity beta (T k) (snd (s k)) (T (S k)) - -2 * (y - fst (s (S k))) / mu).
  { intros k. unfold s. simpl. destruct (learned beta mu y T k) as [w0 v0]. split; reflexivity. }
  split; [|split].
  - intros k. split; [apply HT|]. split; [apply formula_is_free; assumption|]. rewrite position_at, velocity_at. apply Step.
  - unfold at_rest. rewrite position_at, velocity_at. split; reflexivity.
  - intros k. cbv beta. destruct (Step k) as [-> _]. reflexivity.
Qed.

(** One step: with e the error and u the velocity over beta, both just before an example, and d the decay to the next one. *)
Lemma learning_step beta mu y T g w v : 0 < beta -> 0 < mu -> driven beta mu T g w v -> learns y T g w -> forall k,
  let e := w k (T (S k)) - y in let u := v k (T (S k)) / beta in let eta := / (beta * mu) in
  let d := exp (- beta * (T (S (S k)) - T (S k))) in
  v (S k) (T (S (S k))) / beta = (u - 2 * eta * e) * d /\
  w (S k) (T (S (S k))) - y = e + (u - 2 * eta * e) * (1 - d).
Proof.
  intros Hb Hm H HL k e u eta d. destruct (H k) as [_ [_ [JW JV]]]. destruct (H (S k)) as [L [F _]].
  destruct (proj1 (free_motion _ _ _ _ _ (positive_nonzero _ Hb) L) F (T (S (S k))) (conj L (Rle_refl _))) as [_ [_ [V W]]].
  rewrite V, W, JW, JV, HL. unfold velocity, position. fold d. unfold e, u, eta. split; field; split; lra.
Qed.

(** With beta = 1 and mu = 1/2 the error at least doubles from example to example. *)
Theorem printed_convergence_fails : ~ (forall beta mu y T g w v, 0 < beta -> 0 < mu -> driven beta mu T g w v -> at_rest T w v ->
  apart (10 / beta) T -> learns y T g w -> exists l, settles w T l).
Proof.
  intros H. assert (M : forall k, tick k <= tick (S k)) by (intros k; assert (S1 := tick_step k); lra).
  destruct (learning_exists 1 (/ 2) 1 tick R1_neq_R0 M) as [g [w [v [D [R HL]]]]].
  assert (A : apart (10 / 1) tick) by (intros k; rewrite tick_step; lra).
  destruct (H 1 (/ 2) 1 tick g w v ltac:(lra) ltac:(lra) D R A HL) as [l Hl].
  assert (Grow : forall k, 1 <= Rabs (w k (tick (S k)) - 1) /\ Rabs (v k (tick (S k)) / 1) <= Rabs (w k (tick (S k)) - 1) / 2 /\
    2 * Rabs (w k (tick (S k)) - 1) <= Rabs (w (S k) (tick (S (S k))) - 1)).
  { assert (Step : forall k, 1 <= Rabs (w k (tick (S k)) - 1) -> Rabs (v k (tick (S k)) / 1) <= Rabs (w k (tick (S k)) - 1) / 2 ->
      2 * Rabs (w k (tick (S k)) - 1) <= Rabs (w (S k) (tick (S (S k))) - 1) /\
      Rabs (v (S k) (tick (S (S k))) / 1) <= Rabs (w (S k) (tick (S (S k))) - 1) / 2).
    { intros k E1 E2. destruct (learning_step 1 (/ 2) 1 tick g w v ltac:(lra) ltac:(lra) D HL k) as [-> ->].
      destruct (exp_decay 1 (tick (S (S k)) - tick (S k)) ltac:(lra)) as [d0 d1]; [rewrite tick_step; lra|].
      set (d := exp _) in *. set (e := w k (tick (S k)) - 1) in *. set (u := v k (tick (S k)) / 1) in *.
      replace (2 * / (1 * / 2) * e) with (4 * e) by field.
      assert (Du : Rabs (u * d) <= Rabs e / 2048) by (rewrite Rabs_mult, (Rabs_right d) by lra; assert (Q := Rabs_pos u); nra).
      assert (De : Rabs (e * d) <= Rabs e / 1024) by (rewrite Rabs_mult, (Rabs_right d) by lra; assert (Q := Rabs_pos e); nra).
      apply Rabs_le_inv in Du. apply Rabs_le_inv in De. apply Rabs_le_inv in E2.
      assert (Big : 2 * Rabs e <= Rabs (e + (u - 4 * e) * (1 - d))).
      { replace (e + (u - 4 * e) * (1 - d)) with (-3 * e + u - u * d + 4 * (e * d)) by ring. unfold Rabs in *. destruct (Rcase_abs e); destruct (Rcase_abs _); lra. }
      split; [exact Big|]. apply Rle_trans with (Rabs e); [|lra].
      replace ((u - 4 * e) * d) with (u * d - 4 * (e * d)) by ring. apply Rabs_le. assert (Q := Rabs_pos e). lra. }
    induction k as [|k [I1 [I2 I3]]].
    - destruct (response 1 (/ 2) tick g w v ltac:(apply positive_nonzero; lra) R1_neq_R0 D R) as [Z _].
      assert (W0 : w O (tick 1) = 0) by (apply Z; assert (S0 := tick_step 0); lra).
      assert (V0 : v O (tick 1) = 0).
      { assert (M2 := theorem_2 1 (/ 2) tick g w v ltac:(apply positive_nonzero; lra) D R O (tick 1) ltac:(assert (S0 := tick_step 0); lra)).
        rewrite W0 in M2. simpl in M2. lra. }
      assert (E1 : Rabs (w O (tick 1) - 1) = 1) by (rewrite W0; unfold Rabs; destruct (Rcase_abs (0 - 1)); lra).
      assert (E2 : Rabs (v O (tick 1) / 1) = 0) by (rewrite V0; replace (0 / 1) with 0 by field; apply Rabs_R0).
      split; [lra|]. split; [lra|]. apply Step; lra.
    - destruct (Step k I1 I2) as [G1 G2]. split; [lra|]. split; [assumption|]. apply Step; lra. }
  destruct (Hl (/ 2) ltac:(lra)) as [N HN]. assert (H0 := HN N ltac:(lia)). assert (H1 := HN (S N) ltac:(lia)).
  destruct (Grow N) as [G1 [_ G3]]. apply Rabs_def2 in H0. apply Rabs_def2 in H1.
  set (a := w N (tick (S N))) in *. set (b := w (S N) (tick (S (S N)))) in *.
  unfold Rabs in G1, G3. destruct (Rcase_abs (a - 1)); destruct (Rcase_abs (b - 1)); lra.
Qed.

(** With a rate 1/(beta mu) of at most 1/4 the weight converges to the target under (5), geometrically. *)
Theorem learning_converges beta mu y T g w v : 0 < beta -> 0 < mu -> driven beta mu T g w v -> at_rest T w v -> apart (10 / beta) T ->
  learns y T g w -> / (beta * mu) <= / 4 -> forall k, Rabs (w k (T (S k)) - y) <= Rabs y * (1 - / (beta * mu)) ^ k.
Proof.
  intros Hb Hm H R HT HL Hq. set (eta := / (beta * mu)) in *.
  assert (P : 0 < eta) by (apply Rinv_0_lt_compat; apply Rmult_lt_0_compat; assumption).
  assert (N : forall k, Rabs (w k (T (S k)) - y) + 2 * Rabs (v k (T (S k)) / beta) <= Rabs y * (1 - eta) ^ k).
  { induction k as [|k IH].
    - destruct (H O) as [L _]. destruct (response beta mu T g w v (positive_nonzero _ Hm) (positive_nonzero _ Hb) H R) as [Z _].
      assert (W0 : w O (T 1%nat) = 0) by (apply Z; lra).
      assert (M := theorem_2 beta mu T g w v (positive_nonzero _ Hm) H R O (T 1%nat) ltac:(lra)). rewrite W0 in M. simpl in M.
      assert (V0 : v O (T 1%nat) = 0) by lra. rewrite W0, V0. replace (0 / beta) with 0 by (field; lra). rewrite Rabs_R0.
      replace (0 - y) with (- y) by ring. rewrite Rabs_Ropp. simpl. lra.
    - destruct (learning_step beta mu y T g w v Hb Hm H HL k) as [-> ->]. fold eta.
      destruct (exp_decay beta (T (S (S k)) - T (S k)) Hb (HT (S k))) as [d0 d1]. set (d := exp _) in *.
      set (e := w k (T (S k)) - y) in *. set (u := v k (T (S k)) / beta) in *.
      assert (E : Rabs (e + (u - 2 * eta * e) * (1 - d)) <= (1 - 2 * eta + 2 * eta * d) * Rabs e + Rabs u).
      { replace (e + (u - 2 * eta * e) * (1 - d)) with ((1 - 2 * eta + 2 * eta * d) * e + u * (1 - d)) by ring.
        apply Rle_trans with (1 := Rabs_triang _ _). rewrite !Rabs_mult. assert (Q := Rabs_pos u).
        assert (0 < eta * d) by (apply Rmult_lt_0_compat; lra).
        rewrite (Rabs_right (1 - 2 * eta + 2 * eta * d)), (Rabs_right (1 - d)) by lra. nra. }
      assert (U : Rabs ((u - 2 * eta * e) * d) <= (Rabs u + 2 * eta * Rabs e) * / 1024).
      { rewrite Rabs_mult, (Rabs_right d) by lra. assert (A : Rabs (u - 2 * eta * e) <= Rabs u + 2 * eta * Rabs e).
        { unfold Rminus. apply Rle_trans with (1 := Rabs_triang _ _). rewrite Rabs_Ropp, !Rabs_mult, (Rabs_right 2), (Rabs_right eta) by lra. lra. }
        apply Rmult_le_compat; [apply Rabs_pos|lra|assumption|assumption]. }
      assert (Qe := Rabs_pos e). assert (Qu := Rabs_pos u).
      assert (D : eta * d <= eta * / 1024) by (apply Rmult_le_compat_l; lra).
      assert (D2 : eta * d * Rabs e <= eta * / 1024 * Rabs e) by (apply Rmult_le_compat_r; assumption).
      assert (D3 : 0 <= eta * Rabs e) by (apply Rmult_le_pos; lra).
      assert (D4 : eta * Rabs u <= / 4 * Rabs u) by (apply Rmult_le_compat_r; assumption).
      apply Rle_trans with ((1 - eta) * (Rabs e + 2 * Rabs u)); [lra|]. simpl.
      replace (Rabs y * ((1 - eta) * (1 - eta) ^ k)) with ((1 - eta) * (Rabs y * (1 - eta) ^ k)) by ring.
      apply Rmult_le_compat_l; lra. }
  intros k. assert (A := N k). assert (Q := Rabs_pos (v k (T (S k)) / beta)). lra.
Qed.
