; Definitions. A function has several parameter lists, its type parameters among them.
(function_definition name: (_) @name body: (_) @body) @function
(function_definition parameters: (parameters (parameter) @parameter)) @function
((function_definition name: (identifier) @name) @constructor
  (#eq? @name "this"))

(function_declaration name: (_) @name) @method
(function_declaration parameters: (parameters (parameter) @parameter)) @method

(class_definition name: (_) @name body: (_)? @body) @structure
(class_definition class_parameters: (class_parameters (class_parameter) @parameter)) @structure
((class_definition "case") @structure (#set! form "case class"))

((object_definition name: (_) @name body: (_)? @body) @structure (#set! form "object"))
((package_object name: (_) @name body: (_)? @body) @structure (#set! form "object"))
((trait_definition name: (_) @name body: (_)? @body) @interface (#set! form "trait"))
(enum_definition name: (_) @name body: (_) @body) @enumeration
((given_definition name: (_) @name body: (with_template_body) @body) @structure (#set! form "given"))

(extension_definition
  parameters: (parameters
    (parameter
      type: [
        (type_identifier) @name
        (generic_type type: (_) @name)
        (stable_type_identifier) @name
      ]))) @extension

; An anonymous class goes by its type.
(instance_expression [(type_identifier) @name (generic_type type: (_) @name)] (template_body)) @extension

((val_definition
  pattern: (identifier) @name
  value: [(lambda_expression) (case_block)] @body) @function
  (#set! form "lambda"))
((val_definition
  pattern: (identifier) @name
  value: (lambda_expression parameters: (bindings (binding) @parameter))) @function
  (#set! form "lambda"))
((val_definition
  pattern: (identifier) @name
  value: (lambda_expression parameters: (identifier) @parameter)) @function
  (#set! form "lambda"))
((var_definition
  pattern: (identifier) @name
  value: [(lambda_expression) (case_block)] @body) @function
  (#set! form "lambda"))
((var_definition
  pattern: (identifier) @name
  value: (lambda_expression parameters: (bindings (binding) @parameter))) @function
  (#set! form "lambda"))
((var_definition
  pattern: (identifier) @name
  value: (lambda_expression parameters: (identifier) @parameter)) @function
  (#set! form "lambda"))

; Tokens
[(identifier) (type_identifier)] @identifier
[(integer_literal) (floating_point_literal)] @number
[(string) (interpolated_string)] @string
(character_literal) @literal
(interpolation) @interpolation
(operator_identifier) @punctuation
[(comment) (block_comment)] @comment
(import_declaration) @import
(annotation) @decorator
