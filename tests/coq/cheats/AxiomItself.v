(* refused: coqchk finds an axiom of the files' own, Own.AxiomItself.foo *)
Axiom foo : False.
