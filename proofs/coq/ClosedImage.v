(** * The closure of the image of T A: where it is nearest to e, and which weights give a point.

    Sontag (1988), section 2. A set of points of [-1, 1]^n, not empty, has in its closure a point nearest to e
    ([nearest_in_closure]). The weights x with T A x = p are x0 + ker A ([solutions_affine]), so a whole line of them if the
    columns of A are dependent, that is if its rank is less than m. *)

Require Import Reals List Classical Lra Lia Psatz.
Require Import Spurious.Surface Spurious.Vectors Spurious.Extreme Spurious.Inverse.
Import ListNotations.
Open Scope R_scope.

(** |e - p|^2. *)
Fixpoint from_e (p : list R) : R :=
  match p with
  | [] => 0
  | u :: p' => (1 - u) ^ 2 + from_e p'
  end.

Definition in_cube (p : list R) : Prop := Forall (fun u => -1 <= u <= 1) p.

(** p is in the closure of S: points of S come within every d > 0, coordinate by coordinate. *)
Definition closure (S : list R -> Prop) (p : list R) : Prop := forall d, 0 < d -> exists s, S s /\ near d p s.

Definition T (theta : R -> R) (z : list R) : list R := map theta z.
Definition apply (A : list (list R)) (x : list R) : list R := map (fun a => dot a x) A.

Lemma T_injective theta : increasing theta -> forall y z, T theta y = T theta z -> y = z.
Proof.
  intros H. induction y as [|u y IH]; intros [|v z] E; try discriminate; [reflexivity|]. simpl in E. injection E as E1 E2. f_equal; [|auto].
  apply Rle_antisym; apply (increasing_le theta H); lra.
Qed.

(** The weights of a point: one of them, and the kernel of A. *)
Theorem solutions_affine theta A m x0 : increasing theta -> length x0 = m ->
  (forall v, length v = m -> (T theta (apply A (move x0 1 v)) = T theta (apply A x0) <-> Forall (fun a => dot a v = 0) A)) /\
  (forall x, length x = m -> move x0 1 (vsub x x0) = x) /\
  (forall v, length v = m -> Forall (fun a => dot a v = 0) A -> forall t, T theta (apply A (move x0 t v)) = T theta (apply A x0)).
Proof.
  intros Hi Hx. split; [|split].
  - intros v Hv. split; intros H.
    + apply T_injective in H; [|assumption]. unfold apply in H. induction A as [|a A IH]; [constructor|]. simpl in H. injection H as H1 H2.
      constructor; [|auto]. rewrite dot_move in H1 by congruence. lra.
    + f_equal. unfold apply. induction H as [|a A Ha H IH]; [reflexivity|]. simpl. rewrite IH, dot_move, Ha by congruence. f_equal. ring.
  - intros x Hl. apply move_vsub. congruence.
  - intros v Hv H t. f_equal. unfold apply. induction H as [|a A Ha H IH]; [reflexivity|]. simpl. rewrite IH, dot_move, Ha by congruence.
    f_equal. ring.
Qed.

Definition cube (n : nat) : list (R * R) := repeat (-1, 1) n.

Lemma cube_spec p : in_cube p <-> Extreme.in_box p (cube (length p)).
Proof.
  unfold in_cube, Extreme.in_box, cube. split; intros H.
  - induction H; simpl; constructor; assumption.
  - induction p as [|u p IH]; [constructor|]. simpl in H. inversion H; subst. constructor; [assumption|auto].
Qed.

Lemma from_e_continuous p : in_cube p -> forall eps, 0 < eps -> exists d, 0 < d /\ forall q, in_cube q -> near d p q -> from_e p - eps < from_e q.
Proof.
  intros Hp. induction Hp as [|u p Hu Hp IH]; intros eps He.
  - exists 1. split; [lra|]. intros q _ H. inversion H. simpl. lra.
  - destruct (IH (eps / 2)) as [d [Hd H]]; [lra|]. exists (Rmin d (eps / 8)). assert (A := Rmin_l d (eps / 8)). assert (B := Rmin_r d (eps / 8)).
    split; [apply Rmin_glb_lt; lra|]. intros q Hq Hn. inversion Hn as [|? v ? q' Huv Hn']; subst. inversion Hq; subst. simpl.
    assert (C := H q' ltac:(assumption) (near_weaken _ _ _ _ A Hn')). apply Rabs_def2 in Huv.
    assert (D : (1 - u) ^ 2 - eps / 2 <= (1 - v) ^ 2); [|simpl in D; lra].
    assert (E : (1 - v) ^ 2 - (1 - u) ^ 2 = (u - v) * (2 - u - v)) by ring.
    assert (F : - (eps / 2) <= (u - v) * (2 - u - v)) by nra. lra.
