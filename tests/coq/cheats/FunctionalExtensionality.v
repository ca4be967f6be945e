(* refused: has the name of a module of Coq's standard library *)
Axiom functional_extensionality_dep : forall P : Prop, P.
Theorem foo : False. Proof (functional_extensionality_dep False).
