(** * Lemma 3.1 of Sontag and Sussmann (1989), and the change of variables xi = e^(2x).

    h(p, q, u) = (p + q u^2)/(1 + u)^2 is the error of p instances a and q instances -a at u = e^(2<a,x>), over 4. *)

Require Import Reals ZArith List Lra Lia Psatz.
Require Import Spurious.Surface Spurious.Vectors Spurious.Sigmoid.
Import ListNotations.
Open Scope R_scope.

Definition h (p q u : R) : R := (p + q * u ^ 2) / (1 + u) ^ 2.

(** h - pq/(p+q) is a square. *)
Lemma h_square p q u : 0 < p -> 0 < q -> -1 < u -> h p q u - p * q / (p + q) = ((q * u - p) / (1 + u)) ^ 2 / (p + q).
Proof. intros Hp Hq Hu. unfold h. field. split; lra. Qed.

Lemma slope_increasing p q u v : 0 <= p -> 0 <= q -> 0 < p + q -> -1 < u -> u < v -> (q * u - p) / (1 + u) < (q * v - p) / (1 + v).
Proof.
  intros Hp Hq Hpq Hu Huv.
  assert (E : (q * v - p) / (1 + v) - (q * u - p) / (1 + u) = (v - u) * (p + q) / ((1 + u) * (1 + v))) by (field; lra).
  assert (0 < (v - u) * (p + q) / ((1 + u) * (1 + v))); [|lra].
  apply Rdiv_lt_0_compat; apply Rmult_lt_0_compat; lra.
Qed.

Lemma h_derivable p q u : -1 < u -> derivable_pt_lim (h p q) u (2 * (q * u - p) / (1 + u) ^ 3).
Proof.
  intros Hu. unfold h.
  apply (derivable_pt_lim_ext (fun u => ((p + u * (0 + u * q)) / ((1 + u * 1) * (1 + u * 1))))).
  { intros t. f_equal; ring. }
  eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_div (fun u => p + u * (0 + u * q)) (fun u => (1 + u * 1) * (1 + u * 1))).
       - apply (derivable_pt_lim_plus (fun _ => p)); [apply derivable_pt_lim_const|].
         apply (derivable_pt_lim_mult (fun u => u) (fun u => 0 + u * q)); [apply derivable_pt_lim_id|apply derivable_pt_lim_affine].
       - apply (derivable_pt_lim_mult (fun u => 1 + u * 1) (fun u => 1 + u * 1)); apply derivable_pt_lim_affine.
       - assert (0 < (1 + u * 1) * (1 + u * 1)); [|lra]. apply Rmult_lt_0_compat; lra. }
  unfold Rsqr. field. lra.
Qed.

(** Lemma 3.1, on u > -1 (the paper needs u > 0): the minimum is at p/q, of value pq/(p+q), attained only there;
    h decreases before and increases after; the derivative is (3.10), and p/q is the only critical point. *)
Theorem lemma_3_1 p q : 0 < p -> 0 < q ->
  h p q (p / q) = p * q / (p + q) /\
  (forall u, -1 < u -> p * q / (p + q) <= h p q u) /\
  (forall u, -1 < u -> h p q u = p * q / (p + q) -> u = p / q) /\
  (forall u v, -1 < u -> u < v -> v <= p / q -> h p q v < h p q u) /\
  (forall u v, p / q <= u -> u < v -> h p q u < h p q v) /\
  (forall u, -1 < u -> derivable_pt_lim (h p q) u (2 * (q * u - p) / (1 + u) ^ 3)) /\
  (forall u, -1 < u -> derivable_pt_lim (h p q) u 0 -> u = p / q).
