@@fluent

namespace FluentAssertions
{
    using System;
    using System.Collections;
    using System.Collections.Generic;
    using System.Linq;
    using System.Text.RegularExpressions;
    using System.Threading.Tasks;

    /// <summary>The assertions of FluentAssertions and Shouldly: the first failure ends the tests.</summary>
    public static class XcoderFluent
    {
        public static XcoderAssertion<T, object> Should<T>(this T actual) => new(actual);
        public static XcoderAssertion<string, char> Should(this string actual) => new(actual);
        public static XcoderAssertion<IEnumerable<E>, E> Should<E>(this IEnumerable<E> actual) => new(actual);
        public static XcoderAssertion<IEnumerable<E>, E> Should<E>(this List<E> actual) => new(actual);
        public static XcoderAssertion<IEnumerable<E>, E> Should<E>(this E[] actual) => new(actual);
        public static XcoderAssertion<IDictionary<K, V>, KeyValuePair<K, V>> Should<K, V>(this IDictionary<K, V> actual) => new(actual);
        public static XcoderAssertion<IDictionary<K, V>, KeyValuePair<K, V>> Should<K, V>(this Dictionary<K, V> actual) => new(actual);
        public static XcoderThrowing Should(this Action code) => new(() => { code(); return Task.CompletedTask; });
        public static XcoderThrowing Should<R>(this Func<R> code) => new(() => code() as Task ?? Task.CompletedTask);
        public static Action Invoking<T>(this T subject, Action<T> code) => () => code(subject);
        public static Func<R> Invoking<T, R>(this T subject, Func<T, R> code) => () => code(subject);

        public static bool Alike(object one, object other)
        {
            if (Equals(one, other)) return true;
            if (one is null || other is null) return false;
            if (IsNumber(one) && IsNumber(other)) return Convert.ToDecimal(one) == Convert.ToDecimal(other);
            return one is IEnumerable ones && other is IEnumerable others && one is not string && other is not string
                && Items(ones).Count == Items(others).Count && Items(ones).Zip(Items(others)).All(pair => Alike(pair.First, pair.Second));
        }

        private static bool IsNumber(object value) => value is int or long or short or byte or uint or ulong or ushort or sbyte or decimal;
        public static List<object> Items(object value) => value is IEnumerable items ? items.Cast<object>().ToList() : throw new Exception("this value has no items");
        public static string Text(object value) => value is null ? "null" : value is string ? $"\"{value}\"" : value is IEnumerable items ? "[" + string.Join(", ", Items(items).Select(Text)) + "]" : value.ToString();
        public static void Check(bool holds, object actual, string what, object wanted = null)
        {
            if (!holds) throw new Exception($"test failed: expected {Text(actual)} to {what} {(wanted is null ? "" : Text(wanted))}");
        }

        public static bool Holds(string wildcards, string text) => Regex.IsMatch(text ?? "",
            "^" + Regex.Escape(wildcards).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.IgnoreCase | RegexOptions.Singleline);
    }

    public sealed class XcoderThrowing
    {
        private readonly Exception _thrown;

        public XcoderThrowing(Func<Task> code)
        {
            try { code().GetAwaiter().GetResult(); }
            catch (Exception exception) { _thrown = exception; }
        }

        public XcoderThrown<E> Throw<E>(string because = "", params object[] values) where E : Exception
        {
            XcoderFluent.Check(_thrown is E, _thrown?.GetType(), "be thrown as", typeof(E));
            return new XcoderThrown<E>((E)_thrown);
        }

        public XcoderThrown<E> ThrowExactly<E>(string because = "", params object[] values) where E : Exception
        {
            XcoderFluent.Check(_thrown?.GetType() == typeof(E), _thrown?.GetType(), "be thrown as", typeof(E));
            return new XcoderThrown<E>((E)_thrown);
        }

        public void NotThrow(string because = "", params object[] values) => XcoderFluent.Check(_thrown is null, _thrown, "not be thrown");
        public void NotThrow<E>(string because = "", params object[] values) => XcoderFluent.Check(_thrown is not E, _thrown, "not be thrown");
        public Task<XcoderThrown<E>> ThrowAsync<E>(string because = "", params object[] values) where E : Exception => Task.FromResult(Throw<E>());
        public Task<XcoderThrown<E>> ThrowExactlyAsync<E>(string because = "", params object[] values) where E : Exception => Task.FromResult(ThrowExactly<E>());
        public Task NotThrowAsync(string because = "", params object[] values) { NotThrow(); return Task.CompletedTask; }
        public void NotBeNull(string because = "", params object[] values) { }
    }

