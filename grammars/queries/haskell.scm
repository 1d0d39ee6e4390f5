; Definitions
(function name: (_) @name patterns: (patterns)? @parameters match: (match) @body) @function
(bind name: (variable) @name match: (match) @body) @function
(data_type name: (_) @name) @structure
(newtype name: (_) @name) @structure
(class name: (_) @name declarations: (class_declarations)? @body) @interface
(instance name: (_) @name declarations: (instance_declarations) @body) @extension

; Tokens
[(variable) (name) (constructor) (operator) (constructor_operator) (field_name) (module_id)] @identifier
[(integer) (float)] @number
(string) @string
(char) @literal
[(comment) (haddock) (pragma)] @comment
(import) @import
