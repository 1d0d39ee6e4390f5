; Definitions
(function_declaration name: (identifier) @name parameters: (parameter_list) @parameters body: (block)? @body) @function
(method_declaration
  receiver: (parameter_list (parameter_declaration type: [(type_identifier) @receiver (pointer_type (type_identifier) @receiver) (generic_type type: (type_identifier) @receiver) (pointer_type (generic_type type: (type_identifier) @receiver))]))
  name: (field_identifier) @name parameters: (parameter_list) @parameters body: (block)? @body) @method
((short_var_declaration left: (expression_list . (identifier) @name .) right: (expression_list . (func_literal parameters: (parameter_list) @parameters body: (block) @body) .)) @function (#set! form "lambda"))
((var_spec name: (identifier) @name value: (expression_list . (func_literal parameters: (parameter_list) @parameters body: (block) @body) .)) @function (#set! form "lambda"))
((type_spec name: (type_identifier) @name type: (struct_type) @body) @structure (#set! form "struct"))
(type_spec name: (type_identifier) @name type: (interface_type) @body) @interface

; Tokens
[(identifier) (type_identifier) (field_identifier) (package_identifier) (label_name)] @identifier
[(int_literal) (float_literal) (imaginary_literal)] @number
[(interpreted_string_literal) (raw_string_literal)] @string
(rune_literal) @literal
(comment) @comment
(import_spec) @import
[(type_declaration) (var_declaration)] @wrapper
