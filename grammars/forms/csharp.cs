@@shim
#nullable disable
#pragma warning disable

/// <summary>Runs the tests of an assembly that are marked for xUnit, NUnit or MSTest. The first failure ends the run.</summary>
internal static class XcoderRunner
{
    public static void Run(global::System.Reflection.Assembly assembly) => global::XcoderTesting.Runner.Run(assembly);
}

// What the frameworks have in common.
namespace XcoderTesting
{
    using /* stays here */ global::System;
    using /* stays here */ global::System.Collections;
    using /* stays here */ global::System.Collections.Generic;
    using /* stays here */ global::System.Globalization;
    using /* stays here */ global::System.Linq;
    using /* stays here */ global::System.Reflection;
    using /* stays here */ global::System.Runtime.CompilerServices;
    using /* stays here */ global::System.Threading.Tasks;
    using /* stays here */ static global::XcoderTesting.Values;

    /// <summary>Marks a method as a test.</summary>
    public interface ITestMark
    {
        string Skip => null;
        bool SharesInstance => false;
        Case Alone => new([]);
    }

    /// <summary>A run of a test: its arguments and, if one is set, the result that it must return.</summary>
    public class Case(object[] arguments)
    {
        public object[] Arguments => arguments ?? [null];
        public bool HasResult { get; private set; }
        public object Result { get; set { field = value; HasResult = true; } }
    }

    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    public abstract class CasesAttribute : Attribute
    {
        /// <param name="type">The test's class.</param>
        public abstract IEnumerable<Case> Of(Type type);

        /// <summary>Cases from a static member of a class; if no member is named, from a new instance of the class.</summary>
        protected static IEnumerable<Case> Read(Type type, string member, params object[] arguments)
        {
            const BindingFlags flags = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy
                | BindingFlags.InvokeMethod | BindingFlags.GetProperty | BindingFlags.GetField | BindingFlags.DoNotWrapExceptions;
            var values = member is null ? Activator.CreateInstance(type, true) : type.InvokeMember(member, flags, null, null, arguments);
            return Items(values).Select(value => value as Case ?? new Case(value as object[] ?? [value]));
        }
    }

    public abstract class RowAttribute(object[] data) : CasesAttribute
    {
        protected Case Row { get; } = new(data);
        public override IEnumerable<Case> Of(Type type) => [Row];
    }

    public enum Step { BeforeAll, Before, After, AfterAll }

    public abstract class StepAttribute(Step step) : Attribute { public Step Step => step; }
    public abstract class SkipAttribute : Attribute;
    public abstract class ExpectsAttribute(Type type) : Attribute { public Type Type => type; public bool AllowDerivedTypes { get; set; } }

    /// <summary>Ends a test early: it counts as passed or as skipped.</summary>
    public class EarlyEndException(bool isPass) : Exception { public bool IsPass => isPass; }

    internal static class Runner
    {
        private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.FlattenHierarchy;

        public static void Run(Assembly assembly)
        {
            if (assembly.GetTypes().Sum(RunClass) == 0) throw new InvalidOperationException("no test was run");
        }

        // Returns the number of tests that passed.
        private static int RunClass(Type type)
        {
            var isStatic = type.IsAbstract && type.IsSealed;
            if ((type.IsAbstract && !isStatic) || type.ContainsGenericParameters || Find<SkipAttribute>(type) is not null) return 0;
            var tests = type.GetMethods(Any).Where(method => Mark(method) is { Skip: null } && Find<SkipAttribute>(method) is null)
                .OrderBy(method => method.MetadataToken).ToList();
            if (tests.Count == 0) return 0;

            var passed = 0;
            var fixtures = new Dictionary<Type, object>();
            object Fresh() => isStatic ? null : Create(type, fixtures);
            var shared = tests.Any(test => Mark(test).SharesInstance) ? Fresh() : null;
            Call(type, shared, Step.BeforeAll);
            foreach (var test in tests)
            {
                var sources = test.GetCustomAttributes<CasesAttribute>().ToList();
                foreach (var given in sources.Count == 0 ? [Mark(test).Alone] : sources.SelectMany(source => source.Of(type)))
                {
                    var instance = shared ?? Fresh();
                    passed += RunTest(test, instance, given) ? 1 : 0;
                    if (shared is null) Dispose(instance);
                }
            }

            Call(type, shared, Step.AfterAll);
            foreach (var used in fixtures.Values.Append(shared)) Dispose(used);
            return passed;
        }

        private static bool RunTest(MethodInfo test, object instance, Case given)
        {
            var isPass = true;
            try
            {
                Call(test.ReflectedType, instance, Step.Before);
                var result = Find<ExpectsAttribute>(test) is not { } expects ? Call(test, instance, given.Arguments)
                    : global::Microsoft.VisualStudio.TestTools.UnitTesting.Assert.Thrown(
                        () => Call(test, instance, given.Arguments), expects.Type, expects.AllowDerivedTypes);
                if (given.HasResult) global::NUnit.Framework.Assert.AreEqual(given.Result, result, test.Name);
            }
            catch (EarlyEndException end)
            {
                isPass = end.IsPass;
            }

            Call(test.ReflectedType, instance, Step.After);
            return isPass;
        }

        // The parameters of a constructor are fixtures, which all tests of the class share.
        private static object Create(Type type, Dictionary<Type, object> fixtures)
        {
            var constructor = type.GetConstructors(Any & ~BindingFlags.Static).OrderByDescending(one => one.IsPublic).First();
            var values = constructor.GetParameters().Select(parameter => Fixture(parameter.ParameterType)).ToArray();
            var instance = constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, values, null);
            var context = new global::Microsoft.VisualStudio.TestTools.UnitTesting.TestContext();
            type.GetProperties(Any).FirstOrDefault(property => property.PropertyType == context.GetType())?.SetValue(instance, context);
            if (instance is global::Xunit.IAsyncLifetime) Call(type.GetMethod("InitializeAsync"), instance);
            return instance;

            object Fixture(Type type) => type == typeof(global::Xunit.ITestOutputHelper) ? new global::Xunit.NoOutput()
                : fixtures.TryGetValue(type, out var made) ? made : fixtures[type] = Create(type, fixtures);
        }

        private static void Dispose(object used)
        {
            if (used is global::Xunit.IAsyncLifetime or IAsyncDisposable) Call(used.GetType().GetMethod("DisposeAsync"), used);
            (used as IDisposable)?.Dispose();
        }

