; Definitions
((let_binding pattern: (value_name) @name . (_) body: (_) @body) @function)
((let_binding pattern: (value_name) @name body: [(fun_expression) (function_expression)] @body) @function)
(module_binding (module_name) @name body: (_)? @body) @structure
((module_type_definition (module_type_name) @name body: (_)? @body) @interface (#set! form "module type"))
(class_binding (class_name) @name body: (_)? @body) @structure
(method_definition (method_name) @name body: (_)? @body) @method
(type_binding name: (type_constructor) @name body: (record_declaration) @body) @structure
(type_binding name: (type_constructor) @name body: (variant_declaration) @body) @enumeration

; Tokens
[(value_name) (module_name) (module_type_name) (class_name) (class_type_name) (method_name) (type_constructor) (constructor_name) (field_name) (label_name) (instance_variable_name) (type_variable) (tag)] @identifier
[(number) (signed_number)] @number
[(string) (quoted_string)] @string
(character) @literal
(comment) @comment
(open_module) @import
[(value_definition) (module_definition) (type_definition) (class_definition)] @wrapper
