; Definitions
(function_declaration name: (identifier) @name (parameters) @parameters body: (block) @body) @function
((test_declaration [(string) (identifier)] @name (block) @body) @function (#set! form "test"))
((variable_declaration (identifier) @name [(struct_declaration) (union_declaration) (opaque_declaration)] @body) @structure)
((variable_declaration (identifier) @name [(enum_declaration) (error_set_declaration)] @body) @enumeration)

; Tokens
[(identifier) (builtin_identifier)] @identifier
[(integer) (float)] @number
[(string) (multiline_string)] @string
(character) @literal
(comment) @comment
