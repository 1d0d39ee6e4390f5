; Definitions. Equations of one name and the type signature before them are one function.
((signature name: (variable) @name) @declaration (#set! join "name"))
((signature name: (prefix_id (_) @name)) @declaration (#set! join "name"))
((signature names: (binding_list . name: (variable) @name)) @declaration (#set! join "name"))
((signature names: (binding_list . name: (prefix_id (_) @name))) @declaration (#set! join "name"))

((function name: (variable) @name patterns: (patterns) @parameters match: (match) @body) @function
  (#set! join "name"))
((function name: (prefix_id (_) @name) patterns: (patterns)? @parameters match: (match) @body) @function
  (#set! join "name"))
((function (infix left_operand: (_) @parameter operator: (_) @name right_operand: (_) @parameter) match: (match) @body) @function
  (#not-match? @name "^`")
  (#set! join "name"))
((function (infix left_operand: (_) @parameter operator: (infix_id (_) @name) right_operand: (_) @parameter) match: (match) @body) @function
  (#set! join "name"))
((function parens: (function_head_parens name: (_) @name patterns: (patterns) @parameters) match: (match) @body) @function
  (#set! join "name"))
((function parens: (function_head_parens (infix left_operand: (_) @parameter operator: (_) @name right_operand: (_) @parameter)) match: (match) @body) @function
  (#set! join "name"))

; A binding without parameters is a function if it is written as one, or may be one if it has a type signature.
((bind name: (variable) @name match: (match expression: [(lambda) (lambda_case) (lambda_cases) (do)]) @body) @function
  (#set! join "name"))
((bind name: (variable) @name match: (match
    expression: [
      (apply) (infix) (let_in) (case) (conditional) (multi_way_if) (variable) (qualified) (parens) (left_section)
      (right_section) (type_application) (list_comprehension) (prefix_id)
    ]) @body) @declaration
  (#set! join "name"))
((bind name: (variable) @name match: (match guards: (_)) @body) @declaration (#set! join "name"))
((bind name: (prefix_id (_) @name) match: (match) @body) @function (#set! join "name"))

((data_type name: (_) @name constructors: (_)? @body) @structure (#set! form "data"))
((newtype name: (_) @name constructor: (_)? @body) @structure (#set! form "newtype"))
((class name: (_) @name declarations: (_)? @body) @interface (#set! form "class"))
(instance name: (_) @name declarations: (_)? @body) @extension
(instance name: (_) @name patterns: (type_patterns . [
  (name) @receiver
  (qualified id: (name) @receiver)
  (parens (apply constructor: (name) @receiver))
  (parens (apply constructor: (apply constructor: (name) @receiver)))
])) @extension

((import !names) @import (#set! form "wildcard"))
(import names: (_)) @import

; Tokens
[
  (variable) (name) (constructor) (module_id) (implicit_variable) (label)
] @identifier
[(integer) (float)] @number
[(string) (quasiquote_body)] @string
(char) @literal
[(operator) (constructor_operator) (all_names) (star)] @punctuation
[(comment) (haddock) (pragma) (cpp)] @comment
