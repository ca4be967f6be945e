(** * Linear independence of lists of vectors: dual vectors, the bound on their number, injectivity. *)

Require Import Reals List Lra Lia Classical.
Require Import Spurious.Surface Spurious.Vectors.
Import ListNotations.
Open Scope R_scope.

(** c_1 d_1 + ... + c_m d_m, a vector of R^n. *)
Fixpoint combo (n : nat) (c : list R) (D : list (list R)) : list R :=
  match c, D with
  | c1 :: c', d :: D' => move (combo n c' D') c1 d
  | _, _ => repeat 0 n
  end.

(** The vectors are linearly independent in R^n: only the trivial combination vanishes. *)
Definition independent (n : nat) (A : list (list R)) : Prop :=
  forall c, length c = length A -> combo n c A = repeat 0 n -> c = repeat 0 (length A).

Lemma dot_zero_r a : forall n, dot a (repeat 0 n) = 0.
Proof. induction a as [|a1 a IH]; intros [|n]; simpl; try reflexivity. rewrite IH. ring. Qed.

Lemma dot_zero_l n : forall x, dot (repeat 0 n) x = 0.
Proof. intros x. rewrite dot_comm. apply dot_zero_r. Qed.

Lemma combo_length n : forall c D, Forall (fun d => length d = n) D -> length (combo n c D) = n.
Proof.
  induction c as [|c1 c IH]; intros [|d D] H; simpl; try apply repeat_length.
  inversion H; subst. rewrite length_move; rewrite IH; auto.
Qed.

Lemma dot_combo n a : forall c D, Forall (fun d => length d = n) D ->
  dot a (combo n c D) = dot c (map (dot a) D).
Proof.
  induction c as [|c1 c IH]; intros [|d D] H; simpl; try apply dot_zero_r.
  inversion H; subst. rewrite dot_move, IH by (try rewrite combo_length; auto). ring.
Qed.

Lemma map_dot_comm x A : map (dot x) A = map (fun a => dot a x) A.
Proof. apply map_ext. intros a. apply dot_comm. Qed.

Lemma zero_vector n l : length l = n -> (forall x, length x = n -> dot l x = 0) -> l = repeat 0 n.
Proof.
  intros Hl H. assert (S := H l Hl). clear H. revert n Hl. induction l as [|l1 l IH]; intros n Hl; subst n; [reflexivity|].
  simpl in *. assert (H1 := sqnorm_nonneg l). unfold sqnorm in H1. assert (H2 := Rle_0_sqr l1). unfold Rsqr in H2.
  assert (l1 = 0) by (apply Rsqr_0_uniq; unfold Rsqr; lra).
  f_equal; [assumption|]. apply IH; [lra|reflexivity].
Qed.

(** Independence as a statement on linear forms. *)
Lemma independent_forms n A : Forall (fun a => length a = n) A ->
  (independent n A <->
   forall c, length c = length A -> (forall x, length x = n -> dot c (map (fun a => dot a x) A) = 0) -> c = repeat 0 (length A)).
Proof.
  intros HA. split; intros H c Hc Hz; apply H; try assumption.
  - apply zero_vector; [apply combo_length; assumption|]. intros x Hx.
    rewrite dot_comm, dot_combo, map_dot_comm by assumption. apply Hz. assumption.
  - intros x Hx. rewrite <- map_dot_comm, <- (dot_combo n) by assumption. rewrite Hz. apply dot_zero_r.
Qed.

Lemma dot_app c1 : forall l1 c2 l2, length c1 = length l1 -> dot (c1 ++ c2) (l1 ++ l2) = dot c1 l1 + dot c2 l2.
Proof.
  induction c1 as [|t c1 IH]; intros [|u l1] c2 l2 H; try discriminate; simpl; [ring|].
  rewrite IH by (simpl in H; lia). ring.
Qed.

