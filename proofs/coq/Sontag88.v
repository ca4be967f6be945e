(** * The divergence lemma of Sontag (1988), section 3, in the form that is true, and where the printed form fails.

    Printed: if the rows of A lie in a half space and are linearly independent, the gradient system of
    E(x) = |e - T A x|^2 has no bounded solution; the sigmoid is smooth, strictly increasing and odd.
    True: if theta' > 0 everywhere and some nu has b_j <a_j, nu> >= 0 for every row, not all zero, then the gradient of
    E vanishes nowhere and no trajectory of the gradient flow stays bounded on [0, oo).
    - Independent rows always have such a nu, so for theta' > 0 the printed lemma holds ([independent_rows_diverge]).
    - Strictly increasing does not give theta' > 0: with theta(z) = tanh(z^3), one row and one weight, x = 0 is a rest
      point ([printed_lemma_fails]).
    - A half space alone does not do: the rows (1,0) and (-1,0) lie in the half space <., (0,1)> >= 0, and x = 0 is a
      rest point ([half_space_alone_fails]). *)

Require Import Reals List Lra Lia Psatz.
Require Import Spurious.Surface Spurious.Vectors Spurious.Sigmoid Spurious.Linear Spurious.Convex.
Import ListNotations.
Open Scope R_scope.

(** ** The setting: any sigmoid with its derivative. *)

(** E(x) = sum of w (theta <a, x> - b)^2. For theta = tanh this is [Surface.E]. *)
Fixpoint error (theta : R -> R) (rows : list row) (x : list R) : R :=
  match rows with
  | [] => 0
  | r :: rest => weight r * (theta (dot (input r) x) - target r) ^ 2 + error theta rest x
  end.

(** The i-th partial derivative of E, theta1 being the derivative of theta. *)
Fixpoint partial (theta theta1 : R -> R) (rows : list row) (x : list R) (i : nat) : R :=
  match rows with
  | [] => 0
  | r :: rest => weight r * (2 * (theta (dot (input r) x) - target r) * theta1 (dot (input r) x)) * nth i (input r) 0
                 + partial theta theta1 rest x i
  end.