        // Calls the methods of a step, those of base classes first, or last if the step comes after tests.
        private static void Call(Type type, object instance, Step step)
        {
            var methods = type.GetMethods(Any).Where(method => Find<StepAttribute>(method)?.Step == step)
                .OrderBy(method => Depth(method.DeclaringType));
            foreach (var method in step is Step.After or Step.AfterAll ? methods.Reverse() : methods)
            {
                Call(method, instance, [.. method.GetParameters().Select(parameter => Activator.CreateInstance(parameter.ParameterType))]);
            }
        }

        // Throws what the method throws, with its stack.
        private static object Call(MethodInfo method, object instance, params object[] arguments) =>
            Await(method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, [.. method.GetParameters().Length == arguments.Length
                ? arguments.Zip(method.GetParameters(), (value, parameter) => Convert(value, parameter.ParameterType)) : arguments], null));

        private static object Convert(object value, Type type)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            return value is null || type.IsInstanceOfType(value) ? value
                : value is string text ? global::System.ComponentModel.TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text)
                : type.IsEnum ? Enum.ToObject(type, value)
                : value is IConvertible && (type.IsPrimitive || type == typeof(decimal))
                    ? global::System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture) : value;
        }

        private static ITestMark Mark(MethodInfo method) => method.GetCustomAttributes().OfType<ITestMark>().FirstOrDefault();
        private static T Find<T>(MemberInfo member) where T : Attribute => member.GetCustomAttributes<T>().FirstOrDefault();
        private static int Depth(Type type) => type is null ? 0 : 1 + Depth(type.BaseType);
    }

    public static class Values
    {
        /// <summary>Whether two values are equal. Collections are compared by their items, sets and dictionaries without order.</summary>
        /// <param name="isLoose">Whether numbers of different types can be equal.</param>
        public static bool Alike(object one, object other, bool isLoose = false)
        {
            if (one is null || other is null) return one == other;
            return one.Equals(other) || (one, other) switch
            {
                (string, _) or (_, string) => false,
                (IDictionary ones, IDictionary others) => ones.Count == others.Count
                    && ones.Keys.Cast<object>().All(key => others.Contains(key) && Alike(ones[key], others[key], isLoose)),
                (Array { Rank: > 1 } ones, Array others) when ones.Rank != others.Rank
                    || Enumerable.Range(0, ones.Rank).Any(i => ones.GetLength(i) != others.GetLength(i)) => false,
                (IEnumerable, IEnumerable) when IsSet(one) && IsSet(other) => SameItems(one, other, isLoose),
                (IEnumerable, IEnumerable) => Pairwise(one, other, (first, second) => Alike(first, second, isLoose)),
                (ITuple ones, ITuple others) => ones.GetType() == others.GetType()
                    && Enumerable.Range(0, ones.Length).All(i => Alike(ones[i], others[i], isLoose)),
                _ => isLoose && IsNumber(one) && IsNumber(other) && Compare(one, other) == 0,
            };
        }

        /// <summary>Whether two collections have equal items in any order.</summary>
        public static bool SameItems(object ones, object others, bool isLoose = false) =>
            (Items(ones), Items(others)) is var (part, whole) && part.Count == whole.Count && IsSubset(part, whole, isLoose);

        /// <summary>Whether each item of a collection has its own equal in another.</summary>
        public static bool IsSubset(object part, object whole, bool isLoose = false)
        {
            var rest = Items(whole);
            return Items(part).All(item =>
            {
                var index = rest.FindIndex(other => Alike(item, other, isLoose));
                if (index >= 0) rest.RemoveAt(index);
                return index >= 0;
            });
        }

        public static int Compare(object one, object other) => !IsNumber(one) || !IsNumber(other) ? Comparer.Default.Compare(one, other)
            : one is double or float || other is double or float ? Number(one).CompareTo(Number(other))
            : Convert.ToDecimal(one).CompareTo(Convert.ToDecimal(other));

        public static bool Near(object one, object other, object delta) => one is null || other is null ? one == other
            : delta is TimeSpan limit ? (Span(one) - Span(other)).Duration() <= limit
            : one is IEnumerable && other is IEnumerable ? Pairwise(one, other, (first, second) => Near(first, second, delta))
            : Number(one).Equals(Number(other)) || Math.Abs(Number(one) - Number(other)) <= Number(delta);

        public static List<object> Items(object collection) => [.. ((IEnumerable)collection).Cast<object>()];

        // Of a collection, the first items only.
        public static string Text(object value) => value switch
        {
            null => "null",
            string text => $"\"{text}\"",
            IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Take(50).Select(Text))}]",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

        public static Func<object> Function(Action code) => () =>
        {
            code();
            return null;
        };

        /// <summary>What code throws; null if it throws nothing.</summary>
        public static Exception ErrorOf(Func<object> code)
        {
            try
            {
                Await(code());
                return null;
            }
            catch (Exception error)
            {
                return error;
            }
        }

        /// <summary>Waits for a task; returns its result. Other values are returned as they are.</summary>
        public static object Await(object value)
        {
            if (value?.GetType().Name is "ValueTask" or "ValueTask`1") value = value.GetType().GetMethod("AsTask").Invoke(value, null);
            if (value is not Task task) return value;
            task.GetAwaiter().GetResult();
            return task.GetType().GetProperty("Result")?.GetValue(task);
        }

        // Reads each collection once, because an enumerator can have side effects.
        private static bool Pairwise(object ones, object others, Func<object, object, bool> same) =>
            (Items(ones), Items(others)) is var (first, second) && first.Count == second.Count
                && first.Zip(second).All(pair => same(pair.First, pair.Second));

        private static bool IsNumber(object value) => value is not (null or bool or char or string or DateTime or Enum) and IConvertible;
        private static bool IsSet(object value) => value.GetType().GetInterfaces().Any(one => one.Name == "ISet`1");
        private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

        private static TimeSpan Span(object value) =>
            value is DateTime time ? new(time.Ticks) : value is DateTimeOffset moment ? new(moment.UtcTicks) : (TimeSpan)value;
    }

    public abstract class Checks<TError> where TError : Exception
    {
        // Returns the actual value. The note is a format and its arguments, or a function that returns the text; it can be empty or null.
        protected static object Check(bool holds, object expected, object actual, object[] note = null, [CallerMemberName] string name = "")
        {
            if (holds) return actual;
            var text = note switch
            {
                [Func<string> function, ..] => function() + ": ",
                [string only] => only + ": ",
                [string format, .. var arguments] => string.Format(CultureInfo.InvariantCulture, format, arguments) + ": ",
                _ => "",
            };
            text += $"{name} fails. Expected: {Text(expected)}, actual: {Text(actual)}";
            throw (TError)Activator.CreateInstance(typeof(TError), text);
        }

        /// <summary>Runs code that must throw; returns what it throws.</summary>
        internal static Exception Thrown(Func<object> code, Type type, bool allowsDerived, params object[] note)
        {
            var error = ErrorOf(code);
            return (Exception)Check(allowsDerived ? type.IsInstanceOfType(error) : error?.GetType() == type, type, error, note, "Throws");
        }

        protected static T Exact<T>(Func<object> code, object[] note = null) where T : Exception => (T)Thrown(code, typeof(T), false, note);
        protected static T Derived<T>(Func<object> code, object[] note = null) where T : Exception =>
            (T)Thrown(code, typeof(T), true, note);
    }

    /// <summary>The assertions that NUnit and MSTest share.</summary>
    public abstract class Asserts<TError> : Checks<TError> where TError : Exception
    {
        public static void IsTrue(bool? value, params object[] note) => Check(value == true, true, value, note);
        public static void IsFalse(bool? value, params object[] note) => Check(value == false, false, value, note);
        public static void IsNull(object value, params object[] note) => Check(value is null, null, value, note);
        public static void IsNotNull(object value, params object[] note) => Check(value is not null, "not null", value, note);
        public static void AreSame(object expected, object actual, params object[] note) =>
            Check(ReferenceEquals(expected, actual), expected, actual, note);
        public static void AreNotSame(object expected, object actual, params object[] note) =>
            Check(!ReferenceEquals(expected, actual), "another", actual, note);
        public static void Fail(params object[] note) => Check(false, null, null, note);
        public static void Inconclusive(params object[] note) => throw new EarlyEndException(false);
    }

    /// <summary>The assertions about collections that NUnit and MSTest share.</summary>
    public abstract class CollectionAsserts<TError> : Checks<TError> where TError : Exception
    {
        public static void AreEqual(IEnumerable expected, IEnumerable actual, params object[] note) =>
            Check(Alike(expected, actual), expected, actual, note);
        public static void AreNotEqual(IEnumerable expected, IEnumerable actual, params object[] note) =>
            Check(!Alike(expected, actual), "another", actual, note);
        public static void AreEquivalent(IEnumerable expected, IEnumerable actual, params object[] note) =>
            Check(SameItems(expected, actual), expected, actual, note);
        public static void AreNotEquivalent(IEnumerable expected, IEnumerable actual, params object[] note) =>
            Check(!SameItems(expected, actual), "others", actual, note);
        public static void Contains(IEnumerable items, object item, params object[] note) =>
            Check(IsSubset(new[] { item }, items), item, items, note);
        public static void DoesNotContain(IEnumerable items, object item, params object[] note) =>
            Check(!IsSubset(new[] { item }, items), item, items, note);
        public static void IsSubsetOf(IEnumerable part, IEnumerable whole, params object[] note) =>
            Check(IsSubset(part, whole), whole, part, note);
        public static void IsEmpty(IEnumerable items, params object[] note) => Check(Items(items).Count == 0, "none", items, note);
        public static void IsNotEmpty(IEnumerable items, params object[] note) => Check(Items(items).Count > 0, "some", items, note);
        public static void AllItemsAreNotNull(IEnumerable items, params object[] note) =>
            Check(!Items(items).Contains(null), "none null", items, note);
        public static void AllItemsAreUnique(IEnumerable items, params object[] note) =>
            Check(Items(items).Distinct().Count() == Items(items).Count, "all unique", items, note);
        public static void AllItemsAreInstancesOfType(IEnumerable items, Type type, params object[] note) =>
            Check(Items(items).All(type.IsInstanceOfType), type, items, note);
    }
}

