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

; Functions and blocks handed to calls
(function_definition parameters: (parameters)? @parameters body: (_) @body) @function @anonymous
(call arguments: (arguments argument: (argument value: (braced_expression) @body))) @function @anonymous
(binary_operator lhs: [(identifier) (string)] @name operator: ["<-" "<<-" "="]) @field
(binary_operator lhs: (extract_operator rhs: [(identifier) (string)] @name) operator: ["<-" "<<-" "="]) @field
(binary_operator
  lhs: (subset2 arguments: (arguments (argument value: (string) @name)))
  operator: ["<-" "<<-" "="]) @field
(call function: [(identifier) (namespace_operator) (extract_operator)] @callee) @block
(call arguments: (arguments argument: (argument value: (string) @title))) @block
((call function: [(identifier) @_name (namespace_operator rhs: (identifier) @_name)] @callee) @consumer
  (#any-of? @_name
    "list" "c" "lapply" "sapply" "vapply" "mapply" "apply" "tapply" "outer" "Map" "Filter" "Reduce" "map" "map_chr" "map_dbl" "map_int"
    "map_lgl" "map2" "imap" "pmap" "walk" "purrr" "tryCatch" "withCallingHandlers" "try" "local" "do.call" "with"
    "suppressWarnings" "suppressMessages" "system.time" "Recall" "unlist" "vapply" "aggregate" "by"))

; Tokens
[(identifier) (dots) (dot_dot_i)] @identifier
[(integer) (float) (complex)] @number
(string) @string
[(comma) "special"] @punctuation
(comment) @comment
