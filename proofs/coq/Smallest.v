(** * The smallest binary training set with a spurious local minimum has five instances.

    An instance has inputs in {-1, 1}^n and a target in {-1, 1}; repeated and contradictory instances are allowed.
    Five instances have a strict local minimum with a lower point elsewhere; in no set of four or fewer, for any n, has
    any local minimum (strict or not) a lower point elsewhere. *)

Require Import Reals ZArith List Lra Lia Psatz Classical.
Require Import Spurious.Surface Spurious.Vectors Spurious.Sigmoid Spurious.Linear Spurious.Lines Spurious.Convex
  Spurious.Splitting Spurious.Four Spurious.SignRelations Spurious.Barrier.
Import ListNotations.
Open Scope R_scope.

(** ** Grouping instances by lines. *)

(** A line with its number of instances on either side. *)
Definition zline : Type := (list Z * (nat * nat))%type.

Fixpoint insert (a : list Z) (L : list zline) : list zline :=
  match L with
  | [] => [(a, (1, 0)%nat)]
  | (b, (p, q)) :: L' =>
      if list_eq_dec Z.eq_dec a b then (b, (S p, q)) :: L'
      else if list_eq_dec Z.eq_dec a (map Z.opp b) then (b, (p, S q)) :: L'
      else (b, (p, q)) :: insert a L'
  end.

(** An instance of target -1 is the opposite one of target 1. *)
Definition fold_sign (i : instance) : list Z := if (snd i =? 1)%Z then fst i else map Z.opp (fst i).

Definition group (I : list instance) : list zline := fold_right (fun i L => insert (fold_sign i) L) [] I.

Definition to_line (l : zline) : line := Line (map IZR (fst l)) (INR (fst (snd l))) (INR (snd (snd l))).

Lemma dot_opp b x : dot (map IZR (map Z.opp b)) x = - dot (map IZR b) x.
Proof. revert x. induction b as [|b1 b IH]; intros [|x1 x]; simpl; try ring. rewrite IH, opp_IZR. ring. Qed.

Lemma insert_error a L x : E_lines (map to_line (insert a L)) x = h0 1 (dot (map IZR a) x) + E_lines (map to_line L) x.
Proof.
  induction L as [|[b [p q]] L IH].
  - cbn [insert map E_lines to_line fst snd vec plus minus]. unfold g. simpl INR. ring.
  - cbn [insert]. destruct (list_eq_dec Z.eq_dec a b) as [->|_]; [|destruct (list_eq_dec Z.eq_dec a (map Z.opp b)) as [->|_]].
    + cbn [map E_lines to_line fst snd vec plus minus]. unfold g. rewrite S_INR. ring.
    + cbn [map E_lines to_line fst snd vec plus minus]. unfold g. rewrite dot_opp, S_INR. ring.
    + cbn [map E_lines]. rewrite IH. ring.
Qed.

Lemma group_error n I x : Forall (binary n) I -> E (training_set I) x = E_lines (map to_line (group I)) x.
Proof.
  intros H. induction H as [|[a b] I [_ [_ Hb]] H IH]; [reflexivity|].
  cbn [group fold_right training_set map E]. fold (group I) (training_set I). rewrite insert_error, IH.
  cbn [weight target input fst snd]. unfold fold_sign. cbn [fst snd]. cbn [snd] in Hb. destruct Hb as [-> | ->]; simpl Z.eqb; cbv iota.
  - unfold h0. ring.
  - rewrite dot_opp. unfold h0. rewrite !tanh_sig.
    assert (S : sig (- dot (map IZR a) x) = 1 - sig (dot (map IZR a) x)).
    { rewrite one_minus_sig. unfold sig. replace (2 * - dot (map IZR a) x) with (- (2 * dot (map IZR a) x)) by ring. rewrite exp_Ropp.
      assert (P := exp2_pos (dot (map IZR a) x)). field. split; lra. }
    rewrite S. ring.
Qed.

Definition vecs (L : list zline) : list (list Z) := map fst L.
Definition total (L : list zline) : nat := fold_right (fun l t => fst (snd l) + snd (snd l) + t)%nat 0%nat L.

