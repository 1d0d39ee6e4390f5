; Definitions
(method name: (_) @name parameters: (method_parameters)? @parameters body: (_)? @body) @function
((method name: (identifier) @name) @constructor (#eq? @name "initialize"))
((singleton_method name: (_) @name parameters: (method_parameters)? @parameters body: (_)? @body) @method (#set! form "singleton"))
(class name: (_) @name body: (body_statement)? @body) @structure
((module name: (_) @name body: (body_statement)? @body) @structure (#set! form "module"))
((assignment left: [(identifier) (constant)] @name right: (lambda parameters: (_)? @parameters body: (_) @body)) @function (#set! form "lambda"))

; Tokens
[(identifier) (constant) (instance_variable) (class_variable) (global_variable)] @identifier
[(integer) (float) (rational) (complex)] @number
[(string) (heredoc_body) (subshell) (delimited_symbol)] @string
[(simple_symbol) (hash_key_symbol) (regex) (character)] @literal
(interpolation) @interpolation
(comment) @comment