Lemma independent_tail n a A : Forall (fun a => length a = n) (a :: A) -> independent n (a :: A) -> independent n A.
Proof.
  intros HA H. inversion HA; subst. rewrite independent_forms in H by assumption. apply independent_forms; [assumption|].
  intros c Hc Hz. assert (E := H (0 :: c)). simpl in E.
  assert (0 :: c = 0 :: repeat 0 (length A)); [|congruence].
  apply E; [lia|]. intros x Hx. rewrite Rmult_0_l, Rplus_0_l. apply Hz. assumption.
Qed.

Lemma map_dot_move x t v A : length x = length v ->
  map (fun a => dot a (move x t v)) A = move (map (fun a => dot a x) A) t (map (fun a => dot a v) A).
Proof. intros H. induction A as [|a A IH]; simpl; [reflexivity|]. rewrite IH, dot_move by assumption. reflexivity. Qed.

Lemma move_zero x t : move x t (repeat 0 (length x)) = x.
Proof. induction x as [|x1 x IH]; simpl; [reflexivity|]. rewrite IH. f_equal. ring. Qed.

(** Independent vectors have duals: any right-hand side is attained, linearly. *)
Theorem dual_vectors n A : Forall (fun a => length a = n) A -> independent n A ->
  exists D, length D = length A /\ Forall (fun d => length d = n) D /\
    forall c, length c = length A -> map (fun a => dot a (combo n c D)) A = c.