    public sealed class XcoderThrown<E> where E : Exception
    {
        public XcoderThrown(E thrown) => Which = thrown;
        public E Which { get; }
        public E And => Which;
        public XcoderThrown<E> WithMessage(string wildcards, string because = "", params object[] values)
        {
            XcoderFluent.Check(XcoderFluent.Holds(wildcards, Which.Message), Which.Message, "match", wildcards);
            return this;
        }

        public XcoderThrown<E> WithParameterName(string name, string because = "", params object[] values)
        {
            XcoderFluent.Check((Which as ArgumentException)?.ParamName == name, Which, "name", name);
            return this;
        }

        public XcoderThrown<I> WithInnerException<I>(string because = "", params object[] values) where I : Exception
        {
            XcoderFluent.Check(Which.InnerException is I, Which.InnerException, "be inside as", typeof(I));
            return new XcoderThrown<I>((I)Which.InnerException);
        }
    }

    public class XcoderAssertion<T, E>
    {
        private readonly T _actual;
        public XcoderAssertion(T actual) => _actual = actual;
        public XcoderAssertion<T, E> And => this;
        public T Subject => _actual;
        public E Which => (E)Items[0];
        public T Value => _actual;

        private List<object> Items => XcoderFluent.Items(_actual);
        private string String => (string)(object)_actual;
        private int Order(object other) => Comparer.Default.Compare(_actual, other is null || other.GetType() == typeof(T) ? other : Convert.ChangeType(other, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)));
        private double Number => Convert.ToDouble(_actual);
        private XcoderAssertion<T, E> Check(bool holds, string what, object wanted = null)
        {
            XcoderFluent.Check(holds, _actual, what, wanted);
            return this;
        }

        private static List<object> Rest(List<object> items, IEnumerable<object> others)
        {
            var rest = items.ToList();
            foreach (var other in others)
            {
                var at = rest.FindIndex(item => XcoderFluent.Alike(item, other));
                if (at >= 0) rest.RemoveAt(at);
            }

            return rest;
        }

        public XcoderAssertion<T, E> Be(object expected, string because = "", params object[] values) => Check(_actual is IEnumerable && _actual is not string ? Equals(_actual, expected) : XcoderFluent.Alike(_actual, expected), "be", expected);
        public XcoderAssertion<T, E> NotBe(object other, string because = "", params object[] values) => Check(!XcoderFluent.Alike(_actual, other), "not be", other);
        public XcoderAssertion<T, E> BeSameAs(object other, string because = "", params object[] values) => Check(ReferenceEquals(_actual, other), "be the same as", other);
        public XcoderAssertion<T, E> NotBeSameAs(object other, string because = "", params object[] values) => Check(!ReferenceEquals(_actual, other), "not be the same as", other);
        public XcoderAssertion<T, E> BeNull(string because = "", params object[] values) => Check(_actual is null, "be null");
        public XcoderAssertion<T, E> NotBeNull(string because = "", params object[] values) => Check(_actual is not null, "not be null");
        public XcoderAssertion<T, E> HaveValue(string because = "", params object[] values) => NotBeNull();
        public XcoderAssertion<T, E> NotHaveValue(string because = "", params object[] values) => BeNull();
        public XcoderAssertion<T, E> BeTrue(string because = "", params object[] values) => Check(Equals(_actual, true), "be true");
        public XcoderAssertion<T, E> BeFalse(string because = "", params object[] values) => Check(Equals(_actual, false), "be false");
        public XcoderAssertion<T, E> BeOfType<C>(string because = "", params object[] values) => Check(_actual?.GetType() == typeof(C), "be of type", typeof(C));
        public XcoderAssertion<T, E> BeAssignableTo<C>(string because = "", params object[] values) => Check(_actual is C, "be assignable to", typeof(C));
        public XcoderAssertion<T, E> BeOneOf(params T[] choices) => Check(choices.Any(choice => XcoderFluent.Alike(_actual, choice)), "be one of", choices);
        public XcoderAssertion<T, E> Match(Func<T, bool> test) => Check(test(_actual), "match");
        public XcoderAssertion<T, E> BePositive(string because = "", params object[] values) => Check(Number > 0, "be positive");
        public XcoderAssertion<T, E> BeNegative(string because = "", params object[] values) => Check(Number < 0, "be negative");
        public XcoderAssertion<T, E> BeGreaterThan(object other, string because = "", params object[] values) => Check(Order(other) > 0, "be greater than", other);
        public XcoderAssertion<T, E> BeGreaterThanOrEqualTo(object other, string because = "", params object[] values) => Check(Order(other) >= 0, "be at least", other);
        public XcoderAssertion<T, E> BeGreaterOrEqualTo(object other, string because = "", params object[] values) => BeGreaterThanOrEqualTo(other);
        public XcoderAssertion<T, E> BeLessThan(object other, string because = "", params object[] values) => Check(Order(other) < 0, "be less than", other);
        public XcoderAssertion<T, E> BeLessThanOrEqualTo(object other, string because = "", params object[] values) => Check(Order(other) <= 0, "be at most", other);
        public XcoderAssertion<T, E> BeLessOrEqualTo(object other, string because = "", params object[] values) => BeLessThanOrEqualTo(other);
        public XcoderAssertion<T, E> BeInRange(object low, object high, string because = "", params object[] values) => Check(Order(low) >= 0 && Order(high) <= 0, "be in the range from", low);
        public XcoderAssertion<T, E> BeApproximately(object other, object delta, string because = "", params object[] values) => Check(Math.Abs(Number - Convert.ToDouble(other)) <= Convert.ToDouble(delta), "be near", other);
        public XcoderAssertion<T, E> BeNaN(string because = "", params object[] values) => Check(double.IsNaN(Number), "be NaN");

