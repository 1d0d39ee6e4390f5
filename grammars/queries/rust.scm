; Definitions
(function_item name: (_) @name parameters: (parameters) @parameters body: (block) @body) @function
(function_signature_item name: (_) @name parameters: (parameters) @parameters) @function
((let_declaration pattern: (identifier) @name value: (closure_expression parameters: (closure_parameters) @parameters body: (_) @body)) @function (#set! form "lambda"))
((macro_definition name: (identifier) @name) @function (#set! form "macro"))
((struct_item name: (type_identifier) @name body: (_)? @body) @structure (#set! form "struct"))
((union_item name: (type_identifier) @name body: (_) @body) @structure (#set! form "union"))
(enum_item name: (type_identifier) @name body: (_) @body) @enumeration
((trait_item name: (type_identifier) @name body: (_) @body) @interface (#set! form "trait"))
(impl_item type: [(type_identifier) @name (generic_type type: (type_identifier) @name) (scoped_type_identifier name: (type_identifier) @name) (reference_type type: (type_identifier) @name)] body: (declaration_list) @body) @extension
(mod_item name: (identifier) @name body: (declaration_list) @body) @scope

; Tokens
[(identifier) (type_identifier) (field_identifier) (shorthand_field_identifier) (metavariable)] @identifier
[(integer_literal) (float_literal)] @number
[(string_literal) (raw_string_literal)] @string
(char_literal) @literal
[(line_comment) (block_comment)] @comment
(use_declaration) @import
(attribute_item) @decorator
