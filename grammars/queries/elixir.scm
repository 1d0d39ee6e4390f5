; Definitions. Clauses of one name and arity that follow each other are one function.
((call
  target: (identifier) @_word
  (arguments . [
    (identifier) @name
    (call target: (identifier) @name (arguments)? @parameters)
    (binary_operator left: (_) @parameter operator: _ @name right: (_) @parameter)
    (unary_operator operator: _ @name operand: (_) @parameter)
    (binary_operator left: (identifier) @name operator: "when")
    (binary_operator left: (call target: (identifier) @name (arguments)? @parameters) operator: "when")
    (binary_operator
      left: (binary_operator left: (_) @parameter operator: _ @name right: (_) @parameter) operator: "when")
  ])
  (do_block) @body) @function
  (#any-of? @_word "def" "defp" "defn" "defnp")
  (#not-any-of? @name "when")
  (#set! join "name"))

((call
  target: (identifier) @_word
  (arguments . [
    (identifier) @name
    (call target: (identifier) @name (arguments)? @parameters)
    (binary_operator left: (_) @parameter operator: _ @name right: (_) @parameter)
    (unary_operator operator: _ @name operand: (_) @parameter)
    (binary_operator left: (identifier) @name operator: "when")
    (binary_operator left: (call target: (identifier) @name (arguments)? @parameters) operator: "when")
    (binary_operator
      left: (binary_operator left: (_) @parameter operator: _ @name right: (_) @parameter) operator: "when")
  ]
  (keywords . (pair key: (keyword) @_do)) @body .)) @function
  (#any-of? @_word "def" "defp" "defn" "defnp")
  (#match? @_do "^do:")
  (#not-any-of? @name "when")
  (#set! join "name"))

((call
  target: (identifier) @_word
  (arguments . [
    (identifier) @name
    (call target: (identifier) @name (arguments)? @parameters)
    (binary_operator left: (_) @parameter operator: _ @name right: (_) @parameter)
    (binary_operator left: (identifier) @name operator: "when")
    (binary_operator left: (call target: (identifier) @name (arguments)? @parameters) operator: "when")
  ])
  (do_block) @body) @function
  (#any-of? @_word "defmacro" "defmacrop")
  (#not-any-of? @name "when")
  (#set! form "macro")
  (#set! join "name"))

((call
  target: (identifier) @_word
  (arguments . [
    (identifier) @name
    (call target: (identifier) @name (arguments)? @parameters)
    (binary_operator left: (call target: (identifier) @name (arguments)? @parameters) operator: "when")
  ]
  (keywords . (pair key: (keyword) @_do)) @body .)) @function
  (#any-of? @_word "defmacro" "defmacrop")
  (#match? @_do "^do:")
  (#set! form "macro")
  (#set! join "name"))

; A head without a body: default arguments before the clauses, or a member of a protocol.
((call
  target: (identifier) @_word
  (arguments . [
    (identifier) @name
    (call target: (identifier) @name (arguments)? @parameters)
  ] .) .) @declaration
  (#any-of? @_word "def" "defp" "defmacro" "defmacrop")
  (#set! join "name"))

((call
  target: (identifier) @_word
  (arguments . (binary_operator
    left: (call target: (identifier) @name (arguments)? @parameters) operator: "when" right: (_) @body))) @function
  (#any-of? @_word "defguard" "defguardp")
  (#set! form "guard"))

((call target: (identifier) @_word (arguments . (alias) @name) (do_block) @body) @scope
  (#eq? @_word "defmodule"))
((call target: (identifier) @_word (arguments . (alias) @name) (do_block (call target: (identifier) @_struct)) @body) @structure
  (#eq? @_word "defmodule")
  (#any-of? @_struct "defstruct" "defexception" "schema" "embedded_schema" "typedstruct")
  (#set! form "struct"))
((call target: (identifier) @_word (arguments . (alias) @name) (do_block) @body) @interface
  (#eq? @_word "defprotocol")
  (#set! form "protocol"))
((call target: (identifier) @_word (arguments . (alias) @name .) (do_block) @body) @extension
  (#eq? @_word "defimpl"))
((call
  target: (identifier) @_word
  (arguments . (alias) @receiver (keywords . (pair key: (keyword) @_for value: (alias) @name)))
  (do_block) @body) @extension
  (#eq? @_word "defimpl")
  (#match? @_for "^for:"))
((call
  target: (identifier) @_word
  (arguments . (alias) @name (keywords . (pair value: [(list) (identifier) (call) (dot)])))
  (do_block) @body) @extension
  (#eq? @_word "defimpl"))
((call
  target: (identifier) @_word
  (arguments . (alias) @name)
  (do_block . (unary_operator operand: (call target: (identifier) @_doc (arguments (string) @documentation))))) @scope
  (#any-of? @_word "defmodule" "defprotocol")
  (#eq? @_doc "moduledoc"))

((unary_operator operator: "@" operand: (call target: (identifier) @_attribute)) @decorator
  (#any-of? @_attribute "doc" "spec" "impl" "deprecated" "tag" "moduletag" "describetag" "dialyzer" "since" "compile" "external_resource"))

((call target: (identifier) @_word) @import
  (#any-of? @_word "use" "import")
  (#set! form "wildcard"))
((call target: (identifier) @_word) @import
  (#any-of? @_word "alias" "require"))

; Blocks and functions handed to calls
(do_block) @function @anonymous @body
(anonymous_function (stab_clause left: (arguments (_) @parameter))) @function @anonymous
(anonymous_function (stab_clause right: (body) @body)) @function @anonymous
((unary_operator operator: "@" operand: (call target: (identifier) @name)) @field
  (#not-any-of? @name "doc" "spec" "type"))
((call target: [(identifier) (dot)] @callee) @block
  (#not-any-of? @callee
    "if" "unless" "case" "cond" "for" "with" "try" "receive" "quote" "def" "defp" "defmacro" "defmacrop" "defmodule"
    "defprotocol" "defimpl" "defguard" "defstruct" "alias" "import" "require" "use" "schema" "embedded_schema"))
(call (arguments . [(string) (sigil) (atom)] @title)) @block
(call (arguments . (alias) @title)) @block
[(list) (map) (tuple)] @collection

; Tokens
[(identifier) (alias) (keyword) (quoted_keyword)] @identifier
[(integer) (float)] @number
[(string) (charlist) (sigil)] @string
(interpolation) @interpolation
[(atom) (quoted_atom) (char)] @literal
[(boolean) (nil)] @keyword
(operator_identifier) @identifier
(comment) @comment
