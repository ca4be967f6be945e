(** * The barrier rule as a boolean function on integers.

    This is the algorithm that the kernel runs, on the same certificate; Barrier.v proves it sound. Integers only:
    +, *, comparison, and multiplication by powers of two. No division: quotients travel in the certificate.

    Problem: n weights; rows with inputs a_j in Z^n, weight w_j > 0, target B_j/q.
    Grids: s on 2^-k, the centre on 2^-e, the half-width of the box is 2^-m. *)

Require Import ZArith List Bool.
Import ListNotations.
Open Scope Z_scope.

(** A row: inputs a, numerator B of the target, weight w. *)
Record zrow := ZRow { za : list Z; zb : Z; zw : Z }.

(** A training set: number of weights n, common denominator q of the targets, rows. *)
Record problem := Problem { dim : nat; denom : Z; zrows : list zrow }.

(** A certificate for a strict minimum: the exponents k, e, m; the centre X (xi_i = e^(2 c_i) = X_i / 2^e); for each
    row (S_j, M_j); Lambda; the columns of L. *)
Record certificate := Certificate {
  grid : Z; centre_grid : Z; width : Z;
  centre : list Z;
  cells : list (Z * Z);
  modulus : Z;
  columns : list (list Z) }.

(** A lower point: its own exponent e, Z (xi_i = Z_i / 2^e) and for each row T_j. *)
Record lower := Lower { low_grid : Z; low_point : list Z; low_cells : list Z }.

Definition pow2 (k : Z) : Z := Z.shiftl 1 k.

(** ** Steps 1 and 2: N_j / D_j = e^(2 y_j), and s_j in [S_j, S_j + 1] / 2^k. *)

(** ((product over a_i > 0 of X_i^a_i, product over a_i < 0 of X_i^|a_i|), (sum of a_i > 0, sum of |a_i|, a_i < 0)). *)
Fixpoint monomial (a X : list Z) : (Z * Z) * (Z * Z) :=
  match a, X with
  | a1 :: a', x1 :: X' =>
      let '((up, down), (plus, minus)) := monomial a' X' in
      match a1 with
      | Z0 => ((up, down), (plus, minus))
      | Zpos p => ((Z.pow_pos x1 p * up, down), (Zpos p + plus, minus))
      | Zneg p => ((up, Z.pow_pos x1 p * down), (plus, Zpos p + minus))
      end
  | _, _ => ((1, 1), (0, 0))
  end.

Definition cell_ok (k e : Z) (X : list Z) (a : list Z) (S : Z) : bool :=
  let '((up, down), (plus, minus)) := monomial a X in
  let N := Z.shiftl up (e * minus) in
  let D := Z.shiftl down (e * plus) in
  let T := D + N in
  let ST := S * T in
  let KD := Z.shiftl D k in
  (0 <=? S) && (ST <=? KD) && (KD <=? ST + T).

(** ** Steps 3 and 4: M_j / 2^k is a lower bound of w_j h'' on the box. *)

Fixpoint abs_sum (a : list Z) : Z :=
  match a with
  | [] => 0
  | a1 :: a' => Z.abs a1 + abs_sum a'
  end.

(** With A = 2 |a|_1, Q = 2^m, d = A/Q and W = 2^k Q^2, everything below is a numerator over W. *)
Definition curvature_ok (k m q : Z) (r : zrow) (S M : Z) : bool :=
  let K := pow2 k in
  let Q := pow2 m in
  let A := 2 * abs_sum (za r) in
  let below := Q * Q - A * Q in
  let above := Q * Q + A * Q + 2 * (A * A) in
  let W := K * (Q * Q) in
  let s_lo := S * below in
  let s_hi := (S + 1) * above in
  let c_lo := (K - S - 1) * below in
  let c_hi := (K - S) * above in
  let P_lo := s_lo * c_lo in
  let P_hi := s_hi * c_hi in
  let s := if 0 <=? zb r then s_hi else s_lo in
  let W2 := W * W in
  let B_lo := q * (6 * P_lo - W2) + zb r * (W * (W - 2 * s)) in
  let P := if 0 <=? B_lo then P_lo else P_hi in
  (4 * A <=? Q) && (q * (W2 * (W2 * M)) <=? 16 * K * zw r * (P * B_lo)).