(** X solves x' = - alpha grad E(x) for t > 0. *)
Definition solution (alpha : R) (theta theta1 : R -> R) (n : nat) (rows : list row) (X : R -> list R) : Prop :=
  forall t, 0 < t -> length (X t) = n /\
    forall i, (i < n)%nat -> derivable_pt_lim (fun s => nth i (X s) 0) t (- alpha * partial theta theta1 rows (X t) i).

Definition bounded (n : nat) (X : R -> list R) : Prop :=
  exists M, forall t, 0 < t -> forall i, (i < n)%nat -> Rabs (nth i (X t) 0) <= M.

(** nu separates weakly: b_j <a_j, nu> >= 0 for all rows, > 0 for one. *)
Definition separates (n : nat) (nu : list R) (rows : list row) : Prop :=
  length nu = n /\ Forall (fun r => 0 <= target r * dot (input r) nu) rows /\
  Exists (fun r => 0 < target r * dot (input r) nu) rows.

(** Rows of n inputs with positive weights and targets 1 or -1. *)
Definition classification (n : nat) (rows : list row) : Prop :=
  Forall (fun r => length (input r) = n /\ 0 < weight r /\ (target r = 1 \/ target r = -1)) rows.

(** ** Sums over coordinates. *)

Fixpoint sum_n (u : nat -> R) (n : nat) : R :=
  match n with
  | O => 0
  | S n' => sum_n u n' + u n'
  end.

Lemma sum_n_ext u v n : (forall i, (i < n)%nat -> u i = v i) -> sum_n u n = sum_n v n.
Proof. induction n as [|n IH]; intros H; simpl; [reflexivity|]. rewrite IH by (intros; apply H; lia). rewrite H by lia. reflexivity. Qed.

Lemma sum_n_shift u n : sum_n u (S n) = u O + sum_n (fun i => u (S i)) n.
Proof. induction n as [|n IH]; simpl in *; [ring|]. rewrite IH. ring. Qed.

Lemma sum_n_plus u v n : sum_n (fun i => u i + v i) n = sum_n u n + sum_n v n.
Proof. induction n as [|n IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma sum_n_scal k u n : sum_n (fun i => k * u i) n = k * sum_n u n.
Proof. induction n as [|n IH]; simpl; [ring|]. rewrite IH. ring. Qed.

Lemma dot_sum a : forall n x, length a = n -> length x = n -> dot a x = sum_n (fun i => nth i a 0 * nth i x 0) n.
Proof.
  induction a as [|a1 a IH]; intros n [|x1 x] Ha Hx; subst n; try discriminate; [reflexivity|].
  cbn [length]. rewrite sum_n_shift. cbn [dot nth]. rewrite (IH (length a) x eq_refl); [reflexivity|]. simpl in Hx. lia.
Qed.

Lemma sum_n_derivable (u : nat -> R -> R) (l : nat -> R) t n : (forall i, (i < n)%nat -> derivable_pt_lim (u i) t (l i)) ->
  derivable_pt_lim (fun s => sum_n (fun i => u i s) n) t (sum_n l n).
Proof.
  induction n as [|n IH]; intros H; simpl; [apply derivable_pt_lim_const|].
  apply (derivable_pt_lim_plus (fun s => sum_n (fun i => u i s) n) (u n)); [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma within_bound M : forall n x, length x = n -> (forall i, (i < n)%nat -> Rabs (nth i x 0) <= M) -> Forall (fun t => Rabs t <= M) x.
Proof.
  induction n as [|n IH]; intros [|x1 x] Hx H; try discriminate; constructor.
  - apply (H O). lia.
  - apply IH; [simpl in Hx; lia|]. intros i Hi. apply (H (S i)). lia.
Qed.

Section Sigmoid.
  Variables (theta theta1 : R -> R).
  Hypothesis Hrange : forall z, -1 < theta z < 1.
  Hypothesis Hpos : forall z, 0 < theta1 z.

  (** <grad E(x), v>. *)
  Fixpoint directional (rows : list row) (x v : list R) : R :=
    match rows with
    | [] => 0
    | r :: rest => weight r * (2 * (theta (dot (input r) x) - target r) * theta1 (dot (input r) x)) * dot (input r) v
                   + directional rest x v
    end.

  Lemma directional_sum n rows x v : Forall (fun r => length (input r) = n) rows -> length v = n ->
    directional rows x v = sum_n (fun i => nth i v 0 * partial theta theta1 rows x i) n.
  Proof.
    intros H Hv. induction H as [|r rows Hr H IH].
    - simpl. rewrite (sum_n_ext _ (fun i => 0 * nth i v 0)) by (intros; ring). rewrite sum_n_scal. ring.
    - simpl. rewrite IH, (dot_sum (input r) n v Hr Hv), <- sum_n_scal, <- sum_n_plus. apply sum_n_ext. intros; ring.
  Qed.

  (** The partial derivatives are those of E: [directional] is its derivative along v, and their combination. *)
  Lemma directional_derivable rows x v : (forall z, derivable_pt_lim theta z (theta1 z)) -> length v = length x ->
    derivable_pt_lim (fun t => error theta rows (move x t v)) 0 (directional rows x v).
  Proof.
    intros Hd Hl. induction rows as [|[a b w] rows IH]; simpl; [apply derivable_pt_lim_const|].
    apply (derivable_pt_lim_plus (fun t => w * (theta (dot a (move x t v)) - b) ^ 2)); [|assumption].
    set (u := fun t => theta (dot a x + t * dot a v)).
    assert (Du : derivable_pt_lim (fun t => u t - b) 0 (theta1 (dot a x) * dot a v)).
    { eapply derivable_pt_lim_val.
      2: { apply (derivable_pt_lim_minus u (fun _ => b)); [|apply derivable_pt_lim_const].
           apply (derivable_pt_lim_comp (fun t => dot a x + t * dot a v) theta); [apply derivable_pt_lim_affine|apply Hd]. }
      replace (dot a x + 0 * dot a v) with (dot a x) by ring. ring. }
    apply (derivable_pt_lim_ext (fun t => w * ((u t - b) * (u t - b)))).
    { intros t. unfold u. rewrite dot_move by congruence. ring. }
    eapply derivable_pt_lim_val.
    2: { apply (derivable_pt_lim_scal (fun t => (u t - b) * (u t - b))).
         apply (derivable_pt_lim_mult (fun t => u t - b) (fun t => u t - b)); exact Du. }
    unfold u. replace (dot a x + 0 * dot a v) with (dot a x) by ring. ring.
  Qed.

  Lemma row_term r nu y : 0 < weight r -> target r = 1 \/ target r = -1 -> 0 <= target r * dot (input r) nu ->
    0 <= - (weight r * (2 * (theta y - target r) * theta1 y) * dot (input r) nu).
  Proof.
    intros Hw Hb Hn. destruct (Hrange y) as [R1 R2]. assert (P := Hpos y).
    replace (- (weight r * (2 * (theta y - target r) * theta1 y) * dot (input r) nu))
      with (2 * (weight r * theta1 y) * ((target r - theta y) * dot (input r) nu)) by ring.
    assert (0 < weight r * theta1 y) by (apply Rmult_lt_0_compat; assumption).
    apply Rmult_le_pos; [lra|]. destruct Hb as [B|B]; rewrite B in *.
    - apply Rmult_le_pos; lra.
    - replace ((-1 - theta y) * dot (input r) nu) with ((1 + theta y) * - dot (input r) nu) by ring. apply Rmult_le_pos; lra.
  Qed.

  (** Along nu the error decreases, at a rate that one separated row bounds. *)
  Lemma directional_below n nu rows : classification n rows -> separates n nu rows ->
    exists r, In r rows /\ 0 < target r * dot (input r) nu /\ forall x,
      weight r * (2 * (1 - target r * theta (dot (input r) x)) * theta1 (dot (input r) x)) * (target r * dot (input r) nu)
        <= - directional rows x nu.
  Proof.
    intros Hc [_ [Hall Hex]]. induction rows as [|r rows IH]; [inversion Hex|].
    inversion Hc as [|? ? [Hl [Hw Hb]] Hc']; subst. inversion Hall as [|? ? H0 Hall']; subst.
    assert (Rest : forall x, 0 <= - directional rows x nu).
    { intros x. clear - Hc' Hall' Hrange Hpos. induction rows as [|r' rows IH']; simpl; [lra|].
      inversion Hc' as [|? ? [_ [Hw' Hb']] Hc'']; subst. inversion Hall' as [|? ? H0' Hall'']; subst.
      assert (T := row_term r' nu (dot (input r') x) Hw' Hb' H0'). specialize (IH' Hc'' Hall''). lra. }
    destruct (Rlt_le_dec 0 (target r * dot (input r) nu)) as [Hp|Hz].
    - exists r. split; [left; reflexivity|]. split; [assumption|]. intros x. specialize (Rest x). simpl.
      set (y := dot (input r) x) in *. set (D := directional rows x nu) in *.
      assert (B2 : target r * target r = 1) by (destruct Hb as [-> | ->]; ring).
      replace (weight r * (2 * (1 - target r * theta y) * theta1 y) * (target r * dot (input r) nu))
        with (- (weight r * (2 * (theta y - target r) * theta1 y) * dot (input r) nu)
              + weight r * 2 * theta1 y * dot (input r) nu * theta y * (1 - target r * target r)) by ring.
      rewrite B2. lra.
    - inversion Hex as [? ? H1|? ? H1]; subst; [lra|]. destruct (IH Hc' Hall' H1) as [r' [Hin [Hp' Hb']]].
      exists r'. split; [right; assumption|]. split; [assumption|]. intros x. specialize (Hb' x).
      assert (T := row_term r nu (dot (input r) x) Hw Hb H0). simpl. lra.
  Qed.

  Lemma rate_positive r x : 0 < weight r -> target r = 1 \/ target r = -1 ->
    0 < weight r * (2 * (1 - target r * theta (dot (input r) x)) * theta1 (dot (input r) x)).
  Proof.
    intros Hw Hb. destruct (Hrange (dot (input r) x)). assert (P := Hpos (dot (input r) x)).
    apply Rmult_lt_0_compat; [assumption|]. apply Rmult_lt_0_compat; [|assumption]. destruct Hb as [-> | ->]; lra.
  Qed.

  (** <grad E(x), nu> < 0 for every x. *)
  Theorem descent_direction n nu rows : classification n rows -> separates n nu rows -> forall x, directional rows x nu < 0.
  Proof.
    intros Hc Hs x. destruct (directional_below n nu rows Hc Hs) as [r [Hin [Hp H]]]. specialize (H x).
    destruct (proj1 (Forall_forall _ _) Hc r Hin) as [_ [Hw Hb]]. assert (P := rate_positive r x Hw Hb).
    assert (0 < weight r * (2 * (1 - target r * theta (dot (input r) x)) * theta1 (dot (input r) x)) * (target r * dot (input r) nu));
      [apply Rmult_lt_0_compat; assumption|lra].
  Qed.

  (** The gradient vanishes nowhere. *)
  Theorem gradient_nonzero n nu rows : classification n rows -> separates n nu rows ->
    forall x, ~ (forall i, (i < n)%nat -> partial theta theta1 rows x i = 0).
  Proof.
    intros Hc Hs x Hz. assert (D := descent_direction n nu rows Hc Hs x).
    rewrite (directional_sum n) in D; [|eapply Forall_impl; [|exact Hc]; intros r [H _]; exact H|apply Hs].
    rewrite (sum_n_ext _ (fun i => 0 * nth i nu 0)) in D by (intros i Hi; rewrite (Hz i Hi); ring).
    rewrite sum_n_scal in D. lra.
  Qed.

  Hypothesis Hcont : forall z, continuity_pt theta z.
  Hypothesis Hcont1 : forall z, continuity_pt theta1 z.

  (** No trajectory of the gradient flow is bounded. *)
  Theorem no_bounded_trajectory n nu rows alpha X : classification n rows -> separates n nu rows -> 0 < alpha ->
    solution alpha theta theta1 n rows X -> ~ bounded n X.
  Proof.
    intros Hc Hs Ha HX [M0 HM0].
    set (M := Rabs M0). assert (HM : forall t, 0 < t -> Forall (fun u => Rabs u <= M) (X t)).
    { intros t Ht. apply (within_bound M n); [apply (HX t Ht)|]. intros i Hi. eapply Rle_trans; [apply HM0; assumption|apply Rle_abs]. }
    assert (PM : 0 <= M) by apply Rabs_pos.
    destruct (directional_below n nu rows Hc Hs) as [r [Hin [Hp Hbelow]]].
    destruct (proj1 (Forall_forall _ _) Hc r Hin) as [_ [Hw Hb]].
    pose (k := fun y => weight r * (2 * (1 - target r * theta y) * theta1 y) * (target r * dot (input r) nu)).
    set (L := l1 (input r) * M). assert (PL : 0 <= L) by (apply Rmult_le_pos; [apply l1_nonneg|assumption]).
    destruct (continuity_ab_min k (- L) L) as [y0 [Hmin Hy0]]; [lra| |].
    { intros y _. unfold k.
      apply (continuity_pt_mult (fun y => weight r * (2 * (1 - target r * theta y) * theta1 y)) (fun _ => target r * dot (input r) nu)).
      - apply (continuity_pt_mult (fun _ => weight r) (fun y => 2 * (1 - target r * theta y) * theta1 y)); [apply continuity_pt_const; intros ? ?; reflexivity|].
        apply (continuity_pt_mult (fun y => 2 * (1 - target r * theta y)) theta1); [|apply Hcont1].
        apply (continuity_pt_mult (fun _ => 2) (fun y => 1 - target r * theta y)); [apply continuity_pt_const; intros ? ?; reflexivity|].
        apply (continuity_pt_minus (fun _ => 1) (fun y => target r * theta y)); [apply continuity_pt_const; intros ? ?; reflexivity|].
        apply (continuity_pt_mult (fun _ => target r) theta); [apply continuity_pt_const; intros ? ?; reflexivity|apply Hcont].
      - apply continuity_pt_const. intros ? ?. reflexivity. }
    assert (Pk : 0 < k y0).
    { unfold k. apply Rmult_lt_0_compat; [|assumption]. destruct (Hrange y0). assert (P := Hpos y0).
      apply Rmult_lt_0_compat; [assumption|]. apply Rmult_lt_0_compat; [|assumption]. destruct Hb as [-> | ->]; lra. }
    set (phi := fun t => sum_n (fun i => nth i nu 0 * nth i (X t) 0) n).
    assert (Hrows : Forall (fun r => length (input r) = n) rows) by (eapply Forall_impl; [|exact Hc]; intros r' [H _]; exact H).
    assert (Hnu : length nu = n) by apply Hs.
    assert (Dphi : forall t, 0 < t -> derivable_pt_lim phi t (- alpha * directional rows (X t) nu)).
    { intros t Ht. destruct (HX t Ht) as [_ Hd]. rewrite (directional_sum n) by assumption. rewrite <- sum_n_scal. unfold phi.
      rewrite (sum_n_ext _ (fun i => nth i nu 0 * (- alpha * partial theta theta1 rows (X t) i))) by (intros; ring).
      apply (sum_n_derivable (fun i s => nth i nu 0 * nth i (X s) 0)). intros i Hi.
      apply (derivable_pt_lim_scal (fun s => nth i (X s) 0)). apply Hd. assumption. }
    assert (Bphi : forall t, 0 < t -> Rabs (phi t) <= l1 nu * M).
    { intros t Ht. unfold phi. destruct (HX t Ht) as [Hl _]. rewrite <- (dot_sum nu n (X t) Hnu Hl). apply dot_bound; [assumption|apply HM; assumption]. }
    assert (PB : 0 <= l1 nu * M) by (apply Rmult_le_pos; [apply l1_nonneg|assumption]).
    set (tau := 2 * (l1 nu * M) / (alpha * k y0) + 1).
    assert (Pak : 0 < alpha * k y0) by (apply Rmult_lt_0_compat; assumption).
    assert (Ptau : 0 < tau) by (unfold tau; assert (0 <= 2 * (l1 nu * M) / (alpha * k y0)) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; assumption]); lra).
    destruct (MVT_cor2 phi (fun t => - alpha * directional rows (X t) nu) 1 (1 + tau)) as [c [Hc1 Hc2]]; [lra|intros; apply Dphi; lra|].
    assert (Pc : 0 < c) by lra.
    assert (K : k y0 <= - directional rows (X c) nu).
    { eapply Rle_trans; [|apply Hbelow]. apply (Hmin (dot (input r) (X c))).
      assert (Q := dot_bound (input r) M (X c) PM (HM c Pc)). fold L in Q. apply Rabs_le_inv in Q. assumption. }
    assert (Big : alpha * k y0 * tau <= phi (1 + tau) - phi 1).
    { rewrite Hc1. replace (1 + tau - 1) with tau by ring. apply Rmult_le_compat_r; [lra|].
      assert (alpha * k y0 <= alpha * - directional rows (X c) nu) by (apply Rmult_le_compat_l; lra). lra. }
    assert (Exact : alpha * k y0 * tau = 2 * (l1 nu * M) + alpha * k y0) by (unfold tau; field; lra).
    assert (B1 := Bphi 1 Rlt_0_1). assert (B2 := Bphi (1 + tau)). assert (B2' : Rabs (phi (1 + tau)) <= l1 nu * M) by (apply B2; lra).
    apply Rabs_le_inv in B1. apply Rabs_le_inv in B2'. lra.
  Qed.

  (** Independent rows: the printed lemma for theta' > 0; no half space needed. *)
  Theorem independent_rows_diverge n rows alpha X : rows <> [] -> classification n rows -> independent n (map input rows) -> 0 < alpha ->
    (forall x, ~ (forall i, (i < n)%nat -> partial theta theta1 rows x i = 0)) /\
    (solution alpha theta theta1 n rows X -> ~ bounded n X).
  Proof.
    intros Hne Hc Hi Ha.
    assert (HA : Forall (fun a => length a = n) (map input rows)).
    { apply Forall_map. eapply Forall_impl; [|exact Hc]. intros r [H _]. exact H. }
    destruct (solve n _ HA Hi (map target rows)) as [nu [Hnu Snu]]; [rewrite !map_length; reflexivity|].
    rewrite map_map in Snu.
    assert (One : Forall (fun r => target r * dot (input r) nu = 1) rows).
    { clear - Hc Snu. induction Hc as [|r rows [_ [_ Hb]] Hc IH]; constructor; simpl in Snu; injection Snu as S1 S2.
      - rewrite S1. destruct Hb as [-> | ->]; ring.
      - apply IH. assumption. }
    assert (Hs : separates n nu rows).
    { split; [assumption|]. split.
      - eapply Forall_impl; [|exact One]. intros r H. simpl in H. lra.
      - destruct rows as [|r rows]; [congruence|]. inversion One; subst. apply Exists_cons_hd. lra. }
    split; [apply (gradient_nonzero n nu); assumption|intros HX; apply (no_bounded_trajectory n nu rows alpha); assumption].
  Qed.
End Sigmoid.

(** ** The tanh unit. *)

Definition tanh1 (y : R) : R := 1 - tanh y ^ 2.

Lemma tanh_range y : -1 < tanh y < 1.
Proof. rewrite tanh_sig. assert (H1 := sig_pos y). assert (H2 := sig_lt_1 y). lra. Qed.

Lemma tanh1_pos y : 0 < tanh1 y.
Proof. unfold tanh1. destruct (tanh_range y). nra. Qed.

Lemma tanh_derivable y : derivable_pt_lim tanh y (tanh1 y).
Proof.
  apply (derivable_pt_lim_ext (fun y => 1 + sig y * -2)); [intros; rewrite tanh_sig; ring|].
  eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_comp sig (fun t => 1 + t * -2)); [apply sig_derivable|apply derivable_pt_lim_affine]. }
  unfold tanh1. rewrite tanh_sig. ring.
Qed.

Lemma tanh_continuous y : continuity_pt tanh y.
Proof. apply derivable_continuous_pt. exists (tanh1 y). apply tanh_derivable. Qed.

Lemma tanh1_continuous y : continuity_pt tanh1 y.
Proof.
  apply derivable_continuous_pt. exists (0 - (tanh1 y * tanh y + tanh y * tanh1 y)).
  apply (derivable_pt_lim_ext (fun y => 1 - tanh y * tanh y)); [intros; unfold tanh1; ring|].
  apply (derivable_pt_lim_minus (fun _ => 1) (fun y => tanh y * tanh y)); [apply derivable_pt_lim_const|].
  apply (derivable_pt_lim_mult tanh tanh); apply tanh_derivable.
Qed.

(** For the tanh unit of [Surface]: no critical point, hence no local minimum, and no bounded trajectory. *)
Theorem tanh_separable n nu rows : classification n rows -> separates n nu rows ->
  (forall x, ~ critical n (E rows) x) /\
  (forall x, ~ local_min n (E rows) x) /\
  (forall alpha X, 0 < alpha -> solution alpha tanh tanh1 n rows X -> ~ bounded n X).
Proof.
  intros Hc Hs.
  assert (DD : forall x v, DE rows x v = directional tanh tanh1 rows x v).
  { intros x v. clear. induction rows as [|r rows IH]; simpl; [reflexivity|]. rewrite IH. unfold h1, tanh1. rewrite tanh_sig. ring. }
  assert (Neg := descent_direction tanh tanh1 tanh_range tanh1_pos n nu rows Hc Hs).
  assert (Hnu : length nu = n) by apply Hs.
  split; [|split].
  - intros x [Hx Hcrit]. assert (D := DE_derivable rows x nu (eq_trans Hnu (eq_sym Hx))).
    assert (Z := uniqueness_limite _ _ _ _ D (Hcrit nu Hnu)). rewrite DD in Z. specialize (Neg x). lra.
  - intros x [Hx [d [Hd Hm]]]. assert (D := DE_derivable rows x nu (eq_trans Hnu (eq_sym Hx))).
    destruct (near_move d x nu Hd (eq_trans Hnu (eq_sym Hx))) as [t0 [Ht0 Hnear]].
    assert (Z : DE rows x nu = 0).
    { apply (derivative_at_local_min _ _ t0 D Ht0). intros t Ht. rewrite move_0 by congruence. apply Hm. apply Hnear. assumption. }
    rewrite DD in Z. specialize (Neg x). lra.
  - intros alpha X Ha. apply (no_bounded_trajectory tanh tanh1 tanh_range tanh1_pos tanh_continuous tanh1_continuous n nu rows alpha X Hc Hs Ha).
Qed.

(** ** Where the printed statements fail. *)

(** theta(z) = tanh(z^3): odd, strictly increasing, with limits 1 and -1, a composition of smooth functions. *)
Definition flat (z : R) : R := tanh (z ^ 3).
Definition flat1 (z : R) : R := 3 * z ^ 2 * tanh1 (z ^ 3).

Lemma flat_derivable z : derivable_pt_lim flat z (flat1 z).
Proof.
  eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_comp (fun z => z ^ 3) tanh); [apply derivable_pt_lim_pow|apply tanh_derivable]. }
  unfold flat1. simpl. ring.
