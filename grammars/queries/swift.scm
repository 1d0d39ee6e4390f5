; Definitions
(function_declaration "func" . _ @name body: (function_body)? @body) @function
(function_declaration (parameter) @parameter) @function

(protocol_function_declaration "func" . _ @name) @method
(protocol_function_declaration (parameter) @parameter) @method

(init_declaration "init" @name body: (function_body)? @body) @constructor
(init_declaration (parameter) @parameter) @constructor

((deinit_declaration "deinit" @name body: (function_body) @body) @method (#set! form "destructor"))

((subscript_declaration "subscript" @name (computed_property) @body) @method (#set! form "subscript"))
((subscript_declaration (parameter) @parameter (computed_property)) @method (#set! form "subscript"))

(class_declaration declaration_kind: "class" name: (_) @name body: (_) @body) @structure
((class_declaration declaration_kind: "struct" name: (_) @name body: (_) @body) @structure (#set! form "struct"))
((class_declaration declaration_kind: "actor" name: (_) @name body: (_) @body) @structure (#set! form "actor"))
(class_declaration declaration_kind: "enum" name: (_) @name body: (_) @body) @enumeration
(class_declaration declaration_kind: "extension" name: (_) @name body: (_) @body) @extension
((protocol_declaration name: (_) @name body: (_) @body) @interface (#set! form "protocol"))

; A computed property is one method.
((property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name)
  computed_value: (computed_property) @body) @method
  (#set! form "property"))

((property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name)
  value: (lambda_literal) @body) @function
  (#set! form "lambda"))
((property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name)
  value: (lambda_literal
    type: (lambda_function_type (lambda_function_type_parameters (lambda_parameter) @parameter)))) @function
  (#set! form "lambda"))

; Closures handed to calls
(lambda_literal (statements)? @body) @function @anonymous
(lambda_literal
  type: (lambda_function_type (lambda_function_type_parameters (lambda_parameter) @parameter))) @function @anonymous
(property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @field
[(array_literal) (dictionary_literal)] @collection
(call_expression . [(simple_identifier) (navigation_expression) (call_expression)] @callee) @block
(call_expression (call_suffix (value_arguments (value_argument value: (line_string_literal) @title)))) @block
((call_expression . [(simple_identifier) @_name (navigation_expression suffix: (navigation_suffix suffix: (simple_identifier) @_name))] @callee) @consumer
  (#any-of? @_name
    "map" "compactMap" "flatMap" "filter" "forEach" "reduce" "sorted" "sort" "contains" "first" "last" "firstIndex" "allSatisfy"
    "min" "max" "mapValues" "compactMapValues" "removeAll" "drop" "prefix" "partition" "autoreleasepool"))

; Tokens
[(simple_identifier) (type_identifier)] @identifier
[(integer_literal) (hex_literal) (bin_literal) (oct_literal) (real_literal)] @number
[(line_string_literal) (multi_line_string_literal) (raw_string_literal)] @string
(regex_literal) @literal
(interpolated_expression) @interpolation
[(custom_operator) (bang)] @punctuation
[(comment) (multiline_comment) (shebang_line)] @comment
(import_declaration) @import
(attribute) @decorator
