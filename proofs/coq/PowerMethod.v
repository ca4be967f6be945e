(** * The power method (LeCun, Bottou, Orr and Müller 1998, sections 7.5 and 9.2). *)

Require Import Reals Arith Lra Lia.
Require Import Spurious.Sums Spurious.SecondOrder Spurious.GradientDescent.
Open Scope R_scope.

Definition norm (n : nat) (psi : nat -> R) : R := sqrt (inner n psi psi).

Lemma norm_scale n c psi : norm n (fun i => c * psi i) = Rabs c * norm n psi.
Proof.
  unfold norm. rewrite inner_scale, inner_comm, inner_scale, <- Rmult_assoc, sqrt_mult_alt by apply Rle_0_sqr.
  apply (f_equal (fun t => t * _)). apply sqrt_Rsqr_abs.
Qed.

Lemma norm_ext n u v : (forall i, (i < n)%nat -> u i = v i) -> norm n u = norm n v.
Proof. intros H. unfold norm. rewrite (inner_ext n u u v v) by assumption. reflexivity. Qed.

Lemma constant_limit c : Un_cv (fun _ => c) c.
Proof. intros e He. exists O. intros. unfold R_dist. replace (c - c) with 0 by ring. rewrite Rabs_R0. exact He. Qed.

Lemma shifted_limit f l : Un_cv f l -> Un_cv (fun t => f (S t)) l.
Proof. intros H e He. destruct (H e He) as [N HN]. exists N. intros t Ht. apply HN. lia. Qed.

Lemma sqrt_limit f : Un_cv f 1 -> Un_cv (fun t => sqrt (f t)) 1.
Proof.
  intros H. apply (limit_value _ (sqrt 1)); [apply sqrt_1|]. apply continuity_seq; [|exact H].
  apply continuity_pt_sqrt. lra.
Qed.

Lemma quotient_limit f g : Un_cv f 1 -> Un_cv g 1 -> (forall t, g t <> 0) -> Un_cv (fun t => f t / g t) 1.
Proof.
  intros F G NZ. apply (limit_value _ (1 * / 1)); [field|]. apply (CV_mult f (fun t => / g t) 1 (/ 1)); [exact F|].
  apply (limit_ext (fun t => (inv_fct id) (g t))); [reflexivity|].
  apply (limit_value _ ((inv_fct id) 1)); [reflexivity|]. apply continuity_seq; [|exact G].
  apply continuity_pt_inv; [apply derivable_continuous_pt, derivable_pt_id|unfold id; lra].
Qed.

(** (60) in coordinates along the eigenvectors. The eigenvalue number 0 exceeds the size of every other one, and the start has a component
    there. Then |Psi| tends to that eigenvalue, and Psi to its eigenvector: the other components vanish, the first one tends to
    plus or minus the eigenvalue. *)
Theorem power_iteration n (lambda : nat -> R) (psi : nat -> nat -> R) : (0 < n)%nat -> 0 < lambda O ->
  (forall i, (0 < i < n)%nat -> Rabs (lambda i) < lambda O) -> psi O O <> 0 ->
  (forall t i, (i < n)%nat -> psi (S t) i = lambda i * psi t i / norm n (psi t)) ->
  Un_cv (fun t => norm n (psi t)) (lambda O) /\
  (forall i, (0 < i < n)%nat -> Un_cv (fun t => psi t i) 0) /\
  Un_cv (fun t => psi t O) (lambda O * (psi O O / Rabs (psi O O))).
