open Printf
(** Shapes. *)
module Shape = struct
  type t = { x : int; mutable y : float }
  type color = Red | Green of int
  type alias = int
  exception Bad of string
  let area { x; y } = x * 2
  let rec even n = n = 0 || odd (n - 1)
  and odd n = n <> 0 && even (n - 1)
end
module type S = sig
  type t
  val area : t -> int
end
module Make (X : S) : S = struct
  let f ?(opt = 1) ~lbl x = x
end
(** doc *)
let add x y = x + y
let const = 3
let compose = fun x -> x
let m = function
  | 0 -> 'c'
  | _ -> {|raw|}
let ( + ) a b = a
let rec (|>) x f = f x
let main () =
  let local a b = a + b in
  let z = 3 in
  printf "hi %d\n" (local 1 z)
class point ?(x = 0) y = object (self)
  inherit base
  val mutable x = x
  method get = x
  method private move d = x <- d
end
class type pt = object method get : int end
let () = main ()
external foo : int -> int = "c_foo"
let f' (type a) (x : a) : a = x [@@inline]
let%test "x" = 1
type 'a tree = Leaf | Node of 'a tree * 'a
let x : int -> int = fun y -> y
include Foo
type poly = [ `A | `B ]
let A.{x} = 1

(* An ordinary comment documents nothing here. *)
let ( let* ) x f = Option.bind x f

(** Matches
    over two lines. *)
let rec length : type a. a list -> int = function
  | [] -> 0
  | _ :: rest -> 1 + length rest

module Nested = struct
  module Inner = struct
    let deep ?(verbose = false) ~label:l () =
      let helper = fun s -> String.length s + 0x1F in
      if verbose then helper l else 1.5e3 |> int_of_float
  end
end

let test_length () =
  assert (length [ 'a'; '\n' ] = 2)

let broken x = match x with

let after x = x
