(** * How far simple backpropagation strays from its limit (Finnoff 1992, Theorem 3.2). *)

Require Import Reals Arith Lra Lia.
Require Import Spurious.Sums Spurious.Moments.
Open Scope R_scope.

(** T examples, of which one is drawn at random, all alike, in each step. The step for example j from the weights w is w + eta (rho j w). *)
Section Process.

Variables (d T : nat) (rho : nat -> (nat -> R) -> nat -> R) (eta : R).

Definition next (j : nat) (w : nat -> R) : nat -> R := fun i => w i + eta * rho j w i.

(** The mean of the steps, minus the gradient of the mean error. *)
Definition field (w : nat -> R) : nat -> R := fun i => mean T (fun j => rho j w i).

Definition distance2 (u v : nat -> R) : R := sum d (fun i => (u i - v i) * (u i - v i)).

(** The probability that the process that is at w at step k leaves the distance delta from the path c, before or at step k + steps. *)
Fixpoint leaves (c : nat -> nat -> R) (delta : R) (steps k : nat) (w : nat -> R) : R :=
  if Rlt_dec (delta * delta) (distance2 w (c k)) then 1
  else match steps with
       | O => 0
       | S s => mean T (fun j => leaves c delta s (S k) (next j w))
       end.

End Process.

Lemma mean_le T f g : (0 < T)%nat -> (forall j, (j < T)%nat -> f j <= g j) -> mean T f <= mean T g.
Proof.
  intros HT H. unfold mean. apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, lt_0_INR; lia|apply sum_le; exact H].
Qed.

Lemma mean_const T c : (0 < T)%nat -> mean T (fun _ => c) = c.
Proof. intros HT. unfold mean. rewrite sum_const. field. apply not_0_INR. lia. Qed.

Lemma mean_plus T f g : mean T (fun j => f j + g j) = mean T f + mean T g.
Proof. unfold mean. rewrite sum_plus. unfold Rdiv. ring. Qed.

(** |a + b|^2 <= (1 + eta) |a|^2 + (1 + 1/eta) |b|^2, coordinate by coordinate. *)
Lemma square_split eta a b : 0 < eta -> (a + b) * (a + b) <= (1 + eta) * (a * a) + (1 + / eta) * (b * b).
Proof.
  intros H. assert (I : eta * / eta = 1) by (apply Rinv_r; lra). assert (P : 0 < / eta) by (apply Rinv_0_lt_compat; exact H).
  assert (Q : 0 <= / eta * ((eta * a - b) * (eta * a - b))) by (apply Rmult_le_pos; [lra|apply Rle_0_sqr]).
  replace (/ eta * ((eta * a - b) * (eta * a - b))) with (eta * / eta * (eta * (a * a)) - 2 * (eta * / eta) * (a * b) + / eta * (b * b)) in Q by ring.
  rewrite I in Q. lra.
Qed.

(** One step, in the mean. The path c moves by eta times the field up to a remainder of square at most (tau eta^2)^2. Where the field has the
    Lipschitz constant L and the steps have at most the variance s2, the mean of the squared distance grows by a factor and by eta^2. *)
