; Definitions
(function_definition
  name: (name) @name
  parameters: (formal_parameters) @parameters
  body: (compound_statement) @body) @function

(method_declaration
  name: (name) @name
  parameters: (formal_parameters) @parameters
  body: (compound_statement)? @body) @method

((method_declaration name: (name) @name) @constructor
  (#match? @name "^(?i)__construct$"))

((class_declaration name: (name) @name body: (declaration_list) @body) @structure)

((trait_declaration name: (name) @name body: (declaration_list) @body) @structure (#set! form "trait"))

(interface_declaration name: (name) @name body: (declaration_list) @body) @interface

(enum_declaration name: (name) @name body: (enum_declaration_list) @body) @enumeration

(namespace_definition name: (namespace_name) @name body: (_)) @scope

; A property with hooks is one method.
((property_declaration
  (property_element name: (variable_name (name) @name))
  (property_hook_list (property_hook body: (_))) @body) @method
  (#set! form "property"))

((assignment_expression
  left: [
    (variable_name (name) @name)
    (member_access_expression name: (name) @name)
    (scoped_property_access_expression name: (variable_name (name) @name))
  ]
  right: [
    (anonymous_function parameters: (_) @parameters body: (_) @body)
    (arrow_function parameters: (_) @parameters body: (_) @body)
  ]) @function
  (#set! form "lambda"))

((array_element_initializer
  . [(string) (encapsed_string)] @name
  . [
    (anonymous_function parameters: (_) @parameters body: (_) @body)
    (arrow_function parameters: (_) @parameters body: (_) @body)
  ] .) @function
  (#set! form "lambda"))

; Functions handed to calls, and files that return one
(anonymous_function parameters: (_) @parameters body: (_) @body) @function @anonymous
(arrow_function parameters: (_) @parameters body: (_) @body) @function @anonymous
(assignment_expression left: [
  (variable_name (name) @name)
  (member_access_expression name: (name) @name)
  (scoped_property_access_expression name: (variable_name (name) @name))
]) @binding
(array_element_initializer . [(string) (encapsed_string)] @name . (_) .) @binding
(array_creation_expression) @collection
(return_statement (_)) @default
(function_call_expression function: (_) @callee arguments: (arguments (argument [(string) (encapsed_string)] @title)?)) @call
(member_call_expression
  object: (_) @callee name: (_) @callee arguments: (arguments (argument [(string) (encapsed_string)] @title)?)) @call
(scoped_call_expression
  scope: (_) @callee name: (_) @callee arguments: (arguments (argument [(string) (encapsed_string)] @title)?)) @call
((function_call_expression function: (name) @_name @callee) @consumer
  (#match? @_name "^(array_|u[a]?sort|uksort|call_user_func|iterator_apply|preg_replace_callback|collect$|tap$|value$|with$)"))
((member_call_expression name: (name) @_name @callee) @consumer
  (#any-of? @_name
    "map" "filter" "each" "reduce" "first" "last" "reject" "mapWithKeys" "flatMap" "sortBy" "groupBy" "keyBy" "pluck" "sum"
    "contains" "every" "some" "partition" "transform" "tap" "pipe" "when" "unless" "where" "whereHas" "then" "transaction"))

; Tokens
[(name) (variable_name)] @identifier
[(integer) (float)] @number
; Variables stand bare in double-quoted strings and heredocs, so those are entered.
[(string) (nowdoc) (string_content) (escape_sequence) (heredoc_start) (heredoc_end)] @string
(text) @literal
[(operation) (reference_modifier)] @punctuation
(comment) @comment
(namespace_use_declaration) @import
(attribute_group) @decorator
(expression_statement) @wrapper
