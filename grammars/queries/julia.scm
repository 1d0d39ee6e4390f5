; Definitions
(function_definition (signature (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters)) . (_)? @body) @function
(function_definition (signature (call_expression . (parametrized_type_expression . (_) @name) . (argument_list) @parameters)) . (_)? @body) @function
(function_definition (signature (call_expression . (parenthesized_expression (typed_expression [(identifier) @name (parametrized_type_expression . (_) @name)] .)) . (argument_list) @parameters)) . (_)? @body) @function
(function_definition (signature (typed_expression . (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters))) . (_)? @body) @function
(function_definition (signature (where_expression . (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters))) . (_)? @body) @function
(function_definition (signature (where_expression . (call_expression . (parametrized_type_expression . (_) @name) . (argument_list) @parameters))) . (_)? @body) @function
(function_definition (signature (where_expression . (typed_expression . (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters)))) . (_)? @body) @function
(function_definition (signature (where_expression . (where_expression . (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters)))) . (_)? @body) @function
(function_definition (signature (where_expression . (call_expression . (parenthesized_expression (typed_expression [(identifier) @name (parametrized_type_expression . (_) @name)] .)) . (argument_list) @parameters))) . (_)? @body) @function

(function_definition (signature (where_expression . (where_expression . (call_expression . (parametrized_type_expression . (_) @name) . (argument_list) @parameters)))) . (_)? @body) @function

((macro_definition (signature (call_expression . [(identifier) (operator)] @name . (argument_list) @parameters)) . (_)? @body) @function
  (#set! form "macro"))

(assignment . (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters) . (operator) . (_) @body) @function
(assignment . (call_expression . (parametrized_type_expression . (_) @name) . (argument_list) @parameters) . (operator) . (_) @body) @function
(assignment . (call_expression . (parenthesized_expression (typed_expression [(identifier) @name (parametrized_type_expression . (_) @name)] .)) . (argument_list) @parameters) . (operator) . (_) @body) @function
(assignment . (typed_expression . (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters)) . (operator) . (_) @body) @function
(assignment . (where_expression . (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters)) . (operator) . (_) @body) @function
(assignment . (where_expression . (call_expression . (parametrized_type_expression . (_) @name) . (argument_list) @parameters)) . (operator) . (_) @body) @function
(assignment . (where_expression . (typed_expression . (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters))) . (operator) . (_) @body) @function
(assignment . (where_expression . (where_expression . (call_expression . [(identifier) @name (operator) @name (parenthesized_expression . (operator) @name .) (field_expression (identifier) @name .) (field_expression (quote_expression [(operator) @name (identifier) @name (parenthesized_expression (operator) @name)]))] . (argument_list) @parameters))) . (operator) . (_) @body) @function
((assignment . (identifier) @name . (operator) . (arrow_function_expression . (_) @parameters . (_) @body)) @function
  (#set! form "lambda"))
((assignment . (identifier) @name . (operator) . (function_definition (signature (argument_list) @parameters) . (_)? @body)) @function
  (#set! form "anonymous"))

(struct_definition (type_head (identifier) @name) . (_)? @body) @structure
(struct_definition (type_head (parametrized_type_expression . (_) @name)) . (_)? @body) @structure
(struct_definition (type_head (binary_expression . (identifier) @name)) . (_)? @body) @structure
(struct_definition (type_head (binary_expression . (parametrized_type_expression . (_) @name))) . (_)? @body) @structure
((abstract_definition (type_head [
  (identifier) @name
  (parametrized_type_expression . (_) @name)
  (binary_expression . (identifier) @name)
  (binary_expression . (parametrized_type_expression . (_) @name))
])) @interface (#set! form "abstract type"))
((macrocall_expression (macro_identifier (identifier) @_macro) (macro_argument_list . [(identifier) (typed_expression . (identifier))] @name)) @enumeration
  (#eq? @_macro "enum"))
(module_definition name: (identifier) @name) @scope

(macrocall_expression (macro_argument_list [(function_definition) (assignment) (struct_definition) (macrocall_expression) (macro_definition)] .)) @wrapper

((using_statement [(identifier) (scoped_identifier) (import_path)]) @import (#set! form "wildcard"))
(using_statement (selected_import)) @import
(import_statement) @import

; Blocks and functions handed to calls
(do_clause (argument_list) @parameters) @function @anonymous
(arrow_function_expression . (_) @parameters . (_) @body) @function @anonymous
(function_definition (signature (argument_list) @parameters) . (_)? @body) @function @anonymous
((macrocall_expression
  (macro_identifier) @_macro (macro_argument_list [(compound_statement) (for_statement) (let_statement)] @body .)) @function @anonymous
  (#eq? @_macro "@testset"))
(assignment . (identifier) @name . (operator) . [(call_expression) (macrocall_expression)] .) @field
(call_expression . (_) @callee) @block
(call_expression . (_) . (argument_list (string_literal) @title)) @block
((macrocall_expression (macro_identifier (identifier) @callee)) @block
  (#eq? @callee "testset"))
((macrocall_expression (macro_identifier (identifier) @callee) (macro_argument_list (string_literal) @title)) @block
  (#eq? @callee "testset"))
((call_expression . [(identifier) @_name (field_expression (identifier) @_name .)] @callee) @consumer
  (#any-of? @_name
    "map" "filter" "reduce" "foldl" "foldr" "mapreduce" "foreach" "any" "all" "sum" "sort" "findfirst" "findall" "open" "lock"
    "broadcast" "ntuple" "get" "get!" "maximum" "minimum" "count" "mktempdir" "mktemp" "cd" "withenv"))

; Tokens
(identifier) @identifier
[(integer_literal) (float_literal)] @number
[(string_literal) (command_literal) (prefixed_string_literal) (prefixed_command_literal)] @string
(string_interpolation) @interpolation
(character_literal) @literal
(boolean_literal) @keyword
(operator) @punctuation
[(line_comment) (block_comment)] @comment
[(const_statement) (macro_argument_list)] @wrapper