Lemma mean_step d T rho eta L s2 tau c c' w : (0 < T)%nat -> 0 < eta <= 1 -> 0 <= L -> 0 <= tau ->
  distance2 d (field T rho w) (field T rho c) <= L * L * distance2 d w c ->
  sum d (fun i => mean T (fun j => (rho j w i - field T rho w i) * (rho j w i - field T rho w i))) <= s2 ->
  sum d (fun i => (c' i - c i - eta * field T rho c i) * (c' i - c i - eta * field T rho c i)) <= (tau * (eta * eta)) * (tau * (eta * eta)) ->
  mean T (fun j => distance2 d (next rho eta j w) c')
  <= (1 + eta) * ((1 + eta) * distance2 d w c + (1 + / eta) * (eta * eta) * (L * L * distance2 d w c))
     + eta * eta * (s2 + 2 * (tau * tau)).
Proof.
  intros HT He HL Htau Hlip Hvar Hpath. set (h := field T rho). set (r := fun i => c' i - c i - eta * h c i).
  (* bias and variance of each coordinate *)
  assert (A : mean T (fun j => distance2 d (next rho eta j w) c')
    = sum d (fun i => (w i + eta * h w i - c' i) * (w i + eta * h w i - c' i))
      + eta * eta * sum d (fun i => mean T (fun j => (rho j w i - h w i) * (rho j w i - h w i)))).
  { unfold distance2. rewrite (mean_sum T d (fun i j => (next rho eta j w i - c' i) * (next rho eta j w i - c' i))).
    rewrite <- sum_scale, <- sum_plus. apply sum_ext. intros i Hi.
    rewrite (mean_ext T _ (fun j => (w i + eta * h w i - c' i) * (w i + eta * h w i - c' i)
      + (2 * eta * (w i + eta * h w i - c' i) * (rho j w i + - h w i) + eta * eta * ((rho j w i - h w i) * (rho j w i - h w i)))))
      by (intros; unfold next; ring).
    rewrite !mean_plus, !mean_scale, mean_plus, !mean_const by exact HT.
    replace (mean T (fun j => rho j w i)) with (h w i) by reflexivity. ring. }
  rewrite A. apply Rplus_le_compat_r with (r := 0) in Hvar.
  (* the two remainders *)
  assert (B : sum d (fun i => (w i + eta * h w i - c' i) * (w i + eta * h w i - c' i))
    <= (1 + eta) * ((1 + eta) * distance2 d w c + (1 + / eta) * (eta * eta) * distance2 d (h w) (h c)) + (1 + / eta) * sum d (fun i => r i * r i)).
  { unfold distance2. rewrite <- !sum_scale, <- sum_plus, <- sum_scale, <- sum_plus. apply sum_le. intros i Hi.
    replace (w i + eta * h w i - c' i) with ((w i - c i + eta * (h w i - h c i)) + - r i) by (unfold r; ring).
    eapply Rle_trans; [apply (square_split eta); lra|]. replace (- r i * - r i) with (r i * r i) by ring.
    apply Rplus_le_compat_r. apply Rmult_le_compat_l; [lra|]. eapply Rle_trans; [apply (square_split eta); lra|].
    right. ring. }
  assert (P : 0 < / eta) by (apply Rinv_0_lt_compat; lra).
  assert (I : eta * / eta = 1) by (apply Rinv_r; lra).
  assert (C : (1 + / eta) * sum d (fun i => r i * r i) <= eta * eta * (2 * (tau * tau))).
  { apply Rle_trans with ((1 + / eta) * (tau * (eta * eta) * (tau * (eta * eta)))); [apply Rmult_le_compat_l; [lra|exact Hpath]|].
    replace ((1 + / eta) * (tau * (eta * eta) * (tau * (eta * eta)))) with (eta * eta * (tau * tau) * (eta * eta + eta * / eta * eta)) by ring.
    rewrite I. replace (eta * eta * (2 * (tau * tau))) with (eta * eta * (tau * tau) * 2) by ring.
    apply Rmult_le_compat_l; [apply Rmult_le_pos; apply Rle_0_sqr|].
    assert (eta * eta <= 1 * 1) by (apply Rmult_le_compat; lra). lra. }
  assert (D : (1 + eta) * ((1 + eta) * distance2 d w c + (1 + / eta) * (eta * eta) * distance2 d (h w) (h c))
    <= (1 + eta) * ((1 + eta) * distance2 d w c + (1 + / eta) * (eta * eta) * (L * L * distance2 d w c))).
  { apply Rmult_le_compat_l; [lra|]. apply Rplus_le_compat_l. apply Rmult_le_compat_l; [|exact Hlip].
    apply Rmult_le_pos; [lra|apply Rle_0_sqr]. }
  assert (V : eta * eta * sum d (fun i => mean T (fun j => (rho j w i - h w i) * (rho j w i - h w i))) <= eta * eta * s2).
  { apply Rmult_le_compat_l; [apply Rle_0_sqr|]. unfold h. lra. }
  lra.
Qed.

(** The factor by which the mean squared distance grows in one step. *)
Definition growth (L eta : R) : R := (1 + eta) * (1 + eta + (eta + eta * eta) * (L * L)).

(** The induction over the steps that are left, by Markov's inequality at the end. Only weights within delta of the path matter. *)
Lemma leaves_bound d T rho eta L s2 tau delta (c : nat -> nat -> R) steps : (0 < T)%nat -> 0 < eta <= 1 -> 0 <= L -> 0 <= s2 -> 0 <= tau ->
  0 < delta ->
  (forall k w, distance2 d w (c k) <= delta * delta -> distance2 d (field T rho w) (field T rho (c k)) <= L * L * distance2 d w (c k)) ->
  (forall k w, distance2 d w (c k) <= delta * delta ->
    sum d (fun i => mean T (fun j => (rho j w i - field T rho w i) * (rho j w i - field T rho w i))) <= s2) ->
  (forall k, sum d (fun i => (c (S k) i - c k i - eta * field T rho (c k) i) * (c (S k) i - c k i - eta * field T rho (c k) i))
    <= (tau * (eta * eta)) * (tau * (eta * eta))) ->
  forall k w, leaves d T rho eta c delta steps k w
    <= growth L eta ^ steps * (distance2 d w (c k) + INR steps * (eta * eta * (s2 + 2 * (tau * tau)))) / (delta * delta).
Proof.
  intros HT He HL Hs Ht Hd Hlip Hvar Hpath.
  assert (Q : 0 < delta * delta) by (apply Rmult_lt_0_compat; exact Hd).
  assert (N : 0 <= eta * eta * (s2 + 2 * (tau * tau))).
  { apply Rmult_le_pos; [apply Rle_0_sqr|]. assert (A := Rle_0_sqr tau). unfold Rsqr in A. lra. }
  assert (G : 1 <= growth L eta).
  { unfold growth. replace 1 with (1 * 1) by ring. apply Rmult_le_compat; [lra|lra|lra|].
    assert (A : 0 <= (eta + eta * eta) * (L * L)) by (apply Rmult_le_pos; [|apply Rle_0_sqr]; assert (B := Rle_0_sqr eta); unfold Rsqr in B; lra). lra. }
  assert (out : forall steps k w, delta * delta < distance2 d w (c k) ->
    1 <= growth L eta ^ steps * (distance2 d w (c k) + INR steps * (eta * eta * (s2 + 2 * (tau * tau)))) / (delta * delta)).
  { intros st k w H. apply (Rmult_le_reg_r (delta * delta)); [exact Q|].
    replace (growth L eta ^ st * (distance2 d w (c k) + INR st * (eta * eta * (s2 + 2 * (tau * tau)))) / (delta * delta) * (delta * delta))
      with (growth L eta ^ st * (distance2 d w (c k) + INR st * (eta * eta * (s2 + 2 * (tau * tau))))) by (field; lra).
    assert (A : 1 <= growth L eta ^ st) by (apply pow_R1_Rle; exact G).
    assert (B : 0 <= INR st * (eta * eta * (s2 + 2 * (tau * tau)))) by (apply Rmult_le_pos; [apply pos_INR|exact N]).
    apply Rmult_le_compat; lra. }
  induction steps as [|steps IH]; intros k w.
  - simpl. destruct (Rlt_dec (delta * delta) (distance2 d w (c k))) as [H|H]; [exact (out O k w H)|].
    apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; exact Q].
    assert (A : 0 <= distance2 d w (c k)) by (apply sum_nonneg; intros; apply Rle_0_sqr). lra.
  - cbn [leaves]. destruct (Rlt_dec (delta * delta) (distance2 d w (c k))) as [H|H]; [exact (out (S steps) k w H)|].
    apply Rnot_lt_le in H.
    eapply Rle_trans; [apply mean_le; [exact HT|intros j Hj; apply IH]|]. set (K := eta * eta * (s2 + 2 * (tau * tau))) in *.
    rewrite (mean_ext T _ (fun j => growth L eta ^ steps / (delta * delta) * (distance2 d (next rho eta j w) (c (S k)) + INR steps * K)))
      by (intros; field; lra).
    rewrite mean_scale, mean_plus, mean_const by exact HT.
    assert (M := mean_step d T rho eta L s2 tau (c k) (c (S k)) w HT He HL Ht (Hlip k w H) (Hvar k w H) (Hpath k)). fold K in M.
    replace ((1 + eta) * ((1 + eta) * distance2 d w (c k) + (1 + / eta) * (eta * eta) * (L * L * distance2 d w (c k))))
      with (growth L eta * distance2 d w (c k)) in M by (unfold growth; field; lra).
    assert (Z : 0 <= growth L eta ^ steps) by (apply pow_le; lra).
    replace (growth L eta ^ S steps * (distance2 d w (c k) + INR (S steps) * K) / (delta * delta))
      with (growth L eta ^ steps / (delta * delta) * (growth L eta * (distance2 d w (c k) + INR (S steps) * K)))
      by (rewrite <- tech_pow_Rmult; field; lra).
    apply Rmult_le_compat_l; [apply Rmult_le_pos; [exact Z|left; apply Rinv_0_lt_compat; exact Q]|].
    rewrite S_INR. assert (W : INR steps * K + K <= growth L eta * (INR steps * K + K)).
    { replace (INR steps * K + K) with (1 * (INR steps * K + K)) at 1 by ring. apply Rmult_le_compat_r; [|exact G].
      assert (A : 0 <= INR steps * K) by (apply Rmult_le_pos; [apply pos_INR|exact N]). lra. }
    replace (growth L eta * (distance2 d w (c k) + (INR steps + 1) * K)) with (growth L eta * distance2 d w (c k) + growth L eta * (INR steps * K + K)) by ring.
    lra.
Qed.

(** 1 + t <= exp t, without the logarithm. *)
Lemma growth_exp L eta steps r : 0 < eta <= 1 -> 0 <= L -> eta * INR steps <= r -> growth L eta ^ steps <= exp ((2 + 2 * (L * L)) * r).
Proof.
  intros He HL Hr. assert (LL : 0 <= L * L) by apply Rle_0_sqr.
  assert (E : eta * eta <= eta * 1) by (apply Rmult_le_compat_l; lra). assert (E0 : 0 <= eta * eta) by apply Rle_0_sqr.
  assert (A : growth L eta <= exp ((2 + 2 * (L * L)) * eta)).
  { replace ((2 + 2 * (L * L)) * eta) with (eta + (eta + 2 * (L * L) * eta)) by ring. rewrite exp_plus. unfold growth.
    assert (X := exp_ineq1_le eta).
    assert (Y := exp_ineq1_le (eta + 2 * (L * L) * eta)).
    assert (B : (eta + eta * eta) * (L * L) <= 2 * (L * L) * eta) by (replace (2 * (L * L) * eta) with ((2 * eta) * (L * L)) by ring; apply Rmult_le_compat_r; lra).
    assert (B0 : 0 <= (eta + eta * eta) * (L * L)) by (apply Rmult_le_pos; lra).
    apply Rmult_le_compat; lra. }
  assert (G : 0 <= growth L eta).
  { unfold growth. assert (0 <= (eta + eta * eta) * (L * L)) by (apply Rmult_le_pos; lra). apply Rmult_le_pos; lra. }
  apply Rle_trans with (exp ((2 + 2 * (L * L)) * eta) ^ steps); [apply pow_incr; split; assumption|].
  assert (P : forall x n, exp x ^ n = exp (INR n * x)).
  { intros x n. induction n as [|n IH]; [simpl; rewrite Rmult_0_l, exp_0; reflexivity|]. rewrite S_INR, <- tech_pow_Rmult, IH, <- exp_plus.
    f_equal. ring. }
  rewrite P. assert (I : INR steps * ((2 + 2 * (L * L)) * eta) <= (2 + 2 * (L * L)) * r).
  { replace (INR steps * ((2 + 2 * (L * L)) * eta)) with ((2 + 2 * (L * L)) * (eta * INR steps)) by ring. apply Rmult_le_compat_l; lra. }
  destruct I as [I|I]; [left; apply exp_increasing; exact I|rewrite I; right; reflexivity].
Qed.

(** Theorem 3.2 with the factor 1/delta^2. The path c is the solution of the limit equation at the times k eta, or batch training itself, with a
    remainder of at most tau eta^2 in each step. Within delta of it the mean field has the Lipschitz constant L, and the steps have at most the
    variance s2. Started on it, and for all steps up to time r, the probability to leave the distance delta is at most B eta/delta^2, with a
    number B that does not depend on eta, nor on delta. *)
Theorem deviation d T rho eta L s2 tau delta r (c : nat -> nat -> R) steps : (0 < T)%nat -> 0 < eta <= 1 -> 0 <= L -> 0 <= s2 -> 0 <= tau ->
  0 < delta -> eta * INR steps <= r ->
  (forall k w, distance2 d w (c k) <= delta * delta -> distance2 d (field T rho w) (field T rho (c k)) <= L * L * distance2 d w (c k)) ->
  (forall k w, distance2 d w (c k) <= delta * delta ->
    sum d (fun i => mean T (fun j => (rho j w i - field T rho w i) * (rho j w i - field T rho w i))) <= s2) ->
  (forall k, sum d (fun i => (c (S k) i - c k i - eta * field T rho (c k) i) * (c (S k) i - c k i - eta * field T rho (c k) i))
    <= (tau * (eta * eta)) * (tau * (eta * eta))) ->
  leaves d T rho eta c delta steps O (c O) <= (exp ((2 + 2 * (L * L)) * r) * r * (s2 + 2 * (tau * tau))) * eta / (delta * delta).
Proof.
  intros HT He HL Hs Ht Hd Hr Hlip Hvar Hpath.
  eapply Rle_trans; [apply (leaves_bound d T rho eta L s2 tau delta c steps); assumption|].
  assert (Q : 0 < / (delta * delta)) by (apply Rinv_0_lt_compat, Rmult_lt_0_compat; exact Hd).
  apply Rmult_le_compat_r; [lra|].
  assert (Z : distance2 d (c O) (c O) = 0) by (apply sum_zero; intros; ring). rewrite Z, Rplus_0_l.
  assert (K : 0 <= s2 + 2 * (tau * tau)) by (assert (A := Rle_0_sqr tau); unfold Rsqr in A; lra).
  replace (INR steps * (eta * eta * (s2 + 2 * (tau * tau)))) with ((eta * INR steps) * (eta * (s2 + 2 * (tau * tau)))) by ring.
  replace (exp ((2 + 2 * (L * L)) * r) * r * (s2 + 2 * (tau * tau)) * eta) with (exp ((2 + 2 * (L * L)) * r) * (r * (eta * (s2 + 2 * (tau * tau))))) by ring.
  assert (E : 0 <= eta * (s2 + 2 * (tau * tau))) by (apply Rmult_le_pos; lra).
  assert (N : 0 <= eta * INR steps) by (apply Rmult_le_pos; [lra|apply pos_INR]).
  apply Rmult_le_compat; [|apply Rmult_le_pos; assumption|apply growth_exp; assumption|apply Rmult_le_compat_r; assumption].
  apply pow_le. unfold growth. apply Rmult_le_pos; [lra|]. assert (A : 0 <= (eta + eta * eta) * (L * L)).
  { apply Rmult_le_pos; [|apply Rle_0_sqr]. assert (B := Rle_0_sqr eta). unfold Rsqr in B. lra. }
  lra.
Qed.

(** Section 5: for every time r and distance delta, small enough rates keep simple backpropagation within delta of batch training with the same
    rate, but for a probability of at most e. *)
Theorem small_rates d T rho L s2 delta r e : (0 < T)%nat -> 0 <= L -> 0 <= s2 -> 0 < delta -> 0 <= r -> 0 < e ->
  exists eta0, 0 < eta0 /\ forall eta steps (c : nat -> nat -> R), 0 < eta <= eta0 -> eta * INR steps <= r ->
  (forall k i, (i < d)%nat -> c (S k) i = c k i + eta * field T rho (c k) i) ->
  (forall k w, distance2 d w (c k) <= delta * delta -> distance2 d (field T rho w) (field T rho (c k)) <= L * L * distance2 d w (c k)) ->
  (forall k w, distance2 d w (c k) <= delta * delta ->
    sum d (fun i => mean T (fun j => (rho j w i - field T rho w i) * (rho j w i - field T rho w i))) <= s2) ->
  leaves d T rho eta c delta steps O (c O) <= e.
Proof.
  intros HT HL Hs Hd Hr He. set (B := exp ((2 + 2 * (L * L)) * r) * r * (s2 + 2 * (0 * 0))).
  assert (HB : 0 <= B) by (apply Rmult_le_pos; [apply Rmult_le_pos; [left; apply exp_pos|exact Hr]|lra]).
  assert (Q : 0 < delta * delta) by (apply Rmult_lt_0_compat; exact Hd).
  exists (Rmin 1 (e * (delta * delta) / (B + 1))).
  split; [apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; assumption|lra]]|].
  intros eta steps c [H0 H1] Hk Hc Hlip Hvar.
  assert (E1 : eta <= 1) by (eapply Rle_trans; [exact H1|apply Rmin_l]).
  assert (E2 : eta <= e * (delta * delta) / (B + 1)) by (eapply Rle_trans; [exact H1|apply Rmin_r]).
  eapply Rle_trans; [apply (deviation d T rho eta L s2 0 delta r c steps); try assumption; try lra|].
  - intros k. rewrite sum_zero; [right; ring|]. intros i Hi. rewrite Hc by exact Hi. ring.
  - fold B. apply (Rmult_le_reg_r (delta * delta)); [exact Q|].
    replace (B * eta / (delta * delta) * (delta * delta)) with (B * eta) by (field; lra).
    apply Rle_trans with ((B + 1) * (e * (delta * delta) / (B + 1))); [apply Rmult_le_compat; lra|right; field; lra].
Qed.

(** ** The factor 1/delta is too small: a linear model. *)

(** One weight w, the constant input 1, the targets 1 and -1, the error (y - w)^2: the steps are eta 2 (y - w), the mean field is -2w. *)
Definition linear_steps (j : nat) (w : nat -> R) (i : nat) : R := 2 * ((if Nat.eqb j 0 then 1 else -1) - w i).

Section First.

Variables (eta delta m : R).
Hypothesis Hm : delta * delta < m.

Let b := 1 - 2 * eta.
Let a := 2 * eta.

(** Coefficients of the second and the fourth moment after N steps, as polynomials in the weight before: B e^2 + V, C e^4 + F e^2 + Q. *)
Fixpoint coefficients (N : nat) : R * R * R :=
  match N with
  | O => (1, 0, 0)
  | S k => let '(B, V, Q) := coefficients k in (b * b * B, V + B * (a * a), Q + 6 * B * V * (a * a) + B * B * (a * a) * (a * a))
  end.

Definition lower (N : nat) (e : R) : R :=
  let '(B, V, Q) := coefficients N in
  1 - (B * B * (e * e) * (e * e) + 6 * B * V * (e * e) + Q - 2 * m * (B * (e * e) + V) + m * m) / ((m - delta * delta) * (m - delta * delta)).

Lemma lower_step N e : lower (S N) e = (lower N (b * e + a) + lower N (b * e - a)) / 2.
Proof. unfold lower. simpl. destruct (coefficients N) as [[B V] Q]. field. lra. Qed.

Lemma lower_first e : (delta * delta < e * e -> lower O e <= 1) /\ (e * e <= delta * delta -> lower O e <= 0).
Proof.
  unfold lower. simpl.
  set (D := m - delta * delta). assert (HD : 0 < D) by (unfold D; lra). assert (P : 0 < D * D) by (apply Rmult_lt_0_compat; exact HD).
  replace (1 * 1 * (e * e) * (e * e) + 6 * 1 * 0 * (e * e) + 0 - 2 * m * (1 * (e * e) + 0) + m * m) with ((m - e * e) * (m - e * e)) by ring.
  assert (S := Rle_0_sqr (m - e * e)). unfold Rsqr in S. split; intros H.
  - assert (0 <= (m - e * e) * (m - e * e) / (D * D)); [|lra]. apply Rmult_le_pos; [exact S|left; apply Rinv_0_lt_compat; exact P].
  - assert (1 <= (m - e * e) * (m - e * e) / (D * D)); [|lra]. apply (Rmult_le_reg_r (D * D)); [exact P|].
    replace ((m - e * e) * (m - e * e) / (D * D) * (D * D)) with ((m - e * e) * (m - e * e)) by (field; lra). rewrite Rmult_1_l.
    apply Rmult_le_compat; unfold D; lra.
Qed.

Lemma lower_one N : forall e, lower N e <= 1.
Proof.
  induction N as [|N IH]; intros e.
  - destruct (Rlt_le_dec (delta * delta) (e * e)) as [H|H]; [apply lower_first; exact H|]. assert (A := proj2 (lower_first e) H). lra.
  - rewrite lower_step. generalize (IH (b * e + a)) (IH (b * e - a)). lra.
Qed.

Lemma leaves_lower N : forall k w, lower N (w O) <= leaves 1 2 linear_steps eta (fun _ _ => 0) delta N k w.
Proof.
  assert (D : forall w : nat -> R, distance2 1 w (fun _ => 0) = w O * w O) by (intros; unfold distance2; simpl; ring).
  induction N as [|N IH]; intros k w; cbn [leaves]; rewrite D; destruct (Rlt_dec (delta * delta) (w O * w O)) as [H|H].
  - apply lower_one.
  - apply lower_first. lra.
  - apply lower_one.
  - rewrite lower_step. unfold mean. simpl.
    assert (A := IH (S k) (next linear_steps eta 0 w)). assert (A' := IH (S k) (next linear_steps eta 1 w)).
    assert (E : next linear_steps eta 0 w O = b * w O + a) by (unfold next, linear_steps, a, b; simpl; ring).
    assert (E' : next linear_steps eta 1 w O = b * w O - a) by (unfold next, linear_steps, a, b; simpl; ring).
    rewrite E in A. rewrite E' in A'. lra.
Qed.

(** Of the moments: B = b^(2N), Q <= 3 V^2, and V >= N a^2 b^(2N) for 0 <= b <= 1. *)
Lemma moments N : 0 <= b <= 1 -> let '(B, V, Q) := coefficients N in
  B = (b * b) ^ N /\ 0 <= V /\ Q <= 3 * (V * V) /\ INR N * (a * a) * (b * b) ^ N <= V.
Proof.
  intros Hb. assert (A : 0 <= a * a) by apply Rle_0_sqr. assert (BB : 0 <= b * b) by apply Rle_0_sqr.
  assert (B1 : b * b <= 1) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
  induction N as [|N IH]; [simpl; repeat split; lra|]. rewrite S_INR. simpl. destruct (coefficients N) as [[B V] Q].
  destruct IH as [EB [HV [HQ HN]]].
  assert (P : 0 <= B) by (rewrite EB; apply pow_le; exact BB).
  assert (P' : 0 <= B * (a * a)) by (apply Rmult_le_pos; assumption).
  split; [rewrite EB; ring|]. split; [lra|]. split.
  - assert (S : 0 <= (B * (a * a)) * (B * (a * a))) by apply Rle_0_sqr.
    replace (3 * ((V + B * (a * a)) * (V + B * (a * a)))) with (3 * (V * V) + 6 * B * V * (a * a) + 3 * ((B * (a * a)) * (B * (a * a)))) by ring.
    replace (B * B * (a * a) * (a * a)) with ((B * (a * a)) * (B * (a * a))) by ring. lra.
  - rewrite <- EB in HN |- *. assert (N0 : 0 <= INR N) by apply pos_INR.
    assert (X : INR N * (a * a) * (b * b * B) <= INR N * (a * a) * B).
    { apply Rmult_le_compat_l; [apply Rmult_le_pos; assumption|]. replace B with (1 * B) at 2 by ring. apply Rmult_le_compat_r; assumption. }
    assert (Y : a * a * (b * b * B) <= B * (a * a)).
    { replace (a * a * (b * b * B)) with (b * b * (B * (a * a))) by ring. replace (B * (a * a)) with (1 * (B * (a * a))) at 2 by ring.
      apply Rmult_le_compat_r; assumption. }
    replace ((INR N + 1) * (a * a) * (b * b * B)) with (INR N * (a * a) * (b * b * B) + a * a * (b * b * B)) by ring. lra.
Qed.

End First.

(** At the time 1/8 the probability to be farther than sqrt(V)/2 from the limit is at least 1/5, V being the variance. *)
Lemma stays_away k : (0 < k)%nat -> let eta := / (16 * (INR k * INR k)) in
  / 5 <= leaves 1 2 linear_steps eta (fun _ _ => 0) (/ (16 * INR k)) (2 * (k * k)) O (fun _ => 0).
Proof.
  intros Hk eta. set (delta := / (16 * INR k)). set (N := (2 * (k * k))%nat).
  assert (K : 1 <= INR k) by (replace 1 with (INR 1) by reflexivity; apply le_INR; lia).
  assert (KK : 1 <= INR k * INR k) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
  assert (EN : INR N = 2 * (INR k * INR k)) by (unfold N; rewrite !mult_INR; simpl; ring).
  assert (He : eta * INR N = / 8) by (rewrite EN; unfold eta; field; lra).
  assert (E0 : 0 < eta) by (apply Rinv_0_lt_compat; lra).
  assert (E1 : eta <= / 16) by (apply Rinv_le_contravar; lra).
  set (b := 1 - 2 * eta). assert (Hb : 0 <= b <= 1) by (unfold b; lra).
  assert (Pw : / 2 <= (b * b) ^ N).
  { assert (Bern : forall x n, 0 <= x <= 1 -> 1 - INR n * x <= (1 - x) ^ n).
    { intros x n Hx. induction n as [|n IH]; [simpl; lra|]. rewrite S_INR, <- tech_pow_Rmult.
      apply Rle_trans with ((1 - x) * (1 - INR n * x)); [|apply Rmult_le_compat_l; lra].
      assert (0 <= INR n * (x * x)) by (apply Rmult_le_pos; [apply pos_INR|apply Rle_0_sqr]). lra. }
    set (x := 1 - b * b). assert (X : 0 <= x <= 4 * eta) by (unfold x, b; split; [|assert (S := Rle_0_sqr eta); unfold Rsqr in S; lra];
      assert (eta * eta <= eta * 1) by (apply Rmult_le_compat_l; lra); lra).
    replace (b * b) with (1 - x) by (unfold x; ring). eapply Rle_trans; [|apply Bern; lra].
    assert (INR N * x <= INR N * (4 * eta)) by (apply Rmult_le_compat_l; [apply pos_INR|lra]). lra. }
  assert (M := moments eta N Hb). assert (L := fun m H => leaves_lower eta delta m H N O (fun _ => 0)).
  unfold lower in L. destruct (coefficients eta N) as [[B V] Q]. destruct M as [_ [V0 [HQ HV]]]. fold b in HV.
  assert (Dl : delta * delta <= V / 4).
  { assert (A : INR N * (2 * eta * (2 * eta)) * / 2 <= V).
    { eapply Rle_trans; [|exact HV]. apply Rmult_le_compat_l; [|exact Pw]. apply Rmult_le_pos; [apply pos_INR|apply Rle_0_sqr]. }
    replace (INR N * (2 * eta * (2 * eta)) * / 2) with (2 * (eta * INR N) * eta) in A by field. rewrite He in A.
    replace (delta * delta) with (eta * / 16) by (unfold delta, eta; field; lra). lra. }
  assert (D0 : 0 < delta * delta) by (apply Rmult_lt_0_compat; apply Rinv_0_lt_compat; lra).
  assert (VP : 0 < V) by lra.
  specialize (L (3 * V) ltac:(lra)). cbv beta in L. eapply Rle_trans; [|exact L]. set (D := 3 * V - delta * delta).
  assert (HD : 11 / 4 * V <= D) by (unfold D; lra).
  assert (DD : 121 / 16 * (V * V) <= D * D).
  { replace (121 / 16 * (V * V)) with ((11 / 4 * V) * (11 / 4 * V)) by field. apply Rmult_le_compat; lra. }
  assert (VV : 0 < V * V) by (apply Rmult_lt_0_compat; exact VP).
  replace (B * B * (0 * 0) * (0 * 0) + 6 * B * V * (0 * 0) + Q - 2 * (3 * V) * (B * (0 * 0) + V) + 3 * V * (3 * V))
    with (Q + 3 * (V * V)) by ring.
  assert (F : (Q + 3 * (V * V)) / (D * D) <= 4 / 5); [|lra]. apply (Rmult_le_reg_r (D * D)); [lra|].
  replace ((Q + 3 * (V * V)) / (D * D) * (D * D)) with (Q + 3 * (V * V)) by (field; lra). lra.
Qed.

(** So no number B serves for the factor 1/delta, on the path that stays at the minimum and up to the time 1. *)
Theorem first_power_fails : ~ (exists B, forall eta delta steps, 0 < eta <= 1 -> 0 < delta -> eta * INR steps <= 1 ->
  leaves 1 2 linear_steps eta (fun _ _ => 0) delta steps O (fun _ => 0) <= B * eta / delta).
Proof.
  intros [B H]. destruct (Rlt_le_dec B 0) as [HB|HB].
  - assert (C := H 1 1 O ltac:(lra) ltac:(lra) ltac:(simpl; lra)).
    assert (0 <= leaves 1 2 linear_steps 1 (fun _ _ => 0) 1 O O (fun _ => 0)); [|replace (B * 1 / 1) with B in C by field; lra].
    simpl. destruct Rlt_dec; lra.
  - destruct (archimed_cor1 (/ (5 * B + 1))) as [k [Hi K]]; [apply Rinv_0_lt_compat; lra|].
    assert (Hk : 5 * B + 1 < INR k) by (rewrite <- (Rinv_inv (5 * B + 1)), <- (Rinv_inv (INR k));
      apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; apply Rinv_0_lt_compat; [apply lt_0_INR; exact K|lra]|exact Hi]).
    assert (A := stays_away k K). cbv zeta in A.
    assert (KR : 1 <= INR k) by (replace 1 with (INR 1) by reflexivity; apply le_INR; lia).
    assert (KK : 1 <= INR k * INR k) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
    assert (C := H (/ (16 * (INR k * INR k))) (/ (16 * INR k)) (2 * (k * k))%nat).
    assert (C' : leaves 1 2 linear_steps (/ (16 * (INR k * INR k))) (fun _ _ => 0) (/ (16 * INR k)) (2 * (k * k)) O (fun _ => 0)
      <= B * / (16 * (INR k * INR k)) / / (16 * INR k)).
    { apply C.
      - split; [apply Rinv_0_lt_compat; lra|]. replace 1 with (/ 1) by field. apply Rinv_le_contravar; lra.
      - apply Rinv_0_lt_compat. lra.
      - rewrite !mult_INR. replace (INR 2) with 2 by (simpl; ring).
        replace (/ (16 * (INR k * INR k)) * (2 * (INR k * INR k))) with (/ 8) by (field; lra). lra. }
    replace (B * / (16 * (INR k * INR k)) / / (16 * INR k)) with (B / INR k) in C' by (field; lra).
    assert (B / INR k < / 5); [|lra]. apply (Rmult_lt_reg_r (INR k)); [lra|]. replace (B / INR k * INR k) with B by (field; lra). lra.
Qed.
