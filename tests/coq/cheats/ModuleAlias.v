(* refused: coqchk finds an axiom of the files' own, Own.ModuleAlias.Hidden.classic *)
Module Hidden. Axiom classic : forall P : Prop, P. End Hidden.
Module Classical_Prop := Hidden.
Theorem foo : False. Proof (Classical_Prop.classic False).
