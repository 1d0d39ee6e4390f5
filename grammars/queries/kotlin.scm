; Definitions. Parameters are listed one by one, because default values stand among them.
(function_declaration (simple_identifier) @name (function_body)? @body) @function
(function_declaration (function_value_parameters (parameter) @parameter)) @function
(function_declaration . (modifiers)? (type_parameters)? . (user_type (type_identifier) @receiver) . (simple_identifier)) @function
(function_declaration . (modifiers)? (type_parameters)? . (nullable_type (user_type (type_identifier) @receiver)) . (simple_identifier)) @function

(secondary_constructor "constructor" @name (statements)? @body) @constructor
(secondary_constructor (function_value_parameters (parameter) @parameter)) @constructor

(class_declaration "class" (type_identifier) @name [(class_body) (enum_class_body)]? @body) @structure
(class_declaration (primary_constructor (class_parameter) @parameter)) @structure
((class_declaration (modifiers (class_modifier) @_modifier)) @structure
  (#eq? @_modifier "data")
  (#set! form "data"))
((class_declaration (modifiers (class_modifier) @_modifier)) @interface
  (#eq? @_modifier "annotation")
  (#set! form "annotation"))
(class_declaration "interface" (type_identifier) @name (class_body)? @body) @interface
(class_declaration "enum" (type_identifier) @name (enum_class_body)? @body) @enumeration

((object_declaration (type_identifier) @name (class_body)? @body) @structure (#set! form "object"))

; A companion without a name is part of its class.
((companion_object (type_identifier) @name (class_body)? @body) @structure (#set! form "object"))

; An anonymous object goes by its first supertype.
(object_literal . [
  (delegation_specifier (user_type (type_identifier) @name))
  (delegation_specifier (constructor_invocation (user_type (type_identifier) @name)))
]) @extension

((property_declaration
  (variable_declaration . (simple_identifier) @name)
  (lambda_literal) @body) @function
  (#set! form "lambda"))
((property_declaration
  (variable_declaration . (simple_identifier) @name)
  (lambda_literal (lambda_parameters (_) @parameter))) @function
  (#set! form "lambda"))
((property_declaration
  (variable_declaration . (simple_identifier) @name)
  (anonymous_function (function_body) @body)) @function
  (#set! form "lambda"))
((property_declaration
  (variable_declaration . (simple_identifier) @name)
  (anonymous_function (function_value_parameters (parameter) @parameter))) @function
  (#set! form "lambda"))

; A property with accessors is one method. A second accessor on a line of its own is the property's sibling to the
; grammar.
((property_declaration
  (variable_declaration . (simple_identifier) @name)
  [(getter (function_body)) (setter (function_body))] @body) @method
  (#set! form "property"))

; Blocks handed to calls
(lambda_literal (statements)? @body) @function @anonymous
(lambda_literal (lambda_parameters (_) @parameter)) @function @anonymous
(anonymous_function (function_body) @body) @function @anonymous
(anonymous_function (function_value_parameters (parameter) @parameter)) @function @anonymous
(property_declaration (variable_declaration . (simple_identifier) @name)) @field
(call_expression . [(simple_identifier) (navigation_expression) (call_expression)] @callee) @block
(call_expression (call_suffix (value_arguments (value_argument (string_literal) @title)))) @block
(call_expression . (call_expression (call_suffix (value_arguments (value_argument (string_literal) @title))))) @block
(call_expression . (string_literal) @title) @block
((infix_expression . (string_literal) @title (simple_identifier) @callee (lambda_literal)) @block
  (#not-eq? @callee "to"))
((call_expression . [
    (simple_identifier) @_name
    (navigation_expression (navigation_suffix (simple_identifier) @_name))
    (call_expression . [(simple_identifier) @_name (navigation_expression (navigation_suffix (simple_identifier) @_name))])
  ] @callee) @consumer
  (#any-of? @_name
    "let" "run" "apply" "also" "with" "use" "map" "mapNotNull" "mapIndexed" "mapValues" "mapKeys" "flatMap" "filter"
    "filterNot" "filterValues" "filterKeys" "forEach" "onEach" "fold" "reduce" "any" "all" "none" "first" "firstOrNull"
    "last" "find" "count" "sortedBy" "sortedWith" "groupBy" "associate" "associateBy" "associateWith" "partition" "sumOf"
    "maxBy" "minBy" "maxOf" "minOf" "joinToString" "takeIf" "takeUnless" "takeWhile" "dropWhile" "getOrPut" "getOrElse"
    "runCatching" "runBlocking" "withContext" "synchronized" "mapOf" "listOf" "setOf" "arrayOf" "mutableMapOf" "mutableListOf" "hashMapOf" "linkedMapOf" "buildList" "buildMap" "buildString" "repeat"))

; Tokens
[(simple_identifier) (type_identifier)] @identifier
[
  (integer_literal) (hex_literal) (bin_literal) (long_literal) (unsigned_literal) (real_literal)
] @number
(string_literal) @string
(character_literal) @literal
[(interpolated_expression) (interpolated_identifier)] @interpolation
[(line_comment) (multiline_comment) (shebang_line)] @comment
(import_header) @import
(annotation) @decorator
[(getter) (setter)] @continuation
