(** * Locally Lipschitz functions and the gradients of a network (Finnoff 1992, Lemma 3.1). *)

Require Import Reals Arith Lra Lia.
Require Import Spurious.Sums Spurious.Backpropagation Spurious.Sontag88.
Open Scope R_scope.

(** The weights of the cube [-G, G]^d. *)
Definition in_cube (d : nat) (G : R) (w : nat -> R) : Prop := forall i, (i < d)%nat -> - G <= w i <= G.

(** On every cube f has a Lipschitz constant. *)
Definition locally_lipschitz (d : nat) (f : (nat -> R) -> R) : Prop := forall G, 0 <= G ->
  exists L, 0 <= L /\ forall u v, in_cube d G u -> in_cube d G v -> Rabs (f u - f v) <= L * size d (fun i => u i - v i).

Lemma cube_size d G u v : in_cube d G u -> in_cube d G v -> size d (fun i => u i - v i) <= INR d * (2 * G).
Proof.
  intros U V. unfold size. rewrite <- (sum_const d (2 * G)). apply sum_le. intros i Hi. specialize (U i Hi). specialize (V i Hi).
  apply Rabs_le. lra.
Qed.

(** It is bounded there. *)
Lemma bounded d f G : locally_lipschitz d f -> 0 <= G -> exists M, 0 <= M /\ forall u, in_cube d G u -> Rabs (f u) <= M.
Proof.
  intros H HG. destruct (H G HG) as [L [HL Hf]]. set (o := fun _ : nat => 0).
  assert (O : in_cube d G o) by (intros i _; unfold o; lra).
  exists (Rabs (f o) + L * (INR d * (2 * G))).
  assert (S : 0 <= INR d * (2 * G)) by (apply Rmult_le_pos; [apply pos_INR|lra]).
  split; [apply Rplus_le_le_0_compat; [apply Rabs_pos|apply Rmult_le_pos; assumption]|].
  intros u U. replace (f u) with (f o + (f u - f o)) by ring. eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat_l.
  eapply Rle_trans; [apply Hf; assumption|]. apply Rmult_le_compat_l; [exact HL|]. apply cube_size; assumption.
Qed.

Lemma constant_lipschitz d c : locally_lipschitz d (fun _ => c).
Proof.
  intros G _. exists 0. split; [lra|]. intros. replace (c - c) with 0 by ring. rewrite Rabs_R0. lra.
Qed.

Lemma coordinate_lipschitz d i : (i < d)%nat -> locally_lipschitz d (fun w => w i).
Proof.
  intros Hi G _. exists 1. split; [lra|]. intros u v _ _. rewrite Rmult_1_l.
  apply (sum_term d (fun i => Rabs (u i - v i)) i Hi). intros. apply Rabs_pos.
Qed.

