(** * Mean value inequalities, the exponential function and the logarithm, without excluded middle.

    The standard library's mean value theorem, and with it [exp_increasing], [exp_ineq1_le] and [ln], rest on [classic]. What
    the barrier rule needs of them follows from the axioms of the real numbers alone: the comparison of two real numbers is
    decidable, so an inequality may be proved by contradiction. *)

Require Import Reals Lra.
Open Scope R_scope.

Lemma Rle_stable u v : ~ ~ u <= v -> u <= v.
Proof. intros H. apply Rnot_lt_le. intros Hlt. apply H. lra. Qed.

(** Cousin's lemma on an interval, for a relation that may be proved by contradiction. *)
Lemma cousin_stable (P : R -> R -> Prop) (a b : R) :
  (~ ~ P a b -> P a b) -> a <= b ->
  (forall u v w, u <= v -> v <= w -> P u v -> P v w -> P u w) ->
  (forall x, a <= x <= b -> exists d, 0 < d /\ forall u v, u <= x -> x <= v -> v - u < d -> P u v) ->
  P a b.
Proof.
  intros Hstable Hab Hjoin Hloc. apply Hstable. intros HnP.
  pose (S := fun t => a <= t <= b /\ P a t).
  destruct (completeness S) as [s [Hub Hlub]].
  - exists b. intros t [Ht _]. lra.
  - exists a. split; [lra|]. destruct (Hloc a) as [d [Hd HP]]; [lra|]. apply HP; lra.
  - assert (Has : a <= s).
    { apply Hub. split; [lra|]. destruct (Hloc a) as [d [Hd HP]]; [lra|]. apply HP; lra. }
    assert (Hsb : s <= b) by (apply Hlub; intros t [Ht _]; lra).
    destruct (Hloc s) as [d [Hd HP]]; [lra|].
    assert (s <= s - d / 2); [|lra]. apply Hlub. intros t [Htab Pat]. apply Rnot_lt_le. intros Hts.
    assert (Hts' : t <= s) by (apply Hub; split; assumption).
    assert (Hstep : forall s', s <= s' -> s' < s + d / 2 -> P a s').
    { intros s' H1 H2. apply Hjoin with t; [lra|lra|assumption|]. apply HP; lra. }
    destruct (Rle_lt_dec b (s + d / 4)) as [Hb|Hb].
    + apply HnP. apply Hstep; lra.
    + assert (s + d / 4 <= s); [|lra]. apply Hub. split; [lra|]. apply Hstep; lra.
Qed.

(** f' >= mu on [s, t] implies f t - f s >= mu (t - s). *)
Theorem derivative_at_least (f f1 : R -> R) (mu s t : R) : s <= t ->
  (forall y, s <= y <= t -> derivable_pt_lim f y (f1 y)) -> (forall y, s <= y <= t -> mu <= f1 y) ->
  mu * (t - s) <= f t - f s.
Proof.
  intros Hst Hf Hmu. apply Rnot_lt_le. intros Hlt.
  destruct (Req_dec s t) as [->|Hne]; [lra|].
  set (e := (mu * (t - s) - (f t - f s)) / (2 * (t - s))).
  assert (He : 0 < e) by (apply Rdiv_lt_0_compat; lra).
  assert (H : (mu - e) * (t - s) <= f t - f s).
  { apply (cousin_stable (fun u v => (mu - e) * (v - u) <= f v - f u)); [apply Rle_stable|assumption| |].
    - intros u v w _ _ H1 H2. lra.
    - intros x Hx. destruct (Hf x Hx e He) as [[d Hd] H]. simpl in H. exists d. split; [assumption|].
      assert (Hnear : forall h, Rabs h < d -> h <> 0 -> f1 x - e < (f (x + h) - f x) / h).
      { intros h Hh Hh0. specialize (H h Hh0 Hh). apply Rabs_def2 in H. lra. }
      assert (Hm := Hmu x Hx). intros u v Hu Hv Hd'.
      assert (Hright : (mu - e) * (v - x) <= f v - f x).
      { destruct (Req_dec v x) as [->|Hvx]; [lra|]. assert (B := Hnear (v - x)).
        rewrite Rabs_pos_eq in B by lra. assert (B1 : v - x < d) by lra. assert (B2 : v - x <> 0) by lra. specialize (B B1 B2).
        replace (x + (v - x)) with v in B by ring.
        apply Rmult_lt_compat_r with (r := v - x) in B; [|lra]. unfold Rdiv in B. rewrite Rmult_assoc, Rinv_l in B by lra.
        assert ((mu - e) * (v - x) <= (f1 x - e) * (v - x)) by (apply Rmult_le_compat_r; lra). lra. }
      assert (Hleft : (mu - e) * (x - u) <= f x - f u).
      { destruct (Req_dec u x) as [->|Hux]; [lra|]. assert (B := Hnear (u - x)).
        rewrite Rabs_left in B by lra. assert (B1 : - (u - x) < d) by lra. assert (B2 : u - x <> 0) by lra. specialize (B B1 B2).
        replace (x + (u - x)) with u in B by ring.
        replace ((f u - f x) / (u - x)) with ((f x - f u) / (x - u)) in B by (field; lra).
        apply Rmult_lt_compat_r with (r := x - u) in B; [|lra]. unfold Rdiv in B. rewrite Rmult_assoc, Rinv_l in B by lra.
        assert ((mu - e) * (x - u) <= (f1 x - e) * (x - u)) by (apply Rmult_le_compat_r; lra). lra. }
      lra. }
  assert (E : e * (t - s) = (mu * (t - s) - (f t - f s)) / 2) by (unfold e; field; lra). lra.
Qed.

Theorem derivative_at_most (f f1 : R -> R) (mu s t : R) : s <= t ->
  (forall y, s <= y <= t -> derivable_pt_lim f y (f1 y)) -> (forall y, s <= y <= t -> f1 y <= mu) ->
  f t - f s <= mu * (t - s).
Proof.
  intros Hst Hf Hmu. assert (H := derivative_at_least (fun y => - f y) (fun y => - f1 y) (- mu) s t Hst).
  assert (- mu * (t - s) <= - f t - - f s); [|lra]. apply H.
  - intros y Hy. apply (derivable_pt_lim_opp f). apply Hf. assumption.
  - intros y Hy. specialize (Hmu y Hy). lra.
Qed.

(** ** The exponential function. *)

Lemma exp_above_1 t : 0 <= t -> 1 <= exp t.
Proof.
  intros Ht. assert (H := derivative_at_least exp exp 0 0 t Ht).
  assert (0 * (t - 0) <= exp t - exp 0); [|rewrite exp_0 in *; lra].
  apply H; [intros; apply derivable_pt_lim_exp|intros; left; apply exp_pos].
Qed.

Lemma exp_tangent t : 1 + t <= exp t.
Proof.
  destruct (Rle_lt_dec 0 t) as [Ht|Ht].
  - assert (H := derivative_at_least exp exp 1 0 t Ht). assert (1 * (t - 0) <= exp t - exp 0); [|rewrite exp_0 in *; lra].
    apply H; [intros; apply derivable_pt_lim_exp|intros; apply exp_above_1; lra].
  - assert (H := derivative_at_most exp exp 1 t 0 (Rlt_le _ _ Ht)). assert (exp 0 - exp t <= 1 * (0 - t)); [|rewrite exp_0 in *; lra].
    apply H; [intros; apply derivable_pt_lim_exp|]. intros y Hy.
    assert (A := exp_above_1 (- y)). assert (P := exp_pos y). assert (E : exp y * exp (- y) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
    assert (0 <= - y) by lra. specialize (A H0). nra.
Qed.

Lemma exp_strictly u v : u < v -> exp u < exp v.
Proof.
  intros H. replace v with (u + (v - u)) by ring. rewrite exp_plus. assert (P := exp_pos u). assert (T := exp_tangent (v - u)). nra.
Qed.

Lemma exp_monotone u v : u <= v -> exp u <= exp v.
Proof. intros [H | ->]; [left; apply exp_strictly; assumption|lra]. Qed.

(** ** The logarithm. *)

Lemma log_exists y : 0 < y -> { z | exp z = y }.
Proof.
  intros Hy. destruct (IVT_cor (fun t => exp t - y) (- / y) y) as [z [_ Hz]].
  - apply (continuity_minus exp (fct_cte y)); [apply derivable_continuous, derivable_exp|apply continuity_const; intros ? ?; reflexivity].
  - assert (0 < / y) by (apply Rinv_0_lt_compat; assumption). lra.
  - assert (T1 := exp_tangent y). assert (T2 := exp_tangent (/ y)). assert (P := exp_pos (- / y)).
    assert (E : exp (- / y) * exp (/ y) = 1) by (rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
    assert (I : y * / y = 1) by (apply Rinv_r; lra). assert (Pi : 0 < / y) by (apply Rinv_0_lt_compat; assumption).
    assert (exp (- / y) <= y).
    { apply Rmult_le_reg_r with (1 + / y); [lra|].
      assert (exp (- / y) * (1 + / y) <= exp (- / y) * exp (/ y)) by (apply Rmult_le_compat_l; lra). lra. }
    nra.
  - exists z. lra.
Qed.

(** The natural logarithm of a positive number, and 0 elsewhere. *)
Definition log (y : R) : R :=
  match Rlt_dec 0 y with
  | left H => proj1_sig (log_exists y H)
  | right _ => 0
  end.

Lemma exp_log y : 0 < y -> exp (log y) = y.
Proof. intros H. unfold log. destruct (Rlt_dec 0 y) as [Hy|Hy]; [destruct (log_exists y Hy) as [z Hz]; exact Hz|contradiction]. Qed.
