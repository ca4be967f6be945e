(** * Independent lines split the error into functions of one variable each.

    A line is a vector a with p instances a and q instances -a, all of target 1. Where the lines are linearly
    independent, a local minimum of E is a global one (Lemma 3.1 line by line). *)

Require Import Reals List Lra Lia.
Require Import Spurious.Surface Spurious.Vectors Spurious.Sigmoid Spurious.Linear Spurious.Lines.
Import ListNotations.
Open Scope R_scope.

(** The error of one line, at y = <a, x>. *)
Definition g (p q y : R) : R := p * h0 1 y + q * h0 1 (- y).

Lemma g_h p q y : g p q y = 4 * h p q (exp (2 * y)).
Proof.
  unfold g, h0, h. rewrite !eq_3_3. replace (2 * - y) with (- (2 * y)) by ring. rewrite exp_Ropp.
  assert (H := exp2_pos y). field. repeat split; lra.
Qed.

Lemma h_decreasing_0 p u v : 0 < p -> 0 < u -> u < v -> h p 0 v < h p 0 u.
Proof.
  intros Hp Hu Huv. unfold h.
  assert (E : (p + 0 * u ^ 2) / (1 + u) ^ 2 - (p + 0 * v ^ 2) / (1 + v) ^ 2
    = p * (v - u) * (2 + u + v) / ((1 + u) ^ 2 * (1 + v) ^ 2)) by (field; lra).
  assert (0 < p * (v - u) * (2 + u + v) / ((1 + u) ^ 2 * (1 + v) ^ 2)); [|lra].
  apply Rdiv_lt_0_compat; repeat apply Rmult_lt_0_compat; lra.
Qed.

Lemma h_increasing_0 q u v : 0 < q -> 0 < u -> u < v -> h 0 q u < h 0 q v.
Proof.
  intros Hq Hu Huv. unfold h.
  assert (E : (0 + q * v ^ 2) / (1 + v) ^ 2 - (0 + q * u ^ 2) / (1 + u) ^ 2
    = q * (v - u) * (v + u + 2 * u * v) / ((1 + u) ^ 2 * (1 + v) ^ 2)) by (field; lra).
  assert (0 < q * (v - u) * (v + u + 2 * u * v) / ((1 + u) ^ 2 * (1 + v) ^ 2)); [|lra].
  assert (0 < u * v) by (apply Rmult_lt_0_compat; lra).
  apply Rdiv_lt_0_compat; repeat apply Rmult_lt_0_compat; lra.
Qed.

(** In one variable every local minimum is global. *)
Lemma one_variable p q y d : 0 <= p -> 0 <= q -> 0 < p + q -> 0 < d ->
  (forall t, Rabs t < d -> g p q y <= g p q (y + t)) -> forall w, g p q y <= g p q w.
