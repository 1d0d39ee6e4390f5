; Definitions
(function_definition name: (name) @name parameters: (formal_parameters) @parameters body: (compound_statement) @body) @function
(method_declaration name: (name) @name parameters: (formal_parameters) @parameters body: (compound_statement)? @body) @method
((method_declaration name: (name) @name) @constructor (#match? @name "^(__construct|__CONSTRUCT)$"))
((assignment_expression left: (variable_name) @name right: [(anonymous_function parameters: (formal_parameters) @parameters body: (_) @body) (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)]) @function (#set! form "lambda"))

(class_declaration name: (name) @name body: (declaration_list) @body) @structure
((trait_declaration name: (name) @name body: (declaration_list) @body) @interface (#set! form "trait"))
(interface_declaration name: (name) @name body: (declaration_list) @body) @interface
(enum_declaration name: (name) @name body: (enum_declaration_list) @body) @enumeration
(namespace_definition name: (namespace_name) @name body: (compound_statement) @body) @scope

; Tokens
[(name) (variable_name)] @identifier
[(integer) (float)] @number
[(string) (encapsed_string) (heredoc) (nowdoc) (shell_command_expression)] @string
(comment) @comment
(namespace_use_declaration) @import
(attribute_list) @decorator
(expression_statement) @wrapper
