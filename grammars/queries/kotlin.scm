; Definitions
(function_declaration (simple_identifier) @name (function_value_parameters) @parameters (function_body)? @body) @function
((secondary_constructor "constructor" @name (function_value_parameters) @parameters (_)? @_b) @constructor)
((property_declaration (variable_declaration (simple_identifier) @name) [(lambda_literal) (anonymous_function)] @body) @function (#set! form "lambda"))

(class_declaration "class" (type_identifier) @name (class_body)? @body) @structure
(class_declaration "interface" (type_identifier) @name (class_body)? @body) @interface
(class_declaration "enum" (type_identifier) @name (enum_class_body) @body) @enumeration
((object_declaration (type_identifier) @name (class_body)? @body) @structure (#set! form "object"))
((companion_object "companion" @name (class_body) @body) @extension)

; Tokens
[(simple_identifier) (type_identifier)] @identifier
[(integer_literal) (long_literal) (real_literal) (hex_literal) (bin_literal) (unsigned_literal)] @number
(string_literal) @string
[(interpolated_expression) (interpolated_identifier)] @interpolation
(character_literal) @literal
[(line_comment) (multiline_comment)] @comment
(import_header) @import
(annotation) @decorator
