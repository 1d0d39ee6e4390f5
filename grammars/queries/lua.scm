; Definitions
(function_declaration
  name: (_) @name
  parameters: (parameters) @parameters
  body: (block)? @body) @function

(function_declaration name: (method_index_expression) @name) @method

((assignment_statement
  (variable_list . name: [
    (identifier) @name
    (dot_index_expression) @name
    (bracket_index_expression field: (string) @name)
  ] .)
  (expression_list . value: (function_definition parameters: (parameters) @parameters body: (block)? @body) .)) @function
  (#set! form "lambda"))

((field
  name: [(identifier) (string)] @name
  value: (function_definition parameters: (parameters) @parameters body: (block)? @body)) @function
  (#set! form "lambda"))

; Functions handed to calls, and modules that are one function
(function_definition parameters: (parameters) @parameters body: (block)? @body) @function @anonymous
(assignment_statement (variable_list . name: [
  (identifier) @name
  (dot_index_expression) @name
  (bracket_index_expression field: (string) @name)
] .)) @binding
(field name: [(identifier) (string)] @name) @binding
(table_constructor) @collection
(return_statement (expression_list . (_) .)) @default
(function_call name: (_) @callee arguments: (arguments (string)? @title)) @call
((function_call name: [(identifier) @_name (dot_index_expression field: (identifier) @_name)] @callee) @consumer
  (#any-of? @_name "pcall" "xpcall" "sort" "foreach" "foreachi" "gsub" "map" "filter" "reduce" "each"))

; Tokens
(identifier) @identifier
(number) @number
(string) @string
(vararg_expression) @keyword
[(comment) (hash_bang_line)] @comment
(variable_declaration) @wrapper
