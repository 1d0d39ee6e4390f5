; Definitions
(subroutine_declaration_statement name: (_) @name (signature)? @parameters body: (block) @body) @function
(method_declaration_statement name: (_) @name (signature)? @parameters body: (block) @body) @method
((assignment_expression
  left: [
    (variable_declaration variable: (scalar (varname) @name))
    (scalar (varname) @name)
    (glob (varname) @name)
    (hash_element_expression key: (_) @name)
  ]
  right: (anonymous_subroutine_expression (signature)? @parameters body: (block) @body)) @function
  (#set! form "anonymous"))
(package_statement name: (_) @name (block) @body) @scope
(class_statement name: (_) @name (block) @body) @structure
((class_statement name: (_) @name) @structure)
((role_statement name: (_) @name) @interface (#set! form "role"))

((use_statement . module: (_) .) @import (#set! form "wildcard"))
(use_statement module: (_) (_)) @import

; Subroutines handed to calls
(anonymous_subroutine_expression (signature)? @parameters body: (block) @body) @function @anonymous
(assignment_expression left: [
  (variable_declaration variable: (scalar (varname) @name))
  (scalar (varname) @name)
  (glob (varname) @name)
  (hash_element_expression key: (_) @name)
]) @binding
(ambiguous_function_call_expression
  function: (_) @callee
  arguments: (list_expression . [(string_literal) (interpolated_string_literal) (autoquoted_bareword)]? @title)) @call
(function_call_expression
  function: (_) @callee
  arguments: (list_expression . [(string_literal) (interpolated_string_literal) (autoquoted_bareword)]? @title)) @call
(function_call_expression function: (_) @callee) @call
(method_call_expression
  invocant: (_) @callee
  method: (_) @callee
  arguments: (list_expression . [(string_literal) (interpolated_string_literal) (autoquoted_bareword)]? @title)) @call

; Tokens
[
  (identifier) (bareword) (varname) (autoquoted_bareword) (package) (function) (method) (label) (attribute_name)
  (attribute_value)
] @identifier
[(number) (version)] @number
[
  (string_literal) (interpolated_string_literal) (quoted_word_list) (command_string) (heredoc_content)
  (command_heredoc_token) (heredoc_token)
] @string
[(match_regexp) (quoted_regexp) (substitution_regexp) (transliteration_expression)] @literal
[(boolean) "__PACKAGE__" "__FILE__" "__LINE__" "__SUB__"] @keyword
[(prototype) (yadayada)] @punctuation
[(comment) (pod) (data_section) (eof_marker)] @comment
(expression_statement) @wrapper
