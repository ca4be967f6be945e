(** * Rational inputs and weights: columns in units, weights over a common denominator.

    The inputs of column i are integers times the unit u_i/d_i, the weights are integers over W. Since
    E(x) = E'(x_1 u_1/d_1, ..., x_n u_n/d_n)/W for the integer problem E', a certificate for E' serves. *)

Require Import Reals ZArith List Bool Lra Lia.
Require Import Spurious.Surface Spurious.Vectors Spurious.Barrier.
Import ListNotations.
Open Scope R_scope.

(** The unit (u, d) of a column stands for u/d. *)
Definition unit_value (k : Z * Z) : R := IZR (fst k) / IZR (snd k).

(** a_1 u_1/d_1, ..., a_n u_n/d_n. *)
Fixpoint in_units (a : list Z) (U : list (Z * Z)) : list R :=
  match a, U with
  | a1 :: a', k :: U' => IZR a1 * unit_value k :: in_units a' U'
  | _, _ => []
  end.

(** Inputs a_i u_i/d_i, target B/q, weight w/W. *)
Definition rational_row (q : Z) (U : list (Z * Z)) (W : Z) (r : zrow) : row :=
  Row (in_units (za r) U) (IZR (zb r) / IZR q) (IZR (zw r) / IZR W).

Definition rational_rows (p : problem) (U : list (Z * Z)) (W : Z) : list row := map (rational_row (denom p) U W) (zrows p).

Definition units_ok (n : nat) (U : list (Z * Z)) (W : Z) : bool :=
  Nat.eqb (length U) n && forallb (fun k => (0 <? fst k)%Z && (0 <? snd k)%Z) U && (0 <? W)%Z.

Definition check_rational (p : problem) (U : list (Z * Z)) (W : Z) (c : certificate) (l : lower) : bool :=
  units_ok (dim p) U W && check p c l.

(** x_i u_i/d_i, and back. *)
Fixpoint unscale (U : list (Z * Z)) (x : list R) : list R :=
  match U, x with
  | k :: U', t :: x' => unit_value k * t :: unscale U' x'
  | _, _ => []
  end.

Fixpoint scale (U : list (Z * Z)) (x : list R) : list R :=
  match U, x with
  | k :: U', t :: x' => t / unit_value k :: scale U' x'
  | _, _ => []
  end.

Definition positive_units (U : list (Z * Z)) : Prop := Forall (fun k => 0 < unit_value k) U.

Lemma units_sound n U W : units_ok n U W = true -> length U = n /\ positive_units U /\ (0 < W)%Z.
Proof.
  unfold units_ok. rewrite !andb_true_iff. intros [[HL HU] HW]. split; [apply Nat.eqb_eq; assumption|].
  split; [|apply Z.ltb_lt; assumption]. apply Forall_forall. intros k Hk. rewrite forallb_forall in HU. specialize (HU k Hk).
  apply andb_prop in HU. destruct HU as [H1 H2]. apply Z.ltb_lt, IZR_lt in H1. apply Z.ltb_lt, IZR_lt in H2.
  apply Rdiv_lt_0_compat; assumption.
Qed.

Lemma dot_units a : forall U x, dot (in_units a U) x = dot (map IZR a) (unscale U x).
Proof. induction a as [|a1 a IH]; intros [|k U] [|t x]; simpl; try reflexivity. rewrite IH. ring. Qed.

Lemma E_rational p U W x : (0 < W)%Z -> E (rational_rows p U W) x = E (real_rows p) (unscale U x) / IZR W.
Proof.
  intros HW. apply IZR_lt in HW. unfold rational_rows, real_rows. induction (zrows p) as [|r rows IH]; simpl; [field; lra|].
  rewrite IH, dot_units. set (b := IZR (zb r) / IZR (denom p)). clearbody b. field. lra.
Qed.

Lemma scale_length U : forall x, length x = length U -> length (scale U x) = length U.
Proof. induction U as [|k U IH]; intros [|t x] H; try discriminate; [reflexivity|]. simpl. rewrite IH; simpl in H; lia. Qed.

Lemma unscale_scale U : positive_units U -> forall x, length x = length U -> unscale U (scale U x) = x.
Proof.
  intros HU. induction HU as [|k U Hk HU IH]; intros [|t x] H; try discriminate; [reflexivity|]. simpl.
  rewrite IH by (simpl in H; lia). f_equal. field. lra.
Qed.

Lemma scale_unscale U : positive_units U -> forall x, length x = length U -> scale U (unscale U x) = x.
Proof.
  intros HU. induction HU as [|k U Hk HU IH]; intros [|t x] H; try discriminate; [reflexivity|]. simpl.
  rewrite IH by (simpl in H; lia). f_equal. field. lra.
Qed.

Lemma near_unscale d U : positive_units U -> 0 < d -> exists d', 0 < d' /\ forall x y, length x = length U ->
  near d' (scale U x) y -> near d x (unscale U y).
Proof.
  intros HU Hd. induction HU as [|k U Hk HU [d1 [Hd1 IH]]].
  - exists 1. split; [lra|]. intros [|t x] y H Hn; [|discriminate]. simpl. constructor.
  - assert (Hdk : 0 < d / unit_value k) by (apply Rdiv_lt_0_compat; assumption).
    exists (Rmin d1 (d / unit_value k)). split; [apply Rmin_glb_lt; assumption|].
    intros [|t x] y H Hn; [discriminate|]. inversion Hn as [|? u ? y' Hu Hn']; subst. simpl. constructor.
    + replace (unit_value k * u - t) with (unit_value k * (u - t / unit_value k)) by (field; lra).
      rewrite Rabs_mult, (Rabs_pos_eq (unit_value k)) by lra.
      replace d with (unit_value k * (d / unit_value k)) by (field; lra).
      apply Rmult_lt_compat_l; [assumption|]. eapply Rlt_le_trans; [exact Hu|apply Rmin_r].
    + apply IH; [simpl in H; lia|]. eapply near_weaken; [apply Rmin_l|exact Hn'].
Qed.

Theorem check_rational_sound p U W c l : check_rational p U W c l = true -> spurious (dim p) (rational_rows p U W).
Proof.
  intros H. unfold check_rational in H. apply andb_prop in H. destruct H as [HU H].
  destruct (units_sound _ _ _ HU) as [HL [HP HW]].
  destruct (check_sound p c l H) as [x [z [[Hx [d [Hd Hm]]] [Hz Hlt]]]].
  assert (PW : 0 < / IZR W) by (apply Rinv_0_lt_compat, IZR_lt; assumption).
  destruct (near_unscale d U HP Hd) as [d' [Hd' Hnear]].
  exists (scale U x), (scale U z). split; [|split].
  - split; [rewrite scale_length; congruence|]. exists d'. split; [assumption|]. intros y Hy Hne.
    rewrite !E_rational, unscale_scale by (try assumption; congruence).
    apply Rmult_lt_compat_r; [assumption|]. apply Hm.
    + apply Hnear; [congruence|assumption].
    + intros Eq. apply Hne. rewrite <- Eq. symmetry. apply scale_unscale; [assumption|].
      apply near_length in Hy. rewrite Hy. apply scale_length. congruence.
  - rewrite scale_length; congruence.
  - rewrite !E_rational, !unscale_scale by (try assumption; congruence). apply Rmult_lt_compat_r; assumption.
Qed.
