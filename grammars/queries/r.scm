; Definitions
(binary_operator lhs: [(identifier) (string)] @name operator: ["<-" "=" "<<-"] rhs: (function_definition parameters: (parameters) @parameters body: (_) @body)) @function
(argument name: (identifier) @name value: (function_definition parameters: (parameters) @parameters body: (_) @body)) @function

; Tokens
(identifier) @identifier
[(integer) (float) (complex)] @number
(string) @string
(comment) @comment
