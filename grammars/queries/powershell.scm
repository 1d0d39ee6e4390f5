; Definitions
(function_statement (function_name) @name (function_parameter_declaration (parameter_list) @parameters)? "{" @body) @function
((function_statement (function_name) @name (comment) @documentation) @function
  (#match? @documentation "^<#"))
(function_statement (function_name) @name (script_block (param_block (parameter_list) @parameters)) @body) @function

(class_method_definition (type_literal) . (simple_name) @name (class_method_parameter_list)? @parameters "{"? @body) @method
(class_method_definition . (class_attribute)* . (simple_name) @name (class_method_parameter_list)? @parameters "{"? @body) @function

(class_statement . (simple_name) @name "{" @body) @structure
(enum_statement . (simple_name) @name "{" @body) @enumeration

((assignment_expression
  (left_assignment_expression) @name
  value: (pipeline (pipeline_chain (logical_expression (bitwise_expression (comparison_expression
    (additive_expression (multiplicative_expression (format_expression (range_expression
    (array_literal_expression (unary_expression (script_block_expression) @body)))))))))))) @function
  (#match? @name "^\\$[A-Za-z_][A-Za-z0-9_:]*$")
  (#set! form "script block"))

((command command_name: (command_name) @_command) @import
  (#match? @_command "^([uU]sing|Import-Module|import-module)$")
  (#set! form "wildcard"))

; Script blocks handed to commands
(script_block_expression (script_block)? @body) @function @anonymous
((assignment_expression (left_assignment_expression) @name) @field
  (#match? @name "^\\$[A-Za-z_][A-Za-z0-9_:]*$"))
(command command_name: (command_name) @callee) @block
(command command_elements: (command_elements (array_literal_expression (unary_expression (string_literal) @title)))) @block
((command command_name: (command_name) @_name @callee) @consumer
  (#match? @_name "^(?i)(foreach-object|where-object|foreach|where|sort-object|group-object|select-object|measure-command|%|\\?)$"))

; Tokens
[
  (function_name) (simple_name) (type_identifier) (variable) (command_name) (command_parameter) (braced_variable)
  (label) (member_name)
] @identifier
[(decimal_integer_literal) (hexadecimal_integer_literal) (real_literal)] @number
[(string_literal) (generic_token) (verbatim_command_argument) (path_command_name_token)] @string
(sub_expression) @interpolation
[
  (assignement_operator) (command_invokation_operator) (file_redirection_operator) (merging_redirection_operator)
  (dimension) (empty_statement) (stop_parsing)
] @punctuation
[(comparison_operator) (format_operator) (block_name) (class_attribute)] @keyword
(comment) @comment