Lemma plus_lipschitz d f g : locally_lipschitz d f -> locally_lipschitz d g -> locally_lipschitz d (fun w => f w + g w).
Proof.
  intros F H G HG. destruct (F G HG) as [L [HL Hf]]. destruct (H G HG) as [M [HM Hg]]. exists (L + M). split; [lra|].
  intros u v U V. replace (f u + g u - (f v + g v)) with ((f u - f v) + (g u - g v)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rmult_plus_distr_r. apply Rplus_le_compat; [apply Hf|apply Hg]; assumption.
Qed.

Lemma times_lipschitz d f g : locally_lipschitz d f -> locally_lipschitz d g -> locally_lipschitz d (fun w => f w * g w).
Proof.
  intros F H G HG. destruct (F G HG) as [L [HL Hf]]. destruct (H G HG) as [M [HM Hg]].
  destruct (bounded d f G F HG) as [A [HA Bf]]. destruct (bounded d g G H HG) as [B [HB Bg]].
  exists (A * M + B * L). split; [apply Rplus_le_le_0_compat; apply Rmult_le_pos; assumption|].
  intros u v U V. replace (f u * g u - f v * g v) with (f u * (g u - g v) + g v * (f u - f v)) by ring.
  assert (S := size_nonneg d (fun i => u i - v i)).
  eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult, Rmult_plus_distr_r, !Rmult_assoc.
  apply Rplus_le_compat; (apply Rmult_le_compat; [apply Rabs_pos|apply Rabs_pos| |]);
    [apply Bf|apply Hg|apply Bg|apply Hf]; assumption.
Qed.

Lemma sum_lipschitz d n (f : nat -> (nat -> R) -> R) : (forall i, (i < n)%nat -> locally_lipschitz d (f i)) ->
  locally_lipschitz d (fun w => sum n (fun i => f i w)).
Proof.
  induction n as [|n IH]; intros H; simpl; [apply constant_lipschitz|].
  apply (plus_lipschitz d (fun w => sum n (fun i => f i w)) (f n)); [apply IH; intros|]; apply H; lia.
Qed.

Lemma tanh_slope x : 0 <= 1 - tanh x ^ 2 <= 1.
Proof.
  assert (T : -1 <= tanh x <= 1).
  { unfold tanh, sinh, cosh. assert (A := exp_pos x). assert (B := exp_pos (- x)).
    replace ((exp x - exp (- x)) / 2 / ((exp x + exp (- x)) / 2)) with ((exp x - exp (- x)) / (exp x + exp (- x))) by (field; lra).
    split; apply (Rmult_le_reg_r (exp x + exp (- x))); try lra;
      replace ((exp x - exp (- x)) / (exp x + exp (- x)) * (exp x + exp (- x))) with (exp x - exp (- x)) by (field; lra); lra. }
  assert (tanh x ^ 2 <= 1); [|generalize (pow2_ge_0 (tanh x)); lra].
  replace (tanh x ^ 2) with (tanh x * tanh x) by ring. destruct (Rle_lt_dec 0 (tanh x)).
  - replace 1 with (1 * 1) by ring. apply Rmult_le_compat; lra.
  - replace (tanh x * tanh x) with (- tanh x * - tanh x) by ring. replace 1 with (1 * 1) by ring. apply Rmult_le_compat; lra.
Qed.

Lemma tanh_contracts a b : Rabs (tanh a - tanh b) <= Rabs (a - b).
Proof.
  assert (H : forall x y, x < y -> Rabs (tanh y - tanh x) <= Rabs (y - x)).
  { intros x y Hxy. destruct (MVT_cor2 tanh tanh1 x y Hxy (fun c _ => tanh_derivable c)) as [c [E _]]. rewrite E, Rabs_mult.
    replace (Rabs (y - x)) with (1 * Rabs (y - x)) at 2 by ring. apply Rmult_le_compat_r; [apply Rabs_pos|].
    assert (S := tanh_slope c). unfold tanh1. rewrite Rabs_pos_eq; lra. }
  destruct (Rtotal_order a b) as [L|[->|L]].
  - rewrite (Rabs_minus_sym (tanh a)), (Rabs_minus_sym a). apply H. exact L.
  - replace (tanh b - tanh b) with 0 by ring. replace (b - b) with 0 by ring. lra.
  - apply H. exact L.
Qed.

Lemma tanh_lipschitz d f : locally_lipschitz d f -> locally_lipschitz d (fun w => tanh (f w)).
Proof.
  intros F G HG. destruct (F G HG) as [L [HL Hf]]. exists L. split; [exact HL|]. intros u v U V.
  eapply Rle_trans; [apply tanh_contracts|]. apply Hf; assumption.
Qed.

(** ** The network of section 2 with one output, h inputs, q hidden units and psi = tanh. *)

(** The weights in one list: gamma_1, ..., gamma_q, gamma_(q+1), and for each hidden unit its h weights and its bias. The input z has h entries, and
    z_h = 1 for the bias (indices from zero). *)
Definition weights (h q : nat) : nat := (q + 1 + q * (h + 1))%nat.
Definition beta (h q : nat) (w : nat -> R) (i j : nat) : R := w (q + 1 + i * (h + 1) + j)%nat.
Definition hidden (h q : nat) (z w : nat -> R) (i : nat) : R := tanh (sum (h + 1) (fun j => beta h q w i j * z j)).
Definition network (h q : nat) (z w : nat -> R) : R := tanh (sum q (fun i => w i * hidden h q z w i) + w q).

(** The entries of the gradient of (y - f)^2: for gamma_i, gamma_(q+1), and the weight j of the hidden unit i. *)
Definition outer_part (h q : nat) (y : R) (z w : nat -> R) : R := -2 * ((y - network h q z w) * (1 + -1 * (network h q z w * network h q z w))).
Definition slope_gamma (h q : nat) y z w i : R := outer_part h q y z w * hidden h q z w i.
Definition slope_beta (h q : nat) y z w i j : R :=
  outer_part h q y z w * (w i * ((1 + -1 * (hidden h q z w i * hidden h q z w i)) * z j)).

Lemma hidden_lipschitz h q z i : (i < q)%nat -> locally_lipschitz (weights h q) (fun w => hidden h q z w i).
Proof.
  intros Hi. apply tanh_lipschitz. apply (sum_lipschitz _ _ (fun j w => beta h q w i j * z j)). intros j Hj.
  apply (times_lipschitz _ (fun w => beta h q w i j) (fun _ => z j)); [|apply constant_lipschitz].
  apply coordinate_lipschitz. unfold weights. assert (i * (h + 1) + (h + 1) <= q * (h + 1))%nat; [|lia].
  replace (i * (h + 1) + (h + 1))%nat with (S i * (h + 1))%nat by lia. apply Nat.mul_le_mono_r. lia.
Qed.

Lemma network_lipschitz h q z : locally_lipschitz (weights h q) (network h q z).
Proof.
  apply tanh_lipschitz. apply (plus_lipschitz _ (fun w => sum q (fun i => w i * hidden h q z w i)) (fun w => w q)).
  - apply (sum_lipschitz _ _ (fun i w => w i * hidden h q z w i)). intros i Hi.
    apply (times_lipschitz _ (fun w => w i)); [apply coordinate_lipschitz; unfold weights; lia|apply hidden_lipschitz; exact Hi].
  - apply coordinate_lipschitz. unfold weights. lia.
Qed.

Lemma slope_lipschitz d f : locally_lipschitz d f -> locally_lipschitz d (fun w => 1 + -1 * (f w * f w)).
Proof.
  intros F. apply (plus_lipschitz _ (fun _ => 1)); [apply constant_lipschitz|].
  apply (times_lipschitz _ (fun _ => -1)); [apply constant_lipschitz|apply times_lipschitz; exact F].
Qed.

Lemma outer_lipschitz h q y z : locally_lipschitz (weights h q) (outer_part h q y z).
Proof.
  assert (F := network_lipschitz h q z). apply (times_lipschitz _ (fun _ => -2)); [apply constant_lipschitz|].
  apply (times_lipschitz _ (fun w => y - network h q z w)); [|apply slope_lipschitz; exact F].
  intros G HG. destruct (F G HG) as [L [HL Hf]]. exists L. split; [exact HL|]. intros u v U V.
  replace (y - network h q z u - (y - network h q z v)) with (- (network h q z u - network h q z v)) by ring. rewrite Rabs_Ropp.
  apply Hf; assumption.
Qed.

(** Lemma 3.1 ii): every entry of the gradient is locally Lipschitz, for any numbers of inputs and hidden units, and every example; with the
    largest of finitely many constants for all examples, and with their mean for the mean gradient. *)
