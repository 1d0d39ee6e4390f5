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

; Blocks and functions handed to calls
(call_expression function: (_) arguments: [(block) (case_block) (colon_argument)] @body) @function @anonymous
(infix_expression
  left: [(string) (infix_expression right: (string))] operator: (identifier) right: (block) @body) @function @anonymous
(lambda_expression parameters: (_) (_) @body) @function @anonymous
(val_definition pattern: (identifier) @name) @field
(var_definition pattern: (identifier) @name) @field
(call_expression function: [(identifier) (field_expression) (call_expression) (generic_function)] @callee) @block
(call_expression arguments: (arguments [(string) (interpolated_string)] @title)) @block
(call_expression function: (call_expression arguments: (arguments [(string) (interpolated_string)] @title))) @block
(infix_expression left: [(string) (infix_expression right: (string))] @title operator: (identifier) right: (block)) @block
((call_expression function: [
    (identifier) @_name
    (field_expression field: (identifier) @_name)
    (call_expression function: [(identifier) @_name (field_expression field: (identifier) @_name)])
  ] @callee) @consumer
  (#any-of? @_name
    "map" "flatMap" "filter" "filterNot" "foreach" "foldLeft" "foldRight" "fold" "reduce" "collect" "collectFirst" "exists"
    "forall" "find" "groupBy" "sortBy" "sortWith" "partition" "getOrElse" "recover" "recoverWith" "transform" "zipWith"
    "Map" "List" "Seq" "Set" "Vector" "Array" "synchronized" "Try" "Some" "Option" "takeWhile" "dropWhile" "count" "maxBy" "minBy" "mapValues" "to" "tap" "pipe"))

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