(** ** Step 5: the gradient at the centre, in units of 8 / (q 2^(3k)). *)

(** The interval of (q 2^k) (1 - 2s - b). *)
Definition residual_lo (K q : Z) (r : zrow) (S : Z) : Z := q * (K - 2 * S - 2) - K * zb r.
Definition residual_hi (K q : Z) (r : zrow) (S : Z) : Z := q * (K - 2 * S) - K * zb r.

Definition slope_lo (K q : Z) (r : zrow) (S : Z) : Z :=
  let u := residual_lo K q r S in
  if 0 <=? u then u * (S * (K - S - 1)) else u * ((S + 1) * (K - S)).

Definition slope_hi (K q : Z) (r : zrow) (S : Z) : Z :=
  let u := residual_hi K q r S in
  if 0 <=? u then u * ((S + 1) * (K - S)) else u * (S * (K - S - 1)).

(** Addition of lists, the shorter continued by zeros. *)
Fixpoint add (u v : list Z) : list Z :=
  match u, v with
  | [], _ => v
  | _, [] => u
  | u1 :: u', v1 :: v' => (u1 + v1) :: add u' v'
  end.

Definition scale_lo (a : list Z) (lo hi : Z) : list Z := map (fun t => t * (if 0 <=? t then lo else hi)) a.

Fixpoint gradient (K q : Z) (rows : list zrow) (cs : list (Z * Z)) : list Z * list Z :=
  match rows, cs with
  | r :: rows', (s, _) :: cs' =>
      let lo := zw r * slope_lo K q r s in
      let hi := zw r * slope_hi K q r s in
      let '(los, his) := gradient K q rows' cs' in
      (add (scale_lo (za r) lo hi) los, add (scale_lo (za r) hi lo) his)
  | _, _ => ([], [])
  end.

(** G = sum of max(|lo_i|, |hi_i|). *)
Fixpoint sup_sum (lo hi : list Z) : Z :=
  match lo, hi with
  | l :: lo', h :: hi' => Z.max (Z.abs l) (Z.abs h) + sup_sum lo' hi'
  | _, _ => 0
  end.

(** ** Step 6: R = sum of M_j a_j a_j^T - Lambda I - L L^T, in units of 2^-k, as upper triangles: each row from
    its diagonal on. *)

Definition triangle := list (list Z).

Fixpoint outer (c : Z) (a : list Z) : triangle :=
  match a with
  | [] => []
  | a1 :: a' => (let ca := a1 * c in map (fun t => t * ca) a) :: outer c a'
  end.

Fixpoint tri_add (U V : triangle) : triangle :=
  match U, V with
  | [], _ => V
  | _, [] => U
  | u :: U', v :: V' => add u v :: tri_add U' V'
  end.

Fixpoint diagonal (c : Z) (n : nat) : triangle :=
  match n with
  | O => []
  | S n' => [c] :: diagonal c n'
  end.

Fixpoint curvature (rows : list zrow) (cs : list (Z * Z)) : triangle :=
  match rows, cs with
  | r :: rows', (_, M) :: cs' => tri_add (outer M (za r)) (curvature rows' cs')
  | _, _ => []
  end.

Fixpoint squares (L : list (list Z)) : triangle :=
  match L with
  | [] => []
  | l :: L' => tri_add (outer (-1) l) (squares L')
  end.

Fixpoint sub_abs (b o : list Z) : list Z :=
  match b, o with
  | _, [] => b
  | [], o1 :: o' => (- Z.abs o1) :: sub_abs [] o'
  | b1 :: b', o1 :: o' => (b1 - Z.abs o1) :: sub_abs b' o'
  end.

(** R_ii minus the sum of |R_ik|, k <> i. *)
Fixpoint slack (R : triangle) : list Z :=
  match R with
  | [] => []
  | [] :: R' => 0 :: slack R'
  | (d :: o) :: R' => (d - abs_sum o) :: sub_abs (slack R') o
  end.

