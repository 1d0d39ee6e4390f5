@@file org/assertj/core/data/Offset.java
package org.assertj.core.data;

public final class Offset<T extends Number> {
    public final double value;
    private Offset(Number value) { this.value = value.doubleValue(); }
    public static <T extends Number> Offset<T> offset(T value) { return new Offset<>(value); }
    public static <T extends Number> Offset<T> strictOffset(T value) { return new Offset<>(value); }
}
@@file org/assertj/core/api/ThrowableAssert.java
package org.assertj.core.api;

public interface ThrowableAssert {
    @FunctionalInterface
    interface ThrowingCallable { void call() throws Throwable; }
}
@@file org/assertj/core/api/Assertions.java
package org.assertj.core.api;

import java.util.*;
import java.util.stream.*;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;

public class Assertions {
    protected Assertions() {}

    public static <T> Assertion<T, Object> assertThat(T actual) { return new Assertion<>(actual); }
    public static <E> Assertion<Iterable<? extends E>, E> assertThat(Iterable<? extends E> actual) { return new Assertion<>(actual); }
    public static <E> Assertion<E[], E> assertThat(E[] actual) { return new Assertion<>(actual); }
    public static <E> Assertion<Optional<E>, E> assertThat(Optional<E> actual) { return new Assertion<>(actual); }
    public static <K, V> Assertion<Map<K, V>, Map.Entry<K, V>> assertThat(Map<K, V> actual) { return new Assertion<>(actual); }
    public static <E> Assertion<List<E>, E> assertThat(Stream<E> actual) {
        return new Assertion<>(actual == null ? null : actual.collect(Collectors.toCollection(ArrayList::new)));
    }
    public static Assertion<int[], Integer> assertThat(int[] actual) { return new Assertion<>(actual); }
    public static Assertion<long[], Long> assertThat(long[] actual) { return new Assertion<>(actual); }
    public static Assertion<double[], Double> assertThat(double[] actual) { return new Assertion<>(actual); }
    public static Assertion<char[], Character> assertThat(char[] actual) { return new Assertion<>(actual); }
    public static Assertion<byte[], Byte> assertThat(byte[] actual) { return new Assertion<>(actual); }
    public static Assertion<boolean[], Boolean> assertThat(boolean[] actual) { return new Assertion<>(actual); }