Lemma insert_total a L : total (insert a L) = S (total L).
Proof.
  induction L as [|[b [p q]] L IH]; [reflexivity|]. cbn [insert].
  destruct (list_eq_dec Z.eq_dec a b); [simpl; lia|]. destruct (list_eq_dec Z.eq_dec a (map Z.opp b)); [simpl; lia|].
  simpl. fold (total (insert a L)). rewrite IH. simpl. fold (total L). lia.
Qed.

Lemma insert_vecs a L : vecs (insert a L) = vecs L \/
  (vecs (insert a L) = vecs L ++ [a] /\ Forall (fun b => apart a b) (vecs L)).
Proof.
  induction L as [|[b [p q]] L IH]; [right; split; [reflexivity|constructor]|]. cbn [insert].
  destruct (list_eq_dec Z.eq_dec a b) as [|N1]; [left; reflexivity|].
  destruct (list_eq_dec Z.eq_dec a (map Z.opp b)) as [|N2]; [left; reflexivity|].
  destruct IH as [IH|[IH1 IH2]].
  - left. cbn [vecs map fst]. fold (vecs (insert a L)) (vecs L). rewrite IH. reflexivity.
  - right. cbn [vecs map fst]. fold (vecs (insert a L)) (vecs L). rewrite IH1. split; [reflexivity|].
    constructor; [split; assumption|assumption].
Qed.

Lemma insert_first a L : Forall (fun l => (1 <= fst (snd l))%nat) L -> Forall (fun l : zline => (1 <= fst (snd l))%nat) (insert a L).
Proof.
  intros H. induction H as [|[b [p q]] L Hl H IH]; [repeat constructor|]. cbn [insert].
  destruct (list_eq_dec Z.eq_dec a b); [constructor; [simpl in *; lia|assumption]|].
  destruct (list_eq_dec Z.eq_dec a (map Z.opp b)); constructor; assumption.
Qed.

Lemma opp_opp b : map Z.opp (map Z.opp b) = b.
Proof. rewrite map_map. rewrite <- (map_id b) at 2. apply map_ext. intros. lia. Qed.

Lemma apart_sym a b : apart a b -> apart b a.
Proof. intros [H1 H2]. split; [congruence|]. intros E. apply H2. rewrite E, opp_opp. reflexivity. Qed.

Lemma distinct_snoc A a : distinct A -> Forall (fun b => apart a b) A -> distinct (A ++ [a]).
Proof.
  intros H. induction H as [|b A Hb H IH]; intros Ha; simpl; [repeat constructor|].
  inversion Ha; subst. constructor; [|apply IH; assumption].
  apply Forall_app. split; [assumption|]. constructor; [apply apart_sym; assumption|constructor].
Qed.

Lemma fold_signs n i : binary n i -> signs n (fold_sign i).
Proof.
  intros [Hl [Hs _]]. unfold fold_sign. destruct (snd i =? 1)%Z; [split; assumption|].
  split; [rewrite map_length; assumption|]. apply Forall_map. eapply Forall_impl; [|exact Hs].
  intros t [-> | ->]; [right|left]; reflexivity.
Qed.

Lemma group_facts n I : Forall (binary n) I ->
  total (group I) = length I /\ distinct (vecs (group I)) /\ Forall (signs n) (vecs (group I)) /\
  Forall (fun l => (1 <= fst (snd l))%nat) (group I).
Proof.
  intros H. induction H as [|i I Hi H [I1 [I2 [I3 I4]]]]; [repeat split; constructor|].
  cbn [group fold_right]. fold (group I). split; [rewrite insert_total, I1; reflexivity|].
  split; [|split; [|apply insert_first; assumption]];
    destruct (insert_vecs (fold_sign i) (group I)) as [->|[-> HF]]; try assumption.
  - apply distinct_snoc; assumption.
  - apply Forall_app. split; [assumption|]. constructor; [apply fold_signs; assumption|constructor].
Qed.

Lemma length_total L : Forall (fun l : zline => (1 <= fst (snd l))%nat) L -> (length L <= total L)%nat.
Proof. intros H. induction H as [|l L Hl H IH]; simpl; [lia|]. fold (total L). lia. Qed.

