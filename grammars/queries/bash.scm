; Definitions
(function_definition name: (word) @name body: (_) @body) @function

; Tokens
[(variable_name) (special_variable_name)] @identifier
(number) @number
[(string) (raw_string) (ansi_c_string) (translated_string) (heredoc_body)] @string
[(regex) (extglob_pattern)] @literal
[(expansion) (simple_expansion) (command_substitution) (arithmetic_expansion)] @interpolation
(word) @identifier
(comment) @comment
