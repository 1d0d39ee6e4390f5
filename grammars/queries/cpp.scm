; Functions. The declarator nests, so there is one pattern a depth of pointers and references; names are qualified
; up to three deep. Constructors and macros have no type.
((function_definition
  declarator: (function_declarator declarator: [
      (identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name) (field_identifier) @name (template_method name: (_) @name)
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)]))
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])))
    ] parameters: (_) @parameters)
  [body: (_) (try_statement)] @body) @function
  (#not-any-of? @name "if" "for" "while" "switch" "else" "TEST" "TEST_F" "TEST_P" "TYPED_TEST" "TYPED_TEST_P"
    "BOOST_AUTO_TEST_CASE" "BOOST_FIXTURE_TEST_CASE" "BOOST_DATA_TEST_CASE" "BOOST_AUTO_TEST_CASE_TEMPLATE" "TEST_METHOD" "UNIT_TEST"))

((function_definition
  declarator: (pointer_declarator declarator: (function_declarator declarator: [
      (identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name) (field_identifier) @name (template_method name: (_) @name)
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)]))
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])))
    ] parameters: (_) @parameters))
  [body: (_) (try_statement)] @body) @function
  (#not-any-of? @name "if" "for" "while" "switch" "else" "TEST" "TEST_F" "TEST_P" "TYPED_TEST" "TYPED_TEST_P"
    "BOOST_AUTO_TEST_CASE" "BOOST_FIXTURE_TEST_CASE" "BOOST_DATA_TEST_CASE" "BOOST_AUTO_TEST_CASE_TEMPLATE" "TEST_METHOD" "UNIT_TEST"))

((function_definition
  declarator: (pointer_declarator declarator: (pointer_declarator declarator: (function_declarator declarator: [
      (identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name) (field_identifier) @name (template_method name: (_) @name)
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)]))
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])))
    ] parameters: (_) @parameters)))
  [body: (_) (try_statement)] @body) @function
  (#not-any-of? @name "if" "for" "while" "switch" "else" "TEST" "TEST_F" "TEST_P" "TYPED_TEST" "TYPED_TEST_P"
    "BOOST_AUTO_TEST_CASE" "BOOST_FIXTURE_TEST_CASE" "BOOST_DATA_TEST_CASE" "BOOST_AUTO_TEST_CASE_TEMPLATE" "TEST_METHOD" "UNIT_TEST"))

((function_definition
  declarator: (reference_declarator (function_declarator declarator: [
      (identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name) (field_identifier) @name (template_method name: (_) @name)
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)]))
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])))
    ] parameters: (_) @parameters))
  [body: (_) (try_statement)] @body) @function
  (#not-any-of? @name "if" "for" "while" "switch" "else" "TEST" "TEST_F" "TEST_P" "TYPED_TEST" "TYPED_TEST_P"
    "BOOST_AUTO_TEST_CASE" "BOOST_FIXTURE_TEST_CASE" "BOOST_DATA_TEST_CASE" "BOOST_AUTO_TEST_CASE_TEMPLATE" "TEST_METHOD" "UNIT_TEST"))

((function_definition
  declarator: (attributed_declarator (function_declarator declarator: [
      (identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name) (field_identifier) @name (template_method name: (_) @name)
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)]))
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: [(identifier) @name (destructor_name) @name (operator_name) @name (template_function name: (_) @name)])))
    ] parameters: (_) @parameters))
  [body: (_) (try_statement)] @body) @function
  (#not-any-of? @name "if" "for" "while" "switch" "else" "TEST" "TEST_F" "TEST_P" "TYPED_TEST" "TYPED_TEST_P"
    "BOOST_AUTO_TEST_CASE" "BOOST_FIXTURE_TEST_CASE" "BOOST_DATA_TEST_CASE" "BOOST_AUTO_TEST_CASE_TEMPLATE" "TEST_METHOD" "UNIT_TEST"))

; A function that returns a pointer to a function
((function_definition
  declarator: (function_declarator declarator: (parenthesized_declarator (pointer_declarator declarator: (function_declarator declarator: [
      (identifier) @name (field_identifier) @name
      (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)]? name: (identifier) @name)
    ] parameters: (_) @parameters))))
  body: (_) @body) @function)

; Conversion operators
(function_definition
  declarator: [
    (operator_cast "operator" @name declarator: (abstract_function_declarator parameters: (_) @parameters))
    (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: (operator_cast "operator" @name declarator: (abstract_function_declarator parameters: (_) @parameters)))
    (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: (qualified_identifier scope: [(namespace_identifier) @receiver (template_type name: (_) @receiver)] name: (operator_cast "operator" @name declarator: (abstract_function_declarator parameters: (_) @parameters))))
  ]
  body: (_) @body) @method

