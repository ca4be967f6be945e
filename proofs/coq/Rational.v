(** * Rational inputs and weights: columns and weights over common denominators.

    Column i has the denominator D_i, the weights have W. Since E(x) = E'(x_1/D_1, ..., x_n/D_n)/W for the integer
    problem E', a certificate for E' serves. *)

Require Import Reals ZArith List Bool Lra Lia.
Require Import Spurious.Surface Spurious.Vectors Spurious.Barrier.
Import ListNotations.
Open Scope R_scope.

(** a_1/D_1, ..., a_n/D_n. *)
Fixpoint over (a D : list Z) : list R :=
  match a, D with
  | a1 :: a', d :: D' => IZR a1 / IZR d :: over a' D'
  | _, _ => []
  end.

(** Inputs a_i/D_i, target B/q, weight w/W. *)
Definition rational_row (q : Z) (D : list Z) (W : Z) (r : zrow) : row :=
  Row (over (za r) D) (IZR (zb r) / IZR q) (IZR (zw r) / IZR W).

Definition rational_rows (p : problem) (D : list Z) (W : Z) : list row := map (rational_row (denom p) D W) (zrows p).

Definition check_rational (p : problem) (D : list Z) (W : Z) (c : certificate) (l : lower) : bool :=
  Nat.eqb (length D) (dim p) && forallb (fun d => (0 <? d)%Z) D && (0 <? W)%Z && check p c l.

(** x_i / D_i and D_i x_i. *)
Fixpoint unscale (D : list Z) (x : list R) : list R :=
  match D, x with
  | d :: D', t :: x' => t / IZR d :: unscale D' x'
  | _, _ => []
  end.

Fixpoint scale (D : list Z) (x : list R) : list R :=
  match D, x with
  | d :: D', t :: x' => IZR d * t :: scale D' x'
  | _, _ => []
  end.

Lemma dot_over a : forall D x, dot (over a D) x = dot (map IZR a) (unscale D x).
Proof. induction a as [|a1 a IH]; intros [|d D] [|t x]; simpl; try reflexivity. rewrite IH. unfold Rdiv. ring. Qed.

Lemma E_rational p D W x : (0 < W)%Z -> E (rational_rows p D W) x = E (real_rows p) (unscale D x) / IZR W.
Proof.
  intros HW. apply IZR_lt in HW. unfold rational_rows, real_rows. induction (zrows p) as [|r rows IH]; simpl; [field; lra|].
  rewrite IH, dot_over. set (b := IZR (zb r) / IZR (denom p)). clearbody b. field. lra.
Qed.

Lemma scale_length D : forall x, length x = length D -> length (scale D x) = length D.
Proof. induction D as [|d D IH]; intros [|t x] H; try discriminate; [reflexivity|]. simpl. rewrite IH; simpl in H; lia. Qed.

Lemma unscale_scale D : Forall (fun d => (0 < d)%Z) D -> forall x, length x = length D -> unscale D (scale D x) = x.
Proof.
  intros HD. induction HD as [|d D Hd HD IH]; intros [|t x] H; try discriminate; [reflexivity|]. apply IZR_lt in Hd. simpl.
  rewrite IH by (simpl in H; lia). f_equal. field. lra.
Qed.

Lemma scale_unscale D : Forall (fun d => (0 < d)%Z) D -> forall x, length x = length D -> scale D (unscale D x) = x.
Proof.
  intros HD. induction HD as [|d D Hd HD IH]; intros [|t x] H; try discriminate; [reflexivity|]. apply IZR_lt in Hd. simpl.
  rewrite IH by (simpl in H; lia). f_equal. field. lra.
Qed.

Lemma near_unscale d D : Forall (fun d => (0 < d)%Z) D -> forall x y, length x = length D ->
  near d (scale D x) y -> near d x (unscale D y).
Proof.
  intros HD. induction HD as [|k D Hk HD IH]; intros [|t x] y H Hn; try discriminate; inversion Hn as [|? u ? y' Hu Hn']; subst; simpl; constructor.
  - assert (K1 : 1 <= IZR k) by (apply IZR_le; lia).
    replace (u / IZR k - t) with ((u - IZR k * t) * / IZR k) by (field; lra).
    rewrite Rabs_mult, (Rabs_pos_eq (/ IZR k)) by (left; apply Rinv_0_lt_compat; lra).
    assert (I1 : / IZR k <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
    assert (P := Rabs_pos (u - IZR k * t)). nra.
  - apply IH; [simpl in H; lia|assumption].
Qed.

Theorem check_rational_sound p D W c l : check_rational p D W c l = true -> spurious (dim p) (rational_rows p D W).
Proof.
  intros H. unfold check_rational in H. rewrite !andb_true_iff in H. destruct H as [[[HL HD] HW] H].
  apply Nat.eqb_eq in HL. apply forallb_pos in HD. apply Z.ltb_lt in HW.
  destruct (check_sound p c l H) as [x [z [[Hx [d [Hd Hm]]] [Hz Hlt]]]].
  assert (PW : 0 < / IZR W) by (apply Rinv_0_lt_compat, IZR_lt; assumption).
  exists (scale D x), (scale D z). split; [|split].
  - split; [rewrite scale_length; congruence|]. exists d. split; [assumption|]. intros y Hy Hne.
    rewrite !E_rational, unscale_scale by (try assumption; congruence).
    apply Rmult_lt_compat_r; [assumption|]. apply Hm.
    + apply near_unscale; [assumption|congruence|assumption].
    + intros Eq. apply Hne. rewrite <- Eq. symmetry. apply scale_unscale; [assumption|].
      apply near_length in Hy. rewrite Hy. apply scale_length. congruence.
  - rewrite scale_length; congruence.
  - rewrite !E_rational, !unscale_scale by (try assumption; congruence). apply Rmult_lt_compat_r; assumption.
Qed.
