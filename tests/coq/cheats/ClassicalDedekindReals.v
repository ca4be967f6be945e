(* refused: has the name of a module of Coq's standard library *)
Axiom sig_not_dec : forall P : Prop, P.
Theorem foo : False. Proof (sig_not_dec False).
