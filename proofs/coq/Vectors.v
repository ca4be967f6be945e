(** * Vectors as lists of reals: the few facts of linear algebra that the rest needs. *)

Require Import Reals List Lra Lia.
Require Import Spurious.Surface.
Import ListNotations.
Open Scope R_scope.

Fixpoint vsub (y x : list R) : list R :=
  match y, x with
  | y1 :: y', x1 :: x' => (y1 - x1) :: vsub y' x'
  | _, _ => []
  end.

Fixpoint l1 (a : list R) : R :=
  match a with
  | [] => 0
  | a1 :: a' => Rabs a1 + l1 a'
  end.

Definition sqnorm (v : list R) : R := dot v v.

(** Within r in every coordinate, closed. *)
Definition within (r : R) (c x : list R) : Prop := Forall2 (fun u v => Rabs (v - u) <= r) c x.

Lemma Rabs_le_inv t d : Rabs t <= d -> - d <= t <= d.
Proof. intros H. split; [generalize (Rle_abs (- t)); rewrite Rabs_Ropp; lra|generalize (Rle_abs t); lra]. Qed.

Lemma dot_nil_r a : dot a [] = 0.
Proof. destruct a; reflexivity. Qed.

Lemma dot_comm a x : dot a x = dot x a.
Proof. revert x; induction a as [|a1 a IH]; intros [|x1 x]; simpl; try reflexivity. rewrite IH. ring. Qed.

Lemma dot_move a : forall x t v, length x = length v -> dot a (move x t v) = dot a x + t * dot a v.
Proof.
  induction a as [|a1 a IH]; intros [|x1 x] t [|v1 v]; simpl; intros H; try discriminate; try ring.
  rewrite IH by lia. ring.
Qed.

Lemma dot_vsub a : forall y x, length y = length x -> dot a (vsub y x) = dot a y - dot a x.
Proof.
  induction a as [|a1 a IH]; intros [|y1 y] [|x1 x]; simpl; intros H; try discriminate; try ring.
  rewrite IH by lia. ring.
Qed.

Lemma length_vsub : forall y x, length y = length x -> length (vsub y x) = length x.
Proof. induction y as [|y1 y IH]; intros [|x1 x]; simpl; intros H; try discriminate; auto. Qed.

Lemma length_move : forall x t v, length x = length v -> length (move x t v) = length x.
Proof. induction x as [|x1 x IH]; intros t [|v1 v]; simpl; intros H; try discriminate; auto. Qed.

Lemma move_vsub : forall x y, length y = length x -> move x 1 (vsub y x) = y.
Proof.
  induction x as [|x1 x IH]; intros [|y1 y]; simpl; intros H; try discriminate; [reflexivity|].
  rewrite IH by lia. f_equal. ring.
Qed.

Lemma move_0 : forall x v, length v = length x -> move x 0 v = x.
Proof.
  induction x as [|x1 x IH]; intros [|v1 v]; simpl; intros H; try discriminate; [reflexivity|].
  rewrite IH by lia. f_equal. ring.
Qed.

Lemma vsub_move_from x : forall t v, length v = length x -> sqnorm (vsub x (move x t v)) = t ^ 2 * sqnorm v.
Proof.
  unfold sqnorm. induction x as [|x1 x IH]; intros t [|v1 v]; simpl; intros H; try discriminate; [ring|].
  rewrite IH by lia. ring.
Qed.

Lemma sqnorm_nonneg v : 0 <= sqnorm v.
Proof. unfold sqnorm. induction v as [|v1 v IH]; simpl; [lra|]. generalize (Rle_0_sqr v1). unfold Rsqr. lra. Qed.

Lemma sqnorm_sub_sym : forall x y, sqnorm (vsub x y) = sqnorm (vsub y x).
Proof.
  unfold sqnorm. induction x as [|x1 x IH]; intros [|y1 y]; simpl; try reflexivity. rewrite IH. ring.
Qed.

