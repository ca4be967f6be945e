(** * The inverse of a function with positive derivative, and sigmoids.

    Sontag (1988), section 2: a sigmoid theta is smooth, strictly increasing and odd, with limits 1 and -1. The print takes T =
    (theta, ..., theta) for a diffeomorphism of R^n with (-1, 1)^n. It is one, coordinate by coordinate, where theta' > 0
    ([sigmoid_inverse], which has tanh and (2/pi) arctan as instances); theta(z) = tanh(z^3) is smooth, strictly increasing
    and odd, and its inverse has no derivative at 0 ([printed_diffeomorphism_fails]). *)

Require Import Reals Lra Lia Psatz.
Require Import Spurious.Sigmoid Spurious.Derivatives Spurious.LogLaw.
Open Scope R_scope.

(** Derivatives of every order. *)
Definition smooth (f : R -> R) : Prop := exists D : nat -> R -> R, (forall z, D O z = f z) /\
  forall k z, derivable_pt_lim (D k) z (D (S k) z).

Definition increasing (f : R -> R) : Prop := forall u v, u < v -> f u < f v.
Definition odd (f : R -> R) : Prop := forall z, f (- z) = - f z.

(** Values between -1 and 1, as near to 1 as one likes; by oddness to -1 too. *)
Definition sigmoid (theta : R -> R) : Prop := increasing theta /\ odd theta /\ (forall z, -1 < theta z < 1) /\
  (forall e, 0 < e -> exists M, forall z, M < z -> 1 - e < theta z) /\ smooth theta.

Lemma smooth_derivable f : smooth f -> forall z, exists l, derivable_pt_lim f z l.
Proof. intros [D [D0 DS]] z. exists (D 1%nat z). apply (derivable_pt_lim_ext (D O)); [assumption|apply DS]. Qed.

Lemma smooth_continuous f : smooth f -> continuity f.
Proof. intros H z. destruct (smooth_derivable f H z) as [l Hl]. apply derivable_continuous_pt. exists l. exact Hl. Qed.

Lemma increasing_le f : increasing f -> forall u v, f u <= f v -> u <= v.
Proof. intros H u v L. destruct (Rle_lt_dec u v) as [|Lt]; [assumption|]. apply H in Lt. lra. Qed.

(** The value of the inverse between two values. *)
Lemma onto_between f a b y : continuity f -> a < b -> f a < y < f b -> exists z, a < z < b /\ f z = y.
Proof.
  intros Hc Hab Hy. destruct (IVT (fun z => f z - y) a b) as [z [Hz Ez]]; [|assumption|lra|lra|].
  - intros z. apply (continuity_pt_minus f (fun _ => y)); [apply Hc|apply continuity_pt_const; intros ? ?; reflexivity].
  - exists z. split; [|lra]. destruct Hz as [[L|E1] [U|E2]]; subst; try lra; split; lra.
Qed.

Lemma sigmoid_onto theta y : sigmoid theta -> -1 < y < 1 -> exists z, theta z = y.
Proof.
  intros [Hi [Ho [Hr [Hl Hs]]]] Hy.
  destruct (Hl (1 - y)) as [M1 H1]; [lra|]. destruct (Hl (1 + y)) as [M2 H2]; [lra|].
  set (b := Rmax M1 M2 + 1). assert (b1 : M1 < b) by (unfold b; assert (Z := Rmax_l M1 M2); lra).
  assert (b2 : M2 < b) by (unfold b; assert (Z := Rmax_r M1 M2); lra).
  assert (U := H1 b b1). assert (L := H2 b b2).
  assert (Ob := Ho b). destruct (Rlt_le_dec (- b) b) as [Lt|Ge].
  - destruct (onto_between theta (- b) b y (smooth_continuous _ Hs) Lt) as [z [_ Ez]]; [rewrite Ob; lra|]. exists z. exact Ez.
  - exfalso. assert (I : b <= - b) by lra. destruct I as [I|I]; [apply Hi in I; lra|].
    rewrite <- I in Ob. lra.
Qed.

(** The inverse g of theta: where theta has a derivative l > 0 at g y, g has the derivative 1/l at y. *)
Theorem inverse_derivable (f g : R -> R) (y l a b : R) : increasing f -> continuity f -> a < y < b ->
  (forall u, a < u < b -> f (g u) = u) -> derivable_pt_lim f (g y) l -> 0 < l -> derivable_pt_lim g y (/ l).
