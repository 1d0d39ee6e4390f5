; Definitions
(function_definition (signature [(call_expression . (_) @name (argument_list) @parameters) (typed_expression (call_expression . (_) @name (argument_list) @parameters)) (where_expression (call_expression . (_) @name (argument_list) @parameters)) (where_expression (typed_expression (call_expression . (_) @name (argument_list) @parameters)))])) @function
((macro_definition (signature (call_expression . (_) @name (argument_list) @parameters))) @function (#set! form "macro"))
(assignment . (call_expression . (_) @name (argument_list) @parameters) (operator) (_) @body) @function
((struct_definition (type_head) @name) @structure (#set! form "struct"))
((abstract_definition (type_head) @name) @interface (#set! form "abstract"))
(module_definition name: (identifier) @name) @scope

; Tokens
[(identifier) (operator)] @identifier
[(integer_literal) (float_literal)] @number
[(string_literal) (prefixed_string_literal) (command_literal)] @string
(character_literal) @literal
(string_interpolation) @interpolation
[(line_comment) (block_comment)] @comment
[(import_statement) (using_statement)] @import
