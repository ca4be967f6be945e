(** * Theorem 1 of Sontag & Sussmann (1989) for every real p >= 10, from bounds of the second derivative and the gradient.

    Lemma 3.6 and Lemma 3.5 joined. The bounds on the ball of radius 2p/25 are those that the ledger's claim
    ss89.sharp-constants states, and the kernel has proved; they are hypotheses here, as are the derivatives themselves. *)

Require Import Reals List Lra Lia.
Require Import Spurious.Surface Spurious.Vectors Spurious.Lines Spurious.Ball Spurious.SontagSussmann.
Import ListNotations.
Open Scope R_scope.

(** 2A < C r for the bounds that hold. *)
Lemma bounds_close p : 10 <= p -> 2 * (1671 / 100 / p ^ 5) < 49 / (8 * (p + 1) ^ 4) * (2 * p / 25).
Proof.
  intros Hp.
  assert (P0 : 0 < p) by lra. assert (P4 : 0 < p ^ 4) by (apply pow_lt; assumption).
  assert (P5 : 0 < p ^ 5) by (apply pow_lt; assumption). assert (Q4 : 0 < (p + 1) ^ 4) by (apply pow_lt; lra).
  assert (S : (p + 1) ^ 4 <= 14641 / 10000 * p ^ 4).
  { replace (14641 / 10000 * p ^ 4) with ((11 / 10 * p) ^ 4) by field. apply pow_incr. lra. }
  assert (T : 100 * p ^ 4 <= p ^ 6).
  { replace (p ^ 6) with (p ^ 2 * p ^ 4) by ring. apply Rmult_le_compat_r; [lra|]. simpl. nra. }
  apply Rmult_lt_reg_r with (p ^ 5 * (100 * (p + 1) ^ 4)); [apply Rmult_lt_0_compat; lra|].
  replace (2 * (1671 / 100 / p ^ 5) * (p ^ 5 * (100 * (p + 1) ^ 4))) with (3342 * (p + 1) ^ 4) by (field; lra).
  replace (49 / (8 * (p + 1) ^ 4) * (2 * p / 25) * (p ^ 5 * (100 * (p + 1) ^ 4))) with (49 * p ^ 6) by (field; lra).
  lra.
Qed.

Theorem theorem_1_every_p p Df D2f Dg : 10 <= p ->
  (forall x, ball 5 (diag p) (2 * p / 25) x -> continuous_at (Psi_p p) x) ->
  (forall x, ball 5 (diag p) (2 * p / 25) x -> continuous_at (Psi_hat (3 * p)) x) ->
  derivative 5 (ball 5 (diag p) (2 * p / 25)) (Psi_p p) Df ->
  second_derivative 5 (ball 5 (diag p) (2 * p / 25)) Df D2f ->
  derivative 5 (ball 5 (diag p) (2 * p / 25)) (Psi_hat (3 * p)) Dg ->
  (forall v, length v = 5%nat -> Df (diag p) v = 0) ->
  (forall x v, ball 5 (diag p) (2 * p / 25) x -> unit_vector 5 v -> 49 / (8 * (p + 1) ^ 4) <= D2f x v) ->
  (forall x v, ball 5 (diag p) (2 * p / 25) x -> unit_vector 5 v -> Rabs (Dg x v) <= 1671 / 100 / p ^ 5) ->
  exists xi, ball 5 (diag p) (2 * p / 25) xi /\ local_min 5 (Psi_star p (3 * p)) xi /\
    Psi_star p (3 * p) (diag 1) < Psi_star p (3 * p) xi.
Proof.
  intros Hp Cf Cg HDf HD2f HDg Hcrit HC HA.
  destruct (lemma_3_6 5 (diag p) (2 * p / 25) (1671 / 100 / p ^ 5) (49 / (8 * (p + 1) ^ 4)) (Psi_p p) (Psi_hat (3 * p)) Df D2f Dg)
    as [xi [Hin Hmin]]; try assumption; [reflexivity|lra|apply bounds_close; assumption|].
  exists xi. split; [assumption|]. split; [exact Hmin|].
  apply Rgt_lt. apply (lemma_3_5 p (3 * p) (2 * p / 25)); [lra|lra|lra|lra|].
  destruct Hin as [Hl Hd]. split; [assumption|lra].
Qed.
