; Definitions
(function_definition declarator: (function_declarator declarator: (identifier) @name parameters: (parameter_list) @parameters) body: (compound_statement) @body) @function
(function_definition declarator: (pointer_declarator declarator: [(function_declarator declarator: (identifier) @name parameters: (parameter_list) @parameters) (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (parameter_list) @parameters))]) body: (compound_statement) @body) @function
((struct_specifier name: (type_identifier) @name body: (field_declaration_list) @body) @structure (#set! form "struct"))
((union_specifier name: (type_identifier) @name body: (field_declaration_list) @body) @structure (#set! form "union"))
(enum_specifier name: (type_identifier) @name body: (enumerator_list) @body) @enumeration
((type_definition type: (struct_specifier !name body: (field_declaration_list) @body) declarator: (type_identifier) @name) @structure (#set! form "struct"))
((type_definition type: (union_specifier !name body: (field_declaration_list) @body) declarator: (type_identifier) @name) @structure (#set! form "union"))
(type_definition type: (enum_specifier !name body: (enumerator_list) @body) declarator: (type_identifier) @name) @enumeration

; Tokens
[(identifier) (type_identifier) (field_identifier) (statement_identifier)] @identifier
(number_literal) @number
[(string_literal) (system_lib_string)] @string
(char_literal) @literal
(comment) @comment
(preproc_include) @import
