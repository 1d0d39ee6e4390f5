; Definitions
(function_definition
  name: (identifier) @name
  parameters: (parameters) @parameters
  body: (block . (expression_statement (string) @documentation)?) @body) @function

((function_definition name: (identifier) @name) @constructor
  (#eq? @name "__init__"))

(class_definition
  name: (identifier) @name
  body: (block . (expression_statement (string) @documentation)?) @body) @structure

((class_definition
  name: (identifier) @name
  superclasses: (argument_list [(identifier) (attribute)] @_base)) @enumeration
  (#match? @_base "(^|\\.)(Enum|IntEnum|StrEnum|Flag|IntFlag)$"))
((class_definition
  name: (identifier) @name
  superclasses: (argument_list [(identifier) (attribute) (subscript value: (identifier))] @_base)) @interface
  (#match? @_base "(^|\\.)Protocol(\\[.*)?$")
  (#set! form "protocol"))

(assignment
  left: (identifier) @name
  right: (lambda parameters: (lambda_parameters)? @parameters body: (_) @body)
  (#set! form "lambda")) @function

; Lambdas handed to calls
(lambda parameters: (lambda_parameters)? @parameters body: (_) @body) @function @anonymous
(assignment left: [(identifier) @name (attribute attribute: (identifier) @name)]) @field
(pair key: (string) @name) @field
[(dictionary) (list) (tuple) (set)] @collection
(keyword_argument) @consumer
(call function: [(identifier) (attribute)] @callee) @call
(call arguments: (argument_list (string) @title)) @call
((call function: [(identifier) @_name (attribute attribute: (identifier) @_name)] @callee) @consumer
  (#any-of? @_name
    "map" "filter" "reduce" "sorted" "sort" "min" "max" "sum" "any" "all" "apply" "applymap" "groupby" "list" "dict" "set"
    "tuple" "defaultdict" "next" "assign" "transform" "agg" "pipe" "starmap" "takewhile" "dropwhile"))

; Tokens
(identifier) @identifier
[(integer) (float)] @number
(string) @string
(interpolation) @interpolation
(comment) @comment
(line_continuation) @joint
[(import_statement) (import_from_statement) (future_import_statement)] @import
(decorator) @decorator
(decorated_definition) @wrapper
(expression_statement) @wrapper
