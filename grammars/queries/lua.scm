; Definitions
(function_declaration name: (_) @name parameters: (parameters) @parameters body: (block)? @body) @function

(assignment_statement
  (variable_list . name: (_) @name)
  (expression_list . value: (function_definition parameters: (parameters) @parameters body: (block)? @body))) @function

(field name: (identifier) @name value: (function_definition parameters: (parameters) @parameters body: (block)? @body)) @function

; Tokens
(identifier) @identifier
(number) @number
(string) @string
(comment) @comment
[(variable_declaration)] @wrapper
