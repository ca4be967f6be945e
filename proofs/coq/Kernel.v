(** * The kernel's barrier rule, to the last rounding.

    [check_barrier] is the function of the same name in src/kernel/surface/barrier.rs: the same statement, the same
    evidence, the same integers on the grid 2^-k, the same comparisons. It is sound: [check_barrier_sound]. The steps that
    need no rounding are those of Checker.v. *)

Require Import Reals ZArith List Bool Lra Lia Psatz.
Require Import Spurious.Surface Spurious.Vectors Spurious.Sigmoid Spurious.Convex Spurious.Rational Spurious.Logistic.
Require Export Spurious.Barrier.
Import ListNotations.
Open Scope Z_scope.

(** A fraction n/d. *)
Definition fraction : Type := (Z * Z)%type.

(** A point with a smaller error: xi_i = Z_i / 2^e, and an upper bound of the error there. *)
Record below := Below { below_grid : Z; below_point : list Z; below_error : fraction }.

(** What is stated of a minimum. *)
Record minimum := Minimum {
  at_grid : Z; at_centre : list Z;    (** the centre c: e^(2 c_i) = X_i / 2^e *)
  half : Z;                           (** the half-width of the box is 2^-m *)
  lambda : fraction;                  (** the growth *)
  offset : fraction;                  (** how far from the centre the minimum is at most *)
  error_least : fraction;             (** bounds of the error at the minimum *)
  error_most : fraction;
  lower_point : option below }.

(** What shows it: k, the S_j at the centre, the columns of L, the T_j at the lower point. *)
Record shown := Shown { on_grid : Z; responses : list Z; factor : list (list Z); responses_below : list Z }.

(** ** Rounding to the grid. *)

Definition floor_div (a d : Z) : Z := if d =? 1 then a else a / d.

Definition down (a d s : Z) : Z := Z.shiftr (floor_div a d) s.
Definition up (a d s : Z) : Z := - Z.shiftr (floor_div (- a) d) s.

(** ** The steps. *)

(** floor(2^k w h'') on the box; weights are w/W, targets B/q. *)
Definition least_curvature (k m q W : Z) (r : zrow) (S : Z) : Z :=
  let K := pow2 k in
  let Q := pow2 m in
  let A := 2 * abs_sum (za r) in
  let below := Q * Q - A * Q in
  let above := Q * Q + A * Q + 2 * (A * A) in
  let V := K * (Q * Q) in
  let s_lo := S * below in
  let s_hi := (S + 1) * above in
  let P_lo := s_lo * ((K - S - 1) * below) in
  let P_hi := s_hi * ((K - S) * above) in
  let s := if 0 <=? zb r then s_hi else s_lo in
  let B_lo := q * (6 * P_lo - V * V) + zb r * (V * (V - 2 * s)) in
  let P := if 0 <=? B_lo then P_lo else P_hi in
  down (16 * zw r * (P * B_lo)) (q * W) (3 * k + 8 * m).

