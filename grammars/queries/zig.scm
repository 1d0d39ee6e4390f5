; Functions
(function_declaration
  name: (identifier) @name
  (parameters) @parameters
  body: (block) @body) @function

((test_declaration [(string) (identifier)] @name (block) @body) @function (#set! form "test"))

; Types
(variable_declaration . (identifier) @name (struct_declaration "{" @body)) @structure
((variable_declaration . (identifier) @name (union_declaration "{" @body)) @structure (#set! form "union"))
((variable_declaration . (identifier) @name (opaque_declaration "{" @body)) @structure (#set! form "opaque"))
(variable_declaration . (identifier) @name (enum_declaration "{" @body)) @enumeration
((variable_declaration . (identifier) @name (error_set_declaration "{" @body)) @enumeration (#set! form "error set"))

; Tokens
(identifier) @identifier
[(integer) (float)] @number
[(string) (multiline_string)] @string
(character) @literal
[(boolean) "null" "undefined"] @keyword
(comment) @comment
((variable_declaration (builtin_function (builtin_identifier) @_import)) @import
  (#eq? @_import "@import"))
((variable_declaration (field_expression object: (builtin_function (builtin_identifier) @_import))) @import
  (#eq? @_import "@import"))
