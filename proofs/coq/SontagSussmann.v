(** * The chain of Sontag and Sussmann (1989), section 3: Lemmas 3.2 to 3.5 and Theorem 1.

    Lemma 3.1 is in Lines.v, Lemma 3.6 in Ball.v. Where the printed text slips, the corrected statement is proved:
    - S(a, p, q) is printed as xi^a = pq/(p+q); the minimisers are xi^a = p/q (as in Lemma 3.2 itself);
    - the fourth of the vectors listed before Lemma 3.3 is printed with four entries; sec. 2 has all five;
    - the ball B(rho, p) lies in the positive orthant for rho < p, not for rho < sqrt(5) p; Lemma 3.5 has rho < p/4;
    - the text before Lemma 3.5 passes through 1/4 + 49 q/64, which does not give (3.16) at p = 2, q = 6;
      the lemma itself holds, with 10/3 <= 5p/(p+1) in place of 1/4;
    - Theorem 1 is proved for the data that the proof uses: a_2 occurs against -a_2, and the vector that occurs 45
      times is -(1,1,1,1,1), because (3.8) with p^ = 0 asks for gamma_{-a} = 45. *)

Require Import Reals ZArith List Lra Lia Psatz.
Require Import Spurious.Surface Spurious.Vectors Spurious.Sigmoid Spurious.Linear Spurious.Lines Spurious.Barrier.
Import ListNotations.
Open Scope R_scope.

(** ** Lemma 3.2. *)

(** Lines with their p_i and q_i; Psi of (3.11) and its minimal value (3.12). *)
Definition weighted_line : Type := (list Z * (R * R))%type.

Fixpoint Psi (L : list weighted_line) (xi : list R) : R :=
  match L with
  | [] => 0
  | (a, (p, q)) :: L' => h p q (mono xi a) + Psi L' xi
  end.

Fixpoint minimal_value (L : list weighted_line) : R :=
  match L with
  | [] => 0
  | (_, (p, q)) :: L' => p * q / (p + q) + minimal_value L'
  end.

Definition admissible (n : nat) (L : list weighted_line) : Prop :=
  length L = n /\ Forall (fun l => length (fst l) = n /\ 0 < fst (snd l) /\ 0 < snd (snd l)) L /\
  independent n (map (fun l => map IZR (fst l)) L).

(** xi^(a_i) = p_i / q_i for every i. *)
Definition at_ratios (L : list weighted_line) (xi : list R) : Prop :=
  Forall (fun l => mono xi (fst l) = fst (snd l) / snd (snd l)) L.

Lemma Psi_at_ratios L xi : Forall (fun l : weighted_line => 0 < fst (snd l) /\ 0 < snd (snd l)) L -> at_ratios L xi ->
  Psi L xi = minimal_value L.