    public static Throwable catchThrowable(ThrowingCallable code) {
        try {
            code.call();
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    public static <T extends Throwable> T catchThrowableOfType(ThrowingCallable code, Class<T> type) {
        var thrown = catchThrowable(code);
        if (thrown != null && !type.isInstance(thrown)) throw new AssertionError("expected " + type + " but was " + thrown);
        return type.cast(thrown);
    }

    public static <T extends Throwable> T catchThrowableOfType(Class<T> type, ThrowingCallable code) {
        return catchThrowableOfType(code, type);
    }

    public static Assertion<Throwable, Object> assertThatThrownBy(ThrowingCallable code) {
        return new Assertion<Throwable, Object>(catchThrowable(code)).thrown();
    }

    public static Assertion<Throwable, Object> assertThatCode(ThrowingCallable code) { return new Assertion<>(catchThrowable(code)); }
    public static Assertion<Throwable, Object> assertThatNoException() { return new Assertion<>((Throwable) null); }
    public static Thrower assertThatExceptionOfType(Class<? extends Throwable> type) { return new Thrower(type); }
    public static Thrower assertThatException() { return new Thrower(Exception.class); }
    public static Thrower assertThatIllegalArgumentException() { return new Thrower(IllegalArgumentException.class); }
    public static Thrower assertThatIllegalStateException() { return new Thrower(IllegalStateException.class); }
    public static Thrower assertThatNullPointerException() { return new Thrower(NullPointerException.class); }
    public static Thrower assertThatRuntimeException() { return new Thrower(RuntimeException.class); }

    public static <T extends Number> Offset<T> within(T value) { return Offset.offset(value); }
    public static <T extends Number> Offset<T> offset(T value) { return Offset.offset(value); }
    public static <T extends Number> Offset<T> byLessThan(T value) { return Offset.offset(value); }
    public static <K, V> Map.Entry<K, V> entry(K key, V value) { return new AbstractMap.SimpleEntry<>(key, value); }
    public static <T> T fail(String message) { throw new AssertionError(message); }
    public static <T> T fail(String message, Object... values) { throw new AssertionError(String.format(message, values)); }

    public static final class Thrower {
        private final Class<? extends Throwable> type;
        private Thrower(Class<? extends Throwable> type) { this.type = type; }
        public Assertion<Throwable, Object> isThrownBy(ThrowingCallable code) {
            return new Assertion<Throwable, Object>(catchThrowable(code)).thrown().isInstanceOf(type);
        }
    }
}
@@file org/assertj/core/api/Assertion.java
package org.assertj.core.api;

import java.lang.reflect.Array;
import java.util.*;
import java.util.function.*;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;

/** All assertions on a value of type T with items of type E. */
public class Assertion<T, E> {
    protected final T actual;
    private String about = "";

    Assertion(T actual) { this.actual = actual; }

    private Assertion<T, E> check(boolean holds, String what, Object... values) {
        if (!holds) throw new AssertionError(about + "expected " + text(actual) + " to " + what + " " + text(values));
        return this;
    }

    private static String text(Object value) {
        return value != null && value.getClass().isArray() ? String.valueOf(items(value)) : String.valueOf(value);
    }

    private static List<Object> items(Object value) {
        var found = new ArrayList<Object>();
        if (value instanceof Map<?, ?> map) found.addAll(map.entrySet());
        else if (value instanceof Iterable<?> some) some.forEach(found::add);
        else if (value instanceof Optional<?> one) one.ifPresent(found::add);
        else if (value != null && value.getClass().isArray()) for (int i = 0; i < Array.getLength(value); i++) found.add(Array.get(value, i));
        else throw new AssertionError("this value has no items: " + value);
        return found;
    }

    private static boolean isArray(Object value) { return value != null && value.getClass().isArray(); }

    private static boolean isEqual(Object one, Object other) {
        if (Objects.equals(one, other)) return true;
        if (one instanceof Number first && other instanceof Number second) {
            return isWhole(first) && isWhole(second) ? first.longValue() == second.longValue()
                : first instanceof Double && (isWhole(second) || second instanceof Float) && first.doubleValue() == second.doubleValue();
        }
        if (isArray(one) && isArray(other)) {
            var ones = items(one);
            var others = items(other);
            if (ones.size() != others.size()) return false;
            for (int i = 0; i < ones.size(); i++) if (!isEqual(ones.get(i), others.get(i))) return false;
            return true;
        }
        return false;
    }

    private static boolean isWhole(Number value) {
        return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte;
    }

    private static boolean has(List<Object> items, Object wanted) {
        for (var item : items) if (isEqual(item, wanted)) return true;
        return false;
    }

    private static List<Object> without(List<Object> items, List<Object> others) {
        var rest = new ArrayList<>(items);
        for (var other : others) for (int i = 0; i < rest.size(); i++) if (isEqual(rest.get(i), other)) { rest.remove(i); break; }
        return rest;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private int order(Object other) {
        if (actual instanceof Number one && other instanceof Number two && one.getClass() != two.getClass()) {
            return isWhole(one) && isWhole(two) ? Long.compare(one.longValue(), two.longValue())
                : Double.compare(one.doubleValue(), two.doubleValue());
        }
        return ((Comparable) actual).compareTo(other);
    }

    private double number() { return ((Number) actual).doubleValue(); }
    private String string() { return actual instanceof Throwable thrown ? String.valueOf(thrown.getMessage()) : String.valueOf((Object) actual); }
    private boolean isText() { return actual instanceof CharSequence; }
    private Map<?, ?> map() { return (Map<?, ?>) (Object) actual; }
    private int size() { return isText() ? string().length() : items(actual).size(); }

    Assertion<T, E> thrown() { return check(actual != null, "be thrown"); }

    public Assertion<T, E> as(String text, Object... values) { about = (values.length == 0 ? text : String.format(text, values)) + ": "; return this; }
    public Assertion<T, E> describedAs(String text, Object... values) { return as(text, values); }
    public Assertion<T, E> withFailMessage(String text, Object... values) { return as(text, values); }
    public Assertion<T, E> overridingErrorMessage(String text, Object... values) { return as(text, values); }

    public Assertion<T, E> isEqualTo(Object expected) { return check(isEqual(actual, expected), "equal", expected); }
    public Assertion<T, E> isNotEqualTo(Object other) { return check(!isEqual(actual, other), "differ from", other); }
    public Assertion<T, E> isSameAs(Object other) { return check((Object) actual == other, "be", other); }
    public Assertion<T, E> isNotSameAs(Object other) { return check((Object) actual != other, "not be", other); }
    public Assertion<T, E> isNull() { return check(actual == null, "be null"); }
    public Assertion<T, E> isNotNull() { return check(actual != null, "not be null"); }
    public Assertion<T, E> isTrue() { return check(Boolean.TRUE.equals(actual), "be true"); }
    public Assertion<T, E> isFalse() { return check(Boolean.FALSE.equals(actual), "be false"); }
    public Assertion<T, E> isInstanceOf(Class<?> type) { return check(type.isInstance(actual), "be an instance of", type); }
    public Assertion<T, E> isNotInstanceOf(Class<?> type) { return check(!type.isInstance(actual), "not be an instance of", type); }
    public Assertion<T, E> isExactlyInstanceOf(Class<?> type) { return check(actual != null && actual.getClass() == type, "be a", type); }
    public Assertion<T, E> isIn(Object... values) { return check(has(items(values.length == 1 && values[0] instanceof Iterable<?> ? values[0] : values), actual), "be one of", values); }
    public Assertion<T, E> isNotIn(Object... values) { return check(!has(items(values.length == 1 && values[0] instanceof Iterable<?> ? values[0] : values), actual), "be none of", values); }
    public Assertion<T, E> hasToString(String text) { return check(String.valueOf((Object) actual).equals(text), "have the text", text); }
    public Assertion<T, E> hasSameHashCodeAs(Object other) { return check(actual.hashCode() == other.hashCode(), "have the hash code of", other); }
    public Assertion<T, E> matches(Predicate<? super T> test) { return check(test.test(actual), "match"); }
    public Assertion<T, E> satisfies(Consumer<? super T> test) { test.accept(actual); return this; }

    public Assertion<T, E> isZero() { return check(number() == 0, "be zero"); }
    public Assertion<T, E> isNotZero() { return check(number() != 0, "not be zero"); }
    public Assertion<T, E> isOne() { return check(number() == 1, "be one"); }
    public Assertion<T, E> isPositive() { return check(number() > 0, "be positive"); }
    public Assertion<T, E> isNegative() { return check(number() < 0, "be negative"); }
    public Assertion<T, E> isNotNegative() { return check(number() >= 0, "not be negative"); }
    public Assertion<T, E> isNotPositive() { return check(number() <= 0, "not be positive"); }
    public Assertion<T, E> isEven() { return check(number() % 2 == 0, "be even"); }
    public Assertion<T, E> isOdd() { return check(number() % 2 != 0, "be odd"); }
    public Assertion<T, E> isNaN() { return check(Double.isNaN(number()), "be NaN"); }
    public Assertion<T, E> isNotNaN() { return check(!Double.isNaN(number()), "not be NaN"); }
    public Assertion<T, E> isFinite() { return check(Double.isFinite(number()), "be finite"); }
    public Assertion<T, E> isInfinite() { return check(Double.isInfinite(number()), "be infinite"); }
    public Assertion<T, E> isGreaterThan(Object other) { return check(order(other) > 0, "be greater than", other); }
    public Assertion<T, E> isGreaterThanOrEqualTo(Object other) { return check(order(other) >= 0, "be at least", other); }
    public Assertion<T, E> isLessThan(Object other) { return check(order(other) < 0, "be less than", other); }
    public Assertion<T, E> isLessThanOrEqualTo(Object other) { return check(order(other) <= 0, "be at most", other); }
    public Assertion<T, E> isBetween(Object low, Object high) { return check(order(low) >= 0 && order(high) <= 0, "be between", low, high); }
    public Assertion<T, E> isStrictlyBetween(Object low, Object high) { return check(order(low) > 0 && order(high) < 0, "be between", low, high); }
    public Assertion<T, E> isEqualByComparingTo(Object other) { return check(order(other) == 0, "equal", other); }
    public Assertion<T, E> isCloseTo(Number other, Offset<?> offset) {
        return check(Double.compare(number(), other.doubleValue()) == 0 || Math.abs(number() - other.doubleValue()) <= offset.value, "be close to", other);
    }
    public Assertion<T, E> isEqualTo(Number other, Offset<?> offset) { return isCloseTo(other, offset); }

    public Assertion<T, E> isEmpty() { return check(actual != null && size() == 0, "be empty"); }
    public Assertion<T, E> isNotEmpty() { return check(actual != null && size() > 0, "not be empty"); }
    public Assertion<T, E> isNullOrEmpty() { return check(actual == null || size() == 0, "be null or empty"); }
    public Assertion<T, E> hasSize(int size) { return check(size() == size, "have the size", size); }
    public Assertion<T, E> hasSizeGreaterThan(int size) { return check(size() > size, "be larger than", size); }
    public Assertion<T, E> hasSizeLessThan(int size) { return check(size() < size, "be smaller than", size); }
    public Assertion<T, E> hasLength(int size) { return hasSize(size); }
    public Assertion<T, E> isBlank() { return check(actual == null || string().isBlank(), "be blank"); }
    public Assertion<T, E> isNotBlank() { return check(actual != null && !string().isBlank(), "not be blank"); }
    public Assertion<T, E> startsWith(Object... parts) {
        return check(isText() ? string().startsWith(String.valueOf(parts[0]))
            : size() >= parts.length && isEqual(items(actual).subList(0, parts.length).toArray(), parts), "start with", parts);
    }
    public Assertion<T, E> endsWith(Object... parts) {
        return check(isText() ? string().endsWith(String.valueOf(parts[0]))
            : size() >= parts.length && isEqual(items(actual).subList(size() - parts.length, size()).toArray(), parts), "end with", parts);
    }
    public Assertion<T, E> doesNotStartWith(String part) { return check(!string().startsWith(part), "not start with", part); }
    public Assertion<T, E> doesNotEndWith(String part) { return check(!string().endsWith(part), "not end with", part); }
    public Assertion<T, E> isEqualToIgnoringCase(CharSequence other) { return check(string().equalsIgnoreCase(String.valueOf(other)), "equal", other); }
    public Assertion<T, E> containsIgnoringCase(CharSequence part) {
        return check(string().toLowerCase(Locale.ROOT).contains(String.valueOf(part).toLowerCase(Locale.ROOT)), "contain", part);
    }
    public Assertion<T, E> matches(String pattern) { return check(Pattern.matches(pattern, string()), "match", pattern); }
    public Assertion<T, E> doesNotMatch(String pattern) { return check(!Pattern.matches(pattern, string()), "not match", pattern); }
    public Assertion<T, E> containsPattern(String pattern) { return check(Pattern.compile(pattern).matcher(string()).find(), "contain", pattern); }

    public Assertion<T, E> contains(Object... parts) {
        for (var part : parts) check(isText() ? string().contains(String.valueOf(part)) : has(items(actual), part), "contain", part);
        return this;
    }
    public Assertion<T, E> doesNotContain(Object... parts) {
        for (var part : parts) check(!(isText() ? string().contains(String.valueOf(part)) : has(items(actual), part)), "not contain", part);
        return this;
    }
    public Assertion<T, E> containsAll(Iterable<?> parts) { return contains(items(parts).toArray()); }
    public Assertion<T, E> containsExactly(Object... parts) { return check(isEqual(items(actual).toArray(), parts), "hold exactly", parts); }
    public Assertion<T, E> containsExactlyElementsOf(Iterable<?> parts) { return containsExactly(items(parts).toArray()); }
    public Assertion<T, E> containsExactlyInAnyOrder(Object... parts) {
        return check(size() == parts.length && without(items(actual), items(parts)).isEmpty(), "hold", parts);
    }
    public Assertion<T, E> containsExactlyInAnyOrderElementsOf(Iterable<?> parts) { return containsExactlyInAnyOrder(items(parts).toArray()); }
    public Assertion<T, E> hasSameElementsAs(Iterable<?> parts) { return containsOnly(items(parts).toArray()); }
    public Assertion<T, E> containsOnly(Object... parts) {
        contains(parts);
        for (var item : items(actual)) check(has(items(parts), item), "hold only", parts);
        return this;
    }
    public Assertion<T, E> containsOnlyOnce(Object... parts) {
        for (var part : parts) check(has(items(actual), part) && !has(without(items(actual), Collections.singletonList(part)), part), "hold once", part);
        return this;
    }
    public Assertion<T, E> containsAnyOf(Object... parts) {
        for (var part : parts) if (isText() ? string().contains(String.valueOf(part)) : has(items(actual), part)) return this;
        return check(false, "contain one of", parts);
    }
    public Assertion<T, E> containsSequence(Object... parts) {
        return check(isText() ? string().contains(String.valueOf(parts[0])) : Collections.indexOfSubList(items(actual), items(parts)) >= 0, "contain", parts);
    }
    public Assertion<T, E> containsNull() { return check(has(items(actual), null), "contain null"); }
    public Assertion<T, E> doesNotContainNull() { return check(!has(items(actual), null), "not contain null"); }
    public Assertion<T, E> doesNotHaveDuplicates() {
        for (var item : items(actual)) check(!has(without(items(actual), Collections.singletonList(item)), item), "have no duplicates");
        return this;
    }
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Assertion<T, E> isSorted() {
        var all = items(actual);
        for (int i = 1; i < all.size(); i++) check(((Comparable) all.get(i - 1)).compareTo(all.get(i)) <= 0, "be sorted");
        return this;
    }
    @SuppressWarnings("unchecked")
    public Assertion<T, E> allMatch(Predicate<? super E> test) { return check(items(actual).stream().allMatch(item -> test.test((E) item)), "all match"); }
    @SuppressWarnings("unchecked")
    public Assertion<T, E> anyMatch(Predicate<? super E> test) { return check(items(actual).stream().anyMatch(item -> test.test((E) item)), "match once"); }
    @SuppressWarnings("unchecked")
    public Assertion<T, E> noneMatch(Predicate<? super E> test) { return check(items(actual).stream().noneMatch(item -> test.test((E) item)), "never match"); }
    @SuppressWarnings("unchecked")
    public Assertion<T, E> allSatisfy(Consumer<? super E> test) { items(actual).forEach(item -> test.accept((E) item)); return this; }
    @SuppressWarnings("unchecked")
    public <R> Assertion<List<R>, R> extracting(Function<? super E, ? extends R> part) {
        var parts = new ArrayList<R>();
        for (var item : items(actual)) parts.add(part.apply((E) item));
        return new Assertion<>(parts);
    }
    @SuppressWarnings("unchecked")
    public Assertion<E, Object> first() { return isNotEmpty().element(0); }
    public Assertion<E, Object> last() { return isNotEmpty().element(size() - 1); }
    @SuppressWarnings("unchecked")
    public Assertion<E, Object> element(int at) { return new Assertion<>((E) items(actual).get(at)); }

    public Assertion<T, E> isPresent() { return isNotEmpty(); }
    public Assertion<T, E> isNotPresent() { return isEmpty(); }
    public Assertion<T, E> hasValue(Object value) { return isNotEmpty().contains(value); }
    public Assertion<T, E> containsKey(Object key) { return check(map().containsKey(key), "have the key", key); }
    public Assertion<T, E> containsKeys(Object... keys) { for (var key : keys) containsKey(key); return this; }
    public Assertion<T, E> containsOnlyKeys(Object... keys) { return containsKeys(keys).hasSize(keys.length); }
    public Assertion<T, E> doesNotContainKey(Object key) { return check(!map().containsKey(key), "lack the key", key); }
    public Assertion<T, E> containsValue(Object value) { return check(map().containsValue(value), "have the value", value); }
    public Assertion<T, E> doesNotContainValue(Object value) { return check(!map().containsValue(value), "lack the value", value); }
    public Assertion<T, E> containsEntry(Object key, Object value) { return check(map().containsKey(key) && isEqual(map().get(key), value), "have the entry", key, value); }
    public Assertion<T, E> doesNotContainEntry(Object key, Object value) { return check(!(map().containsKey(key) && isEqual(map().get(key), value)), "lack the entry", key, value); }

    public Assertion<T, E> hasMessage(String message) { return check(string().equals(message), "have the message", message); }
    public Assertion<T, E> withMessage(String message) { return hasMessage(message); }
    public Assertion<T, E> hasMessageContaining(String part) { return check(string().contains(part), "have a message with", part); }
    public Assertion<T, E> withMessageContaining(String part) { return hasMessageContaining(part); }
    public Assertion<T, E> hasMessageContainingAll(CharSequence... parts) { for (var part : parts) hasMessageContaining(part.toString()); return this; }
    public Assertion<T, E> hasMessageStartingWith(String part) { return check(string().startsWith(part), "have a message that starts with", part); }
    public Assertion<T, E> hasMessageMatching(String pattern) { return matches(pattern); }
    public Assertion<T, E> hasCauseInstanceOf(Class<?> type) { return check(type.isInstance(((Throwable) (Object) actual).getCause()), "have a cause of", type); }
    public Assertion<T, E> hasNoCause() { return check(((Throwable) (Object) actual).getCause() == null, "have no cause"); }
    public Assertion<T, E> doesNotThrowAnyException() { return check(actual == null, "not be thrown"); }
    public void isThrownBy(ThrowingCallable code) { check(Assertions.catchThrowable(code) == null, "not be thrown"); }
}