Proof.
  intros Hp Hq.
  assert (Hpq : 0 < p / q) by (apply Rdiv_lt_0_compat; assumption).
  assert (Zero : (q * (p / q) - p) / (1 + p / q) = 0) by (field; lra).
  assert (Inv : 0 < / (p + q)) by (apply Rinv_0_lt_compat; lra).
  repeat split.
  - unfold h. field. lra.
  - intros u Hu. assert (E := h_square p q u Hp Hq Hu).
    assert (0 <= ((q * u - p) / (1 + u)) ^ 2 / (p + q)); [|lra].
    apply Rmult_le_pos; [apply pow2_ge_0|lra].
  - intros u Hu E. assert (S := h_square p q u Hp Hq Hu). rewrite E, Rminus_diag_eq in S by reflexivity.
    destruct (Rtotal_order u (p / q)) as [Hlt|[|Hgt]]; [exfalso|assumption|exfalso].
    + assert (L := slope_increasing p q u (p / q)). rewrite Zero in L.
      assert (0 < ((q * u - p) / (1 + u)) ^ 2 / (p + q)); [|lra].
      apply Rmult_lt_0_compat; [|assumption]. nra.
    + assert (L := slope_increasing p q (p / q) u). rewrite Zero in L.
      assert (0 < ((q * u - p) / (1 + u)) ^ 2 / (p + q)); [|lra].
      apply Rmult_lt_0_compat; [|assumption]. nra.
  - intros u v Hu Huv Hv. assert (E1 := h_square p q u Hp Hq Hu). assert (Hv1 : -1 < v) by lra.
    assert (E2 := h_square p q v Hp Hq Hv1).
    assert (L1 := slope_increasing p q u v). assert (L2 : (q * v - p) / (1 + v) <= 0).
    { destruct (Req_dec v (p / q)) as [->|]; [lra|]. rewrite <- Zero. left. apply slope_increasing; lra. }
    assert (((q * v - p) / (1 + v)) ^ 2 / (p + q) < ((q * u - p) / (1 + u)) ^ 2 / (p + q)); [|lra].
    apply Rmult_lt_compat_r; [assumption|]. nra.
  - intros u v Hu Huv. assert (Hu1 : -1 < u) by lra. assert (E1 := h_square p q u Hp Hq Hu1). assert (Hv1 : -1 < v) by lra.
    assert (E2 := h_square p q v Hp Hq Hv1).
    assert (L1 := slope_increasing p q u v). assert (L2 : 0 <= (q * u - p) / (1 + u)).
    { destruct (Req_dec u (p / q)) as [->|]; [lra|]. rewrite <- Zero. left. apply slope_increasing; lra. }
    assert (((q * u - p) / (1 + u)) ^ 2 / (p + q) < ((q * v - p) / (1 + v)) ^ 2 / (p + q)); [|lra].
    apply Rmult_lt_compat_r; [assumption|]. nra.
  - intros u Hu. apply h_derivable. assumption.
  - intros u Hu H0. assert (E := uniqueness_limite _ _ _ _ (h_derivable p q u Hu) H0).
    assert (P3 : 0 < (1 + u) ^ 3) by (apply pow_lt; lra).
    assert (Z : 2 * (q * u - p) = 0).
    { replace (2 * (q * u - p)) with (2 * (q * u - p) / (1 + u) ^ 3 * (1 + u) ^ 3) by (field; lra). rewrite E. ring. }
    apply Rmult_eq_reg_l with q; [|lra]. field_simplify; [lra|lra].
Qed.

(** The text after Lemma 3.1: with exactly one of p, q zero there is no minimum on u > 0. *)
Theorem lemma_3_1_degenerate p q : 0 <= p -> 0 <= q -> 0 < p + q -> p * q = 0 ->
  forall u, 0 < u -> exists v, 0 < v /\ h p q v < h p q u.
Proof.
  intros Hp Hq Hpq H0 u Hu. apply Rmult_integral in H0. destruct H0 as [-> | ->].
  - exists (u / 2). split; [lra|]. unfold h.
    assert (E : (0 + q * u ^ 2) / (1 + u) ^ 2 - (0 + q * (u / 2) ^ 2) / (1 + u / 2) ^ 2
      = q * u ^ 2 * ((1 + u / 2) ^ 2 - (1 + u) ^ 2 / 4) / ((1 + u) ^ 2 * (1 + u / 2) ^ 2)) by (field; lra).
    assert (0 < q * u ^ 2 * ((1 + u / 2) ^ 2 - (1 + u) ^ 2 / 4) / ((1 + u) ^ 2 * (1 + u / 2) ^ 2)); [|lra].
    apply Rdiv_lt_0_compat; repeat apply Rmult_lt_0_compat; try nra.
  - exists (u + 1). split; [lra|]. unfold h.
    assert (E : (p + 0 * u ^ 2) / (1 + u) ^ 2 - (p + 0 * (u + 1) ^ 2) / (1 + (u + 1)) ^ 2
      = p * (2 * u + 3) / ((1 + u) ^ 2 * (2 + u) ^ 2)) by (field; lra).
    assert (0 < p * (2 * u + 3) / ((1 + u) ^ 2 * (2 + u) ^ 2)); [|lra].
    apply Rdiv_lt_0_compat; repeat apply Rmult_lt_0_compat; nra.