Qed.

Lemma near_triangle a b x y z : near a x y -> near b y z -> near (a + b) x z.
Proof.
  intros H. revert z. induction H as [|u v x y Huv H IH]; intros z Hz; inversion Hz as [|? w ? z' Hvw Hz']; subst; constructor; [|apply IH; assumption].
  apply Rabs_def2 in Huv. apply Rabs_def2 in Hvw. apply Rabs_def1; lra.
Qed.

Lemma closure_cube (S : list R -> Prop) n : (forall s, S s -> length s = n /\ in_cube s) -> forall p, closure S p -> length p = n /\ in_cube p.
Proof.
  intros H p Hp. split.
  - destruct (Hp 1 ltac:(lra)) as [s [Ss N]]. rewrite <- (near_length _ _ _ N). apply H. assumption.
  - assert (Each : forall d, 0 < d -> Forall (fun u => -1 - d <= u <= 1 + d) p).
    { intros d Hd. destruct (Hp d Hd) as [s [Ss N]]. destruct (H s Ss) as [_ C]. clear - N C. unfold near in N.
      induction N as [|u v p s Huv N IH]; [constructor|]. inversion C; subst. constructor; [|auto]. apply Rabs_def2 in Huv. lra. }
    clear - Each. unfold in_cube. induction p as [|u p IH]; [constructor|]. constructor.
    + split; apply Rnot_lt_le; intros L.
      * assert (Q := Each ((-1 - u) / 2) ltac:(lra)). inversion Q; subst. lra.
      * assert (Q := Each ((u - 1) / 2) ltac:(lra)). inversion Q; subst. lra.
    + apply IH. intros d Hd. specialize (Each d Hd). inversion Each. assumption.
Qed.

(** The closure lies in the cube, and one of its points is nearest to e. *)
Theorem nearest_in_closure theta A m : sigmoid theta ->
  let S := fun p => exists x, length x = m /\ p = T theta (apply A x) in
  (forall p, closure S p -> in_cube p) /\
  exists p, closure S p /\ forall q, closure S q -> from_e p <= from_e q.
Proof.
  intros Hs S. assert (HS : forall s, S s -> length s = length A /\ in_cube s).
  { intros s [x [_ ->]]. unfold T, apply. rewrite !map_length. split; [reflexivity|]. unfold in_cube. clear S.
    induction A as [|a A IH]; simpl; constructor; [|assumption]. destruct Hs as [_ [_ [Hr _]]]. specialize (Hr (dot a x)). lra. }
  assert (C := closure_cube S (length A) HS). split; [intros p Hp; apply C; assumption|].
  set (x0 := repeat 0 m). set (p0 := T theta (apply A x0)).
  apply (Extreme.extreme_value (cube (length A)) (closure S) from_e p0).
  - intros p Hp. destruct (C p Hp) as [L I]. rewrite <- L. apply cube_spec. assumption.
  - intros p _ Hn. apply not_all_ex_not in Hn. destruct Hn as [d Hn]. apply imply_to_and in Hn. destruct Hn as [Hd Hn].
    exists (d / 2). split; [lra|]. intros y Hy Cy. destruct (Cy (d / 2) ltac:(lra)) as [s [Ss N]]. apply Hn. exists s. split; [assumption|].
    replace d with (d / 2 + d / 2) by field. apply near_triangle with y; assumption.
  - intros p Hp eps He. destruct (from_e_continuous p (proj2 (C p Hp)) eps He) as [d [Hd H]]. exists d. split; [assumption|].
    intros q Hq N. apply H; [apply C; assumption|assumption].
  - intros d Hd. exists p0. split; [exists x0; split; [apply repeat_length|reflexivity]|apply near_refl; assumption].
Qed.
