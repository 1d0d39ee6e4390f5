; Definitions
(function_declaration name: (identifier) @name parameters: (formal_parameters) @parameters body: (statement_block) @body) @function
((generator_function_declaration name: (identifier) @name parameters: (formal_parameters) @parameters body: (statement_block) @body) @function (#set! form "generator"))
(method_definition name: (_) @name parameters: (formal_parameters) @parameters body: (statement_block) @body) @method
((method_definition name: (property_identifier) @name) @constructor (#eq? @name "constructor"))
(class_declaration name: (identifier) @name body: (class_body) @body) @structure
(variable_declarator name: (identifier) @name value: [(function_expression parameters: (formal_parameters) @parameters body: (_) @body) (generator_function parameters: (formal_parameters) @parameters body: (_) @body) (arrow_function parameter: (identifier) @parameter body: (_) @body) (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)]) @function
(variable_declarator name: (identifier) @name value: (class body: (class_body) @body)) @structure
(assignment_expression left: [(identifier) (member_expression)] @name right: [(function_expression parameters: (formal_parameters) @parameters body: (_) @body) (generator_function parameters: (formal_parameters) @parameters body: (_) @body) (arrow_function parameter: (identifier) @parameter body: (_) @body) (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)]) @function
(assignment_expression left: [(identifier) (member_expression)] @name right: (class body: (class_body) @body)) @structure
(pair key: [(property_identifier) (string)] @name value: [(function_expression parameters: (formal_parameters) @parameters body: (_) @body) (generator_function parameters: (formal_parameters) @parameters body: (_) @body) (arrow_function parameter: (identifier) @parameter body: (_) @body) (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)]) @function
(field_definition property: (_) @name value: [(function_expression parameters: (formal_parameters) @parameters body: (_) @body) (arrow_function parameter: (identifier) @parameter body: (_) @body) (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)]) @function

; Tokens
[(identifier) (property_identifier) (shorthand_property_identifier) (shorthand_property_identifier_pattern) (private_property_identifier) (statement_identifier)] @identifier
(number) @number
[(string) (template_string)] @string
(template_substitution) @interpolation
(regex) @literal
[(comment) (html_comment)] @comment
(import_statement) @import
(decorator) @decorator
[(export_statement) (lexical_declaration) (variable_declaration) (expression_statement)] @wrapper
