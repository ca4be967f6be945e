(** * Linear relations between at most four distinct lines of sign vectors.

    Three or fewer distinct lines spanned by vectors of {-1, 1}^n are independent; four are, or else some
    a_1 + e_2 a_2 + e_3 a_3 + e_4 a_4 with signs e vanishes. *)

Require Import Reals ZArith List Lra Lia Psatz Classical.
Require Import Spurious.Surface Spurious.Vectors Spurious.Linear.
Import ListNotations.
Open Scope R_scope.

Definition sign (t : Z) : Prop := t = 1%Z \/ t = (-1)%Z.
Definition signs (n : nat) (a : list Z) : Prop := length a = n /\ Forall sign a.

(** a and b span different lines. *)
Definition apart (a b : list Z) : Prop := a <> b /\ a <> map Z.opp b.

Lemma sign_nth n a i : signs n a -> (i < n)%nat -> sign (nth i a 0%Z).
Proof. intros [Hl Ha] Hi. apply (proj1 (Forall_forall _ _) Ha). apply nth_In. lia. Qed.

(** Two different lines are told apart by some coordinate against the first one. *)
Lemma separated n a b : (0 < n)%nat -> signs n a -> signs n b -> apart a b ->
  exists i, (i < n)%nat /\ (nth i a 0 * nth 0 a 0 = - (nth i b 0 * nth 0 b 0))%Z.
Proof.
  intros Hn Ha Hb [H1 H2]. apply NNPP. intros Hno.
  assert (All : forall i, (i < n)%nat -> (nth i a 0 * nth 0 a 0 = nth i b 0 * nth 0 b 0)%Z).
  { intros i Hi. destruct (sign_nth n a i Ha Hi) as [A|A]; destruct (sign_nth n a 0 Ha Hn) as [A0|A0];
      destruct (sign_nth n b i Hb Hi) as [B|B]; destruct (sign_nth n b 0 Hb Hn) as [B0|B0];
      rewrite A, A0, B, B0; try reflexivity; exfalso; apply Hno; exists i; (split; [exact Hi|]); rewrite A, A0, B, B0; reflexivity. }
  destruct Ha as [La Sa] eqn:Ea. destruct Hb as [Lb Sb] eqn:Eb.
  assert (Hsa : signs n a) by (split; assumption). assert (Hsb : signs n b) by (split; assumption). clear Ea Eb.
  assert (D : nth 0 a 0%Z = nth 0 b 0%Z \/ nth 0 a 0%Z = (- nth 0 b 0)%Z).
  { destruct (sign_nth n a 0 Hsa Hn) as [A0|A0]; destruct (sign_nth n b 0 Hsb Hn) as [B0|B0]; rewrite A0, B0; auto. }
  destruct D as [D|D].
  - apply H1. apply nth_ext with 0%Z 0%Z; [congruence|]. intros i Hi. specialize (All i). rewrite La in Hi. specialize (All Hi).
    rewrite D in All. destruct (sign_nth n b 0 Hsb Hn) as [B0|B0]; rewrite B0 in All; lia.
  - apply H2. apply nth_ext with 0%Z 0%Z; [rewrite map_length; congruence|]. intros i Hi. specialize (All i). rewrite La in Hi. specialize (All Hi).
    rewrite (map_nth Z.opp b 0%Z i : nth i (map Z.opp b) 0%Z = (- nth i b 0)%Z).
    rewrite D in All. destruct (sign_nth n b 0 Hsb Hn) as [B0|B0]; rewrite B0 in All; lia.
Qed.

(** The i-th unit vector of R^n. *)
Fixpoint unit (n i : nat) : list R :=
  match n with
  | O => []
  | S n' => match i with
            | O => 1 :: repeat 0 n'
            | S i' => 0 :: unit n' i'
            end
  end.

Lemma unit_length n : forall i, length (unit n i) = n.
Proof. induction n as [|n IH]; intros [|i]; simpl; try reflexivity; f_equal; [apply repeat_length|apply IH]. Qed.

Lemma dot_unit a : forall n i, length a = n -> (i < n)%nat -> dot (map IZR a) (unit n i) = IZR (nth i a 0%Z).
Proof.
  induction a as [|a1 a IH]; intros n i Hl Hi; [simpl in Hl; lia|]. destruct n as [|n]; [discriminate|].
  destruct i as [|i]; simpl.
  - rewrite dot_zero_r. ring.
  - rewrite IH; [ring|simpl in Hl; lia|lia].