Qed.

Lemma tanh_increasing u v : u < v -> tanh u < tanh v.
Proof.
  intros H. rewrite !tanh_sig. assert (sig v < sig u); [|lra]. unfold sig.
  assert (Hu := exp2_pos u). assert (Hv := exp2_pos v).
  apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra|]. assert (exp (2 * u) < exp (2 * v)) by (apply exp_increasing; lra). lra.
Qed.

Lemma tanh_odd z : tanh (- z) = - tanh z.
Proof.
  rewrite !tanh_sig. assert (sig (- z) = 1 - sig z); [|lra].
  rewrite one_minus_sig. unfold sig. replace (2 * - z) with (- (2 * z)) by ring. rewrite exp_Ropp. assert (P := exp2_pos z). field. split; lra.
Qed.

Lemma tanh_limit eps : 0 < eps -> exists z0, forall z, z0 < z -> 1 - eps < tanh z.
Proof.
  intros He. exists (/ eps). intros z Hz. rewrite tanh_sig. unfold sig.
  assert (Pi : 0 < / eps) by (apply Rinv_0_lt_compat; assumption).
  assert (Ez : 2 * / eps < 1 + exp (2 * z)) by (generalize (exp_ineq1_le (2 * z)); lra).
  assert (/ (1 + exp (2 * z)) < eps / 2); [|lra].
  replace (eps / 2) with (/ (2 * / eps)) by (field; lra). apply Rinv_lt_contravar; [|assumption].
  apply Rmult_lt_0_compat; [lra|]. lra.