namespace Xunit.Sdk
{
    public class XunitException(string message) : global::System.Exception(message);
}

namespace Xunit
{
    using /* stays here */ global::System;
    using /* stays here */ global::System.Collections;
    using /* stays here */ global::System.Collections.Generic;
    using /* stays here */ global::System.Linq;
    using /* stays here */ global::System.Text.RegularExpressions;
    using /* stays here */ global::System.Threading.Tasks;
    using /* stays here */ global::XcoderTesting;
    using /* stays here */ static global::XcoderTesting.Values;

    public class FactAttribute : Attribute, ITestMark
    {
        public string DisplayName { get; set; }
        public string Skip { get; set; }
        public int Timeout { get; set; }
    }

    public sealed class TheoryAttribute : FactAttribute;

    public sealed class InlineDataAttribute(params object[] data) : RowAttribute(data);

    public sealed class MemberDataAttribute(string member, params object[] arguments) : CasesAttribute
    {
        public Type MemberType { get; set; }
        public override IEnumerable<Case> Of(Type fixture) => Read(MemberType ?? fixture, member, arguments);
    }

    public sealed class ClassDataAttribute(Type type) : CasesAttribute
    {
        public override IEnumerable<Case> Of(Type fixture) => Read(type, null);
    }

    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    public sealed class TraitAttribute(string name, string value) : Attribute;
    public sealed class CollectionAttribute(string name) : Attribute;
    public interface IClassFixture<T>;

    /// <summary>Called by the names of its methods, which return Task in version 2 and ValueTask in version 3.</summary>
    public interface IAsyncLifetime;

    public interface ITestOutputHelper { void WriteLine(string format, params object[] args); }
    internal sealed class NoOutput : ITestOutputHelper { public void WriteLine(string format, params object[] args) { } }

    public abstract class TheoryData : IEnumerable
    {
        protected List<object[]> Rows { get; } = [];
        public IEnumerator GetEnumerator() => Rows.GetEnumerator();
    }

    public class TheoryData<T> : TheoryData { public void Add(T a) => Rows.Add([a]); }
    public class TheoryData<T1, T2> : TheoryData { public void Add(T1 a, T2 b) => Rows.Add([a, b]); }
    public class TheoryData<T1, T2, T3> : TheoryData { public void Add(T1 a, T2 b, T3 c) => Rows.Add([a, b, c]); }
    public class TheoryData<T1, T2, T3, T4> : TheoryData { public void Add(T1 a, T2 b, T3 c, T4 d) => Rows.Add([a, b, c, d]); }

    public static class Record
    {
        public static Exception Exception(Action code) => ErrorOf(Function(code));
        public static Exception Exception(Func<object> code) => ErrorOf(code);
        public static Task<Exception> ExceptionAsync(Func<Task> code) => Task.FromResult(ErrorOf(code));
    }

