(** * Extreme values on compact sets of R^n.

    Cousin's lemma by induction over the coordinates; from it, a lower semicontinuous function on a closed
    bounded nonempty set attains its minimum. Points are lists of reals, boxes are lists of pairs (lower, upper). *)

Require Import Reals List Lra Classical.
Require Import Spurious.Surface Spurious.Monotone.
Import ListNotations.
Open Scope R_scope.

Lemma cousin1 (P : R -> R -> Prop) (a b : R) :
  a <= b ->
  (forall u v w, u <= v -> v <= w -> P u v -> P v w -> P u w) ->
  (forall x, a <= x <= b -> exists d, 0 < d /\ forall u v, u <= x -> x <= v -> v - u < d -> P u v) ->
  P a b.
Proof.
  intros Hab Hjoin Hloc. apply cousin_stable; [apply NNPP|assumption..].
Qed.

Definition box := list (R * R).
Definition in_box (x : list R) (B : box) : Prop := Forall2 (fun t I => fst I <= t <= snd I) x B.
Definition small (d : R) (B : box) : Prop := Forall (fun I => snd I - fst I < d) B.

Lemma small_weaken d d' B : d <= d' -> small d B -> small d' B.
Proof. intros H. apply Forall_impl. intros I HI. lra. Qed.

Lemma cousin (B : box) : forall P : box -> Prop,
  Forall (fun I => fst I <= snd I) B ->
  (forall pre u v w post, u <= v -> v <= w ->
    P (pre ++ (u, v) :: post) -> P (pre ++ (v, w) :: post) -> P (pre ++ (u, w) :: post)) ->
  (forall x, in_box x B -> exists d, 0 < d /\ forall C, in_box x C -> small d C -> P C) ->
  P B.
Proof.
  induction B as [|[a b] B IH]; intros P Hne Hjoin Hloc.
  - destruct (Hloc []) as [d [Hd HP]]; [constructor|]. apply HP; constructor.
  - inversion Hne as [|? ? Hab HB]; subst. simpl in Hab.
    apply (cousin1 (fun u v => P ((u, v) :: B))); [assumption| |].
    + intros u v w. apply (Hjoin []).
    + intros x1 Hx1.
      apply (IH (fun J => exists d, 0 < d /\ forall u v, u <= x1 -> x1 <= v -> v - u < d -> P ((u, v) :: J))).
      * assumption.
      * intros pre u v w post Huv Hvw [d1 [Hd1 H1]] [d2 [Hd2 H2]].
        exists (Rmin d1 d2). split; [apply Rmin_glb_lt; assumption|].
        intros u' v' Hu Hv Hd. apply (Hjoin ((u', v') :: pre) u v w post Huv Hvw).
        -- apply H1; try assumption. eapply Rlt_le_trans; [exact Hd|apply Rmin_l].
        -- apply H2; try assumption. eapply Rlt_le_trans; [exact Hd|apply Rmin_r].
      * intros x Hx. destruct (Hloc (x1 :: x)) as [d [Hd HP]]; [constructor; assumption|].
        exists d. split; [assumption|]. intros C HC Hsm. exists d. split; [assumption|].
        intros u v Hu Hv Huv. apply HP; constructor; simpl; auto.
Qed.

(** Points of a small box around x are near x. *)
Lemma small_box_near d x C : in_box x C -> small d C -> forall y, in_box y C -> near d x y.
Proof.
  intros Hx. induction Hx as [|t I x C Ht Hx IH]; intros Hsm y Hy; inversion Hy; subst; [constructor|].
  inversion Hsm; subst. constructor; [|apply IH; assumption].
  apply Rabs_def1; lra.
Qed.

(** A lower semicontinuous function on a closed bounded nonempty set attains its minimum. *)
Theorem extreme_value (B : box) (K : list R -> Prop) (f : list R -> R) (x0 : list R) :
  (forall x, K x -> in_box x B) ->
  (forall x, in_box x B -> ~ K x -> exists d, 0 < d /\ forall y, near d x y -> ~ K y) ->
  (forall x, K x -> forall eps, 0 < eps -> exists d, 0 < d /\ forall y, K y -> near d x y -> f x - eps < f y) ->
  K x0 ->
  exists x, K x /\ forall y, K y -> f x <= f y.
Proof.
  intros Hbd Hclosed Hlsc Hx0.
  assert (HB : Forall (fun I => fst I <= snd I) B).
  { specialize (Hbd x0 Hx0). clear - Hbd. induction Hbd; constructor; [lra|assumption]. }
  assert (H : exists z, K z /\ forall y, K y -> in_box y B -> f z <= f y).
  { apply (cousin B (fun C => exists z, K z /\ forall y, K y -> in_box y C -> f z <= f y)).
    - assumption.
    - intros pre u v w post Huv Hvw [z1 [Kz1 H1]] [z2 [Kz2 H2]].
      assert (Hsplit : forall y, in_box y (pre ++ (u, w) :: post) ->
        in_box y (pre ++ (u, v) :: post) \/ in_box y (pre ++ (v, w) :: post)).
      { intros y Hy. unfold in_box in *. apply Forall2_app_inv_r in Hy. destruct Hy as [y1 [y2 [Hy1 [Hy2 ->]]]].
        inversion Hy2 as [|t I y2' post' Ht Hy2' [Ey Ep] ]; subst. simpl in Ht.
        destruct (Rle_dec t v).
        - left. apply Forall2_app; [assumption|]. constructor; [simpl; lra|assumption].
        - right. apply Forall2_app; [assumption|]. constructor; [simpl; lra|assumption]. }
      destruct (Rle_dec (f z1) (f z2)).
      + exists z1. split; [assumption|]. intros y Ky Hy. destruct (Hsplit y Hy).
        * apply H1; assumption.
        * apply Rle_trans with (f z2); [assumption|]. apply H2; assumption.
      + exists z2. split; [assumption|]. intros y Ky Hy. destruct (Hsplit y Hy).
        * apply Rle_trans with (f z1); [lra|]. apply H1; assumption.
        * apply H2; assumption.
    - intros x Hx. destruct (classic (K x)) as [Kx|Kx].
      + destruct (classic (exists z, K z /\ f z < f x)) as [[z [Kz Hz]]|Hn].
        * destruct (Hlsc x Kx (f x - f z)) as [d [Hd Hf]]; [lra|].
          exists d. split; [assumption|]. intros C HxC HC. exists z. split; [assumption|].
          intros y Ky Hy. assert (f x - (f x - f z) < f y); [|lra].
          apply Hf; [assumption|]. eapply small_box_near; eassumption.
        * exists 1. split; [lra|]. intros C HxC HC. exists x. split; [assumption|].
          intros y Ky _. apply Rnot_lt_le. intros Hlt. apply Hn. exists y. split; assumption.
      + destruct (Hclosed x Hx Kx) as [d [Hd Hc]]. exists d. split; [assumption|].
        intros C HxC HC. exists x0. split; [assumption|]. intros y Ky Hy. exfalso.
        apply (Hc y); [|assumption]. eapply small_box_near; eassumption. }
  destruct H as [z [Kz Hz]]. exists z. split; [assumption|]. intros y Ky. apply Hz; auto.
Qed.
