; Functions. Those without body are implemented elsewhere (assembly).
(function_declaration
  name: (identifier) @name
  parameters: (parameter_list) @parameters
  body: (block) @body) @function

(method_declaration
  receiver: (parameter_list (parameter_declaration type: [
    (type_identifier) @receiver
    (pointer_type (type_identifier) @receiver)
    (generic_type type: (type_identifier) @receiver)
    (pointer_type (generic_type type: (type_identifier) @receiver))
  ]))
  name: (field_identifier) @name
  parameters: (parameter_list) @parameters
  body: (block) @body) @method

(method_elem name: (field_identifier) @name parameters: (parameter_list) @parameters) @signature

; Functions bound to names
((short_var_declaration
  left: (expression_list . (identifier) @name .)
  right: (expression_list . (func_literal parameters: (_) @parameters body: (_) @body) .)) @function
  (#set! form "lambda"))

((var_spec
  name: (identifier) @name
  value: (expression_list . (func_literal parameters: (_) @parameters body: (_) @body) .)) @function
  (#not-eq? @name "_")
  (#set! form "lambda"))

((assignment_statement
  left: (expression_list . [(identifier) (selector_expression)] @name .)
  right: (expression_list . (func_literal parameters: (_) @parameters body: (_) @body) .)) @function
  (#not-eq? @name "_")
  (#set! form "lambda"))

((keyed_element
  key: (literal_element (identifier) @name)
  value: (literal_element (func_literal parameters: (_) @parameters body: (_) @body))) @function
  (#set! form "lambda"))

; Types
(type_spec name: (type_identifier) @name type: (struct_type (field_declaration_list) @body)) @structure
(type_alias name: (type_identifier) @name type: (struct_type (field_declaration_list) @body)) @structure
(type_spec name: (type_identifier) @name type: (interface_type "{" @body)) @interface
(type_alias name: (type_identifier) @name type: (interface_type "{" @body)) @interface

; Functions handed to calls
(func_literal parameters: (_) @parameters body: (_) @body) @function @anonymous
((short_var_declaration left: (expression_list . (identifier) @name .)) @binding
  (#not-any-of? @name "_" "err" "ok"))
((var_spec name: (identifier) @name) @binding
  (#not-any-of? @name "_" "err" "ok"))
((assignment_statement left: (expression_list . [(identifier) (selector_expression)] @name .)) @binding
  (#not-any-of? @name "_" "err" "ok"))
(keyed_element key: (literal_element [(identifier) (interpreted_string_literal)] @name)) @binding
(literal_value) @collection
(call_expression function: [(identifier) (selector_expression) (index_expression)] @callee) @call
(call_expression arguments: (argument_list [(interpreted_string_literal) (raw_string_literal)] @title)) @call
((call_expression function: [(identifier) @_name (selector_expression field: (field_identifier) @_name)] @callee) @consumer
  (#any-of? @_name
    "Search" "IndexFunc" "LastIndexFunc" "ContainsFunc" "FieldsFunc" "TrimFunc" "TrimLeftFunc" "TrimRightFunc" "SortFunc"
    "SortStableFunc" "Slice" "SliceStable" "BinarySearchFunc" "Map" "Filter" "Reduce" "ForEach" "DeleteFunc" "append"))

; Tokens
[
  (identifier) (field_identifier) (package_identifier) (type_identifier) (blank_identifier) (label_name)
] @identifier
[(int_literal) (float_literal) (imaginary_literal)] @number
[(interpreted_string_literal) (raw_string_literal)] @string
[(rune_literal) (iota)] @literal
[(true) (false) (nil)] @keyword
[(dot) (empty_statement)] @punctuation
(comment) @comment
(import_spec) @import
[(type_declaration) (var_declaration)] @wrapper