    public class Assert : Checks<Sdk.XunitException>
    {
        public static void Equal<T>(T expected, T actual) => Check(Alike(expected, actual), expected, actual);
        public static void Equal<T>(IEnumerable<T> expected, IEnumerable<T> actual) => Check(Alike(expected, actual), expected, actual);
        public static void Equal<T>(T expected, T actual, IEqualityComparer<T> comparer) =>
            Check(comparer.Equals(expected, actual), expected, actual);
        public static void Equal<T>(T expected, T actual, Func<T, T, bool> comparer) => Check(comparer(expected, actual), expected, actual);
        public static void Equal<T>(IEnumerable<T> expected, IEnumerable<T> actual, IEqualityComparer<T> comparer) =>
            Check(expected.SequenceEqual(actual, comparer), expected, actual);
        public static void Equal(double expected, double actual, int digits) =>
            Check(Math.Round(expected, digits).Equals(Math.Round(actual, digits)), expected, actual);
        public static void Equal(decimal expected, decimal actual, int digits) =>
            Check(Math.Round(expected, digits) == Math.Round(actual, digits), expected, actual);
        public static void Equal(double expected, double actual, double tolerance) =>
            Check(Near(expected, actual, tolerance), expected, actual);
        public static void Equal(DateTime expected, DateTime actual, TimeSpan precision) =>
            Check(Near(expected, actual, precision), expected, actual);
        public static void Equal(string expected, string actual, bool ignoreCase = false,
            bool ignoreLineEndingDifferences = false, bool ignoreWhiteSpaceDifferences = false)
        {
            var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            Check(string.Equals(Plain(expected), Plain(actual), comparison), expected, actual);
            string Plain(string text) => text is null ? null : ignoreWhiteSpaceDifferences ? Regex.Replace(text, @"\s+", " ")
                : ignoreLineEndingDifferences ? text.ReplaceLineEndings() : text;
        }

        public static void NotEqual<T>(T expected, T actual) => Check(!Alike(expected, actual), "another", actual);
        public static void NotEqual<T>(IEnumerable<T> expected, IEnumerable<T> actual) =>
            Check(!Alike(expected, actual), "another", actual);
        public static void NotEqual<T>(T expected, T actual, IEqualityComparer<T> comparer) =>
            Check(!comparer.Equals(expected, actual), "another", actual);
        public static void NotEqual(double expected, double actual, int digits) =>
            Check(!Math.Round(expected, digits).Equals(Math.Round(actual, digits)), "another", actual);
        public static void StrictEqual<T>(T expected, T actual) =>
            Check(EqualityComparer<T>.Default.Equals(expected, actual), expected, actual);
        public static void Same(object expected, object actual) => Check(ReferenceEquals(expected, actual), expected, actual);
        public static void NotSame(object expected, object actual) => Check(!ReferenceEquals(expected, actual), "another", actual);
        public static void True(bool? condition, string userMessage = null) => Check(condition == true, true, condition, [userMessage]);
        public static void False(bool? condition, string userMessage = null) => Check(condition == false, false, condition, [userMessage]);
        public static void Null(object value) => Check(value is null, null, value);
        public static void NotNull(object value) => Check(value is not null, "not null", value);
        public static void Fail(string message = null) => Check(false, null, null, [message]);

        public static void Empty(IEnumerable items) => Check(Items(items).Count == 0, "none", items);
        public static void NotEmpty(IEnumerable items) => Check(Items(items).Count > 0, "some", items);
        public static object Single(IEnumerable items) => Single(items.Cast<object>());
        public static T Single<T>(IEnumerable<T> items) => Single(items, _ => true);
        public static T Single<T>(IEnumerable<T> items, Predicate<T> filter)
        {
            var found = items.Where(item => filter(item)).ToList();
            Check(found.Count == 1, "one", items);
            return found[0];
        }

        public static void Contains<T>(T expected, IEnumerable<T> items) =>
            Check(items.Any(item => Alike(expected, item)), expected, items);
        public static void Contains<T>(T expected, IEnumerable<T> items, IEqualityComparer<T> comparer) =>
            Check(items.Contains(expected, comparer), expected, items);
        public static void Contains<T>(IEnumerable<T> items, Predicate<T> filter) =>
            Check(items.Any(item => filter(item)), "a match", items);
        public static void Contains(string part, string text, StringComparison comparison = default) =>
            Check(text?.Contains(part, comparison) == true, part, text);
        public static TValue Contains<TKey, TValue>(TKey key, IEnumerable<KeyValuePair<TKey, TValue>> items)
        {
            Contains(key, items.Select(item => item.Key));
            return items.First(item => Alike(key, item.Key)).Value;
        }

        public static void DoesNotContain<T>(T expected, IEnumerable<T> items) =>
            Check(!items.Any(item => Alike(expected, item)), expected, items);
        public static void DoesNotContain<T>(IEnumerable<T> items, Predicate<T> filter) =>
            Check(!items.Any(item => filter(item)), "no match", items);
        public static void DoesNotContain<TKey, TValue>(TKey key, IEnumerable<KeyValuePair<TKey, TValue>> items) =>
            DoesNotContain(key, items.Select(item => item.Key));
        public static void DoesNotContain(string part, string text, StringComparison comparison = default) =>
            Check(text?.Contains(part, comparison) != true, part, text);
        public static void StartsWith(string start, string text, StringComparison comparison = default) =>
            Check(text?.StartsWith(start, comparison) == true, start, text);
        public static void EndsWith(string end, string text, StringComparison comparison = default) =>
            Check(text?.EndsWith(end, comparison) == true, end, text);
        public static void Matches(string pattern, string text) => Matches(new Regex(pattern), text);
        public static void Matches(Regex pattern, string text) => Check(text is not null && pattern.IsMatch(text), pattern, text);
        public static void DoesNotMatch(string pattern, string text) => Check(text is null || !Regex.IsMatch(text, pattern), pattern, text);
        public static void InRange<T>(T actual, T low, T high) where T : IComparable =>
            Check(actual.CompareTo(low) >= 0 && actual.CompareTo(high) <= 0, new[] { low, high }, actual);
        public static void NotInRange<T>(T actual, T low, T high) where T : IComparable =>
            Check(actual.CompareTo(low) < 0 || actual.CompareTo(high) > 0, new[] { low, high }, actual);

