(** * The barrier rule is sound.

    [check_min p c = true] gives a strict local minimum in the box of the certificate, with quadratic growth, the only
    critical point there; [check p c l = true] gives a spurious one. *)

Require Import Reals ZArith List Bool Lra Lia Psatz.
Require Import Spurious.Surface Spurious.Vectors Spurious.Monotone Spurious.Sigmoid Spurious.Convex.
Require Export Spurious.Checker.
Import ListNotations.
Open Scope R_scope.

(** ** What the integers mean. *)

Definition real_row (q : Z) (r : zrow) : row := Row (map IZR (za r)) (IZR (zb r) / IZR q) (IZR (zw r)).
Definition real_rows (p : problem) : list row := map (real_row (denom p)) (zrows p).

(** c_i = log(X_i / 2^e) / 2. *)
Definition real_point (e : Z) (X : list Z) : list R := map (fun x => log (IZR x / IZR (2 ^ e)) / 2) X.

Lemma pow2_spec k : pow2 k = (2 ^ k)%Z.
Proof. apply Z.shiftl_1_l. Qed.

Lemma pow2_pos k : (0 <= k)%Z -> 0 < IZR (pow2 k).
Proof. intros H. rewrite pow2_spec. apply IZR_lt. apply Z.pow_pos_nonneg; lia. Qed.

(** ** Steps 1 and 2. *)

Lemma exp_INR n t : exp (INR n * t) = exp t ^ n.
Proof.
  induction n as [|n IH]; [rewrite Rmult_0_l; apply exp_0|].
  rewrite S_INR. replace ((INR n + 1) * t) with (t + INR n * t) by ring. rewrite exp_plus, IH. reflexivity.
Qed.

Lemma pow_pos_IZR x p : IZR (Z.pow_pos x p) = IZR x ^ Pos.to_nat p.
Proof. rewrite pow_IZR, positive_nat_Z. reflexivity. Qed.

Lemma pos_INR p : IZR (Zpos p) = INR (Pos.to_nat p).
Proof. rewrite INR_IZR_INZ, positive_nat_Z. reflexivity. Qed.

Lemma pow2_IZR e p : (0 <= e)%Z -> IZR (2 ^ (e * Zpos p)) = IZR (2 ^ e) ^ Pos.to_nat p.
Proof. intros He. rewrite pow_IZR, positive_nat_Z, Z.pow_mul_r by lia. reflexivity. Qed.

Lemma monomial_exp e (He : (0 <= e)%Z) : forall a X, length a = length X -> Forall (fun x => (0 < x)%Z) X ->
  let '((up, down), (plus, minus)) := monomial a X in
  (0 < up)%Z /\ (0 < down)%Z /\ (0 <= plus)%Z /\ (0 <= minus)%Z /\
  exp (2 * dot (map IZR a) (real_point e X)) * (IZR down * IZR (2 ^ (e * plus))) = IZR up * IZR (2 ^ (e * minus)).
Proof.
  induction a as [|a1 a IH]; intros [|x X] Hl HX; try discriminate.
  - cbn [monomial map dot]. rewrite Z.mul_0_r, Rmult_0_r, exp_0. repeat split; try lia. simpl. lra.
  - inversion HX as [|? ? Hx HX']; subst. specialize (IH X (eq_add_S _ _ Hl) HX').
    change (real_point e (x :: X)) with (log (IZR x / IZR (2 ^ e)) / 2 :: real_point e X). cbn [monomial map dot].
    destruct (monomial a X) as [[up down] [plus minus]]. destruct IH as [H1 [H2 [H3 [H4 H5]]]].
    assert (HK : 0 < IZR (2 ^ e)) by (apply IZR_lt; apply Z.pow_pos_nonneg; lia).
    assert (Hxr : 0 < IZR x) by (apply IZR_lt; assumption).
    assert (Ht : exp (2 * (log (IZR x / IZR (2 ^ e)) / 2)) = IZR x / IZR (2 ^ e)).
    { replace (2 * (log (IZR x / IZR (2 ^ e)) / 2)) with (log (IZR x / IZR (2 ^ e))) by field.
      apply exp_log. apply Rdiv_lt_0_compat; assumption. }
    set (t := log (IZR x / IZR (2 ^ e)) / 2) in *. set (y := dot (map IZR a) (real_point e X)) in *.
    destruct a1 as [|p|p].
    + repeat split; try assumption. rewrite Rmult_0_l, Rplus_0_l. assumption.
    + assert (Hp : exp (2 * (IZR (Zpos p) * t)) * IZR (2 ^ (e * Zpos p)) = IZR (Z.pow_pos x p)).
      { rewrite (pos_INR p), pow2_IZR, pow_pos_IZR by assumption.
        replace (2 * (INR (Pos.to_nat p) * t)) with (INR (Pos.to_nat p) * (2 * t)) by ring.
        rewrite exp_INR, Ht, <- Rpow_mult_distr. f_equal. field. lra. }
      assert (Hxp : (0 < Z.pow_pos x p)%Z) by (apply (Z.pow_pos_nonneg x (Zpos p)); lia).
      split; [nia|split; [nia|split; [lia|split; [lia|]]]].
      rewrite Rmult_plus_distr_l, exp_plus, Z.mul_add_distr_l, Z.pow_add_r, !mult_IZR by lia.
      rewrite <- Hp. transitivity (exp (2 * (IZR (Z.pos p) * t)) * IZR (2 ^ (e * Z.pos p)) * (exp (2 * y) * (IZR down * IZR (2 ^ (e * plus))))); [ring|].
      rewrite H5. ring.
    + assert (Hp : exp (2 * (IZR (Zneg p) * t)) * IZR (Z.pow_pos x p) = IZR (2 ^ (e * Zpos p))).
      { rewrite pow2_IZR, pow_pos_IZR by assumption. change (IZR (Zneg p)) with (- IZR (Zpos p)). rewrite (pos_INR p).
        replace (2 * (- INR (Pos.to_nat p) * t)) with (- (INR (Pos.to_nat p) * (2 * t))) by ring.
        rewrite exp_Ropp, exp_INR, Ht.
        assert (Hn : (IZR x / IZR (2 ^ e)) ^ Pos.to_nat p <> 0) by (apply pow_nonzero; apply Rgt_not_eq; apply Rdiv_lt_0_compat; assumption).
        assert (Hm : IZR x ^ Pos.to_nat p = (IZR x / IZR (2 ^ e)) ^ Pos.to_nat p * IZR (2 ^ e) ^ Pos.to_nat p).
        { rewrite <- Rpow_mult_distr. f_equal. field. lra. }
        rewrite Hm, <- Rmult_assoc, Rinv_l by assumption. ring. }
      assert (Hxp : (0 < Z.pow_pos x p)%Z) by (apply (Z.pow_pos_nonneg x (Zpos p)); lia).
      split; [nia|split; [nia|split; [lia|split; [lia|]]]].
      rewrite Rmult_plus_distr_l, exp_plus, Z.mul_add_distr_l, Z.pow_add_r, !mult_IZR by lia.
      rewrite <- Hp. transitivity (exp (2 * (IZR (Z.neg p) * t)) * IZR (Z.pow_pos x p) * (exp (2 * y) * (IZR down * IZR (2 ^ (e * plus))))); [ring|].
      rewrite H5. ring.
