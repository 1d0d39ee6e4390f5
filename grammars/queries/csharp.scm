; Reference only: C# is read by its own compiler. This lists what a syntactic extractor would, for comparisons.
; Definitions
(method_declaration
  name: (identifier) @name
  parameters: (parameter_list) @parameters
  body: (_)? @body) @method

(constructor_declaration
  name: (identifier) @name
  parameters: (parameter_list) @parameters
  body: (_)? @body) @constructor

((destructor_declaration
  name: (identifier) @name
  parameters: (parameter_list) @parameters
  body: (_)? @body) @method
  (#set! form "destructor"))

((operator_declaration
  operator: _ @name
  parameters: (parameter_list) @parameters
  body: (_)? @body) @method
  (#set! form "operator"))

((conversion_operator_declaration
  type: (_) @name
  parameters: (parameter_list) @parameters
  body: (_)? @body) @method
  (#set! form "conversion"))

((local_function_statement
  name: (identifier) @name
  parameters: (parameter_list) @parameters
  body: (_)? @body) @function
  (#set! form "local"))

; A property, indexer or event with written accessors is one method; an automatic property is data.
((property_declaration
  name: (identifier) @name
  accessors: (accessor_list (accessor_declaration body: (_))) @body) @method
  (#set! form "property"))
((property_declaration
  name: (identifier) @name
  value: (arrow_expression_clause) @body) @method
  (#set! form "property"))
((property_declaration
  name: (identifier) @name
  value: (lambda_expression parameters: (_) @parameters body: (_) @body)) @function
  (#set! form "lambda"))
((indexer_declaration
  "this" @name
  parameters: (_) @parameters
  accessors: (accessor_list (accessor_declaration body: (_))) @body) @method
  (#set! form "indexer"))
((indexer_declaration
  "this" @name
  parameters: (_) @parameters
  value: (arrow_expression_clause) @body) @method
  (#set! form "indexer"))
((event_declaration
  name: (identifier) @name
  accessors: (accessor_list (accessor_declaration body: (_))) @body) @method
  (#set! form "event"))

((variable_declarator
  name: (identifier) @name
  [
    (lambda_expression parameters: (_) @parameters body: (_) @body)
    (parenthesized_expression (lambda_expression parameters: (_) @parameters body: (_) @body))
    (cast_expression value: (lambda_expression parameters: (_) @parameters body: (_) @body))
    (cast_expression
      value: (parenthesized_expression (lambda_expression parameters: (_) @parameters body: (_) @body)))
    (anonymous_method_expression parameters: (_)? @parameters (block) @body)
  ]) @function
  (#set! form "lambda"))

((class_declaration name: (identifier) @name body: (_)? @body) @structure (#set! form "class"))
((struct_declaration name: (identifier) @name body: (_)? @body) @structure (#set! form "struct"))
((record_declaration name: (identifier) @name body: (_)? @body) @structure (#set! form "record"))
(interface_declaration name: (identifier) @name body: (_)? @body) @interface
(enum_declaration name: (identifier) @name body: (_)? @body) @enumeration

(namespace_declaration name: (_) @name) @scope

; Tokens
[(identifier) (discard)] @identifier
[(integer_literal) (real_literal)] @number
[(string_literal) (verbatim_string_literal) (raw_string_literal) (interpolated_string_expression)] @string
(character_literal) @literal
(interpolation) @interpolation
[(comment) (shebang_directive)] @comment
(using_directive) @import
(attribute_list) @decorator
[
  (local_declaration_statement) (variable_declaration) (field_declaration) (event_field_declaration) (global_statement)
] @wrapper