        public XcoderAssertion<T, E> BeEmpty(string because = "", params object[] values) => Check(_actual is not null && Items.Count == 0, "be empty");
        public XcoderAssertion<T, E> NotBeEmpty(string because = "", params object[] values) => Check(_actual is not null && Items.Count > 0, "not be empty");
        public XcoderAssertion<T, E> BeNullOrEmpty(string because = "", params object[] values) => Check(_actual is null || Items.Count == 0, "be null or empty");
        public XcoderAssertion<T, E> NotBeNullOrEmpty(string because = "", params object[] values) => NotBeEmpty();
        public XcoderAssertion<T, E> BeNullOrWhiteSpace(string because = "", params object[] values) => Check(string.IsNullOrWhiteSpace(String), "be blank");
        public XcoderAssertion<T, E> NotBeNullOrWhiteSpace(string because = "", params object[] values) => Check(!string.IsNullOrWhiteSpace(String), "not be blank");
        public XcoderAssertion<T, E> HaveCount(int count, string because = "", params object[] values) => Check(Items.Count == count, "have the count", count);
        public XcoderAssertion<T, E> HaveLength(int length, string because = "", params object[] values) => Check(Items.Count == length, "have the length", length);
        public XcoderAssertion<T, E> HaveCountGreaterThan(int count, string because = "", params object[] values) => Check(Items.Count > count, "have more than", count);
        public XcoderAssertion<T, E> ContainSingle(string because = "", params object[] values) => Check(Items.Count == 1, "have one item");
        public XcoderAssertion<T, E> ContainSingle(Func<E, bool> test, string because = "", params object[] values) => Check(Items.Count(item => test((E)item)) == 1, "have one match");
        public XcoderAssertion<T, E> Equal(params E[] expected) => Check(XcoderFluent.Alike(_actual, expected), "equal", expected);
        public XcoderAssertion<T, E> Equal(IEnumerable<E> expected, string because = "", params object[] values) => Check(XcoderFluent.Alike(_actual, expected), "equal", expected);
        public XcoderAssertion<T, E> NotEqual(IEnumerable<E> other, string because = "", params object[] values) => Check(!XcoderFluent.Alike(_actual, other), "not equal", other);
        public XcoderAssertion<T, E> BeEquivalentTo(object expected, string because = "", params object[] values) => Check(
            _actual is string text ? string.Equals(text, expected as string, StringComparison.OrdinalIgnoreCase)
                : _actual is IEnumerable ? Items.Count == XcoderFluent.Items(expected).Count && Rest(Items, XcoderFluent.Items(expected)).Count == 0 : XcoderFluent.Alike(_actual, expected), "be equivalent to", expected);
        public XcoderAssertion<T, E> NotBeEquivalentTo(object expected, string because = "", params object[] values) => Check(
            Items.Count != XcoderFluent.Items(expected).Count || Rest(Items, XcoderFluent.Items(expected)).Count != 0, "not be equivalent to", expected);
        public XcoderAssertion<T, E> Contain(string part, string because = "", params object[] values) => Check(_actual is string text ? text.Contains(part) : Items.Any(item => XcoderFluent.Alike(item, part)), "contain", part);
        public XcoderAssertion<T, E> Contain(E item, string because = "", params object[] values) => Check(Items.Any(other => XcoderFluent.Alike(other, item)), "contain", item);
        public XcoderAssertion<T, E> Contain(Func<E, bool> test, string because = "", params object[] values) => Check(Items.Any(item => test((E)item)), "have a match");
        public XcoderAssertion<T, E> Contain(IEnumerable<E> items, string because = "", params object[] values) => Check(items.All(item => Items.Any(other => XcoderFluent.Alike(other, item))), "contain", items);
        public XcoderAssertion<T, E> NotContain(string part, string because = "", params object[] values) => Check(!(_actual is string text ? text.Contains(part) : Items.Any(item => XcoderFluent.Alike(item, part))), "not contain", part);
        public XcoderAssertion<T, E> NotContain(E item, string because = "", params object[] values) => Check(!Items.Any(other => XcoderFluent.Alike(other, item)), "not contain", item);
        public XcoderAssertion<T, E> NotContain(Func<E, bool> test, string because = "", params object[] values) => Check(!Items.Any(item => test((E)item)), "have no match");
        public XcoderAssertion<T, E> ContainInOrder(params E[] expected)
        {
            var rest = new Queue<object>(Items);
            return Check(expected.All(item => { while (rest.Count > 0) if (XcoderFluent.Alike(rest.Dequeue(), item)) return true; return false; }), "contain in order", expected);
        }