Definition matrix (p : problem) (c : certificate) : triangle :=
  tri_add (curvature (zrows p) (cells c))
    (tri_add (diagonal (- modulus c) (dim p)) (squares (columns c))).

(** ** The rule. *)

Definition row_ok (p : problem) (c : certificate) (r : zrow) (cell : Z * Z) : bool :=
  Nat.eqb (length (za r)) (dim p) && (0 <? zw r) && (Z.abs (zb r) <=? denom p)
  && cell_ok (grid c) (centre_grid c) (centre c) (za r) (fst cell)
  && curvature_ok (grid c) (width c) (denom p) r (fst cell) (snd cell).

Fixpoint rows_ok (p : problem) (c : certificate) (rows : list zrow) (cs : list (Z * Z)) : bool :=
  match rows, cs with
  | [], [] => true
  | r :: rows', s :: cs' => row_ok p c r s && rows_ok p c rows' cs'
  | _, _ => false
  end.

Definition gradient_bound (p : problem) (c : certificate) : Z :=
  let '(lo, hi) := gradient (pow2 (grid c)) (denom p) (zrows p) (cells c) in sup_sum lo hi.

(** Steps 1 to 7: there is a strict local minimum in the box. *)
Definition check_min (p : problem) (c : certificate) : bool :=
  (0 <? denom p) && (0 <=? grid c) && (0 <=? centre_grid c) && (0 <=? width c) && (0 <? modulus c)
  && Nat.eqb (length (centre c)) (dim p) && forallb (fun x => 0 <? x) (centre c)
  && forallb (fun l => Nat.eqb (length l) (dim p)) (columns c)
  && rows_ok p c (zrows p) (cells c)
  && forallb (fun b => 0 <=? b) (slack (matrix p c))
  && (16 * pow2 (width c) * gradient_bound p c <? denom p * pow2 (2 * grid c) * modulus c).

(** ** Step 8: the error at the lower point is below everything in the box, in units of 1 / (q^2 2^(2k)). *)

Definition square_lo (lo hi : Z) : Z :=
  if 0 <=? lo then lo * lo else if hi <=? 0 then hi * hi else 0.

Definition square_hi (lo hi : Z) : Z := Z.max (lo * lo) (hi * hi).

Fixpoint error_lo (K q : Z) (rows : list zrow) (cs : list (Z * Z)) : Z :=
  match rows, cs with
  | r :: rows', (s, _) :: cs' =>
      zw r * square_lo (residual_lo K q r s) (residual_hi K q r s) + error_lo K q rows' cs'
  | _, _ => 0
  end.

Fixpoint error_hi (K q : Z) (rows : list zrow) (ts : list Z) : Z :=
  match rows, ts with
  | r :: rows', t :: ts' =>
      zw r * square_hi (residual_lo K q r t) (residual_hi K q r t) + error_hi K q rows' ts'
  | _, _ => 0
  end.

Fixpoint low_ok (k e : Z) (X : list Z) (rows : list zrow) (ts : list Z) : bool :=
  match rows, ts with
  | [], [] => true
  | r :: rows', t :: ts' => cell_ok k e X (za r) t && low_ok k e X rows' ts'
  | _, _ => false
  end.

Definition check_low (p : problem) (c : certificate) (l : lower) : bool :=
  let K := pow2 (grid c) in
  let Q := pow2 (width c) in
  (0 <=? low_grid l) && Nat.eqb (length (low_point l)) (dim p) && forallb (fun x => 0 <? x) (low_point l)
  && low_ok (grid c) (low_grid l) (low_point l) (zrows p) (low_cells l)
  && (K * Q * error_hi K (denom p) (zrows p) (low_cells l)
      <? K * Q * error_lo K (denom p) (zrows p) (cells c) - 8 * denom p * gradient_bound p c).

(** The whole rule: a strict local minimum with a lower point elsewhere. *)
Definition check (p : problem) (c : certificate) (l : lower) : bool := check_min p c && check_low p c l.