        public static void All<T>(IEnumerable<T> items, Action<T> check) => items.ToList().ForEach(check);
        public static void Multiple(params Action[] checks) => All(checks, check => check());
        public static void Distinct<T>(IEnumerable<T> items) => Check(items.Distinct().Count() == items.Count(), "all distinct", items);
        public static void Subset<T>(ISet<T> whole, ISet<T> part) => Check(part.IsSubsetOf(whole), whole, part);
        public static void Superset<T>(ISet<T> part, ISet<T> whole) => Check(part.IsSubsetOf(whole), part, whole);
        public static void Collection<T>(IEnumerable<T> items, params Action<T>[] checks)
        {
            var list = items.ToList();
            Check(list.Count == checks.Length, checks.Length, list);
            All(list.Zip(checks), pair => pair.Second(pair.First));
        }

        public static T IsType<T>(object value) => (T)Check(value?.GetType() == typeof(T), typeof(T), value);
        public static T IsAssignableFrom<T>(object value) => (T)Check(value is T, typeof(T), value);
        public static void IsType(Type type, object value) => Check(value?.GetType() == type, type, value);
        public static void IsNotType<T>(object value) => Check(value?.GetType() != typeof(T), "another type", value);

        public static T Throws<T>(Action code) where T : Exception => Throws<T>(Function(code));
        public static T Throws<T>(Func<object> code) where T : Exception => Exact<T>(code);
        public static T Throws<T>(string parameter, Action code) where T : ArgumentException => Named(parameter, Throws<T>(code));
        public static T Throws<T>(string parameter, Func<object> code) where T : ArgumentException => Named(parameter, Throws<T>(code));
        public static Exception Throws(Type type, Action code) => Thrown(Function(code.Invoke), type, false);
        public static T ThrowsAny<T>(Action code) where T : Exception => ThrowsAny<T>(Function(code));
        public static T ThrowsAny<T>(Func<object> code) where T : Exception => Derived<T>(code);
        public static Task<T> ThrowsAsync<T>(Func<Task> code) where T : Exception => Task.FromResult(Throws<T>(code));
        public static Task<T> ThrowsAsync<T>(string parameter, Func<Task> code) where T : ArgumentException =>
            Task.FromResult(Named(parameter, Throws<T>(code)));
        public static Task<T> ThrowsAnyAsync<T>(Func<Task> code) where T : Exception => Task.FromResult(ThrowsAny<T>(code));

        private static T Named<T>(string parameter, T error) where T : ArgumentException
        {
            Equal(parameter, error.ParamName);
            return error;
        }
    }
}

namespace NUnit.Framework.Constraints
{
    using /* stays here */ global::System;
    using /* stays here */ global::System.Collections;
    using /* stays here */ global::System.Linq;
    using /* stays here */ global::System.Text.RegularExpressions;
    using /* stays here */ global::XcoderTesting;
    using /* stays here */ static global::XcoderTesting.Values;

    /// <summary>The words that begin a constraint. Tests see them by a "using static" directive.</summary>
    public static class Words
    {
        public static ConstraintExpression Is =>
            new(test => value => test(value is Code code ? Await(code.Run()) : value), test => test, "");
        public static ConstraintExpression Has => Is;
        public static ConstraintExpression Does => Is;
        public static ConstraintExpression Contains => Is;
        public static ConstraintExpression Throws =>
            new(test => code => ErrorOf(((Code)code).Run) is { } error && test(error), test => test, "throws ");
    }

    /// <summary>Makes a test from another.</summary>
    public delegate Predicate<object> Wrap(Predicate<object> test);

    /// <summary>Code whose result or error a constraint is about.</summary>
    internal sealed record Code(Func<object> Run);

    /// <summary>A constraint that is not complete.</summary>
    /// <param name="outer">Makes the whole test from a test of what the constraint is about, such as each item.</param>
    /// <param name="inner">Completes that test from the one that follows, for example by negation.</param>
    /// <param name="words">The text so far.</param>
    public class ConstraintExpression(Wrap outer, Wrap inner, string words)
    {
        public ConstraintExpression And => this;
        public ConstraintExpression With => this;
        public ConstraintExpression Not => new(outer, test => inner(value => !test(value)), words + "not ");
        public ConstraintExpression No => Not;
        public ConstraintExpression All => Each("all ", test => items => Items(items).TrueForAll(test));
        public ConstraintExpression Some => Each("some ", test => items => Items(items).Exists(test));
        public ConstraintExpression None => Each("none ", test => items => !Items(items).Exists(test));
        public ConstraintExpression One => Exactly(1);
        public ConstraintExpression Exactly(int count) =>
            Each($"exactly {count} ", test => items => Items(items).FindAll(test).Count == count);
        public ConstraintExpression Count => Part("count ", items => Items(items).Count);
        public ConstraintExpression Length => Part("length ", items => Items(items).Count);
        public ConstraintExpression Message => Property("Message");
        public ConstraintExpression InnerException => Property("InnerException");
        public ConstraintExpression Property(string name) => Part(name + " ", value => value.GetType().GetProperty(name).GetValue(value));

        public Constraint Items => Add("items", _ => true);
        public Constraint True => Add("true", value => value is true);
        public Constraint False => Add("false", value => value is false);
        public Constraint Null => Add("null", value => value is null);
        public Constraint Empty => Add("empty", value => Items(value).Count == 0);
        public Constraint NaN => Add("NaN", value => value is double.NaN or float.NaN);
        public Constraint Zero => EqualTo(0);
        public Constraint Positive => GreaterThan(0);
        public Constraint Negative => LessThan(0);
        public Constraint Unique => Add("unique", items => Items(items).Distinct().Count() == Items(items).Count);
        public OrderConstraint Ordered => new(outer, inner, words + "ordered", 1);
        public Constraint SameAs(object expected) => Add("same as", value => ReferenceEquals(value, expected), expected);
        public Constraint GreaterThan(object bound) => Add("greater than", value => Compare(value, bound) > 0, bound);
        public Constraint GreaterThanOrEqualTo(object bound) => AtLeast(bound);
        public Constraint AtLeast(object bound) => Add("at least", value => Compare(value, bound) >= 0, bound);
        public Constraint LessThan(object bound) => Add("less than", value => Compare(value, bound) < 0, bound);
        public Constraint LessThanOrEqualTo(object bound) => AtMost(bound);
        public Constraint AtMost(object bound) => Add("at most", value => Compare(value, bound) <= 0, bound);
        public Constraint InRange(object low, object high) =>
            Add("in range", value => Compare(value, low) >= 0 && Compare(value, high) <= 0, new[] { low, high });
        public Constraint AnyOf(params object[] values) => Add("any of", value => IsSubset(new[] { value }, values, true), values);
        public Constraint EquivalentTo(IEnumerable expected) => Add("equivalent to", items => SameItems(expected, items, true), expected);
        public Constraint SubsetOf(IEnumerable whole) => Add("subset of", items => IsSubset(items, whole, true), whole);
        public Constraint SupersetOf(IEnumerable part) => Add("superset of", items => IsSubset(part, items, true), part);
        public Constraint TypeOf(Type type) => Add("of type", value => value?.GetType() == type, type);
        public Constraint TypeOf<T>() => TypeOf(typeof(T));
        public Constraint InstanceOf(Type type) => Add("instance of", type.IsInstanceOfType, type);
        public Constraint InstanceOf<T>() => InstanceOf(typeof(T));
        public Constraint AssignableTo<T>() => InstanceOf(typeof(T));
        public Constraint Match(string pattern) => Add("matching", value => Regex.IsMatch((string)value, pattern), pattern);
        public Constraint Member(object item) => Add("containing", items => IsSubset(new[] { item }, items, true), item);
        public Constraint Item(object item) => Member(item);
        public Constraint Key(object key) => Add("with key", value => ((IDictionary)value).Contains(key), key);
        public Constraint ContainKey(object key) => Key(key);
        public Constraint Value(object item) => Add("with value", value => IsSubset(new[] { item }, ((IDictionary)value).Values), item);
        public Constraint ContainValue(object item) => Value(item);