Proof.
  intros Hn Hl Hlt Hz Hstep.
  assert (NP : forall t, psi t O <> 0 -> 0 < norm n (psi t)).
  { intros t H. apply sqrt_lt_R0. assert (T := sum_term n (fun i => psi t i * psi t i) O Hn (fun i _ => Rle_0_sqr (psi t i))).
    simpl in T. assert (Z := Rsqr_pos_lt _ H). unfold Rsqr in Z. unfold inner. lra. }
  assert (NZ : forall t, psi t O <> 0).
  { induction t as [|t IH]; [exact Hz|]. rewrite Hstep by exact Hn. assert (P := NP t IH).
    apply Rmult_integral_contrapositive_currified; [|apply Rinv_neq_0_compat; lra].
    apply Rmult_integral_contrapositive_currified; [lra|exact IH]. }
  set (r := fun t i => psi t i / psi t O).
  assert (P : forall t i, (i < n)%nat -> r t i = r O i * (lambda i / lambda O) ^ t).
  { intros t i Hi. induction t as [|t IH]; [simpl; ring|]. unfold r at 1. rewrite !Hstep by assumption.
    assert (A := NP t (NZ t)). assert (B := NZ t).
    replace (lambda i * psi t i / norm n (psi t) / (lambda O * psi t O / norm n (psi t))) with (lambda i / lambda O * r t i)
      by (unfold r; field; repeat split; lra).
    rewrite IH. simpl. ring. }
  assert (V : forall i, (0 < i < n)%nat -> Un_cv (fun t => r t i) 0).
  { intros i Hi. apply (limit_ext (fun t => r O i * (lambda i / lambda O) ^ t)); [intros; symmetry; apply P; lia|].
    apply (limit_value _ (r O i * 0)); [ring|]. apply scaled_limit, powers_vanish.
    unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ lambda O)) by (left; apply Rinv_0_lt_compat; exact Hl).
    apply (Rmult_lt_reg_r (lambda O)); [exact Hl|]. rewrite Rmult_assoc, Rinv_l by lra. rewrite Rmult_1_r, Rmult_1_l. apply Hlt. exact Hi. }
  (* s: the square of the norm over that of the first component *)
  set (s := fun t => inner n (r t) (r t)).
  assert (R0 : forall t, r t O = 1) by (intros; unfold r; field; apply NZ).
  assert (L : Un_cv s 1).
  { apply (limit_ext (fun t => 1 + sum n (fun i => if Nat.eqb i O then 0 else r t i * r t i))).
    - intros t. unfold s, inner. symmetry.
      rewrite (sum_ext n _ (fun i => identity O i * (r t i * r t i) + (if Nat.eqb i O then 0 else r t i * r t i))).
      + rewrite sum_plus, (sum_delta n O (fun i => r t i * r t i)), R0 by exact Hn. ring.
      + intros i Hi. unfold identity. destruct i; simpl; ring.
    - apply (limit_value _ (1 + 0)); [ring|].
      apply (CV_plus (fun _ => 1) (fun t => sum n (fun i => if Nat.eqb i O then 0 else r t i * r t i))); [apply constant_limit|].
      apply (sum_limit n (fun t i => if Nat.eqb i O then 0 else r t i * r t i)). intros i Hi. destruct (Nat.eqb_spec i O) as [->|Hne]; [apply constant_limit|].
      apply (limit_value _ (0 * 0)); [ring|]. apply (CV_mult (fun t => r t i) (fun t => r t i) 0 0); apply V; lia. }
  assert (N1 : forall t, norm n (psi t) = Rabs (psi t O) * sqrt (s t)).
  { intros t. rewrite (norm_ext n (psi t) (fun i => psi t O * r t i)); [apply norm_scale|]. intros i _. unfold r. field. apply NZ. }
  assert (Q : Un_cv (fun t => sqrt (s t)) 1) by (apply sqrt_limit; exact L).
  assert (QZ : forall t, sqrt (s t) <> 0).
  { intros t E. assert (A := NP t (NZ t)). rewrite N1, E in A. lra. }
  assert (F : forall t, psi (S t) O = lambda O * (psi O O / Rabs (psi O O)) * (1 / sqrt (s t)) /\
    psi (S t) O / Rabs (psi (S t) O) = psi O O / Rabs (psi O O)).
  { assert (sign : forall x c, 0 < c -> x <> 0 -> c * x / Rabs (c * x) = x / Rabs x).
    { intros x c Hc Hx. rewrite Rabs_mult, (Rabs_pos_eq c) by lra. field. split; [apply Rabs_no_R0; exact Hx|lra]. }
    assert (St : forall t, psi (S t) O = lambda O * (psi t O / Rabs (psi t O)) * (1 / sqrt (s t))).
    { intros t. rewrite Hstep, N1 by exact Hn. field. split; [apply QZ|apply Rabs_no_R0, NZ]. }
    assert (C : forall t, 0 < lambda O / norm n (psi t)) by (intros t; apply Rdiv_lt_0_compat; [exact Hl|apply NP, NZ]).
    assert (Sg : forall t, psi t O / Rabs (psi t O) = psi O O / Rabs (psi O O)).
    { induction t as [|t IH]; [reflexivity|]. rewrite <- IH, Hstep by exact Hn.
      replace (lambda O * psi t O / norm n (psi t)) with (lambda O / norm n (psi t) * psi t O)
        by (field; assert (A := NP t (NZ t)); lra).
      apply sign; [apply C|apply NZ]. }
    intros t. split; [rewrite St, Sg; reflexivity|apply Sg]. }
  assert (One : Un_cv (fun t => 1 / sqrt (s t)) 1) by (apply (quotient_limit (fun _ => 1)); [apply constant_limit|exact Q|exact QZ]).
  assert (Back : forall f l, Un_cv (fun t => f (S t)) l -> Un_cv f l).
  { intros f l H e He. destruct (H e He) as [N HN]. exists (S N). intros t Ht. destruct t; [lia|]. apply HN. lia. }
  assert (First : Un_cv (fun t => psi t O) (lambda O * (psi O O / Rabs (psi O O)))).
  { apply Back. apply (limit_ext (fun t => lambda O * (psi O O / Rabs (psi O O)) * (1 / sqrt (s t)))); [intros; symmetry; apply F|].
    apply (limit_value _ (lambda O * (psi O O / Rabs (psi O O)) * 1)); [ring|]. apply scaled_limit. exact One. }
  split; [|split; [|exact First]].
  - apply Back. apply (limit_ext (fun t => lambda O * (sqrt (s (S t)) / sqrt (s t)))).
    + intros t. rewrite N1, Hstep, N1 by exact Hn. assert (A := Rabs_no_R0 _ (NZ t)).
      unfold Rdiv. rewrite !Rabs_mult, (Rabs_pos_eq (lambda O)) by lra.
      rewrite Rabs_inv, Rabs_mult, Rabs_Rabsolu, (Rabs_pos_eq (sqrt (s t))) by apply sqrt_pos. field. split; [apply QZ|exact A].
    + apply (limit_value _ (lambda O * 1)); [ring|]. apply scaled_limit. apply quotient_limit; [|exact Q|exact QZ].
      apply (shifted_limit (fun t => sqrt (s t))). exact Q.
  - intros i Hi. apply (limit_ext (fun t => psi t O * r t i)); [intros; unfold r; field; apply NZ|].
    apply (limit_value _ (lambda O * (psi O O / Rabs (psi O O)) * 0)); [ring|].
    apply (CV_mult (fun t => psi t O) (fun t => r t i)); [exact First|apply V; exact Hi].
Qed.