Qed.

Lemma cube_increasing u v : u < v -> u ^ 3 < v ^ 3.
Proof.
  intros H. assert (E : v ^ 3 - u ^ 3 = (v - u) * (u ^ 2 + u * v + v ^ 2)) by ring.
  assert (0 < u ^ 2 + u * v + v ^ 2).
  { assert (H1 := pow2_ge_0 (u + v)). destruct (Req_dec u 0) as [->|Hu]; [assert (0 < v) by lra; nra|nra]. }
  assert (0 < (v - u) * (u ^ 2 + u * v + v ^ 2)) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

(** As printed the lemma is false: one weight, one row, in a half space and independent, and a solution that rests. *)
Theorem printed_lemma_fails :
  (forall z, flat (- z) = - flat z) /\ (forall u v, u < v -> flat u < flat v) /\
  (forall z, -1 < flat z < 1) /\ (forall eps, 0 < eps -> exists z0, forall z, z0 < z -> 1 - eps < flat z) /\
  (forall z, derivable_pt_lim flat z (flat1 z)) /\
  let rows := [Row [1] 1 1] in
  separates 1 [1] rows /\ independent 1 (map input rows) /\
  forall alpha, solution alpha flat flat1 1 rows (fun _ => [0]) /\ bounded 1 (fun _ => [0]).
