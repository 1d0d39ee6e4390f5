; Functions
[
  (function_declaration name: (identifier) @name parameters: (formal_parameters) @parameters body: (statement_block) @body)
  (function_expression name: (identifier) @name parameters: (formal_parameters) @parameters body: (statement_block) @body)
] @function

([
  (generator_function_declaration name: (identifier) @name parameters: (formal_parameters) @parameters body: (statement_block) @body)
  (generator_function name: (identifier) @name parameters: (formal_parameters) @parameters body: (statement_block) @body)
] @function (#set! form "generator"))

(method_definition
  name: (_) @name
  parameters: (formal_parameters) @parameters
  body: (statement_block) @body) @method

((method_definition name: (property_identifier) @name) @constructor
  (#eq? @name "constructor"))

((abstract_method_signature name: (_) @name parameters: (formal_parameters) @parameters) @method (#set! form "abstract"))

((method_definition "get") @method (#set! form "getter"))
((method_definition "set") @method (#set! form "setter"))

; Functions bound to names. A name inside of the expression (const f = function g() {}) is not another function.
((variable_declarator
  name: (identifier) @name
  value: [
    (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)
    (arrow_function parameter: (identifier) @parameter body: (_) @body)
    (function_expression parameters: (_) @parameters body: (_) @body)
    (generator_function parameters: (_) @parameters body: (_) @body)
  ]) @function (#set! form "lambda"))

((assignment_expression
  left: [
    (identifier) @name
    (member_expression object: [(identifier) (member_expression)]) @name
    (member_expression object: (this) property: (_) @name)
    (member_expression object: [(call_expression) (subscript_expression) (parenthesized_expression) (non_null_expression) (super)] property: (_) @name)
  ]
  right: [
    (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)
    (arrow_function parameter: (identifier) @parameter body: (_) @body)
    (function_expression parameters: (_) @parameters body: (_) @body)
    (generator_function parameters: (_) @parameters body: (_) @body)
  ]) @function (#set! form "lambda"))

((assignment_expression
  left: (member_expression object: (member_expression property: (property_identifier) @_prototype))
  right: (function_expression)) @method
  (#eq? @_prototype "prototype"))

((pair
  key: (_) @name
  value: [
    (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)
    (arrow_function parameter: (identifier) @parameter body: (_) @body)
    (function_expression parameters: (_) @parameters body: (_) @body)
    (generator_function parameters: (_) @parameters body: (_) @body)
  ]) @function (#set! form "lambda"))

((public_field_definition
  name: (_) @name
  value: [
    (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)
    (arrow_function parameter: (identifier) @parameter body: (_) @body)
    (function_expression parameters: (_) @parameters body: (_) @body)
    (generator_function parameters: (_) @parameters body: (_) @body)
  ]) @method (#set! form "lambda"))

; Functions handed to calls, or exported as they are
[
  (arrow_function parameters: (formal_parameters) @parameters body: (_) @body)
  (arrow_function parameter: (identifier) @parameter body: (_) @body)
  (function_expression parameters: (_) @parameters body: (_) @body)
] @function @anonymous
((generator_function parameters: (_) @parameters body: (_) @body) @function @anonymous (#set! form "generator"))
(class body: (class_body) @body) @structure @anonymous

(variable_declarator name: (identifier) @name) @binding
(assignment_expression left: [
  (identifier) @name
  (member_expression object: [(identifier) (member_expression)]) @name
  (member_expression object: (this) property: (_) @name)
  (member_expression object: [(call_expression) (subscript_expression) (parenthesized_expression) (non_null_expression) (super)] property: (_) @name)
]) @binding
(assignment_expression left: (subscript_expression index: (string) @name)) @binding
(pair key: (_) @name) @binding
(public_field_definition name: (_) @name) @binding

[(array) (object)] @collection

; A function keeps its own name where a module exports it.
((assignment_expression left: (member_expression) @name) @default
  (#eq? @name "module.exports"))
(export_statement "default" value: (_)) @default
(export_statement "=" (_)) @default

(call_expression
  function: [(identifier) (member_expression) (call_expression) (non_null_expression) (instantiation_expression)] @callee
  arguments: [(arguments [(string) (template_string) (binary_expression left: (string))] @title) (_)]) @call
; Modules and scripts as they were written before there were modules
(call_expression function: [(parenthesized_expression) (function_expression)]) @call
(new_expression constructor: [(identifier) (member_expression)] @callee arguments: (arguments [(string) (template_string)]? @title)) @call
((call_expression function: [(identifier) @_method (member_expression property: (_) @_method)] @callee) @consumer
  (#any-of? @_method
    "map" "filter" "reduce" "reduceRight" "forEach" "some" "every" "find" "findIndex" "findLast" "findLastIndex" "flatMap"
    "sort" "toSorted" "then" "catch" "finally" "replace" "replaceAll" "from" "each" "sortBy" "groupBy" "keyBy" "indexBy"
    "partition" "sumBy" "mapValues" "mapKeys" "pickBy" "omitBy" "times" "all" "any"))

; Types
(class_declaration name: (_) @name body: (class_body) @body) @structure
(class name: (_) @name body: (class_body) @body) @structure
(variable_declarator name: (identifier) @name value: (class body: (class_body) @body)) @structure
(assignment_expression left: [(identifier) (member_expression)] @name right: (class body: (class_body) @body)) @structure
((abstract_class_declaration name: (_) @name body: (class_body) @body) @structure (#set! form "abstract"))
(interface_declaration name: (_) @name body: (interface_body) @body) @interface
(enum_declaration name: (_) @name body: (enum_body) @body) @enumeration

; Aliases of data types: records and sums. Others only rename a type.
((type_alias_declaration name: (_) @name value: (object_type) @body) @structure (#set! form "type"))
((type_alias_declaration name: (_) @name value: (intersection_type (object_type)) @body) @structure (#set! form "type"))
((type_alias_declaration
  name: (_) @name
  value: (union_type [(object_type) (type_identifier) (nested_type_identifier) (generic_type) (literal_type (string)) (literal_type (number))] .) @body) @structure
  (#set! form "union"))

(internal_module name: (_) @name body: (statement_block) @body) @scope
(module name: (_) @name body: (statement_block) @body) @scope

; Tokens
[
  (identifier) (property_identifier) (private_property_identifier) (statement_identifier)
  (shorthand_property_identifier) (shorthand_property_identifier_pattern)
  (type_identifier)
] @identifier
(number) @number
[(string) (template_string) (template_literal_type)] @string
(jsx_text) @folded
[(template_substitution) (template_type)] @interpolation
[(regex) (html_character_reference)] @literal
[(true) (false) (null) (undefined)] @keyword
[(optional_chain) (empty_statement) (existential_type)] @punctuation
[(comment) (html_comment) (hash_bang_line)] @comment
(import_statement) @import
((variable_declarator value: [
    (call_expression function: (identifier) @_require)
    (member_expression object: (call_expression function: (identifier) @_require))
  ]) @import
  (#eq? @_require "require"))
(decorator) @decorator
((export_statement) @wrapper)
[(lexical_declaration) (variable_declaration) (expression_statement) (ambient_declaration)] @wrapper
