(* refused: OutsideTheFolder.v: coqc says *)
Require Import Elsewhere.Lemma.
Theorem foo : True. Proof I.