        public AdjustableConstraint EqualTo(object expected) => Adjustable("equal to", expected, (actual, comparison, delta) =>
            delta is not null ? Near(actual, expected, delta)
            : expected is string text && actual is string other ? text.Equals(other, comparison) : Alike(expected, actual, true));
        public AdjustableConstraint Contain(object part) => Adjustable("containing", part, (actual, comparison, _) =>
            actual is string text ? text.Contains((string)part, comparison) : IsSubset(new[] { part }, actual, true));
        public AdjustableConstraint Contains(object part) => Contain(part);
        public AdjustableConstraint Substring(string part) => Contain(part);
        public AdjustableConstraint StartWith(string start) =>
            Adjustable("starting with", start, (actual, comparison, _) => actual is string text && text.StartsWith(start, comparison));
        public AdjustableConstraint StartsWith(string start) => StartWith(start);
        public AdjustableConstraint EndWith(string end) =>
            Adjustable("ending with", end, (actual, comparison, _) => actual is string text && text.EndsWith(end, comparison));
        public AdjustableConstraint EndsWith(string end) => EndWith(end);

        // What follows the word "Throws".
        public Constraint Exception => Add("an exception", _ => true);
        public Constraint ArgumentException => TypeOf<ArgumentException>();
        public Constraint ArgumentNullException => TypeOf<ArgumentNullException>();
        public Constraint InvalidOperationException => TypeOf<InvalidOperationException>();
        public Constraint Nothing => new(test => test, code => ErrorOf(((Code)code).Run) is null, "throws nothing");

        private ConstraintExpression Each(string word, Wrap each) => new(test => outer(inner(each(test))), test => test, words + word);
        private ConstraintExpression Part(string word, Func<object, object> part) =>
            new(outer, test => inner(value => test(part(value))), words + word);
        private Constraint Add(string word, Predicate<object> test) => new(outer, inner(test), words + word);
        private Constraint Add(string word, Predicate<object> test, object operand) => Add($"{word} {Text(operand)}", test);
        private AdjustableConstraint Adjustable(string word, object operand, Func<object, StringComparison, object, bool> compare) =>
            new(outer, inner, $"{words}{word} {Text(operand)}", compare);
    }

    public class Constraint(Wrap outer, Predicate<object> test, string words)
        : ConstraintExpression(outer, next => value => test(value) && next(value), words + " and ")
    {
        public ConstraintExpression Or => new(outer, next => value => test(value) || next(value), words + " or ");
        public bool Matches(object actual) => outer(test)(actual);
        public override string ToString() => words;
    }

    public class AdjustableConstraint(Wrap outer, Wrap inner, string words,
        Func<object, StringComparison, object, bool> compare, StringComparison comparison = StringComparison.Ordinal, object delta = null)
        : Constraint(outer, inner(value => compare(value, comparison, delta)), words)
    {
        public AdjustableConstraint IgnoreCase =>
            new(outer, inner, words + " ignoring case", compare, StringComparison.OrdinalIgnoreCase, delta);
        public AdjustableConstraint Within(object amount) => new(outer, inner, $"{words} within {amount}", compare, comparison, amount);
        public AdjustableConstraint AsCollection => this;
    }

    public class OrderConstraint(Wrap outer, Wrap inner, string words, int sign)
        : Constraint(outer, inner(IsOrdered(sign)), words)
    {
        private static Predicate<object> IsOrdered(int sign) =>
            items => Items(items).Zip(Items(items).Skip(1)).All(pair => Compare(pair.First, pair.Second) * sign <= 0);

        public OrderConstraint Ascending => this;
        public OrderConstraint Descending => new(outer, inner, words + " descending", -sign);
    }
}

namespace NUnit.Framework
{
    using /* stays here */ global::System;
    using /* stays here */ global::System.Collections;
    using /* stays here */ global::System.Collections.Generic;
    using /* stays here */ global::System.Threading.Tasks;
    using /* stays here */ global::XcoderTesting;
    using /* stays here */ static global::XcoderTesting.Values;
    using /* stays here */ global::NUnit.Framework.Constraints;
    using /* stays here */ static global::NUnit.Framework.Constraints.Words;

    public class TestAttribute : Attribute, ITestMark
    {
        public string Description { get; set; }
        public object ExpectedResult { get => Alone.Result; set => Alone.Result = value; }
        public Case Alone { get; } = new([]);
        public bool SharesInstance => true;
    }

    public class TestCaseAttribute(params object[] arguments) : RowAttribute(arguments), ITestMark
    {
        public object ExpectedResult { get => Row.Result; set => Row.Result = value; }
        public string TestName { get; set; }
        public string Description { get; set; }
        public string Category { get; set; }
        public string Ignore { get; set; }
        public bool SharesInstance => true;
        public override IEnumerable<Case> Of(Type fixture) => Ignore is null ? [Row] : [];
    }

