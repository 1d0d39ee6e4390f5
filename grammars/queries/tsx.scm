; Definitions
(function_declaration name: (identifier) @name parameters: (formal_parameters) @parameters body: (statement_block) @body) @function
((generator_function_declaration name: (identifier) @name parameters: (formal_parameters) @parameters body: (statement_block) @body) @function (#set! form "generator"))
(method_definition name: (_) @name parameters: (formal_parameters) @parameters body: (statement_block) @body) @method
((method_definition name: (property_identifier) @name) @constructor (#eq? @name "constructor"))
(class_declaration name: (type_identifier) @name body: (class_body) @body) @structure
(variable_declarator name: (identifier) @name value: [(function_expression parameters: (formal_parameters) @parameters body: (_) @body) (generator_function parameters: (formal_parameters) @parameters body: (_) @body) (arrow_function parameter: (identifier) @parameter body: (_) @body) (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)]) @function
(variable_declarator name: (identifier) @name value: (class body: (class_body) @body)) @structure
(assignment_expression left: [(identifier) (member_expression)] @name right: [(function_expression parameters: (formal_parameters) @parameters body: (_) @body) (generator_function parameters: (formal_parameters) @parameters body: (_) @body) (arrow_function parameter: (identifier) @parameter body: (_) @body) (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)]) @function
(assignment_expression left: [(identifier) (member_expression)] @name right: (class body: (class_body) @body)) @structure
(pair key: [(property_identifier) (string)] @name value: [(function_expression parameters: (formal_parameters) @parameters body: (_) @body) (generator_function parameters: (formal_parameters) @parameters body: (_) @body) (arrow_function parameter: (identifier) @parameter body: (_) @body) (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)]) @function
(public_field_definition name: (_) @name value: [(function_expression parameters: (formal_parameters) @parameters body: (_) @body) (arrow_function parameter: (identifier) @parameter body: (_) @body) (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)]) @function
((abstract_class_declaration name: (type_identifier) @name body: (class_body) @body) @structure (#set! form "abstract class"))
(interface_declaration name: (type_identifier) @name body: (_) @body) @interface
(enum_declaration name: (identifier) @name body: (enum_body) @body) @enumeration
(internal_module name: (_) @name body: (statement_block) @body) @scope
(module name: (_) @name body: (statement_block) @body) @scope
(type_alias_declaration name: (type_identifier) @name value: (object_type) @body) @structure
(abstract_method_signature name: (_) @name parameters: (formal_parameters) @parameters) @method

; Tokens
[(identifier) (type_identifier) (property_identifier) (shorthand_property_identifier) (shorthand_property_identifier_pattern) (private_property_identifier) (statement_identifier)] @identifier
(number) @number
[(string) (template_string)] @string
(template_substitution) @interpolation
(regex) @literal
[(comment) (html_comment)] @comment
(import_statement) @import
(decorator) @decorator
[(export_statement) (lexical_declaration) (variable_declaration) (expression_statement)] @wrapper