(** w h' at the centre, between these. *)
Definition slope_below (k q W : Z) (r : zrow) (S : Z) : Z := down (8 * zw r * slope_lo (pow2 k) q r S) (q * W) (2 * k).
Definition slope_above (k q W : Z) (r : zrow) (S : Z) : Z := up (8 * zw r * slope_hi (pow2 k) q r S) (q * W) (2 * k).

Fixpoint gradient_on_grid (k q W : Z) (rows : list zrow) (ss : list Z) : list Z * list Z :=
  match rows, ss with
  | r :: rows', s :: ss' =>
      let lo := slope_below k q W r s in
      let hi := slope_above k q W r s in
      let '(los, his) := gradient_on_grid k q W rows' ss' in
      (add (scale_lo (za r) lo hi) los, add (scale_lo (za r) hi lo) his)
  | _, _ => ([], [])
  end.

(** E at a point, between these. *)
Fixpoint error_below (k q W : Z) (rows : list zrow) (ss : list Z) : Z :=
  match rows, ss with
  | r :: rows', s :: ss' =>
      down (zw r * square_lo (residual_lo (pow2 k) q r s) (residual_hi (pow2 k) q r s)) (q * q * W) k
      + error_below k q W rows' ss'
  | _, _ => 0
  end.

Fixpoint error_above (k q W : Z) (rows : list zrow) (ss : list Z) : Z :=
  match rows, ss with
  | r :: rows', s :: ss' =>
      up (zw r * square_hi (residual_lo (pow2 k) q r s) (residual_hi (pow2 k) q r s)) (q * q * W) k
      + error_above k q W rows' ss'
  | _, _ => 0
  end.

(** The row, its S and the bound of its curvature. *)
Definition row_good (p : problem) (W : Z) (s : minimum) (b : shown) (r : zrow) (S : Z) : bool :=
  Nat.eqb (length (za r)) (dim p) && (0 <? zw r) && (Z.abs (zb r) <=? denom p)
  && cell_ok (on_grid b) (at_grid s) (at_centre s) (za r) S
  && (8 * abs_sum (za r) <=? pow2 (half s)).

Fixpoint rows_good (p : problem) (W : Z) (s : minimum) (b : shown) (rows : list zrow) (ss : list Z) : bool :=
  match rows, ss with
  | [], [] => true
  | r :: rows', t :: ss' => row_good p W s b r t && rows_good p W s b rows' ss'
  | _, _ => false
  end.

Definition bounds_on_grid (p : problem) (W : Z) (s : minimum) (b : shown) : list (Z * Z) :=
  map (fun rs => (snd rs, least_curvature (on_grid b) (half s) (denom p) W (fst rs) (snd rs))) (combine (zrows p) (responses b)).

(** The least integer that is not below 2^k lambda. *)
Definition modulus_on_grid (s : minimum) (b : shown) : Z :=
  up (fst (lambda s) * pow2 (on_grid b)) (snd (lambda s)) 0.

Definition remainder (p : problem) (W : Z) (s : minimum) (b : shown) : triangle :=
  tri_add (curvature (zrows p) (bounds_on_grid p W s b))
    (tri_add (diagonal (- modulus_on_grid s b) (dim p)) (squares (factor b))).

(** G, an upper bound of the gradient at the centre on the grid. *)
Definition slope (p : problem) (W : Z) (b : shown) : Z :=
  let '(lo, hi) := gradient_on_grid (on_grid b) (denom p) W (zrows p) (responses b) in sup_sum lo hi.

(** n/d <= n'/d' and n/d < n'/d'. *)
Definition at_most (a b : fraction) : bool := fst a * snd b <=? fst b * snd a.
Definition less (a b : fraction) : bool := fst a * snd b <? fst b * snd a.

(** ** A centre that is the minimum exactly: sums of fractions. *)

Definition add_fraction (a b : fraction) : fraction :=
  if snd a =? snd b then (fst a + fst b, snd a) else (fst a * snd b + fst b * snd a, snd a * snd b).

Fixpoint add_fractions (u v : list fraction) : list fraction :=
  match u, v with
  | [], _ => v
  | _, [] => u
  | u1 :: u', v1 :: v' => add_fraction u1 v1 :: add_fractions u' v'
  end.

(** (N, D) with N/D = e^(2y), so that tanh y = (N - D)/(N + D). *)
Definition powers (e : Z) (X a : list Z) : Z * Z :=
  let '((up, down), (plus, minus)) := monomial a X in (Z.shiftl up (e * minus), Z.shiftl down (e * plus)).

(** w h and w h' exactly. *)
Definition exact_value (q W e : Z) (X : list Z) (r : zrow) : fraction :=
  let '(N, D) := powers e X (za r) in
  let u := q * (N - D) - zb r * (N + D) in
  (zw r * (u * u), q * q * W * ((N + D) * (N + D))).

Definition exact_slope (q W e : Z) (X : list Z) (r : zrow) : fraction :=
  let '(N, D) := powers e X (za r) in
  let u := q * (N - D) - zb r * (N + D) in
  (8 * zw r * (u * (N * D)), q * W * ((N + D) * ((N + D) * (N + D)))).

Fixpoint exact_error (q W e : Z) (X : list Z) (rows : list zrow) : fraction :=
  match rows with
  | [] => (0, 1)
  | r :: rows' => add_fraction (exact_value q W e X r) (exact_error q W e X rows')
  end.

Fixpoint exact_gradient (q W e : Z) (X : list Z) (rows : list zrow) : list fraction :=
  match rows with
  | [] => []
  | r :: rows' =>
      let s := exact_slope q W e X r in
      add_fractions (map (fun t => (t * fst s, snd s)) (za r)) (exact_gradient q W e X rows')
  end.

(** ** The rule. *)

(** The kernel's caps on the grids, and that k is even, are here too: soundness needs no more than 0 <= k, 0 <= m. *)
Definition grids_good (s : minimum) (b : shown) : bool :=
  (2 <=? on_grid b) && (on_grid b <=? 2048) && Z.even (on_grid b) && (1 <=? half s) && (half s <=? 2048) && (0 <=? at_grid s).

Definition well_formed (p : problem) (W : Z) (s : minimum) (b : shown) : bool :=
  (0 <? denom p) && (0 <? W) && grids_good s b
  && (0 <? fst (lambda s)) && (0 <? snd (lambda s)) && (0 <=? fst (offset s)) && (0 <? snd (offset s))
  && (0 <? snd (error_least s)) && (0 <? snd (error_most s))
  && Nat.eqb (length (at_centre s)) (dim p) && forallb (fun x => 0 <? x) (at_centre s)
  && forallb (fun l => Nat.eqb (length l) (dim p)) (factor b).

(** E(z) <= the stated bound < the stated least error of the minimum. *)
Definition lower_good (p : problem) (W : Z) (s : minimum) (b : shown) : bool :=
  match lower_point s with
  | None => match responses_below b with [] => true | _ => false end
  | Some l =>
      (0 <=? below_grid l) && (0 <? snd (below_error l))
      && Nat.eqb (length (below_point l)) (dim p) && forallb (fun x => 0 <? x) (below_point l)
      && low_ok (on_grid b) (below_grid l) (below_point l) (zrows p) (responses_below b)
      && at_most (error_above (on_grid b) (denom p) W (zrows p) (responses_below b), pow2 (on_grid b)) (below_error l)
      && less (below_error l) (error_least s)
  end.

(** Where the minimum is and what its error is: exactly, where the offset is 0. *)
Definition located (p : problem) (W : Z) (s : minimum) (b : shown) : bool :=
  let K := pow2 (on_grid b) in
  let Q := pow2 (half s) in
  let G := slope p W b in
  if fst (offset s) =? 0
  then
    let value := exact_error (denom p) W (at_grid s) (at_centre s) (zrows p) in
    forallb (fun f => fst f =? 0) (exact_gradient (denom p) W (at_grid s) (at_centre s) (zrows p))
    && at_most (error_least s) value && at_most value (error_most s)
  else
    at_most (G, K) (fst (lambda s) * fst (offset s), snd (lambda s) * snd (offset s))
    && at_most (error_least s) (error_below (on_grid b) (denom p) W (zrows p) (responses b) * Q - G, K * Q)
    && at_most (error_above (on_grid b) (denom p) W (zrows p) (responses b), K) (error_most s).

Definition check_barrier (p : problem) (W : Z) (s : minimum) (b : shown) : bool :=
  let K := pow2 (on_grid b) in
  let Q := pow2 (half s) in
  well_formed p W s b
  && rows_good p W s b (zrows p) (responses b)
  && forallb (fun x => 0 <=? x) (slack (remainder p W s b))
  && less (2 * slope p W b, K) (fst (lambda s), snd (lambda s) * Q)
  && located p W s b
  && lower_good p W s b.

Definition has_lower (s : minimum) : bool := match lower_point s with None => false | Some _ => true end.

Open Scope R_scope.

(** ** What is stated. *)

Definition value (f : fraction) : R := IZR (fst f) / IZR (snd f).

(** Inputs a, target B/q, weight w/W. *)
Definition chart_row (q W : Z) (r : zrow) : row := Row (map IZR (za r)) (IZR (zb r) / IZR q) (IZR (zw r) / IZR W).
Definition chart_rows (p : problem) (W : Z) : list row := map (chart_row (denom p) W) (zrows p).

(** In the box around c there is exactly one critical point x, inside it, a strict local minimum; E grows from it at least
    like lambda/2 |y - x|^2 on the box; it is no farther than the offset from c; its error is between the bounds; and the
    error at the lower point is smaller. *)
Definition minimum_holds (p : problem) (W : Z) (s : minimum) : Prop :=
  let n := dim p in
  let rows := chart_rows p W in
  let c := real_point (at_grid s) (at_centre s) in
  let r := / IZR (2 ^ half s) in
  exists x, near r c x /\ strict_local_min n (E rows) x /\ critical n (E rows) x /\
    (forall y, within r c y -> E rows x + value (lambda s) / 2 * sqnorm (vsub y x) <= E rows y) /\
    (forall y, within r c y -> critical n (E rows) y -> y = x) /\
    sqnorm (vsub x c) <= value (offset s) ^ 2 /\
    value (error_least s) <= E rows x <= value (error_most s) /\
    match lower_point s with
    | None => True
    | Some l =>
        let z := real_point (below_grid l) (below_point l) in
        length z = n /\ E rows z <= value (below_error l) /\ value (below_error l) < E rows x
    end.

(** ** Rounding is outward. *)

Lemma shiftr_below a s : (0 <= s)%Z -> IZR (Z.shiftr a s) * IZR (2 ^ s) <= IZR a.
Proof.
  intros Hs. rewrite Z.shiftr_div_pow2, <- mult_IZR by assumption. apply IZR_le.
  rewrite Z.mul_comm. apply Z.mul_div_le. apply Z.pow_pos_nonneg; lia.
Qed.

Lemma floor_div_below a d : (0 < d)%Z -> IZR (floor_div a d) * IZR d <= IZR a.
Proof.
  intros Hd. unfold floor_div. destruct (d =? 1)%Z eqn:H1.
  - apply Z.eqb_eq in H1. subst. rewrite Rmult_1_r. lra.
  - rewrite <- mult_IZR. apply IZR_le. rewrite Z.mul_comm. apply Z.mul_div_le. assumption.
Qed.

Lemma down_below a d s : (0 < d)%Z -> (0 <= s)%Z -> IZR (down a d s) * (IZR d * IZR (2 ^ s)) <= IZR a.
Proof.
  intros Hd Hs. unfold down. assert (F := floor_div_below a d Hd). assert (S := shiftr_below (floor_div a d) s Hs).
  apply IZR_lt in Hd. apply (Rmult_le_compat_r (IZR d)) in S; [|lra]. lra.
Qed.

Lemma up_above a d s : (0 < d)%Z -> (0 <= s)%Z -> IZR a <= IZR (up a d s) * (IZR d * IZR (2 ^ s)).
Proof.
  intros Hd Hs. unfold up. assert (F := down_below (- a) d s Hd Hs). unfold down in F. rewrite opp_IZR in *. lra.
Qed.

Lemma pow2_mul a b : (0 <= a)%Z -> (0 <= b)%Z -> IZR (2 ^ (a + b)) = IZR (pow2 a) * IZR (pow2 b).
Proof. intros Ha Hb. rewrite Z.pow_add_r, mult_IZR, !pow2_spec by assumption. reflexivity. Qed.

Lemma pow2_times (n : nat) k : (0 <= k)%Z -> IZR (2 ^ (Z.of_nat n * k)) = IZR (pow2 k) ^ n.
Proof.
  intros Hk. rewrite pow2_spec, Z.mul_comm, Z.pow_mul_r by lia. rewrite pow_IZR. reflexivity.
Qed.

Lemma least_curvature_ok k m q W r S : (0 <= k)%Z -> (0 <= m)%Z -> (0 < q)%Z -> (0 < W)%Z ->
  (8 * abs_sum (za r) <= pow2 m)%Z -> curvature_ok k m q r S (W * least_curvature k m q W r S) = true.
Proof.
  intros Hk Hm Hq HW Hbox. unfold curvature_ok. rewrite andb_true_iff. split; [apply Z.leb_le; lia|].
  apply Z.leb_le. unfold least_curvature.
  set (K := pow2 k) in *. set (Q := pow2 m) in *. set (A := (2 * abs_sum (za r))%Z) in *.
  set (P_lo := (S * (Q * Q - A * Q) * ((K - S - 1) * (Q * Q - A * Q)))%Z).
  set (P_hi := ((S + 1) * (Q * Q + A * Q + 2 * (A * A)) * ((K - S) * (Q * Q + A * Q + 2 * (A * A))))%Z).
  set (s := if (0 <=? zb r)%Z then ((S + 1) * (Q * Q + A * Q + 2 * (A * A)))%Z else (S * (Q * Q - A * Q))%Z).
  set (V := (K * (Q * Q))%Z).
  set (B_lo := (q * (6 * P_lo - V * V) + zb r * (V * (V - 2 * s)))%Z).
  set (P := if (0 <=? B_lo)%Z then P_lo else P_hi).
  assert (H := down_below (16 * zw r * (P * B_lo)) (q * W) (3 * k + 8 * m)).
  set (M := down (16 * zw r * (P * B_lo)) (q * W) (3 * k + 8 * m)) in *.
  assert (HqW : (0 < q * W)%Z) by nia. assert (Hs : (0 <= 3 * k + 8 * m)%Z) by lia. specialize (H HqW Hs).
  rewrite <- !mult_IZR in H. apply le_IZR in H.
  assert (EV : (V * V * (V * V) = K * 2 ^ (3 * k + 8 * m))%Z).
  { unfold V, K, Q. rewrite !pow2_spec. rewrite Z.pow_add_r by lia.
    replace (3 * k)%Z with (k + (k + k))%Z by lia. replace (8 * m)%Z with (m + (m + (m + (m + (m + (m + (m + m)))))))%Z by lia.
    rewrite !Z.pow_add_r by lia. ring. }
  assert (PK : (0 < K)%Z) by (unfold K; rewrite pow2_spec; apply Z.pow_pos_nonneg; lia).
  replace (q * (V * V * (V * V * (W * M))))%Z with (q * W * M * (V * V * (V * V)))%Z by ring. rewrite EV.
  replace (q * W * M * (K * 2 ^ (3 * k + 8 * m)))%Z with (K * (M * (q * W * 2 ^ (3 * k + 8 * m))))%Z by ring.
  replace (16 * K * zw r * (P * B_lo))%Z with (K * (16 * zw r * (P * B_lo)))%Z by ring.
  apply Z.mul_le_mono_nonneg_l; [lia|]. exact H.
Qed.

(** ** The gradient and the error on the grid. *)

Lemma slope_on_grid k q W r S y : (0 <= k)%Z -> (0 < q)%Z -> (0 < W)%Z -> (0 < zw r)%Z -> in_cell k S (sig y) ->
  IZR (slope_below k q W r S) <= IZR (pow2 k) * (IZR (zw r) / IZR W * h1 (IZR (zb r) / IZR q) y) <= IZR (slope_above k q W r S).
Proof.
  intros Hk Hq HW Hw H. assert (L := slope_sound k q r S y Hk Hq H).
  assert (HqW : (0 < q * W)%Z) by nia. assert (H2k : (0 <= 2 * k)%Z) by lia.
  assert (D := down_below (8 * zw r * slope_lo (pow2 k) q r S) (q * W) (2 * k) HqW H2k).
  assert (U := up_above (8 * zw r * slope_hi (pow2 k) q r S) (q * W) (2 * k) HqW H2k).
  fold (slope_below k q W r S) in D. fold (slope_above k q W r S) in U.
  assert (E2 := pow2_times 2 k Hk). change (Z.of_nat 2 * k)%Z with (2 * k)%Z in E2. rewrite E2 in D, U.
  rewrite !mult_IZR in D, U. assert (PK := pow2_pos k Hk). set (K := IZR (pow2 k)) in *.
  apply IZR_lt in Hq, HW, Hw. set (t := h1 (IZR (zb r) / IZR q) y) in *.
  assert (PP : 0 < IZR q * IZR W * K ^ 2) by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; assumption|apply pow_lt; assumption]).
  assert (Eq : 8 * IZR (zw r) * (IZR q * K ^ 3 / 8 * t) = K * (IZR (zw r) / IZR W * t) * (IZR q * IZR W * K ^ 2)) by (field; lra).
  destruct L as [L1 L2]. apply (Rmult_le_compat_l (8 * IZR (zw r))) in L1, L2; try lra.
  split; apply Rmult_le_reg_r with (IZR q * IZR W * K ^ 2); try assumption; lra.
Qed.

Lemma gradient_on_grid_sound k q W x : (0 <= k)%Z -> (0 < q)%Z -> (0 < W)%Z -> forall rows ss, cells_at k x rows ss ->
  let '(lo, hi) := gradient_on_grid k q W rows ss in
  exists g, above_all lo g /\ below_all hi g /\
    forall v, IZR (pow2 k) * DE (map (chart_row q W) rows) x v = dot g v.
Proof.
  intros Hk Hq HW. induction rows as [|r rows IH]; intros ss H.
  - inversion H; subst. simpl. exists []. repeat split; try constructor. intros. simpl. ring.
  - inversion H as [|? S ? ss' [Hw HS] H']; subst. specialize (IH ss' H'). cbn [gradient_on_grid].
    destruct (gradient_on_grid k q W rows ss') as [lo hi]. destruct IH as [g [Hlo [Hhi Hg]]].
    assert (SL := slope_on_grid k q W r S _ Hk Hq HW Hw HS). set (y := dot (map IZR (za r)) x) in *.
    set (t := IZR (pow2 k) * (IZR (zw r) / IZR W * h1 (IZR (zb r) / IZR q) y)) in *.
    exists (radd (map (Rmult t) (map IZR (za r))) g). split; [|split].
    + apply add_above; [apply scale_above; assumption|assumption].
    + apply add_below; [apply scale_below; assumption|assumption].
    + intros v. rewrite dot_radd, dot_scale, <- Hg. cbn [map DE chart_row input weight target]. fold y. unfold t. ring.
Qed.

Lemma error_on_grid k q W x : (0 <= k)%Z -> (0 < q)%Z -> (0 < W)%Z -> forall rows ss, cells_at k x rows ss ->
  IZR (error_below k q W rows ss) <= IZR (pow2 k) * E (map (chart_row q W) rows) x <= IZR (error_above k q W rows ss).
Proof.
  intros Hk Hq HW. induction rows as [|r rows IH]; intros ss H.
  - inversion H; subst. simpl. lra.
  - inversion H as [|? S ? ss' [Hw HS] H']; subst. specialize (IH ss' H').
    cbn [error_below error_above map E chart_row input weight target]. rewrite !plus_IZR, tanh_sig.
    assert (SQ := square_sound _ _ _ (residual_sound k q r S _ Hq HS)).
    set (lo := residual_lo (pow2 k) q r S) in *. set (hi := residual_hi (pow2 k) q r S) in *.
    assert (Hd : (0 < q * q * W)%Z) by nia.
    assert (D := down_below (zw r * square_lo lo hi) (q * q * W) k Hd Hk).
    assert (U := up_above (zw r * square_hi lo hi) (q * q * W) k Hd Hk).
    rewrite !mult_IZR, <- pow2_spec in D, U. assert (PK := pow2_pos k Hk). set (K := IZR (pow2 k)) in *.
    apply IZR_lt in Hq, HW, Hw. set (t := 1 - 2 * sig (dot (map IZR (za r)) x) - IZR (zb r) / IZR q) in *.
    assert (PP : 0 < IZR q * IZR q * IZR W * K) by (repeat apply Rmult_lt_0_compat; assumption).
    assert (Eq : IZR (zw r) * (IZR q * K * t) ^ 2 = K * (IZR (zw r) / IZR W * t ^ 2) * (IZR q * IZR q * IZR W * K)) by (field; lra).
    destruct SQ as [S1 S2]. apply (Rmult_le_compat_l (IZR (zw r))) in S1, S2; try lra.
    assert (B1 : IZR (down (zw r * square_lo lo hi) (q * q * W) k) <= K * (IZR (zw r) / IZR W * t ^ 2))
      by (apply Rmult_le_reg_r with (1 := PP); lra).
    assert (B2 : K * (IZR (zw r) / IZR W * t ^ 2) <= IZR (up (zw r * square_hi lo hi) (q * q * W) k))
      by (apply Rmult_le_reg_r with (1 := PP); lra).
    lra.
Qed.

(** ** The rows. *)

Lemma rows_good_sound p W s b : (0 < denom p)%Z -> (0 < W)%Z -> (0 <= on_grid b)%Z -> (0 <= at_grid s)%Z -> (0 <= half s)%Z ->
  length (at_centre s) = dim p -> Forall (fun x => (0 < x)%Z) (at_centre s) ->
  let c := real_point (at_grid s) (at_centre s) in
  let cs rows ss := map (fun rs => (snd rs, least_curvature (on_grid b) (half s) (denom p) W (fst rs) (snd rs))) (combine rows ss) in
  forall rows ss, rows_good p W s b rows ss = true ->
  length rows = length (cs rows ss) /\ cells_at (on_grid b) c rows ss /\
  Forall (fun r => length (za r) = dim p /\ (0 < zw r)%Z) rows /\
  exists mu, Forall2 (row_bound c (/ IZR (pow2 (half s)))) (map (chart_row (denom p) W) rows) mu /\
    forall v, form (curvature rows (cs rows ss)) v = IZR (pow2 (on_grid b)) * quad (map (chart_row (denom p) W) rows) mu v.
Proof.
  intros Hq HW Hk He Hm Hl HX c cs. assert (PK := pow2_pos _ Hk). induction rows as [|r rows IH]; intros [|S ss] H; try discriminate.
  - split; [reflexivity|]. split; [constructor|]. split; [constructor|].
    exists []. split; [constructor|]. intros v. simpl. ring.
  - simpl in H. apply andb_prop in H. destruct H as [H HR]. destruct (IH ss HR) as [I1 [I2 [I3 [mu [I4 I5]]]]].
    unfold row_good in H. rewrite !andb_true_iff in H. destruct H as [[[[Hlen Hw] Hb] Hcell] Hbox].
    apply Nat.eqb_eq in Hlen. apply Z.ltb_lt in Hw. apply Z.leb_le in Hbox.
    assert (HS : in_cell (on_grid b) S (sig (dot (map IZR (za r)) c))) by (apply cell_sound; try assumption; congruence).
    set (M := least_curvature (on_grid b) (half s) (denom p) W r S).
    assert (Hcurv := least_curvature_ok _ _ _ W _ S Hk Hm Hq HW Hbox).
    assert (PW : 0 < IZR W) by (apply IZR_lt; assumption). assert (Pw : 0 < IZR (zw r)) by (apply IZR_lt; assumption).
    split; [unfold cs in *; simpl; simpl in I1; lia|]. split; [constructor; [split; assumption|assumption]|].
    split; [constructor; [split; assumption|assumption]|].
    exists (IZR (W * M) / IZR (pow2 (on_grid b)) / IZR (zw r) :: mu). split.
    + constructor; [|assumption]. split.
      * simpl. apply Rlt_le, Rdiv_lt_0_compat; assumption.
      * simpl. intros y Hy. eapply curvature_sound; eassumption.
    + intros v. specialize (I5 v). unfold cs in *. simpl. rewrite form_add, form_outer, I5. fold M. rewrite mult_IZR. field. lra.
Qed.

Lemma at_most_value a d : (0 < snd a)%Z -> (0 < snd d)%Z -> at_most a d = true -> value a <= value d.
Proof.
  intros Ha Hd H. apply Z.leb_le, IZR_le in H. rewrite !mult_IZR in H. apply IZR_lt in Ha, Hd. unfold value.
  apply Rmult_le_reg_r with (IZR (snd a) * IZR (snd d)); [apply Rmult_lt_0_compat; assumption|]. field_simplify; lra.
Qed.

Lemma less_value a d : (0 < snd a)%Z -> (0 < snd d)%Z -> less a d = true -> value a < value d.
Proof.
  intros Ha Hd H. apply Z.ltb_lt, IZR_lt in H. rewrite !mult_IZR in H. apply IZR_lt in Ha, Hd. unfold value.
  apply Rmult_lt_reg_r with (IZR (snd a) * IZR (snd d)); [apply Rmult_lt_0_compat; assumption|]. field_simplify; lra.
Qed.

Lemma entries_below_norm v : Forall (fun t => Rabs t <= sqrt (sqnorm v)) v.
Proof.
  apply Forall_forall. intros t Ht. apply Rsqr_incr_0_var; [|apply sqrt_pos].
  rewrite Rsqr_sqrt by apply sqnorm_nonneg. rewrite <- Rsqr_abs. unfold sqnorm. clear - Ht.
  induction v as [|u v IH]; [destruct Ht|]. simpl. assert (N := sqnorm_nonneg v). unfold sqnorm in N.
  destruct Ht as [->|Ht]; [unfold Rsqr; nra|]. specialize (IH Ht). assert (0 <= u * u) by nra. lra.
Qed.

(** ** The exact sums. *)

Definition proper (f : fraction) : Prop := (0 < snd f)%Z.

Lemma add_fraction_value a b : proper a -> proper b -> proper (add_fraction a b) /\ value (add_fraction a b) = value a + value b.
Proof.
  unfold proper. intros Ha Hb. unfold add_fraction, value. destruct (snd a =? snd b)%Z eqn:E.
  - apply Z.eqb_eq in E. cbn [fst snd]. rewrite <- E. split; [assumption|]. rewrite plus_IZR. field. apply not_0_IZR. lia.
  - cbn [fst snd]. split; [nia|]. rewrite plus_IZR, !mult_IZR. field. split; apply not_0_IZR; lia.
Qed.

Lemma add_fractions_value u : Forall proper u -> forall v, Forall proper v ->
  Forall proper (add_fractions u v) /\ map value (add_fractions u v) = radd (map value u) (map value v).
Proof.
  intros Hu. induction Hu as [|a u Ha Hu IH]; intros v Hv; [split; [assumption|reflexivity]|].
  destruct Hv as [|b v Hb Hv]; [split; [constructor; assumption|reflexivity]|].
  destruct (IH v Hv) as [I1 I2]. destruct (add_fraction_value a b Ha Hb) as [A1 A2]. simpl. split; [constructor; assumption|].
  rewrite A2, I2. reflexivity.
Qed.

Lemma powers_sound e X a : (0 <= e)%Z -> length a = length X -> Forall (fun x => (0 < x)%Z) X ->
  let '(N, D) := powers e X a in
  (0 < N)%Z /\ (0 < D)%Z /\ sig (dot (map IZR a) (real_point e X)) = IZR D / (IZR N + IZR D).
Proof.
  intros He Hl HX. unfold powers. assert (M := monomial_exp e He a X Hl HX).
  destruct (monomial a X) as [[up down] [plus minus]]. destruct M as [Hup [Hdown [Hplus [Hminus HE]]]].
  rewrite !Z.shiftl_mul_pow2 by nia.
  assert (HN : (0 < up * 2 ^ (e * minus))%Z) by (apply Z.mul_pos_pos; [lia|apply Z.pow_pos_nonneg; nia]).
  assert (HD : (0 < down * 2 ^ (e * plus))%Z) by (apply Z.mul_pos_pos; [lia|apply Z.pow_pos_nonneg; nia]).
  split; [assumption|]. split; [assumption|]. rewrite <- !mult_IZR in HE.
  set (N := (up * 2 ^ (e * minus))%Z) in *. set (D := (down * 2 ^ (e * plus))%Z) in *. clearbody N D. apply IZR_lt in HN, HD.
  unfold sig. set (ex := exp _) in *. rewrite <- HE. assert (0 < ex) by apply exp_pos.
  assert (0 < ex * IZR D) by (apply Rmult_lt_0_compat; assumption). field. split; lra.
Qed.

Lemma exact_row q W e X r : (0 < q)%Z -> (0 < W)%Z -> (0 <= e)%Z -> length (za r) = length X -> Forall (fun x => (0 < x)%Z) X ->
  let y := dot (map IZR (za r)) (real_point e X) in
  (proper (exact_value q W e X r) /\ value (exact_value q W e X r) = IZR (zw r) / IZR W * h0 (IZR (zb r) / IZR q) y) /\
  (proper (exact_slope q W e X r) /\ value (exact_slope q W e X r) = IZR (zw r) / IZR W * h1 (IZR (zb r) / IZR q) y).
Proof.
  intros Hq HW He Hl HX y. assert (P := powers_sound e X (za r) He Hl HX). fold y in P. unfold exact_value, exact_slope.
  destruct (powers e X (za r)) as [N D]. destruct P as [HN [HD HS]]. unfold proper, value. cbn [fst snd].
  assert (HT : (0 < N + D)%Z) by lia. assert (HqW : (0 < q * W)%Z) by nia. assert (HqqW : (0 < q * q * W)%Z) by nia.
  assert (HTT : (0 < (N + D) * (N + D))%Z) by nia. assert (HTTT : (0 < (N + D) * ((N + D) * (N + D)))%Z) by nia.
  rewrite h0_sig. unfold h1. rewrite HS. split; (split; [apply Z.mul_pos_pos; assumption|]);
    rewrite ?mult_IZR, ?minus_IZR, ?mult_IZR, ?minus_IZR, ?plus_IZR; apply IZR_lt in Hq, HW, HN, HD; field; lra.
Qed.

Lemma exact_sound q W e X n : (0 < q)%Z -> (0 < W)%Z -> (0 <= e)%Z -> length X = n -> Forall (fun x => (0 < x)%Z) X ->
  let c := real_point e X in
  forall rows, Forall (fun r => length (za r) = n /\ (0 < zw r)%Z) rows ->
  (proper (exact_error q W e X rows) /\ value (exact_error q W e X rows) = E (map (chart_row q W) rows) c) /\
  (Forall proper (exact_gradient q W e X rows) /\
   forall v, DE (map (chart_row q W) rows) c v = dot (map value (exact_gradient q W e X rows)) v).
Proof.
  intros Hq HW He Hn HX c rows Hrows. induction Hrows as [|r rows [Hl Hw] Hrows [[I1 I2] [I3 I4]]].
  - split; [split; [unfold proper; simpl; lia|unfold value; simpl; field]|]. split; [constructor|]. intros v. reflexivity.
  - assert (Hlr : length (za r) = length X) by congruence.
    destruct (exact_row q W e X r Hq HW He Hlr HX) as [[V1 V2] [S1 S2]]. fold c in V2, S2. split.
    + cbn [exact_error map E chart_row input target weight]. destruct (add_fraction_value _ _ V1 I1) as [A1 A2]. split; [exact A1|].
      rewrite A2, V2, I2. reflexivity.
    + cbn [exact_gradient map DE chart_row input target weight].
      set (sl := exact_slope q W e X r) in *.
      assert (P : Forall proper (map (fun t => (t * fst sl, snd sl)%Z) (za r))) by (apply Forall_map, Forall_forall; intros; exact S1).
      destruct (add_fractions_value _ P _ I3) as [A1 A2]. split; [exact A1|]. intros v. rewrite A2, dot_radd, <- I4. f_equal.
      assert (EM : map value (map (fun t => (t * fst sl, snd sl)%Z) (za r)) = map (Rmult (value sl)) (map IZR (za r))).
      { rewrite !map_map. apply map_ext. intros t. unfold value. cbn [fst snd]. rewrite mult_IZR. unfold Rdiv. ring. }
      rewrite EM, dot_scale, S2. reflexivity.
Qed.

Lemma zero_gradient g v : Forall proper g -> forallb (fun f => fst f =? 0)%Z g = true -> dot (map value g) v = 0.
Proof.
  intros Hg. revert v. induction Hg as [|f g Hf Hg IH]; intros v H; [reflexivity|]. simpl in H. apply andb_prop in H. destruct H as [H1 H2].
  destruct v as [|v1 v]; [reflexivity|]. simpl. rewrite (IH v H2). apply Z.eqb_eq in H1. unfold value. rewrite H1. unfold Rdiv. ring.
Qed.

Lemma sqnorm_self c : sqnorm (vsub c c) = 0.
Proof. induction c as [|u c IH]; [reflexivity|]. unfold sqnorm in *. simpl. rewrite IH. ring. Qed.

(** The rule is sound. *)
Theorem check_barrier_sound p W s b : check_barrier p W s b = true -> minimum_holds p W s.
Proof.
  intros H. unfold check_barrier in H. rewrite !andb_true_iff in H.
  destruct H as [[[[[HF HR] Hmat] Hgrad] Hloc] Hlow].
  unfold well_formed in HF. rewrite !andb_true_iff in HF.
  destruct HF as [[[[[[[[[[[Hq HW] Hgrids] Hln] Hld] Hon] Hod] Hed] Hfd] Hl] HX] HL].
  unfold grids_good in Hgrids. rewrite !andb_true_iff in Hgrids. destruct Hgrids as [[[[[Hk2 _] _] Hm1] _] He].
  apply Z.ltb_lt in Hq, HW, Hln, Hld, Hod, Hed, Hfd. apply Z.leb_le in Hk2, He, Hm1, Hon.
  assert (Hk : (0 <= on_grid b)%Z) by lia. assert (Hm : (0 <= half s)%Z) by lia. apply Nat.eqb_eq in Hl. apply forallb_pos in HX.
  destruct (rows_good_sound p W s b Hq HW Hk He Hm Hl HX _ _ HR) as [Hlen [Hcells [Hrows [mu [Hbounds Hform]]]]].
  assert (PK := pow2_pos _ Hk). assert (PQ := pow2_pos _ Hm).
  assert (PKz : (0 < pow2 (on_grid b))%Z) by (rewrite pow2_spec; apply Z.pow_pos_nonneg; lia).
  assert (PQz : (0 < pow2 (half s))%Z) by (rewrite pow2_spec; apply Z.pow_pos_nonneg; lia).
  unfold minimum_holds. rewrite <- pow2_spec.
  set (c := real_point (at_grid s) (at_centre s)) in *. set (n := dim p) in *.
  fold (chart_rows p W) in Hbounds, Hform. set (rows := chart_rows p W) in *.
  set (K := IZR (pow2 (on_grid b))) in *. set (Q := IZR (pow2 (half s))) in *.
  assert (Hlc : length c = n) by (unfold c; rewrite length_real_point; assumption).
  set (lam := value (lambda s)). set (G := IZR (slope p W b) / K).
  assert (Plam : 0 < lam) by (apply Rdiv_lt_0_compat; apply IZR_lt; assumption).
  assert (Pr : 0 < / Q) by (apply Rinv_0_lt_compat; assumption).
  assert (Hmod : lam * K <= IZR (modulus_on_grid s b)).
  { unfold modulus_on_grid. assert (U := up_above (fst (lambda s) * pow2 (on_grid b)) (snd (lambda s)) 0 Hld (Z.le_refl 0)).
    rewrite mult_IZR in U. change (IZR (2 ^ 0)) with 1 in U. fold K in U. apply IZR_lt in Hld. unfold lam, value.
    apply Rmult_le_reg_r with (IZR (snd (lambda s))); [assumption|].
    replace (IZR (fst (lambda s)) / IZR (snd (lambda s)) * K * IZR (snd (lambda s))) with (IZR (fst (lambda s)) * K) by (field; lra). lra. }
  assert (HQ : forall v, length v = n -> lam * sqnorm v <= quad rows mu v).
  { intros v Hv. assert (S := slack_form (remainder p W s b) v). assert (N := weighted_nonneg _ v Hmat).
    unfold remainder in S at 2. rewrite !form_add, (form_diagonal _ (dim p)) in S by assumption.
    unfold bounds_on_grid in S. rewrite Hform, opp_IZR in S. assert (F := form_squares (factor b) v).
    assert (Sq := sqnorm_nonneg v). apply (Rmult_le_compat_r (sqnorm v)) in Hmod; [|assumption].
    apply Rmult_le_reg_l with K; [assumption|]. lra. }
  assert (HGB : forall v d, 0 <= d -> length v = n -> Forall (fun t => Rabs t <= d) v -> - (G * d) <= DE rows c v).
  { intros v d Hd _ Hv. assert (S := gradient_on_grid_sound (on_grid b) (denom p) W c Hk Hq HW (zrows p) (responses b) Hcells).
    unfold G, slope. destruct (gradient_on_grid (on_grid b) (denom p) W (zrows p) (responses b)) as [lo hi].
    destruct S as [g [Hlo [Hhi Hg]]]. assert (B := sup_sum_bound lo g Hlo hi Hhi v d Hd Hv).
    rewrite <- Hg in B. fold K in B. fold (chart_rows p W) in B. fold rows in B. apply Rabs_le_inv in B.
    apply Rmult_le_reg_l with K; [assumption|].
    replace (K * - (IZR (sup_sum lo hi) / K * d)) with (- (IZR (sup_sum lo hi) * d)) by (field; lra). lra. }
  assert (HG : 2 * G < lam * / Q).
  { apply less_value in Hgrad; [|assumption|cbn [snd]; nia]. unfold value in Hgrad. cbn [fst snd] in Hgrad.
    rewrite !mult_IZR in Hgrad. fold K Q in Hgrad. unfold G, lam, value. apply IZR_lt in Hld.
    replace (IZR (fst (lambda s)) / IZR (snd (lambda s)) * / Q) with (IZR (fst (lambda s)) / (IZR (snd (lambda s)) * Q)) by (field; lra). lra. }
  destruct (barrier n rows mu c (/ Q) lam G Hlc Pr Plam Hbounds HQ HGB HG) as [x [Hx [Hstrict [Hcrit [Hgrow Huniq]]]]].
  assert (Habove := box_above n rows mu c (/ Q) lam G Hlc Pr Plam Hbounds HQ HGB x (near_within _ _ _ Hx)).
  assert (Hcc := within_refl (/ Q) c (Rlt_le _ _ Pr)).
  assert (HE := error_on_grid (on_grid b) (denom p) W c Hk Hq HW (zrows p) (responses b) Hcells).
  fold (chart_rows p W) in HE. fold rows K in HE. destruct HE as [HE1 HE2].
  exists x. split; [assumption|]. split; [assumption|]. split; [assumption|]. split; [assumption|]. split; [assumption|].
  assert (Hlx : length x = n) by (rewrite (within_length _ _ _ (near_within _ _ _ Hx)); assumption).
  assert (HL' : sqnorm (vsub x c) <= value (offset s) ^ 2 /\ value (error_least s) <= E rows x <= value (error_most s)).
  { unfold located in Hloc. destruct (fst (offset s) =? 0)%Z; rewrite !andb_true_iff in Hloc; destruct Hloc as [[Hnear Hleast] Hmost].
    { (* The centre is critical, so it is the minimum. *)
      destruct (exact_sound (denom p) W (at_grid s) (at_centre s) n Hq HW He Hl HX (zrows p) Hrows) as [[X1 X2] [X3 X4]].
      fold c in X2, X4. fold (chart_rows p W) in X2, X4. fold rows in X2, X4.
      assert (Hc : critical n (E rows) c).
      { split; [assumption|]. intros v Hv. assert (D := DE_derivable rows c v (eq_trans Hv (eq_sym Hlc))).
        rewrite X4, (zero_gradient _ v X3 Hnear) in D. exact D. }
      apply at_most_value in Hleast; [|assumption|exact X1]. apply at_most_value in Hmost; [|exact X1|assumption].
      rewrite X2 in Hleast, Hmost. rewrite <- (Huniq c Hcc Hc). rewrite sqnorm_self.
      split; [apply pow2_ge_0|split; assumption]. }
    assert (Hleast' : value (error_least s) <= E rows x).
    { apply at_most_value in Hleast; [|assumption|cbn [snd]; nia]. unfold value at 2 in Hleast. cbn [fst snd] in Hleast.
      rewrite minus_IZR, !mult_IZR in Hleast. fold K Q in Hleast. eapply Rle_trans; [exact Hleast|]. eapply Rle_trans; [|exact Habove].
      unfold G. apply Rmult_le_reg_r with (K * Q); [apply Rmult_lt_0_compat; assumption|].
      apply (Rmult_le_compat_r Q) in HE1; [|lra].
      replace ((IZR (error_below (on_grid b) (denom p) W (zrows p) (responses b)) * Q - IZR (slope p W b)) / (K * Q) * (K * Q))
        with (IZR (error_below (on_grid b) (denom p) W (zrows p) (responses b)) * Q - IZR (slope p W b)) by (field; lra).
      replace ((E rows c - IZR (slope p W b) / K * / Q) * (K * Q)) with (K * E rows c * Q - IZR (slope p W b)) by (field; lra). lra. }
    split; [|split].
    - assert (T1 := Hgrow c Hcc). assert (T2 := growth_at n rows mu c (/ Q) lam Hlc Pr Hbounds HQ c x Hcc (near_within _ _ _ Hx)).
      rewrite (sqnorm_sub_sym c x) in T1. set (v := vsub x c) in *.
      assert (Lv : length v = n) by (unfold v; rewrite length_vsub; congruence).
      assert (B := HGB v (sqrt (sqnorm v)) (sqrt_pos _) Lv (entries_below_norm v)).
      assert (N := sqnorm_nonneg v). assert (SS := sqrt_sqrt _ N). assert (SP := sqrt_pos (sqnorm v)). set (D := sqrt (sqnorm v)) in *.
      assert (HD : lam * D <= G).
      { destruct (Rle_lt_or_eq_dec _ _ SP) as [P|P0].
        - apply Rmult_le_reg_r with D; [assumption|]. rewrite <- SS in T1, T2. lra.
        - rewrite <- P0, Rmult_0_r. unfold G. apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; assumption].
          unfold slope. destruct (gradient_on_grid _ _ _ _ _) as [lo hi]. apply IZR_le. clear. revert hi.
          induction lo as [|l lo IH]; intros [|h hi]; simpl; try lia. specialize (IH hi). lia. }
      apply at_most_value in Hnear; [|assumption|cbn [snd]; nia]. unfold value in Hnear at 1. cbn [fst snd] in Hnear. fold K in Hnear.
      assert (EV : value (fst (lambda s) * fst (offset s), snd (lambda s) * snd (offset s))%Z = lam * value (offset s)).
      { unfold value, lam. cbn [fst snd]. rewrite !mult_IZR. unfold value. apply IZR_lt in Hld, Hod. field. lra. }
      rewrite EV in Hnear. fold G in Hnear.
      assert (D <= value (offset s)) by (apply Rmult_le_reg_l with lam; lra).
      rewrite <- SS. apply Rle_trans with (D * value (offset s)); [apply Rmult_le_compat_l; assumption|].
      simpl. rewrite Rmult_1_r. apply Rmult_le_compat_r; lra.
    - exact Hleast'.
    - assert (T := Hgrow c Hcc). assert (0 <= lam / 2 * sqnorm (vsub c x)) by (apply Rmult_le_pos; [lra|apply sqnorm_nonneg]).
      apply at_most_value in Hmost; [|assumption|assumption]. unfold value in Hmost at 1. cbn [fst snd] in Hmost. fold K in Hmost.
      assert (E rows c <= IZR (error_above (on_grid b) (denom p) W (zrows p) (responses b)) / K); [|lra].
      apply Rmult_le_reg_l with K; [assumption|].
      replace (K * (IZR (error_above (on_grid b) (denom p) W (zrows p) (responses b)) / K))
        with (IZR (error_above (on_grid b) (denom p) W (zrows p) (responses b))) by (field; lra). lra. }
  destruct HL' as [HL1 [HL2 HL3]]. assert (Hleast' := HL2).
  split; [exact HL1|]. split; [split; assumption|].
  unfold lower_good in Hlow. destruct (lower_point s) as [l|]; [|exact I]. rewrite !andb_true_iff in Hlow.
    destruct Hlow as [[[[[[Hle Hbd] Hll] HZ] Hok] Hup] Hless]. apply Z.leb_le in Hle. apply Z.ltb_lt in Hbd.
    apply Nat.eqb_eq in Hll. apply forallb_pos in HZ.
    assert (Hts := low_sound _ _ _ _ Hk Hle Hll HZ _ _ Hrows Hok).
    destruct (error_on_grid (on_grid b) (denom p) W _ Hk Hq HW _ _ Hts) as [_ Upper]. fold (chart_rows p W) in Upper. fold rows K in Upper.
    split; [rewrite length_real_point; assumption|]. split.
    + apply at_most_value in Hup; [|assumption|assumption]. eapply Rle_trans; [|exact Hup]. unfold value. cbn [fst snd]. fold K.
      apply Rmult_le_reg_l with K; [assumption|].
      replace (K * (IZR (error_above (on_grid b) (denom p) W (zrows p) (responses_below b)) / K))
        with (IZR (error_above (on_grid b) (denom p) W (zrows p) (responses_below b))) by (field; lra). exact Upper.
    + apply less_value in Hless; [|assumption|assumption]. lra.
Qed.

(** ** In the words of Surface.v. *)

Lemma E_chart p W x : (0 < W)%Z -> E (chart_rows p W) x = E (real_rows p) x / IZR W.
Proof.
  intros HW. apply IZR_lt in HW. unfold chart_rows, real_rows. induction (zrows p) as [|r rows IH]; simpl; [field; lra|].
  rewrite IH. set (b := IZR (zb r) / IZR (denom p)). clearbody b. field. lra.
Qed.

Lemma weights_positive p W s b : check_barrier p W s b = true -> (0 < W)%Z /\ (0 < denom p)%Z.
Proof.
  unfold check_barrier, well_formed. rewrite !andb_true_iff. intros H. split; apply Z.ltb_lt; tauto.
Qed.

(** There is a strict local minimum. *)
Definition has_strict_minimum (n : nat) (rows : list row) : Prop := exists x, strict_local_min n (E rows) x.
Definition has_strict_minimum_logistic (n : nat) (rows : list row) : Prop := exists x, strict_local_min n (E_logistic rows) x.

Lemma strict_local_min_ext n f g x : (forall y, f y = g y) -> strict_local_min n f x -> strict_local_min n g x.
Proof. intros H [Hx [d [Hd Hm]]]. split; [assumption|]. exists d. split; [assumption|]. intros y Hy Hne. rewrite <- !H. auto. Qed.

Lemma in_chart p W s b : check_barrier p W s b = true ->
  exists x, strict_local_min (dim p) (E (chart_rows p W)) x /\
    match lower_point s with None => True | Some _ => exists z, length z = dim p /\ E (chart_rows p W) z < E (chart_rows p W) x end.
Proof.
  intros H. destruct (check_barrier_sound p W s b H) as [x [_ [Hx [_ [_ [_ [_ [_ Hl]]]]]]]]. exists x. split; [assumption|].
  destruct (lower_point s) as [l|]; [|exact I]. destruct Hl as [Hz [H1 H2]].
  exists (real_point (below_grid l) (below_point l)). split; [assumption|lra].
Qed.

Lemma with_lower p W s b : check_barrier p W s b = true -> has_lower s = true -> spurious (dim p) (chart_rows p W).
Proof.
  intros H HL. destruct (in_chart _ _ _ _ H) as [x [Hx Hl]]. unfold has_lower in HL. destruct (lower_point s); [|discriminate].
  destruct Hl as [z Hz]. exists x, z. split; assumption.
Qed.

(** Integer inputs and weights, a tanh unit. *)
Lemma E_plain p x : E (chart_rows p 1) x = E (real_rows p) x.
Proof. rewrite E_chart by lia. field. Qed.

Theorem minimum_sound p s b : check_barrier p 1 s b = true -> has_strict_minimum (dim p) (real_rows p).
Proof.
  intros H. destruct (in_chart _ _ _ _ H) as [x [Hx _]]. exists x. apply strict_local_min_ext with (2 := Hx). apply E_plain.
Qed.

Theorem spurious_sound p s b : check_barrier p 1 s b = true -> has_lower s = true -> spurious (dim p) (real_rows p).
Proof.
  intros H HL. destruct (with_lower _ _ _ _ H HL) as [x [z [Hx [Hz Hlt]]]]. exists x, z.
  split; [apply strict_local_min_ext with (2 := Hx); apply E_plain|]. split; [assumption|]. rewrite <- !E_plain. assumption.
Qed.

(** Rational inputs and weights: x_i = u_i d/u for the unit u/d of the column. *)
Lemma E_units p U W x : (0 < W)%Z -> E (rational_rows p U W) x = E (chart_rows p W) (unscale U x).
Proof. intros HW. rewrite E_rational, E_chart by assumption. reflexivity. Qed.

Lemma strict_in_units p U W x : units_ok (dim p) U W = true -> strict_local_min (dim p) (E (chart_rows p W)) x ->
  strict_local_min (dim p) (E (rational_rows p U W)) (scale U x).
Proof.
  intros HU [Hx [d [Hd Hm]]]. destruct (units_sound _ _ _ HU) as [HL [HP HW]].
  destruct (near_unscale d U HP Hd) as [d' [Hd' Hnear]].
  split; [rewrite scale_length; congruence|]. exists d'. split; [assumption|]. intros y Hy Hne.
  rewrite !E_units, unscale_scale by (try assumption; congruence). apply Hm.
  - apply Hnear; [congruence|assumption].
  - intros Eq. apply Hne. rewrite <- Eq. symmetry. apply scale_unscale; [assumption|].
    apply near_length in Hy. rewrite Hy. apply scale_length. congruence.
Qed.

Theorem minimum_rational_sound p U W s b : units_ok (dim p) U W = true -> check_barrier p W s b = true ->
  has_strict_minimum (dim p) (rational_rows p U W).
Proof.
  intros HU H. destruct (in_chart _ _ _ _ H) as [x [Hx _]]. exists (scale U x). apply strict_in_units; assumption.
Qed.

Theorem spurious_rational_sound p U W s b : units_ok (dim p) U W = true -> check_barrier p W s b = true -> has_lower s = true ->
  spurious (dim p) (rational_rows p U W).
Proof.
  intros HU H HL. destruct (with_lower _ _ _ _ H HL) as [x [z [Hx [Hz Hlt]]]].
  destruct (units_sound _ _ _ HU) as [Hn [HP HW]]. exists (scale U x), (scale U z).
  split; [apply strict_in_units; assumption|]. split; [rewrite scale_length; congruence|].
  rewrite !E_units, !unscale_scale by (try assumption; destruct Hx; congruence). assumption.
Qed.

(** A logistic unit. *)
Lemma E_halves p U W x : (0 < W)%Z -> (0 < denom p)%Z ->
  E (rational_rows p (halves U) (4 * W)) x = E_logistic (logistic_rows p U W) x.
Proof. intros HW Hq. symmetry. apply E_logistic_tanh; assumption. Qed.

Theorem minimum_logistic_sound p U W s b : units_ok (dim p) (halves U) (4 * W) = true -> check_barrier p (4 * W) s b = true ->
  has_strict_minimum_logistic (dim p) (logistic_rows p U W).
Proof.
  intros HU H. destruct (weights_positive _ _ _ _ H) as [HW Hq]. destruct (minimum_rational_sound _ _ _ _ _ HU H) as [x Hx].
  exists x. apply strict_local_min_ext with (2 := Hx). intros y. apply E_halves; [lia|assumption].
Qed.

Theorem spurious_logistic_sound p U W s b : units_ok (dim p) (halves U) (4 * W) = true -> check_barrier p (4 * W) s b = true ->
  has_lower s = true -> spurious_logistic (dim p) (logistic_rows p U W).
Proof.
  intros HU H HL. destruct (weights_positive _ _ _ _ H) as [HW Hq].
  destruct (spurious_rational_sound _ _ _ _ _ HU H HL) as [x [z [Hx [Hz Hlt]]]].
  assert (EE : forall y, E (rational_rows p (halves U) (4 * W)) y = E_logistic (logistic_rows p U W) y)
    by (intros; apply E_halves; [lia|assumption]).
  exists x, z. split; [apply strict_local_min_ext with (2 := Hx); exact EE|]. split; [assumption|]. rewrite <- !EE. assumption.
Qed.
