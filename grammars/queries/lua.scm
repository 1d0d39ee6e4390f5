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

; Tokens
(identifier) @identifier
(number) @number
(string) @string
(vararg_expression) @keyword
[(comment) (hash_bang_line)] @comment
(variable_declaration) @wrapper
