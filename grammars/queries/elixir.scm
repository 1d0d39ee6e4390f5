; Definitions
((call target: (identifier) @_def (arguments . [(call target: (identifier) @name (arguments)? @parameters) (identifier) @name (binary_operator left: (call target: (identifier) @name (arguments)? @parameters) operator: "when") (binary_operator left: (call target: (identifier) @name (arguments)? @parameters)) ]) (do_block)? @body) @function
  (#any-of? @_def "def" "defp" "defmacro" "defmacrop" "defguard" "defguardp" "defdelegate"))
((call target: (identifier) @_def (arguments . (string) @name) (do_block) @body) @function
  (#eq? @_def "test") (#set! form "test"))
((call target: (identifier) @_def (arguments . (alias) @name) (do_block) @body) @structure
  (#eq? @_def "defmodule") (#set! form "module"))
((call target: (identifier) @_def (arguments . (alias) @name) (do_block) @body) @interface
  (#eq? @_def "defprotocol") (#set! form "protocol"))
((call target: (identifier) @_def (arguments . (alias) @name) (do_block) @body) @extension
  (#eq? @_def "defimpl"))

; Tokens
[(identifier) (alias)] @identifier
[(integer) (float)] @number
[(string) (charlist) (sigil)] @string
[(char) (atom) (quoted_atom) (keyword)] @literal
(interpolation) @interpolation
(comment) @comment
(unary_operator) @decorator
