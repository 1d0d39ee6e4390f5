; Definitions
(function_definition name: (word) @name body: (_) @body) @function

; Tokens. A word is a command, an argument or a name: only running the script could tell.
[(word) (variable_name) (special_variable_name)] @identifier
(number) @number
[
  (string) (raw_string) (ansi_c_string) (heredoc_start) (heredoc_body) (heredoc_content) (heredoc_end)
] @string
[(regex) (extglob_pattern)] @literal
[(test_operator) (file_descriptor)] @punctuation
[(simple_expansion) (expansion) (command_substitution) (arithmetic_expansion) (process_substitution)] @interpolation
(comment) @comment
