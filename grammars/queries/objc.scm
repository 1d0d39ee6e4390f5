; Definitions
(function_definition declarator: (function_declarator declarator: (identifier) @name parameters: (parameter_list) @parameters) body: (compound_statement) @body) @function
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (parameter_list) @parameters)) body: (compound_statement) @body) @function
(method_definition (identifier) @name (compound_statement) @body) @method
((class_implementation "@implementation" . (identifier) @name) @structure (#set! form "implementation"))
((class_interface "@interface" . (identifier) @name) @interface (#set! form "interface"))
((protocol_declaration "@protocol" . (identifier) @name) @interface (#set! form "protocol"))
((struct_specifier name: (type_identifier) @name body: (field_declaration_list) @body) @structure (#set! form "struct"))
(enum_specifier name: (type_identifier) @name body: (enumerator_list) @body) @enumeration

; Tokens
[(identifier) (type_identifier) (field_identifier) (statement_identifier)] @identifier
(number_literal) @number
(string_literal) @string
(char_literal) @literal
(comment) @comment
[(preproc_include) (module_import)] @import
