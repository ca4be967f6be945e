(** * "E has a local minimum that is not global": under small perturbations of E.

    Sontag and Sussmann (1989), section 1, say that this property is stable under small perturbations of the function E, and
    conclude that an example with outputs |b| = 1 gives examples with |b| < 1.
    - As printed it fails ([printed_stability_fails]), for error functions of binary training sets: the local minimum need not be
      strict. Take the five instances of Smallest.v with the threshold's input repeated, so that E is constant along lines,
      and add one more instance with a small weight w, whose error decreases along these lines. The sum is within 4 w of E,
      is an error function again, and has no local minimum at all ([no_minimum_remains]). (For w = 1/N it is 1/N of the error
      of a binary training set: each of the five instances N times, and the new one once.)
    - For a strict local minimum it holds, for any continuous function of any number of variables ([strict_stability]; near that
      minimum, [strict_minimum_survives]), and so does the conclusion ([other_targets_survive], [outputs_below_one]). *)

Require Import Reals ZArith List Lra Psatz.
Require Import Spurious.Surface Spurious.Vectors Spurious.Monotone Spurious.Extreme Spurious.Sigmoid Spurious.Convex Spurious.Ball
  Spurious.Smallest.
Import ListNotations.
Open Scope R_scope.

(** ** The statements are about these. *)

(** F is continuous on R^n. *)
Definition continuous (n : nat) (F : list R -> R) : Prop := forall x, length x = n -> continuous_at F x.

(** F and G differ by at most e on R^n. *)
Definition close (n : nat) (e : R) (F G : list R -> R) : Prop := forall x, length x = n -> Rabs (F x - G x) <= e.

(** F has a local minimum on R^n, strict or not, with a lower point elsewhere; [spurious_weak n rows] is this of [E rows]. *)
Definition spurious_function (n : nat) (F : list R -> R) : Prop :=
  exists x z, local_min n F x /\ length z = n /\ F z < F x.

(** F has a strict local minimum on R^n, with a lower point elsewhere; [spurious n rows] is this of [E rows]. *)
Definition strictly_spurious_function (n : nat) (F : list R -> R) : Prop :=
  exists x z, strict_local_min n F x /\ length z = n /\ F z < F x.

(** The same row, but for a target that differs by at most e. *)
Definition retargeted (e : R) (r s : row) : Prop :=
  input s = input r /\ weight s = weight r /\ Rabs (target s - target r) <= e.

(** The rows with every target times t. *)
Definition shrunk (t : R) (rows : list row) : list row := map (fun r => Row (input r) (t * target r) (weight r)) rows.

(** ** As printed: a minimum that is not strict need not survive. *)

Lemma E_continuous n rows : continuous n (E rows).
Proof.
  destruct (E_lipschitz rows) as [L [HL H]]. intros x _ eps Heps.
  assert (Hd : 0 < eps / (L + 1)) by (apply Rdiv_lt_0_compat; lra).
  assert (HLd : L * (eps / (L + 1)) < eps).
  { assert (Q : (L + 1) * (eps / (L + 1)) = eps) by (field; lra). lra. }
  exists (eps / (L + 1)). split; [assumption|]. intros y Hy.
  assert (H1 : E rows x - L * (eps / (L + 1)) <= E rows y).
  { apply H; [lra|]. clear - Hy. induction Hy as [|u v x y Huv Hy IH]; constructor; [rewrite Rabs_minus_sym; lra|assumption]. }
  assert (H2 : E rows y - L * (eps / (L + 1)) <= E rows x).
  { apply H; [lra|]. clear - Hy. induction Hy as [|u v x y Huv Hy IH]; constructor; [lra|assumption]. }
  apply Rabs_def1; lra.
Qed.

Lemma error_1 y : (tanh y - 1) ^ 2 = 4 * sig y ^ 2.
Proof. rewrite tanh_sig. ring. Qed.

Lemma error_1_range y : 0 <= (tanh y - 1) ^ 2 <= 4.
Proof. rewrite error_1. assert (P := sig_pos y). assert (Q := sig_lt_1 y). nra. Qed.

Lemma error_1_decreasing u v : u < v -> (tanh v - 1) ^ 2 < (tanh u - 1) ^ 2.
Proof.
  intros H. rewrite !error_1. assert (P := sig_pos v).
  assert (S : sig v < sig u).
  { unfold sig. assert (X := exp_strictly (2 * u) (2 * v)). assert (exp (2 * u) < exp (2 * v)) by (apply X; lra).
    assert (P1 := exp_pos (2 * u)). apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra|lra]. }
  nra.