Qed.

Definition real (A : list (list Z)) : list (list R) := map (map IZR) A.

Lemma real_length n A : Forall (signs n) A -> Forall (fun a => length a = n) (real A).
Proof. intros H. induction H as [|a A [Ha _] H IH]; simpl; constructor; [rewrite map_length; assumption|assumption]. Qed.

(** Dependence gives a nontrivial relation between the linear forms. *)
Lemma dependent n A : Forall (signs n) A -> ~ independent n (real A) ->
  exists c, length c = length A /\ c <> repeat 0 (length A) /\
    forall x, length x = n -> dot c (map (fun a => dot a x) (real A)) = 0.
Proof.
  intros HA Hn. apply NNPP. intros Hno. apply Hn. apply independent_forms; [apply real_length; assumption|].
  unfold real. rewrite map_length. intros c Hc Hz. apply NNPP. intros Hne. apply Hno. exists c. auto.
Qed.

Lemma sign_square t : sign t -> IZR t * IZR t = 1.
Proof. intros [-> | ->]; lra. Qed.

(** The pair argument: d_j = c_j a_j1 sum to zero, and so do they after the signs of a column that separates. *)
Lemma pair_split d1 d2 d3 d4 t1 t2 t3 t4 :
  sign t1 -> sign t2 -> sign t3 -> sign t4 -> t1 = (- t2)%Z ->
  d1 + d2 + d3 + d4 = 0 -> IZR t1 * d1 + IZR t2 * d2 + IZR t3 * d3 + IZR t4 * d4 = 0 ->
  d1 = 0 \/ d2 = 0 \/ d1 + d3 = 0 \/ d1 + d4 = 0.
Proof.
  intros [-> | ->] [-> | ->] [-> | ->] [-> | ->] E S1 S2; try discriminate;
    first [left; lra | right; left; lra | right; right; left; lra | right; right; right; lra].
Qed.

(** The same with the relation in the form in which it comes. *)
Lemma pair_split_lines n a1 a2 a3 a4 c1 c2 c3 c4 :
  (0 < n)%nat -> signs n a1 -> signs n a2 -> signs n a3 -> signs n a4 -> apart a1 a2 ->
  (forall i, (i < n)%nat -> c1 * IZR (nth i a1 0%Z) + c2 * IZR (nth i a2 0%Z) + c3 * IZR (nth i a3 0%Z) + c4 * IZR (nth i a4 0%Z) = 0) ->
  let d1 := c1 * IZR (nth 0 a1 0%Z) in let d2 := c2 * IZR (nth 0 a2 0%Z) in
  let d3 := c3 * IZR (nth 0 a3 0%Z) in let d4 := c4 * IZR (nth 0 a4 0%Z) in
  d1 = 0 \/ d2 = 0 \/ d1 + d3 = 0 \/ d1 + d4 = 0.
Proof.
  intros Hn S1 S2 S3 S4 Hap Hrel d1 d2 d3 d4.
  destruct (separated n a1 a2 Hn S1 S2 Hap) as [i [Hi Hs]].
  assert (Q : forall a c, signs n a -> sign (nth i a 0 * nth 0 a 0)%Z /\
    IZR (nth i a 0 * nth 0 a 0)%Z * (c * IZR (nth 0 a 0%Z)) = c * IZR (nth i a 0%Z)).
  { intros a c Sa. assert (Si := sign_nth n a i Sa Hi). assert (S0 := sign_nth n a 0 Sa Hn). split.
    - destruct Si as [-> | ->]; destruct S0 as [-> | ->]; unfold sign; auto.
    - rewrite mult_IZR. assert (Sq := sign_square _ S0).
      transitivity (c * IZR (nth i a 0%Z) * (IZR (nth 0 a 0%Z) * IZR (nth 0 a 0%Z))); [ring|]. rewrite Sq. ring. }
  destruct (Q a1 c1 S1) as [T1 E1]. destruct (Q a2 c2 S2) as [T2 E2]. destruct (Q a3 c3 S3) as [T3 E3]. destruct (Q a4 c4 S4) as [T4 E4].
  apply (pair_split d1 d2 d3 d4 _ _ _ _ T1 T2 T3 T4 Hs).
  - assert (H := Hrel 0%nat Hn). unfold d1, d2, d3, d4. lra.
  - unfold d1, d2, d3, d4. rewrite E1, E2, E3, E4. apply Hrel. assumption.