Proof.
  intros Hp Hq Hpq Hd Hmin.
  assert (Up : forall t, 0 < t -> exp (2 * y) < exp (2 * (y + t))) by (intros; apply exp_increasing; lra).
  assert (Down : forall t, 0 < t -> exp (2 * (y - t)) < exp (2 * y)) by (intros; apply exp_increasing; lra).
  assert (P := exp_pos (2 * y)).
  assert (Right : forall t, 0 < t -> t < d -> h p q (exp (2 * y)) <= h p q (exp (2 * (y + t)))).
  { intros t H1 H2. assert (M := Hmin t). rewrite !g_h in M. rewrite Rabs_pos_eq in M by lra. specialize (M H2). lra. }
  assert (Left : forall t, 0 < t -> t < d -> h p q (exp (2 * y)) <= h p q (exp (2 * (y - t)))).
  { intros t H1 H2. assert (M := Hmin (- t)). rewrite !g_h in M. rewrite Rabs_Ropp, Rabs_pos_eq in M by lra. specialize (M H2).
    unfold Rminus. lra. }
  assert (D2 : 0 < d / 2 < d) by lra.
  destruct (Req_dec p 0) as [->|Hp0].
  - exfalso. assert (L := Left (d / 2)). assert (S := Down (d / 2)).
    assert (I := h_increasing_0 q (exp (2 * (y - d / 2))) (exp (2 * y))). generalize (exp_pos (2 * (y - d / 2))). lra.
  - destruct (Req_dec q 0) as [->|Hq0].
    + exfalso. assert (L := Right (d / 2)). assert (S := Up (d / 2)).
      assert (I := h_decreasing_0 p (exp (2 * y)) (exp (2 * (y + d / 2)))). lra.
    + assert (Pp : 0 < p) by lra. assert (Pq : 0 < q) by lra.
      destruct (lemma_3_1 p q Pp Pq) as [L1 [L2 [_ [L4 [L5 _]]]]].
      assert (Ppq : 0 < p / q) by (apply Rdiv_lt_0_compat; assumption).
      set (ys := ln (p / q) / 2).
      assert (Eys : exp (2 * ys) = p / q).
      { unfold ys. replace (2 * (ln (p / q) / 2)) with (ln (p / q)) by field. apply exp_ln. assumption. }
      assert (Y : y = ys).
      { destruct (Rtotal_order y ys) as [Hlt|[|Hgt]]; [exfalso|assumption|exfalso].
        - set (t := Rmin (d / 2) (ys - y)). assert (0 < t) by (apply Rmin_glb_lt; lra).
          assert (Ht1 := Rmin_l (d / 2) (ys - y)). assert (Ht2 := Rmin_r (d / 2) (ys - y)). fold t in Ht1, Ht2.
          assert (R1 := Right t). assert (S := Up t).
          assert (B : exp (2 * (y + t)) <= p / q).
          { rewrite <- Eys. destruct (Req_dec (2 * (y + t)) (2 * ys)) as [->|]; [lra|]. left. apply exp_increasing. lra. }
          assert (L := L4 (exp (2 * y)) (exp (2 * (y + t)))). lra.
        - set (t := Rmin (d / 2) (y - ys)). assert (0 < t) by (apply Rmin_glb_lt; lra).
          assert (Ht1 := Rmin_l (d / 2) (y - ys)). assert (Ht2 := Rmin_r (d / 2) (y - ys)). fold t in Ht1, Ht2.
          assert (R1 := Left t). assert (S := Down t).
          assert (B : p / q <= exp (2 * (y - t))).
          { rewrite <- Eys. destruct (Req_dec (2 * (y - t)) (2 * ys)) as [->|]; [lra|]. left. apply exp_increasing. lra. }
          assert (L := L5 (exp (2 * (y - t))) (exp (2 * y))). lra. }
      intros w. rewrite !g_h, Y, Eys, L1. assert (L := L2 (exp (2 * w))). generalize (exp_pos (2 * w)). lra.
Qed.

(** A line: the vector, p and q. *)
Record line := Line { vec : list R; plus : R; minus : R }.

Fixpoint E_lines (L : list line) (x : list R) : R :=
  match L with
  | [] => 0
  | l :: L' => g (plus l) (minus l) (dot (vec l) x) + E_lines L' x
  end.

Definition proper (n : nat) (l : line) : Prop :=
  length (vec l) = n /\ 0 <= plus l /\ 0 <= minus l /\ 0 < plus l + minus l.

