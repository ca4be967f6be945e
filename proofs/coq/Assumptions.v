(** * What the theorems rest on: two lists, which build.sh asks about.

    The barrier rule, and so every exported certificate, needs the three axioms of Coq's standard real numbers (sig_not_dec,
    sig_forall_dec, functional extensionality). The general lemmas need [classic] besides. Nothing else. *)

Require Import Spurious.Barrier Spurious.Rational Spurious.Logistic Spurious.Kernel Spurious.Quadratic Spurious.Lines
  Spurious.SontagSussmann Spurious.Ball Spurious.Smallest Spurious.Splitting Spurious.Sontag88
  Spurious.Stability Spurious.Divergence Spurious.Every.

Definition the_rule :=
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
   five_spurious,
   theorem_1,
   linear_units,
   no_minimum_remains,
   printed_stability_fails).

Definition with_excluded_middle :=
  (lemma_3_1,
   lemma_3_1_degenerate,
   minima_of_phi_and_psi,
   lemma_3_2,
   lemma_3_3,
   lemma_3_4,
   lemma_3_5,
   lemma_3_6,
   splitting,
   smallest_binary_counterexample,
   tanh_separable,
   no_bounded_trajectory,
   independent_rows_diverge,
   printed_lemma_fails,
   half_space_alone_fails,
   printed_lemma_refuted,
   printed_gradient_refuted,
   theorem_1_every_p,
   strict_minimum_survives,
   strict_stability,
   other_targets_survive,
   outputs_below_one).