Lemma f_decreasing u v : u < v -> f v < f u.
Proof.
  intros H. assert (E1 : f v = g 1 0 v) by (unfold g, f; ring). assert (E2 : f u = g 1 0 u) by (unfold g, f; ring).
  rewrite E1, E2, !g_h. apply Rmult_lt_compat_l; [lra|]. apply h_decreasing_0; [lra|apply exp_pos|apply exp_increasing; lra].
Qed.

(** A direction along which every term decreases. *)
Lemma positive_choice e2 e3 e4 : sign e2 -> sign e3 -> sign e4 -> ~ (e2 = 1%Z /\ e3 = 1%Z /\ e4 = 1%Z) ->
  exists w1 w2 w3, 0 < w1 /\ 0 < w2 /\ 0 < w3 /\ forall w4, w1 + IZR e2 * w2 + IZR e3 * w3 + IZR e4 * w4 = 0 -> 0 < w4.
Proof.
  intros [-> | ->] [-> | ->] [-> | ->] H; try (exfalso; apply H; auto; fail).
  - exists 1, 1, 1. repeat split; intros; lra.
  - exists 1, 1, 3. repeat split; intros; lra.
  - exists 3, 1, 1. repeat split; intros; lra.
  - exists 1, 3, 1. repeat split; intros; lra.
  - exists 3, 1, 1. repeat split; intros; lra.
  - exists 1, 3, 1. repeat split; intros; lra.
  - exists 3, 1, 1. repeat split; intros; lra.
Qed.

(** ** Four or fewer. *)

Theorem four_or_fewer n I : (length I <= 4)%nat -> Forall (binary n) I ->
  forall x, local_min n (E (training_set I)) x -> forall z, length z = n -> E (training_set I) x <= E (training_set I) z.