    public class TestCaseSourceAttribute(Type type, string member = null) : CasesAttribute, ITestMark
    {
        public TestCaseSourceAttribute(string member) : this(null, member) { }
        public bool SharesInstance => true;
        public override IEnumerable<Case> Of(Type fixture) => Read(type ?? fixture, member);
    }

    public class TestCaseData(params object[] arguments) : Case(arguments)
    {
        public TestCaseData SetName(string name) => this;
        public TestCaseData Returns(object result)
        {
            Result = result;
            return this;
        }
    }

    public class SetUpAttribute() : StepAttribute(Step.Before);
    public class TearDownAttribute() : StepAttribute(Step.After);
    public class OneTimeSetUpAttribute() : StepAttribute(Step.BeforeAll);
    public class OneTimeTearDownAttribute() : StepAttribute(Step.AfterAll);
    public class IgnoreAttribute(string reason) : SkipAttribute;
    public class ExplicitAttribute(string reason = null) : SkipAttribute;

    // Accepted without effect. Tests run in the order of the source.
    public class TestFixtureAttribute : Attribute;
    public class OrderAttribute(int order) : Attribute;
    public class TimeoutAttribute(int milliseconds) : Attribute;
    public class CancelAfterAttribute(int milliseconds) : Attribute;
    public class DescriptionAttribute(string text) : Attribute;
    public class ParallelizableAttribute(ParallelScope scope = ParallelScope.Self) : Attribute;
    public class NonParallelizableAttribute : Attribute;
    public enum ParallelScope { None, Self, Children, Fixtures, All }
    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    public class CategoryAttribute(string name) : Attribute;
    public static class TestContext { public static void WriteLine(object format, params object[] args) { } }

    public class AssertionException(string message) : Exception(message);
    public delegate void TestDelegate();
    public delegate Task AsyncTestDelegate();
    public delegate T ActualValueDelegate<T>();

    public class Assert : Asserts<AssertionException>
    {
        public static void That(bool condition, params object[] note) => Check(condition, true, condition, note);
        public static void That<T>(T actual, Constraint constraint, params object[] note) =>
            Check(constraint.Matches(actual), constraint, actual, note);
        public static void That<T>(ActualValueDelegate<T> code, Constraint constraint, params object[] note) =>
            Check(constraint.Matches(new Code(() => code())), constraint, "another", note);
        public static void That(TestDelegate code, Constraint constraint, params object[] note) =>
            Check(constraint.Matches(code is null ? null : new Code(Function(code.Invoke))), constraint, "another", note);
        public static void True(bool? value, params object[] note) => IsTrue(value, note);
        public static void False(bool? value, params object[] note) => IsFalse(value, note);
        public static void Null(object value, params object[] note) => IsNull(value, note);
        public static void NotNull(object value, params object[] note) => IsNotNull(value, note);
        public static void AreEqual(object expected, object actual, params object[] note) => That(actual, Is.EqualTo(expected), note);
        public static void AreEqual(double expected, double actual, double delta, params object[] note) =>
            That(actual, Is.EqualTo(expected).Within(delta), note);
        public static void AreNotEqual(object expected, object actual, params object[] note) =>
            That(actual, Is.Not.EqualTo(expected), note);
        public static void Greater(object one, object other, params object[] note) => That(one, Is.GreaterThan(other), note);
        public static void GreaterOrEqual(object one, object other, params object[] note) => That(one, Is.AtLeast(other), note);
        public static void Less(object one, object other, params object[] note) => That(one, Is.LessThan(other), note);
        public static void LessOrEqual(object one, object other, params object[] note) => That(one, Is.AtMost(other), note);
        public static void Zero(object value, params object[] note) => That(value, Is.Zero, note);
        public static void Positive(object value, params object[] note) => That(value, Is.Positive, note);
        public static void Negative(object value, params object[] note) => That(value, Is.Negative, note);
        public static void IsNaN(double value, params object[] note) => That(value, Is.NaN, note);
        public static void IsEmpty(object items, params object[] note) => That(items, Is.Empty, note);
        public static void IsNotEmpty(object items, params object[] note) => That(items, Is.Not.Empty, note);
        public static void Contains(object item, IEnumerable items, params object[] note) => That(items, Has.Member(item), note);
        public static void IsInstanceOf<T>(object value, params object[] note) => That(value, Is.InstanceOf<T>(), note);
        public static void IsInstanceOf(Type type, object value, params object[] note) => That(value, Is.InstanceOf(type), note);
        public static void IsNotInstanceOf<T>(object value, params object[] note) => That(value, Is.Not.InstanceOf<T>(), note);

        public static T Throws<T>(TestDelegate code, params object[] note) where T : Exception => Exact<T>(Function(code.Invoke), note);
        public static Exception Throws(Type type, TestDelegate code, params object[] note) =>
            Thrown(Function(code.Invoke), type, false, note);
        public static T ThrowsAsync<T>(AsyncTestDelegate code, params object[] note) where T : Exception => Exact<T>(() => code(), note);
        public static T Catch<T>(TestDelegate code, params object[] note) where T : Exception => Derived<T>(Function(code.Invoke), note);
        public static Exception Catch(TestDelegate code, params object[] note) => Catch<Exception>(code, note);
        public static T CatchAsync<T>(AsyncTestDelegate code, params object[] note) where T : Exception => Derived<T>(() => code(), note);
        public static void DoesNotThrow(TestDelegate code, params object[] note) => That(code, Words.Throws.Nothing, note);
        public static void DoesNotThrowAsync(AsyncTestDelegate code, params object[] note) =>
            That<object>(() => code(), Words.Throws.Nothing, note);

        public static void Multiple(TestDelegate checks) => checks();
        public static Task MultipleAsync(AsyncTestDelegate checks) => checks();
        public static void Pass(params object[] note) => throw new EarlyEndException(true);
        public static void Ignore(params object[] note) => throw new EarlyEndException(false);
    }

    public class CollectionAssert : CollectionAsserts<AssertionException>
    {
        public static void IsOrdered(IEnumerable items, params object[] note) => Assert.That(items, Is.Ordered, note);
    }

    public static class StringAssert
    {
        public static void Contains(string part, string text, params object[] note) => Assert.That(text, Does.Contain(part), note);
        public static void DoesNotContain(string part, string text, params object[] note) =>
            Assert.That(text, Does.Not.Contain(part), note);
        public static void StartsWith(string start, string text, params object[] note) => Assert.That(text, Does.StartWith(start), note);
        public static void EndsWith(string end, string text, params object[] note) => Assert.That(text, Does.EndWith(end), note);
        public static void IsMatch(string pattern, string text, params object[] note) => Assert.That(text, Does.Match(pattern), note);
        public static void AreEqualIgnoringCase(string expected, string actual, params object[] note) =>
            Assert.That(actual, Is.EqualTo(expected).IgnoreCase, note);
    }
}

