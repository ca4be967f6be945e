(** * What the theorems rest on: printed when this file is checked.

    Together they need the axioms of Coq's standard real numbers (sig_not_dec, sig_forall_dec, functional extensionality) and
    [classic], on which the standard library's own analysis (mean value theorem, exp) rests. Nothing else. *)

Require Import Spurious.Barrier Spurious.Rational Spurious.Logistic Spurious.Kernel Spurious.Quadratic Spurious.Lines Spurious.SontagSussmann Spurious.Ball Spurious.Smallest
  Spurious.Splitting Spurious.Sontag88.

Definition all_theorems :=
  (check_min_sound,
   check_sound,
   check_rational_sound,
   check_logistic_sound,
   check_barrier_sound,
   minimum_sound,
   spurious_sound,
   minimum_rational_sound,
   spurious_rational_sound,
   minimum_logistic_sound,
   spurious_logistic_sound,
   linear_units,
   lemma_3_1,
   lemma_3_1_degenerate,
   minima_of_phi_and_psi,
   lemma_3_2,
   lemma_3_3,
   lemma_3_4,
   lemma_3_5,
   lemma_3_6,
   theorem_1,
   splitting,
   smallest_binary_counterexample,
   tanh_separable,
   no_bounded_trajectory,
   independent_rows_diverge,
   printed_lemma_fails,
   half_space_alone_fails).

Print Assumptions all_theorems.
