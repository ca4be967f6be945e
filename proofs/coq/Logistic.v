(** * The logistic unit: 1/(1+e^(-y)) = (1 + tanh(y/2))/2, so its error is that of a tanh unit after rescaling. *)

Require Import Reals ZArith List Bool Lra Lia.
Require Import Spurious.Surface Spurious.Vectors Spurious.Sigmoid Spurious.Barrier Spurious.Rational.
Import ListNotations.
Open Scope R_scope.

Definition logistic (y : R) : R := 1 / (1 + exp (- y)).

Fixpoint E_logistic (rows : list row) (x : list R) : R :=
  match rows with
  | [] => 0
  | r :: rest => weight r * (logistic (dot (input r) x) - target r) ^ 2 + E_logistic rest x
  end.

(** The logistic unit has a strict local minimum on this training set, with a lower point elsewhere. *)
Definition spurious_logistic (n : nat) (rows : list row) : Prop :=
  exists x z, strict_local_min n (E_logistic rows) x /\ length z = n /\ E_logistic rows z < E_logistic rows x.

(** Inputs a_i u_i/d_i, target (B+q)/(2q), weight w/W. *)
Definition logistic_row (q : Z) (U : list (Z * Z)) (W : Z) (r : zrow) : row :=
  Row (in_units (za r) U) ((IZR (zb r) + IZR q) / (2 * IZR q)) (IZR (zw r) / IZR W).

Definition logistic_rows (p : problem) (U : list (Z * Z)) (W : Z) : list row := map (logistic_row (denom p) U W) (zrows p).

(** Half of every unit. *)
Definition halves (U : list (Z * Z)) : list (Z * Z) := map (fun k => (fst k, 2 * snd k)%Z) U.

Lemma logistic_tanh y : logistic y = (1 + tanh (y / 2)) / 2.
Proof.
  unfold logistic. rewrite tanh_sig. unfold sig. replace (2 * (y / 2)) with y by field. rewrite exp_Ropp.
  assert (P := exp_pos y). field. split; lra.
Qed.

Lemma dot_halves a : forall U x, dot (in_units a (halves U)) x = dot (in_units a U) x / 2.
Proof.
  induction a as [|a1 a IH]; intros [|[u d] U] [|t x]; cbn [in_units halves map dot]; try (unfold Rdiv; ring).
  change (map (fun k => (fst k, (2 * snd k)%Z)) U) with (halves U).
  rewrite IH. unfold unit_value. cbn [fst snd]. rewrite mult_IZR. unfold Rdiv. rewrite Rinv_mult. set (i := / IZR d). clearbody i. field.
Qed.

Lemma E_logistic_tanh p U W x : (0 < W)%Z -> (0 < denom p)%Z ->
  E_logistic (logistic_rows p U W) x = E (rational_rows p (halves U) (4 * W)) x.
Proof.
  intros HW Hq. apply IZR_lt in HW, Hq. unfold logistic_rows, rational_rows.
  induction (zrows p) as [|r rows IH]; cbn [map E E_logistic logistic_row rational_row input target weight]; [reflexivity|].
  rewrite IH, dot_halves, logistic_tanh, mult_IZR. field. lra.
Qed.

Theorem check_logistic_sound p U W c l :
  check_rational p (halves U) (4 * W) c l = true -> spurious_logistic (dim p) (logistic_rows p U W).
Proof.
  intros H. assert (S := check_rational_sound _ _ _ _ _ H). unfold check_rational in H. rewrite !andb_true_iff in H.
  destruct H as [HU H]. destruct (units_sound _ _ _ HU) as [_ [_ HW]]. assert (PW : (0 < W)%Z) by lia.
  unfold check, check_min in H. rewrite !andb_true_iff in H. assert (Hq : (0 < denom p)%Z) by (apply Z.ltb_lt; tauto).
  destruct S as [x [z [[Hx [d [Hd Hm]]] [Hz Hlt]]]]. exists x, z. split; [|split; [exact Hz|]].
  - split; [exact Hx|]. exists d. split; [exact Hd|]. intros y Hy Hne. rewrite !E_logistic_tanh by assumption. apply Hm; assumption.
  - rewrite !E_logistic_tanh by assumption. exact Hlt.
Qed.