Lemma E_lines_app L1 L2 x : E_lines (L1 ++ L2) x = E_lines L1 x + E_lines L2 x.
Proof. induction L1 as [|l L1 IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma E_lines_same L x y : (forall l, In l L -> dot (vec l) y = dot (vec l) x) -> E_lines L y = E_lines L x.
Proof.
  induction L as [|l L IH]; intros H; simpl; [reflexivity|].
  rewrite IH by (intros; apply H; right; assumption). rewrite (H l (or_introl eq_refl)). reflexivity.
Qed.

Theorem splitting n L x : Forall (proper n) L -> independent n (map vec L) ->
  local_min n (E_lines L) x -> forall z, E_lines L x <= E_lines L z.
Proof.
  intros HL Hind [Hx [d [Hd Hmin]]].
  assert (Hone : forall l, In l L -> forall w, g (plus l) (minus l) (dot (vec l) x) <= g (plus l) (minus l) w).
  { intros l Hl. destruct (in_split l L Hl) as [L1 [L2 EL]].
    assert (HA : Forall (fun a => length a = n) (map vec L)).
    { clear - HL. induction HL as [|l L [Hl _] HL IH]; simpl; constructor; assumption. }
    destruct (solve n (map vec L) HA Hind (repeat 0 (length L1) ++ 1 :: repeat 0 (length L2))) as [v [Hv Sv]].
    { rewrite EL, map_length, !app_length. simpl. rewrite !repeat_length. reflexivity. }
    assert (Z : (forall k, In k L1 -> dot (vec k) v = 0) /\ dot (vec l) v = 1 /\ (forall k, In k L2 -> dot (vec k) v = 0)).
    { clear - Sv EL. subst L. induction L1 as [|k L1 IH]; simpl in Sv; injection Sv as S1 S2.
      - split; [intros k []|]. split; [assumption|]. clear S1. intros k Hk. induction L2 as [|k' L2 IH]; [contradiction|].
        simpl in S2. injection S2 as S2 S3. destruct Hk as [->|Hk]; [assumption|]. apply IH; assumption.
      - destruct (IH S2) as [I1 [I2 I3]]. split; [|split; assumption]. intros k' [<-|Hk]; [assumption|]. apply I1. assumption. }
    destruct Z as [Z1 [Z2 Z3]].
    destruct (near_move d x v Hd (eq_trans Hv (eq_sym Hx))) as [t0 [Ht0 Hnear]].
    assert (Pl : proper n l) by (apply (proj1 (Forall_forall _ _) HL); assumption).
    destruct Pl as [P1 [P2 [P3 P4]]].
    apply one_variable with (d := t0); try assumption.
    intros t Ht. specialize (Hmin _ (Hnear t Ht)). rewrite EL in Hmin. rewrite !E_lines_app in Hmin. simpl in Hmin.
    rewrite (E_lines_same L1 x (move x t v)), (E_lines_same L2 x (move x t v)), dot_move, Z2, Rmult_1_r in Hmin; [lra| | |].
    - congruence.
    - intros k Hk. rewrite dot_move, (Z3 k Hk) by congruence. ring.
    - intros k Hk. rewrite dot_move, (Z1 k Hk) by congruence. ring. }
  intros z. clear - Hone. induction L as [|l L IH]; simpl; [lra|].
  assert (H1 := Hone l (or_introl eq_refl) (dot (vec l) z)).
  assert (H2 : E_lines L x <= E_lines L z) by (apply IH; intros; apply Hone; right; assumption). lra.
Qed.

(** ** First and second order at a local minimum in one variable. *)

Lemma second_order (f f1 : R -> R) (l2 d : R) :
  (forall t, derivable_pt_lim f t (f1 t)) -> derivable_pt_lim f1 0 l2 -> 0 < d ->
  (forall t, Rabs t < d -> f 0 <= f t) -> f1 0 = 0 -> 0 <= l2.
Proof.
  intros Hf Hf1 Hd Hmin H0. apply Rnot_lt_le. intros Hneg.
  destruct (Hf1 (- l2 / 2)) as [[e He] Hlim]; [lra|]. simpl in Hlim.
  set (s := Rmin d e / 2). assert (0 < Rmin d e) by (apply Rmin_glb_lt; assumption).
  assert (S1 := Rmin_l d e). assert (S2 := Rmin_r d e).
  destruct (MVT_cor2 f f1 0 s) as [c [Hc1 Hc2]]; [unfold s; lra|intros; apply Hf|].
  assert (Hc : f1 c < 0).
  { assert (L := Hlim c). rewrite Rabs_pos_eq in L by lra. assert (Hc0 : c <> 0) by lra. assert (Hce : c < e) by (unfold s in Hc2; lra).
    specialize (L Hc0 Hce). rewrite Rplus_0_l, H0, Rminus_0_r in L. apply Rabs_def2 in L. destruct L as [L _].
    apply Rnot_le_lt. intros Hge. assert (0 <= f1 c / c) by (apply Rmult_le_pos; [assumption|left; apply Rinv_0_lt_compat; lra]). lra. }
  assert (M := Hmin s). rewrite Rabs_pos_eq in M by (unfold s; lra). assert (Hsd : s < d) by (unfold s; lra). specialize (M Hsd).
  assert (f1 c * (s - 0) < 0); [|lra].
  assert (0 < - f1 c * (s - 0)) by (apply Rmult_lt_0_compat; [lra|unfold s; lra]). lra.
Qed.
