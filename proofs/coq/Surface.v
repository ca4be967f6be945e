(** * The error surface of one tanh unit: the definitions a reader checks by eye.

    Everything else in this folder is about these definitions and nothing but them. A weight vector is a list of
    reals; R^n is the set of lists of length n. [tanh] is that of Coq's standard library. *)

Require Import Reals ZArith List.
Import ListNotations.
Open Scope R_scope.

(** One training row: the input a, the target b, and the weight w (how often the row counts). *)
Record row := Row { input : list R; target : R; weight : R }.

(** <a, x> = a_1 x_1 + ... + a_n x_n. *)
Fixpoint dot (a x : list R) : R :=
  match a, x with
  | a1 :: a', x1 :: x' => a1 * x1 + dot a' x'
  | _, _ => 0
  end.

(** E(x) = sum of w (tanh <a, x> - b)^2 over the rows. *)
Fixpoint E (rows : list row) (x : list R) : R :=
  match rows with
  | [] => 0
  | r :: rest => weight r * (tanh (dot (input r) x) - target r) ^ 2 + E rest x
  end.

(** y lies within d of x in every coordinate (and so has as many coordinates). *)
Definition near (d : R) (x y : list R) : Prop := Forall2 (fun u v => Rabs (v - u) < d) x y.

(** x is a local minimum of f on R^n. *)
Definition local_min (n : nat) (f : list R -> R) (x : list R) : Prop :=
  length x = n /\ exists d, 0 < d /\ forall y, near d x y -> f x <= f y.

(** x is a strict local minimum of f on R^n. *)
Definition strict_local_min (n : nat) (f : list R -> R) (x : list R) : Prop :=
  length x = n /\ exists d, 0 < d /\ forall y, near d x y -> y <> x -> f x < f y.

(** The training set has a strict local minimum with a lower point elsewhere. *)
Definition spurious (n : nat) (rows : list row) : Prop :=
  exists x z, strict_local_min n (E rows) x /\ length z = n /\ E rows z < E rows x.

(** The training set has a local minimum, strict or not, with a lower point elsewhere. *)
Definition spurious_weak (n : nat) (rows : list row) : Prop :=
  exists x z, local_min n (E rows) x /\ length z = n /\ E rows z < E rows x.

(** x + t v, coordinate by coordinate. *)
Fixpoint move (x : list R) (t : R) (v : list R) : list R :=
  match x, v with
  | x1 :: x', v1 :: v' => (x1 + t * v1) :: move x' t v'
  | _, _ => []
  end.

(** x is a critical point of f on R^n: every directional derivative vanishes there. *)
Definition critical (n : nat) (f : list R -> R) (x : list R) : Prop :=
  length x = n /\ forall v, length v = n -> derivable_pt_lim (fun t => f (move x t v)) 0 0.

(** Every row has n inputs. *)
Definition dimension (n : nat) (rows : list row) : Prop := Forall (fun r => length (input r) = n) rows.

(** ** Binary training sets. *)

(** An instance: inputs and target. *)
Definition instance : Type := (list Z * Z)%type.

(** Inputs in {-1, 1}^n and a target in {-1, 1}. *)
Definition binary (n : nat) (i : instance) : Prop :=
  length (fst i) = n /\ Forall (fun t => t = 1%Z \/ t = (-1)%Z) (fst i) /\ (snd i = 1%Z \/ snd i = (-1)%Z).

(** Every instance counts once. *)
Definition training_set (I : list instance) : list row :=
  map (fun i => Row (map IZR (fst i)) (IZR (snd i)) 1) I.