        public XcoderAssertion<T, E> OnlyContain(Func<E, bool> test, string because = "", params object[] values) => Check(Items.All(item => test((E)item)), "match in all");
        public XcoderAssertion<T, E> AllSatisfy(Action<E> test, string because = "", params object[] values) { Items.ForEach(item => test((E)item)); return this; }
        public XcoderAssertion<T, E> OnlyHaveUniqueItems(string because = "", params object[] values) => Check(Items.Distinct().Count() == Items.Count, "have unique items");
        public XcoderAssertion<T, E> BeInAscendingOrder(string because = "", params object[] values) => Check(Items.Zip(Items.Skip(1)).All(pair => Comparer.Default.Compare(pair.First, pair.Second) <= 0), "be in ascending order");
        public XcoderAssertion<T, E> BeInDescendingOrder(string because = "", params object[] values) => Check(Items.Zip(Items.Skip(1)).All(pair => Comparer.Default.Compare(pair.First, pair.Second) >= 0), "be in descending order");
        public XcoderAssertion<T, E> BeSubsetOf(IEnumerable<E> whole, string because = "", params object[] values) => Check(Items.All(item => whole.Any(other => XcoderFluent.Alike(item, other))), "be a subset of", whole);
        public XcoderAssertion<T, E> StartWith(string part, string because = "", params object[] values) => Check(String.StartsWith(part, StringComparison.Ordinal), "start with", part);
        public XcoderAssertion<T, E> EndWith(string part, string because = "", params object[] values) => Check(String.EndsWith(part, StringComparison.Ordinal), "end with", part);
        public XcoderAssertion<T, E> NotStartWith(string part, string because = "", params object[] values) => Check(!String.StartsWith(part, StringComparison.Ordinal), "not start with", part);
        public XcoderAssertion<T, E> Match(string wildcards, string because = "", params object[] values) => Check(Regex.IsMatch(String, "^" + Regex.Escape(wildcards).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.Singleline), "match", wildcards);
        public XcoderAssertion<T, E> MatchRegex(string pattern, string because = "", params object[] values) => Check(Regex.IsMatch(String, pattern), "match", pattern);
        public XcoderAssertion<T, E> ContainKey(object key, string because = "", params object[] values) => Check(((IDictionary)_actual).Contains(key), "have the key", key);
        public XcoderAssertion<T, E> NotContainKey(object key, string because = "", params object[] values) => Check(!((IDictionary)_actual).Contains(key), "lack the key", key);
        public XcoderAssertion<T, E> ContainKeys(params object[] keys) => Check(keys.All(key => ((IDictionary)_actual).Contains(key)), "have the keys", keys);
        public XcoderAssertion<T, E> ContainValue(object value, string because = "", params object[] values) => Check(XcoderFluent.Items(((IDictionary)_actual).Values).Any(other => XcoderFluent.Alike(other, value)), "have the value", value);
        public XcoderAssertion<T, E> Contain(object key, object value, string because = "") => Check(((IDictionary)_actual).Contains(key) && XcoderFluent.Alike(((IDictionary)_actual)[key], value), "have the entry", key);
    }
}