Qed.

(** s lies in [S, S+1]/2^k. *)
Definition in_cell (k S : Z) (s : R) : Prop := 0 <= IZR S /\ IZR S <= IZR (pow2 k) * s <= IZR S + 1.

Lemma cell_sound k e X a S : (0 <= k)%Z -> (0 <= e)%Z -> length a = length X -> Forall (fun x => (0 < x)%Z) X ->
  cell_ok k e X a S = true -> in_cell k S (sig (dot (map IZR a) (real_point e X))).
Proof.
  intros Hk He Hl HX H. unfold cell_ok in H. assert (M := monomial_exp e He a X Hl HX).
  destruct (monomial a X) as [[up down] [plus minus]]. destruct M as [Hup [Hdown [Hplus [Hminus HE]]]].
  apply andb_prop in H. destruct H as [H H3]. apply andb_prop in H. destruct H as [H1 H2].
  apply Z.leb_le in H1, H2, H3.
  rewrite !Z.shiftl_mul_pow2 in H2, H3 by nia.
  set (N := (up * 2 ^ (e * minus))%Z) in *. set (D := (down * 2 ^ (e * plus))%Z) in *.
  assert (HN : (0 < N)%Z) by (apply Z.mul_pos_pos; [lia|apply Z.pow_pos_nonneg; nia]).
  assert (HD : (0 < D)%Z) by (apply Z.mul_pos_pos; [lia|apply Z.pow_pos_nonneg; nia]).
  assert (HE' : exp (2 * dot (map IZR a) (real_point e X)) * IZR D = IZR N).
  { unfold D, N. rewrite !mult_IZR. exact HE. }
  clearbody N D. apply IZR_lt in HN, HD. apply IZR_le in H1, H2, H3.
  rewrite ?plus_IZR, ?mult_IZR, ?plus_IZR in H2. rewrite ?plus_IZR, ?mult_IZR, ?plus_IZR in H3.
  unfold in_cell. rewrite pow2_spec. set (K := IZR (2 ^ k)) in *. unfold sig. set (ex := exp _) in *.
  assert (HT : 0 < IZR D + IZR N) by lra.
  assert (Hs : K * / (1 + ex) = IZR D * K / (IZR D + IZR N)).
  { rewrite <- HE'. assert (0 < ex) by apply exp_pos. field. repeat split; nra. }
  rewrite Hs. split; [assumption|]. split.
  - apply Rmult_le_reg_r with (IZR D + IZR N); [assumption|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by (apply Rgt_not_eq; assumption). lra.
  - apply Rmult_le_reg_r with (IZR D + IZR N); [assumption|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by (apply Rgt_not_eq; assumption). lra.
Qed.

(** ** Steps 3 and 4. *)

Lemma abs_sum_l1 a : IZR (abs_sum a) = l1 (map IZR a).
Proof. induction a as [|a1 a IH]; simpl; [reflexivity|]. rewrite plus_IZR, abs_IZR, IH. reflexivity. Qed.

Lemma curvature_sound k m q r S M y0 : (0 <= k)%Z -> (0 <= m)%Z -> (0 < q)%Z -> (0 < zw r)%Z ->
  curvature_ok k m q r S M = true -> in_cell k S (sig y0) ->
  forall y, Rabs (y - y0) <= l1 (map IZR (za r)) * / IZR (pow2 m) ->
    IZR M / IZR (pow2 k) / IZR (zw r) <= h2 (IZR (zb r) / IZR q) y.
Proof.
  intros Hk Hm Hq Hwt H [HS Hs] y Hy.
  unfold curvature_ok in H.
  set (K := pow2 k) in *. set (Q := pow2 m) in *. set (A := (2 * abs_sum (za r))%Z) in *.
  assert (PK : 0 < IZR K) by (apply pow2_pos; assumption).
  assert (PQ : 0 < IZR Q) by (apply pow2_pos; assumption).
  assert (Pq : 0 < IZR q) by (apply IZR_lt; assumption).
  set (below := (Q * Q - A * Q)%Z) in *. set (above := (Q * Q + A * Q + 2 * (A * A))%Z) in *.
  set (W := (K * (Q * Q))%Z) in *.
  apply andb_prop in H. destruct H as [H2 H3]. apply IZR_lt in Hwt.
  apply Z.leb_le in H2, H3. apply IZR_le in H2. rewrite mult_IZR in H2.
  assert (H1 : 0 <= IZR A) by (unfold A; rewrite mult_IZR, abs_sum_l1; generalize (l1_nonneg (map IZR (za r))); lra).
  set (d := IZR A / IZR Q).
  assert (Hd : d <= / 4).
  { unfold d. apply Rmult_le_reg_r with (IZR Q); [assumption|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by (apply Rgt_not_eq; assumption). lra. }
  assert (Hd0 : 0 <= d) by (apply Rmult_le_pos; [assumption|left; apply Rinv_0_lt_compat; assumption]).
  assert (Hy' : Rabs (y - y0) <= d / 2).
  { unfold d, A. rewrite mult_IZR, abs_sum_l1. eapply Rle_trans; [exact Hy|]. apply Req_le. field. lra. }
  assert (Hratio := sig_ratio d y0 y Hy'). destruct Hratio as [[R1 R2] [R3 R4]]; [lra|].
  assert (Eb : IZR below = IZR Q ^ 2 * (1 - d)) by (unfold below, d; rewrite minus_IZR, !mult_IZR; field; lra).
  assert (Ea : IZR above = IZR Q ^ 2 * (1 + d + 2 * d ^ 2)) by (unfold above, d; rewrite !plus_IZR, !mult_IZR; field; lra).
  assert (EW : IZR W = IZR K * IZR Q ^ 2) by (unfold W; rewrite !mult_IZR; ring).
  assert (PQ2 : 0 < IZR Q ^ 2) by (apply pow_lt; assumption).
  assert (Pb : 0 <= IZR below) by (rewrite Eb; apply Rmult_le_pos; lra).
  assert (Pa : 0 <= IZR above) by (rewrite Ea; apply Rmult_le_pos; [lra|nra]).
  assert (PW : 0 < IZR W) by (rewrite EW; apply Rmult_lt_0_compat; assumption).
  set (s_lo := (S * below)%Z) in *. set (s_hi := ((S + 1) * above)%Z) in *.
  set (c_lo := ((K - S - 1) * below)%Z) in *. set (c_hi := ((K - S) * above)%Z) in *.
  assert (S0 := sig_pos y0). assert (S1 := sig_lt_1 y0). assert (T0 := sig_pos y). assert (T1 := sig_lt_1 y).
  set (s := IZR W * sig y). set (c := IZR W * (1 - sig y)).
  assert (Ls : IZR s_lo <= s).
  { unfold s_lo, s. rewrite mult_IZR, Eb, EW.
    apply Rle_trans with (IZR K * IZR Q ^ 2 * (sig y0 * (1 - d))); [|apply Rmult_le_compat_l; nra].
    replace (IZR K * IZR Q ^ 2 * (sig y0 * (1 - d))) with (IZR K * sig y0 * (IZR Q ^ 2 * (1 - d))) by ring.
    apply Rmult_le_compat_r; [rewrite <- Eb; assumption|lra]. }
  assert (Us : s <= IZR s_hi).
  { unfold s_hi, s. rewrite mult_IZR, plus_IZR, Ea, EW.
    apply Rle_trans with (IZR K * IZR Q ^ 2 * (sig y0 * (1 + d + 2 * d ^ 2))); [apply Rmult_le_compat_l; nra|].
    replace (IZR K * IZR Q ^ 2 * (sig y0 * (1 + d + 2 * d ^ 2))) with (IZR K * sig y0 * (IZR Q ^ 2 * (1 + d + 2 * d ^ 2))) by ring.
    apply Rmult_le_compat_r; [rewrite <- Ea; assumption|lra]. }
  assert (Lc : IZR c_lo <= c).
  { unfold c_lo, c. rewrite mult_IZR, !minus_IZR, Eb, EW.
    apply Rle_trans with (IZR K * IZR Q ^ 2 * ((1 - sig y0) * (1 - d))); [|apply Rmult_le_compat_l; nra].
    replace (IZR K * IZR Q ^ 2 * ((1 - sig y0) * (1 - d))) with (IZR K * (1 - sig y0) * (IZR Q ^ 2 * (1 - d))) by ring.
    apply Rmult_le_compat_r; [rewrite <- Eb; assumption|lra]. }
  assert (Uc : c <= IZR c_hi).
  { unfold c_hi, c. rewrite mult_IZR, !minus_IZR, Ea, EW.
    apply Rle_trans with (IZR K * IZR Q ^ 2 * ((1 - sig y0) * (1 + d + 2 * d ^ 2))); [apply Rmult_le_compat_l; nra|].
    replace (IZR K * IZR Q ^ 2 * ((1 - sig y0) * (1 + d + 2 * d ^ 2))) with (IZR K * (1 - sig y0) * (IZR Q ^ 2 * (1 + d + 2 * d ^ 2))) by ring.
    apply Rmult_le_compat_r; [rewrite <- Ea; assumption|lra]. }
  assert (HSK : (S + 1 <= K)%Z).
  { assert (S < K)%Z; [|lia]. apply lt_IZR. apply Rle_lt_trans with (IZR K * sig y0); [lra|].
    rewrite <- (Rmult_1_r (IZR K)) at 2. apply Rmult_lt_compat_l; assumption. }
  assert (Ps_lo : 0 <= IZR s_lo) by (unfold s_lo; rewrite mult_IZR; apply Rmult_le_pos; assumption).
  assert (Pc_lo : 0 <= IZR c_lo).
  { unfold c_lo. rewrite mult_IZR. apply Rmult_le_pos; [apply IZR_le; lia|assumption]. }
  set (P_lo := (s_lo * c_lo)%Z) in *. set (P_hi := (s_hi * c_hi)%Z) in *.
  assert (LP : IZR P_lo <= s * c) by (unfold P_lo; rewrite mult_IZR; apply Rmult_le_compat; assumption).
  assert (UP : s * c <= IZR P_hi) by (unfold P_hi; rewrite mult_IZR; apply Rmult_le_compat; lra).
  assert (P0 : 0 <= s * c) by (apply Rmult_le_pos; lra).
  set (sx := if (0 <=? zb r)%Z then s_hi else s_lo) in *.
  assert (Hsx : IZR (zb r) * s <= IZR (zb r) * IZR sx).
  { unfold sx. destruct (0 <=? zb r)%Z eqn:Hb.
    - apply Z.leb_le, IZR_le in Hb. apply Rmult_le_compat_l; assumption.
    - apply Z.leb_gt, IZR_lt in Hb. assert (0 <= - IZR (zb r) * (s - IZR s_lo)) by (apply Rmult_le_pos; lra). lra. }
  clearbody sx.
  set (B_lo := (q * (6 * P_lo - W * W) + zb r * (W * (W - 2 * sx)))%Z) in *.
  set (b := IZR q * (6 * (s * c) - IZR W * IZR W) + IZR (zb r) * (IZR W * (IZR W - 2 * s))).
  assert (LB : IZR B_lo <= b).
  { unfold B_lo, b. rewrite plus_IZR, !mult_IZR, !minus_IZR, !mult_IZR.
    assert (IZR q * (6 * IZR P_lo) <= IZR q * (6 * (s * c))) by (apply Rmult_le_compat_l; lra).
    assert (IZR W * (IZR (zb r) * s) <= IZR W * (IZR (zb r) * IZR sx)) by (apply Rmult_le_compat_l; lra). nra. }
  clearbody B_lo.
  assert (HPB : IZR ((if (0 <=? B_lo)%Z then P_lo else P_hi) * B_lo) <= s * c * b).
  { rewrite mult_IZR. destruct (0 <=? B_lo)%Z eqn:HB.
    - apply Z.leb_le, IZR_le in HB. assert (0 <= IZR P_lo) by (unfold P_lo; rewrite mult_IZR; apply Rmult_le_pos; assumption).
      apply Rmult_le_compat; assumption.
    - apply Z.leb_gt, IZR_lt in HB.
      assert (0 <= (IZR P_hi - s * c) * - IZR B_lo) by (apply Rmult_le_pos; lra).
      assert (s * c * IZR B_lo <= s * c * b) by (apply Rmult_le_compat_l; assumption). lra. }
  apply IZR_le in H3. rewrite (mult_IZR (16 * K * zw r)), (mult_IZR (16 * K)), (mult_IZR 16 K) in H3.
  rewrite (mult_IZR q), (mult_IZR (W * W)), (mult_IZR (W * W) M), (mult_IZR W W) in H3.
  assert (H4 : IZR q * (IZR W * IZR W * (IZR W * IZR W * IZR M)) <= 16 * IZR K * IZR (zw r) * (s * c * b)).
  { eapply Rle_trans; [exact H3|]. apply Rmult_le_compat_l; [|assumption]. left. repeat apply Rmult_lt_0_compat; lra. }
  assert (Eb' : b = IZR q * (IZR W * IZR W) * (6 * (sig y * (1 - sig y)) - 1 + IZR (zb r) / IZR q * (1 - 2 * sig y))).
  { unfold b, s, c. field. lra. }
  assert (Esc : s * c = IZR W * IZR W * (sig y * (1 - sig y))) by (unfold s, c; ring).
  rewrite Esc, Eb' in H4. unfold h2.
  set (P := sig y * (1 - sig y)) in *. set (Br := 6 * P - 1 + IZR (zb r) / IZR q * (1 - 2 * sig y)) in *.
  assert (PW4 : 0 < IZR q * (IZR W * IZR W * (IZR W * IZR W))).
  { apply Rmult_lt_0_compat; [assumption|]. assert (0 < IZR W * IZR W) by nra. nra. }
  apply Rmult_le_reg_r with (IZR K * IZR (zw r)); [apply Rmult_lt_0_compat; assumption|].
  replace (IZR M / IZR K / IZR (zw r) * (IZR K * IZR (zw r))) with (IZR M) by (field; lra).
  apply Rmult_le_reg_l with (1 := PW4). lra.
Qed.

(** ** Step 5. *)

Fixpoint radd (u v : list R) : list R :=
  match u, v with
  | [], _ => v
  | _, [] => u
  | u1 :: u', v1 :: v' => (u1 + v1) :: radd u' v'
  end.

Lemma dot_radd u : forall v x, dot (radd u v) x = dot u x + dot v x.
Proof.
  induction u as [|u1 u IH]; intros v x; [simpl; ring|].
  destruct v as [|v1 v]; [simpl; ring|]. destruct x as [|x1 x]; simpl; [ring|]. rewrite IH. ring.
Qed.

Lemma dot_scale t a : forall x, dot (map (Rmult t) a) x = t * dot a x.
Proof. induction a as [|a1 a IH]; intros [|x1 x]; simpl; try ring. rewrite IH. ring. Qed.

Definition above_all (lo : list Z) (g : list R) : Prop := Forall2 (fun l t => IZR l <= t) lo g.
Definition below_all (hi : list Z) (g : list R) : Prop := Forall2 (fun h t => t <= IZR h) hi g.

Lemma add_above lo g : above_all lo g -> forall lo' g', above_all lo' g' -> above_all (add lo lo') (radd g g').
Proof.
  intros H. induction H as [|l t lo g Hl H IH]; intros lo' g' H'; [assumption|].
  destruct H' as [|l' t' lo' g' Hl' H']; simpl; [constructor; assumption|].
  constructor; [rewrite plus_IZR; lra|apply IH; assumption].
Qed.

Lemma add_below hi g : below_all hi g -> forall hi' g', below_all hi' g' -> below_all (add hi hi') (radd g g').
Proof.
  intros H. induction H as [|l t lo g Hl H IH]; intros lo' g' H'; [assumption|].
  destruct H' as [|l' t' lo' g' Hl' H']; simpl; [constructor; assumption|].
  constructor; [rewrite plus_IZR; lra|apply IH; assumption].
Qed.

Lemma scale_above a lo hi t : IZR lo <= t <= IZR hi -> above_all (scale_lo a lo hi) (map (Rmult t) (map IZR a)).
Proof.
  intros H. induction a as [|a1 a IH]; simpl; constructor; [|assumption].
  rewrite mult_IZR. destruct (0 <=? a1)%Z eqn:Ha.
  - apply Z.leb_le, IZR_le in Ha. nra.
  - apply Z.leb_gt, IZR_lt in Ha. nra.
Qed.

Lemma scale_below a lo hi t : IZR lo <= t <= IZR hi -> below_all (scale_lo a hi lo) (map (Rmult t) (map IZR a)).
Proof.
  intros H. induction a as [|a1 a IH]; simpl; constructor; [|assumption].
  rewrite mult_IZR. destruct (0 <=? a1)%Z eqn:Ha.
  - apply Z.leb_le, IZR_le in Ha. nra.
  - apply Z.leb_gt, IZR_lt in Ha. nra.
Qed.

Lemma sup_sum_bound lo g : above_all lo g -> forall hi, below_all hi g -> forall v d, 0 <= d ->
  Forall (fun t => Rabs t <= d) v -> Rabs (dot g v) <= IZR (sup_sum lo hi) * d.
Proof.
  intros H. induction H as [|l t lo g Hl H IH]; intros hi Hhi v d Hd Hv.
  - inversion Hhi; subst. simpl. rewrite Rabs_R0. lra.
  - inversion Hhi as [|h ? hi' ? Hh Hhi']; subst. destruct v as [|v1 v].
    + rewrite dot_nil_r, Rabs_R0. simpl. rewrite plus_IZR.
      assert (B := IH hi' Hhi' [] d Hd (Forall_nil _)). rewrite dot_nil_r, Rabs_R0 in B.
      assert (0 <= IZR (Z.max (Z.abs l) (Z.abs h))) by (apply IZR_le; lia). nra.
    + inversion Hv; subst. simpl. rewrite plus_IZR.
      assert (B := IH hi' Hhi' v d Hd H3).
      assert (Hm : Rabs t <= IZR (Z.max (Z.abs l) (Z.abs h))).
      { apply Rabs_le. assert (- IZR (Z.max (Z.abs l) (Z.abs h)) <= IZR l) by (rewrite <- opp_IZR; apply IZR_le; lia).
        assert (IZR h <= IZR (Z.max (Z.abs l) (Z.abs h))) by (apply IZR_le; lia). lra. }
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
      assert (Rabs t * Rabs v1 <= IZR (Z.max (Z.abs l) (Z.abs h)) * d).
      { apply Rmult_le_compat; try apply Rabs_pos; assumption. }
      lra.
Qed.

Lemma residual_sound k q r S s : (0 < q)%Z -> in_cell k S s ->
  IZR (residual_lo (pow2 k) q r S) <= IZR q * IZR (pow2 k) * (1 - 2 * s - IZR (zb r) / IZR q)
    <= IZR (residual_hi (pow2 k) q r S).
Proof.
  intros Hq [HS Hs]. apply IZR_lt in Hq. unfold residual_lo, residual_hi.
  rewrite !minus_IZR, !mult_IZR, !minus_IZR, !mult_IZR. set (K := IZR (pow2 k)) in *.
  replace (IZR q * K * (1 - 2 * s - IZR (zb r) / IZR q)) with (IZR q * (K - 2 * (K * s)) - K * IZR (zb r)) by (field; lra).
  split; nra.
Qed.

Lemma slope_sound k q r S y : (0 <= k)%Z -> (0 < q)%Z -> in_cell k S (sig y) ->
  IZR (slope_lo (pow2 k) q r S) <= IZR q * IZR (pow2 k) ^ 3 / 8 * h1 (IZR (zb r) / IZR q) y
    <= IZR (slope_hi (pow2 k) q r S).
Proof.
  intros Hk Hq H. assert (HR := residual_sound k q r S (sig y) Hq H). destruct H as [HS Hs].
  assert (PK := pow2_pos k Hk). set (K := pow2 k) in *.
  assert (T0 := sig_pos y). assert (T1 := sig_lt_1 y).
  set (u := IZR q * IZR K * (1 - 2 * sig y - IZR (zb r) / IZR q)) in *.
  set (P := IZR K * sig y * (IZR K - IZR K * sig y)).
  replace (IZR q * IZR K ^ 3 / 8 * h1 (IZR (zb r) / IZR q) y) with (u * P) by (unfold u, P, h1; field; apply not_0_IZR; lia).
  assert (HSK : (S + 1 <= K)%Z).
  { assert (S < K)%Z; [|lia]. apply lt_IZR. apply Rle_lt_trans with (IZR K * sig y); [lra|].
    rewrite <- (Rmult_1_r (IZR K)) at 2. apply Rmult_lt_compat_l; assumption. }
  apply IZR_le in HSK. rewrite plus_IZR in HSK.
  assert (HP : IZR (S * (K - S - 1)) <= P <= IZR ((S + 1) * (K - S))).
  { unfold P. rewrite !mult_IZR, !minus_IZR, plus_IZR. split; apply Rmult_le_compat; lra. }
  assert (HP0 : 0 <= IZR (S * (K - S - 1))).
  { rewrite mult_IZR, !minus_IZR. apply Rmult_le_pos; lra. }
  unfold slope_lo, slope_hi. destruct HR as [HR1 HR2]. split.
  - destruct (0 <=? residual_lo K q r S)%Z eqn:Hu; rewrite mult_IZR.
    + apply Z.leb_le, IZR_le in Hu. apply Rmult_le_compat; lra.
    + apply Z.leb_gt, IZR_lt in Hu.
      set (L := IZR (residual_lo K q r S)) in *. set (PH := IZR ((S + 1) * (K - S))) in *.
      assert (0 <= - L * (PH - P)) by (apply Rmult_le_pos; lra).
      assert (L * P <= u * P) by (apply Rmult_le_compat_r; lra). lra.
  - destruct (0 <=? residual_hi K q r S)%Z eqn:Hu; rewrite mult_IZR.
    + apply Z.leb_le, IZR_le in Hu. set (L := IZR (residual_hi K q r S)) in *. set (PH := IZR ((S + 1) * (K - S))) in *.
      assert (u * P <= L * P) by (apply Rmult_le_compat_r; lra).
      assert (L * P <= L * PH) by (apply Rmult_le_compat_l; lra). lra.
    + apply Z.leb_gt, IZR_lt in Hu. set (L := IZR (residual_hi K q r S)) in *. set (PL := IZR (S * (K - S - 1))) in *.
      assert (u * P <= L * P) by (apply Rmult_le_compat_r; lra).
      assert (0 <= - L * (P - PL)) by (apply Rmult_le_pos; lra). lra.
Qed.

(** The cells of a list of rows enclose s at the point x. *)
Definition cells_at (k : Z) (x : list R) (rows : list zrow) (ss : list Z) : Prop :=
  Forall2 (fun r S => (0 < zw r)%Z /\ in_cell k S (sig (dot (map IZR (za r)) x))) rows ss.

Lemma gradient_sound k q x : (0 <= k)%Z -> (0 < q)%Z -> forall rows cs, cells_at k x rows (map fst cs) ->
  let '(lo, hi) := gradient (pow2 k) q rows cs in
  exists g, above_all lo g /\ below_all hi g /\
    forall v, IZR q * IZR (pow2 k) ^ 3 / 8 * DE (map (real_row q) rows) x v = dot g v.
Proof.
  intros Hk Hq. induction rows as [|r rows IH]; intros cs H.
  - inversion H; subst. destruct cs; [|discriminate]. simpl. exists []. repeat split; try constructor. intros. simpl. ring.
  - destruct cs as [|[S M] cs]; inversion H as [|? ? ? ? [Hw HS] H']; subst. specialize (IH cs H'). cbn [gradient].
    cbn [fst] in HS. destruct (gradient (pow2 k) q rows cs) as [lo hi]. destruct IH as [g [Hlo [Hhi Hg]]].
    assert (SL := slope_sound k q r S _ Hk Hq HS). set (y := dot (map IZR (za r)) x) in *.
    set (U := IZR q * IZR (pow2 k) ^ 3 / 8) in *. set (t := U * h1 (IZR (zb r) / IZR q) y) in *.
    apply IZR_lt in Hw.
    assert (HT : IZR (zw r * slope_lo (pow2 k) q r S) <= IZR (zw r) * t <= IZR (zw r * slope_hi (pow2 k) q r S)).
    { rewrite !mult_IZR. split; apply Rmult_le_compat_l; lra. }
    exists (radd (map (Rmult (IZR (zw r) * t)) (map IZR (za r))) g). split; [|split].
    + apply add_above; [apply scale_above; assumption|assumption].
    + apply add_below; [apply scale_below; assumption|assumption].
    + intros v. rewrite dot_radd, dot_scale, <- Hg. cbn [map DE real_row input weight target]. fold y. unfold t. ring.
Qed.

(** ** Step 6. *)

Definition row_form (r : list Z) (x : R) (v : list R) : R :=
  match r with
  | [] => 0
  | d :: o => IZR d * x ^ 2 + 2 * x * dot (map IZR o) v
  end.

(** The quadratic form of an upper triangle. *)
Fixpoint form (T : triangle) (v : list R) : R :=
  match T, v with
  | r :: T', x :: v' => row_form r x v' + form T' v'
  | _, _ => 0
  end.

Lemma dot_add u : forall w v, dot (map IZR (add u w)) v = dot (map IZR u) v + dot (map IZR w) v.
Proof.
  induction u as [|u1 u IH]; intros w v; [simpl; ring|].
  destruct w as [|w1 w]; [simpl; ring|]. destruct v as [|v1 v]; simpl; [ring|]. rewrite IH, plus_IZR. ring.
Qed.

Lemma form_add U : forall V v, form (tri_add U V) v = form U v + form V v.
Proof.
  induction U as [|u U IH]; intros V v; [simpl; ring|].
  destruct V as [|w V]; [simpl; ring|]. destruct v as [|x v]; simpl; [ring|]. rewrite IH.
  assert (row_form (add u w) x v = row_form u x v + row_form w x v); [|lra].
  destruct u as [|d o]; [simpl; ring|]. destruct w as [|d' o']; [simpl; ring|]. simpl. rewrite dot_add, plus_IZR. ring.
Qed.

Lemma dot_map_mul c a : forall v, dot (map IZR (map (fun t => (t * c)%Z) a)) v = IZR c * dot (map IZR a) v.
Proof. induction a as [|a1 a IH]; intros [|v1 v]; simpl; try ring. rewrite IH, mult_IZR. ring. Qed.

Lemma form_outer c a : forall v, form (outer c a) v = IZR c * dot (map IZR a) v ^ 2.
Proof.
  induction a as [|a1 a IH]; intros v; [simpl; ring|].
  destruct v as [|x v]; [simpl; ring|]. simpl. rewrite IH, dot_map_mul, !mult_IZR. ring.
Qed.

Lemma form_diagonal c n : forall v, length v = n -> form (diagonal c n) v = IZR c * sqnorm v.
Proof.
  unfold sqnorm. induction n as [|n IH]; intros [|x v] H; try discriminate; simpl; [ring|].
  rewrite IH by (simpl in H; lia). ring.
Qed.

Lemma form_squares L v : form (squares L) v <= 0.
Proof.
  induction L as [|l L IH]; simpl; [lra|]. rewrite form_add, form_outer.
  assert (0 <= dot (map IZR l) v ^ 2) by apply pow2_ge_0. lra.
Qed.

Fixpoint weighted_squares (s : list Z) (v : list R) : R :=
  match s, v with
  | s1 :: s', x :: v' => IZR s1 * x ^ 2 + weighted_squares s' v'
  | _, _ => 0
  end.

Lemma sub_abs_squares b : forall o v,
  weighted_squares (sub_abs b o) v = weighted_squares b v - weighted_squares (map Z.abs o) v.
Proof.
  induction b as [|b1 b IH].
  - induction o as [|o1 o IHo]; intros v; [simpl; ring|]. destruct v as [|x v]; simpl; [ring|].
    assert (H := IHo v). rewrite H. simpl. rewrite opp_IZR. ring.
  - intros [|o1 o] v; [simpl; ring|]. destruct v as [|x v]; simpl; [ring|]. rewrite IH, minus_IZR. ring.
Qed.

Lemma cross_bound x o : forall v,
  - (IZR (abs_sum o) * x ^ 2) - weighted_squares (map Z.abs o) v <= 2 * x * dot (map IZR o) v.
Proof.
  induction o as [|o1 o IH]; intros v; [simpl; lra|]. simpl. rewrite plus_IZR, abs_IZR.
  assert (Ho := Rabs_pos (IZR o1)). assert (Hx := pow2_ge_0 x).
  assert (H0 : 0 <= IZR (abs_sum o)) by (rewrite abs_sum_l1; apply l1_nonneg).
  destruct v as [|v1 v]; [nra|]. specialize (IH v).
  assert (- (Rabs (IZR o1) * (x ^ 2 + v1 ^ 2)) <= 2 * x * (IZR o1 * v1)); [|nra].
  assert (H1 := pow2_ge_0 (x + v1)). assert (H2 := pow2_ge_0 (x - v1)).
  unfold Rabs in *. destruct (Rcase_abs (IZR o1)); nra.
Qed.

Lemma slack_form T : forall v, weighted_squares (slack T) v <= form T v.
Proof.
  induction T as [|r T IH]; intros v; [simpl; lra|].
  destruct v as [|x v]; [destruct r; simpl; lra|].
  destruct r as [|d o]; simpl; [specialize (IH v); lra|].
  rewrite sub_abs_squares, minus_IZR. specialize (IH v). assert (C := cross_bound x o v). nra.
Qed.

Lemma weighted_nonneg s v : forallb (fun b => (0 <=? b)%Z) s = true -> 0 <= weighted_squares s v.
Proof.
  revert v. induction s as [|s1 s IH]; intros v H; [simpl; lra|]. destruct v as [|x v]; [simpl; lra|].
  simpl in *. apply andb_prop in H. destruct H as [H1 H2]. specialize (IH v H2).
  apply Z.leb_le, IZR_le in H1. assert (0 <= IZR s1 * (x * (x * 1))); [|lra].
  apply Rmult_le_pos; [assumption|]. apply (pow2_ge_0 x).
Qed.

(** The bounds m_j = M_j / (2^k w_j) of h''. *)
Fixpoint bounds (K : R) (rows : list zrow) (cs : list (Z * Z)) : list R :=
  match rows, cs with
  | r :: rows', (_, M) :: cs' => IZR M / K / IZR (zw r) :: bounds K rows' cs'
  | _, _ => []
  end.

Lemma curvature_form q K : 0 < K -> forall rows, Forall (fun r => (0 < zw r)%Z) rows -> forall cs v, length rows = length cs ->
  form (curvature rows cs) v = K * quad (map (real_row q) rows) (bounds K rows cs) v.
Proof.
  intros HK rows Hrows. induction Hrows as [|r rows Hr Hrows IH]; intros [|[S M] cs] v H; try discriminate; simpl; [ring|].
  apply IZR_lt in Hr. rewrite form_add, form_outer, (IH cs v) by (simpl in H; lia). field. lra.
Qed.

(** ** Assembly. *)

Definition half_width (c : certificate) : R := / IZR (2 ^ width c).
Definition growth (c : certificate) : R := IZR (modulus c) / IZR (2 ^ grid c).
Definition centre_of (c : certificate) : list R := real_point (centre_grid c) (centre c).

Lemma forallb_pos X : forallb (fun x => (0 <? x)%Z) X = true -> Forall (fun x => (0 < x)%Z) X.
Proof. intros H. apply Forall_forall. intros x Hx. rewrite forallb_forall in H. apply Z.ltb_lt, H, Hx. Qed.

Lemma length_real_point e X : length (real_point e X) = length X.
Proof. apply map_length. Qed.

Lemma rows_sound p c : (0 < denom p)%Z -> (0 <= grid c)%Z -> (0 <= centre_grid c)%Z -> (0 <= width c)%Z ->
  length (centre c) = dim p -> Forall (fun x => (0 < x)%Z) (centre c) ->
  forall rows cs, rows_ok p c rows cs = true ->
  length rows = length cs /\ cells_at (grid c) (centre_of c) rows (map fst cs) /\
  Forall (fun r => length (za r) = dim p) rows /\
  Forall2 (row_bound (centre_of c) (/ IZR (pow2 (width c)))) (map (real_row (denom p)) rows)
    (bounds (IZR (pow2 (grid c))) rows cs).
Proof.
  intros Hq Hk He Hm Hl HX. induction rows as [|r rows IH]; intros [|[S M] cs] H; try discriminate; simpl in H.
  - repeat split; constructor.
  - apply andb_prop in H. destruct H as [H HR]. destruct (IH cs HR) as [I1 [I2 [I3 I4]]].
    unfold row_ok in H. simpl in H. apply andb_prop in H. destruct H as [H Hcurv].
    apply andb_prop in H. destruct H as [H Hcell]. apply andb_prop in H. destruct H as [H Hb].
    apply andb_prop in H. destruct H as [Hlen Hw]. apply Nat.eqb_eq in Hlen. apply Z.ltb_lt in Hw.
    assert (HS : in_cell (grid c) S (sig (dot (map IZR (za r)) (centre_of c)))).
    { apply cell_sound; try assumption. congruence. }
    simpl. repeat split; try (constructor; auto); [lia|].
    + split; [simpl; left; apply IZR_lt; assumption|]. simpl. intros y Hy.
      eapply curvature_sound; eassumption.
Qed.

Theorem check_min_sound p c : check_min p c = true ->
  (exists x, near (half_width c) (centre_of c) x /\
    strict_local_min (dim p) (E (real_rows p)) x /\
    critical (dim p) (E (real_rows p)) x /\
    (forall y, within (half_width c) (centre_of c) y ->
      E (real_rows p) x + growth c / 2 * sqnorm (vsub y x) <= E (real_rows p) y) /\
    (forall y, within (half_width c) (centre_of c) y -> critical (dim p) (E (real_rows p)) y -> y = x)) /\
  dimension (dim p) (real_rows p) /\
  cells_at (grid c) (centre_of c) (zrows p) (map fst (cells c)) /\
  (forall y, within (half_width c) (centre_of c) y ->
     E (real_rows p) (centre_of c)
       - 8 * IZR (gradient_bound p c) / (IZR (denom p) * IZR (pow2 (grid c)) ^ 3) * half_width c <= E (real_rows p) y).
Proof.
  intros H. unfold check_min in H. rewrite !andb_true_iff in H.
  destruct H as [[[[[[[[[[Hq Hk] He] Hm] HL] Hl] HX] _] HR] Hmat] Hgrad].
  apply Z.ltb_lt in Hq, HL, Hgrad. apply Z.leb_le in Hk, He, Hm. apply Nat.eqb_eq in Hl. apply forallb_pos in HX.
  destruct (rows_sound p c Hq Hk He Hm Hl HX _ _ HR) as [Hlen [Hcells [Hdim Hbounds]]].
  assert (PK := pow2_pos _ Hk). assert (PQ := pow2_pos _ Hm).
  unfold half_width, growth. rewrite <- !pow2_spec.
  set (K := IZR (pow2 (grid c))) in *. set (Q := IZR (pow2 (width c))) in *.
  assert (Pq : 0 < IZR (denom p)) by (apply IZR_lt; assumption).
  assert (Hweights : Forall (fun r => (0 < zw r)%Z) (zrows p)).
  { clear - Hcells. unfold cells_at in Hcells. induction Hcells as [|r s rows ss [Hw _] H IH]; constructor; assumption. }
  set (U := IZR (denom p) * K ^ 3 / 8).
  assert (PU : 0 < U) by (unfold U; apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [assumption|apply pow_lt; assumption]|lra]).
  assert (Hlc : length (centre_of c) = dim p) by (unfold centre_of; rewrite length_real_point; assumption).
  set (G := IZR (gradient_bound p c) / U).
  assert (EG : 8 * IZR (gradient_bound p c) / (IZR (denom p) * K ^ 3) = G) by (unfold G, U; field; split; lra).
  assert (HQ : forall v, length v = dim p ->
    IZR (modulus c) / K * sqnorm v <= quad (real_rows p) (bounds K (zrows p) (cells c)) v).
  { intros v Hv. assert (S := slack_form (matrix p c) v). assert (W := weighted_nonneg _ v Hmat).
    unfold matrix in S at 2. rewrite !form_add, (form_diagonal _ (dim p)), (curvature_form (denom p) K PK) in S by assumption.
    rewrite opp_IZR in S. assert (N := form_squares (columns c) v). fold (real_rows p) in S.
    apply Rmult_le_reg_l with K; [assumption|]. unfold Rdiv. rewrite <- Rmult_assoc.
    replace (K * (IZR (modulus c) * / K)) with (IZR (modulus c)) by (field; lra).
    eapply Rle_trans; [|unfold Rdiv in S; eapply Rle_trans]; [|apply Rle_refl|apply Rle_refl]. lra. }
  assert (HGB : forall v d, 0 <= d -> length v = dim p -> Forall (fun t => Rabs t <= d) v ->
    - (G * d) <= DE (real_rows p) (centre_of c) v).
  { intros v d Hd _ Hv. assert (S := gradient_sound (grid c) (denom p) (centre_of c) Hk Hq (zrows p) (cells c) Hcells).
    unfold G, gradient_bound. destruct (gradient (pow2 (grid c)) (denom p) (zrows p) (cells c)) as [lo hi].
    destruct S as [g [Hlo [Hhi Hg]]]. assert (B := sup_sum_bound lo g Hlo hi Hhi v d Hd Hv).
    rewrite <- Hg in B. fold K in B. fold U in B. apply Rabs_le_inv in B.
    apply Rmult_le_reg_l with U; [assumption|]. fold (real_rows p) in B.
    replace (U * - (IZR (sup_sum lo hi) / U * d)) with (- (IZR (sup_sum lo hi) * d)) by (field; lra). lra. }
  assert (Hr : 0 < / Q) by (apply Rinv_0_lt_compat; assumption).
  assert (Hlam : 0 < IZR (modulus c) / K) by (apply Rdiv_lt_0_compat; [apply IZR_lt; assumption|assumption]).
  assert (HG : 2 * G < IZR (modulus c) / K * / Q).
  { apply IZR_lt in Hgrad. rewrite !mult_IZR in Hgrad. fold Q in Hgrad.
    assert (EK : IZR (pow2 (2 * grid c)) = K ^ 2).
    { unfold K. rewrite !pow2_spec. replace (2 * grid c)%Z with (grid c + grid c)%Z by lia.
      rewrite Z.pow_add_r, mult_IZR by lia. ring. }
    rewrite EK in Hgrad. unfold G, U.
    apply Rmult_lt_reg_r with (IZR (denom p) * K ^ 3 * Q).
    { apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; [assumption|apply pow_lt; assumption]|assumption]. }
    replace (2 * (IZR (gradient_bound p c) / (IZR (denom p) * K ^ 3 / 8)) * (IZR (denom p) * K ^ 3 * Q))
      with (16 * Q * IZR (gradient_bound p c)) by (field; split; lra).
    replace (IZR (modulus c) / K * / Q * (IZR (denom p) * K ^ 3 * Q)) with (IZR (denom p) * K ^ 2 * IZR (modulus c)) by (field; split; lra).
    assumption. }
  split; [|split; [|split; [assumption|]]].
  - apply (barrier (dim p) (real_rows p) (bounds K (zrows p) (cells c)) (centre_of c) (/ Q) (IZR (modulus c) / K) G);
      assumption.
  - unfold dimension, real_rows. clear - Hdim. induction Hdim as [|r rows Hr Hd IH]; simpl; constructor; [|assumption].
    simpl. rewrite map_length. assumption.
  - intros y Hy. rewrite EG.
    apply (box_above (dim p) (real_rows p) (bounds K (zrows p) (cells c)) (centre_of c) (/ Q) (IZR (modulus c) / K) G);
      assumption.
Qed.

(** ** Step 8. *)

Lemma square_sound lo hi t : IZR lo <= t <= IZR hi -> IZR (square_lo lo hi) <= t ^ 2 <= IZR (square_hi lo hi).
Proof.
  intros H. unfold square_lo, square_hi. split.
  - destruct (0 <=? lo)%Z eqn:Hlo; [apply Z.leb_le, IZR_le in Hlo; rewrite mult_IZR; nra|].
    destruct (hi <=? 0)%Z eqn:Hhi; [apply Z.leb_le, IZR_le in Hhi; rewrite mult_IZR; nra|apply pow2_ge_0].
  - assert (IZR (lo * lo) <= IZR (Z.max (lo * lo) (hi * hi))) by (apply IZR_le; lia).
    assert (IZR (hi * hi) <= IZR (Z.max (lo * lo) (hi * hi))) by (apply IZR_le; lia).
    rewrite mult_IZR in H0, H1. destruct (Rle_dec 0 t); nra.
Qed.

Lemma error_sound k q x : (0 <= k)%Z -> (0 < q)%Z -> forall rows cs, cells_at k x rows (map fst cs) ->
  IZR (error_lo (pow2 k) q rows cs) <= (IZR q * IZR (pow2 k)) ^ 2 * E (map (real_row q) rows) x.
Proof.
  intros Hk Hq. induction rows as [|r rows IH]; intros [|[S M] cs] H; simpl; try (simpl; lra); inversion H as [|? ? ? ? [Hw HS] H']; subst.
  specialize (IH cs H'). rewrite plus_IZR, mult_IZR. simpl in HS, IH.
  assert (R := square_sound _ _ _ (residual_sound k q r S _ Hq HS)). apply IZR_lt in Hw.
  rewrite tanh_sig. destruct R as [R _].
  apply (Rmult_le_compat_l (IZR (zw r))) in R; [|lra]. nra.
Qed.

Lemma error_hi_sound k q x : (0 <= k)%Z -> (0 < q)%Z -> forall rows ts, cells_at k x rows ts ->
  (IZR q * IZR (pow2 k)) ^ 2 * E (map (real_row q) rows) x <= IZR (error_hi (pow2 k) q rows ts).
Proof.
  intros Hk Hq. induction rows as [|r rows IH]; intros [|S ts] H; simpl; try (simpl; lra); inversion H as [|? ? ? ? [Hw HS] H']; subst.
  specialize (IH ts H'). rewrite plus_IZR, mult_IZR. simpl in HS, IH.
  destruct (square_sound _ _ _ (residual_sound k q r S _ Hq HS)) as [_ R]. apply IZR_lt in Hw.
  rewrite tanh_sig. apply (Rmult_le_compat_l (IZR (zw r))) in R; [|lra]. nra.
Qed.

Lemma low_sound k e X n : (0 <= k)%Z -> (0 <= e)%Z -> length X = n -> Forall (fun x => (0 < x)%Z) X ->
  forall rows ts, Forall (fun r => length (za r) = n /\ (0 < zw r)%Z) rows -> low_ok k e X rows ts = true ->
  cells_at k (real_point e X) rows ts.
Proof.
  intros Hk He Hl HX. induction rows as [|r rows IH]; intros [|T ts] HR H; try discriminate; [constructor|].
  simpl in H. apply andb_prop in H. destruct H as [H1 H2]. inversion HR as [|? ? [H3 H4] H5]; subst.
  constructor; [|apply IH; assumption]. split; [assumption|]. apply cell_sound; assumption.
Qed.

(** The rule. *)
Theorem check_sound p c l : check p c l = true -> spurious (dim p) (real_rows p).
Proof.
  intros H. unfold check in H. apply andb_prop in H. destruct H as [Hmin Hlow].
  assert (Hbase := Hmin). unfold check_min in Hbase. rewrite !andb_true_iff in Hbase.
  destruct Hbase as [[[[[[[[[[Hq Hk] He] Hm] _] _] _] _] _] _] _].
  apply Z.ltb_lt in Hq. apply Z.leb_le in Hk, He, Hm.
  destruct (check_min_sound p c Hmin) as [[x [Hx [Hstrict _]]] [Hdim [Hcells Habove]]].
  unfold check_low in Hlow. rewrite !andb_true_iff in Hlow. destruct Hlow as [[[[Hle Hl] HZ] Hok] Hlt]. apply Z.leb_le in Hle.
  apply Nat.eqb_eq in Hl. apply forallb_pos in HZ. apply Z.ltb_lt in Hlt.
  exists x, (real_point (low_grid l) (low_point l)). split; [assumption|]. split.
  - rewrite length_real_point. assumption.
  - assert (HR : Forall (fun r => length (za r) = dim p /\ (0 < zw r)%Z) (zrows p)).
    { clear - Hdim Hcells. unfold dimension, real_rows in Hdim. remember (map fst (cells c)) as ss. clear Heqss. revert ss Hcells.
      induction (zrows p) as [|r rows IH]; intros ss Hcells; constructor.
      - inversion Hdim; inversion Hcells as [|? ? ? ? [Hw _] _]; subst. simpl in *. rewrite map_length in *. auto.
      - inversion Hdim; inversion Hcells; subst. eapply IH; eassumption. }
    assert (Hts := low_sound _ _ _ _ Hk Hle Hl HZ _ _ HR Hok).
    assert (Upper := error_hi_sound _ (denom p) _ Hk Hq _ _ Hts).
    assert (Lower := error_sound _ (denom p) _ Hk Hq _ _ Hcells).
    specialize (Habove x (near_within _ _ _ Hx)). fold (real_rows p) in Upper, Lower.
    set (K := IZR (pow2 (grid c))) in *. assert (PK : 0 < K) by (apply pow2_pos; assumption).
    assert (PQ := pow2_pos _ Hm). unfold half_width in Habove. rewrite <- pow2_spec in Habove.
    set (Q := IZR (pow2 (width c))) in *. assert (Pq : 0 < IZR (denom p)) by (apply IZR_lt; assumption).
    apply IZR_lt in Hlt. rewrite minus_IZR, !mult_IZR in Hlt. fold K Q in Hlt.
    set (q := IZR (denom p)) in *. set (Ez := E (real_rows p) (real_point (low_grid l) (low_point l))) in *.
    set (Ec := E (real_rows p) (centre_of c)) in *. set (Gi := IZR (gradient_bound p c)) in *.
    apply Rlt_le_trans with (2 := Habove).
    assert (PP : 0 < K * Q * (q * K) ^ 2).
    { apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; assumption|]. apply pow_lt. apply Rmult_lt_0_compat; assumption. }
    apply Rmult_lt_reg_l with (1 := PP).
    replace (K * Q * (q * K) ^ 2 * (Ec - 8 * Gi / (q * K ^ 3) * / Q)) with (K * Q * ((q * K) ^ 2 * Ec) - 8 * q * Gi) by (field; lra).
    assert (PKQ : 0 < K * Q) by (apply Rmult_lt_0_compat; assumption).
    apply (Rmult_le_compat_l (K * Q)) in Upper; [|lra]. apply (Rmult_le_compat_l (K * Q)) in Lower; [|lra]. lra.
Qed.