Proof.
  induction A as [|a A IH]; intros HA Hind.
  - exists []. repeat split; try constructor. intros [|]; [reflexivity|discriminate].
  - assert (Ha : length a = n) by (inversion HA; assumption).
    assert (HA' : Forall (fun a => length a = n) A) by (inversion HA; assumption).
    destruct (IH HA' (independent_tail _ _ _ HA Hind)) as [D [HD [HDn HDual]]].
    assert (Hv : exists v, length v = n /\ dot a v <> 0 /\ map (fun a => dot a v) A = repeat 0 (length A)).
    { apply NNPP. intros Hno.
      rewrite independent_forms in Hind by assumption.
      assert (E := Hind (1 :: map (fun d => - dot a d) D)). simpl in E.
      assert (K : 1 :: map (fun d => - dot a d) D = 0 :: repeat 0 (length A)).
      { apply E; [rewrite map_length; lia|]. intros x Hx.
        set (y := map (fun a => dot a x) A). set (w := combo n y D).
        assert (Hy : length y = length A) by (apply map_length).
        assert (Hw : length w = n) by (apply combo_length; assumption).
        assert (Z : dot a (vsub x w) = 0).
        { apply NNPP. intros Hne. apply Hno. exists (vsub x w). split; [rewrite length_vsub; congruence|]. split; [assumption|].
          assert (Hd := HDual y Hy). fold w in Hd. unfold y in Hd. clearbody w. clear - Hd Hw Hx.
          induction A as [|b A IHA]; simpl in *; [reflexivity|]. injection Hd as H1 H2. rewrite IHA by assumption.
          f_equal. rewrite dot_vsub by congruence. lra. }
        rewrite dot_vsub in Z by congruence. unfold w in Z. rewrite dot_combo in Z by assumption.
        fold y. assert (Q : forall z, dot (map (fun d => - dot a d) D) z = - dot z (map (dot a) D)).
        { clear. induction D as [|d D IHD]; intros [|z1 z]; simpl; try ring. rewrite IHD. ring. }
        rewrite Q. lra. }
      injection K as K1 K2. lra. }
    destruct Hv as [v0 [Hv0 [Hne Hker0]]].
    set (v := move (repeat 0 n) (/ dot a v0) v0).
    assert (Hv : length v = n) by (unfold v; rewrite length_move; rewrite repeat_length; congruence).
    assert (Hdot : forall b, dot b v = / dot a v0 * dot b v0).
    { intros b. unfold v. rewrite dot_move, dot_zero_r by (rewrite repeat_length; congruence). ring. }
    assert (Hav : dot a v = 1) by (rewrite Hdot; field; assumption).
    assert (Hker : forall b, In b A -> dot b v = 0).
    { intros b Hb. rewrite Hdot. assert (dot b v0 = 0); [|rewrite H; ring].
      clear - Hb Hker0. induction A as [|b' A IHA]; [contradiction|]. simpl in Hker0. injection Hker0 as H1 H2.
      destruct Hb as [->|Hb]; [assumption|]. apply IHA; assumption. }
    exists (v :: map (fun d => move d (- dot a d) v) D). split; [simpl; rewrite map_length; lia|]. split.
    + constructor; [assumption|]. clear - HDn Hv. induction HDn; simpl; constructor; [|assumption].
      rewrite length_move; congruence.
    + intros [|c0 c] Hc; [discriminate|]. simpl in Hc.
      assert (HD' : Forall (fun d => length d = n) (map (fun d => move d (- dot a d) v) D)).
      { clear - HDn Hv. induction HDn; simpl; constructor; [|assumption]. rewrite length_move; congruence. }
      assert (Hlc : length (combo n c (map (fun d => move d (- dot a d) v) D)) = length v) by (rewrite combo_length; congruence).
      assert (F : forall b, dot b (combo n (c0 :: c) (v :: map (fun d => move d (- dot a d) v) D)) =
                 c0 * dot b v + (dot b (combo n c D) - dot a (combo n c D) * dot b v)).
      { intros b. cbn [combo]. rewrite dot_move by assumption. rewrite !dot_combo by assumption.
        assert (G : forall c, dot c (map (dot b) (map (fun d => move d (- dot a d) v) D)) =
                     dot c (map (dot b) D) - dot c (map (dot a) D) * dot b v).
        { clear - HDn Hv. induction HDn as [|d D Hd HDn IHD]; intros [|c1 c]; simpl; try ring.
          rewrite IHD, dot_move by congruence. ring. }
        rewrite G. ring. }
      cbn [map]. rewrite F, Hav. f_equal; [ring|].
      transitivity (map (fun a => dot a (combo n c D)) A); [|apply HDual; lia]. apply map_ext_in. intros b Hb. rewrite F, (Hker b Hb). ring.
Qed.

(** Any right-hand side is attained. *)
Corollary solve n A : Forall (fun a => length a = n) A -> independent n A ->
  forall c, length c = length A -> exists x, length x = n /\ map (fun a => dot a x) A = c.
Proof.
  intros HA Hi c Hc. destruct (dual_vectors n A HA Hi) as [D [HD [HDn H]]].
  exists (combo n c D). split; [apply combo_length; assumption|]. apply H. assumption.
Qed.

(** At most n vectors of R^n are independent. *)
Theorem independent_bound n : forall A, Forall (fun a => length a = n) A -> independent n A -> (length A <= n)%nat.
Proof.
  induction n as [|n IH]; intros A HA Hind.
  - destruct A as [|a A]; [simpl; lia|]. exfalso. rewrite independent_forms in Hind by assumption.
    assert (K := Hind (repeat 1 (length (a :: A)))). rewrite repeat_length in K.
    assert (K' : repeat 1 (length (a :: A)) = repeat 0 (length (a :: A))).
    { apply K; [reflexivity|]. intros [|? ?] Hx; [|discriminate].
      assert (G : forall (B : list (list R)) m, dot (repeat 1 m) (map (fun a => dot a []) B) = 0).
      { induction B as [|b B IHB]; intros [|m]; simpl; try reflexivity. rewrite IHB, dot_nil_r. ring. }
      apply G. }
    simpl in K'. injection K' as K1 K2. lra.
  - rewrite independent_forms in Hind by assumption.
    destruct (classic (exists p, In p A /\ hd 0 p <> 0)) as [[p [Hp Hpiv]]|Hno].
    + apply in_split in Hp. destruct Hp as [A1 [A2 ->]].
      assert (HAp : length p = S n) by (apply (proj1 (Forall_forall _ _) HA); apply in_elt).
      set (h := hd 0 p) in *.
      set (red := fun b : list R => tl (move b (- (hd 0 b / h)) p)).
      set (B := A1 ++ A2).
      assert (HB : Forall (fun a => length a = S n) B).
      { apply Forall_app in HA. destruct HA as [HA1 HA2]. inversion HA2; subst. apply Forall_app. split; assumption. }
      assert (Hlen : length (A1 ++ p :: A2) = S (length B)).
      { unfold B. rewrite !app_length. simpl. lia. }
      rewrite Hlen. apply le_n_S.
      assert (Hred : Forall (fun a => length a = n) (map red B)).
      { clear - HB HAp. induction HB as [|b B Hb HB IHB]; simpl; constructor; [|assumption].
        unfold red. destruct b as [|b1 b]; [discriminate|]. destruct p as [|p1 p]; [discriminate|]. simpl in *.
        rewrite length_move; lia. }
      rewrite <- (map_length red B). apply IH; [assumption|].
      apply independent_forms; [assumption|]. intros c Hc Hz. rewrite map_length in *.
      set (gam := - dot c (map (fun b => hd 0 b / h) B)).
      set (c1 := firstn (length A1) c). set (c2 := skipn (length A1) c).
      assert (Hc1 : length c1 = length A1).
      { unfold c1. rewrite firstn_length. rewrite Hc. unfold B. rewrite app_length. lia. }
      assert (Hc12 : c1 ++ c2 = c) by apply firstn_skipn.
      assert (Hc2 : length c2 = length A2).
      { assert (T := f_equal (@length R) Hc12). rewrite app_length, Hc, Hc1 in T. unfold B in T. rewrite app_length in T. lia. }
      assert (K : c1 ++ gam :: c2 = repeat 0 (length (A1 ++ p :: A2))).
      { apply Hind.
        - rewrite !app_length. simpl. lia.
        - intros x Hx. rewrite map_app, dot_app by (rewrite map_length; assumption). simpl.
          assert (Hsum : dot c (map (fun a => dot a x) B) = dot c1 (map (fun a => dot a x) A1) + dot c2 (map (fun a => dot a x) A2)).
          { rewrite <- Hc12. unfold B. rewrite map_app, dot_app by (rewrite map_length; assumption). reflexivity. }
          assert (Hzx := Hz (tl x)). destruct x as [|x1 x]; [discriminate|]. simpl in Hzx. simpl in Hx. specialize (Hzx (eq_add_S _ _ Hx)).
          assert (G : dot c (map (fun a => dot a x) (map red B)) =
                      dot c (map (fun a => dot a (x1 :: x)) B) - dot c (map (fun b => hd 0 b / h) B) * dot p (x1 :: x)).
          { clear - HB HAp Hpiv Hx. revert c. induction HB as [|b B Hb HB IHB]; intros [|c0 c]; simpl; try ring.
            rewrite IHB. unfold red. destruct b as [|b1 b]; [discriminate|]. destruct p as [|p1 p]; [discriminate|].
            subst h. simpl in *. rewrite (dot_comm (move _ _ _)), dot_move by lia.
            rewrite (dot_comm x b), (dot_comm x p). field. assumption. }
          unfold gam. lra. }
      rewrite app_length in K. simpl in K. rewrite repeat_app in K. simpl in K.
      assert (K1 : c1 = repeat 0 (length A1) /\ c2 = repeat 0 (length A2)).
      { clearbody c1 c2 gam. clear - K Hc1. revert c1 Hc1 K. generalize (length A1) as m. induction m as [|m IHm]; intros [|t c1] Hc1 K; try discriminate; simpl in K.
        - injection K as _ K2. split; [reflexivity|assumption].
        - injection K as K1 K2. destruct (IHm c1) as [I1 I2]; [simpl in Hc1; lia|assumption|]. split; [simpl; congruence|assumption]. }
      destruct K1 as [K1 K2]. rewrite <- Hc12, K1, K2, <- repeat_app. f_equal. unfold B. rewrite app_length. reflexivity.
    + assert (Htl : Forall (fun a => length a = n) (map (@tl R) A)).
      { clear - HA. induction HA as [|a A Ha HA IHA]; simpl; constructor; [|assumption]. destruct a; [discriminate|simpl in *; lia]. }
      apply le_S. rewrite <- (map_length (@tl R) A). apply IH; [assumption|].
      apply independent_forms; [assumption|]. intros c Hc Hz. rewrite map_length in *. apply Hind; [assumption|].
      intros x Hx. destruct x as [|x1 x]; [discriminate|]. specialize (Hz x (eq_add_S _ _ Hx)). rewrite <- Hz. f_equal.
      rewrite map_map. apply map_ext_in. intros a Ha. destruct a as [|a1 a]; [reflexivity|]. simpl.
      assert (a1 = 0); [|subst; ring]. apply NNPP. intros Hne. apply Hno. exists (a1 :: a). split; assumption.
Qed.

(** n independent vectors of R^n determine a point. *)
Theorem independent_injective n A : Forall (fun a => length a = n) A -> independent n A -> length A = n ->
  forall x, length x = n -> map (fun a => dot a x) A = repeat 0 n -> x = repeat 0 n.
Proof.
  intros HA Hind HAn x Hx Hz. apply NNPP. intros Hne.
  destruct (dual_vectors n A HA Hind) as [D [HD [HDn Hdual]]].
  assert (HxD : Forall (fun a => length a = n) (x :: D)) by (constructor; assumption).
  assert (B : (length (x :: D) <= n)%nat); [|simpl in B; lia].
  apply independent_bound; [assumption|]. apply independent_forms; [assumption|].
  intros [|c0 c] Hc H; [discriminate|]. simpl in Hc.
  assert (Hc0 : c = repeat 0 (length A)).
  { rewrite <- (Hdual c) by lia.
    assert (Hall : forall a, In a A -> dot a (combo n c D) = 0).
    { intros a Ha. rewrite dot_combo by assumption.
      assert (Ha' : length a = n) by (apply (proj1 (Forall_forall _ _) HA); assumption).
      specialize (H a Ha'). simpl in H. rewrite <- map_dot_comm in H.
      assert (dot x a = 0); [|rewrite H0 in H; lra].
      rewrite dot_comm. rewrite <- HAn in Hz. clear - Hz Ha. induction A as [|b A IHA]; [contradiction|]. simpl in Hz. injection Hz as H1 H2.
      destruct Ha as [->|Ha]; [assumption|]. apply IHA; assumption. }
    clear - Hall. induction A as [|a A IHA]; simpl; [reflexivity|]. rewrite Hall by (left; reflexivity). f_equal.
    apply IHA. intros b Hb. apply Hall. right. assumption. }
  specialize (H x Hx). simpl in H. rewrite Hc0, dot_zero_l in H.
  assert (Hxx : dot x x <> 0).
  { intros E. apply Hne. apply zero_vector; [assumption|]. intros z Hz'.
    assert (S : x = repeat 0 n); [|rewrite S; apply dot_zero_l].
    clear - E Hx. revert n Hx. induction x as [|x1 x IH]; intros n Hx; subst n; [reflexivity|]. simpl in *.
    assert (H1 := sqnorm_nonneg x). unfold sqnorm in H1. assert (H2 := Rle_0_sqr x1). unfold Rsqr in H2.
    f_equal; [apply Rsqr_0_uniq; unfold Rsqr; lra|]. apply IH; [lra|reflexivity]. }
  assert (c0 = 0).
  { rewrite Rplus_0_r in H. apply Rmult_integral in H. tauto. }
  subst c0. simpl. rewrite HD. congruence.
Qed.