namespace NUnit.Framework.Legacy
{
    public class ClassicAssert : Assert;
}

namespace Microsoft.VisualStudio.TestTools.UnitTesting
{
    using /* stays here */ global::System;
    using /* stays here */ global::System.Collections;
    using /* stays here */ global::System.Collections.Generic;
    using /* stays here */ global::System.Text.RegularExpressions;
    using /* stays here */ global::System.Threading.Tasks;
    using /* stays here */ global::XcoderTesting;
    using /* stays here */ static global::XcoderTesting.Values;

    public class TestMethodAttribute(string displayName = null) : Attribute, ITestMark;
    public class DataTestMethodAttribute : TestMethodAttribute;

    public class DataRowAttribute(params object[] data) : RowAttribute(data) { public string DisplayName { get; set; } }

    public class DynamicDataAttribute(string member, Type type, DynamicDataSourceType kind = default) : CasesAttribute
    {
        public DynamicDataAttribute(string member, DynamicDataSourceType kind = default) : this(member, null, kind) { }
        public override IEnumerable<Case> Of(Type fixture) => Read(type ?? fixture, member);
    }

    public enum DynamicDataSourceType { Property, Method, AutoDetect }
    public class TestInitializeAttribute() : StepAttribute(Step.Before);
    public class TestCleanupAttribute() : StepAttribute(Step.After);
    public class ClassInitializeAttribute() : StepAttribute(Step.BeforeAll);
    public class ClassCleanupAttribute() : StepAttribute(Step.AfterAll);
    public class ExpectedExceptionAttribute(Type type, string message = null) : ExpectsAttribute(type);
    public class IgnoreAttribute(string reason = null) : SkipAttribute;

    // Accepted without effect.
    public class TestClassAttribute : Attribute;
    public class TimeoutAttribute(int milliseconds) : Attribute;
    public class DescriptionAttribute(string text) : Attribute;
    public class PriorityAttribute(int priority) : Attribute;
    public class DoNotParallelizeAttribute : Attribute;
    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    public class TestCategoryAttribute(string name) : Attribute;
    public class TestContext { public void WriteLine(string format, params object[] args) { } }

    public class AssertFailedException(string message) : Exception(message);

    public class Assert : Asserts<AssertFailedException>
    {
        public static void AreEqual<T>(T expected, T actual, string message = null, params object[] args) =>
            Check(Equals(expected, actual), expected, actual, [message, .. args]);
        public static void AreEqual(double expected, double actual, double delta, params object[] note) =>
            Check(Near(expected, actual, delta), expected, actual, note);
        public static void AreEqual(decimal expected, decimal actual, decimal delta, params object[] note) =>
            Check(Math.Abs(expected - actual) <= delta, expected, actual, note);
        public static void AreEqual(string expected, string actual, bool ignoreCase, params object[] note) =>
            Check(string.Compare(expected, actual, ignoreCase) == 0, expected, actual, note);
        public static void AreNotEqual<T>(T expected, T actual, string message = null, params object[] args) =>
            Check(!Equals(expected, actual), "another", actual, [message, .. args]);
        public static void AreNotEqual(double expected, double actual, double delta, params object[] note) =>
            Check(!Near(expected, actual, delta), "another", actual, note);
        public static void IsInstanceOfType(object value, Type type, params object[] note) =>
            Check(type.IsInstanceOfType(value), type, value, note);
        public static void IsInstanceOfType<T>(object value, params object[] note) => Check(value is T, typeof(T), value, note);
        public static void IsNotInstanceOfType(object value, Type type, params object[] note) =>
            Check(!type.IsInstanceOfType(value), "another", value, note);
        public static void Contains<T>(T item, IEnumerable<T> items, params object[] note) => CollectionAssert.Contains(items, item, note);
        public static void DoesNotContain<T>(T item, IEnumerable<T> items, params object[] note) =>
            CollectionAssert.DoesNotContain(items, item, note);
        public static void HasCount(int count, IEnumerable items, params object[] note) =>
            Check(Items(items).Count == count, count, items, note);
        public static void IsEmpty(IEnumerable items, params object[] note) => CollectionAssert.IsEmpty(items, note);
        public static void IsNotEmpty(IEnumerable items, params object[] note) => CollectionAssert.IsNotEmpty(items, note);

        public static T ThrowsException<T>(Action code, params object[] note) where T : Exception => ThrowsExactly<T>(code, note);
        public static T ThrowsException<T>(Func<object> code, params object[] note) where T : Exception => ThrowsExactly<T>(code, note);
        public static T ThrowsExactly<T>(Action code, params object[] note) where T : Exception => Exact<T>(Function(code.Invoke), note);
        public static T ThrowsExactly<T>(Func<object> code, params object[] note) where T : Exception => Exact<T>(code, note);
        public static T Throws<T>(Action code, params object[] note) where T : Exception => Derived<T>(Function(code.Invoke), note);
        public static T Throws<T>(Func<object> code, params object[] note) where T : Exception => Derived<T>(code, note);
        public static Task<T> ThrowsExceptionAsync<T>(Func<Task> code, params object[] note) where T : Exception =>
            ThrowsExactlyAsync<T>(code, note);
        public static Task<T> ThrowsExactlyAsync<T>(Func<Task> code, params object[] note) where T : Exception =>
            Task.FromResult(Exact<T>(code, note));
        public static Task<T> ThrowsAsync<T>(Func<Task> code, params object[] note) where T : Exception =>
            Task.FromResult(Derived<T>(code, note));
    }

    public class CollectionAssert : CollectionAsserts<AssertFailedException>;

    public class StringAssert : Checks<AssertFailedException>
    {
        public static void Contains(string text, string part, params object[] note) => Check(text.Contains(part), part, text, note);
        public static void StartsWith(string text, string start, params object[] note) => Check(text.StartsWith(start), start, text, note);
        public static void EndsWith(string text, string end, params object[] note) => Check(text.EndsWith(end), end, text, note);
        public static void Matches(string text, Regex pattern, params object[] note) => Check(pattern.IsMatch(text), pattern, text, note);
        public static void DoesNotMatch(string text, Regex pattern, params object[] note) =>
            Check(!pattern.IsMatch(text), pattern, text, note);
    }
}

#pragma warning restore
#nullable restore
