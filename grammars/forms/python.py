@@before
# Runs unittest, pytest and plain test functions where pytest is not installed.
# All of it stands in one function, which runs with globals of its own and the
# real builtins: nothing the tests or the answer define can get in its way.
def xcoder_make_runner(tests):
    import contextlib
    import copy
    import importlib
    import importlib.machinery
    import inspect
    import os
    import pkgutil
    import re
    import sys
    import types
    import unittest
    import warnings
    from collections import namedtuple

    # ---- Modules that do not exist: their attributes are the answer's names ----

    PACKAGE = "xcoder.tests.unit"  # deep enough for `from ..x import f`

    def namespaces():
        names = tests["__builtins__"]
        return [tests, names if isinstance(names, dict) else vars(names)]

    def is_dunder(name):
        return name.startswith("__") and name.endswith("__")

    NOT_SET = object()
    replaced = {}  # by name, the mappings and values that were set aside

    def put(key, mapping, value):
        if value is NOT_SET:
            mapping.pop(key, None)
        else:
            mapping[key] = value

    class StandInModule(types.ModuleType):
        def __getattr__(self, name):
            if is_dunder(name):
                raise AttributeError(name)
            for names in namespaces():
                try:
                    return names[name]  # the dict may find what it does not list
                except KeyError:
                    pass
            shown = self.__name__.replace(PACKAGE + ".", "")
            raise ModuleNotFoundError(f"No module named '{shown}'", name=shown)

        # What mock.patch sets here has to be seen by the answer; what it deletes
        # then is to be as it was.
        def __setattr__(self, name, value):
            if is_dunder(name) or isinstance(value, StandInModule):  # by the import system
                return super().__setattr__(name, value)
            spaces = namespaces()
            owner = next((names for names in spaces if name in names), spaces[-1])
            replaced.setdefault(name, []).append((owner, owner.get(name, NOT_SET)))
            owner[name] = value

        def __delattr__(self, name):
            owner = next((names for names in namespaces() if name in names), {})
            owner, value = replaced[name].pop() if replaced.get(name) else (owner, NOT_SET)
            put(name, owner, value)

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if wanted_by_tests(name):
                return importlib.machinery.ModuleSpec(name, Finder, is_package=True)

        @staticmethod
        def create_module(spec):
            return StandInModule(spec.name)

        @staticmethod
        def exec_module(module):
            pass

    # Only what the tests import: optional imports of other modules have to fail as
    # ever. pkgutil imports for mock.patch("module.name"), where the name may be the
    # answer's and not a module's.
    def wanted_by_tests(name):
        frame = sys._getframe(2)
        while frame.f_globals.get("__name__", "").startswith("importlib"):
            frame = frame.f_back
        if frame.f_globals.get("__name__") == "pkgutil":
            parent, _, last = name.rpartition(".")
            return not (parent and any(last in names for names in namespaces()))
        return frame.f_globals is tests or frame.f_globals is globals()

    # ---- Marks and parameters ----

    class Mark:
        def __init__(self, name, args=(), kwargs={}):
            self.name, self.args, self.kwargs = name, args, kwargs

        def __call__(self, *args, **kwargs):
            if len(args) == 1 and not kwargs and is_test_or_class(args[0]):
                return self.put_on(args[0])
            return Mark(self.name, self.args + args, {**self.kwargs, **kwargs})

        def put_on(self, target):
            if isinstance(target, (staticmethod, classmethod)):
                self.put_on(target.__func__)
                return target
            target.pytestmark = [*own_marks(vars(target)), self]
            reason = skip_reason([self])
            if reason is not None:  # for a unittest.TestCase
                target.__unittest_skip__, target.__unittest_skip_why__ = True, reason
            return target

        def applies(self):
            conditions = [*self.args]
            if "condition" in self.kwargs:
                conditions.append(self.kwargs["condition"])
            return not conditions or any(conditions)

    class Marks:
        def __getattr__(self, name):
            return Mark(name)

    def is_test_or_class(value):
        return isinstance(value, (types.FunctionType, staticmethod, classmethod, type))

    def own_marks(names):
        marks = names.get("pytestmark", [])
        return list(marks) if isinstance(marks, (list, tuple)) else [marks]

    def class_marks(cls):
        return [mark for base in cls.__mro__ for mark in own_marks(vars(base))] if cls else []

    def skip_reason(marks):
        for mark in marks:
            if mark.name == "skip":
                return mark.kwargs.get("reason", mark.args[0] if mark.args else "")
            if mark.name == "skipif" and mark.applies():
                return mark.kwargs.get("reason", "")
        return None

    Param = namedtuple("Param", "values marks id")

    def param(*values, marks=(), id=None):
        return Param(values, list(marks) if isinstance(marks, (list, tuple)) else [marks], id)

    # One call of a test: `direct` are arguments, `indirect` are parameters of fixtures.
    Case = namedtuple("Case", "direct indirect ids marks")

    def id_text(value, name, index):
        if value is None or isinstance(value, (str, int, float, complex)):
            return str(value)
        return getattr(value, "__name__", f"{name}{index}")

    def row_id(row, names, index, ids):
        if row.id is None and isinstance(ids, list):
            row = row._replace(id=ids[index])
        if row.id is not None:
            return str(row.id)
        parts = []
        for name, value in zip(names, row.values):
            own = ids(value) if callable(ids) else None
            parts.append(id_text(value, name, index) if own is None else str(own))
        return "-".join(parts)

    def expand(cases, argnames, argvalues, indirect=False, ids=None, scope=None):
        names = argnames
        if isinstance(names, str):
            names = [name.strip() for name in names.split(",") if name.strip()]
        rows = [
            row if isinstance(row, Param) else param(*([row] if len(names) == 1 else row))
            for row in argvalues
        ]
        if ids is not None and not callable(ids):
            ids = list(ids)
        through_fixture = names if indirect is True else indirect or []
        expanded = []
        for case in cases:
            for index, row in enumerate(rows):
                if len(row.values) != len(names):
                    raise ValueError(f"parametrize: {len(names)} names, but values {row.values!r}")
                values = dict(zip(names, row.values))
                indirect_values = {name: values.pop(name) for name in through_fixture}
                expanded.append(Case(
                    {**case.direct, **values},
                    {**case.indirect, **indirect_values},
                    [*case.ids, row_id(row, names, index, ids)],
                    [*case.marks, *row.marks],
                ))
        return expanded

    # ---- Fixtures ----

    class Fixture:
        def __init__(self, function, scope="function", params=None, autouse=False, ids=None, name=None):
            self.function, self.scope, self.params = function, scope, params
            self.autouse, self.ids, self.name = autouse, ids, name

    def fixture(function=None, **options):
        if function is None:
            return lambda function: Fixture(function, **options)
        return Fixture(function, **options)

    def all_fixtures(cls, instance=None):
        """Every fixture by name: it and its function, bound if it is a method."""
        found = {}
        for names in [builtin_fixtures, tests, *(vars(base) for base in reversed(cls.__mro__ if cls else ()))]:
            for key, value in names.items():
                if isinstance(value, Fixture):
                    function = value.function
                    if names is not tests and names is not builtin_fixtures:
                        function = function.__get__(instance or cls, cls)
                    found[value.name or key] = value, function
        return found

    def argument_names(function):
        kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
        names = [
            name
            for name, parameter in inspect.signature(function).parameters.items()
            if parameter.kind in kinds and parameter.default is parameter.empty
        ]
        patches = getattr(function, "patchings", ())  # mock.patch fills the first ones
        return names[sum(patch.attribute_name is None and is_mock_default(patch.new) for patch in patches):]

    def is_mock_default(value):
        from unittest import mock
        return value is mock.DEFAULT

    def used_fixtures(fixtures, names):
        used = {}
        names = list(names)
        while names:
            name = names.pop(0)
            if name in fixtures and name not in used:
                used[name] = fixtures[name][0]
                names += argument_names(fixtures[name][1])
        return used

    def requested(function, fixtures, marks):
        names = [name for name, (fixture, _) in fixtures.items() if fixture.autouse]
        for mark in marks:
            if mark.name == "usefixtures":
                names += mark.args
        return names + argument_names(function)

    class Scope:
        """The fixtures that live equally long, and what ends them."""
        def __init__(self, stack):
            self.stack, self.values = stack, {}

    class Request:
        def __init__(self, name, function, cls, instance, case, scopes, fixtures):
            self.node = types.SimpleNamespace(name=name)
            self.function, self.cls, self.instance = function, cls, instance
            self.case, self.scopes, self.fixtures = case, scopes, fixtures
            self.values = dict(case.direct)

        def addfinalizer(self, function):
            self.scopes[self.scope].stack.callback(function)

        def getfixturevalue(self, name):
            if name == "request":
                return self
            if name not in self.values:
                self.values[name] = self.fixture_value(name)
            return self.values[name]

        def fixture_value(self, name):
            if name not in self.fixtures:
                raise LookupError(f"fixture '{name}' not found")
            fixture, function = self.fixtures[name]
            request = copy.copy(self)
            request.scope = fixture.scope
            if name in self.case.indirect:
                request.param = self.case.indirect[name]
            arguments = {name: request.getfixturevalue(name) for name in argument_names(function)}
            key = (fixture, id(getattr(request, "param", None)), *(
                id(value) for value in arguments.values() if value is not request
            ))
            scope = self.scopes[fixture.scope]
            if key not in scope.values:
                scope.values[key] = start(function, arguments, scope.stack)
            return scope.values[key]

    def start(function, arguments, stack):
        result = function(**arguments)
        if inspect.isgeneratorfunction(function):
            stack.callback(next, result, None)
            return next(result)
        if inspect.isasyncgenfunction(function):
            stack.callback(lambda: wait(anext(result, None)))
            return wait(anext(result))
        return wait(result) if inspect.iscoroutinefunction(function) else result

    loops = []  # one event loop, made when it is needed

    def wait(awaitable):
        if not loops:
            import asyncio
            loops.append(asyncio.new_event_loop())

        async def result():
            return await awaitable
        return loops[0].run_until_complete(result())

    # ---- Fixtures of pytest itself ----

    class MonkeyPatch:
        def __init__(self):
            self.undoing = []

        @classmethod
        @contextlib.contextmanager
        def context(cls):
            patch = cls()
            try:
                yield patch
            finally:
                patch.undo()

        def undo(self):
            while self.undoing:
                self.undoing.pop()()

        def setattr(self, target, name, value=NOT_SET, raising=True):
            if value is NOT_SET:
                target, name, value = *self.resolve(target), name
            old = getattr(target, name, NOT_SET)
            if raising and old is NOT_SET:
                raise AttributeError(f"{target!r} has no attribute {name!r}")
            if isinstance(target, type):
                old = vars(target).get(name, NOT_SET)
            self.undoing.append(lambda: delattr(target, name) if old is NOT_SET else setattr(target, name, old))
            setattr(target, name, value)

        def delattr(self, target, name=NOT_SET, raising=True):
            if name is NOT_SET:
                target, name = self.resolve(target)
            if not hasattr(target, name):
                if raising:
                    raise AttributeError(name)
                return
            old = vars(target).get(name, NOT_SET) if isinstance(target, type) else getattr(target, name)
            self.undoing.append(lambda: setattr(target, name, old))
            delattr(target, name)

        def resolve(self, path):
            target, name = path.rsplit(".", 1)
            return pkgutil.resolve_name(target), name

        def setitem(self, mapping, key, value):
            self.keep(mapping, key)
            mapping[key] = value

        def delitem(self, mapping, key, raising=True):
            if key in mapping or raising:
                self.keep(mapping, key)
                del mapping[key]

        def keep(self, mapping, key):
            old = mapping.get(key, NOT_SET)
            self.undoing.append(lambda: put(key, mapping, old))

        def setenv(self, name, value, prepend=None):
            if prepend and name in os.environ:
                value = f"{value}{prepend}{os.environ[name]}"
            self.setitem(os.environ, name, str(value))

        def delenv(self, name, raising=True):
            self.delitem(os.environ, name, raising)

        def syspath_prepend(self, path):
            old = sys.path[:]
            self.undoing.append(lambda: sys.path.__setitem__(slice(None), old))
            sys.path.insert(0, str(path))

        def chdir(self, path):
            self.undoing.append(lambda old=os.getcwd(): os.chdir(old))
            os.chdir(path)

    Captured = namedtuple("Captured", "out err")

    class CaptureFixture:
        def __class_getitem__(cls, item):
            return cls

        def start(self):
            import io
            self.outside = sys.stdout, sys.stderr
            sys.stdout, sys.stderr = io.StringIO(), io.StringIO()

        def stop(self):
            sys.stdout, sys.stderr = self.outside

        def readouterr(self):
            texts = []
            for stream in (sys.stdout, sys.stderr):
                texts.append(stream.getvalue())
                stream.seek(0)
                stream.truncate()
            return Captured(*texts)

        @contextlib.contextmanager
        def disabled(self):
            inside = sys.stdout, sys.stderr
            sys.stdout, sys.stderr = self.outside
            try:
                yield
            finally:
                sys.stdout, sys.stderr = inside

    def monkeypatch():
        with MonkeyPatch.context() as patch:
            yield patch

    def capsys():
        capture = CaptureFixture()
        capture.start()
        yield capture
        capture.stop()

    def tmp_path():
        import pathlib
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            yield pathlib.Path(folder)

    builtin_fixtures = {
        "monkeypatch": Fixture(monkeypatch),
        "capsys": Fixture(capsys),
        "capfd": Fixture(capsys),
        "tmp_path": Fixture(tmp_path),
    }

    # ---- What tests call ----

    def check_match(pattern, text):
        if pattern is not None and not re.search(pattern, text):
            raise AssertionError(f"Regex pattern did not match.\n Regex: {pattern!r}\n Input: {text!r}")
        return True

    class ExceptionInfo:
        def __class_getitem__(cls, item):
            return cls

        value = None

        @property
        def type(self):
            return type(self.value)

        @property
        def tb(self):
            return self.value.__traceback__

        @property
        def typename(self):
            return self.type.__name__

        def match(self, pattern):
            return check_match(pattern, str(self.value))

        def exconly(self):
            return f"{self.typename}: {self.value}"

    class Raises:
        def __init__(self, expected, match, check):
            self.expected, self.pattern, self.check = expected, match, check

        def __enter__(self):
            self.info = ExceptionInfo()
            return self.info

        def __exit__(self, kind, value, trace):
            if value is None:
                raise AssertionError(f"DID NOT RAISE {self.expected!r}")
            if not isinstance(value, self.expected):
                return False
            self.info.value = value
            check_match(self.pattern, str(value))
            if self.check and not self.check(value):
                raise AssertionError(f"check did not return True on {value!r}")
            return True

    def raises(expected=BaseException, function=None, *args, match=None, check=None, **kwargs):
        context = Raises(expected, match, check)
        if function is None:
            return context
        with context as info:
            function(*args, **kwargs)
        return info

    @contextlib.contextmanager
    def warns(expected=Warning, match=None):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield caught
        found = [warning.message for warning in caught if issubclass(warning.category, expected)]
        if not found:
            raise AssertionError(f"DID NOT WARN. No warnings of type {expected!r} were emitted.")
        if match is not None and not any(re.search(match, str(message)) for message in found):
            raise AssertionError(f"DID NOT WARN. No warnings match {match!r}: {found!r}")

    def deprecated_call(match=None):
        return warns((DeprecationWarning, PendingDeprecationWarning, FutureWarning), match)

    def is_sequence(value):
        return hasattr(value, "__len__") and hasattr(value, "__getitem__") and not isinstance(value, (str, bytes))

    class Approx:
        __array_ufunc__ = None  # a numpy array on the left leaves the comparison to us
        __hash__ = None

        def __init__(self, expected, rel=None, abs=None, nan_ok=False):
            self.expected, self.options = expected, (rel, abs, nan_ok)

        def __repr__(self):
            return f"approx({self.expected!r})"

        def __eq__(self, actual):
            return self.equal(self.expected, actual)

        def equal(self, expected, actual):
            if isinstance(expected, dict):
                return (
                    isinstance(actual, dict)
                    and expected.keys() == actual.keys()
                    and all(self.equal(value, actual[key]) for key, value in expected.items())
                )
            if is_sequence(expected):
                return (
                    is_sequence(actual)
                    and len(expected) == len(actual)
                    and all(map(self.equal, expected, actual))
                )
            if isinstance(expected, bool) or not hasattr(expected, "__abs__"):
                return bool(expected == actual)
            return hasattr(actual, "__abs__") and self.near(expected, actual)

        def near(self, expected, actual):
            rel, absolute, nan_ok = self.options
            if expected == actual:
                return True
            if expected != expected:
                return nan_ok and actual != actual
            if abs(expected) == float("inf"):
                return False
            number = type(abs(expected)) if not isinstance(expected, int) else float
            tolerance = number(str(1e-12 if absolute is None else absolute))
            if rel is not None or absolute is None:
                tolerance = max(tolerance, number(str(1e-6 if rel is None else rel)) * abs(expected))
            return bool(abs(expected - actual) <= tolerance)

    def fail(reason="", pytrace=True):
        raise AssertionError(reason)

    def skip(reason="", allow_module_level=False):
        raise unittest.SkipTest(reason)

    def importorskip(name, minversion=None, reason=None, exc_type=ImportError):
        try:
            importlib.import_module(name)
        except exc_type:
            skip(reason or f"could not import {name!r}")
        if isinstance(sys.modules[name], StandInModule):
            skip(reason or f"could not import {name!r}")
        return sys.modules[name]

    def main(*args, **kwargs):
        return 1  # so that sys.exit(main()) is no success

    pytest = types.ModuleType("pytest")
    vars(pytest).update(
        approx=Approx, deprecated_call=deprecated_call, fail=fail, fixture=fixture, importorskip=importorskip,
        main=main, mark=Marks(), param=param, raises=raises, skip=skip, warns=warns, xfail=skip,
        CaptureFixture=CaptureFixture, ExceptionInfo=ExceptionInfo, FixtureRequest=Request, MonkeyPatch=MonkeyPatch,
    )
    sys.modules["pytest"] = sys.modules["pytest_asyncio"] = pytest
    unittest.main = main

    # ---- Running ----

    def name_bare_assertion(error, name):
        if type(error) is AssertionError and not error.args:
            error.args = (name,)

    class Result(unittest.TestResult):
        """Keeps the first error as it was raised, and which tests ran."""
        def __init__(self):
            super().__init__()
            self.failfast, self.error, self.ran = True, None, set()

        def startTest(self, test):
            super().startTest(test)
            self.ran.add(test.id())

        def addSkip(self, test, reason):
            self.ran.discard(test.id())

        def addError(self, test, info):
            name_bare_assertion(info[1], test.id())
            self.error = self.error or info[1]
            self.stop()

        addFailure = addError

        def addSubTest(self, test, subtest, info):
            if info:
                self.addError(test, info)

        def addUnexpectedSuccess(self, test):
            self.addError(test, (None, AssertionError(f"unexpected success of {test}"), None))

    def run_test_case(cls):
        result = Result()
        unittest.defaultTestLoader.loadTestsFromTestCase(cls).run(result)
        if result.error:
            raise result.error
        return len(result.ran)

    def call_hook(owner, name, argument):
        hook = getattr(owner, name, None)
        if hook:
            wait_if_needed(hook(argument) if inspect.signature(hook).parameters else hook())

    def wait_if_needed(result):
        if inspect.isawaitable(result):
            wait(result)

    def run_function(name, function, scopes, cls=None):
        """Runs a test with each of its parameter sets; returns how many ran."""
        fixtures = all_fixtures(cls)
        unbound = function.__get__(cls, cls) if cls else function
        marks = [*own_marks(vars(unbound)), *class_marks(cls), *own_marks(tests)]
        cases = [Case({}, {}, [], marks)]
        for mark in marks:
            if mark.name == "parametrize":
                cases = expand(cases, *mark.args, **mark.kwargs)
        for fixture_name, fixture in used_fixtures(fixtures, requested(unbound, fixtures, marks)).items():
            if fixture.params is not None and not any(
                fixture_name in case.direct or fixture_name in case.indirect for case in cases
            ):
                cases = expand(cases, [fixture_name], fixture.params, True, fixture.ids)
        return sum(run_case(name, function, scopes, cls, case) for case in cases)

    def run_case(name, function, scopes, cls, case):
        """Runs one call of a test; False if it was skipped."""
        if skip_reason(case.marks) is not None:
            return False
        if case.ids:
            name = f"{name}[{'-'.join(case.ids)}]"
        xfail = next((mark for mark in case.marks if mark.name == "xfail" and mark.applies()), None)
        if xfail and not xfail.kwargs.get("run", True):
            return False
        try:
            call(name, function, scopes, cls, case)
        except unittest.SkipTest:
            return False
        except Exception as error:
            if not (xfail and isinstance(error, xfail.kwargs.get("raises") or Exception)):
                name_bare_assertion(error, name)
                raise
        else:
            if xfail and xfail.kwargs.get("strict"):
                raise AssertionError(f"{name} passed, but was marked xfail(strict=True)")
        return True

    def call(name, function, scopes, cls, case):
        instance = cls and cls()
        bound = function.__get__(instance, cls) if cls else function
        fixtures = all_fixtures(cls, instance)
        hooks, suffix = (instance, "method") if cls else (module, "function")
        with contextlib.ExitStack() as stack:
            scope = Scope(stack)
            scopes = {"class": scope, **scopes, "function": scope}
            request = Request(name, bound, cls, instance, case, scopes, fixtures)
            request.scope = "function"
            own_arguments = argument_names(bound)
            for fixture_name in requested(bound, fixtures, case.marks):
                if fixture_name not in own_arguments:
                    request.getfixturevalue(fixture_name)
            stack.callback(call_hook, hooks, f"teardown_{suffix}", bound)
            call_hook(hooks, f"setup_{suffix}", bound)
            wait_if_needed(bound(**{name: request.getfixturevalue(name) for name in own_arguments}))

    def run_class(cls, scopes):
        members = {}
        for base in reversed(cls.__mro__):
            members.update((key, value) for key, value in vars(base).items() if key.lower().startswith("test"))
        if getattr(cls, "__unittest_skip__", False):
            return 0
        ran = 0
        with contextlib.ExitStack() as stack:
            scopes = {**scopes, "class": Scope(stack)}
            tests_of_class = [item for item in members.items() if is_test(item[1])]
            if tests_of_class:
                stack.callback(call_hook, cls, "teardown_class", cls)
                call_hook(cls, "setup_class", cls)
            for name, function in tests_of_class:
                ran += run_function(f"{cls.__name__}.{name}", function, scopes, cls)
            for value in members.values():
                if isinstance(value, type):
                    ran += run_class(value, scopes)
        return ran

    def is_test(value):
        return not isinstance(value, type) and (callable(value) or isinstance(value, (staticmethod, classmethod)))

    class Module:
        """The tests as a module, for setup_module and the like."""

    module = Module()
    module.__dict__ = tests

    def run_item(name, value, scopes):
        if isinstance(value, type) and issubclass(value, unittest.TestCase):
            return 0 if value.__module__.startswith("unittest") else run_test_case(value)
        if isinstance(value, type) and name.startswith("Test"):
            return run_class(value, scopes)
        if isinstance(value, types.FunctionType) and name.startswith("test_"):
            return run_function(name, value, scopes)
        return 0

    def run():
        ran = 0
        try:
            with contextlib.ExitStack() as stack:
                scope = Scope(stack)
                scopes = {"module": scope, "package": scope, "session": scope}
                for setup, teardown in [("setup_module", "teardown_module"), ("setUpModule", "tearDownModule")]:
                    stack.callback(call_hook, module, teardown, module)
                    call_hook(module, setup, module)
                for name, value in list(tests.items()):
                    ran += run_item(name, value, scopes)
        except SystemExit as error:
            raise RuntimeError(f"a test ended the program: {error!r}") from error
        if not ran:
            raise RuntimeError("no test was run")

    tests["__package__"] = PACKAGE
    tests.setdefault("__file__", "tests.py")
    sys.meta_path.append(Finder)
    return run


import builtins as xcoder_builtins
import types as xcoder_types

xcoder_run = xcoder_types.FunctionType(
    xcoder_make_runner.__code__, {"__name__": "pytest", "__builtins__": xcoder_builtins}
)(xcoder_builtins.globals())
@@after
xcoder_run()