Proof.
  intros H. induction H as [|[a [p q]] L [Hp Hq] H IH]; intros Hr; simpl; [reflexivity|]. inversion Hr as [|? ? E Hr']; subst. simpl in *.
  rewrite E, IH by assumption. destruct (lemma_3_1 p q Hp Hq) as [-> _]. reflexivity.
Qed.

Lemma Psi_below L xi : Forall (fun l : weighted_line => 0 < fst (snd l) /\ 0 < snd (snd l)) L -> positive xi ->
  minimal_value L <= Psi L xi /\ (Psi L xi = minimal_value L -> at_ratios L xi).
Proof.
  intros H Hxi. induction H as [|[a [p q]] L [Hp Hq] H [IH1 IH2]]; simpl; [split; [lra|constructor]|]. simpl in *.
  assert (Hm := mono_positive xi a Hxi). destruct (lemma_3_1 p q Hp Hq) as [_ [L2 [L3 _]]].
  assert (B := L2 (mono xi a)). split; [lra|]. intros E. constructor; [simpl; apply L3; lra|apply IH2; lra].
Qed.

Theorem lemma_3_2 n L : admissible n L ->
  exists bar, length bar = n /\ positive bar /\ at_ratios L bar /\ Psi L bar = minimal_value L /\
    (forall xi, length xi = n -> positive xi -> Psi L bar <= Psi L xi) /\
    (forall xi, length xi = n -> positive xi -> Psi L xi = Psi L bar -> xi = bar) /\
    (forall xi, length xi = n -> positive xi -> at_ratios L xi -> xi = bar).
Proof.
  intros [Hlen [HL Hind]].
  assert (HA : Forall (fun a => length a = n) (map (fun l : weighted_line => map IZR (fst l)) L)).
  { apply Forall_map. eapply Forall_impl; [|exact HL]. intros l [H _]. rewrite map_length. assumption. }
  assert (HP : Forall (fun l : weighted_line => 0 < fst (snd l) /\ 0 < snd (snd l)) L).
  { eapply Forall_impl; [|exact HL]. intros l [_ H]. assumption. }
  destruct (solve n _ HA Hind (map (fun l => ln (fst (snd l) / snd (snd l)) / 2) L)) as [x [Hx Sx]].
  { rewrite !map_length. reflexivity. }
  rewrite map_map in Sx.
  assert (Hbar : at_ratios L (T x)).
  { unfold at_ratios. clear - Sx HP. induction HP as [|l L [Hp Hq] HP IH]; simpl in *; constructor.
    - injection Sx as S1 _. rewrite mono_T, S1. replace (2 * (ln (fst (snd l) / snd (snd l)) / 2)) with (ln (fst (snd l) / snd (snd l))) by field.
      apply exp_ln. apply Rdiv_lt_0_compat; assumption.
    - injection Sx as _ S2. apply IH. assumption. }
  assert (Uniq : forall xi, length xi = n -> positive xi -> at_ratios L xi -> xi = T x).
  { intros xi Hl Hp Hr. rewrite (T_onto xi Hp) in *. set (y := map (fun t => ln t / 2) xi) in *. f_equal.
    rewrite T_length in Hl.
    assert (Z : vsub y x = repeat 0 n).
    { apply (independent_injective n _ HA Hind); [rewrite map_length; assumption|rewrite length_vsub; congruence|].
      rewrite map_map. rewrite <- Hlen at 1. clear - Hr Hbar Hl Hx. unfold at_ratios in *. induction L as [|l L IH]; simpl; [reflexivity|].
      inversion Hr as [|? ? R1 R2]; subst. inversion Hbar as [|? ? B1 B2]; subst. f_equal; [|apply IH; assumption].
      rewrite mono_T in R1, B1. rewrite dot_vsub by congruence. rewrite <- B1 in R1. apply exp_inv in R1. lra. }
    apply sqnorm_sub_zero; [congruence|]. rewrite Z. unfold sqnorm. rewrite dot_zero_l. lra. }
  assert (Val := Psi_at_ratios L (T x) HP Hbar).
  exists (T x). split; [rewrite T_length; assumption|]. split; [apply T_positive|]. split; [assumption|]. split; [assumption|].
  split; [|split; [|assumption]].
  - intros xi _ Hp. rewrite Val. apply Psi_below; assumption.
  - intros xi Hl Hp E. apply Uniq; try assumption. apply Psi_below; [assumption|assumption|]. rewrite E. assumption.
Qed.

(** ** n = 5: Lemma 3.3. *)

Definition a_vectors : list (list Z) :=
  [[1; 1; 1; -1; -1]; [1; 1; -1; 1; -1]; [1; -1; 1; -1; 1]; [-1; 1; 1; -1; 1]; [-1; 1; 1; 1; -1]]%Z.

Definition lines_p (p : R) : list weighted_line := map (fun a => (a, (p, 1))) a_vectors.

(** Psi with p_i = p, q_i = 1. *)
Definition Psi_p (p : R) (xi : list R) : R := Psi (lines_p p) xi.

(** (t, t, t, t, t). *)
Definition diag (t : R) : list R := [t; t; t; t; t].

Lemma diag_positive t : 0 < t -> positive (diag t).
Proof. intros H. unfold positive, diag. repeat constructor; assumption. Qed.

Lemma a_vectors_independent : independent 5 (map (map IZR) a_vectors).
Proof.
  apply independent_forms; [repeat constructor|]. intros c Hc H.
  destruct c as [|c1 [|c2 [|c3 [|c4 [|c5 [|]]]]]]; try discriminate.
  assert (H1 := H [1; 0; 0; 0; 0] eq_refl). assert (H2 := H [0; 1; 0; 0; 0] eq_refl). assert (H3 := H [0; 0; 1; 0; 0] eq_refl).
  assert (H4 := H [0; 0; 0; 1; 0] eq_refl). assert (H5 := H [0; 0; 0; 0; 1] eq_refl). clear H. simpl in *.
  
  assert (c1 = 0) by lra. assert (c2 = 0) by lra. assert (c3 = 0) by lra. assert (c4 = 0) by lra. assert (c5 = 0) by lra.
  subst. reflexivity.
Qed.

Lemma lines_p_admissible p : 0 < p -> admissible 5 (lines_p p).
Proof.
  intros Hp. split; [reflexivity|]. split.
  - unfold lines_p, a_vectors. repeat constructor; simpl; lra.
  - unfold lines_p. rewrite map_map. exact a_vectors_independent.
Qed.

Lemma mono_diag t : 0 < t -> Forall (fun a => mono (diag t) a = t) a_vectors.
Proof. intros Ht. unfold a_vectors, diag. repeat constructor; simpl; unfold powerRZ; simpl; field; lra. Qed.

Lemma Psi_p_diag p t : 0 < t -> Psi_p p (diag t) = 5 * h p 1 t.
Proof.
  intros Ht. assert (M := mono_diag t Ht). unfold Psi_p, lines_p, a_vectors in *. cbn [map Psi].
  inversion M as [|? ? M1 N1]; subst. inversion N1 as [|? ? M2 N2]; subst. inversion N2 as [|? ? M3 N3]; subst.
  inversion N3 as [|? ? M4 N4]; subst. inversion N4 as [|? ? M5 _]; subst. rewrite M1, M2, M3, M4, M5. ring.
Qed.

Theorem lemma_3_3 p : 0 < p ->
  Psi_p p (diag p) = 5 * p / (p + 1) /\
  (forall xi, length xi = 5%nat -> positive xi -> 5 * p / (p + 1) <= Psi_p p xi) /\
  (forall xi, length xi = 5%nat -> positive xi -> Psi_p p xi = 5 * p / (p + 1) -> xi = diag p).
Proof.
  intros Hp. destruct (lemma_3_2 5 (lines_p p) (lines_p_admissible p Hp)) as [bar [_ [_ [_ [Val [Min [Un Ch]]]]]]].
  assert (Mv : minimal_value (lines_p p) = 5 * p / (p + 1)) by (simpl; field; lra).
  assert (Dg : diag p = bar).
  { apply Ch; [reflexivity|apply diag_positive; assumption|]. unfold at_ratios, lines_p. apply Forall_map.
    eapply Forall_impl; [|exact (mono_diag p Hp)]. intros a E. cbn [fst snd]. rewrite E. field. }
  unfold Psi_p. rewrite Dg. rewrite Val, Mv in *. split; [reflexivity|]. split; [assumption|].
  intros xi Hl Hxi E. apply Un; assumption.
Qed.

(** The text after Lemma 3.3. *)
Theorem psi_at_1 p : 0 < p ->
  Psi_p p (diag 1) = 5 / 4 * (p + 1) /\ p / (p + 1) <= (p + 1) / 4 /\ (p / (p + 1) = (p + 1) / 4 -> p = 1) /\
  (p <> 1 -> Psi_p p (diag p) < Psi_p p (diag 1)).
Proof.
  intros Hp. assert (V : Psi_p p (diag 1) = 5 / 4 * (p + 1)) by (rewrite Psi_p_diag by lra; unfold h; field).
  assert (D : (p + 1) / 4 - p / (p + 1) = (p - 1) ^ 2 / (4 * (p + 1))) by (field; lra).
  assert (P : 0 < / (4 * (p + 1))) by (apply Rinv_0_lt_compat; lra).
  split; [assumption|]. split; [|split].
  - assert (0 <= (p - 1) ^ 2 / (4 * (p + 1))); [|lra]. apply Rmult_le_pos; [apply pow2_ge_0|lra].
  - intros E. assert (Z : (p - 1) ^ 2 / (4 * (p + 1)) = 0) by lra. apply Rmult_integral in Z. destruct Z as [Z|Z]; [nra|lra].
  - intros Hne. destruct (lemma_3_3 p Hp) as [-> _]. rewrite V.
    assert (0 < (p - 1) ^ 2 / (4 * (p + 1))); [|unfold Rdiv in *; lra].
    apply Rmult_lt_0_compat; [|assumption]. assert (p - 1 <> 0) by lra. nra.
Qed.

(** ** Psi* = Psi + Psi^: Lemmas 3.4 and 3.5. *)

Definition a_hat : list Z := [1; 1; 1; 1; 1]%Z.

(** (3.13) with p^ = 0. *)
Definition Psi_hat (qh : R) (xi : list R) : R := h 0 qh (mono xi a_hat).

Definition Psi_star (p qh : R) (xi : list R) : R := Psi_p p xi + Psi_hat qh xi.

Lemma mono_hat x1 x2 x3 x4 x5 : mono [x1; x2; x3; x4; x5] a_hat = x1 * x2 * x3 * x4 * x5.
Proof. unfold a_hat. simpl. unfold powerRZ. simpl. ring. Qed.

(** (3.14) and (3.15). *)
Theorem eq_3_14 p qh : 0 < p -> Psi_star p qh (diag p) = 5 * p / (1 + p) + qh * p ^ 10 / (1 + p ^ 5) ^ 2.
Proof.
  intros Hp. unfold Psi_star, Psi_hat. destruct (lemma_3_3 p Hp) as [-> _]. unfold diag at 1. rewrite mono_hat. unfold h.
  assert (0 < p ^ 5) by (apply pow_lt; assumption). field. repeat split; nra.
Qed.

Theorem eq_3_15 p qh : 0 < p -> Psi_star p qh (diag 1) = 5 * p / 4 + qh / 4 + 5 / 4.
Proof.
  intros Hp. unfold Psi_star, Psi_hat. destruct (psi_at_1 p Hp) as [-> _]. unfold diag. rewrite mono_hat. unfold h. field.
Qed.

(** The share of Psi^: q^ (u/(1+u))^2. *)
Lemma hat_share qh u c : 0 <= qh -> 0 < c -> c <= u -> qh * (c / (1 + c)) ^ 2 <= h 0 qh u.
Proof.
  intros Hq Hc Hu. unfold h. replace ((0 + qh * u ^ 2) / (1 + u) ^ 2) with (qh * (u / (1 + u)) ^ 2) by (field; lra).
  apply Rmult_le_compat_l; [assumption|].
  assert (E : u / (1 + u) - c / (1 + c) = (u - c) / ((1 + u) * (1 + c))) by (field; lra).
  assert (0 <= (u - c) / ((1 + u) * (1 + c))).
  { apply Rmult_le_pos; [lra|]. left. apply Rinv_0_lt_compat. apply Rmult_lt_0_compat; lra. }
  assert (0 < c / (1 + c)) by (apply Rdiv_lt_0_compat; lra). nra.
Qed.

Lemma five_p p : 2 <= p -> 10 / 3 <= 5 * p / (p + 1).
Proof.
  intros Hp. apply Rmult_le_reg_r with (p + 1); [lra|]. unfold Rdiv. rewrite (Rmult_assoc (5 * p)), Rinv_l by lra. lra.
Qed.

Theorem lemma_3_4 p qh : 2 <= p -> 2 * p <= qh -> Psi_star p qh (diag p) > Psi_star p qh (diag 1).
Proof.
  intros Hp Hq. assert (P0 : 0 < p) by lra. rewrite (eq_3_15 p qh P0). unfold Psi_star. destruct (lemma_3_3 p P0) as [-> _].
  assert (S : qh * (31 / (1 + 31)) ^ 2 <= Psi_hat qh (diag p)).
  { unfold Psi_hat, diag. apply hat_share; [lra|lra|]. rewrite mono_hat.
    assert (2 * 2 <= p * p) by nra. assert (2 * 2 * 2 <= p * p * p) by nra. 
    assert (2 * 2 * 2 * (2 * 2) <= p * p * p * (p * p)) by (apply Rmult_le_compat; lra). lra. }
  assert (F := five_p p Hp). simpl in S. lra.
Qed.

(** The closed ball B(rho, p). *)
Definition B (rho p : R) (xi : list R) : Prop := length xi = 5%nat /\ sqnorm (vsub xi (diag p)) <= rho ^ 2.

Theorem lemma_3_5 p qh rho : 2 <= p -> 3 * p <= qh -> 0 < rho -> rho < p / 4 ->
  forall xi, B rho p xi -> Psi_star p qh xi > Psi_star p qh (diag 1).
Proof.
  intros Hp Hq Hr Hrp xi [Hl Hb]. assert (P0 : 0 < p) by lra.
  destruct xi as [|x1 [|x2 [|x3 [|x4 [|x5 [|]]]]]]; try discriminate.
  unfold sqnorm, diag in Hb. simpl in Hb.
  assert (C : forall t s, 0 <= s -> (t - p) * (t - p) + s <= rho * (rho * 1) -> 3 / 2 <= t).
  { intros t s Hs Ht. apply Rnot_lt_le. intros Hlt. assert (rho < p - t) by lra.
    assert (rho * rho < (p - t) * (p - t)) by (apply Rmult_le_0_lt_compat; lra). lra. }
  assert (Q : forall t, 0 <= (t - p) * (t - p)) by (intros; apply Rle_0_sqr).
  assert (Q1 := Q x1). assert (Q2 := Q x2). assert (Q3 := Q x3). assert (Q4 := Q x4). assert (Q5 := Q x5).
  assert (X1 : 3 / 2 <= x1) by (apply (C _ ((x2 - p) * (x2 - p) + (x3 - p) * (x3 - p) + (x4 - p) * (x4 - p) + (x5 - p) * (x5 - p))); lra).
  assert (X2 : 3 / 2 <= x2) by (apply (C _ ((x1 - p) * (x1 - p) + (x3 - p) * (x3 - p) + (x4 - p) * (x4 - p) + (x5 - p) * (x5 - p))); lra).
  assert (X3 : 3 / 2 <= x3) by (apply (C _ ((x1 - p) * (x1 - p) + (x2 - p) * (x2 - p) + (x4 - p) * (x4 - p) + (x5 - p) * (x5 - p))); lra).
  assert (X4 : 3 / 2 <= x4) by (apply (C _ ((x1 - p) * (x1 - p) + (x2 - p) * (x2 - p) + (x3 - p) * (x3 - p) + (x5 - p) * (x5 - p))); lra).
  assert (X5 : 3 / 2 <= x5) by (apply (C _ ((x1 - p) * (x1 - p) + (x2 - p) * (x2 - p) + (x3 - p) * (x3 - p) + (x4 - p) * (x4 - p))); lra).
  clear Hb C Q Q1 Q2 Q3 Q4 Q5.
  assert (Pos : positive [x1; x2; x3; x4; x5]) by (unfold positive; repeat constructor; lra).
  assert (U : 7 <= x1 * x2 * x3 * x4 * x5).
  { assert (A2 : 3 / 2 * (3 / 2) <= x1 * x2) by (apply Rmult_le_compat; lra).
    assert (A3 : 3 / 2 * (3 / 2) * (3 / 2) <= x1 * x2 * x3) by (apply Rmult_le_compat; lra).
    assert (A4 : 3 / 2 * (3 / 2) * (3 / 2) * (3 / 2) <= x1 * x2 * x3 * x4) by (apply Rmult_le_compat; lra).
    assert (A5 : 3 / 2 * (3 / 2) * (3 / 2) * (3 / 2) * (3 / 2) <= x1 * x2 * x3 * x4 * x5) by (apply Rmult_le_compat; lra). lra. }
  rewrite (eq_3_15 p qh P0). unfold Psi_star. destruct (lemma_3_3 p P0) as [_ [Low _]].
  assert (L := Low [x1; x2; x3; x4; x5] eq_refl Pos).
  assert (S : qh * (7 / (1 + 7)) ^ 2 <= Psi_hat qh [x1; x2; x3; x4; x5]).
  { unfold Psi_hat. apply hat_share; [lra|lra|]. rewrite mono_hat. assumption. }
  assert (F := five_p p Hp). simpl in S. lra.
Qed.

(** The printed step, 1/4 + 49 q/64 > 5p/4 + q/4 + 5/4, fails at p = 2, q = 6. *)
Lemma printed_step_fails : 1 / 4 + 49 * 6 / 64 < 5 * 2 / 4 + 6 / 4 + 5 / 4.
Proof. lra. Qed.

(** ** Theorem 1, for the data that the proof uses. *)

(** a_1, ..., a_5 fifteen times each, their opposites once, -(1,1,1,1,1) forty-five times; all outputs 1. *)
Definition data_of_the_proof : list instance :=
  flat_map (fun a => repeat (a, 1%Z) 15) a_vectors
  ++ map (fun a => (map Z.opp a, 1%Z)) a_vectors
  ++ repeat (map Z.opp a_hat, 1%Z) 45.

Open Scope Z_scope.

Definition hundred : problem := Problem 5 1 [
  ZRow [1; 1; 1; -1; -1] 1 15;
  ZRow [1; 1; -1; 1; -1] 1 15;
  ZRow [1; -1; 1; -1; 1] 1 15;
  ZRow [-1; 1; 1; -1; 1] 1 15;
  ZRow [-1; 1; 1; 1; -1] 1 15;
  ZRow [-1; -1; -1; 1; 1] 1 1;
  ZRow [-1; -1; 1; -1; 1] 1 1;
  ZRow [-1; 1; -1; 1; -1] 1 1;
  ZRow [1; -1; -1; 1; -1] 1 1;
  ZRow [1; -1; -1; -1; 1] 1 1;
  ZRow [-1; -1; -1; -1; -1] 1 45].

Definition hundred_certificate : certificate := Certificate 40 24 10
  [251110892; 251247422; 251247422; 250836882; 250836882]
  [(68649071734, 3306329656014); (68859884118, 3324914008620); (68859884118, 3324914008620); (68789747243, 3318726441769); (68789747243, 3318726441769); (1030862556041, (-1627510082720)); (1030651743657, (-1630726442016)); (1030651743657, (-1630726442016)); (1030721880532, (-1629657460106)); (1030721880532, (-1629657460106)); (1099510162406, (-2173775902))]
  653775384283
  [[2790829; (-609673); (-609673); (-602328); (-602328)];
   [0; 2723422; 475397; 492086; (-1996235)];
   [0; 0; 2681609; (-2114599); 853653];
   [0; 0; 0; 1646892; (-1618328)];
   [0; 0; 0; 0; 305396]].

Definition hundred_lower : lower := Lower 24 [16777216; 16777216; 16777216; 16777216; 16777216]
  [549755813888; 549755813888; 549755813888; 549755813888; 549755813888; 549755813888; 549755813888; 549755813888; 549755813888; 549755813888; 549755813888].

Close Scope Z_scope.

Lemma E_app R1 R2 x : E (R1 ++ R2) x = E R1 x + E R2 x.
Proof. induction R1 as [|r R1 IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma E_repeat i k x : E (training_set (repeat i k)) x = INR k * E (training_set [i]) x.
Proof.
  induction k as [|k IH]; [simpl; ring|]. cbn [repeat training_set map E]. fold (training_set (repeat i k)). rewrite IH, S_INR.
  cbn [training_set map E]. ring.
Qed.

Lemma training_set_app I J : training_set (I ++ J) = training_set I ++ training_set J.
Proof. apply map_app. Qed.

Theorem theorem_1 :
  length data_of_the_proof = 125%nat /\ Forall (binary 5) data_of_the_proof /\ spurious 5 (training_set data_of_the_proof).
Proof.
  split; [reflexivity|]. split.
  { unfold data_of_the_proof, binary. cbn [flat_map map a_vectors a_hat repeat app Z.opp].
    repeat (apply Forall_cons; [cbn [fst snd]; split; [reflexivity|split; [repeat (apply Forall_cons; [auto|]); apply Forall_nil|auto]]|]).
    apply Forall_nil. }
  assert (H : spurious (dim hundred) (real_rows hundred)).
  { apply (check_sound hundred hundred_certificate hundred_lower). vm_cast_no_check (@eq_refl bool true). }
  assert (Eq : forall x, E (training_set data_of_the_proof) x = E (real_rows hundred) x).
  { intros x. unfold data_of_the_proof. cbn [flat_map a_vectors]. rewrite !training_set_app, !E_app, !E_repeat.
    unfold hundred, real_rows, real_row. cbn [training_set app a_vectors a_hat zrows denom map E fst snd za zb zw input target weight Z.opp].
    replace (INR 15) with 15 by (simpl; ring). replace (INR 45) with 45 by (simpl; ring). replace (1 / 1) with 1 by field. ring. }
  destruct H as [x [z [[Hx [d [Hd Hm]]] [Hz Hlt]]]]. exists x, z. split; [|split; [exact Hz|]].
  - split; [exact Hx|]. exists d. split; [exact Hd|]. intros y Hy Hne. rewrite !Eq. apply Hm; assumption.
  - rewrite !Eq. exact Hlt.
Qed.
