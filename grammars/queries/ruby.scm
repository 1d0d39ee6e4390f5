; Definitions
(method
  name: (_) @name
  parameters: (_)? @parameters
  body: (_)? @body) @function

((method name: (identifier) @name) @constructor
  (#eq? @name "initialize"))

(singleton_method
  name: (_) @name
  parameters: (_)? @parameters
  body: (_)? @body) @method

(singleton_method object: [(constant) (scope_resolution)] @receiver name: (_) @name) @method

(class name: (_) @name body: (_)? @body) @structure

; A module that holds functions is a mixin or a bag of functions; one that only holds types is a namespace.
(module name: (_) @name) @scope

((module name: (_) @name body: (body_statement (method)) @body) @structure (#set! form "module"))
((module name: (_) @name body: (body_statement (singleton_method)) @body) @structure (#set! form "module"))
((module name: (_) @name body: (body_statement (singleton_class)) @body) @structure (#set! form "module"))
((module name: (_) @name body: (body_statement (call arguments: (argument_list (method)))) @body) @structure
  (#set! form "module"))

((assignment
  left: (constant) @name
  right: (call
    receiver: (constant) @_type
    method: (identifier) @_method
    arguments: (argument_list)? @parameters
    block: (_ body: (_) @body)?)) @structure
  (#any-of? @_type "Struct" "Data")
  (#any-of? @_method "new" "define")
  (#set! form "struct"))

((assignment
  left: (constant) @name
  right: (call receiver: (constant) @_type method: (identifier) @_method block: (_ body: (_) @body))) @structure
  (#any-of? @_type "Class" "Module")
  (#eq? @_method "new"))

((assignment
  left: [(identifier) (constant) (instance_variable) (class_variable) (global_variable)] @name
  right: (lambda parameters: (_)? @parameters body: (_) @body)) @function
  (#set! form "lambda"))

((assignment
  left: [(identifier) (constant) (instance_variable) (class_variable) (global_variable)] @name
  right: (call
    !receiver
    method: (identifier) @_method
    block: (_ parameters: (_)? @parameters body: (_)? @body))) @function
  (#any-of? @_method "lambda" "proc")
  (#set! form "lambda"))

((assignment
  left: [(identifier) (constant) (instance_variable) (class_variable) (global_variable)] @name
  right: (call
    receiver: (constant) @_type
    method: (identifier) @_method
    block: (_ parameters: (_)? @parameters body: (_)? @body))) @function
  (#eq? @_type "Proc")
  (#eq? @_method "new")
  (#set! form "lambda"))

((pair
  key: [(hash_key_symbol) (string) (simple_symbol)] @name
  value: (lambda parameters: (_)? @parameters body: (_) @body)) @function
  (#set! form "lambda"))

((pair
  key: [(hash_key_symbol) (string) (simple_symbol)] @name
  value: (call
    !receiver
    method: (identifier) @_method
    block: (_ parameters: (_)? @parameters body: (_)? @body))) @function
  (#any-of? @_method "lambda" "proc")
  (#set! form "lambda"))

((call
  method: (identifier) @_method
  arguments: (argument_list . [(simple_symbol) (string)] @name .)
  block: (_ parameters: (_)? @parameters body: (_)? @body)) @method
  (#any-of? @_method "define_method" "define_singleton_method")
  (#set! form "dynamic"))

; Blocks and lambdas handed to calls
(do_block parameters: (_)? @parameters body: (_)? @body) @function @anonymous
(block parameters: (_)? @parameters body: (_)? @body) @function @anonymous
(lambda parameters: (_)? @parameters body: (_) @body) @function @anonymous
(assignment left: [(constant) (instance_variable) (class_variable) (global_variable)] @name) @field
(pair key: [(hash_key_symbol) (string) (simple_symbol)] @name) @field
[(array) (hash)] @collection
(call receiver: (_)? @callee method: (_) @callee) @block
(call arguments: (argument_list (string) @title)) @block
(call arguments: (argument_list . [(simple_symbol) (constant) (scope_resolution)] @title)) @block
(call arguments: (argument_list . (pair key: [(hash_key_symbol) (string) (simple_symbol)] @title))) @block
((call receiver: (_) method: (identifier) @_method) @consumer
  (#any-of? @_method
    "each" "each_with_index" "each_with_object" "map" "flat_map" "filter_map" "collect" "select" "filter" "reject" "find"
    "detect" "any?" "all?" "none?" "inject" "reduce" "sum" "sort_by" "min_by" "max_by" "group_by" "partition" "to_h"
    "index_by" "transform_values" "transform_keys" "tap" "then" "times" "fetch" "sort" "zip" "find_index" "take_while"
    "drop_while" "count" "uniq" "freeze"))

; Tokens
[
  (identifier) (constant) (instance_variable) (class_variable) (global_variable) (hash_key_symbol)
] @identifier
[(integer) (float) (rational) (complex)] @number
[
  (string) (bare_string) (bare_symbol) (delimited_symbol) (regex) (subshell) (heredoc_beginning) (heredoc_body)
] @string
[(simple_symbol) (character)] @literal
(operator) @punctuation
(interpolation) @interpolation
(comment) @comment
