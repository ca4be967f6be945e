(** * Conjugate gradients (LeCun, Bottou, Orr and Müller 1998, section 6.2). *)

Require Import Reals Arith Lra Lia.
Require Import Spurious.Sums Spurious.SecondOrder.
Open Scope R_scope.

(** A run on a quadratic function with the Hessian H: gradients g_k, directions rho_k, steps alpha_k along them, (41) with the betas of
    Fletcher and Reeves, and exact line searches. Each equation is for the N coordinates. *)
Definition run (N : nat) (H : nat -> nat -> R) (g rho : nat -> nat -> R) (alpha : nat -> R) : Prop :=
  (forall i, (i < N)%nat -> rho O i = - g O i) /\
  (forall k i, (i < N)%nat -> g (S k) i = g k i + alpha k * apply N H (rho k) i) /\
  (forall k, inner N (g (S k)) (rho k) = 0) /\
  (forall k i, (i < N)%nat ->
    rho (S k) i = - g (S k) i + inner N (g (S k)) (g (S k)) / inner N (g k) (g k) * rho k i).

Section Run.

Variables (N : nat) (H : nat -> nat -> R) (g rho : nat -> nat -> R) (alpha : nat -> R).
Hypothesis S : symmetric N H.
Hypothesis R : run N H g rho alpha.

Let G k l := inner N (g k) (g l).
Let D k l := inner N (rho k) (apply N H (rho l)).
Let B k := G (Datatypes.S k) (Datatypes.S k) / G k k.

Lemma D_sym k l : D k l = D l k.
Proof. apply inner_symmetric. exact S. Qed.

Lemma G_sym k l : G k l = G l k.
Proof. apply inner_comm. Qed.

Lemma along_gradient v k : inner N v (g (Datatypes.S k)) = inner N v (g k) + alpha k * inner N v (apply N H (rho k)).
Proof.
  destruct R as [_ [Hg _]]. rewrite <- inner_scale, <- inner_plus. apply inner_ext; [reflexivity|]. intros. apply Hg. assumption.
Qed.

Lemma along_direction v k : inner N v (rho (Datatypes.S k)) = - inner N v (g (Datatypes.S k)) + B k * inner N v (rho k).
Proof.
  destruct R as [_ [_ [_ Hr]]].
  rewrite <- inner_scale. replace (- inner N v (g (Datatypes.S k))) with (-1 * inner N v (g (Datatypes.S k))) by ring.
  rewrite <- inner_scale, <- inner_plus. apply inner_ext; [reflexivity|]. intros. rewrite Hr by assumption. unfold B, G. ring.
Qed.

Lemma first_direction v : inner N v (rho O) = - inner N v (g O).
Proof.
  destruct R as [Hr _]. replace (- inner N v (g O)) with (-1 * inner N v (g O)) by ring. rewrite <- inner_scale.
  apply inner_ext; [reflexivity|]. intros. rewrite Hr by assumption. ring.
Qed.

Lemma search k : inner N (g (Datatypes.S k)) (rho k) = 0.
Proof. apply R. Qed.

(** g_k rho_k = -|g_k|^2. *)
Lemma slope_along k : inner N (g k) (rho k) = - G k k.
Proof.
  destruct k as [|k]; [apply first_direction|]. rewrite along_direction, search. unfold G. ring.
Qed.

Lemma moves k : G k k <> 0 -> alpha k <> 0.
Proof.
  intros Hk Ha. assert (A := along_gradient (rho k) k). rewrite Ha, inner_comm, search in A.
  rewrite (inner_comm N (rho k) (g k)), slope_along in A. lra.
Qed.

