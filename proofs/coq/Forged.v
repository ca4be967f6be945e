(** * Forged certificates are rejected, each for its own reason.

    Every one of them differs from the accepted certificate of the five instances in one place. *)

Require Import ZArith List.
Require Import Spurious.Checker Spurious.Smallest.
Import ListNotations.
Open Scope Z_scope.

Definition rows5 := zrows five.
Definition cells5 := cells five_certificate.
Definition columns5 := columns five_certificate.
Definition centre5 := centre five_certificate.
Definition modulus5 := modulus five_certificate.

Ltac by_evaluation := vm_compute; reflexivity.
Notation rejected c := (check_min five c = false).

Example the_original_is_accepted : check five five_certificate five_lower = true.
Proof. by_evaluation. Qed.

(** Step 2: the cell of s. *)
Example cell_one_below : rejected (Certificate 30 24 8 centre5 ((469312775, 1054281915) :: tl cells5) modulus5 columns5).
Proof. by_evaluation. Qed.
Example cell_one_above : rejected (Certificate 30 24 8 centre5 ((469312777, 1054281915) :: tl cells5) modulus5 columns5).
Proof. by_evaluation. Qed.
Example cell_negative : rejected (Certificate 30 24 8 centre5 ((-1, 1054281915) :: tl cells5) modulus5 columns5).
Proof. by_evaluation. Qed.
Example cell_missing : rejected (Certificate 30 24 8 centre5 (tl cells5) modulus5 columns5).
Proof. by_evaluation. Qed.
Example cell_too_many : rejected (Certificate 30 24 8 centre5 ((469312776, 1054281915) :: cells5) modulus5 columns5).
Proof. by_evaluation. Qed.

(** Step 4: the bound of the second derivative. *)
Example curvature_one_above : rejected (Certificate 30 24 8 centre5 ((469312776, 1054281916) :: tl cells5) modulus5 columns5).
Proof. by_evaluation. Qed.

(** Step 3: the box. *)
Example box_too_wide : rejected (Certificate 30 24 4 centre5 cells5 modulus5 columns5).
Proof. by_evaluation. Qed.
Example box_wider_than_the_bounds : rejected (Certificate 30 24 7 centre5 cells5 modulus5 columns5).
Proof. by_evaluation. Qed.

(** Steps 5 and 7: the gradient against the box. *)
Example box_too_small : rejected (Certificate 30 24 40 centre5 cells5 modulus5 columns5).
Proof. by_evaluation. Qed.

(** Step 6: the matrix. *)
Example modulus_too_large : rejected (Certificate 30 24 8 centre5 cells5 (2 * modulus5) columns5).
Proof. by_evaluation. Qed.
Example modulus_zero : rejected (Certificate 30 24 8 centre5 cells5 0 columns5).
Proof. by_evaluation. Qed.
Example columns_missing : rejected (Certificate 30 24 8 centre5 cells5 modulus5 []).
Proof. by_evaluation. Qed.
Example column_changed : rejected (Certificate 30 24 8 centre5 cells5 modulus5 ([65977; 55057; 54029] :: tl columns5)).
Proof. by_evaluation. Qed.
Example column_too_long : rejected (Certificate 30 24 8 centre5 cells5 modulus5 ([55977; 55057; 54029; 1] :: tl columns5)).
Proof. by_evaluation. Qed.
Example column_longer_by_zero : rejected (Certificate 30 24 8 centre5 cells5 modulus5 ([55977; 55057; 54029; 0] :: tl columns5)).
Proof. by_evaluation. Qed.

(** The centre. *)
Example centre_moved : rejected (Certificate 30 24 8 (13026876 :: tl centre5) cells5 modulus5 columns5).
Proof. by_evaluation. Qed.
Example centre_zero : rejected (Certificate 30 24 8 (0 :: tl centre5) cells5 modulus5 columns5).
Proof. by_evaluation. Qed.
Example centre_short : rejected (Certificate 30 24 8 (tl centre5) cells5 modulus5 columns5).
Proof. by_evaluation. Qed.
Example grid_negative : rejected (Certificate (-30) 24 8 centre5 cells5 modulus5 columns5).
Proof. by_evaluation. Qed.
Example grid_changed : rejected (Certificate 31 24 8 centre5 cells5 modulus5 columns5).
Proof. by_evaluation. Qed.

(** The problem. *)
Definition with_row r := Problem 3 1 (r :: tl rows5).
Example row_too_long : check_min (with_row (ZRow [-1; -1; 1; 1] (-1) 1)) five_certificate = false.
Proof. by_evaluation. Qed.
Example row_zero : check_min (with_row (ZRow [0; 0; 0] (-1) 1)) five_certificate = false.
Proof. by_evaluation. Qed.
Example weight_doubled_is_another_problem : check_min (with_row (ZRow [-1; -1; 1] (-1) 2)) five_certificate = false.
Proof. by_evaluation. Qed.
Example weight_zero : check_min (with_row (ZRow [-1; -1; 1] (-1) 0)) five_certificate = false.
Proof. by_evaluation. Qed.
Example target_out_of_range : check_min (with_row (ZRow [-1; -1; 1] (-2) 1)) five_certificate = false.
Proof. by_evaluation. Qed.
Example other_target : check_min (with_row (ZRow [-1; -1; 1] 1 1)) five_certificate = false.
Proof. by_evaluation. Qed.
Example denominator_zero : check_min (Problem 3 0 rows5) five_certificate = false.
Proof. by_evaluation. Qed.
Example dimension_changed : check_min (Problem 4 1 rows5) five_certificate = false.
Proof. by_evaluation. Qed.

(** Step 8: the lower point. *)
Notation not_lower l := (check_low five five_certificate l = false).
Example lower_is_the_centre : not_lower (Lower 24 centre5 (map fst cells5)).
Proof. by_evaluation. Qed.
Example lower_cell_off : not_lower (Lower 24 (low_point five_lower) (17 :: tl (low_cells five_lower))).
Proof. by_evaluation. Qed.
Example lower_cell_missing : not_lower (Lower 24 (low_point five_lower) (tl (low_cells five_lower))).
Proof. by_evaluation. Qed.
Example lower_point_moved : not_lower (Lower 24 (41588 :: tl (low_point five_lower)) (low_cells five_lower)).
Proof. by_evaluation. Qed.
Example lower_grid_changed : not_lower (Lower 23 (low_point five_lower) (low_cells five_lower)).
Proof. by_evaluation. Qed.
Example lower_point_negative : not_lower (Lower 24 (-41587 :: tl (low_point five_lower)) (low_cells five_lower)).
Proof. by_evaluation. Qed.