Qed.

(** All six pairs together: all d vanish, or they have one absolute value. *)
Lemma four_coefficients d1 d2 d3 d4 :
  d1 + d2 + d3 + d4 = 0 ->
  (d1 = 0 \/ d2 = 0 \/ d1 + d3 = 0 \/ d1 + d4 = 0) ->
  (d1 = 0 \/ d3 = 0 \/ d1 + d2 = 0 \/ d1 + d4 = 0) ->
  (d1 = 0 \/ d4 = 0 \/ d1 + d2 = 0 \/ d1 + d3 = 0) ->
  (d2 = 0 \/ d3 = 0 \/ d2 + d1 = 0 \/ d2 + d4 = 0) ->
  (d2 = 0 \/ d4 = 0 \/ d2 + d1 = 0 \/ d2 + d3 = 0) ->
  (d3 = 0 \/ d4 = 0 \/ d3 + d1 = 0 \/ d3 + d2 = 0) ->
  (d1 = 0 /\ d2 = 0 /\ d3 = 0 /\ d4 = 0) \/
  (d1 <> 0 /\ (d2 = d1 \/ d2 = - d1) /\ (d3 = d1 \/ d3 = - d1) /\ (d4 = d1 \/ d4 = - d1)).
Proof.
  intros H0 H12 H13 H14 H23 H24 H34. destruct (Req_dec d1 0) as [Z|Z].
  - left. split; [assumption|]. subst d1. clear H12 H13 H14.
    destruct H23 as [X|[X|[X|X]]]; destruct H24 as [Y|[Y|[Y|Y]]]; destruct H34 as [W|[W|[W|W]]]; repeat split; lra.
  - destruct (Req_dec d2 0) as [Z2|Z2]; [exfalso; destruct H13 as [X|[X|[X|X]]]; destruct H14 as [Y|[Y|[Y|Y]]]; destruct H34 as [W|[W|[W|W]]]; lra|].
    destruct (Req_dec d3 0) as [Z3|Z3]; [exfalso; destruct H12 as [X|[X|[X|X]]]; destruct H14 as [Y|[Y|[Y|Y]]]; destruct H24 as [W|[W|[W|W]]]; lra|].
    destruct (Req_dec d4 0) as [Z4|Z4]; [exfalso; destruct H12 as [X|[X|[X|X]]]; destruct H13 as [Y|[Y|[Y|Y]]]; destruct H23 as [W|[W|[W|W]]]; lra|].
    right. split; [assumption|]. clear H23 H24 H34.
    assert (P12 : d1 + d3 = 0 \/ d1 + d4 = 0) by tauto. assert (P13 : d1 + d2 = 0 \/ d1 + d4 = 0) by tauto.
    assert (P14 : d1 + d2 = 0 \/ d1 + d3 = 0) by tauto. clear H12 H13 H14.
    destruct P12; destruct P13; destruct P14; repeat split;
      first [right; lra | left; lra].
Qed.

Lemma sign_cancel n a c : (0 < n)%nat -> signs n a -> c * IZR (nth 0 a 0%Z) = 0 -> c = 0.
Proof. intros Hn Sa H. destruct (sign_nth n a 0 Sa Hn) as [E|E]; rewrite E in H; lra. Qed.

(** Four distinct lines with a relation, coordinate by coordinate. *)
Lemma relation_of_four n a1 a2 a3 a4 c1 c2 c3 c4 :
  (0 < n)%nat -> signs n a1 -> signs n a2 -> signs n a3 -> signs n a4 ->
  apart a1 a2 -> apart a1 a3 -> apart a1 a4 -> apart a2 a3 -> apart a2 a4 -> apart a3 a4 ->
  (forall i, (i < n)%nat -> c1 * IZR (nth i a1 0%Z) + c2 * IZR (nth i a2 0%Z) + c3 * IZR (nth i a3 0%Z) + c4 * IZR (nth i a4 0%Z) = 0) ->
  (c1 = 0 /\ c2 = 0 /\ c3 = 0 /\ c4 = 0) \/
  (c1 <> 0 /\ (c2 = c1 \/ c2 = - c1) /\ (c3 = c1 \/ c3 = - c1) /\ (c4 = c1 \/ c4 = - c1)).
