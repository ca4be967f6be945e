(** * What the theorems rest on: printed when this file is checked.

    Each prints the axioms of Coq's standard real numbers (sig_not_dec, sig_forall_dec, functional extensionality) and
    [classic], on which the standard library's own analysis (mean value theorem, exp) rests. Nothing else. *)

Require Import Spurious.Barrier Spurious.Rational Spurious.Lines Spurious.SontagSussmann Spurious.Ball Spurious.Smallest
  Spurious.Splitting Spurious.Sontag88.

Print Assumptions check_min_sound.
Print Assumptions check_sound.
Print Assumptions check_rational_sound.
Print Assumptions lemma_3_1.
Print Assumptions lemma_3_1_degenerate.
Print Assumptions minima_of_phi_and_psi.
Print Assumptions lemma_3_2.
Print Assumptions lemma_3_3.
Print Assumptions lemma_3_4.
Print Assumptions lemma_3_5.
Print Assumptions lemma_3_6.
Print Assumptions theorem_1.
Print Assumptions splitting.
Print Assumptions smallest_binary_counterexample.
Print Assumptions tanh_separable.
Print Assumptions no_bounded_trajectory.
Print Assumptions independent_rows_diverge.
Print Assumptions printed_lemma_fails.
Print Assumptions half_space_alone_fails.