Qed.

(** (3.3). *)
Lemma eq_3_3 u : (tanh u - 1) ^ 2 = 4 / (1 + exp (2 * u)) ^ 2.
Proof.
  rewrite tanh_sig. unfold sig. assert (H := exp2_pos u). field. lra.
Qed.

(** The transformation T: xi_i = e^(2 x_i), and the monomials (3.4). *)
Definition T (x : list R) : list R := map (fun t => exp (2 * t)) x.

Fixpoint mono (xi : list R) (a : list Z) : R :=
  match xi, a with
  | x :: xi', a1 :: a' => powerRZ x a1 * mono xi' a'
  | _, _ => 1
  end.

Definition positive (xi : list R) : Prop := Forall (fun t => 0 < t) xi.

Lemma T_positive x : positive (T x).
Proof. unfold T, positive. induction x; simpl; constructor; [apply exp_pos|assumption]. Qed.

Lemma T_length x : length (T x) = length x.
Proof. apply map_length. Qed.

Lemma T_onto xi : positive xi -> xi = T (map (fun t => ln t / 2) xi).
Proof.
  intros H. unfold T. rewrite map_map. induction H as [|t xi Ht H IH]; simpl; [reflexivity|].
  rewrite <- IH. f_equal. replace (2 * (ln t / 2)) with (ln t) by field. symmetry. apply exp_ln. assumption.
Qed.

Lemma T_injective x : forall y, T x = T y -> x = y.
Proof.
  induction x as [|x1 x IH]; intros [|y1 y] H; try discriminate; [reflexivity|]. simpl in H. injection H as H1 H2.
  apply exp_inv in H1. f_equal; [lra|]. apply IH. assumption.
Qed.

Lemma mono_T x : forall a, mono (T x) a = exp (2 * dot (map IZR a) x).
Proof.
  induction x as [|x1 x IH]; intros [|a1 a]; simpl; try (rewrite Rmult_0_r, exp_0; reflexivity).
  rewrite IH, Rmult_plus_distr_l, exp_plus. f_equal.
  rewrite powerRZ_Rpower by apply exp_pos. unfold Rpower. rewrite ln_exp. f_equal. ring.
Qed.

Lemma mono_positive xi a : positive xi -> 0 < mono xi a.
Proof. intros H. rewrite (T_onto xi H), mono_T. apply exp_pos. Qed.

(** (3.5): psi(xi) = sum of alpha_a / (1 + xi^a)^2, and phi = 4 psi. *)
Fixpoint psi (rows : list (list Z * R)) (xi : list R) : R :=
  match rows with
  | [] => 0
  | (a, alpha) :: rest => alpha / (1 + mono xi a) ^ 2 + psi rest xi
  end.

Definition phi_rows (rows : list (list Z * R)) : list row := map (fun r => Row (map IZR (fst r)) 1 (snd r)) rows.

Theorem eq_3_5 rows x : E (phi_rows rows) x = 4 * psi rows (T x).
Proof.
  induction rows as [|[a alpha] rows IH]; simpl; [ring|].
  fold (phi_rows rows). rewrite IH, mono_T.
  change ((tanh (dot (map IZR a) x) - 1) * ((tanh (dot (map IZR a) x) - 1) * 1)) with ((tanh (dot (map IZR a) x) - 1) ^ 2).
  rewrite eq_3_3. assert (H := exp2_pos (dot (map IZR a) x)). field. lra.
Qed.

(** ** Minima correspond under T. *)

Definition local_min_positive (n : nat) (f : list R -> R) (xi : list R) : Prop :=
  length xi = n /\ positive xi /\ exists d, 0 < d /\ forall eta, positive eta -> near d xi eta -> f xi <= f eta.

Definition global_min (n : nat) (f : list R -> R) (x : list R) : Prop :=
  length x = n /\ forall y, length y = n -> f x <= f y.

Definition global_min_positive (n : nat) (f : list R -> R) (xi : list R) : Prop :=
  length xi = n /\ positive xi /\ forall eta, length eta = n -> positive eta -> f xi <= f eta.

(** A coordinatewise continuous map preserves nearness. *)
Lemma near_map (g : R -> R) x : (forall t, In t x -> continuity_pt g t) ->
  forall e, 0 < e -> exists d, 0 < d /\ forall y, near d x y -> near e (map g x) (map g y).
