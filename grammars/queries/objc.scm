; Methods. Selectors go by their first part; what begins with init makes an instance.
(method_definition
  [(method_type) "-" "+"] . (identifier) @name
  (compound_statement) @body) @method

(method_definition (method_parameter) @parameter) @method

((method_definition "-" . (method_type) . (identifier) @name) @constructor
  (#match? @name "^init([A-Z]|$)"))

(method_declaration [(method_type) "-" "+"] . (identifier) @name) @signature
(method_declaration (method_parameter) @parameter) @signature

; Functions. The declarator nests: one pattern a depth of pointers, then (name)(...), then a returned function pointer.
((function_definition
  declarator: [
    (function_declarator declarator: (identifier) @name parameters: (_) @parameters)
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters))
    (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters)))
    (pointer_declarator declarator: (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters))))
    (function_declarator declarator: (parenthesized_declarator (identifier) @name) parameters: (_) @parameters)
    (pointer_declarator declarator: (function_declarator declarator: (parenthesized_declarator (identifier) @name) parameters: (_) @parameters))
    (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (function_declarator declarator: (identifier) @name parameters: (_) @parameters))))
    (attributed_declarator (function_declarator declarator: (identifier) @name parameters: (_) @parameters))
  ]
  body: (compound_statement) @body) @function
  (#not-any-of? @name "if" "for" "while" "switch" "else"))

; Blocks bound to names
((init_declarator
  declarator: (function_declarator declarator: (parenthesized_declarator (block_pointer_declarator declarator: (identifier) @name)))
  value: (block_literal (parameter_list)? @parameters (compound_statement) @body)) @function
  (#set! form "lambda"))

((assignment_expression
  left: [(identifier) (field_expression)] @name
  right: (block_literal (parameter_list)? @parameters (compound_statement) @body)) @function
  (#set! form "lambda"))

; Blocks handed to calls
(block_literal (parameter_list)? @parameters (compound_statement) @body) @function @anonymous
(call_expression function: (identifier) @callee arguments: (argument_list (string_literal)? @title)) @call

; Types. Categories and class extensions declare members only.
(class_interface
  . (identifier) @name
  superclass: (_)
  [(instance_variables) (property_declaration) (method_declaration) "@end"] @body) @structure

((protocol_declaration
  . (identifier) @name
  [(property_declaration) (method_declaration) (qualified_protocol_interface_declaration) "@end"] @body) @interface
  (#set! form "protocol"))

(class_implementation . (identifier) @name) @scope

(struct_specifier name: (type_identifier) @name body: (_) @body) @structure
((union_specifier name: (type_identifier) @name body: (_) @body) @structure (#set! form "union"))
(enum_specifier name: (type_identifier) @name body: (_) @body) @enumeration

; typedef struct s {} t: one structure, known by the later name.
(type_definition type: (struct_specifier body: (_) @body) declarator: (type_identifier) @name) @structure
((type_definition type: (union_specifier body: (_) @body) declarator: (type_identifier) @name) @structure (#set! form "union"))
(type_definition type: (enum_specifier body: (_) @body) declarator: (type_identifier) @name) @enumeration

; Tokens
[(identifier) (type_identifier) (field_identifier) (statement_identifier)] @identifier
[(number_literal) (version_number)] @number
[(string_literal) (system_lib_string)] @string
[(char_literal) (preproc_arg)] @literal
[(true) (false) (null)] @keyword
(comment) @comment
[(preproc_include) (module_import)] @import
[(declaration) (expression_statement)] @wrapper