Qed.

(** The five instances, the input of the threshold twice. *)
Definition threshold_twice : list instance :=
  ([([-1; -1; 1; 1], -1); ([-1; 1; 1; 1], 1); ([1; -1; 1; 1], 1); ([1; 1; 1; 1], -1); ([1; 1; 1; 1], -1)])%Z.

Lemma threshold_twice_error x1 x2 x3 x4 :
  E (training_set threshold_twice) [x1; x2; x3; x4] = E (training_set five_instances) [x1; x2; x3 + x4].
Proof.
  assert (D : forall a1 a2, dot [a1; a2; 1; 1] [x1; x2; x3; x4] = dot [a1; a2; 1] [x1; x2; x3 + x4]) by (intros; simpl; ring).
  unfold threshold_twice, five_instances, training_set. cbn [map E fst snd input target weight]. rewrite !D. reflexivity.
Qed.

Lemma threshold_twice_spurious : spurious_weak 4 (training_set threshold_twice).
Proof.
  destruct five_spurious as [c [z [[Hc [d [Hd Hm]]] [Hz Hlt]]]].
  destruct c as [|c1 [|c2 [|c3 [|]]]]; try discriminate. destruct z as [|z1 [|z2 [|z3 [|]]]]; try discriminate.
  exists [c1; c2; c3; 0], [z1; z2; z3; 0]. rewrite !threshold_twice_error, !Rplus_0_r.
  split; [|split; [reflexivity|exact Hlt]]. split; [reflexivity|]. exists (d / 2). split; [lra|].
  intros y Hy. assert (Ly := near_length _ _ _ Hy). destruct y as [|y1 [|y2 [|y3 [|y4 [|]]]]]; try discriminate.
  inversion Hy as [|? ? ? ? N1 Hy2]; subst. inversion Hy2 as [|? ? ? ? N2 Hy3]; subst.
  inversion Hy3 as [|? ? ? ? N3 Hy4]; subst. inversion Hy4 as [|? ? ? ? N4 _]; subst.
  rewrite !threshold_twice_error, Rplus_0_r.
  destruct (list_eq_dec Req_EM_T [y1; y2; y3 + y4] [c1; c2; c3]) as [->|Hne]; [lra|]. left. apply Hm; [|assumption].
  apply Rabs_def2 in N3. apply Rabs_def2 in N4.
  repeat constructor; [lra|lra|]. apply Rabs_def1; lra.
Qed.

(** Some binary training set with a spurious local minimum loses all its local minima when one more binary instance is
    added, whatever its weight w > 0; that moves its error by at most 4 w. *)
Theorem no_minimum_remains :
  exists (I : list instance) (a : list Z), Forall (binary 4) I /\ binary 4 (a, 1%Z) /\ spurious_weak 4 (training_set I) /\
    forall w, 0 < w ->
      close 4 (4 * w) (E (Row (map IZR a) 1 w :: training_set I)) (E (training_set I)) /\
      forall x, ~ local_min 4 (E (Row (map IZR a) 1 w :: training_set I)) x.
Proof.
  exists threshold_twice, [1; 1; 1; -1]%Z.
  split; [|split; [|split; [apply threshold_twice_spurious|]]].
  - unfold binary, threshold_twice. cbn [fst snd]. repeat first [apply Forall_cons | apply Forall_nil | split]; auto.
  - unfold binary. cbn [fst snd]. repeat first [apply Forall_cons | apply Forall_nil | split]; auto.
  - intros w Hw. split.
    + intros x _. cbn [E input target weight].
      assert (B := error_1_range (dot (map IZR [1; 1; 1; -1]%Z) x)).
      set (h := (tanh _ - 1) ^ 2) in *. assert (0 <= w * h <= w * 4) by (split; [apply Rmult_le_pos; lra|apply Rmult_le_compat_l; lra]).
      apply Rabs_le. lra.
    + intros x [Lx [d [Hd Hm]]]. destruct x as [|x1 [|x2 [|x3 [|x4 [|]]]]]; try discriminate.
      assert (Hn : near d [x1; x2; x3; x4] [x1; x2; x3 + d / 2; x4 - d / 2]).
      { repeat constructor; apply Rabs_def1; lra. }
      specialize (Hm _ Hn). cbn [E input target weight] in Hm. rewrite !threshold_twice_error in Hm.
      replace (x3 + d / 2 + (x4 - d / 2)) with (x3 + x4) in Hm by ring.
      assert (Q := error_1_decreasing (dot (map IZR [1; 1; 1; -1]%Z) [x1; x2; x3; x4])
        (dot (map IZR [1; 1; 1; -1]%Z) [x1; x2; x3 + d / 2; x4 - d / 2])).
      assert (dot (map IZR [1; 1; 1; -1]%Z) [x1; x2; x3; x4] < dot (map IZR [1; 1; 1; -1]%Z) [x1; x2; x3 + d / 2; x4 - d / 2]) as Hlt
        by (simpl; lra).
      specialize (Q Hlt). apply (Rmult_lt_compat_l w) in Q; [|assumption]. lra.