Theorem lemma_3_1_ii h q y z : locally_lipschitz (weights h q) (outer_part h q y z) /\
  (forall i, (i < q)%nat -> locally_lipschitz (weights h q) (fun w => slope_gamma h q y z w i)) /\
  (forall i j, (i < q)%nat -> locally_lipschitz (weights h q) (fun w => slope_beta h q y z w i j)).
Proof.
  assert (O := outer_lipschitz h q y z). split; [exact O|split].
  - intros i Hi. apply times_lipschitz; [exact O|apply hidden_lipschitz; exact Hi].
  - intros i j Hi. apply times_lipschitz; [exact O|].
    apply (times_lipschitz _ (fun w => w i)); [apply coordinate_lipschitz; unfold weights; lia|].
    apply (times_lipschitz _ (fun w => 1 + -1 * (hidden h q z w i * hidden h q z w i)) (fun _ => z j)); [|apply constant_lipschitz].
    apply slope_lipschitz, hidden_lipschitz. exact Hi.
Qed.

Lemma outer_bound h q y z w Y : Rabs y <= Y -> Rabs (outer_part h q y z w) <= 2 * (Y + 1).
Proof.
  intros HY. unfold outer_part. set (f := sum q (fun i => w i * hidden h q z w i) + w q). unfold network. fold f.
  destruct (tanh_range f) as [L U]. assert (S := tanh_slope f). rewrite !Rabs_mult, (Rabs_left (-2)) by lra.
  rewrite (Rabs_pos_eq (1 + -1 * (tanh f * tanh f))) by lra. replace (- -2) with 2 by ring. apply Rmult_le_compat_l; [lra|].
  replace (Y + 1) with ((Y + 1) * 1) by ring. apply Rmult_le_compat; [apply Rabs_pos|lra| |lra].
  apply Rabs_le. assert (A := Rle_abs y). assert (B := Rle_abs (- y)). rewrite Rabs_Ropp in B. lra.