Proof.
  intros Hi Hc Hy Hg Hd Hl eps He.
  (* the difference quotient of f stays near l within d of g y *)
  set (e := Rmin (l / 2) (eps * (l * l) / 2)). assert (Hle : 0 < l * l) by (apply Rmult_lt_0_compat; assumption).
  assert (E0 : 0 < e) by (unfold e; apply Rmin_glb_lt; [lra|apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; lra|lra]]).
  assert (E1 : e <= l / 2) by apply Rmin_l. assert (E2 : e <= eps * (l * l) / 2) by apply Rmin_r.
  destruct (Hd e E0) as [d Hd']. set (x := g y) in *. assert (Fx : f x = y) by (apply Hg; assumption).
  assert (Pd := cond_pos d).
  (* within r of y the inverse stays within d of x *)
  assert (Up : f x < f (x + d / 2)) by (apply Hi; lra). assert (Dn : f (x - d / 2) < f x) by (apply Hi; lra).
  set (r := Rmin (Rmin (b - y) (y - a)) (Rmin (f (x + d / 2) - y) (y - f (x - d / 2)))).
  assert (Pr : 0 < r) by (unfold r; repeat apply Rmin_glb_lt; lra).
  assert (R1 : r <= b - y) by (unfold r; eapply Rle_trans; [apply Rmin_l|apply Rmin_l]).
  assert (R2 : r <= y - a) by (unfold r; eapply Rle_trans; [apply Rmin_l|apply Rmin_r]).
  assert (R3 : r <= f (x + d / 2) - y) by (unfold r; eapply Rle_trans; [apply Rmin_r|apply Rmin_l]).
  assert (R4 : r <= y - f (x - d / 2)) by (unfold r; eapply Rle_trans; [apply Rmin_r|apply Rmin_r]).
  exists (mkposreal r Pr). intros h Hh Hhr. simpl in Hhr. apply Rabs_def2 in Hhr. destruct Hhr as [h1 h2].
  assert (Fu : f (g (y + h)) = y + h) by (apply Hg; lra). set (k := g (y + h) - x).
  assert (Gk : g (y + h) = x + k) by (unfold k; ring). rewrite Gk in Fu.
  assert (K0 : k <> 0) by (intros K; rewrite K, Rplus_0_r, Fx in Fu; lra).
  assert (Kd : Rabs k < d).
  { apply Rle_lt_trans with (d / 2); [|lra]. apply Rabs_le. split.
    - assert (x - d / 2 <= x + k); [|lra]. apply (increasing_le f Hi). lra.
    - assert (x + k <= x + d / 2); [|lra]. apply (increasing_le f Hi). lra. }
  assert (Q := Hd' k K0 Kd). rewrite Fu, Fx in Q. replace (y + h - y) with h in Q by ring.
  set (m := h / k) in *. apply Rabs_def2 in Q. destruct Q as [Q1 Q2]. assert (Pm : l / 2 < m) by lra.
  replace (k / h - / l) with ((l - m) * / (m * l)) by (unfold m; field; repeat split; lra).
  rewrite Rabs_mult, (Rabs_right (/ (m * l))) by (left; apply Rinv_0_lt_compat; apply Rmult_lt_0_compat; lra).
  assert (A : Rabs (l - m) < e) by (apply Rabs_def1; lra).
  assert (P : 0 < m * l) by (apply Rmult_lt_0_compat; lra).
  apply Rmult_lt_reg_r with (m * l); [assumption|]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  apply Rlt_le_trans with (1 := A). apply Rle_trans with (1 := E2).
  assert (l * l / 2 <= m * l); [|nra]. assert (l / 2 * l <= m * l) by (apply Rmult_le_compat_r; lra). lra.
Qed.

(** T is a diffeomorphism, coordinate by coordinate, where theta' > 0: theta has an inverse on (-1, 1), with the derivative
    1/theta'. (Its derivatives of higher order follow from this formula.) *)
Theorem sigmoid_inverse theta theta1 : sigmoid theta -> (forall z, derivable_pt_lim theta z (theta1 z)) -> (forall z, 0 < theta1 z) ->
  exists g, (forall z, g (theta z) = z) /\ (forall y, -1 < y < 1 -> theta (g y) = y) /\
            (forall y, -1 < y < 1 -> derivable_pt_lim g y (/ theta1 (g y))).
Proof.
  intros Hs Hd Hp. assert (Choice : forall y, { z | -1 < y < 1 -> theta z = y }).
  { intros y. assert (Hex : -1 < y < 1 -> exists z, theta z = y) by (apply sigmoid_onto; assumption).
    destruct (Rlt_le_dec (-1) y) as [L|L]; [|exists 0; lra]. destruct (Rlt_le_dec y 1) as [U|U]; [|exists 0; lra].
    (* the inverse is the least upper bound of what lies below y *)
    destruct (completeness (fun z => theta z <= y)) as [z [Hub Hlub]].
    - destruct (Hex (conj L U)) as [z Hz]. exists z. intros u Hu. apply (increasing_le theta (proj1 Hs)). lra.
    - destruct (Hex (conj L U)) as [z Hz]. exists z. lra.
    - exists z. intros _. destruct (Hex (conj L U)) as [w Hw].
      assert (w <= z) by (apply Hub; lra). assert (z <= w); [apply Hlub; intros u Hu; apply (increasing_le theta (proj1 Hs)); lra|].
      replace z with w by lra. assumption. }
  exists (fun y => proj1_sig (Choice y)).
  assert (Right : forall y, -1 < y < 1 -> theta (proj1_sig (Choice y)) = y) by (intros y; exact (proj2_sig (Choice y))).
  split; [|split; [exact Right|]].
  - intros z. assert (R := Right (theta z) (proj1 (proj2 (proj2 Hs)) z)).
    apply Rle_antisym; apply (increasing_le theta (proj1 Hs)); lra.
  - intros y Hy. apply (inverse_derivable theta (fun y => proj1_sig (Choice y)) y _ (-1) 1);
      [apply Hs|apply smooth_continuous; apply Hs|assumption|exact Right|apply Hd|apply Hp].
Qed.

(** ** Instances: polynomials in z and two functions T, V whose derivatives are such polynomials. *)

Inductive expr : Set := Z | T | V | C (r : R) | Add (e f : expr) | Mul (e f : expr).

Section Generated.
  Variables (t v : R -> R) (dt dv : expr).

  Fixpoint eval (e : expr) (z : R) : R :=
    match e with
    | Z => z
    | T => t z
    | V => v z
    | C r => r
    | Add e f => eval e z + eval f z
    | Mul e f => eval e z * eval f z
    end.

  Fixpoint diff (e : expr) : expr :=
    match e with
    | Z => C 1
    | T => dt
    | V => dv
    | C _ => C 0
    | Add e f => Add (diff e) (diff f)
    | Mul e f => Add (Mul (diff e) f) (Mul e (diff f))
    end.

  Hypothesis Ht : forall z, derivable_pt_lim t z (eval dt z).
  Hypothesis Hv : forall z, derivable_pt_lim v z (eval dv z).

  Lemma eval_derivable e z : derivable_pt_lim (eval e) z (eval (diff e) z).
  Proof.
    induction e as [| | |r|e IHe f IHf|e IHe f IHf]; simpl; auto.
    - apply derivable_pt_lim_id.
    - apply derivable_pt_lim_const.
    - apply (derivable_pt_lim_plus (eval e) (eval f)); assumption.
    - apply (derivable_pt_lim_mult (eval e) (eval f)); assumption.
  Qed.

  Lemma generated_smooth e : smooth (eval e).
  Proof. exists (fun k => eval (Nat.iter k diff e)). split; [reflexivity|]. intros k z. apply eval_derivable. Qed.
End Generated.

Lemma smooth_ext f g : (forall z, f z = g z) -> smooth f -> smooth g.
Proof. intros E [D [D0 DS]]. exists D. split; [intros z; rewrite D0; apply E|assumption]. Qed.

(** *** tanh *)

Lemma sig_decreasing u w : u < w -> sig w < sig u.
Proof.
  intros H. unfold sig. assert (A := exp2_pos u). assert (B := exp2_pos w).
  assert (exp (2 * u) < exp (2 * w)) by (apply exp_increasing; lra).
  apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra|lra].
Qed.

Lemma sig_opp z : sig (- z) = 1 - sig z.
Proof.
  unfold sig. replace (2 * - z) with (- (2 * z)) by ring. rewrite exp_Ropp. assert (P := exp2_pos z). field. split; lra.
Qed.

Lemma sig_small z : 0 < z -> sig z < / (2 * z).
Proof.
  intros H. unfold sig. assert (Q := below_exp z). apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra|lra].
Qed.

Lemma tanh_sigmoid : sigmoid tanh.
Proof.
  repeat split.
  - intros u w H. rewrite !tanh_sig. assert (S := sig_decreasing u w H). lra.
  - intros z. rewrite !tanh_sig, sig_opp. ring.
  - rewrite tanh_sig. assert (S := sig_lt_1 z). lra.
  - rewrite tanh_sig. assert (S := sig_pos z). lra.
  - intros e He. exists (/ e). intros z Hz. assert (P := Rinv_0_lt_compat e He). assert (S := sig_small z ltac:(lra)).
    rewrite tanh_sig. assert (I : / (2 * z) < e / 2); [|lra].
    replace (/ (2 * z)) with (/ z / 2) by (field; lra). assert (/ z < / / e) by (apply Rinv_lt_contravar; [apply Rmult_lt_0_compat; lra|assumption]).
    rewrite Rinv_inv in H. lra.
  - apply (generated_smooth tanh tanh (Add (C 1) (Mul (C (-1)) (Mul T T))) (Add (C 1) (Mul (C (-1)) (Mul T T)))) with (e := T);
      intros z; (eapply derivable_pt_lim_val; [|apply tanh_derivable]); simpl; ring.
Qed.

(** *** (2/pi) arctan *)

Definition arc (z : R) : R := 2 / PI * atan z.
Definition arc1 (z : R) : R := 2 / PI * / (1 + z ^ 2).

Lemma two_over_pi : 0 < 2 / PI.
Proof. apply Rdiv_lt_0_compat; [lra|apply PI_RGT_0]. Qed.

Lemma arc_derivable z : derivable_pt_lim arc z (arc1 z).
Proof.
  unfold arc, arc1. assert (D := derivable_pt_lim_atan z). derivative. assert (P := PI_RGT_0). unfold Rsqr. field. repeat split; nra.
Qed.

Lemma arc1_positive z : 0 < arc1 z.
Proof. unfold arc1. apply Rmult_lt_0_compat; [apply two_over_pi|]. apply Rinv_0_lt_compat. nra. Qed.

Lemma atan_below z : 0 < z -> atan z < z.
Proof.
  intros H. assert (A := increasing_between (fun z => z - atan z) (fun z => 1 - / (1 + z ^ 2)) 0 z H). cbv beta in A.
  rewrite atan_0 in A. enough (0 - 0 < z - atan z) by lra. apply A.
  - intros t _. assert (D := derivable_pt_lim_atan t). derivative. unfold Rsqr. field. nra.
  - intros t Ht. assert (0 < t ^ 2) by nra. assert (/ (1 + t ^ 2) < / 1) by (apply Rinv_lt_contravar; lra). lra.
Qed.

(** Near 1: 1 - arc z = (2/pi) arctan(1/z). *)
Lemma arc_tail z : 0 < z -> 1 - arc z = 2 / PI * atan (/ z).
Proof. intros H. unfold arc. rewrite atan_inv by assumption. assert (P := PI_RGT_0). field. lra. Qed.

Lemma arc_sigmoid : sigmoid arc.
Proof.
  assert (P := PI_RGT_0). assert (Q := two_over_pi). repeat split.
  - intros u w H. unfold arc. apply Rmult_lt_compat_l; [assumption|]. apply atan_increasing. assumption.
  - intros z. unfold arc. rewrite atan_opp. ring.
  - unfold arc. destruct (atan_bound z) as [L _]. apply (Rmult_lt_compat_l (2 / PI)) in L; [|assumption].
    replace (2 / PI * (- PI / 2)) with (-1) in L by (field; lra). lra.
  - unfold arc. destruct (atan_bound z) as [_ L]. apply (Rmult_lt_compat_l (2 / PI)) in L; [|assumption].
    replace (2 / PI * (PI / 2)) with 1 in L by (field; lra). lra.
  - intros e He. exists (2 / PI / e). intros z Hz. assert (Z : 0 < 2 / PI / e) by (apply Rdiv_lt_0_compat; lra).
    assert (I : 0 < / z) by (apply Rinv_0_lt_compat; lra). assert (A := arc_tail z ltac:(lra)). assert (B := atan_below _ I).
    assert (C : 2 / PI * atan (/ z) < 2 / PI * / z) by (apply Rmult_lt_compat_l; assumption).
    assert (D : 2 / PI * / z < e).
    { apply (Rmult_lt_reg_r z); [lra|]. rewrite Rmult_assoc, Rinv_l by lra. apply (Rmult_lt_compat_l e) in Hz; [|assumption].
      replace (e * (2 / PI / e)) with (2 / PI) in Hz by (field; split; lra). lra. }
    lra.
  - apply (smooth_ext (eval atan (fun z => / (1 + z ^ 2)) (Mul (C (2 / PI)) T))); [reflexivity|].
    apply generated_smooth with (dt := V) (dv := Mul (C (-2)) (Mul Z (Mul V V))); intros z; simpl.
    + eapply derivable_pt_lim_val; [|apply derivable_pt_lim_atan]. apply f_equal. unfold Rsqr. ring.
    + assert (H : 1 + z * z <> 0) by nra.
      assert (D0 : derivable_pt_lim (fun z => 1 + z * z) z (2 * z)) by (derivative; ring).
      apply (derivable_pt_lim_ext (div_fct (fun _ => 1) (fun z => 1 + z * z))).
      * intros u. unfold div_fct, Rdiv. rewrite Rmult_1_l. f_equal. ring.
      * eapply derivable_pt_lim_val; [|apply (derivable_pt_lim_div (fun _ => 1) (fun z => 1 + z * z) z 0 (2 * z));
          [apply derivable_pt_lim_const|exact D0|exact H]]. cbv beta. unfold Rsqr. field. nra.
Qed.

(** *** tanh(z^3) *)

Definition flat (z : R) : R := tanh (z ^ 3).

Lemma flat_derivable z : derivable_pt_lim flat z (3 * (z * z) * (1 - flat z ^ 2)).
Proof.
  eapply derivable_pt_lim_val.
  2: { apply (derivable_pt_lim_comp (fun z => z ^ 3) tanh); [apply derivable_pt_lim_pow|apply tanh_derivable]. }
  unfold flat. simpl. ring.
Qed.

Lemma cube_increasing u w : u < w -> u ^ 3 < w ^ 3.
Proof. intros H. assert (0 < (w - u) * (w * w + w * u + u * u)); [apply Rmult_lt_0_compat; [lra|]|nra].
  assert (0 <= (w + u) * (w + u)) by apply Rle_0_sqr. assert (0 < (w - u) * (w - u)) by (apply Rmult_lt_0_compat; lra). nra. Qed.

Lemma flat_sigmoid : sigmoid flat.
Proof.
  destruct tanh_sigmoid as [Hi [Ho [Hr [Hl _]]]]. split; [|split; [|split; [|split]]].
  - intros u w H. apply Hi. apply cube_increasing. assumption.
  - intros z. unfold flat. replace ((- z) ^ 3) with (- z ^ 3) by ring. apply Ho.
  - intros z. apply Hr.
  - intros e He. destruct (Hl e He) as [M HM]. exists (Rabs M + 1). intros z Hz. apply HM. assert (A := Rle_abs M).
    assert (B := Rabs_pos M). assert (z <= z ^ 3); [|lra]. assert (1 <= z * z) by nra. simpl. nra.
  - apply (smooth_ext (eval flat flat T)); [reflexivity|].
    apply generated_smooth with (dt := Mul (Mul (C 3) (Mul Z Z)) (Add (C 1) (Mul (C (-1)) (Mul T T))))
      (dv := Mul (Mul (C 3) (Mul Z Z)) (Add (C 1) (Mul (C (-1)) (Mul T T))));
      intros z; (eapply derivable_pt_lim_val; [|apply flat_derivable]); simpl; ring.
Qed.

(** Smooth, strictly increasing and odd with limits 1 and -1 is not enough. *)
Theorem printed_diffeomorphism_fails : ~ (forall theta, sigmoid theta ->
  exists g, (forall z, g (theta z) = z) /\ forall y, -1 < y < 1 -> exists l, derivable_pt_lim g y l).
Proof.
  intros H. destruct (H flat flat_sigmoid) as [g [Hg Hd]].
  assert (F0 : flat 0 = 0). { unfold flat. replace (0 ^ 3) with 0 by ring. unfold tanh, sinh. rewrite Ropp_0, exp_0. unfold Rdiv. ring. }
  destruct (Hd 0) as [l Hl]; [lra|]. assert (D := flat_derivable 0). rewrite <- F0 in Hl.
  assert (K := derivable_pt_lim_comp flat g 0 _ l D Hl).
  assert (I : derivable_pt_lim (comp g flat) 0 1) by (apply (derivable_pt_lim_ext (fun z => z)); [intros z; symmetry; apply Hg|apply derivable_pt_lim_id]).
  assert (E := uniqueness_limite _ _ _ _ K I). lra.
Qed.

(** For the two sigmoids that the paper names it is a diffeomorphism. *)
Theorem named_sigmoids : forall theta theta1, (theta = tanh /\ theta1 = (fun z => 1 - tanh z ^ 2)) \/ (theta = arc /\ theta1 = arc1) ->
  sigmoid theta /\ (forall z, derivable_pt_lim theta z (theta1 z)) /\ (forall z, 0 < theta1 z).
Proof.
  intros theta theta1 [[-> ->]|[-> ->]].
  - split; [apply tanh_sigmoid|]. split; [apply tanh_derivable|]. intros z. destruct tanh_sigmoid as [_ [_ [Hr _]]]. specialize (Hr z). nra.
  - split; [apply arc_sigmoid|]. split; [apply arc_derivable|apply arc1_positive].
Qed.
