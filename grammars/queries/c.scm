; Functions. The declarator nests: one pattern a depth of pointers, then (name)(...), then a returned function pointer.
((function_definition
  declarator: [
    (function_declarator declarator: (identifier) @name parameters: (_) @parameters)
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters))
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters)))
    (pointer_declarator declarator: (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters))))
    (function_declarator declarator: (parenthesized_declarator (identifier) @name) parameters: (_) @parameters)
    (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator (identifier) @name) parameters: (_) @parameters))
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters))))
    (attributed_declarator (function_declarator declarator: (identifier) @name parameters: (_) @parameters))
  ]
  body: (compound_statement) @body) @function
  (#not-any-of? @name "if" "for" "while" "switch" "else"))

; Types
(struct_specifier name: (type_identifier) @name body: (_) @body) @structure
((union_specifier name: (type_identifier) @name body: (_) @body) @structure (#set! form "union"))
(enum_specifier name: (type_identifier) @name body: (_) @body) @enumeration

; typedef struct s {} t: one structure, known by the later name.
(type_definition type: (struct_specifier body: (_) @body) declarator: (type_identifier) @name) @structure
((type_definition type: (union_specifier body: (_) @body) declarator: (type_identifier) @name) @structure (#set! form "union"))
(type_definition type: (enum_specifier body: (_) @body) declarator: (type_identifier) @name) @enumeration

; Tokens
[(identifier) (type_identifier) (field_identifier) (statement_identifier)] @identifier
(number_literal) @number
[(string_literal) (system_lib_string)] @string
[(char_literal) (preproc_arg)] @literal
[(true) (false) (null)] @keyword
(comment) @comment
(preproc_include) @import