Proof.
  intros Hn S1 S2 S3 S4 A12 A13 A14 A23 A24 A34 Hrel.
  assert (P12 := pair_split_lines n a1 a2 a3 a4 c1 c2 c3 c4 Hn S1 S2 S3 S4 A12 Hrel).
  assert (P13 := pair_split_lines n a1 a3 a2 a4 c1 c3 c2 c4 Hn S1 S3 S2 S4 A13).
  assert (P14 := pair_split_lines n a1 a4 a2 a3 c1 c4 c2 c3 Hn S1 S4 S2 S3 A14).
  assert (P23 := pair_split_lines n a2 a3 a1 a4 c2 c3 c1 c4 Hn S2 S3 S1 S4 A23).
  assert (P24 := pair_split_lines n a2 a4 a1 a3 c2 c4 c1 c3 Hn S2 S4 S1 S3 A24).
  assert (P34 := pair_split_lines n a3 a4 a1 a2 c3 c4 c1 c2 Hn S3 S4 S1 S2 A34).
  cbv zeta in *.
  specialize (P13 ltac:(intros i Hi; specialize (Hrel i Hi); lra)).
  specialize (P14 ltac:(intros i Hi; specialize (Hrel i Hi); lra)).
  specialize (P23 ltac:(intros i Hi; specialize (Hrel i Hi); lra)).
  specialize (P24 ltac:(intros i Hi; specialize (Hrel i Hi); lra)).
  specialize (P34 ltac:(intros i Hi; specialize (Hrel i Hi); lra)).
  assert (H0 := Hrel 0%nat Hn).
  destruct (four_coefficients _ _ _ _ H0 P12 P13 P14 P23 P24 P34) as [[Z1 [Z2 [Z3 Z4]]]|[N [O2 [O3 O4]]]].
  - left. split; [exact (sign_cancel n a1 c1 Hn S1 Z1)|]. split; [exact (sign_cancel n a2 c2 Hn S2 Z2)|].
    split; [exact (sign_cancel n a3 c3 Hn S3 Z3)|exact (sign_cancel n a4 c4 Hn S4 Z4)].
  - right. clear P12 P13 P14 P23 P24 P34 H0.
    assert (Hc : forall a c, signs n a -> (c * IZR (nth 0 a 0%Z) = c1 * IZR (nth 0 a1 0%Z) \/ c * IZR (nth 0 a 0%Z) = - (c1 * IZR (nth 0 a1 0%Z))) -> c = c1 \/ c = - c1).
    { intros a c Sa H. destruct (sign_nth n a1 0 S1 Hn) as [E1|E1]; destruct (sign_nth n a 0 Sa Hn) as [E2|E2];
        rewrite E1, E2 in H; destruct H; first [left; lra | right; lra]. }
    split; [intros Z; apply N; rewrite Z; ring|]. split; [apply (Hc a2); assumption|]. split; [apply (Hc a3); assumption|apply (Hc a4); assumption].
Qed.

(** Pairwise distinct lines. *)
Definition distinct (A : list (list Z)) : Prop := ForallOrdPairs apart A.

Lemma unit_relation n A c i : Forall (signs n) A -> (i < n)%nat ->
  (forall x, length x = n -> dot c (map (fun a => dot a x) (real A)) = 0) ->
  dot c (map (fun a => IZR (nth i a 0%Z)) A) = 0.
Proof.
  intros HA Hi H. rewrite <- (H (unit n i) (unit_length n i)). f_equal. unfold real. rewrite map_map.
  apply map_ext_in. intros a Ha. symmetry. apply dot_unit; [|assumption].
  apply (proj1 (Forall_forall _ _) HA a Ha).
Qed.

(** A coefficient that is zero needs no line of its own: three lines are four with c_4 = 0. *)
Lemma three_coefficients d1 d2 d3 :
  d1 + d2 + d3 = 0 ->
  (d1 = 0 \/ d2 = 0 \/ d1 + d3 = 0 \/ d1 + 0 = 0) -> (d1 = 0 \/ d3 = 0 \/ d1 + d2 = 0 \/ d1 + 0 = 0) ->
  (d2 = 0 \/ d3 = 0 \/ d2 + d1 = 0 \/ d2 + 0 = 0) -> d1 = 0 /\ d2 = 0 /\ d3 = 0.
