(* refused: coqchk finds an axiom of the files' own, Own.ModuleNamedAlike.Classical_Prop.classic *)
Module Classical_Prop. Axiom classic : forall P : Prop, P. End Classical_Prop.
Theorem foo : False. Proof (Classical_Prop.classic False).
