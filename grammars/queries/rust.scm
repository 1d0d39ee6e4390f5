; Functions
(function_item
  name: (_) @name
  parameters: (parameters) @parameters
  body: (block) @body) @function

(function_signature_item name: (_) @name parameters: (parameters) @parameters) @signature

((let_declaration
  pattern: (identifier) @name
  value: (closure_expression parameters: (closure_parameters) @parameters body: (_) @body)) @function
  (#set! form "lambda"))

; Types
(struct_item name: (type_identifier) @name body: (_)? @body) @structure
((union_item name: (type_identifier) @name body: (_) @body) @structure (#set! form "union"))
(enum_item name: (type_identifier) @name body: (_) @body) @enumeration
((trait_item name: (type_identifier) @name body: (_) @body) @interface (#set! form "trait"))

; Scopes
(mod_item name: (identifier) @name body: (declaration_list) @body) @scope
(impl_item
  type: [
    (type_identifier) @name
    (scoped_type_identifier) @name
    (generic_type type: (_) @name)
    [
      (primitive_type) (reference_type) (pointer_type) (array_type) (tuple_type) (unit_type) (never_type)
      (dynamic_type) (abstract_type) (function_type) (bounded_type) (macro_invocation) (metavariable)
    ] @name
  ]
  body: (declaration_list) @body) @extension

; Closures handed to calls
(closure_expression parameters: (closure_parameters) @parameters body: (_) @body) @function @anonymous
(static_item name: (identifier) @name) @field
(const_item name: (identifier) @name) @field
(call_expression function: [(identifier) (field_expression) (scoped_identifier) (generic_function)] @callee) @call
(call_expression arguments: (arguments [(string_literal) (raw_string_literal)] @title)) @call

; Tokens
[
  (identifier) (type_identifier) (field_identifier) (shorthand_field_identifier) (metavariable) (lifetime) (label)
] @identifier
[(integer_literal) (float_literal)] @number
[(string_literal) (raw_string_literal)] @string
(char_literal) @literal
(boolean_literal) @keyword
[(never_type) (remaining_field_pattern) (empty_statement)] @punctuation
[(line_comment) (block_comment) (shebang)] @comment
[(use_declaration) (extern_crate_declaration)] @import
(attribute_item) @decorator