Qed.

(** It is not so that every binary training set with a spurious local minimum has an e > 0 such that every continuous
    function within e of its error function has one. *)
Theorem printed_stability_fails :
  ~ (forall (n : nat) (I : list instance), Forall (binary n) I -> spurious_weak n (training_set I) ->
       exists e, 0 < e /\
         forall F, continuous n F -> close n e F (E (training_set I)) -> spurious_function n F).
Proof.
  intros H. destruct no_minimum_remains as [I [a [HI [_ [Hs Hno]]]]].
  destruct (H 4%nat I HI Hs) as [e [He HF]]. destruct (Hno (e / 4)) as [Hclose Hnone]; [lra|].
  replace (4 * (e / 4)) with e in Hclose by field.
  destruct (HF _ (E_continuous 4 _) Hclose) as [x [z [Hx _]]]. exact (Hnone x Hx).
Qed.

(** ** A strict local minimum survives. *)

Lemma near_dec r c x : near r c x \/ ~ near r c x.
Proof.
  revert x. induction c as [|u c IH]; intros [|v x]; [left; constructor| | |]; try (right; intros H; inversion H; fail).
  destruct (Rlt_dec (Rabs (v - u)) r) as [H1|H1]; [|right; intros H; inversion H; auto].
  destruct (IH x) as [H2|H2]; [left; constructor; assumption|right; intros H; inversion H; auto].
Qed.

Lemma within_near r d c x : r < d -> within r c x -> near d c x.
Proof. intros Hr H. induction H; constructor; [lra|assumption]. Qed.

(** A function that is continuous on a closed box takes its least value on every closed set K in it that is not empty. *)
Lemma box_least (F : list R -> R) r c (K : list R -> Prop) x0 :
  (forall x, within r c x -> continuous_at F x) -> (forall x, K x -> within r c x) ->
  (forall x, within r c x -> ~ K x -> exists d, 0 < d /\ forall y, near d x y -> ~ K y) -> K x0 ->
  exists x, K x /\ forall y, K y -> F x <= F y.
Proof.
  intros HF HK Hclosed. apply (extreme_value (map (fun t => (t - r, t + r)) c)).
  - intros x Kx. apply box_within. auto.
  - intros x Hx. apply Hclosed. apply box_within. assumption.
  - intros x Kx eps Heps. destruct (HF x (HK x Kx) eps Heps) as [d [Hd H]]. exists d. split; [assumption|].
    intros y _ Hy. specialize (H y Hy). apply Rabs_def2 in H. lra.
Qed.

(** For every strict local minimum c of f with a lower point z, and every d > 0: a function that differs from f by little enough,
    on the open box of half-width d around c and at z, and is continuous on that box, has a local minimum in the box, and a
    lower value at z. *)
Theorem strict_minimum_survives (n : nat) (f : list R -> R) (c z : list R) (d : R) :
  strict_local_min n f c -> f z < f c -> 0 < d -> (forall x, near d c x -> continuous_at f x) -> length z = n ->
  exists e, 0 < e /\ forall F,
    (forall x, near d c x -> continuous_at F x) ->
    (forall x, near d c x -> Rabs (F x - f x) <= e) -> Rabs (F z - f z) <= e ->
    exists x, near d c x /\ local_min n F x /\ F z < F x.
