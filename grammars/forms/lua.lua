@@before
-- Runs tests written for busted and luaunit where these are not installed.
local xcoder = (function()
  local skipped = {} -- what a test that skips itself raises

  -- A value as text.
  local function show(value, depth)
    depth = depth or 5
    if type(value) == "string" then return string.format("%q", value) end
    if type(value) ~= "table" or depth == 0 or (getmetatable(value) or {}).__tostring then return tostring(value) end
    local parts, listed = {}, #value
    for index = 1, listed do parts[index] = show(value[index], depth - 1) end
    local others = {}
    for key, item in pairs(value) do
      if not (math.type(key) == "integer" and key >= 1 and key <= listed) then
        others[#others + 1] = "[" .. show(key, 1) .. "] = " .. show(item, depth - 1)
      end
    end
    table.sort(others)
    table.move(others, 1, #others, listed + 1, parts)
    return "{" .. table.concat(parts, ", ") .. "}"
  end

  local function fail(text, message)
    error("assertion failed: " .. (message ~= nil and tostring(message) .. ": " or "") .. text, 0)
  end

  local function same(a, b, seen)
    if a == b then return true end
    if type(a) ~= "table" or type(b) ~= "table" then return false end
    seen = seen or {}
    if seen[a] == b then return true end
    seen[a] = b
    for key, value in pairs(a) do
      if not same(value, b[key], seen) then return false end
    end
    for key in pairs(b) do
      if a[key] == nil then return false end
    end
    return true
  end

  local function without_position(problem)
    return type(problem) == "string" and problem:gsub("^.-:%d+: ", "", 1) or problem
  end

  local function contains(list, item)
    for _, value in pairs(list) do
      if same(value, item) then return true end
    end
    return false
  end

  local function same_items(a, b)
    local left = {}
    for _, value in pairs(b) do left[#left + 1] = value end
    for _, value in pairs(a) do
      local index
      for i, other in ipairs(left) do
        if same(value, other) then index = i end
      end
      if not index then return false end
      table.remove(left, index)
    end
    return #left == 0
  end

  -- An assertion: how many arguments it takes before a message, and what holds when it passes.
  local function check(count, holds)
    return { count = count, holds = holds }
  end

  local function run_check(name, negated, this, ...)
    local passed, note = this.holds(...)
    if not passed == negated then return ... end
    local arguments = table.pack(...)
    local shown = {}
    for index = 1, math.min(arguments.n, this.count) do shown[index] = show(arguments[index]) end
    local text = name .. "(" .. table.concat(shown, ", ") .. ") failed"
    fail(note and text .. ": " .. note or text, arguments[this.count + 1])
  end

  local function problem_note(ok, problem)
    return ok and "no error was raised" or "the error was " .. show(problem)
  end

  -- ---- busted: assert.are.equal and the like ----

  local checks = {
    equal = check(2, function(expected, actual) return expected == actual end),
    same = check(2, same),
    ["true"] = check(1, function(value) return value == true end),
    ["false"] = check(1, function(value) return value == false end),
    truthy = check(1, function(value) return value and true or false end),
    falsy = check(1, function(value) return not value end),
    near = check(3, function(expected, actual, tolerance) return math.abs(expected - actual) <= tolerance end),
    match = check(2, function(pattern, text) return tostring(text):find(pattern) ~= nil end),
    unique = check(1, function(list)
      for key, value in pairs(list) do
        for other_key, other in pairs(list) do
          if key ~= other_key and same(value, other) then return false end
        end
      end
      return true
    end),
    error = check(2, function(body, expected)
      local ok, problem = pcall(body)
      local matches = expected == nil or same(problem, expected) or without_position(problem) == expected
      return not ok and matches, problem_note(ok, problem)
    end),
    error_matches = check(2, function(body, pattern)
      local ok, problem = pcall(body)
      return not ok and tostring(problem):find(pattern) ~= nil, problem_note(ok, problem)
    end),
  }
  for _, name in ipairs({ "nil", "boolean", "number", "string", "table", "function", "userdata", "thread" }) do
    checks[name] = check(1, function(value) return type(value) == name end)
  end
  checks.equals, checks.matches, checks.errors = checks.equal, checks.match, checks.error
  checks.matches_error = checks.error_matches

  local joining = {}
  for word in ("are is has have was were does be a an the to"):gmatch("%a+") do joining[word] = true end

  local chain

  -- The assertion or the chain that a word such as is_not_nil, are or has_error stands for.
  local function find(key, negated, path)
    path = path .. "." .. key
    key = key:lower()
    while key ~= "" do
      local this = checks[key]
      if this then
        return function(...) return run_check(path, negated, this, ...) end
      end
      local word, rest = key:match("^(%a+)_?(.*)$")
      if word == "not" or word == "no" then
        negated = not negated
      elseif not joining[word] then
        error("unknown assertion: " .. path, 3)
      end
      key = rest
    end
    return chain(negated, path)
  end

  function chain(negated, path)
    return setmetatable({}, { __index = function(_, key) return find(key, negated, path) end })
  end

  local assertion = chain(false, "assert")
  getmetatable(assertion).__call = function(_, ...)
    local value, message = ...
    if value then return ... end
    error(message == nil and "assertion failed!" or "assertion failed: " .. tostring(message), 0)
  end

  -- ---- luaunit: assertEquals and the like ----

  local function raises(accepts)
    return function(expected, body, ...)
      local ok, problem = pcall(body, ...)
      return not ok and accepts(expected, problem), problem_note(ok, problem)
    end
  end

  local unit_checks = {
    equals = check(2, same),
    is = check(2, rawequal),
    ["true"] = checks["true"],
    ["false"] = checks["false"],
    evaltotrue = checks.truthy,
    evaltofalse = checks.falsy,
    almostequals = check(3, function(actual, expected, margin)
      return math.abs(actual - expected) <= (margin or 2 ^ -52)
    end),
    itemsequals = check(2, same_items),
    strcontains = check(3, function(text, part, is_pattern) return text:find(part, 1, not is_pattern) ~= nil end),
    stricontains = check(2, function(text, part) return text:lower():find(part:lower(), 1, true) ~= nil end),
    strmatches = check(2, function(text, pattern) return text:match("^" .. pattern .. "$") ~= nil end),
    tablecontains = check(2, contains),
    nan = check(1, function(value) return value ~= value end),
    inf = check(1, function(value) return math.abs(value) == math.huge end),
    error = check(math.huge, function(body, ...)
      local ok, problem = pcall(body, ...)
      return not ok, problem_note(ok, problem)
    end),
    errormsgequals = check(math.huge, raises(function(expected, problem)
      return same(problem, expected) or without_position(problem) == expected
    end)),
    errormsgcontains = check(math.huge, raises(function(part, problem)
      return tostring(problem):find(part, 1, true) ~= nil
    end)),
    errormsgmatches = check(math.huge, raises(function(pattern, problem)
      return tostring(without_position(problem)):match("^" .. pattern .. "$") ~= nil
    end)),
  }
  for _, name in ipairs({ "nil", "boolean", "number", "string", "table", "function", "userdata", "thread" }) do
    unit_checks[name] = checks[name]
  end

  -- Names such as assertNotEquals, assertIsNil, assert_equals.
  local function find_unit_check(_, key)
    local name = key:match("^assert(.+)$")
    if not name then return nil end
    name = name:gsub("_", ""):lower()
    local positive = name:gsub("not", "")
    local this = unit_checks[positive] or unit_checks[positive:gsub("^is", "")]
    return this and function(...) run_check(key, name ~= positive, this, ...) end
  end

  local function skip()
    error(skipped, 0)
  end

  -- The tests are run at the end; 1 so that os.exit(LuaUnit.run()) is no success.
  local function not_yet()
    return 1
  end
  local runner = setmetatable({}, { __index = function() return not_yet end })
  runner.new = function() return runner end

  local luaunit = setmetatable({
    LuaUnit = runner,
    fail = function(message) fail(tostring(message)) end,
    skip = skip,
    skipIf = function(condition) if condition then skip() end end,
    success = function() end,
  }, { __index = find_unit_check })

  -- ---- Finding the tests ----

  local function new_suite(name)
    return { name = name, items = {}, setup = {}, teardown = {}, before_each = {}, after_each = {} }
  end

  local root = new_suite("")
  local current = root
  local running = false

  local function describe(name, body)
    local suite, outer = new_suite(name), current
    table.insert(outer.items, suite)
    current = suite
    body()
    current = outer
  end

  local function it(name, body)
    if body then table.insert(current.items, { name = name, body = body }) end
  end

  local function pending()
    if running then skip() end
  end

  local function hook(kind)
    return function(body) table.insert(current[kind], body) end
  end

  local known = {} -- the globals there were before the tests

  local function line_of(value)
    return debug.getinfo(value, "S").linedefined
  end

  -- The functions in a table of which the name begins with test, as they stand in the text.
  local function test_functions(names, is_test)
    local found = {}
    for name, value in pairs(names) do
      if type(name) == "string" and name:find("^[Tt]est") and type(value) == "function" and is_test(name, value) then
        found[#found + 1] = { name = name, body = value, line = line_of(value) }
      end
    end
    table.sort(found, function(a, b) return a.line < b.line end)
    return found
  end

  local function hook_of(class, ...)
    for _, name in ipairs({ ... }) do
      if class[name] then return { function() class[name](class) end } end
    end
    return {}
  end

  local function add_unit_tests()
    local classes = {}
    for name, class in pairs(_G) do
      if type(name) == "string" and name:find("^[Tt]est") and type(class) == "table" and not known[name] then
        local tests = test_functions(class, function() return true end)
        local suite = new_suite(name)
        suite.before_each = hook_of(class, "setUp", "setup", "SetUp", "Setup")
        suite.after_each = hook_of(class, "tearDown", "teardown", "TearDown", "Teardown")
        suite.line = tests[1] and tests[1].line or 0
        for _, test in ipairs(tests) do
          table.insert(suite.items, { name = test.name, body = function() test.body(class) end })
        end
        classes[#classes + 1] = suite
      end
    end
    table.sort(classes, function(a, b) return a.line < b.line end)
    table.move(classes, 1, #classes, #root.items + 1, root.items)
    local functions = test_functions(_G, function(name, value)
      return not known[name] and debug.getinfo(value, "u").nparams == 0
    end)
    table.move(functions, 1, #functions, #root.items + 1, root.items)
  end

  -- ---- Running them ----

  local ran = 0

  local function call_all(hooks)
    for _, body in ipairs(hooks) do body() end
  end

  local function run_test(test, suites)
    local names = {}
    for _, suite in ipairs(suites) do names[#names + 1] = suite.name end
    names[#names + 1] = test.name
    local ok, problem = xpcall(function()
      for _, suite in ipairs(suites) do call_all(suite.before_each) end
      test.body()
      for index = #suites, 1, -1 do call_all(suites[index].after_each) end
    end, function(problem)
      if problem ~= skipped then
        io.stderr:write(debug.traceback("failed: " .. table.concat(names, " > "):gsub("^ > ", ""), 2), "\n")
      end
      return problem
    end)
    if ok then
      ran = ran + 1
    elseif problem ~= skipped then
      error(problem, 0)
    end
  end

  local function run_suite(suite, outer)
    local suites = table.move(outer, 1, #outer, 1, {})
    suites[#suites + 1] = suite
    call_all(suite.setup)
    for _, item in ipairs(suite.items) do
      if item.items then run_suite(item, suites) else run_test(item, suites) end
    end
    call_all(suite.teardown)
  end

  local function run()
    local exit = os.exit
    os.exit = function() error("a test ended the program") end
    add_unit_tests()
    running = true
    run_suite(root, {})
    os.exit = exit
    if ran == 0 then error("no test was run", 0) end
  end

  -- ---- The names of the frameworks ----

  local busted = {
    describe = describe, context = describe, insulate = describe, expose = describe,
    it = it, test = it, spec = it,
    pending = pending,
    setup = hook("setup"), lazy_setup = hook("setup"), strict_setup = hook("setup"),
    teardown = hook("teardown"), lazy_teardown = hook("teardown"), strict_teardown = hook("teardown"),
    before_each = hook("before_each"), after_each = hook("after_each"),
    assert = assertion,
  }
  for name, value in pairs(busted) do
    if name ~= "assert" then _G[name] = value end
  end
  for name in pairs(_G) do known[name] = true end

  package.preload["busted"] = function() return busted end
  package.preload["busted.runner"] = function() return function() end end
  package.preload["luassert"] = function() return assertion end
  package.preload["luaunit"] = function() return luaunit end
  return { assert = assertion, run = run }
end)()
local assert = xcoder.assert -- the answer keeps the other one
@@after
xcoder.run()
