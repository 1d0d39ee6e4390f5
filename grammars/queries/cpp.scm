; Definitions
(function_definition declarator: (function_declarator declarator: (_) @name parameters: (parameter_list) @parameters) body: (compound_statement) @body) @function
(function_definition declarator: (function_declarator declarator: (_) @name parameters: (parameter_list) @parameters) (try_statement) @body) @function
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (_) @name parameters: (parameter_list) @parameters)) body: (compound_statement) @body) @function
(function_definition declarator: (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (_) @name parameters: (parameter_list) @parameters))) body: (compound_statement) @body) @function
(function_definition declarator: (reference_declarator (function_declarator declarator: (_) @name parameters: (parameter_list) @parameters)) body: (compound_statement) @body) @function
((function_definition declarator: (operator_cast type: (_) @name) body: (compound_statement) @body) @method (#set! form "operator"))
((init_declarator declarator: (identifier) @name value: (lambda_expression declarator: (_)? body: (compound_statement) @body)) @function (#set! form "lambda"))
((class_specifier name: (_) @name body: (field_declaration_list) @body) @structure (#set! form "class"))
((struct_specifier name: (_) @name body: (field_declaration_list) @body) @structure (#set! form "struct"))
((union_specifier name: (_) @name body: (field_declaration_list) @body) @structure (#set! form "union"))
(enum_specifier name: (_) @name body: (enumerator_list) @body) @enumeration
(namespace_definition name: (_) @name body: (declaration_list) @body) @scope

; Tokens
[(identifier) (type_identifier) (field_identifier) (namespace_identifier) (statement_identifier)] @identifier
(number_literal) @number
[(string_literal) (raw_string_literal) (system_lib_string)] @string
(char_literal) @literal
(comment) @comment
[(preproc_include) (using_declaration)] @import
[(template_declaration)] @wrapper
