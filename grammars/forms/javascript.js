@@before
// Runs tests written for jest, vitest, mocha, chai and node:test where these are
// not installed. It is JavaScript and, without strict checks, TypeScript too.
// @ts-ignore: the types of node may be missing
const xcoderRequire = require;
const xcoderUntyped = (value) => value;
const xcoderFramework = xcoderUntyped((() => {
  const fs = xcoderRequire("fs");
  const util = xcoderRequire("util");
  const { AssertionError } = xcoderRequire("assert");
  const process = globalThis["process"];

  const isFunction = (value) => typeof value === "function";
  const isThenable = (value) => typeof value === "object" && value !== null && isFunction(value.then);
  const isAsymmetric = (value) => typeof value === "object" && value !== null && isFunction(value.asymmetricMatch);
  const fail = (message) => {
    throw new AssertionError({ message, operator: "fail" });
  };

  // A value as text. (util.inspect does badly where the intrinsics are frozen.)
  const show = (value, depth = 5) => {
    if (typeof value === "string") return JSON.stringify(value);
    if (typeof value === "bigint") return `${value}n`;
    if (isFunction(value)) return `[Function ${value.name}]`;
    if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
    if (isAsymmetric(value)) return value.label;
    if (value instanceof Error || value instanceof RegExp || value instanceof Date) return String(value);
    if (depth === 0) return "…";
    const list = (items) => items.map((item) => show(item, depth - 1)).join(", ");
    const pairs = (entries) => entries.map(([key, item]) => `${String(key)}: ${show(item, depth - 1)}`).join(", ");
    if (Array.isArray(value)) return `[${list(value)}]`;
    if (value instanceof Set) return `Set {${list([...value])}}`;
    if (value instanceof Map) return `Map {${pairs([...value])}}`;
    const name = value.constructor ? value.constructor.name : "";
    return `${name === "Object" ? "" : `${name} `}{${pairs(Object.entries(value))}}`;
  };

  // ---- Equality ----

  const asymmetric = (label, asymmetricMatch) => ({ label, asymmetricMatch });
  const tagOf = (value) => Object.prototype.toString.call(value);
  const owns = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

  const keysOf = (object, how) =>
    Reflect.ownKeys(object).filter(
      (key) =>
        Object.prototype.propertyIsEnumerable.call(object, key) && !(how.looseUndefined && object[key] === undefined),
    );

  // how: looseUndefined (a missing property is as good as undefined), types (the
  // same constructors), subset (objects may have further properties).
  const equals = (actual, expected, how = undefined, seen = []) => {
    how = how || {};
    if (isAsymmetric(expected)) return expected.asymmetricMatch(actual);
    if (isAsymmetric(actual)) return actual.asymmetricMatch(expected);
    if (Object.is(actual, expected)) return true;
    if (typeof actual !== "object" || typeof expected !== "object" || !actual || !expected) return false;
    const tag = tagOf(expected);
    if (tagOf(actual) !== tag && !(how.subset && tag === "[object Object]")) return false;
    if (how.types && actual.constructor !== expected.constructor) return false;
    if (tag === "[object Error]") return actual.name === expected.name && actual.message === expected.message;
    if (tag !== "[object Object]" && tag !== "[object Array]") return util.isDeepStrictEqual(actual, expected);
    if (Array.isArray(actual) && actual.length !== expected.length) return false;
    if (seen.some(([a, b]) => a === actual && b === expected)) return true;
    const inside = [...seen, [actual, expected]];
    const keys = keysOf(expected, how);
    return (
      (how.subset || keys.length === keysOf(actual, how).length) &&
      keys.every((key) => key in actual && equals(actual[key], expected[key], how, inside))
    );
  };
  const loose = { looseUndefined: true };

  // ---- Mock functions ----

  const mocks = new Set();
  const newCalls = () => ({ calls: [], results: [], instances: [], contexts: [], lastCall: undefined });

  const fn = (original = undefined) => {
    const mock = newCalls();
    let implementation = original;
    let once = [];
    const mocked = function (...args) {
      const result = { type: "incomplete", value: undefined };
      mock.calls.push(args);
      mock.lastCall = args;
      mock.instances.push(this);
      mock.contexts.push(this);
      mock.results.push(result);
      const body = once.length ? once.shift() : implementation;
      try {
        result.value = body && (new.target ? Reflect.construct(body, args) : body.apply(this, args));
        result.type = "return";
      } catch (error) {
        Object.assign(result, { type: "throw", value: error });
        throw error;
      }
      return result.value;
    };
    const always = (body) => {
      implementation = body;
      return mocked;
    };
    const next = (body) => {
      once.push(body);
      return mocked;
    };
    let name = "jest.fn()";
    mocks.add(mocked);
    return Object.assign(mocked, {
      mock,
      mockImplementation: always,
      mockImplementationOnce: next,
      mockReturnValue: (value) => always(() => value),
      mockReturnValueOnce: (value) => next(() => value),
      mockResolvedValue: (value) => always(() => Promise.resolve(value)),
      mockResolvedValueOnce: (value) => next(() => Promise.resolve(value)),
      mockRejectedValue: (value) => always(() => Promise.reject(value)),
      mockRejectedValueOnce: (value) => next(() => Promise.reject(value)),
      mockReturnThis: () =>
        always(function () {
          return this;
        }),
      mockName: (text) => {
        name = text;
        return mocked;
      },
      getMockName: () => name,
      getMockImplementation: () => implementation,
      mockClear: () => {
        Object.assign(mock, newCalls());
        return mocked;
      },
      mockReset: () => {
        Object.assign(mock, newCalls());
        once = [];
        return always(original);
      },
      mockRestore: () => undefined,
    });
  };

  const spyOn = (object, key) => {
    const own = owns(object, key);
    const original = object[key];
    const spy = fn(original);
    object[key] = spy;
    spy.mockRestore = () => {
      spy.mockReset();
      if (own) object[key] = original;
      else delete object[key];
      return undefined;
    };
    return spy;
  };

  const isMockFunction = (value) => isFunction(value) && mocks.has(value);
  const forAllMocks = (method) => () => mocks.forEach((mock) => xcoderUntyped(mock)[method]());
  const jest = {
    fn,
    spyOn,
    isMockFunction,
    clearAllMocks: forAllMocks("mockClear"),
    resetAllMocks: forAllMocks("mockReset"),
    restoreAllMocks: forAllMocks("mockRestore"),
    mocked: (value) => value,
    setTimeout: () => undefined,
  };

  // ---- expect: the matchers of jest and vitest ----

  const thrownBy = (body) => {
    if (!isFunction(body)) fail(`a function is needed to see whether it throws, not ${show(body)}`);
    try {
      body();
    } catch (error) {
      return { error };
    }
    return null;
  };

  const matchesError = (error, expected) => {
    const message = error instanceof Error ? error.message : String(error?.message ?? error);
    if (expected === undefined) return true;
    if (typeof expected === "string") return message.includes(expected);
    if (expected instanceof RegExp) return expected.test(message);
    if (isFunction(expected)) return error instanceof expected;
    if (isAsymmetric(expected)) return expected.asymmetricMatch(error);
    return message === expected.message;
  };

  const throws = (body, ...expected) => {
    const thrown = thrownBy(body);
    return {
      pass: thrown !== null && expected.every((each) => matchesError(thrown.error, each)),
      note: thrown ? `it threw ${show(thrown.error)}` : "it did not throw",
      next: thrown && thrown.error,
    };
  };

  const getPath = (object, path) => {
    const keys = Array.isArray(path) ? path : String(path).match(/[^.[\]]+/g) || [];
    let value = object;
    for (const key of keys) {
      if (value === null || value === undefined || !(key in Object(value))) return null;
      value = value[key];
    }
    return { value };
  };

  const hasProperty = (object, path, ...expected) => {
    const found = getPath(object, path);
    return found !== null && (expected.length === 0 || equals(found.value, expected[0], loose));
  };

  const called = (mock) => {
    if (!isMockFunction(mock)) fail(`${show(mock)} is no mock function`);
    return mock.mock;
  };
  const returned = (mock) =>
    called(mock)
      .results.filter((result) => result.type === "return")
      .map((result) => result.value);
  const hasCall = (calls, args) => calls.some((call) => equals(call, args, loose));
  const isOfType = (value, type) => typeof value === type;

  const jestMatchers = {
    __proto__: null,
    toBe: (actual, expected) => Object.is(actual, expected),
    toEqual: (actual, expected) => equals(actual, expected, loose),
    toStrictEqual: (actual, expected) => equals(actual, expected, { types: true }),
    toMatchObject: (actual, expected) => equals(actual, expected, { subset: true }),
    toBeCloseTo: (actual, expected, digits = 2) => actual === expected || Math.abs(actual - expected) < 10 ** -digits / 2,
    toContain: (actual, item) => (typeof actual === "string" ? actual.includes(item) : [...actual].includes(item)),
    toContainEqual: (actual, item) => [...actual].some((each) => equals(each, item, loose)),
    toHaveLength: (actual, length) => actual?.length === length,
    toHaveProperty: hasProperty,
    toMatch: (actual, pattern) => (typeof pattern === "string" ? actual.includes(pattern) : actual.search(pattern) >= 0),
    toThrow: throws,
    toThrowError: throws,
    toBeNull: (actual) => actual === null,
    toBeUndefined: (actual) => actual === undefined,
    toBeDefined: (actual) => actual !== undefined,
    toBeNaN: (actual) => Number.isNaN(actual),
    toBeTruthy: (actual) => Boolean(actual),
    toBeFalsy: (actual) => !actual,
    toBeGreaterThan: (actual, bound) => actual > bound,
    toBeGreaterThanOrEqual: (actual, bound) => actual >= bound,
    toBeLessThan: (actual, bound) => actual < bound,
    toBeLessThanOrEqual: (actual, bound) => actual <= bound,
    toBeInstanceOf: (actual, type) => actual instanceof type,
    toBeTypeOf: isOfType,
    toBeOneOf: (actual, list) => [...list].some((item) => equals(actual, item, loose)),
    toSatisfy: (actual, predicate) => Boolean(predicate(actual)),
    toHaveBeenCalled: (mock) => called(mock).calls.length > 0,
    toHaveBeenCalledOnce: (mock) => called(mock).calls.length === 1,
    toHaveBeenCalledTimes: (mock, times) => called(mock).calls.length === times,
    toHaveBeenCalledWith: (mock, ...args) => hasCall(called(mock).calls, args),
    toHaveBeenLastCalledWith: (mock, ...args) => hasCall(called(mock).calls.slice(-1), args),
    toHaveBeenNthCalledWith: (mock, nth, ...args) => hasCall(called(mock).calls.slice(nth - 1, nth), args),
    toHaveReturned: (mock) => returned(mock).length > 0,
    toHaveReturnedTimes: (mock, times) => returned(mock).length === times,
    toHaveReturnedWith: (mock, value) => hasCall(returned(mock), value),
    toHaveLastReturnedWith: (mock, value) => hasCall(returned(mock).slice(-1), value),
    toHaveNthReturnedWith: (mock, nth, value) => hasCall(returned(mock).slice(nth - 1, nth), value),
  };
  const oldNames = {
    toBeCalled: "toHaveBeenCalled",
    toBeCalledTimes: "toHaveBeenCalledTimes",
    toBeCalledWith: "toHaveBeenCalledWith",
    lastCalledWith: "toHaveBeenLastCalledWith",
    nthCalledWith: "toHaveBeenNthCalledWith",
    toReturn: "toHaveReturned",
    toReturnTimes: "toHaveReturnedTimes",
    toReturnWith: "toHaveReturnedWith",
  };
  for (const name of Object.keys(oldNames)) jestMatchers[name] = jestMatchers[oldNames[name]];

  // ---- expect: the words of chai ----

  const words = new Set(
    "to be been is that which and has have with at of same but does still also".split(" "),
  );
  const flagWords = new Set("not deep nested own ordered any all resolves rejects".split(" "));

  const chaiProperties = {
    __proto__: null,
    ok: (actual) => Boolean(actual),
    true: (actual) => actual === true,
    false: (actual) => actual === false,
    null: (actual) => actual === null,
    undefined: (actual) => actual === undefined,
    NaN: (actual) => Number.isNaN(actual),
    exist: (actual) => actual !== null && actual !== undefined,
    finite: (actual) => Number.isFinite(actual),
    frozen: (actual) => Object.isFrozen(actual),
    sealed: (actual) => Object.isSealed(actual),
    extensible: (actual) => Object.isExtensible(actual),
    empty: (actual) => (actual?.length ?? actual?.size ?? Object.keys(actual).length) === 0,
  };

  const same = (flags) => (flags.deep ? equals : (a, b) => a === b || (a !== a && b !== b));

  const typeName = (value) => (typeof value === "object" ? tagOf(value).slice(8, -1).toLowerCase() : typeof value);

  const includes = (flags, actual, expected) => {
    const equal = same(flags);
    if (typeof actual === "string") return actual.includes(expected);
    if (isFunction(actual[Symbol.iterator])) {
      return [...(actual instanceof Map ? actual.values() : actual)].some((item) => equal(item, expected));
    }
    return Object.keys(expected).every((key) => {
      const found = flags.nested ? getPath(actual, key) : key in actual && { value: actual[key] };
      return found && equal(found.value, expected[key]);
    });
  };

  const property = (flags, actual, name, ...expected) => {
    const present = flags.own ? owns(actual, name) : name in Object(actual);
    const found = flags.nested ? getPath(actual, name) : present && { value: actual[name] };
    return {
      pass: Boolean(found) && (expected.length === 0 || same(flags)(found.value, expected[0])),
      next: found && found.value,
    };
  };

  const keys = (flags, actual, ...names) => {
    const expected = names.flat();
    const wanted = expected.length === 1 && tagOf(expected[0]) === "[object Object]" ? Object.keys(expected[0]) : expected;
    const present = isFunction(actual.keys) ? [...actual.keys()] : Object.keys(actual);
    const found = wanted.filter((key) => present.includes(key));
    if (flags.any) return found.length > 0;
    return found.length === wanted.length && (flags.contains || present.length === wanted.length);
  };

  const members = (flags, actual, expected) => {
    const equal = same(flags);
    if (!flags.contains && actual.length !== expected.length) return false;
    if (flags.ordered) return expected.every((item, index) => equal(actual[index], item));
    const left = [...actual];
    return expected.every((item) => {
      const index = left.findIndex((other) => equal(other, item));
      if (index < 0) return false;
      if (!flags.contains) left.splice(index, 1);
      return true;
    });
  };

  // The difference a function makes to object[key], or to what the function `object` returns.
  const difference = (body, object, key) => {
    const read = () => (key === undefined ? object() : object[key]);
    const before = read();
    body();
    const after = read();
    return { before, after, by: after - before };
  };

  const chaiMatchers = {
    __proto__: null,
    equal: (flags, actual, expected) => same(flags)(actual, expected),
    looseEqual: (flags, actual, expected) => actual == expected,
    eql: (flags, actual, expected) => equals(actual, expected),
    above: (flags, actual, bound) => actual > bound,
    least: (flags, actual, bound) => actual >= bound,
    below: (flags, actual, bound) => actual < bound,
    most: (flags, actual, bound) => actual <= bound,
    within: (flags, actual, low, high) => actual >= low && actual <= high,
    closeTo: (flags, actual, expected, delta) => Math.abs(actual - expected) <= delta,
    a: (flags, actual, type) => typeName(actual) === type.toLowerCase(),
    instanceof: (flags, actual, type) => actual instanceof type,
    include: includes,
    property,
    ownProperty: (flags, actual, name, ...expected) => property({ ...flags, own: true }, actual, name, ...expected),
    length: (flags, actual, length) => (actual?.length ?? actual?.size) === length,
    match: (flags, actual, pattern) => pattern.test(actual),
    string: (flags, actual, part) => actual.includes(part),
    keys,
    members,
    oneOf: (flags, actual, list) => list.some((item) => same(flags)(item, actual)),
    throw: (flags, actual, ...expected) => throws(actual, ...expected),
    respondTo: (flags, actual, name) => isFunction((isFunction(actual) ? actual.prototype : actual)[name]),
    satisfy: (flags, actual, predicate) => Boolean(predicate(actual)),
    change: (flags, actual, object, key) => {
      const { before, after } = difference(actual, object, key);
      return before !== after;
    },
    increase: (flags, actual, object, key) => difference(actual, object, key).by > 0,
    decrease: (flags, actual, object, key) => difference(actual, object, key).by < 0,
  };
  const otherNames = {
    equal: "equals eq",
    eql: "eqls",
    above: "gt greaterThan",
    least: "gte greaterThanOrEqual",
    below: "lt lessThan",
    most: "lte lessThanOrEqual",
    closeTo: "approximately",
    a: "an",
    instanceof: "instanceOf",
    include: "includes contain contains",
    length: "lengthOf",
    match: "matches",
    keys: "key",
    throw: "throws Throw",
    respondTo: "respondsTo",
    satisfy: "satisfies",
  };
  for (const name of Object.keys(otherNames)) {
    for (const other of otherNames[name].split(" ")) chaiMatchers[other] = chaiMatchers[name];
  }

  // Some of them are both called and followed by further words: what these are about.
  const chained = (key, actual, flags) => {
    if (key === "a" || key === "an") return [actual, flags];
    if (key === "length" || key === "lengthOf") return [actual?.length ?? actual?.size, flags];
    if (/^(includes?|contains?)$/.test(key)) return [actual, { ...flags, contains: true }];
    return null;
  };

  // ---- expect ----

  let assertionCount = 0;
  let assertionsPlanned = null; // a number, or "some"

  const check = (key, matcher, actual, flags, args) => {
    assertionCount += 1;
    const judge = (value) => {
      const result = matcher(value, ...args);
      const { pass, note, next, message } = xcoderUntyped(Object(result) === result ? result : { pass: result });
      if (Boolean(pass) === Boolean(flags.not)) {
        const steps = Object.keys(flags).filter((flag) => flags[flag] === true && flag !== "contains");
        const call = `${[`expect(${show(value)})`, ...steps, key].join(".")}(${args.map((arg) => show(arg)).join(", ")})`;
        const text = message ? message() : `${call} failed${note ? `: ${note}` : ""}`;
        fail(flags.message ? `${flags.message}: ${text}` : text);
      }
      return expectation(next === undefined || flags.not ? value : next, { message: flags.message });
    };
    if (!flags.resolves && !flags.rejects) return judge(actual);
    const promise = Promise.resolve(isFunction(actual) ? actual() : actual);
    if (flags.resolves) return promise.then(judge).then(() => undefined);
    return promise
      .then(
        (value) => fail(`the promise was to be rejected, but was resolved with ${show(value)}`),
        (error) =>
          judge(
            /^toThrow/.test(key)
              ? () => {
                  throw error;
                }
              : error,
          ),
      )
      .then(() => undefined);
  };

  const step = (actual, flags, key) => {
    if (typeof key === "symbol" || key === "then") return undefined;
    if (words.has(key)) return expectation(actual, flags);
    if (flagWords.has(key)) return expectation(actual, { ...flags, [key]: true });
    if (key in chaiProperties) return check(key, chaiProperties[key], actual, flags, []);
    if (!(key in jestMatchers) && !(key in chaiMatchers)) throw new TypeError(`expect(…).${key} is not supported`);
    const matcher =
      key in jestMatchers ? jestMatchers[key] : (value, ...args) => chaiMatchers[key](flags, value, ...args);
    const call = (...args) => check(key, matcher, actual, flags, args);
    const about = chained(key, actual, flags);
    return about ? new Proxy(call, { get: (_, next) => step(about[0], about[1], next) }) : call;
  };

  const expectation = (actual, flags) => new Proxy({}, { get: (_, key) => step(actual, flags, key) });

  const basicTypes = [Number, String, Boolean, BigInt, Symbol, Function, Object].map(xcoderUntyped);

  const asymmetricMatchers = {
    objectContaining: (part) =>
      asymmetric(`objectContaining(${show(part)})`, (value) =>
        Object.keys(part).every((key) => hasProperty(value, [key], part[key])),
      ),
    arrayContaining: (items) =>
      asymmetric(
        `arrayContaining(${show(items)})`,
        (value) => Array.isArray(value) && items.every((item) => value.some((each) => equals(each, item, loose))),
      ),
    stringContaining: (part) =>
      asymmetric(`stringContaining(${show(part)})`, (value) => typeof value === "string" && value.includes(part)),
    stringMatching: (pattern) =>
      asymmetric(
        `stringMatching(${show(pattern)})`,
        (value) => typeof value === "string" && value.search(pattern) >= 0,
      ),
    closeTo: (expected, digits = 2) =>
      asymmetric(`closeTo(${expected})`, (value) => jestMatchers.toBeCloseTo(value, expected, digits)),
  };
  const negated = (make) => (value) => {
    const matcher = make(value);
    return asymmetric(`not.${show(matcher)}`, (actual) => !matcher.asymmetricMatch(actual));
  };

  const expect = Object.assign((actual, message = undefined) => expectation(actual, { message }), {
    ...asymmetricMatchers,
    not: Object.fromEntries(Object.entries(asymmetricMatchers).map(([name, make]) => [name, negated(make)])),
    anything: () => asymmetric("anything()", (value) => value !== null && value !== undefined),
    any: (type) =>
      asymmetric(`any(${type.name})`, (value) =>
        basicTypes.includes(type) ? typeof value === type.name.toLowerCase() : value instanceof type,
      ),
    extend: (matchers) => {
      for (const name of Object.keys(matchers)) {
        jestMatchers[name] = (...args) => matchers[name].call({ equals }, ...args);
      }
    },
    assertions: (count) => {
      assertionsPlanned = count;
    },
    hasAssertions: () => {
      assertionsPlanned = "some";
    },
    fail: (message = "expect.fail()") => fail(message),
    unreachable: (message = "expect.unreachable()") => fail(message),
  });

  // ---- assert of chai, by the words of expect; a message may come last ----

  const assertions = {
    ok: "ok",
    isOk: "ok",
    notOk: "not ok",
    isNotOk: "not ok",
    isTrue: "true",
    isNotTrue: "not true",
    isFalse: "false",
    isNotFalse: "not false",
    isNull: "null",
    isNotNull: "not null",
    isUndefined: "undefined",
    isDefined: "not undefined",
    isNaN: "NaN",
    isNotNaN: "not NaN",
    exists: "exist",
    notExists: "not exist",
    isEmpty: "empty",
    isNotEmpty: "not empty",
    equal: "looseEqual",
    notEqual: "not looseEqual",
    strictEqual: "equal",
    notStrictEqual: "not equal",
    deepEqual: "eql",
    notDeepEqual: "not eql",
    isAbove: "above",
    isAtLeast: "least",
    isBelow: "below",
    isAtMost: "most",
    closeTo: "closeTo",
    approximately: "closeTo",
    typeOf: "a",
    notTypeOf: "not a",
    instanceOf: "instanceof",
    notInstanceOf: "not instanceof",
    include: "include",
    notInclude: "not include",
    deepInclude: "deep include",
    match: "match",
    notMatch: "not match",
    property: "property",
    notProperty: "not property",
    propertyVal: "property",
    deepPropertyVal: "deep property",
    nestedProperty: "nested property",
    lengthOf: "length",
    hasAllKeys: "keys",
    containsAllKeys: "contain keys",
    hasAnyKeys: "any keys",
    sameMembers: "members",
    sameDeepMembers: "deep members",
    sameOrderedMembers: "ordered members",
    includeMembers: "include members",
    oneOf: "oneOf",
    throws: "throw",
    throw: "throw",
    doesNotThrow: "not throw",
  };
  const twoArguments = new Set(["closeTo", "approximately", "propertyVal", "deepPropertyVal", "throws", "throw"]);

  const assertBy = (name) => {
    const path = assertions[name].split(" ");
    const last = path[path.length - 1];
    const count = last in chaiProperties ? 0 : twoArguments.has(name) ? 2 : 1;
    return (actual, ...args) => {
      let chain = xcoderUntyped(expect(actual, args[count]));
      for (const word of path) chain = chain[word];
      if (!(last in chaiProperties)) chain(...args.slice(0, count));
    };
  };
  const isType = (type) => (actual, message) => expectation(actual, { message })["a"](type);

  const assert = Object.assign((value, message = "assert failed") => value || fail(message), {
    ...Object.fromEntries(Object.keys(assertions).map((name) => [name, assertBy(name)])),
    ...Object.fromEntries(
      ["Function", "Object", "Array", "String", "Number", "Boolean"].map((name) => [`is${name}`, isType(name)]),
    ),
    fail: (message = "assert.fail()") => fail(message),
  });

  // ---- Finding the tests ----

  const newSuite = (name, mode, context) => ({
    name,
    ...mode,
    context,
    items: [],
    before: [],
    after: [],
    beforeEach: [],
    afterEach: [],
    started: undefined,
  });

  const skipped = {}; // thrown by a test to skip itself
  const skip = () => {
    throw skipped;
  };

  // What a test finds in `this` or gets as its argument.
  const newContext = (name, outer) => {
    const suite = newSuite(name, {}, null);
    const subtests = [];
    const context = Object.assign(Object.create(outer), {
      name,
      expect,
      skip,
      todo: skip,
      diagnostic: () => undefined,
      plan: () => undefined,
      timeout: () => context,
      slow: () => context,
      retries: () => context,
      before: (hook) => hook(context),
      after: (hook) => suite.after.push(hook),
      beforeEach: (hook) => suite.beforeEach.push(hook),
      afterEach: (hook) => suite.afterEach.push(hook),
      test: (...args) => {
        const subtest = newTest({}, args);
        if (subtest.skip) return undefined;
        const result = drive(runTest(subtest, [suite], context));
        if (isThenable(result)) subtests.push(result);
        return result;
      },
    });
    return { context, suite, subtests };
  };

  const root = newSuite("", {}, {});
  let current = root;
  let running = false;

  // A name, options and a body in this order, each of which may be missing.
  const newTest = (mode, args) => {
    const body = [...args].reverse().find(isFunction);
    const options = args.slice(1).find((arg) => typeof arg === "object" && arg !== null) || {};
    return {
      name: String(isFunction(args[0]) ? args[0].name : args[0]),
      body,
      only: mode.only || options.only,
      skip: mode.skip || options.skip || options.todo || !body,
    };
  };

  const addTest = (mode, ...args) => {
    if (running) throw new Error("a test cannot be declared within a test");
    guardExit();
    current.items.push(newTest(mode, args));
  };

  const addSuite = (mode, ...args) => {
    guardExit();
    const { name, body, only, skip } = newTest(mode, args);
    const suite = newSuite(name, { only, skip }, newContext(name, current.context).context);
    const outer = current;
    outer.items.push(suite);
    if (skip) return;
    current = suite;
    try {
      suite.started = body.call(suite.context);
    } finally {
      current = outer;
    }
  };

  // The rows of a table in a template literal as objects.
  const rowsOf = (table, values) => {
    if (!table.raw) return [...table];
    const names = table[0].split("|").map((name) => name.trim());
    const rows = [];
    for (let start = 0; start < values.length; start += names.length) {
      rows.push(Object.fromEntries(names.map((name, index) => [name, values[start + index]])));
    }
    return rows;
  };

  const title = (text, row, index) => {
    const left = Array.isArray(row) ? [...row] : [row];
    return String(text)
      .replace(/%([sdifjoOp#%])/g, (_, kind) => {
        if (kind === "%") return "%";
        return kind === "#" ? index : util.format(kind === "p" ? "%O" : `%${kind}`, left.shift());
      })
      .replace(/\$([\w.]+)/g, (whole, path) => {
        const found = getPath(row, path);
        return found ? show(found.value) : whole;
      });
  };

  const each = (declare, spread) => (table, ...values) => (name, ...rest) => {
    const body = rest.find(isFunction);
    const options = rest.filter((arg) => !isFunction(arg));
    rowsOf(table, values).forEach((row, index) => {
      const args = spread && Array.isArray(row) ? row : [row];
      declare(title(name, row, index), ...options, function () {
        return body.apply(this, args);
      });
    });
  };

  // describe or test, with .only, .skip and the like.
  const declarer = (register, mode) => {
    const declare = (...args) => register(mode, ...xcoderUntyped(args));
    const variant = (more) => declarer(register, { ...mode, ...more });
    const variants = {
      __proto__: null,
      only: () => variant({ only: true }),
      skip: () => variant({ skip: true }),
      todo: () => variant({ skip: true }),
      concurrent: () => variant({}),
      sequential: () => variant({}),
      skipIf: () => (condition) => variant({ skip: condition }),
      runIf: () => (condition) => variant({ skip: !condition }),
      each: () => each(declare, true),
      for: () => each(declare, false),
    };
    return new Proxy(declare, { get: (_, key) => (key in variants ? variants[key]() : undefined) });
  };

  const hook = (kind) => (...args) => {
    current[kind].push(args.find(isFunction));
  };

  // ---- Running them ----

  // Runs a generator that yields what tests return. Without a promise among it all
  // runs at once, and an error is thrown at once; with one, a promise is returned.
  const drive = (generator, method = "next", input = undefined) => {
    let result = generator[method](input);
    while (!result.done && !isThenable(result.value)) result = generator.next(result.value);
    if (result.done) return result.value;
    return Promise.resolve(result.value).then(
      (value) => drive(generator, "next", value),
      (error) => drive(generator, "throw", error),
    );
  };

  // A last parameter with one of the usual names is a callback.
  const wantsCallback = (body) => {
    const parameters = /^(?:async\s*)?(?:function\b[^(]*)?\(?([^)=]*)/.exec(body.toString())[1];
    return body.length > 0 && /^_?(done|cb|callback|next|end|finish|resolve)$/i.test(parameters.split(",").pop().trim());
  };

  const invoke = (body, context) => {
    if (!wantsCallback(body)) return body.call(context, context);
    return new Promise((resolve, reject) => {
      const done = Object.assign((error) => (error ? reject(error) : resolve(undefined)), { fail: reject });
      const result = body.length > 1 ? body.call(context, context, done) : body.call(context, done);
      if (isThenable(result)) result.then(undefined, reject);
    });
  };

  let ran = 0;
  let failureShown = false;

  function* runTest(test, suites, outer) {
    const { context, suite, subtests } = newContext(test.name, outer);
    assertionCount = 0;
    assertionsPlanned = null;
    try {
      for (const { beforeEach } of suites) for (const hook of beforeEach) yield invoke(hook, context);
      yield invoke(test.body, context);
      yield subtests.length ? Promise.all(subtests) : undefined;
      for (const hook of suite.after) yield invoke(hook, context);
      const enough = assertionsPlanned === "some" ? assertionCount > 0 : assertionCount === assertionsPlanned;
      if (assertionsPlanned !== null && !enough) {
        fail(`${assertionsPlanned} assertions were planned, ${assertionCount} were made`);
      }
      for (const { afterEach } of [...suites].reverse()) for (const hook of afterEach) yield invoke(hook, context);
    } catch (error) {
      if (error === skipped) return;
      if (!failureShown) {
        failureShown = true;
        const names = [...suites.map(({ name }) => name), test.name];
        fs.writeSync(2, `failed: ${names.filter(Boolean).join(" > ")}\n`);
      }
      throw error;
    }
    ran += 1;
  }

  const isFocused = (item) => item.only || (item.items || []).some(isFocused);
  const isRunnable = (item) => !item.skip && (!item.items || item.items.some(isRunnable));

  function* runSuite(suite, outerSuites) {
    yield suite.started;
    const suites = [...outerSuites, suite];
    const focused = suite.items.filter(isFocused);
    const items = (focused.length ? focused : suite.items).filter(isRunnable);
    if (!items.length) return;
    for (const hook of suite.before) yield invoke(hook, suite.context);
    for (const item of items) yield* item.items ? runSuite(item, suites) : runTest(item, suites, suite.context);
    for (const hook of suite.after) yield invoke(hook, suite.context);
  }

  function* runAll() {
    running = true;
    yield* runSuite(root, []);
    if (!ran) throw new Error("no test was run");
    finished = true;
  }

  const writeError = (error) => fs.writeSync(2, `${error?.stack || show(error)}\n`);

  const run = () => {
    try {
      const result = drive(runAll());
      if (isThenable(result)) {
        result.then(undefined, (error) => {
          writeError(error);
          process.exit(1);
        });
      }
    } catch (error) {
      // With frozen intrinsics node shows an uncaught Error as {}.
      if (error instanceof Error && !util.inspect(error).includes(error.message)) writeError(error);
      throw error;
    }
  };

  // Makes a failure of a call of process.exit, and of a promise that is never settled.
  let guarded = false;
  let finished = false;
  const guardExit = () => {
    if (guarded) return;
    guarded = true;
    process.on("exit", (code) => {
      if (finished || code) return;
      fs.writeSync(2, "Error: the program ended before its tests did\n");
      process.exitCode = 1;
    });
  };

  const describe = declarer(addSuite, {});
  const test = declarer(addTest, {});
  return {
    describe,
    context: describe,
    suite: describe,
    xdescribe: declarer(addSuite, { skip: true }),
    fdescribe: declarer(addSuite, { only: true }),
    test,
    it: test,
    specify: test,
    xit: declarer(addTest, { skip: true }),
    xtest: declarer(addTest, { skip: true }),
    fit: declarer(addTest, { only: true }),
    before: hook("before"),
    after: hook("after"),
    beforeAll: hook("before"),
    afterAll: hook("after"),
    beforeEach: hook("beforeEach"),
    afterEach: hook("afterEach"),
    expect,
    jest,
    vi: jest,
    assert, // chai's
    use: () => undefined,
    console: Object.assign({}, globalThis.console, {
      assert: (condition, ...data) => condition || fail(util.format(...data) || "console.assert failed"),
    }),
    run,
  };
})());
const describe = xcoderFramework.describe;
const context = xcoderFramework.context;
const suite = xcoderFramework.suite;
const xdescribe = xcoderFramework.xdescribe;
const fdescribe = xcoderFramework.fdescribe;
const test = xcoderFramework.test;
const it = xcoderFramework.it;
const specify = xcoderFramework.specify;
const xit = xcoderFramework.xit;
const xtest = xcoderFramework.xtest;
const fit = xcoderFramework.fit;
const before = xcoderFramework.before;
const after = xcoderFramework.after;
const beforeAll = xcoderFramework.beforeAll;
const afterAll = xcoderFramework.afterAll;
const beforeEach = xcoderFramework.beforeEach;
const afterEach = xcoderFramework.afterEach;
const expect = xcoderFramework.expect;
const jest = xcoderFramework.jest;
const vi = xcoderFramework.vi;
const console = xcoderFramework.console;
@@after
xcoderFramework.run();
