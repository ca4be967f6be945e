(** * A Lipschitz function on a box attains its minimum, without excluded middle.

    By induction over the coordinates: the least value over the other coordinates is a Lipschitz function of the first one.
    The minimiser is a function of f, so no choice is made. (Extreme.v has semicontinuous functions on compact sets, by
    excluded middle.) *)

Require Import Reals List Lra Lia.
Require Import Spurious.Surface.
Import ListNotations.
Open Scope R_scope.

(** ** One coordinate. *)

Lemma least_value (f : R -> R) (a b L : R) : a <= b -> 0 <= L ->
  (forall s t, a <= s <= b -> a <= t <= b -> f s - L * Rabs (s - t) <= f t) ->
  { m | (forall s, a <= s <= b -> m <= f s) /\ forall e, 0 < e -> ~ (forall s, a <= s <= b -> m + e <= f s) }.
Proof.
  intros Hab HL Hf. destruct (completeness (fun y => forall s, a <= s <= b -> y <= f s)) as [m [Hub Hlub]].
  - exists (f a). intros y Hy. apply Hy. lra.
  - exists (f a - L * (b - a)). intros s Hs. assert (B := Hf a s). rewrite Rabs_left1 in B by lra.
    assert (L * (s - a) <= L * (b - a)) by (apply Rmult_le_compat_l; lra). assert (a <= a <= b) by lra. specialize (B H0 Hs). lra.
  - exists m. split.
    + intros s Hs. apply Hlub. intros y Hy. apply Hy. assumption.
    + intros e He H. assert (m + e <= m); [|lra]. apply Hub. exact H.
Qed.

Lemma interval_minimum (f : R -> R) (a b L : R) : a <= b -> 0 <= L ->
  (forall s t, a <= s <= b -> a <= t <= b -> f s - L * Rabs (s - t) <= f t) ->
  { x | a <= x <= b /\ forall t, a <= t <= b -> f x <= f t }.
