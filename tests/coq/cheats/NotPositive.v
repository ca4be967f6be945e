(* refused: under "Inductives whose positivity is assumed" *)
Unset Positivity Checking.
Inductive bad := make : (bad -> False) -> bad.
Definition apply (b : bad) : False := match b with make f => f b end.
Theorem foo : False. Proof (apply (make apply)).