Proof.
  intros [Hc [d0 [Hd0 Hstrict]]] Hz Hd Cf Lz.
  set (r := Rmin d d0 / 2).
  assert (Hr : 0 < r) by (assert (0 < Rmin d d0) by (apply Rmin_glb_lt; assumption); unfold r; lra).
  assert (Hrd : r < d) by (generalize (Rmin_l d d0); unfold r in *; lra).
  assert (Hrd0 : r < d0) by (generalize (Rmin_r d d0); unfold r in *; lra).
  clearbody r.
  assert (Hle : forall y, within r c y -> f c <= f y).
  { intros y Hy. destruct (list_eq_dec Req_EM_T y c) as [->|Hne]; [lra|]. left. apply Hstrict; [|assumption].
    apply (within_near r); assumption. }
  (* the boundary lies above the centre by a margin *)
  pose (K := fun x => within r c x /\ ~ near r c x).
  assert (Margin : exists m, 0 < m /\ forall y, K y -> f c + m <= f y).
  { destruct c as [|c1 c'].
    - subst n. destruct z; [|discriminate]. lra.
    - assert (Hb : K (c1 + r :: c')).
      { split.
        - constructor; [replace (c1 + r - c1) with r by ring; rewrite Rabs_pos_eq; lra|apply within_refl; lra].
        - intros H. inversion H as [|? ? ? ? H1 _]; subst. replace (c1 + r - c1) with r in H1 by ring. rewrite Rabs_pos_eq in H1; lra. }
      destruct (box_least f r (c1 :: c') K (c1 + r :: c')) as [b [[Wb Nb] Hmin]]; try assumption.
      + intros x Hx. apply Cf. apply (within_near r); assumption.
      + intros x Kx. apply Kx.
      + intros x Wx Nx. destruct (near_dec r (c1 :: c') x) as [Hx|Hx]; [|exfalso; apply Nx; split; assumption].
        destruct (near_room _ _ _ Hx) as [e [He Hroom]]. exists e. split; [assumption|]. intros y Hy [_ Ny]. apply Ny. auto.
      + assert (f (c1 :: c') < f b).
        { apply Hstrict; [apply (within_near r); assumption|]. intros ->. apply Nb. apply near_refl. assumption. }
        exists (f b - f (c1 :: c')). split; [lra|]. intros y Ky. specialize (Hmin y Ky). lra. }
  destruct Margin as [m [Hm Hboundary]].
  set (e := Rmin m (f c - f z) / 3).
  assert (He : 0 < e) by (assert (0 < Rmin m (f c - f z)) by (apply Rmin_glb_lt; lra); unfold e; lra).
  assert (Hem : 2 * e < m) by (generalize (Rmin_l m (f c - f z)); unfold e in *; lra).
  assert (Hez : 2 * e < f c - f z) by (generalize (Rmin_r m (f c - f z)); unfold e in *; lra).
  clearbody e. exists e. split; [assumption|]. intros F CF HF HFz.
  assert (Wc : within r c c) by (apply within_refl; lra).
  assert (HF' : forall x, within r c x -> - e <= F x - f x <= e).
  { intros x Hx. apply Rabs_le_inv. apply HF. apply (within_near r); assumption. }
  apply Rabs_le_inv in HFz.
  destruct (box_least F r c (within r c) c) as [x [Wx Hmin]]; try assumption.
  - intros x Hx. apply CF. apply (within_near r); assumption.
  - intros x Hx. exact Hx.
  - intros x Hx Nx. contradiction.
  - assert (Bx := HF' x Wx). assert (Bc := HF' c Wc).
    assert (Nx : near r c x).
    { destruct (near_dec r c x) as [H|H]; [assumption|exfalso].
      assert (Hb := Hboundary x (conj Wx H)). specialize (Hmin c Wc). lra. }
    exists x. split; [apply (near_weaken r); [lra|assumption]|]. split.
    + split; [rewrite (near_length _ _ _ Nx); assumption|].
      destruct (near_room _ _ _ Nx) as [d1 [Hd1 Hroom]]. exists d1. split; [assumption|].
      intros y Hy. apply Hmin. apply near_within. apply Hroom. assumption.
    + assert (Hx := Hle x Wx). lra.
Qed.

(** The printed sentence with a strict local minimum: for every continuous function, every number of variables. *)
Theorem strict_stability (n : nat) (f : list R -> R) :
  continuous n f -> strictly_spurious_function n f ->
  exists e, 0 < e /\ forall F, continuous n F -> close n e F f -> spurious_function n F.
Proof.
  intros Cf [c [z [Hmin [Lz Hz]]]]. assert (Lc : length c = n) by apply Hmin.
  assert (Hlen : forall x, near 1 c x -> length x = n) by (intros x Hx; rewrite (near_length _ _ _ Hx); assumption).
  destruct (strict_minimum_survives n f c z 1 Hmin Hz Rlt_0_1) as [e [He H]]; [auto|assumption|].
  exists e. split; [assumption|]. intros F CF HF.
  destruct (H F) as [x [_ [Hx Hlt]]]; [auto|auto|auto|]. exists x, z. auto.
Qed.

(** ** Other outputs. *)

(** How far the error moves when the targets move by at most e <= 1. *)
Fixpoint sensitivity (rows : list row) : R :=
  match rows with
  | [] => 0
  | r :: rest => Rabs (weight r) * (3 + 2 * Rabs (target r)) + sensitivity rest
  end.

Lemma sensitivity_nonneg rows : 0 <= sensitivity rows.
Proof.
  induction rows as [|r rows IH]; simpl; [lra|].
  assert (0 <= Rabs (weight r) * (3 + 2 * Rabs (target r))); [|lra].
  apply Rmult_le_pos; [apply Rabs_pos|]. generalize (Rabs_pos (target r)). lra.
Qed.

Lemma retargeted_error e rows rows' x : 0 <= e <= 1 -> Forall2 (retargeted e) rows rows' ->
  Rabs (E rows' x - E rows x) <= sensitivity rows * e.
Proof.
  intros He H. induction H as [|[a b w] [a' b' w'] rows rows' [Ha [Hw Hb]] H IH]; cbn [input target weight] in *.
  - simpl. rewrite Rminus_0_r, Rabs_R0. lra.
  - subst a' w'. cbn [E sensitivity input target weight].
    set (t := tanh (dot a x)). assert (Ht : -1 < t < 1).
    { unfold t. rewrite tanh_sig. generalize (sig_pos (dot a x)) (sig_lt_1 (dot a x)). lra. }
    replace (w * (t - b') ^ 2 + E rows' x - (w * (t - b) ^ 2 + E rows x))
      with (w * ((b' - b) * (b' - b + 2 * b - 2 * t)) + (E rows' x - E rows x)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, (Rabs_mult (b' - b)).
    assert (B : Rabs (b' - b) * Rabs (b' - b + 2 * b - 2 * t) <= e * (3 + 2 * Rabs b)).
    { apply Rmult_le_compat; try apply Rabs_pos; [assumption|].
      apply Rabs_le_inv in Hb. assert (P := Rle_abs b). assert (Q := Rle_abs (- b)). rewrite Rabs_Ropp in Q. apply Rabs_le. lra. }
    apply (Rmult_le_compat_l (Rabs w)) in B; [|apply Rabs_pos]. lra.
Qed.

(** A training set, of any inputs, targets and weights, with a strict spurious minimum: all targets near enough to its own
    give one with a spurious minimum. *)
Theorem other_targets_survive (n : nat) (rows : list row) :
  spurious n rows -> exists e, 0 < e /\ forall rows', Forall2 (retargeted e) rows rows' -> spurious_weak n rows'.
Proof.
  intros H. destruct (strict_stability n (E rows) (E_continuous n rows) H) as [e [He HF]].
  assert (S := sensitivity_nonneg rows). set (s := sensitivity rows) in *.
  assert (Hq : 0 < e / (s + 1)) by (apply Rdiv_lt_0_compat; lra).
  assert (Hqe : (s + 1) * (e / (s + 1)) = e) by (field; lra).
  set (q := Rmin 1 (e / (s + 1))).
  assert (H1 : q <= 1) by apply Rmin_l. assert (H2 : q <= e / (s + 1)) by apply Rmin_r.
  assert (H3 : 0 < q) by (apply Rmin_glb_lt; lra).
  exists q. split; [assumption|]. intros rows' Hrows.
  apply (HF (E rows') (E_continuous n rows')). intros x _.
  eapply Rle_trans; [apply (retargeted_error q); [lra|assumption]|]. fold s.
  assert (s * q <= s * (e / (s + 1))) by (apply Rmult_le_compat_l; assumption). lra.
Qed.

(** In particular an example with outputs 1 and -1 gives examples with outputs t and -t, for every t < 1 near enough to 1. *)
Theorem outputs_below_one (n : nat) (I : list instance) :
  Forall (binary n) I -> spurious n (training_set I) ->
  exists t0, t0 < 1 /\ forall t, t0 < t < 1 -> spurious_weak n (shrunk t (training_set I)).
Proof.
  intros HI H. destruct (other_targets_survive n _ H) as [e [He Hs]]. exists (1 - e). split; [lra|]. intros t Ht.
  apply Hs. unfold shrunk, training_set. clear - HI Ht. induction HI as [|[a b] I [_ [_ Hb]] HI IH]; cbn [map]; constructor; [|assumption].
  cbn [snd] in Hb. unfold retargeted. cbn [input target weight fst snd]. split; [reflexivity|]. split; [reflexivity|].
  destruct Hb as [-> | ->]; apply Rabs_le; lra.
Qed.
