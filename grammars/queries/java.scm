; Definitions
(method_declaration
  name: (identifier) @name
  parameters: (formal_parameters) @parameters
  body: (block)? @body) @method

; Elements of an annotation type are its methods.
((annotation_type_element_declaration name: (identifier) @name) @method (#set! form "element"))

(constructor_declaration
  name: (identifier) @name
  parameters: (formal_parameters) @parameters
  body: (constructor_body) @body) @constructor

((compact_constructor_declaration
  name: (identifier) @name
  body: (block) @body) @constructor (#set! form "compact"))

(class_declaration name: (identifier) @name body: (class_body) @body) @structure

((record_declaration
  name: (identifier) @name
  parameters: (formal_parameters) @parameters
  body: (class_body) @body) @structure (#set! form "record"))

(interface_declaration name: (identifier) @name body: (interface_body) @body) @interface

((annotation_type_declaration
  name: (identifier) @name
  body: (annotation_type_body) @body) @interface (#set! form "annotation"))

(enum_declaration name: (identifier) @name body: (enum_body) @body) @enumeration

((variable_declarator
  name: (identifier) @name
  value: (lambda_expression parameters: (_) @parameters body: (_) @body)) @function
  (#set! form "lambda"))

; Lambdas handed to calls
(lambda_expression parameters: (_) @parameters body: (_) @body) @function @anonymous
(variable_declarator name: (identifier) @name) @field
(method_invocation object: (_)? @callee name: (identifier) @callee arguments: (argument_list (string_literal)? @title)) @call
(object_creation_expression type: (_) @callee arguments: (argument_list (string_literal)? @title)) @call
((method_invocation name: (identifier) @callee) @consumer
  (#any-of? @callee
    "of" "ofEntries" "entry" "asList" "map" "mapToInt" "mapToObj" "filter" "flatMap" "forEach" "reduce" "anyMatch" "allMatch"
    "noneMatch" "sorted" "collect" "computeIfAbsent" "computeIfPresent" "orElseGet" "orElseThrow" "ifPresent" "removeIf" "sort"
    "toMap" "groupingBy" "then" "thenApply" "thenCompose" "thenAccept" "generate" "iterate" "peek"))
(array_initializer) @collection

; Tokens
[(identifier) (type_identifier)] @identifier
[
  (decimal_integer_literal) (hex_integer_literal) (octal_integer_literal) (binary_integer_literal)
  (decimal_floating_point_literal) (hex_floating_point_literal)
] @number
(string_literal) @string
(character_literal) @literal
[(line_comment) (block_comment)] @comment
(import_declaration) @import
[(annotation) (marker_annotation)] @decorator
(string_interpolation) @interpolation
[(local_variable_declaration) (field_declaration) (constant_declaration)] @wrapper
