(** * Four lines whose sum vanishes: every local minimum has the value 4, the infimum.

    With s = 1/(1+e^(2y)): f = 4 s^2, f' = -16 s^2 (1-s), f'' = 32 s^2 (1-s)(2-3s). *)

Require Import Reals List Lra Lia Psatz.
Require Import Spurious.Surface Spurious.Vectors Spurious.Sigmoid Spurious.Linear Spurious.Lines Spurious.Convex Spurious.Splitting.
Import ListNotations.
Open Scope R_scope.

Definition f (y : R) : R := h0 1 y.

Lemma f_exp y : f y = 4 / (1 + exp (2 * y)) ^ 2.
Proof. apply eq_3_3. Qed.

(** 1/(1+a)^2 + 1/(1+b)^2 >= 1/(1+ab). *)
Lemma pair_inequality a b : 0 < a -> 0 < b -> 1 / (1 + a * b) <= 1 / (1 + a) ^ 2 + 1 / (1 + b) ^ 2.
Proof.
  intros Ha Hb. assert (Hab : 0 < a * b) by (apply Rmult_lt_0_compat; assumption).
  assert (E : 1 / (1 + a) ^ 2 + 1 / (1 + b) ^ 2 - 1 / (1 + a * b)
    = (a * b * (a - b) ^ 2 + (a * b - 1) ^ 2) / ((1 + a) ^ 2 * (1 + b) ^ 2 * (1 + a * b))) by (field; repeat split; lra).
  assert (0 <= (a * b * (a - b) ^ 2 + (a * b - 1) ^ 2) / ((1 + a) ^ 2 * (1 + b) ^ 2 * (1 + a * b))); [|lra].
  apply Rmult_le_pos.
  - assert (H1 := pow2_ge_0 (a - b)). assert (H2 := pow2_ge_0 (a * b - 1)).
    assert (0 <= a * b * (a - b) ^ 2) by (apply Rmult_le_pos; lra). lra.
  - left. apply Rinv_0_lt_compat. repeat apply Rmult_lt_0_compat; lra.
Qed.

Theorem four_at_least_4 y1 y2 y3 y4 : y1 + y2 + y3 + y4 = 0 -> 4 <= f y1 + f y2 + f y3 + f y4.
Proof.
  intros H. rewrite !f_exp.
  assert (P1 := pair_inequality (exp (2 * y1)) (exp (2 * y2)) (exp_pos _) (exp_pos _)).
  assert (P2 := pair_inequality (exp (2 * y3)) (exp (2 * y4)) (exp_pos _) (exp_pos _)).
  rewrite <- exp_plus in P1, P2.
  replace (2 * y3 + 2 * y4) with (- (2 * y1 + 2 * y2)) in P2 by lra. rewrite exp_Ropp in P2.
  set (u := exp (2 * y1 + 2 * y2)) in *. assert (Hu : 0 < u) by apply exp_pos.
  assert (E : 1 / (1 + u) + 1 / (1 + / u) = 1) by (field; lra).
  unfold Rdiv in *. lra.
Qed.

(** ** The algebra of the first and second order conditions. *)

Definition k (s : R) : R := s ^ 2 * (1 - s).

Lemma k_equal a b : a <> b -> k a = k b -> a + b = a ^ 2 + a * b + b ^ 2.
Proof.
  unfold k. intros Hne H.
  assert ((a - b) * (a + b - (a ^ 2 + a * b + b ^ 2)) = 0) by lra.
  apply Rmult_integral in H0. destruct H0; lra.
Qed.

Lemma no_three_values a b c : 0 < a -> 0 < b -> 0 < c -> k a = k b -> k a = k c -> a <> b -> a <> c -> b <> c -> False.
Proof.
  intros Ha Hb Hc E1 E2 N1 N2 N3.
  assert (Q1 := k_equal a b N1 E1). assert (Q2 := k_equal a c N2 E2).
  assert (S : (b - c) * (1 - (a + b + c)) = 0) by lra.
  apply Rmult_integral in S. destruct S as [S|S]; [lra|].
  assert (0 < a * b) by (apply Rmult_lt_0_compat; assumption).
  assert (0 < c * (a + b)) by (apply Rmult_lt_0_compat; lra).
  assert ((a + b) * (a + b + c) = a + b) by (replace (a + b + c) with 1 by lra; ring). nra.
Qed.

(** Two of each value: the product condition leaves them equal. *)
Lemma two_two a b : 0 < a < 1 -> 0 < b < 1 -> k a = k b -> (1 - a) ^ 2 * (1 - b) ^ 2 = a ^ 2 * b ^ 2 -> a = b.
Proof.
  intros Ha Hb E P. destruct (Req_dec a b) as [|N]; [assumption|exfalso]. assert (Q := k_equal a b N E).
  assert (H1 : 0 < (1 - a) * (1 - b)) by (apply Rmult_lt_0_compat; lra).
  assert (H2 : 0 < a * b) by (apply Rmult_lt_0_compat; lra).
  assert (Z : ((1 - a) * (1 - b) - a * b) * ((1 - a) * (1 - b) + a * b) = 0) by lra.
  apply Rmult_integral in Z. destruct Z; nra.
Qed.

(** Three of one value, one of another. The single one below: both lie where k is increasing. The single one above:
    q = (1-a)/a satisfies q^3 - 3q^2 + 2q - 1 = 0, so q > 2, and the point is a maximum along (1, 1, 1, -3). *)
Lemma three_one a b : 0 < a < 1 -> 0 < b < 1 -> k a = k b -> (1 - a) ^ 3 * (1 - b) = a ^ 3 * b ->
  0 <= (2 - 3 * a) + (2 - 3 * a) -> 0 <= 3 * (2 - 3 * a) + 9 * (2 - 3 * b) -> a = b.
Proof.
  intros Ha Hb E P S1 S2. destruct (Req_dec a b) as [|N]; [assumption|exfalso]. assert (Q := k_equal a b N E).
  destruct (Rlt_le_dec b a) as [Hlt|Hge]; [nra|]. assert (Hab : a < b) by lra. clear Hge.
  set (q := (1 - a) / a).
  assert (Hq : 0 < q) by (apply Rdiv_lt_0_compat; lra).
  assert (Ea : a = / (1 + q)) by (unfold q; field; lra).
  assert (Q3 : 0 < q ^ 3) by (apply pow_lt; assumption).
  assert (Eb : b = q ^ 3 / (1 + q ^ 3)).
  { assert (EP : q ^ 3 * (1 - b) = b).
    { unfold q. replace (((1 - a) / a) ^ 3 * (1 - b)) with (((1 - a) ^ 3 * (1 - b)) / a ^ 3) by (field; lra). rewrite P. field. lra. }
    apply Rmult_eq_reg_r with (1 + q ^ 3); [|lra]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  clearbody q.
  assert (Hq1 : 1 < q).
  { apply Rnot_le_lt. intros Hle.
    assert (Q2 : q * q <= 1) by nra. assert (Q3' : q ^ 3 <= q) by nra. assert (Q4 : q * q ^ 3 <= 1) by nra.
    assert (b <= a); [|lra]. rewrite Ea, Eb.
    apply Rmult_le_reg_r with ((1 + q) * (1 + q ^ 3)); [apply Rmult_lt_0_compat; lra|].
    replace (q ^ 3 / (1 + q ^ 3) * ((1 + q) * (1 + q ^ 3))) with (q ^ 3 + q * q ^ 3) by (field; lra).
    replace (/ (1 + q) * ((1 + q) * (1 + q ^ 3))) with (1 + q ^ 3) by (field; lra). lra. }
  assert (Cubic : q ^ 3 - 3 * q ^ 2 + 2 * q - 1 = 0).
  { unfold k in E. rewrite Ea, Eb in E.
    assert (E' : q * (1 + q ^ 3) ^ 3 = q ^ 6 * (1 + q) ^ 3).
    { assert (D1 : 0 < (1 + q) ^ 3) by (apply pow_lt; lra). assert (D2 : 0 < (1 + q ^ 3) ^ 3) by (apply pow_lt; lra).
      replace (q * (1 + q ^ 3) ^ 3) with ((/ (1 + q)) ^ 2 * (1 - / (1 + q)) * ((1 + q) ^ 3 * (1 + q ^ 3) ^ 3)) by (field; lra).
      rewrite E. field. lra. }
    assert (F : (q - 1) * ((q ^ 3 - 3 * q ^ 2 + 2 * q - 1) * ((q ^ 2 + 1) * (q * (1 + q) ^ 3))) = 0) by lra.
    apply Rmult_integral in F. destruct F as [F|F]; [lra|]. apply Rmult_integral in F. destruct F as [F|F]; [assumption|exfalso].
    assert (0 < q ^ 2 + 1) by nra. assert (0 < (1 + q) ^ 3) by (apply pow_lt; lra).
    assert (0 < (q ^ 2 + 1) * (q * (1 + q) ^ 3)) by (apply Rmult_lt_0_compat; [assumption|apply Rmult_lt_0_compat; assumption]). lra. }
  assert (Hq2 : 2 < q).
  { apply Rnot_le_lt. intros Hle. assert (0 <= q * (q - 1) * (2 - q)) by (repeat apply Rmult_le_pos; lra). lra. }
  assert (B : 8 < 3 * a + 9 * b).
  { rewrite Ea, Eb. apply Rmult_lt_reg_r with ((1 + q) * (1 + q ^ 3)); [apply Rmult_lt_0_compat; lra|].
    replace ((3 * / (1 + q) + 9 * (q ^ 3 / (1 + q ^ 3))) * ((1 + q) * (1 + q ^ 3))) with (3 * (1 + q ^ 3) + 9 * q ^ 3 * (1 + q)) by (field; lra).
    assert (8 < q ^ 3) by nra. nra. }
  lra.
Qed.

Lemma all_equal a : 0 < a < 1 -> (1 - a) ^ 4 = a ^ 4 -> a = / 2.
Proof.
  intros Ha H. assert (Z : (1 - 2 * a) * (((1 - a) ^ 2 + a ^ 2)) = 0) by lra.
  apply Rmult_integral in Z. destruct Z; nra.
Qed.

Lemma four_values s1 s2 s3 s4 :
  0 < s1 < 1 -> 0 < s2 < 1 -> 0 < s3 < 1 -> 0 < s4 < 1 ->
  k s1 = k s2 -> k s1 = k s3 -> k s1 = k s4 ->
  (1 - s1) * (1 - s2) * (1 - s3) * (1 - s4) = s1 * s2 * s3 * s4 ->
  0 <= (2 - 3 * s1) + (2 - 3 * s2) -> 0 <= (2 - 3 * s1) + (2 - 3 * s3) -> 0 <= (2 - 3 * s1) + (2 - 3 * s4) ->
  0 <= (2 - 3 * s2) + (2 - 3 * s3) -> 0 <= (2 - 3 * s2) + (2 - 3 * s4) -> 0 <= (2 - 3 * s3) + (2 - 3 * s4) ->
  0 <= 9 * (2 - 3 * s1) + (2 - 3 * s2) + (2 - 3 * s3) + (2 - 3 * s4) ->
  0 <= (2 - 3 * s1) + 9 * (2 - 3 * s2) + (2 - 3 * s3) + (2 - 3 * s4) ->
  0 <= (2 - 3 * s1) + (2 - 3 * s2) + 9 * (2 - 3 * s3) + (2 - 3 * s4) ->
  0 <= (2 - 3 * s1) + (2 - 3 * s2) + (2 - 3 * s3) + 9 * (2 - 3 * s4) ->
  s1 = / 2 /\ s2 = / 2 /\ s3 = / 2 /\ s4 = / 2.
Proof.
  intros B1 B2 B3 B4 K2 K3 K4 P C12 C13 C14 C23 C24 C34 D1 D2 D3 D4.
  assert (Same : s1 = s2 /\ s1 = s3 /\ s1 = s4).
  { destruct (Req_dec s1 s2) as [E2|N2]; destruct (Req_dec s1 s3) as [E3|N3]; destruct (Req_dec s1 s4) as [E4|N4].
    - auto.
    - subst s2 s3. exfalso. apply N4. apply three_one; try assumption; lra.
    - subst s2 s4. exfalso. apply N3. apply three_one; try assumption; lra.
    - subst s2. destruct (Req_dec s3 s4) as [E34|N34].
      + subst s4. exfalso. apply N3. apply two_two; try assumption. lra.
      + exfalso. apply (no_three_values s1 s3 s4); try assumption; lra.
    - subst s3 s4. exfalso. apply N2. apply three_one; try assumption; lra.
    - subst s3. destruct (Req_dec s2 s4) as [E24|N24].
      + subst s4. exfalso. apply N2. apply two_two; try assumption. lra.
      + exfalso. apply (no_three_values s1 s2 s4); try assumption; lra.
    - subst s4. destruct (Req_dec s2 s3) as [E23|N23].
      + subst s3. exfalso. apply N2. apply two_two; try assumption. lra.
      + exfalso. apply (no_three_values s1 s2 s3); try assumption; lra.
    - destruct (Req_dec s2 s3) as [E23|N23]; [|exfalso; apply (no_three_values s1 s2 s3); try assumption; lra].
      destruct (Req_dec s2 s4) as [E24|N24]; [|exfalso; apply (no_three_values s1 s2 s4); try assumption; lra].
      subst s3 s4. exfalso. apply N2. symmetry. apply three_one; try assumption; lra. }
  destruct Same as [<- [<- <-]]. assert (s1 = / 2); [|auto]. apply all_equal; [assumption|]. lra.
Qed.

(** ** A local minimum on the hyperplane y_1 + y_2 + y_3 + y_4 = 0. *)

Definition F (y1 y2 y3 y4 t w1 w2 w3 w4 : R) : R := f (y1 + t * w1) + f (y2 + t * w2) + f (y3 + t * w3) + f (y4 + t * w4).

Lemma along_derivable (u u1 : R -> R) y w t : (forall z, derivable_pt_lim u z (u1 z)) ->
  derivable_pt_lim (fun t => u (y + t * w)) t (w * u1 (y + t * w)).
Proof.
  intros H. eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_comp (fun t => y + t * w) u); [apply derivable_pt_lim_affine|apply H]. }
  cbv beta. ring.
Qed.

Theorem four_local_min y1 y2 y3 y4 : y1 + y2 + y3 + y4 = 0 ->
  (forall w1 w2 w3 w4, w1 + w2 + w3 + w4 = 0 -> exists d, 0 < d /\
     forall t, Rabs t < d -> F y1 y2 y3 y4 0 w1 w2 w3 w4 <= F y1 y2 y3 y4 t w1 w2 w3 w4) ->
  y1 = 0 /\ y2 = 0 /\ y3 = 0 /\ y4 = 0.
Proof.
  intros Hsum Hmin.
  assert (Cond : forall w1 w2 w3 w4, w1 + w2 + w3 + w4 = 0 ->
    w1 * h1 1 y1 + w2 * h1 1 y2 + w3 * h1 1 y3 + w4 * h1 1 y4 = 0 /\
    0 <= w1 ^ 2 * h2 1 y1 + w2 ^ 2 * h2 1 y2 + w3 ^ 2 * h2 1 y3 + w4 ^ 2 * h2 1 y4).
  { intros w1 w2 w3 w4 Hw. destruct (Hmin w1 w2 w3 w4 Hw) as [d [Hd Hm]].
    set (F1 := fun t => w1 * h1 1 (y1 + t * w1) + w2 * h1 1 (y2 + t * w2) + w3 * h1 1 (y3 + t * w3) + w4 * h1 1 (y4 + t * w4)).
    assert (Z : forall y w, y + 0 * w = y) by (intros; ring).
    assert (D1 : forall t, derivable_pt_lim (fun t => F y1 y2 y3 y4 t w1 w2 w3 w4) t (F1 t)).
    { intros t. unfold F, F1, f.
      apply (derivable_pt_lim_plus (fun t => h0 1 (y1 + t * w1) + h0 1 (y2 + t * w2) + h0 1 (y3 + t * w3))); [|apply along_derivable, h0_derivable].
      apply (derivable_pt_lim_plus (fun t => h0 1 (y1 + t * w1) + h0 1 (y2 + t * w2))); [|apply along_derivable, h0_derivable].
      apply (derivable_pt_lim_plus (fun t => h0 1 (y1 + t * w1))); apply along_derivable, h0_derivable. }
    assert (D2 : derivable_pt_lim F1 0 (w1 ^ 2 * h2 1 y1 + w2 ^ 2 * h2 1 y2 + w3 ^ 2 * h2 1 y3 + w4 ^ 2 * h2 1 y4)).
    { assert (S : forall y w, derivable_pt_lim (fun t => w * h1 1 (y + t * w)) 0 (w ^ 2 * h2 1 y)).
      { intros y w. eapply derivable_pt_lim_val.
        2: { apply (derivable_pt_lim_scal (fun t => h1 1 (y + t * w))). apply along_derivable, h1_derivable. }
        rewrite Z. ring. }
      unfold F1.
      apply (derivable_pt_lim_plus (fun t => w1 * h1 1 (y1 + t * w1) + w2 * h1 1 (y2 + t * w2) + w3 * h1 1 (y3 + t * w3))); [|apply S].
      apply (derivable_pt_lim_plus (fun t => w1 * h1 1 (y1 + t * w1) + w2 * h1 1 (y2 + t * w2))); [|apply S].
      apply (derivable_pt_lim_plus (fun t => w1 * h1 1 (y1 + t * w1))); apply S. }
    assert (Z1 : F1 0 = 0) by (apply (derivative_at_local_min _ _ d (D1 0) Hd); assumption).
    split; [|apply (second_order _ F1 _ d D1 D2 Hd Hm Z1)]. unfold F1 in Z1. rewrite !Z in Z1. exact Z1. }
  assert (EE : forall y, h1 1 y = -16 * k (sig y)) by (intros; unfold h1, k; ring).
  assert (EG : forall y, h2 1 y = 32 * k (sig y) * (2 - 3 * sig y)) by (intros; unfold h2, k; ring).
  assert (B : forall y, 0 < sig y < 1) by (intros; split; [apply sig_pos|apply sig_lt_1]).
  assert (Pk : forall y, 0 < k (sig y)).
  { intros y. destruct (B y). unfold k. apply Rmult_lt_0_compat; [apply pow_lt; assumption|lra]. }
  assert (K2 : k (sig y1) = k (sig y2)) by (destruct (Cond 1 (-1) 0 0) as [C _]; [lra|]; rewrite !EE in C; lra).
  assert (K3 : k (sig y1) = k (sig y3)) by (destruct (Cond 1 0 (-1) 0) as [C _]; [lra|]; rewrite !EE in C; lra).
  assert (K4 : k (sig y1) = k (sig y4)) by (destruct (Cond 1 0 0 (-1)) as [C _]; [lra|]; rewrite !EE in C; lra).
  assert (P := Pk y1).
  assert (Sec : forall w1 w2 w3 w4, w1 + w2 + w3 + w4 = 0 ->
    0 <= w1 ^ 2 * (2 - 3 * sig y1) + w2 ^ 2 * (2 - 3 * sig y2) + w3 ^ 2 * (2 - 3 * sig y3) + w4 ^ 2 * (2 - 3 * sig y4)).
  { intros w1 w2 w3 w4 Hw. destruct (Cond w1 w2 w3 w4 Hw) as [_ C]. rewrite !EG, <- K2, <- K3, <- K4 in C.
    apply Rmult_le_reg_l with (32 * k (sig y1)); [lra|]. lra. }
  assert (Prod : (1 - sig y1) * (1 - sig y2) * (1 - sig y3) * (1 - sig y4) = sig y1 * sig y2 * sig y3 * sig y4).
  { rewrite !one_minus_sig.
    replace (exp (2 * y4)) with (/ (exp (2 * y1) * exp (2 * y2) * exp (2 * y3))).
    - assert (E1 := exp_pos (2 * y1)). assert (E2 := exp_pos (2 * y2)). assert (E3 := exp_pos (2 * y3)). field. lra.
    - rewrite <- !exp_plus, <- exp_Ropp. f_equal. lra. }
  assert (Fin : sig y1 = / 2 /\ sig y2 = / 2 /\ sig y3 = / 2 /\ sig y4 = / 2).
  { assert (X1 := Sec 1 (-1) 0 0). assert (X2 := Sec 1 0 (-1) 0). assert (X3 := Sec 1 0 0 (-1)).
    assert (X4 := Sec 0 1 (-1) 0). assert (X5 := Sec 0 1 0 (-1)). assert (X6 := Sec 0 0 1 (-1)).
    assert (X7 := Sec (-3) 1 1 1). assert (X8 := Sec 1 (-3) 1 1). assert (X9 := Sec 1 1 (-3) 1). assert (X10 := Sec 1 1 1 (-3)).
    apply four_values; try apply B; try assumption; lra. }
  assert (Inj : forall y, sig y = / 2 -> y = 0).
  { intros y H. unfold sig in H. assert (E := exp_pos (2 * y)).
    assert (H1 : exp (2 * y) = 1).
    { assert (1 + exp (2 * y) = 2); [|lra]. rewrite <- (Rinv_inv (1 + exp (2 * y))), H. field. }
    rewrite <- exp_0 in H1. apply exp_inv in H1. lra. }
  destruct Fin as [F1 [F2 [F3 F4]]]. auto.
Qed.