Proof.
  intros Hlen HI x Hmin z Hz.
  destruct n as [|n'].
  { destruct Hmin as [Hx _]. destruct x; [|discriminate]. destruct z; [|discriminate]. lra. }
  set (n := S n') in *. assert (Hn : (0 < n)%nat) by (unfold n; lia). clearbody n.
  destruct (group_facts n I HI) as [G1 [G2 [G3 G4]]].
  assert (Gl : (length (group I) <= total (group I))%nat) by (apply length_total; assumption).
  assert (EL : forall y, E (training_set I) y = E_lines (map to_line (group I)) y) by (intros; apply (group_error n); assumption).
  set (L := group I) in *. clearbody L. rewrite !EL.
  assert (Hmin' : local_min n (E_lines (map to_line L)) x).
  { destruct Hmin as [Hx [d [Hd Hm]]]. split; [assumption|]. exists d. split; [assumption|]. intros y Hy. rewrite <- !EL. apply Hm. assumption. }
  clear Hmin EL.
  assert (Hvl : (length (vecs L) <= 4)%nat) by (unfold vecs; rewrite map_length; apply (Nat.le_trans _ _ _ Gl); rewrite G1; exact Hlen).
  assert (Hvec : map vec (map to_line L) = real (vecs L)).
  { unfold vecs, real. rewrite !map_map. reflexivity. }
  assert (Hprop : Forall (proper n) (map to_line L)).
  { apply Forall_map. rewrite Forall_forall in *. intros l Hl. specialize (G4 l Hl).
    assert (Sl : signs n (fst l)) by (apply G3; unfold vecs; apply in_map; assumption).
    unfold proper, to_line. cbn [vec plus minus]. rewrite map_length. apply le_INR in G4. simpl in G4.
    assert (0 <= INR (snd (snd l))) by apply RIneq.pos_INR. split; [apply Sl|]. repeat split; lra. }
  destruct (relations n (vecs L) Hn G3 G2 Hvl) as [Hind|(a1 & a2 & a3 & a4 & e2 & e3 & e4 & EA & Hind & S2 & S3 & S4 & Hrel)].
  { apply (splitting n); try assumption. rewrite Hvec. assumption. }
  (* four lines, once each *)
  destruct L as [|[b1 [p1 q1]] [|[b2 [p2 q2]] [|[b3 [p3 q3]] [|[b4 [p4 q4]] [|]]]]]; try discriminate.
  cbn [vecs map fst] in EA. injection EA as -> -> -> ->.
  assert (HP : (p1 = 1 /\ q1 = 0 /\ p2 = 1 /\ q2 = 0 /\ p3 = 1 /\ q3 = 0 /\ p4 = 1 /\ q4 = 0)%nat).
  { simpl in G1. inversion G4 as [|? ? X1 G5]; subst. inversion G5 as [|? ? X2 G6]; subst. inversion G6 as [|? ? X3 G7]; subst. inversion G7 as [|? ? X4 _]; subst.
    simpl in *. lia. }
  destruct HP as (-> & -> & -> & -> & -> & -> & -> & ->).
  assert (EF : forall y, E_lines (map to_line [(a1, (1, 0)%nat); (a2, (1, 0)%nat); (a3, (1, 0)%nat); (a4, (1, 0)%nat)]) y =
    f (dot (map IZR a1) y) + f (dot (map IZR a2) y) + f (dot (map IZR a3) y) + f (dot (map IZR a4) y)).
  { intros y. cbn [map E_lines to_line fst snd vec plus minus]. unfold g, f. simpl INR. ring. }
  set (EL := E_lines _) in *.
  assert (HA3 : Forall (fun a => length a = n) (real [a1; a2; a3])).
  { apply real_length. clear - G3. inversion G3 as [|? ? X1 G5]; subst. inversion G5 as [|? ? X2 G6]; subst. inversion G6; subst. repeat constructor; first [apply X1|apply X2|apply H1]. }
  assert (Free : forall w1 w2 w3, exists v, length v = n /\ dot (map IZR a1) v = w1 /\ dot (map IZR a2) v = w2 /\ dot (map IZR a3) v = w3).
  { intros w1 w2 w3. destruct (solve n _ HA3 Hind [w1; w2; w3] eq_refl) as [v [Hv Sv]]. exists v. split; [assumption|].
    cbn [real map] in Sv. injection Sv as V1 V2 V3. auto. }
  destruct Hmin' as [Hx [d [Hd Hm]]].
  destruct (classic (e2 = 1%Z /\ e3 = 1%Z /\ e4 = 1%Z)) as [[-> [-> ->]]|Hmixed].
  - (* the sum of the four vanishes *)
    assert (Sum : forall y, length y = n -> dot (map IZR a1) y + dot (map IZR a2) y + dot (map IZR a3) y + dot (map IZR a4) y = 0).
    { intros y Hy. specialize (Hrel y Hy). lra. }
    assert (Lx := Sum x Hx). assert (Lz := Sum z Hz).
    destruct (four_local_min _ _ _ _ Lx) as [Y1 [Y2 [Y3 Y4]]].
    { intros w1 w2 w3 w4 Hw. destruct (Free w1 w2 w3) as [v [Hv [V1 [V2 V3]]]].
      assert (V4 : dot (map IZR a4) v = w4) by (specialize (Sum v Hv); lra).
      destruct (near_move d x v Hd (eq_trans Hv (eq_sym Hx))) as [t0 [Ht0 Hnear]].
      exists t0. split; [assumption|]. intros t Ht. specialize (Hm _ (Hnear t Ht)). rewrite !EF in Hm.
      rewrite !dot_move, V1, V2, V3, V4 in Hm by congruence. unfold F. rewrite !Rmult_0_l, !Rplus_0_r. exact Hm. }
    rewrite !EF, Y1, Y2, Y3, Y4. assert (B := four_at_least_4 _ _ _ _ Lz).
    assert (F0 : f 0 = 1) by (rewrite f_exp, Rmult_0_r, exp_0; field). lra.
  - (* mixed signs: a direction along which E decreases *)
    exfalso. destruct (positive_choice e2 e3 e4 S2 S3 S4 Hmixed) as (w1 & w2 & w3 & P1 & P2 & P3 & P4).
    destruct (Free w1 w2 w3) as [v [Hv [V1 [V2 V3]]]].
    assert (V4 : 0 < dot (map IZR a4) v) by (apply P4; rewrite <- V1, <- V2, <- V3; apply Hrel; assumption).
    destruct (near_move d x v Hd (eq_trans Hv (eq_sym Hx))) as [t0 [Ht0 Hnear]].
    assert (Ht : Rabs (t0 / 2) < t0) by (rewrite Rabs_pos_eq; lra).
    specialize (Hm _ (Hnear _ Ht)). rewrite !EF in Hm. rewrite !dot_move, V1, V2, V3 in Hm by congruence.
    assert (T : 0 < t0 / 2) by lra.
    assert (Q : forall y w, 0 < w -> f (y + t0 / 2 * w) < f y).
    { intros y w Hw. apply f_decreasing. assert (0 < t0 / 2 * w) by (apply Rmult_lt_0_compat; assumption). lra. }
    assert (Q1 := Q (dot (map IZR a1) x) w1 P1). assert (Q2 := Q (dot (map IZR a2) x) w2 P2).
    assert (Q3 := Q (dot (map IZR a3) x) w3 P3). assert (Q4 := Q (dot (map IZR a4) x) _ V4). lra.
Qed.

(** ** Five: XOR with a threshold, one pattern twice. *)

Open Scope Z_scope.

(** Inputs, then the constant 1 of the threshold; target. *)
Definition five_instances : list instance :=
  [([-1; -1; 1], -1); ([-1; 1; 1], 1); ([1; -1; 1], 1); ([1; 1; 1], -1); ([1; 1; 1], -1)].

Definition five : problem := Problem 3 1 [
  ZRow [-1; -1; 1] (-1) 1;
  ZRow [-1; 1; 1] 1 1;
  ZRow [1; -1; 1] 1 1;
  ZRow [1; 1; 1] (-1) 1;
  ZRow [1; 1; 1] (-1) 1].

Definition five_certificate : certificate := Certificate 30 24 8
  [13026776; 13026776; 13026776]
  [(469312776, 1054281915); (604429047, 1025517783); (604429047, 1025517783); (731375222, 2039348800); (731375222, 2039348800)]
  4046493225
  [[55977; 55057; 54029];
   [0; 10110; 4919];
   [0; 0; 13788]].

Definition five_lower : lower := Lower 24 [41587; 41587; 6768412009]
  [16; 2654958; 2654958; 1071086809; 1071086809].

Close Scope Z_scope.

Theorem five_spurious : spurious 3 (training_set five_instances).
Proof.
  assert (H : spurious (dim five) (real_rows five)).
  { apply (check_sound five five_certificate five_lower). vm_compute. reflexivity. }
  assert (R : forall x, E (training_set five_instances) x = E (real_rows five) x).
  { intros x. unfold five_instances, five, training_set, real_rows, real_row. cbn [zrows denom map E fst snd za zb zw input target weight].
    replace (1 / 1) with 1 by field. replace (-1 / 1) with (-1) by field. reflexivity. }
  destruct H as [x [z [[Hx [d [Hd Hm]]] [Hz Hlt]]]]. exists x, z. split; [|split; [exact Hz|]].
  - split; [exact Hx|]. exists d. split; [exact Hd|]. intros y Hy Hne. rewrite !R. apply Hm; assumption.
  - rewrite !R. exact Hlt.
Qed.

(** ** The answer to the question left open by Sontag and Sussmann (1989). *)
Theorem smallest_binary_counterexample :
  (exists n I, length I = 5%nat /\ Forall (binary n) I /\ spurious n (training_set I)) /\
  (forall n I, (length I <= 4)%nat -> Forall (binary n) I -> ~ spurious_weak n (training_set I)).
Proof.
  split.
  - exists 3%nat, five_instances. split; [reflexivity|]. split; [|apply five_spurious].
    unfold binary, five_instances. cbn [fst snd].
    repeat first [apply Forall_cons | apply Forall_nil | split]; auto.
  - intros n I Hl HI [x [z [Hmin [Hz Hlt]]]]. assert (H := four_or_fewer n I Hl HI x Hmin z Hz). lra.
Qed.

(** A spurious minimum is a weak one, so the two halves exclude each other. *)
Lemma spurious_is_weak n rows : spurious n rows -> spurious_weak n rows.
Proof.
  intros [x [z [[Hx [d [Hd Hm]]] H]]]. exists x, z. split; [|exact H]. split; [exact Hx|]. exists d. split; [exact Hd|].
  intros y Hy. destruct (classic (y = x)) as [->|Hne]; [lra|]. left. apply Hm; assumption.
Qed.