; What has no type is a constructor, unless its name looks like a macro.
((function_definition
  !type
  declarator: (function_declarator declarator: [
    (identifier) @name
    (qualified_identifier name: (identifier) @name)
    (qualified_identifier name: (qualified_identifier name: (identifier) @name))
  ])
  [body: (_) (try_statement)]) @constructor
  (#not-match? @name "^([A-Z][A-Z0-9_]{3,}(\\s*\\([^)]*)?|if|for|while|switch|else)$"))

; Catch2, doctest: TEST_CASE("title") { … }
((function_definition !type declarator: (function_declarator declarator: (identifier) @name) body: (_) @body) @function
  (#match? @name "^[A-Z]\\w+\\s*\\([^)]*\"")
  (#set! form "test"))

; GoogleTest: TEST(Suite, Case) { … }
((function_definition
  !type
  declarator: (function_declarator
    declarator: (identifier) @_macro
    parameters: (parameter_list . (parameter_declaration type: (_) @receiver) . (parameter_declaration type: (_) @name)))
  body: (_) @body) @function
  (#any-of? @_macro "TEST" "TEST_F" "TEST_P" "TYPED_TEST" "TYPED_TEST_P")
  (#set! form "test"))

; Boost.Test, CppUnit and others: BOOST_AUTO_TEST_CASE(name) { … }
((function_definition
  !type
  declarator: (function_declarator
    declarator: (identifier) @_macro
    parameters: (parameter_list . (parameter_declaration type: (_) @name)))
  body: (_) @body) @function
  (#any-of? @_macro
    "BOOST_AUTO_TEST_CASE" "BOOST_FIXTURE_TEST_CASE" "BOOST_DATA_TEST_CASE" "BOOST_AUTO_TEST_CASE_TEMPLATE" "TEST_METHOD" "UNIT_TEST")
  (#set! form "test"))

; Functions bound to names
((init_declarator
  declarator: (identifier) @name
  value: (lambda_expression
    declarator: (_ parameters: (_) @parameters)?
    body: (_) @body)) @function
  (#set! form "lambda"))

; Lambdas handed to calls
(lambda_expression declarator: (_ parameters: (_) @parameters)? body: (_) @body) @function @anonymous
(init_declarator declarator: (identifier) @name) @field
(field_declaration declarator: (field_identifier) @name) @field
(initializer_list) @collection
(call_expression
  function: [(identifier) (field_expression) (qualified_identifier) (call_expression) (template_function)] @callee) @call
(call_expression arguments: (argument_list (string_literal) @title)) @call
(call_expression function: (call_expression arguments: (argument_list (string_literal) @title))) @call

; Types. A specialisation in another namespace goes by the template's name.
(class_specifier name: (qualified_identifier name: (template_type name: (_) @name)) body: (_) @body) @structure
(struct_specifier name: (qualified_identifier name: (template_type name: (_) @name)) body: (_) @body) @structure
(class_specifier name: [(type_identifier) (qualified_identifier)] @name body: (_) @body) @structure
(class_specifier name: (template_type name: (_) @name) body: (_) @body) @structure
(struct_specifier name: [(type_identifier) (qualified_identifier)] @name body: (_) @body) @structure
(struct_specifier name: (template_type name: (_) @name) body: (_) @body) @structure
((union_specifier name: (_) @name body: (_) @body) @structure (#set! form "union"))
(enum_specifier name: (_) @name body: (_) @body) @enumeration

; typedef struct s {} t: one structure, known by the later name.
(type_definition type: (struct_specifier body: (_) @body) declarator: (type_identifier) @name) @structure
((type_definition type: (union_specifier body: (_) @body) declarator: (type_identifier) @name) @structure (#set! form "union"))
(type_definition type: (enum_specifier body: (_) @body) declarator: (type_identifier) @name) @enumeration

(namespace_definition name: (_) @name body: (_) @body) @scope

; Tokens
[
  (identifier) (type_identifier) (field_identifier) (namespace_identifier) (statement_identifier) (literal_suffix)
] @identifier
(number_literal) @number
[(string_literal) (raw_string_literal) (system_lib_string)] @string
[(char_literal) (preproc_arg)] @literal
[(true) (false) (null)] @keyword
(lambda_default_capture) @punctuation
(comment) @comment
(preproc_include) @import
[(template_declaration) (declaration)] @wrapper
