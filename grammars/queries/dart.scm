; Definitions
((class_definition name: (identifier) @name body: (class_body) @body) @structure)
((mixin_declaration (identifier) @name (class_body) @body) @structure (#set! form "mixin"))
((extension_declaration name: (identifier)? @name body: (extension_body) @body) @extension)
((extension_type_declaration name: (identifier) @name body: (class_body) @body) @structure (#set! form "extension type"))
(enum_declaration name: (identifier) @name body: (enum_body) @body) @enumeration
(function_signature name: (identifier) @name (formal_parameter_list) @parameters) @function

; Tokens
[(identifier) (type_identifier)] @identifier
[(decimal_integer_literal) (hex_integer_literal) (decimal_floating_point_literal)] @number
(string_literal) @string
(template_substitution) @interpolation
[(comment) (documentation_comment)] @comment
(import_or_export) @import
(annotation) @decorator
