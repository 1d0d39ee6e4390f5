; Definitions
(function_statement (function_name) @name (function_parameter_declaration)? @parameters (script_block) @body) @function
(class_statement . (simple_name) @name) @structure
(class_method_definition (simple_name) @name (class_method_parameter_list)? @parameters (script_block) @body) @method
(enum_statement . (simple_name) @name) @enumeration

; Tokens
[(variable) (simple_name) (function_name) (command_name) (member_name) (type_identifier) (generic_token) (command_parameter) (braced_variable)] @identifier
[(decimal_integer_literal) (hexadecimal_integer_literal) (real_literal)] @number
[(expandable_string_literal) (expandable_here_string_literal) (verbatim_string_characters) (verbatim_here_string_characters)] @string
(sub_expression) @interpolation
(comment) @comment
(attribute) @decorator
