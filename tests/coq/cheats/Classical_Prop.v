(* refused: has the name of a module of Coq's standard library *)
Axiom classic : forall P : Prop, P.
Theorem foo : False. Proof (classic False).
