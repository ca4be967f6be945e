(* refused: relies on definitional UIP *)
Set Definitional UIP.
Inductive same {A} (a : A) : A -> SProp := once : same a a.
Theorem foo : forall (A : Type) (a : A) (e : same a a) (P : Type) (p : P), match e with once _ => p end = p.
Proof (fun _ _ _ _ _ => eq_refl).