Proof.
  split. { intros z. unfold flat. replace ((- z) ^ 3) with (- z ^ 3) by ring. apply tanh_odd. }
  split. { intros u v H. apply tanh_increasing, cube_increasing. assumption. }
  split. { intros z. apply tanh_range. }
  split. { intros eps He. destruct (tanh_limit eps He) as [z0 Hz0]. exists (Rmax 1 z0). intros z Hz. apply Hz0.
    assert (A1 := Rmax_l 1 z0). assert (A2 := Rmax_r 1 z0). assert (1 <= z * z) by nra. nra. }
  split. { apply flat_derivable. }
  cbv zeta. split; [|split].
  - split; [reflexivity|]. split; [repeat constructor; simpl; lra|]. apply Exists_cons_hd. simpl. lra.
  - apply independent_forms; [repeat constructor|]. intros [|c1 [|]] Hc H; try discriminate. specialize (H [1] eq_refl). simpl in *. f_equal. lra.
  - intros alpha. split.
    + intros t Ht. split; [reflexivity|]. intros i Hi. assert (i = O) by lia. subst i.
      eapply derivable_pt_lim_val; [|apply derivable_pt_lim_const]. simpl. unfold flat1.
      replace (1 * 0 + 0) with 0 by ring. ring.
    + exists 0. intros t Ht i Hi. assert (i = O) by lia. subst i. simpl. rewrite Rabs_R0. lra.
Qed.

(** A closed half space without independence is not enough either: the rows (1,0) and (-1,0) lie in <., (0,1)> >= 0,
    and x = 0 is a rest point of the tanh unit. *)
Theorem half_space_alone_fails :
  let rows := [Row [1; 0] 1 1; Row [-1; 0] 1 1] in
  classification 2 rows /\ Forall (fun r => 0 <= dot (input r) [0; 1]) rows /\
  forall alpha, solution alpha tanh tanh1 2 rows (fun _ => [0; 0]) /\ bounded 2 (fun _ => [0; 0]).
Proof.
  cbv zeta. split; [|split].
  - repeat constructor; simpl; lra.
  - repeat constructor; simpl; lra.
  - intros alpha. split.
    + intros t Ht. split; [reflexivity|]. intros i Hi.
      destruct i as [|[|i]]; [| |lia]; (eapply derivable_pt_lim_val; [|apply derivable_pt_lim_const]); simpl;
        replace (1 * 0 + (0 * 0 + 0)) with 0 by ring; replace (-1 * 0 + (0 * 0 + 0)) with 0 by ring; ring.
    + exists 0. intros t Ht i Hi. destruct i as [|[|i]]; [| |lia]; simpl; rewrite Rabs_R0; lra.
Qed.