Proof.
  intros Hg e He. induction x as [|x1 x IH].
  - exists 1. split; [lra|]. intros y Hy. inversion Hy. constructor.
  - destruct IH as [d [Hd IH]]; [intros; apply Hg; right; assumption|].
    destruct (Hg x1 (or_introl eq_refl) e He) as [d1 [Hd1 H1]].
    exists (Rmin d d1). split; [apply Rmin_glb_lt; assumption|].
    intros y Hy. inversion Hy as [|? y1 ? y' Hy1 Hy']; subst. simpl. constructor.
    + destruct (Req_dec x1 y1) as [->|Hne]; [rewrite Rminus_diag_eq, Rabs_R0 by reflexivity; assumption|].
      apply H1. split; [split; [exact I|assumption]|]. simpl. unfold R_dist.
      eapply Rlt_le_trans; [exact Hy1|apply Rmin_r].
    + apply IH. eapply near_weaken; [apply Rmin_l|exact Hy'].
Qed.

Theorem local_minima_correspond n f x :
  local_min n (fun x => f (T x)) x <-> local_min_positive n f (T x).
Proof.
  split.
  - intros [Hl [d [Hd H]]]. split; [rewrite T_length; assumption|]. split; [apply T_positive|].
    destruct (near_map (fun t => ln t / 2) (T x)) with (e := d) as [d' [Hd' Hn]]; [|assumption|].
    { intros t Ht. assert (0 < t) by (apply (proj1 (Forall_forall _ _) (T_positive x)); assumption).
      apply derivable_continuous_pt. exists (/ t * / 2).
      apply (derivable_pt_lim_ext (fun t => 0 + ln t * / 2)); [intros; unfold Rdiv; ring|].
      eapply derivable_pt_lim_val.
      2: { apply (derivable_pt_lim_comp ln (fun t => 0 + t * / 2)); [apply derivable_pt_lim_ln; assumption|apply derivable_pt_lim_affine]. }
      ring. }
    exists d'. split; [assumption|]. intros eta Heta Hnear.
    rewrite (T_onto eta Heta). apply H.
    specialize (Hn eta Hnear).
    replace (map (fun t => ln t / 2) (T x)) with x in Hn; [assumption|].
    apply T_injective. apply T_onto. apply T_positive.
  - intros [Hl [_ [d [Hd H]]]]. rewrite T_length in Hl. split; [assumption|].
    destruct (near_map (fun t => exp (2 * t)) x) with (e := d) as [d' [Hd' Hn]]; [|assumption|].
    { intros t _. apply derivable_continuous_pt. exists (exp (0 + t * 2) * 2).
      apply (derivable_pt_lim_ext (fun t => exp (0 + t * 2))); [intros; f_equal; ring|].
      apply (derivable_pt_lim_comp (fun t => 0 + t * 2) exp); [apply derivable_pt_lim_affine|apply derivable_pt_lim_exp]. }
    exists d'. split; [assumption|]. intros y Hy. apply H; [apply T_positive|]. apply Hn. assumption.
Qed.

Theorem global_minima_correspond n f x :
  global_min n (fun x => f (T x)) x <-> global_min_positive n f (T x).
Proof.
  split.
  - intros [Hl H]. split; [rewrite T_length; assumption|]. split; [apply T_positive|].
    intros eta Hl' Heta. rewrite (T_onto eta Heta). apply H. rewrite map_length. assumption.
  - intros [Hl [_ H]]. rewrite T_length in Hl. split; [assumption|]. intros y Hy. apply H; [rewrite T_length; assumption|apply T_positive].
Qed.

(** The minima of phi are those of psi. *)
Corollary minima_of_phi_and_psi n rows x :
  (local_min n (E (phi_rows rows)) x <-> local_min_positive n (psi rows) (T x)) /\
  (global_min n (E (phi_rows rows)) x <-> global_min_positive n (psi rows) (T x)).
Proof.
  rewrite <- local_minima_correspond, <- global_minima_correspond. unfold local_min, global_min.
  split; split; intros [Hl H]; (split; [exact Hl|]).
  - destruct H as [d [Hd H]]. exists d. split; [exact Hd|]. intros y Hy. specialize (H y Hy). rewrite !eq_3_5 in H. lra.
  - destruct H as [d [Hd H]]. exists d. split; [exact Hd|]. intros y Hy. specialize (H y Hy). rewrite !eq_3_5. lra.
  - intros y Hy. specialize (H y Hy). rewrite !eq_3_5 in H. lra.
  - intros y Hy. specialize (H y Hy). rewrite !eq_3_5. lra.
Qed.