Qed.

(** Lemma 3.1 i) with the constants: for targets of size at most Y and inputs of size at most Z each entry of the gradient is at most 2(Y + 1), or at most
    2(Y + 1) Z times a weight gamma_i. So the sum of their sizes is at most K (1 + sum of the sizes of the weights). *)
Theorem lemma_3_1_i h q y z w Y Z : Rabs y <= Y -> (forall j, Rabs (z j) <= Z) ->
  Rabs (outer_part h q y z w) <= 2 * (Y + 1) /\
  (forall i, Rabs (slope_gamma h q y z w i) <= 2 * (Y + 1)) /\
  (forall i j, Rabs (slope_beta h q y z w i j) <= 2 * (Y + 1) * Z * Rabs (w i)).
Proof.
  intros HY HZ. assert (O := outer_bound h q y z w Y HY). split; [exact O|split].
  - intros i. unfold slope_gamma, hidden. set (s := sum (h + 1) _). destruct (tanh_range s) as [L U]. rewrite Rabs_mult.
    replace (2 * (Y + 1)) with (2 * (Y + 1) * 1) by ring. apply Rmult_le_compat; [apply Rabs_pos|apply Rabs_pos|exact O|]. apply Rabs_le. lra.
  - intros i j. unfold slope_beta, hidden. set (s := sum (h + 1) _). assert (S := tanh_slope s). rewrite !Rabs_mult.
    rewrite (Rabs_pos_eq (1 + -1 * (tanh s * tanh s))) by lra.
    replace (2 * (Y + 1) * Z * Rabs (w i)) with (2 * (Y + 1) * (Rabs (w i) * (1 * Z))) by ring.
    apply Rmult_le_compat; [apply Rabs_pos| |exact O|].
    + apply Rmult_le_pos; [apply Rabs_pos|]. apply Rmult_le_pos; [lra|apply Rabs_pos].
    + apply Rmult_le_compat_l; [apply Rabs_pos|]. apply Rmult_le_compat; [lra|apply Rabs_pos|lra|apply HZ].
Qed.
