; Definitions
(let_binding
  pattern: [(value_name) @name (parenthesized_operator (_) @name)]
  (parameter) @parameter
  body: (_) @body) @function
(let_binding
  pattern: [(value_name) @name (parenthesized_operator (_) @name)]
  body: [(function_expression) (fun_expression (parameter)* @parameter)] @body) @function
(let_binding
  pattern: (typed_pattern pattern: (value_name) @name)
  body: [(function_expression) (fun_expression (parameter)* @parameter)] @body) @function

; let%test "title" = …
((let_binding pattern: (string (string_content) @name) body: (_) @body) @function (#set! form "test"))

(method_definition (method_name) @name (parameter)* @parameter body: (_) @body) @method
(method_specification (method_name) @name) @method
(value_specification . [(value_name) @name (parenthesized_operator (_) @name)] type: (function_type)) @declaration

((type_binding name: (_) @name body: (record_declaration) @body) @structure (#set! form "record"))
((type_binding name: (_) @name body: (variant_declaration) @body) @structure (#set! form "variant"))
((type_binding name: (_) @name equation: (polymorphic_variant_type) @body) @structure (#set! form "variant"))
(class_binding (class_name) @name (parameter)* @parameter body: (_) @body) @structure
((class_type_binding (class_type_name) @name body: (_) @body) @interface (#set! form "class type"))
((module_type_definition (module_type_name) @name body: (_) @body) @interface (#set! form "module type"))
(module_binding (module_name) @name body: (_) @body) @scope

((open_module) @import (#set! form "wildcard"))
((include_module) @import (#set! form "wildcard"))

; Tokens
[
  (value_name) (value_pattern) (type_constructor) (constructor_name) (field_name) (module_name) (module_type_name)
  (class_name) (class_type_name) (method_name) (instance_variable_name) (label_name) (type_variable) (tag)
  (attribute_id)
] @identifier
[(number) (signed_number)] @number
[(string) (quoted_string) (quoted_string_content)] @string
(character) @literal
(boolean) @keyword
[
  (unit) (add_operator) (sign_operator) (and_operator) (assign_operator) (concat_operator) (hash_operator)
  (indexing_operator) (let_operator) (let_and_operator) (match_operator) (mult_operator) (or_operator) (pow_operator)
  (prefix_operator) (rel_operator)
] @punctuation
[(comment) (shebang) (line_number_directive)] @comment
[(value_definition) (type_definition) (class_definition) (class_type_definition) (external)] @wrapper