Proof.
  intros H0 [X|[X|[X|X]]] [Y|[Y|[Y|Y]]] [W|[W|[W|W]]]; repeat split; lra.
Qed.

(** The relations between at most four distinct lines. *)
Theorem relations n A : (0 < n)%nat -> Forall (signs n) A -> distinct A -> (length A <= 4)%nat ->
  independent n (real A) \/
  exists a1 a2 a3 a4 e2 e3 e4, A = [a1; a2; a3; a4] /\ independent n (real [a1; a2; a3]) /\ sign e2 /\ sign e3 /\ sign e4 /\
    forall x, length x = n ->
      dot (map IZR a1) x + IZR e2 * dot (map IZR a2) x + IZR e3 * dot (map IZR a3) x + IZR e4 * dot (map IZR a4) x = 0.
Proof.
  intros Hn HA HD Hlen.
  assert (Three : forall a1 a2 a3, Forall (signs n) [a1; a2; a3] -> distinct [a1; a2; a3] -> independent n (real [a1; a2; a3])).
  { clear - Hn. intros a1 a2 a3 HA HD. apply NNPP. intros Hno. destruct (dependent n _ HA Hno) as [c [Hc [Hne Hz]]].
    destruct c as [|c1 [|c2 [|c3 [|]]]]; try discriminate. apply Hne.
    assert (Hrel : forall i, (i < n)%nat -> c1 * IZR (nth i a1 0%Z) + c2 * IZR (nth i a2 0%Z) + c3 * IZR (nth i a3 0%Z) = 0).
    { intros i Hi. assert (U := unit_relation n _ _ i HA Hi Hz). simpl in U. lra. }
    inversion HA as [|? ? S1 HA1]; subst. inversion HA1 as [|? ? S2 HA2]; subst. inversion HA2 as [|? ? S3 _]; subst.
    inversion HD as [|? ? D1 HD1]; subst. inversion HD1 as [|? ? D2 _]; subst.
    inversion D1 as [|? ? A12 D1']; subst. inversion D1' as [|? ? A13 _]; subst. inversion D2 as [|? ? A23 _]; subst.
    assert (P12 := pair_split_lines n a1 a2 a3 a3 c1 c2 c3 0 Hn S1 S2 S3 S3 A12).
    assert (P13 := pair_split_lines n a1 a3 a2 a2 c1 c3 c2 0 Hn S1 S3 S2 S2 A13).
    assert (P23 := pair_split_lines n a2 a3 a1 a1 c2 c3 c1 0 Hn S2 S3 S1 S1 A23).
    cbv zeta in *. rewrite !Rmult_0_l in *.
    specialize (P12 ltac:(intros i Hi; specialize (Hrel i Hi); lra)).
    specialize (P13 ltac:(intros i Hi; specialize (Hrel i Hi); lra)).
    specialize (P23 ltac:(intros i Hi; specialize (Hrel i Hi); lra)).
    destruct (three_coefficients _ _ _ (Hrel 0%nat Hn) P12 P13 P23) as [Z1 [Z2 Z3]].
    rewrite (sign_cancel n a1 c1 Hn S1 Z1), (sign_cancel n a2 c2 Hn S2 Z2), (sign_cancel n a3 c3 Hn S3 Z3). reflexivity. }
  destruct A as [|a1 [|a2 [|a3 [|a4 [|]]]]]; [| | | | |simpl in Hlen; lia].
  - left. intros [|]; [reflexivity|discriminate].
  - left. apply NNPP. intros Hno. destruct (dependent n _ HA Hno) as [c [Hc [Hne Hz]]].
    destruct c as [|c1 [|]]; try discriminate. apply Hne. assert (U := unit_relation n _ _ 0 HA Hn Hz). simpl in U.
    inversion HA; subst. simpl. f_equal. apply (sign_cancel n a1 c1 Hn); [assumption|lra].
  - left. apply NNPP. intros Hno. destruct (dependent n _ HA Hno) as [c [Hc [Hne Hz]]].
    destruct c as [|c1 [|c2 [|]]]; try discriminate. apply Hne.
    inversion HA as [|? ? S1 HA1]; subst. inversion HA1 as [|? ? S2 _]; subst.
    inversion HD as [|? ? D1 _]; subst. inversion D1 as [|? ? A12 _]; subst.
    assert (Hrel : forall i, (i < n)%nat -> c1 * IZR (nth i a1 0%Z) + c2 * IZR (nth i a2 0%Z) = 0).
    { intros i Hi. assert (U := unit_relation n _ _ i HA Hi Hz). simpl in U. lra. }
    assert (P12 := pair_split_lines n a1 a2 a1 a1 c1 c2 0 0 Hn S1 S2 S1 S1 A12).
    cbv zeta in *. rewrite !Rmult_0_l in *.
    specialize (P12 ltac:(intros i Hi; specialize (Hrel i Hi); lra)).
    assert (R0 := Hrel 0%nat Hn).
    assert (Z : c1 * IZR (nth 0 a1 0%Z) = 0 /\ c2 * IZR (nth 0 a2 0%Z) = 0) by (destruct P12 as [X|[X|[X|X]]]; split; lra).
    destruct Z as [Z1 Z2]. rewrite (sign_cancel n a1 c1 Hn S1 Z1), (sign_cancel n a2 c2 Hn S2 Z2). reflexivity.
  - left. apply Three; assumption.
  - destruct (classic (independent n (real [a1; a2; a3; a4]))) as [Hi|Hno]; [left; assumption|right].
    destruct (dependent n _ HA Hno) as [c [Hc [Hne Hz]]].
    destruct c as [|c1 [|c2 [|c3 [|c4 [|]]]]]; try discriminate.
    assert (Hrel : forall i, (i < n)%nat -> c1 * IZR (nth i a1 0%Z) + c2 * IZR (nth i a2 0%Z) + c3 * IZR (nth i a3 0%Z) + c4 * IZR (nth i a4 0%Z) = 0).
    { intros i Hi. assert (U := unit_relation n _ _ i HA Hi Hz). simpl in U. lra. }
    inversion HA as [|? ? S1 HA1]; subst. inversion HA1 as [|? ? S2 HA2]; subst. inversion HA2 as [|? ? S3 HA3]; subst. inversion HA3 as [|? ? S4 _]; subst.
    inversion HD as [|? ? D1 HD1]; subst. inversion HD1 as [|? ? D2 HD2]; subst. inversion HD2 as [|? ? D3 _]; subst.
    inversion D1 as [|? ? A12 D1']; subst. inversion D1' as [|? ? A13 D1'']; subst. inversion D1'' as [|? ? A14 _]; subst.
    inversion D2 as [|? ? A23 D2']; subst. inversion D2' as [|? ? A24 _]; subst. inversion D3 as [|? ? A34 _]; subst.
    destruct (relation_of_four n a1 a2 a3 a4 c1 c2 c3 c4 Hn S1 S2 S3 S4 A12 A13 A14 A23 A24 A34 Hrel)
      as [[Z1 [Z2 [Z3 Z4]]]|[N [O2 [O3 O4]]]].
    + exfalso. apply Hne. subst. reflexivity.
    + assert (Sg : forall c, c = c1 \/ c = - c1 -> exists e, sign e /\ c = IZR e * c1).
      { intros c [-> | ->]; [exists 1%Z|exists (-1)%Z]; (split; [unfold sign; auto|ring]). }
      destruct (Sg c2 O2) as [e2 [G2 X2]]. destruct (Sg c3 O3) as [e3 [G3 X3]]. destruct (Sg c4 O4) as [e4 [G4 X4]].
      exists a1, a2, a3, a4, e2, e3, e4. split; [reflexivity|]. split; [apply Three|split; [assumption|split; [assumption|split; [assumption|]]]].
      * repeat constructor; try assumption; first [apply S1|apply S2|apply S3].
      * unfold distinct. constructor; [|constructor; [|constructor; [|constructor]]]; repeat constructor; first [apply A12|apply A13|apply A23].
      * intros x Hx. specialize (Hz x Hx). simpl in Hz. rewrite X2, X3, X4 in Hz.
        apply Rmult_eq_reg_l with c1; [|assumption]. lra.
Qed.
