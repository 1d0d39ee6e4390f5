; Definitions
((function_definition name: (_) @name parameters: (parameters)? @parameters body: (_) @body) @function)
((function_definition name: (identifier) @name) @constructor (#eq? @name "this"))
(function_declaration name: (_) @name parameters: (parameters)? @parameters) @function
((val_definition pattern: (identifier) @name value: (lambda_expression) @body) @function (#set! form "lambda"))
((given_definition name: (_) @name body: (_) @body) @structure (#set! form "given"))

(class_definition name: (_) @name class_parameters: (class_parameters)? @parameters body: (_)? @body) @structure
((object_definition name: (_) @name body: (_)? @body) @structure (#set! form "object"))
((package_object name: (_) @name body: (_)? @body) @structure (#set! form "object"))
((trait_definition name: (_) @name body: (_)? @body) @interface (#set! form "trait"))
(enum_definition name: (_) @name body: (_) @body) @enumeration

; Tokens
[(identifier) (type_identifier) (operator_identifier)] @identifier
[(integer_literal) (floating_point_literal)] @number
[(string) (interpolated_string)] @string
(interpolation) @interpolation
(character_literal) @literal
[(comment) (block_comment)] @comment
(import_declaration) @import
(annotation) @decorator
