; Definitions. A body follows its signature as a sibling.
(function_signature name: (identifier) @name) @function
(function_signature (formal_parameter_list (formal_parameter) @parameter)) @function
(function_signature (formal_parameter_list (optional_formal_parameters (formal_parameter) @parameter))) @function

((getter_signature name: (identifier) @name) @function (#set! form "getter"))
((setter_signature name: (identifier) @name) @function (#set! form "setter"))
((setter_signature (formal_parameter_list (formal_parameter) @parameter)) @function (#set! form "setter"))

((operator_signature "operator" . _ @name) @method (#set! form "operator"))
((operator_signature (formal_parameter_list (formal_parameter) @parameter)) @method (#set! form "operator"))

; Of Shape.named, the last identifier is the name.
(constructor_signature (identifier) @name . (formal_parameter_list)) @constructor
(constructor_signature (formal_parameter_list (formal_parameter) @parameter)) @constructor
(constructor_signature (formal_parameter_list (optional_formal_parameters (formal_parameter) @parameter))) @constructor
((constant_constructor_signature (identifier) @name . (formal_parameter_list)) @constructor (#set! form "const"))
((constant_constructor_signature (formal_parameter_list (formal_parameter) @parameter)) @constructor (#set! form "const"))
((constant_constructor_signature
  (formal_parameter_list (optional_formal_parameters (formal_parameter) @parameter))) @constructor
  (#set! form "const"))
((factory_constructor_signature (identifier) @name . (formal_parameter_list)) @constructor (#set! form "factory"))
((factory_constructor_signature (formal_parameter_list (formal_parameter) @parameter)) @constructor
  (#set! form "factory"))
((factory_constructor_signature
  (formal_parameter_list (optional_formal_parameters (formal_parameter) @parameter))) @constructor
  (#set! form "factory"))
((redirecting_factory_constructor_signature (identifier) @name . (formal_parameter_list)) @constructor
  (#set! form "factory"))

(class_definition name: (identifier) @name body: (class_body) @body) @structure
((mixin_declaration (identifier) @name (class_body) @body) @structure (#set! form "mixin"))
((extension_type_declaration name: (identifier) @name body: (_) @body) @structure (#set! form "extension type"))
(enum_declaration name: (identifier) @name body: (enum_body) @body) @enumeration
(extension_declaration class: (type_identifier) @name body: (extension_body)) @extension

((initialized_identifier
  (identifier) @name
  (function_expression parameters: (_) @parameters body: (_) @body)) @function
  (#set! form "lambda"))
((static_final_declaration
  (identifier) @name
  (function_expression parameters: (_) @parameters body: (_) @body)) @function
  (#set! form "lambda"))
((initialized_variable_definition
  name: (identifier) @name
  value: (function_expression parameters: (_) @parameters body: (_) @body)) @function
  (#set! form "lambda"))
((assignment_expression
  left: (assignable_expression . (identifier) @name .)
  right: (function_expression parameters: (_) @parameters body: (_) @body)) @function
  (#set! form "lambda"))
((pair
  key: (string_literal) @name
  value: (function_expression parameters: (_) @parameters body: (_) @body)) @function
  (#set! form "lambda"))

; Functions handed to calls. A call is a row of siblings: what is called, then its selectors.
(function_expression parameters: (_) @parameters body: (function_expression_body (_) @body)) @function @anonymous
(initialized_identifier . (identifier) @name) @binding
(static_final_declaration . (identifier) @name) @binding
(initialized_variable_definition name: (identifier) @name) @binding
(assignment_expression left: (assignable_expression . (identifier) @name .)) @binding
(pair key: (string_literal) @name) @binding
[(list_literal) (set_or_map_literal)] @collection
(expression_statement . (_) @callee . (selector (argument_part))) @call
(expression_statement . (_) @callee . (selector) @callee . (selector (argument_part))) @call
(expression_statement . (_) @callee . (selector) @callee . (selector) @callee . (selector (argument_part))) @call
(expression_statement (selector (argument_part (arguments (argument (string_literal) @title))))) @call

; Tokens
[(identifier) (type_identifier) (identifier_dollar_escaped)] @identifier
[(decimal_integer_literal) (hex_integer_literal) (decimal_floating_point_literal)] @number
(string_literal) @string
(symbol_literal) @literal
(template_substitution) @interpolation
[
  (additive_operator) (multiplicative_operator) (relational_operator) (equality_operator) (shift_operator)
  (increment_operator) (bitwise_operator) (logical_and_operator) (logical_or_operator) (negation_operator)
  (minus_operator) (tilde_operator) (prefix_operator) (postfix_operator) (nullable_type)
] @punctuation
[(comment) (documentation_comment) (script_tag)] @comment
[(import_or_export) (part_directive) (part_of_directive)] @import
(annotation) @decorator
[(initializers) (redirection) (function_body)] @continuation
[
  (method_signature) (declaration) (local_function_declaration) (lambda_expression) (local_variable_declaration)
  (initialized_identifier_list) (static_final_declaration_list)
] @wrapper
((expression_statement) @wrapper)
