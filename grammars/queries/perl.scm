; Definitions
(subroutine_declaration_statement name: (bareword) @name (signature)? @parameters body: (block) @body) @function
(method_declaration_statement name: (bareword) @name (signature)? @parameters body: (block) @body) @method
(package_statement name: (package) @name (block) @body) @structure
(class_statement name: (package) @name (block) @body) @structure
((assignment_expression left: (variable_declaration variable: (scalar) @name) right: (anonymous_subroutine_expression body: (block) @body)) @function (#set! form "lambda"))

; Tokens
[(identifier) (bareword) (autoquoted_bareword) (varname) (package)] @identifier
[(number) (version)] @number
[(string_literal) (interpolated_string_literal) (quoted_word_list) (heredoc_content) (command_string)] @string
[(quoted_regexp) (match_regexp) (substitution_regexp) (transliteration_expression)] @literal
[(comment) (pod)] @comment
[(use_statement) (require_expression)] @import
