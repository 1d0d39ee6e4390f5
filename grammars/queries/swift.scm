; Definitions
(function_declaration name: (_) @name body: (function_body) @body) @function

(init_declaration name: "init" @name body: (function_body)? @body) @constructor

((deinit_declaration "deinit" @name body: (function_body) @body) @method (#set! form "deinit"))

(protocol_function_declaration name: (_) @name) @method

((class_declaration declaration_kind: "class" name: (type_identifier) @name body: (_) @body) @structure (#set! form "class"))
((class_declaration declaration_kind: "struct" name: (type_identifier) @name body: (_) @body) @structure (#set! form "struct"))
((class_declaration declaration_kind: "actor" name: (type_identifier) @name body: (_) @body) @structure (#set! form "actor"))
(class_declaration declaration_kind: "enum" name: (type_identifier) @name body: (_) @body) @enumeration
(class_declaration declaration_kind: "extension" name: (_) @name body: (_) @body) @extension
((protocol_declaration name: (type_identifier) @name body: (_) @body) @interface (#set! form "protocol"))

((property_declaration name: (pattern (simple_identifier) @name) value: (lambda_literal) @body) @function (#set! form "lambda"))

; Tokens
[(simple_identifier) (type_identifier)] @identifier
[(integer_literal) (real_literal) (hex_literal) (bin_literal) (oct_literal)] @number
[(line_string_literal) (multi_line_string_literal) (raw_string_literal)] @string
[(interpolated_expression)] @interpolation
(regex_literal) @literal
[(comment) (multiline_comment)] @comment
(import_declaration) @import
(attribute) @decorator