Proof.
  intros Hab HL Hf. destruct (least_value f a b L Hab HL Hf) as [m [Hm Hno]].
  (* S: the points up to which f stays away from m. *)
  pose (S := fun t => t = a \/ (a <= t <= b /\ exists e, 0 < e /\ forall s, a <= s <= t -> m + e <= f s)).
  destruct (completeness S) as [x [Hub Hlub]].
  - exists b. intros t [->|[Ht _]]; lra.
  - exists a. left. reflexivity.
  - assert (Hax : a <= x) by (apply Hub; left; reflexivity).
    assert (Hxb : x <= b) by (apply Hlub; intros t [->|[Ht _]]; lra).
    exists x. split; [lra|]. intros t Ht. assert (Hmt := Hm t Ht).
    destruct (Rle_lt_dec (f x) m) as [Hle|Hgt]; [lra|exfalso].
    set (e := (f x - m) / 2). assert (He : 0 < e) by (unfold e; lra).
    set (d := e / (L + 1)). assert (Hd : 0 < d) by (apply Rdiv_lt_0_compat; lra).
    assert (HLd : L * d <= e).
    { assert (E : (L + 1) * d = e) by (unfold d; field; lra). lra. }
    assert (Hnear : forall s, a <= s <= b -> x - d < s -> s < x + d -> m + e <= f s).
    { intros s Hs H1 H2. assert (B := Hf x s (conj Hax Hxb) Hs).
      assert (A : Rabs (x - s) <= d) by (apply Rabs_le; lra).
      assert (L * Rabs (x - s) <= L * d) by (apply Rmult_le_compat_l; assumption). unfold e in *. lra. }
    assert (x <= x - d); [|lra]. apply Hlub. intros t' Ht'. apply Rnot_lt_le. intros Hlt.
    assert (Htx : t' <= x) by (apply Hub; assumption).
    set (x' := Rmin b (x + d / 2)).
    assert (Hx' : x' <= b /\ x' <= x + d / 2) by (split; [apply Rmin_l|apply Rmin_r]).
    assert (Hfar : exists e', 0 < e' /\ forall s, a <= s <= x' -> m + e' <= f s).
    { destruct Ht' as [->|[Hab' [e' [He' H]]]].
      - exists e. split; [assumption|]. intros s Hs. apply Hnear; lra.
      - exists (Rmin e e'). split; [apply Rmin_glb_lt; assumption|]. intros s Hs.
        destruct (Rle_lt_dec s t') as [Hst|Hst].
        + assert (B := H s (conj (proj1 Hs) Hst)). generalize (Rmin_r e e'). lra.
        + assert (B : m + e <= f s) by (apply Hnear; lra). generalize (Rmin_l e e'). lra. }
    destruct (Rle_lt_dec b (x + d / 2)) as [Hb|Hb].
    + assert (Exb : x' = b) by (unfold x'; apply Rmin_left; assumption). rewrite Exb in Hfar.
      destruct Hfar as [e' [He' H]]. exact (Hno e' He' H).
    + assert (Exd : x' = x + d / 2) by (unfold x'; apply Rmin_right; lra). rewrite Exd in Hfar.
      assert (x + d / 2 <= x); [|lra]. apply Hub. right. split; [lra|assumption].
Qed.

(** ** Boxes, as lists of intervals (lower, upper). *)

Definition inside (x : list R) (B : list (R * R)) : Prop := Forall2 (fun t I => fst I <= t <= snd I) x B.

(** f changes by at most L times the largest change of a coordinate. *)
Definition lipschitz_on (B : list (R * R)) (L : R) (f : list R -> R) : Prop :=
  forall x y d, inside x B -> inside y B -> 0 <= d -> Forall2 (fun u v => Rabs (u - v) <= d) x y -> f x - L * d <= f y.

Theorem box_minimum (B : list (R * R)) (L : R) : 0 <= L -> Forall (fun I => fst I <= snd I) B -> forall f, lipschitz_on B L f ->
  { x | inside x B /\ forall y, inside y B -> f x <= f y }.
Proof.
  intros HL. induction B as [|[a b] B IH]; intros HB f Hf.
  - exists []. split; [constructor|]. intros y Hy. inversion Hy. lra.
  - assert (Hab : a <= b) by (inversion HB; assumption). assert (HB' : Forall (fun I => fst I <= snd I) B) by (inversion HB; assumption).
    assert (Hslice : forall t, a <= t <= b -> lipschitz_on B L (fun x => f (t :: x))).
    { intros t Ht x y d Hx Hy Hd Hxy. apply Hf; try assumption; try (constructor; assumption).
      constructor; [rewrite Rminus_diag_eq, Rabs_R0 by reflexivity; assumption|assumption]. }
    (* The minimiser over the others; the first coordinate is forced into [a, b]. *)
    pose (clamp := fun t => Rmax a (Rmin b t)).
    assert (Hclamp : forall t, a <= clamp t <= b).
    { intros t. unfold clamp. split; [apply Rmax_l|]. apply Rmax_lub; [assumption|apply Rmin_l]. }
    assert (Hfix : forall t, a <= t <= b -> clamp t = t).
    { intros t Ht. unfold clamp. rewrite Rmin_right, Rmax_right by lra. reflexivity. }
    pose (rest := fun t => IH HB' (fun x => f (clamp t :: x)) (Hslice (clamp t) (Hclamp t))).
    pose (F := fun t => f (clamp t :: proj1_sig (rest t))).
    destruct (interval_minimum F a b L Hab HL) as [t [Ht Hmin]].
    + intros s u Hs Hu. unfold F. destruct (rest s) as [xs [Ixs Mxs]]. destruct (rest u) as [xu [Ixu Mxu]]. cbn [proj1_sig].
      specialize (Mxs xu Ixu). rewrite (Hfix s Hs) in Mxs |- *. rewrite (Hfix u Hu).
      assert (f (s :: xu) - L * Rabs (s - u) <= f (u :: xu)); [|lra].
      apply Hf; [constructor; assumption|constructor; assumption|apply Rabs_pos|].
      constructor; [lra|]. generalize (Rabs_pos (s - u)). clear. intros H. induction xu; constructor; [rewrite Rminus_diag_eq, Rabs_R0 by reflexivity; assumption|assumption].
    + exists (clamp t :: proj1_sig (rest t)). split.
      * constructor; [apply Hclamp|]. destruct (rest t) as [xt [Ixt Mxt]]. exact Ixt.
      * intros y Hy. inversion Hy as [|u I y' B' Hu Hy']; subst. cbn [fst snd] in Hu. specialize (Hmin u Hu). unfold F in Hmin.
        eapply Rle_trans; [exact Hmin|]. clear Hmin. destruct (rest u) as [xu [Ixu Mxu]]. cbn [proj1_sig]. specialize (Mxu y' Hy').
        rewrite (Hfix u Hu) in Mxu |- *. exact Mxu.
Qed.