namespace Shouldly
{
    using System;
    using System.Collections.Generic;
    using System.Linq;
    using System.Threading.Tasks;
    using FluentAssertions;

    public static class XcoderShouldly
    {
        public static void ShouldBe<T>(this T actual, T expected, string message = null) => XcoderFluent.Check(XcoderFluent.Alike(actual, expected), actual, "be", expected);
        public static void ShouldBe<E>(this IEnumerable<E> actual, IEnumerable<E> expected, bool ignoreOrder) { if (ignoreOrder) actual.Should().BeEquivalentTo(expected); else actual.ShouldBe(expected); }
        public static void ShouldBe(this double actual, double expected, double tolerance, string message = null) => XcoderFluent.Check(Math.Abs(actual - expected) <= tolerance, actual, "be near", expected);
        public static void ShouldNotBe<T>(this T actual, T other, string message = null) => XcoderFluent.Check(!XcoderFluent.Alike(actual, other), actual, "not be", other);
        public static void ShouldBeTrue(this bool actual, string message = null) => XcoderFluent.Check(actual, actual, "be true");
        public static void ShouldBeFalse(this bool actual, string message = null) => XcoderFluent.Check(!actual, actual, "be false");
        public static void ShouldBeNull<T>(this T actual, string message = null) => XcoderFluent.Check(actual is null, actual, "be null");
        public static T ShouldNotBeNull<T>(this T actual, string message = null) { XcoderFluent.Check(actual is not null, actual, "not be null"); return actual; }
        public static void ShouldBeEmpty<E>(this IEnumerable<E> actual, string message = null) => actual.Should().BeEmpty();
        public static void ShouldNotBeEmpty<E>(this IEnumerable<E> actual, string message = null) => actual.Should().NotBeEmpty();
        public static void ShouldContain<E>(this IEnumerable<E> actual, E item, string message = null) => actual.Should().Contain(item);
        public static void ShouldContain<E>(this IEnumerable<E> actual, Func<E, bool> test, string message = null) => actual.Should().Contain(test);
        public static void ShouldContain(this string actual, string part, string message = null) => actual.Should().Contain(part);
        public static void ShouldNotContain<E>(this IEnumerable<E> actual, E item, string message = null) => actual.Should().NotContain(item);
        public static void ShouldNotContain(this string actual, string part, string message = null) => actual.Should().NotContain(part);
        public static void ShouldStartWith(this string actual, string part, string message = null) => actual.Should().StartWith(part);
        public static void ShouldEndWith(this string actual, string part, string message = null) => actual.Should().EndWith(part);
        public static void ShouldContainKey<K, V>(this IDictionary<K, V> actual, K key, string message = null) => XcoderFluent.Check(actual.ContainsKey(key), actual, "have the key", key);
        public static void ShouldBeGreaterThan<T>(this T actual, T other, string message = null) => actual.Should<T>().BeGreaterThan(other);
        public static void ShouldBeLessThan<T>(this T actual, T other, string message = null) => actual.Should<T>().BeLessThan(other);
        public static void ShouldBeGreaterThanOrEqualTo<T>(this T actual, T other, string message = null) => actual.Should<T>().BeGreaterThanOrEqualTo(other);
        public static void ShouldBeLessThanOrEqualTo<T>(this T actual, T other, string message = null) => actual.Should<T>().BeLessThanOrEqualTo(other);
        public static void ShouldBeInRange<T>(this T actual, T low, T high, string message = null) => actual.Should<T>().BeInRange(low, high);
        public static T ShouldBeOfType<T>(this object actual, string message = null) { XcoderFluent.Check(actual?.GetType() == typeof(T), actual, "be of type", typeof(T)); return (T)actual; }
        public static E ShouldHaveSingleItem<E>(this IEnumerable<E> actual, string message = null) { actual.Should().ContainSingle(); return actual.First(); }
        public static E ShouldThrow<E>(this Action code, string message = null) where E : Exception => code.Should().Throw<E>().Which;
        public static void ShouldNotThrow(this Action code, string message = null) => code.Should().NotThrow();
    }

    public static class Should
    {
        public static E Throw<E>(Action code, string message = null) where E : Exception => code.Should().Throw<E>().Which;
        public static E Throw<E>(Func<object> code, string message = null) where E : Exception => code.Should().Throw<E>().Which;
        public static E Throw<E>(Func<Task> code, string message = null) where E : Exception => code.Should().Throw<E>().Which;
        public static void NotThrow(Action code, string message = null) => code.Should().NotThrow();
    }
}
