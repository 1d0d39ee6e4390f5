; Definitions
(binary_operator
  lhs: [(identifier) (string)] @name
  operator: ["<-" "<<-" "=" ":="]
  rhs: (function_definition parameters: (parameters)? @parameters body: (_) @body)) @function
(binary_operator
  lhs: (extract_operator lhs: (_) rhs: [(identifier) (string)] @name)
  operator: ["<-" "<<-" "="]
  rhs: (function_definition parameters: (parameters)? @parameters body: (_) @body)) @function
((binary_operator
  lhs: (subset2 arguments: (arguments (argument value: (string) @name)))
  operator: ["<-" "<<-" "="]
  rhs: (function_definition parameters: (parameters)? @parameters body: (_) @body)) @function)

; Members of a class; a named argument elsewhere is none.
(argument
  name: [(identifier) (string)] @name
  value: (function_definition parameters: (parameters)? @parameters body: (_) @body)) @declaration
((argument
  name: (identifier) @name
  value: (function_definition parameters: (parameters)? @parameters body: (_) @body)) @constructor
  (#eq? @name "initialize"))

((call
  function: (identifier) @_function
  arguments: (arguments
    argument: (argument value: (string) @name)
    argument: (argument value: (function_definition parameters: (parameters)? @parameters body: (_) @body)))) @function
  (#any-of? @_function "setMethod" "setGeneric" "setReplaceMethod" "setValidity" "assign" "registerS3method"))

((binary_operator
  lhs: [(identifier) (string)] @name
  operator: ["<-" "<<-" "="]
  rhs: (call function: [(identifier) @_function (namespace_operator rhs: (identifier) @_function)] arguments: (_) @body)) @structure
  (#any-of? @_function "R6Class" "setRefClass" "ggproto" "new_class" "setClass" "proto")
  (#set! form "class"))
((call
  function: (identifier) @_function
  arguments: (arguments . argument: (argument value: (string) @name)) @body) @structure
  (#any-of? @_function "setClass" "setRefClass" "setClassUnion")
  (#set! form "class"))

((call function: (identifier) @_function) @import
  (#any-of? @_function "library" "require" "source" "requireNamespace" "loadNamespace")
  (#set! form "wildcard"))

; Tokens
[(identifier) (dots) (dot_dot_i)] @identifier
[(integer) (float) (complex)] @number
(string) @string
[(comma) "special"] @punctuation
(comment) @comment