Lemma sqnorm_sub_zero : forall x y, length x = length y -> sqnorm (vsub x y) <= 0 -> x = y.
Proof.
  unfold sqnorm. induction x as [|x1 x IH]; intros [|y1 y]; simpl; intros H H0; try discriminate; [reflexivity|].
  assert (H1 := sqnorm_nonneg (vsub x y)). unfold sqnorm in H1.
  assert (H2 := Rle_0_sqr (x1 - y1)). unfold Rsqr in H2.
  f_equal; [|apply IH; [lia|lra]].
  assert (H3 : Rsqr (x1 - y1) = 0) by (unfold Rsqr; lra). apply Rsqr_0_uniq in H3. lra.
Qed.

Lemma Forall2_len {A B} (P : A -> B -> Prop) l l' : Forall2 P l l' -> length l = length l'.
Proof. intros H. induction H; simpl; congruence. Qed.

Lemma within_length r c x : within r c x -> length x = length c.
Proof. intros H. symmetry. eapply Forall2_len. exact H. Qed.

Lemma near_length r c x : near r c x -> length x = length c.
Proof. intros H. symmetry. eapply Forall2_len. exact H. Qed.

Lemma within_refl r c : 0 <= r -> within r c c.
Proof.
  intros Hr. induction c; constructor; [|assumption]. replace (a - a) with 0 by ring. rewrite Rabs_R0. assumption.
Qed.

Lemma near_refl r c : 0 < r -> near r c c.
Proof.
  intros Hr. induction c; constructor; [|assumption]. replace (a - a) with 0 by ring. rewrite Rabs_R0. assumption.
Qed.

Lemma near_within r c x : near r c x -> within r c x.
Proof. intros H. induction H; constructor; [lra|assumption]. Qed.

Lemma near_weaken d d' x y : d <= d' -> near d x y -> near d' x y.
Proof. intros Hd H. induction H; constructor; [lra|assumption]. Qed.

Lemma within_sub r c : forall x, within r c x -> Forall (fun t => Rabs t <= r) (vsub x c).
Proof. intros x H. induction H; constructor; assumption. Qed.

Lemma near_sub r c : forall x, near r c x -> Forall (fun t => Rabs t <= r) (vsub x c).
Proof. intros x H. induction H; constructor; [lra|assumption]. Qed.

Lemma l1_nonneg a : 0 <= l1 a.
Proof. induction a as [|a1 a IH]; simpl; [lra|]. generalize (Rabs_pos a1). lra. Qed.

Lemma dot_bound a : forall r v, 0 <= r -> Forall (fun t => Rabs t <= r) v -> Rabs (dot a v) <= l1 a * r.
Proof.
  induction a as [|a1 a IH]; intros r v Hr Hv; simpl; [rewrite Rabs_R0; lra|].
  destruct v as [|v1 v]; [rewrite Rabs_R0; apply Rmult_le_pos; [|assumption];
    generalize (Rabs_pos a1) (l1_nonneg a); lra|].
  inversion Hv; subst. eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
  specialize (IH r v Hr H2). assert (Rabs a1 * Rabs v1 <= Rabs a1 * r); [|lra].
  apply Rmult_le_compat_l; [apply Rabs_pos|assumption].
Qed.

Lemma within_dot r a c x : 0 <= r -> within r c x -> Rabs (dot a x - dot a c) <= l1 a * r.
Proof.
  intros Hr H. rewrite <- dot_vsub by (eapply within_length; eassumption).
  apply dot_bound; [assumption|]. apply within_sub. assumption.
Qed.

(** The segment between two points of a box stays in it. *)
Lemma within_segment r c : forall x y t, 0 <= t <= 1 -> within r c x -> within r c y ->
  within r c (move x t (vsub y x)).
