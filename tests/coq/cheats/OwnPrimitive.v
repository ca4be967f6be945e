(* refused: coqchk finds an axiom of the files' own, Own.OwnPrimitive.int *)
Primitive int := #int63_type.
Theorem foo : True. Proof I.