(** Up to K: all gradients are orthogonal and all directions conjugate, as long as no gradient vanishes. *)
Lemma conjugate_up_to K : (forall k, (k < K)%nat -> G k k <> 0) -> forall i j, (i < j <= K)%nat -> G i j = 0 /\ D i j = 0.
Proof.
  induction K as [|K IH]; intros NZ; [intros; lia|].
  assert (IH' := IH (fun k Hk => NZ k (Nat.lt_lt_succ_r _ _ Hk))).
  assert (HK : G K K <> 0) by (apply NZ; lia).
  (* g_i H rho_K = 0 for i < K, and - rho_K H rho_K for i = K *)
  assert (X : forall i, (i < K)%nat -> inner N (g i) (apply N H (rho K)) = 0).
  { intros i Hi. destruct i as [|i].
    - assert (F := first_direction (apply N H (rho K))). rewrite inner_comm, (inner_comm N _ (g O)) in F.
      assert (Z := proj2 (IH' O K (conj Hi (le_n K)))). unfold D in Z. lra.
    - assert (F := along_direction (apply N H (rho K)) i).
      rewrite inner_comm, (inner_comm N _ (g (Datatypes.S i))), (inner_comm N _ (rho i)) in F.
      assert (Z := proj2 (IH' (Datatypes.S i) K (conj Hi (le_n K)))). unfold D in Z.
      assert (Z' : D i K = 0) by (apply IH'; lia). unfold D in Z'. rewrite Z, Z' in F. lra. }
  assert (O : forall i, (i <= K)%nat -> G i (Datatypes.S K) = 0).
  { intros i Hi. destruct (Nat.eq_dec i K) as [->|Hne].
    - rewrite G_sym. destruct K as [|K'].
      + assert (A := search O). rewrite first_direction in A. unfold G. lra.
      + assert (A := search (Datatypes.S K')). rewrite along_direction in A.
        assert (P : inner N (g (Datatypes.S (Datatypes.S K'))) (rho K') = 0).
        { rewrite inner_comm, along_gradient, (inner_comm N _ (g (Datatypes.S K'))), search.
          assert (Z : D K' (Datatypes.S K') = 0) by (apply IH'; lia). unfold D in Z. rewrite Z. ring. }
        rewrite P in A. unfold G. lra.
    - unfold G. rewrite along_gradient, X by lia. assert (Z : G i K = 0) by (apply IH'; lia). unfold G in Z. rewrite Z. ring. }
  intros i j [Hij Hj]. destruct (Nat.eq_dec j (Datatypes.S K)) as [->|Hne]; [|apply IH'; lia].
  split; [apply O; lia|]. rewrite D_sym. unfold D.
  (* alpha_i rho_{K+1} H rho_i = rho_{K+1} (g_{i+1} - g_i) *)
  assert (A := along_gradient (rho (Datatypes.S K)) i).
  assert (NZi : alpha i <> 0) by (apply moves, NZ; lia).
  assert (E : alpha i * inner N (rho (Datatypes.S K)) (apply N H (rho i)) = 0).
  { rewrite !(inner_comm N (rho (Datatypes.S K)) (g _)) in A. rewrite !along_direction in A.
    destruct (Nat.eq_dec i K) as [->|Hi].
    - rewrite search, slope_along in A. assert (Z := O K (le_n K)). unfold G in Z. rewrite Z in A.
      unfold B, G in A, HK |- *. 
      replace (- inner N (g (Datatypes.S K)) (g (Datatypes.S K)) + inner N (g (Datatypes.S K)) (g (Datatypes.S K)) / inner N (g K) (g K) * 0)
        with (- inner N (g (Datatypes.S K)) (g (Datatypes.S K))) in A by ring.
      replace (- 0 + inner N (g (Datatypes.S K)) (g (Datatypes.S K)) / inner N (g K) (g K) * - inner N (g K) (g K))
        with (- inner N (g (Datatypes.S K)) (g (Datatypes.S K))) in A by (field; exact HK).
      lra.
    - assert (Z := O i ltac:(lia)). assert (Z' := O (Datatypes.S i) ltac:(lia)). unfold G in Z, Z'. rewrite Z, Z' in A.
      assert (F := along_gradient (rho K) i). rewrite !(inner_comm N (rho K) (g _)) in F.
      assert (Y : D K i = 0) by (rewrite D_sym; apply IH'; lia). unfold D in Y. rewrite Y in F. rewrite F in A. lra. }
  apply Rmult_integral in E. destruct E; [contradiction|assumption].
Qed.

End Run.

(** (41), (42): all directions are conjugate and all gradients orthogonal, as long as no gradient vanishes. *)
Theorem conjugate_directions N H g rho alpha K : symmetric N H -> run N H g rho alpha ->
  (forall k, (k < K)%nat -> inner N (g k) (g k) <> 0) ->
  forall i j, (i < j <= K)%nat -> inner N (g i) (g j) = 0 /\ inner N (rho i) (apply N H (rho j)) = 0.
Proof. intros S R NZ. exact (conjugate_up_to N H g rho alpha S R K NZ). Qed.

(** (43): the beta of Polak and Ribiere is that of Fletcher and Reeves. *)
Theorem polak_ribiere_agrees N H g rho alpha k : symmetric N H -> run N H g rho alpha ->
  (forall l, (l <= k)%nat -> inner N (g l) (g l) <> 0) ->
  inner N (fun i => g (S k) i - g k i) (g (S k)) / inner N (g k) (g k) = inner N (g (S k)) (g (S k)) / inner N (g k) (g k).
Proof.
  intros Sy R NZ. destruct (conjugate_directions N H g rho alpha (S k) Sy R) with (i := k) (j := S k) as [O _].
  - intros l Hl. apply NZ. lia.
  - lia.
  - apply (f_equal (fun t => t / inner N (g k) (g k))).
    rewrite inner_comm. unfold inner in *. rewrite (sum_ext N _ (fun i => g (S k) i * g (S k) i - g k i * g (S k) i)) by (intros; ring).
    rewrite sum_minus, O. ring.
Qed.

(** No more than N orthogonal vectors of R^N differ from zero: Bessel's inequality for the coordinate vectors. *)
Lemma orthogonal_bound N M (g : nat -> nat -> R) : (forall i j, (i < j < M)%nat -> inner N (g i) (g j) = 0) ->
  (forall k, (k < M)%nat -> inner N (g k) (g k) <> 0) -> (M <= N)%nat.
Proof.
  intros O NZ.
  assert (P : forall k, (k < M)%nat -> 0 < inner N (g k) (g k)).
  { intros k Hk. assert (A := inner_square_nonneg N (g k)). specialize (NZ k Hk). lra. }
  assert (Bessel : forall c, (c < N)%nat -> sum M (fun k => g k c * g k c / inner N (g k) (g k)) <= 1).
  { intros c Hc. set (a := fun k => g k c / inner N (g k) (g k)). set (v := fun i => sum M (fun k => a k * g k i)).
    assert (V : inner N v v = sum M (fun k => g k c * g k c / inner N (g k) (g k))).
    { transitivity (sum M (fun k => a k * inner N (g k) v)).
      - unfold inner at 1, v at 1.
        rewrite (sum_ext N _ (fun i => sum M (fun k => a k * (g k i * v i)))) by (intros; rewrite <- sum_scale_r; apply sum_ext; intros; ring).
        rewrite sum_swap. apply sum_ext. intros. rewrite sum_scale. reflexivity.
      - apply sum_ext. intros k Hk. assert (E : inner N (g k) v = g k c).
        { unfold inner, v.
          rewrite (sum_ext N _ (fun i => sum M (fun l => a l * (g k i * g l i)))) by (intros; rewrite <- sum_scale; apply sum_ext; intros; ring).
          rewrite sum_swap. rewrite (sum_ext M _ (fun l => identity k l * (a l * inner N (g k) (g l)))).
          - rewrite sum_delta by exact Hk. unfold a. field. apply NZ. exact Hk.
          - intros l Hl. rewrite sum_scale. fold (inner N (g k) (g l)). unfold identity. destruct (Nat.eqb_spec k l) as [->|Hne]; [ring|].
            destruct (Nat.lt_ge_cases k l); [rewrite O by lia; ring|]. rewrite inner_comm, O by lia. ring. }
        rewrite E. unfold a. field. apply NZ. exact Hk. }
    assert (Vc : v c = inner N v v).
    { rewrite V. unfold v, a. apply sum_ext. intros. field. apply NZ. assumption. }
    assert (T := sum_term N (fun i => v i * v i) c Hc (fun i _ => Rle_0_sqr (v i))). simpl in T. fold (inner N v v) in T.
    rewrite <- V. rewrite <- Vc in T |- *. assert (Q := Rle_0_sqr (v c - 1)). unfold Rsqr in Q. lra. }
  assert (T : sum N (fun c => sum M (fun k => g k c * g k c / inner N (g k) (g k))) = INR M).
  { rewrite sum_swap. rewrite (sum_ext M _ (fun _ => 1)); [rewrite sum_const; ring|]. intros k Hk.
    rewrite (sum_ext N _ (fun c => g k c * g k c * / inner N (g k) (g k))) by reflexivity. rewrite sum_scale_r.
    apply Rinv_r. apply NZ. exact Hk. }
  assert (U := sum_le N _ (fun _ => 1) Bessel). rewrite T, sum_const in U. apply INR_le. lra.
Qed.

(** Section 6.2: one of the first N + 1 gradients vanishes, so that the minimum is reached within N steps. *)
Theorem n_steps N H g rho alpha : symmetric N H -> run N H g rho alpha ->
  exists k, (k <= N)%nat /\ forall i, (i < N)%nat -> g k i = 0.
Proof.
  intros Sy R.
  assert (dec : forall K, (exists k, (k <= K)%nat /\ inner N (g k) (g k) = 0) \/ (forall k, (k <= K)%nat -> inner N (g k) (g k) <> 0)).
  { induction K as [|K [[k [Hk E]]|NZ]].
    - destruct (Req_dec (inner N (g O) (g O)) 0) as [E|E]; [left; exists O; auto|right; intros k Hk; replace k with O by lia; exact E].
    - left. exists k. split; [lia|exact E].
    - destruct (Req_dec (inner N (g (S K)) (g (S K))) 0) as [E|E]; [left; exists (S K); auto|].
      right. intros k Hk. destruct (Nat.eq_dec k (S K)) as [->|]; [exact E|apply NZ; lia]. }
  destruct (dec N) as [[k [Hk E]]|NZ].
  - exists k. split; [exact Hk|]. intros i Hi. apply (inner_square_zero N (g k) i); [lra|exact Hi].
  - exfalso. assert (B : (S N <= N)%nat); [|lia]. apply (orthogonal_bound N (S N) g).
    + intros i j Hij. apply (conjugate_directions N H g rho alpha N Sy R); [intros; apply NZ; lia|lia].
    + intros k Hk. apply NZ. lia.
Qed.