Proof.
  induction c as [|c1 c IH]; intros x y t Ht Hx Hy; inversion Hx; inversion Hy; subst; [constructor|].
  simpl. constructor; [|apply IH; assumption].
  match goal with H : Rabs (?u - c1) <= r, H' : Rabs (?v - c1) <= r |- _ =>
    replace (u + t * (v - u) - c1) with ((1 - t) * (u - c1) + t * (v - c1)) by ring;
    eapply Rle_trans; [apply Rabs_triang|]; rewrite !Rabs_mult, (Rabs_pos_eq (1 - t)), (Rabs_pos_eq t) by lra;
    assert ((1 - t) * Rabs (u - c1) <= (1 - t) * r) by (apply Rmult_le_compat_l; lra);
    assert (t * Rabs (v - c1) <= t * r) by (apply Rmult_le_compat_l; lra); lra
  end.
Qed.

(** A point of the box off its interior lies on a face, at squared distance at least r^2 from the centre. *)
Lemma within_or_face r c x : within r c x -> near r c x \/ r ^ 2 <= sqnorm (vsub x c).
Proof.
  intros H. induction H as [|u v c x Huv H IH]; [left; constructor|].
  destruct (Rlt_le_dec (Rabs (v - u)) r) as [Hlt|Hge].
  - destruct IH as [IH|IH]; [left; constructor; assumption|right].
    unfold sqnorm in *; simpl in *. generalize (Rle_0_sqr (v - u)). unfold Rsqr. lra.
  - right. unfold sqnorm in *; simpl. assert (H1 := sqnorm_nonneg (vsub x c)). unfold sqnorm in H1.
    assert (H2 : r = Rabs (v - u)) by lra. rewrite H2.
    replace (Rabs (v - u) * (Rabs (v - u) * 1)) with (Rsqr (Rabs (v - u))) by (unfold Rsqr; ring).
    rewrite <- Rsqr_abs. unfold Rsqr. lra.
Qed.

(** An interior point has room around it. *)
Lemma near_room r c x : near r c x -> exists d, 0 < d /\ forall y, near d x y -> near r c y.
Proof.
  intros H. induction H as [|u v c x Huv H IH].
  - exists 1. split; [lra|]. intros y Hy. inversion Hy; constructor.
  - destruct IH as [d [Hd IH]]. exists (Rmin d (r - Rabs (v - u))). split; [apply Rmin_glb_lt; lra|].
    intros y Hy. inversion Hy as [|? w ? y' Hw Hy']; subst. constructor.
    + assert (H1 : Rabs (w - v) < r - Rabs (v - u)) by (eapply Rlt_le_trans; [exact Hw|apply Rmin_r]).
      replace (w - u) with ((w - v) + (v - u)) by ring. eapply Rle_lt_trans; [apply Rabs_triang|]. lra.
    + apply IH. eapply near_weaken; [apply Rmin_l|exact Hy'].
Qed.

(** A short step in any direction stays near. *)
Lemma near_move d x : forall v, 0 < d -> length v = length x ->
  exists t0, 0 < t0 /\ forall t, Rabs t < t0 -> near d x (move x t v).
Proof.
  induction x as [|x1 x IH]; intros [|v1 v] Hd Hl; try discriminate.
  - exists 1. split; [lra|]. constructor.
  - destruct (IH v Hd) as [t0 [Ht0 H]]; [simpl in Hl; lia|].
    assert (Hv : 0 < Rabs v1 + 1) by (generalize (Rabs_pos v1); lra).
    exists (Rmin t0 (d / (Rabs v1 + 1))). split; [apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; lra]|].
    intros t Ht. simpl. constructor; [|apply H; eapply Rlt_le_trans; [exact Ht|apply Rmin_l]].
    replace (x1 + t * v1 - x1) with (t * v1) by ring. rewrite Rabs_mult.
    assert (Ht' : Rabs t < d / (Rabs v1 + 1)) by (eapply Rlt_le_trans; [exact Ht|apply Rmin_r]).
    apply Rle_lt_trans with (Rabs t * (Rabs v1 + 1)).
    + apply Rmult_le_compat_l; [apply Rabs_pos|lra].
    + replace d with (d / (Rabs v1 + 1) * (Rabs v1 + 1)) at 1 by (field; lra).
      apply Rmult_lt_compat_r; assumption.
Qed.
