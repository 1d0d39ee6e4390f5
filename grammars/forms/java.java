@@file xcoder/Runner.java
package xcoder;

import java.lang.annotation.Annotation;
import java.lang.reflect.*;
import java.util.*;

/**
 * Runs the tests of classes written for JUnit 3, 4 or 5 or TestNG, and of plain classes whose methods are named test…. Annotations are
 * recognised by their simple names. The first failure ends the run.
 */
public final class Runner {
    private int passed;

    private Runner() {}

    /** Runs all tests of the classes and of their nested classes; throws what the first failing test throws. */
    public static void run(Class<?>... classes) throws Throwable {
        var runner = new Runner();
        for (var type : classes) runner.runClass(List.of(type));
        if (runner.passed == 0) throw new IllegalStateException("no test was run");
    }

    // The class is the last of the list; the others enclose it, outermost first.
    private void runClass(List<Class<?>> nest) throws Throwable {
        var type = nest.get(nest.size() - 1);
        if (Modifier.isAbstract(type.getModifiers()) || isDisabled(type)) return;
        var tests = tests(type);
        var nested = Arrays.stream(type.getDeclaredClasses()).filter(inner -> find(inner, "Nested") != null)
            .sorted(Comparator.comparing(Class::getName)).toList();
        if (tests.isEmpty() && nested.isEmpty()) return;

        var shared = sharesInstance(type, tests) ? create(nest) : null;
        var self = shared == null ? null : shared.get(shared.size() - 1);
        call(type, self, "BeforeAll", "BeforeClass");
        for (var test : tests) {
            for (var arguments : Sources.of(test, type)) runTest(test, nest, shared == null ? create(nest) : shared, arguments);
        }

        for (var inner : nested) {
            var deeper = new ArrayList<>(nest);
            deeper.add(inner);
            runClass(deeper);
        }

        call(type, self, "AfterAll", "AfterClass");
    }

    private void runTest(Method test, List<Class<?>> nest, List<Object> instances, Object[] arguments) throws Throwable {
        try {
            for (int i = 0; i < nest.size(); i++) call(nest.get(i), instances.get(i), "BeforeEach", "Before", "BeforeMethod", "setUp");
            invokeExpecting(test, instances.get(nest.size() - 1), arguments);
            passed++;
        } catch (Throwable thrown) {
            if (!List.of("TestAbortedException", "AssumptionViolatedException", "SkipException")
                .contains(thrown.getClass().getSimpleName())) throw thrown;
        }

        for (int i = nest.size() - 1; i >= 0; i--) {
            call(nest.get(i), instances.get(i), "AfterEach", "After", "AfterMethod", "tearDown");
        }
    }

    private static void invokeExpecting(Method test, Object instance, Object[] arguments) throws Throwable {
        var annotation = find(test, "Test");
        var expected = new ArrayList<Class<?>>();
        if (attribute(annotation, "expected") instanceof Class<?> type && !type.getSimpleName().equals("None")) expected.add(type);
        if (attribute(annotation, "expectedExceptions") instanceof Class<?>[] types) expected.addAll(List.of(types));
        try {
            invoke(test, instance, arguments);
        } catch (Throwable thrown) {
            if (expected.stream().noneMatch(type -> type.isInstance(thrown))) throw thrown;
            if (attribute(annotation, "expectedExceptionsMessageRegExp") instanceof String pattern
                && !String.valueOf(thrown.getMessage()).matches("(?s)" + pattern)) throw thrown;
            return;
        }

        if (!expected.isEmpty()) throw new AssertionError("Expected exception: " + expected.get(0).getName());
    }

    private static List<Method> tests(Class<?> type) {
        var methods = methods(type);
        var tests = methods.stream().filter(method -> find(method, "Test", "ParameterizedTest", "RepeatedTest") != null);
        if (find(type, "Test") != null) {
            tests = methods.stream().filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == void.class
                && (find(method, "Test") != null || method.getAnnotations().length == 0));
        } else if (isPlain(type)) {
            tests = methods.stream().filter(method -> method.getName().startsWith("test") && method.getReturnType() == void.class
                && method.getParameterCount() == 0);
        }

        // Reflection does not keep the order of the source.
        return tests.filter(test -> !isDisabled(test)).sorted(Comparator.comparingInt(Runner::order).thenComparing(Method::getName))
            .toList();
    }

    private static boolean isPlain(Class<?> type) {
        return methods(type).stream().allMatch(method -> find(method, "Test", "ParameterizedTest", "RepeatedTest") == null);
    }

    private static int order(Method test) {
        var order = attribute(find(test, "Order"), "value");
        var priority = attribute(find(test, "Test"), "priority");
        return order != null ? (int) order : priority != null ? (int) priority : Integer.MAX_VALUE / 2;
    }

    private static boolean isDisabled(AnnotatedElement element) {
        return find(element, "Disabled", "Ignore") != null || Boolean.FALSE.equals(attribute(find(element, "Test"), "enabled"));
    }

    private static boolean sharesInstance(Class<?> type, List<Method> tests) {
        return "PER_CLASS".equals(String.valueOf(attribute(find(type, "TestInstance"), "value")))
            || tests.stream().anyMatch(test -> find(type, "Test") != null || isTestNg(find(test, "Test")));
    }

    private static boolean isTestNg(Annotation annotation) {
        return annotation != null && annotation.annotationType().getName().startsWith("org.testng.");
    }

    // An instance of each class, made by the instance of the class that encloses it.
    private static List<Object> create(List<Class<?>> nest) throws Throwable {
        var instances = new ArrayList<>();
        for (var type : nest) {
            var isInner = !instances.isEmpty();
            var constructor = isInner ? type.getDeclaredConstructor(type.getDeclaringClass()) : type.getDeclaredConstructor();
            constructor.setAccessible(true);
            try {
                instances.add(isInner ? constructor.newInstance(instances.get(instances.size() - 1)) : constructor.newInstance());
            } catch (InvocationTargetException wrapped) {
                throw wrapped.getCause();
            }
        }

        return instances;
    }

    // Calls the methods with one of these annotations. Plain classes have no annotations, so there the names themselves count.
    private static void call(Class<?> type, Object instance, String... names) throws Throwable {
        var methods = methods(type);
        if (names[0].startsWith("After")) Collections.reverse(methods);
        for (var method : methods) {
            if (find(method, names) != null || isPlain(type) && List.of(names).contains(method.getName())) invoke(method, instance);
        }
    }

    /** The methods of a class and its superclasses, those of superclasses first, without overridden ones. */
    static List<Method> methods(Class<?> type) {
        if (type == null || type == Object.class) return new ArrayList<>();
        var methods = methods(type.getSuperclass());
        for (var own : type.getDeclaredMethods()) {
            if (own.isSynthetic()) continue;
            methods.removeIf(method -> method.getName().equals(own.getName()) && !Modifier.isPrivate(method.getModifiers())
                && Arrays.equals(method.getParameterTypes(), own.getParameterTypes()));
            methods.add(own);
        }

        return methods;
    }

    /** The annotation that has one of these simple names; null if there is none. */
    static Annotation find(AnnotatedElement element, String... names) {
        for (var annotation : element.getAnnotations()) {
            if (List.of(names).contains(annotation.annotationType().getSimpleName())) return annotation;
        }

        return null;
    }

    /** The value of an annotation's attribute; null if there is no annotation or it has no such attribute. */
    static Object attribute(Annotation annotation, String name) {
        try {
            return annotation == null ? null : annotation.annotationType().getMethod(name).invoke(annotation);
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }

    /** Calls a method; throws what the method throws. */
    static Object invoke(Method method, Object instance, Object... arguments) throws Throwable {
        method.setAccessible(true);
        try {
            return method.invoke(instance, arguments);
        } catch (InvocationTargetException wrapped) {
            throw wrapped.getCause();
        }
    }
}
@@file xcoder/Sources.java
package xcoder;

import java.lang.annotation.Annotation;
import java.lang.reflect.*;
import java.util.*;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;

/** The arguments of parameterised and repeated tests. */
final class Sources {
    private static final List<Class<?>> PRIMITIVES = List.of(int.class, long.class, double.class, float.class, short.class, byte.class,
        char.class, boolean.class);
    private static final List<Class<?>> BOXES = List.of(Integer.class, Long.class, Double.class, Float.class, Short.class, Byte.class,
        Character.class, Boolean.class);

    private Sources() {}

    /** One array of arguments for each run of a test. */
    static List<Object[]> of(Method test, Class<?> type) throws Throwable {
        var times = Runner.attribute(Runner.find(test, "RepeatedTest"), "value");
        if (times == null) times = Runner.attribute(Runner.find(test, "Test"), "invocationCount");
        var rows = new ArrayList<Object[]>();
        if (Runner.attribute(Runner.find(test, "Test"), "dataProvider") instanceof String provider && !provider.isEmpty()) {
            var holder = (Class<?>) Runner.attribute(Runner.find(test, "Test"), "dataProviderClass");
            addRows(rows, provided(provider, holder == Object.class ? type : holder));
        } else if (Runner.find(test, "ParameterizedTest") != null) {
            for (var source : test.getAnnotations()) addRows(rows, values(source, test, type));
        } else {
            for (int i = 0; i < (times == null ? 1 : (int) times); i++) rows.add(new Object[0]);
        }

        var converted = new ArrayList<Object[]>();
        for (var row : rows) converted.add(convert(row, test));
        return converted;
    }

    private static void addRows(List<Object[]> rows, Object source) {
        for (var value : items(source)) {
            rows.add(value instanceof org.junit.jupiter.params.provider.Arguments arguments ? arguments.get()
                : value instanceof Object[] array ? array : new Object[] { value });
        }
    }

    private static Object provided(String name, Class<?> holder) throws Throwable {
        for (var method : Runner.methods(holder)) {
            var provider = Runner.find(method, "DataProvider");
            if (provider == null || !name.equals(method.getName()) && !name.equals(Runner.attribute(provider, "name"))) continue;
            return Runner.invoke(method, instance(method, holder));
        }

        throw new IllegalStateException("no data provider " + name);
    }

    private static Object values(Annotation source, Method test, Class<?> type) throws Throwable {
        var parameter = test.getParameterCount() == 0 ? Object.class : test.getParameterTypes()[0];
        return switch (source.annotationType().getSimpleName()) {
            case "ValueSource" -> given(source);
            case "CsvSource" -> csv(source);
            case "MethodSource" -> made(source, test, type);
            case "EnumSource" -> constants(source, parameter);
            case "NullSource" -> new Object[] { null };
            case "EmptySource" -> new Object[] { new Object[] { empty(parameter) } };
            case "NullAndEmptySource" -> new Object[] { null, new Object[] { empty(parameter) } };
            default -> List.of();
        };
    }

    private static Object given(Annotation source) throws ReflectiveOperationException {
        for (var attribute : source.annotationType().getDeclaredMethods()) {
            var values = attribute.invoke(source);
            if (Array.getLength(values) > 0) return values;
        }

        return List.of();
    }

    // The results of the named methods of the class or of those that enclose it; by default, of the method with the test's name.
    private static Object made(Annotation source, Method test, Class<?> type) throws Throwable {
        var names = (String[]) Runner.attribute(source, "value");
        var made = new ArrayList<>();
        for (var name : names.length == 0 ? new String[] { test.getName() } : names) {
            var parts = name.split("#");
            var holder = parts.length == 1 ? type : Class.forName(parts[0]);
            var simple = parts[parts.length - 1].replace("()", "");
            Method factory = null;
            for (; holder != null && factory == null; holder = holder.getEnclosingClass()) {
                factory = Runner.methods(holder).stream()
                    .filter(method -> method.getName().equals(simple) && method.getParameterCount() == 0).findFirst().orElse(null);
            }

            if (factory == null) throw new IllegalStateException("no method " + name);
            made.addAll(items(Runner.invoke(factory, instance(factory, factory.getDeclaringClass()))));
        }

        return made;
    }

    private static Object instance(Method method, Class<?> type) throws ReflectiveOperationException {
        if (Modifier.isStatic(method.getModifiers())) return null;
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static Object constants(Annotation source, Class<?> parameter) {
        var type = (Class<?>) Runner.attribute(source, "value");
        var names = List.of((String[]) Runner.attribute(source, "names"));
        var mode = String.valueOf(Runner.attribute(source, "mode"));
        return Arrays.stream((type.isEnum() ? type : parameter).getEnumConstants()).filter(constant -> {
            var name = ((Enum<?>) constant).name();
            return names.isEmpty() || switch (mode) {
                case "EXCLUDE" -> !names.contains(name);
                case "MATCH_ALL" -> names.stream().allMatch(name::matches);
                case "MATCH_ANY" -> names.stream().anyMatch(name::matches);
                default -> names.contains(name);
            };
        });
    }

    private static Object empty(Class<?> type) {
        return type == String.class ? "" : type.isArray() ? Array.newInstance(type.getComponentType(), 0)
            : type.isAssignableFrom(ArrayList.class) ? new ArrayList<>() : type.isAssignableFrom(TreeSet.class) ? new TreeSet<>()
            : new TreeMap<>();
    }

    private static List<Object> items(Object source) {
        if (source instanceof BaseStream<?, ?> stream) source = stream.iterator();
        var items = new ArrayList<>();
        if (source instanceof Iterator<?> iterator) iterator.forEachRemaining(items::add);
        else if (source instanceof Iterable<?> iterable) iterable.forEach(items::add);
        else for (int i = 0; i < Array.getLength(source); i++) items.add(Array.get(source, i));
        return items;
    }

    private static List<Object[]> csv(Annotation source) {
        var block = (String) Runner.attribute(source, "textBlock");
        var lines = new ArrayList<>(List.of((String[]) Runner.attribute(source, "value")));
        block.lines().filter(line -> !line.isBlank() && !line.strip().startsWith("#")).forEach(lines::add);
        var hasHeader = (boolean) Runner.attribute(source, "useHeadersInDisplayName");
        return lines.stream().skip(hasHeader ? 1 : 0).map(line -> fields(line, source)).toList();
    }

    // An empty field without quotes is null. Quotes count at the beginning of a field only; a doubled one stands for itself.
    private static Object[] fields(String line, Annotation source) {
        var delimiter = (char) Runner.attribute(source, "delimiter");
        var longer = (String) Runner.attribute(source, "delimiterString");
        var between = !longer.isEmpty() ? longer : delimiter == '\0' ? "," : String.valueOf(delimiter);
        var quote = (char) Runner.attribute(source, "quoteCharacter");
        var trims = (boolean) Runner.attribute(source, "ignoreLeadingAndTrailingWhitespace");
        var nulls = List.of((String[]) Runner.attribute(source, "nullValues"));
        var fields = new ArrayList<Object>();
        for (int at = 0; at <= line.length(); at += between.length()) {
            var start = at;
            while (start < line.length() && line.charAt(start) == ' ') start++;
            String field;
            if (start < line.length() && line.charAt(start) == quote) {
                var text = new StringBuilder();
                for (at = start + 1; at < line.length(); at++) {
                    if (line.charAt(at) == quote && (++at == line.length() || line.charAt(at) != quote)) break;
                    text.append(line.charAt(at));
                }

                field = text.isEmpty() ? (String) Runner.attribute(source, "emptyValue") : text.toString();
                at = end(line, between, at);
            } else {
                start = at;
                at = end(line, between, at);
                field = trims ? line.substring(start, at).strip() : line.substring(start, at);
                if (field.isEmpty()) field = null;
            }

            fields.add(nulls.contains(String.valueOf(field)) ? null : field);
        }

        return fields.toArray();
    }

    private static int end(String line, String delimiter, int from) {
        var end = line.indexOf(delimiter, from);
        return end < 0 ? line.length() : end;
    }

    private static Object[] convert(Object[] row, Method test) {
        var types = test.getParameterTypes();
        if (row.length < types.length) throw new IllegalStateException("too few arguments for " + test.getName());
        return IntStream.range(0, types.length).mapToObj(i -> convert(row[i], types[i])).toArray();
    }

    private static Object convert(Object value, Class<?> type) {
        var primitive = PRIMITIVES.indexOf(type);
        var target = primitive < 0 ? type : BOXES.get(primitive);
        if (!(value instanceof String text) || target.isInstance(value)) return value;
        if (target == Integer.class) return Integer.decode(text);
        if (target == Long.class) return Long.decode(text);
        if (target == Double.class) return Double.valueOf(text);
        if (target == Float.class) return Float.valueOf(text);
        if (target == Short.class) return Short.decode(text);
        if (target == Byte.class) return Byte.decode(text);
        if (target == Boolean.class && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) return Boolean.valueOf(text);
        if (target == Character.class && text.length() == 1) return text.charAt(0);
        try {
            return built(text, target);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalArgumentException("cannot convert \"" + text + "\" to " + type.getName(), impossible);
        }
    }

    // Types that are made from text: by their only static method that takes text, or by a constructor.
    @SuppressWarnings({ "unchecked", "rawtypes" })
    private static Object built(String text, Class<?> type) throws ReflectiveOperationException {
        if (type.isEnum()) return Enum.valueOf((Class) type, text);
        if (type == Class.class) return Class.forName(text);
        if (type == java.nio.file.Path.class) return java.nio.file.Path.of(text);
        var factories = Arrays.stream(type.getDeclaredMethods()).filter(method -> Modifier.isStatic(method.getModifiers())
            && method.getReturnType() == type && method.getParameterCount() == 1
            && (method.getParameterTypes()[0] == String.class
                || method.getParameterTypes()[0] == CharSequence.class && method.getName().equals("parse"))
            && !Modifier.isPrivate(method.getModifiers()) && method.trySetAccessible()).toList();
        if (factories.size() == 1) return factories.get(0).invoke(null, text);
        var constructor = type.getDeclaredConstructor(String.class);
        constructor.setAccessible(true);
        return constructor.newInstance(text);
    }
}
@@file xcoder/Checks.java
package xcoder;

import java.lang.reflect.Array;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/** What the assertions of all frameworks have in common. A message is text, a supplier of text, or null. */
public final class Checks {
    private Checks() {}

    /** Fails unless the condition holds. Only then the text of values is needed, which could be long. */
    public static void that(boolean holds, Supplier<String> failure, Object message) {
        if (!holds) throw failed(failure.get(), message, null);
    }

    public static void isTrue(boolean condition, Object message) { that(condition, () -> "expected: <true> but was: <false>", message); }
    public static void isFalse(boolean condition, Object message) { that(!condition, () -> "expected: <false> but was: <true>", message); }
    public static void isNull(Object actual, Object message) { that(actual == null, () -> difference(null, actual), message); }
    public static void notNull(Object actual, Object message) { that(actual != null, () -> "expected: not <null>", message); }

    public static void equal(Object expected, Object actual, Object message) {
        that(Objects.equals(expected, actual), () -> difference(expected, actual), message);
    }

    public static void notEqual(Object unexpected, Object actual, Object message) {
        that(!sameNumber(unexpected, actual), () -> "expected: not equal but was: <" + text(actual) + ">", message);
    }

    public static void same(Object expected, Object actual, Object message) {
        that(expected == actual, () -> difference(expected, actual), message);
    }

    public static void notSame(Object unexpected, Object actual, Object message) {
        that(unexpected != actual, () -> "expected: not same but was: <" + text(actual) + ">", message);
    }

    public static void near(double expected, double actual, double delta, Object message) {
        that(isNear(expected, actual, delta), () -> difference(expected, actual), message);
    }

    public static void notNear(double unexpected, double actual, double delta, Object message) {
        that(!isNear(unexpected, actual, delta), () -> "expected: not equal but was: <" + actual + ">", message);
    }

    public static void deepEqual(Object expected, Object actual, double delta, Object message) {
        that(isDeepEqual(expected, actual, delta), () -> difference(expected, actual), message);
    }

    /** Runs code that must throw; returns what it throws. */
    public static <T extends Throwable> T thrown(Class<T> type, boolean isExact, Code code, Object message) {
        try {
            code.run();
        } catch (Throwable thrown) {
            if (isExact ? thrown.getClass() == type : type.isInstance(thrown)) return type.cast(thrown);
            throw failed("expected " + type.getName() + " to be thrown, but it was " + thrown, message, thrown);
        }

        throw failed("expected " + type.getName() + " to be thrown, but nothing was thrown", message, null);
    }

    public static AssertionFailedError failed(String failure, Object message, Throwable cause) {
        var text = message instanceof Supplier<?> supplier ? supplier.get() : message;
        return new AssertionFailedError(text == null ? failure : text + " ==> " + failure, cause);
    }

    /** Throws an error that the compiler need not know of. */
    @SuppressWarnings("unchecked")
    public static <E extends Throwable> RuntimeException raise(Throwable error) throws E {
        throw (E) error;
    }

    /** Whether two numbers differ by no more than a tolerance; not-a-number and infinities equal themselves. */
    public static boolean isNear(double one, double other, double delta) {
        return Double.compare(one, other) == 0 || Math.abs(one - other) <= delta;
    }

    /** Whether two values are equal; integers are equal whatever their types. */
    public static boolean sameNumber(Object one, Object other) {
        return Objects.equals(one, other)
            || isInteger(one) && isInteger(other) && ((Number) one).longValue() == ((Number) other).longValue();
    }

    private static boolean isInteger(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte;
    }

    /** Whether two values are equal; arrays and iterables, nested ones too, are compared by their items, numbers within a tolerance. */
    public static boolean isDeepEqual(Object one, Object other, double delta) {
        if (Objects.equals(one, other)) return true;
        if (one == null || other == null) return false;
        if (one.getClass().isArray() && other.getClass().isArray()) return isArrayEqual(one, other, delta);
        if (one instanceof Iterable<?> ones && other instanceof Iterable<?> others) {
            var rest = others.iterator();
            for (var item : ones) {
                if (!rest.hasNext() || !isDeepEqual(item, rest.next(), delta)) return false;
            }

            return !rest.hasNext();
        }

        return delta > 0 && one instanceof Number first && other instanceof Number second
            && isNear(first.doubleValue(), second.doubleValue(), delta);
    }

    private static boolean isArrayEqual(Object one, Object other, double delta) {
        if (Array.getLength(one) != Array.getLength(other)) return false;
        for (int i = 0; i < Array.getLength(one); i++) {
            if (!isDeepEqual(Array.get(one, i), Array.get(other, i), delta)) return false;
        }

        return true;
    }

    /** Says what was expected and what came, with the types if the texts are equal. */
    public static String difference(Object expected, Object actual) {
        var one = "<" + text(expected) + ">";
        var other = "<" + text(actual) + ">";
        return one.equals(other) && expected != null && actual != null
            ? "expected: " + expected.getClass().getName() + one + " but was: " + actual.getClass().getName() + other
            : "expected: " + one + " but was: " + other;
    }

    /** The text of a value; that of an array shows its items. */
    public static String text(Object value) {
        if (value == null || !value.getClass().isArray()) return String.valueOf(value);
        var text = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < Array.getLength(value); i++) text.add(text(Array.get(value, i)));
        return text.toString();
    }

    /** Code that may throw anything. */
    @FunctionalInterface
    public interface Code {
        void run() throws Throwable;
    }
}
@@file org/opentest4j/AssertionFailedError.java
package org.opentest4j;

public class AssertionFailedError extends AssertionError {
    public AssertionFailedError(String message) { super(message); }

    public AssertionFailedError(String message, Throwable cause) { super(message, cause); }
}
@@file org/opentest4j/TestAbortedException.java
package org.opentest4j;

public class TestAbortedException extends RuntimeException {
    public TestAbortedException(String message) { super(message); }
}
@@file org/junit/jupiter/api/Test.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface Test {}
@@file org/junit/jupiter/api/BeforeEach.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface BeforeEach {}
@@file org/junit/jupiter/api/AfterEach.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface AfterEach {}
@@file org/junit/jupiter/api/BeforeAll.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface BeforeAll {}
@@file org/junit/jupiter/api/AfterAll.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface AfterAll {}
@@file org/junit/jupiter/api/Nested.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface Nested {}
@@file org/junit/jupiter/api/DisplayName.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface DisplayName {
    String value();
}
@@file org/junit/jupiter/api/Disabled.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface Disabled {
    String value() default "";
}
@@file org/junit/jupiter/api/Tag.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Tags.class)
public @interface Tag {
    String value();
}
@@file org/junit/jupiter/api/Tags.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface Tags {
    Tag[] value();
}
@@file org/junit/jupiter/api/RepeatedTest.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface RepeatedTest {
    int value();
    String name() default "";
}
@@file org/junit/jupiter/api/Timeout.java
package org.junit.jupiter.api;

import java.lang.annotation.*;
import java.util.concurrent.TimeUnit;

/** Accepted without effect. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Timeout {
    long value();
    TimeUnit unit() default TimeUnit.SECONDS;
    ThreadMode threadMode() default ThreadMode.INFERRED;

    enum ThreadMode { INFERRED, SAME_THREAD, SEPARATE_THREAD }
}
@@file org/junit/jupiter/api/Order.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface Order {
    int value();
}
@@file org/junit/jupiter/api/TestMethodOrder.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface TestMethodOrder {
    Class<? extends MethodOrderer> value();
}
@@file org/junit/jupiter/api/MethodOrderer.java
package org.junit.jupiter.api;

/** Accepted without effect: tests run by their {@link Order}, then by name. */
public interface MethodOrderer {
    class OrderAnnotation implements MethodOrderer {}
    class MethodName implements MethodOrderer {}
    class DisplayName implements MethodOrderer {}
    class Random implements MethodOrderer {}
}
@@file org/junit/jupiter/api/TestInstance.java
package org.junit.jupiter.api;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface TestInstance {
    Lifecycle value();

    enum Lifecycle { PER_CLASS, PER_METHOD }
}
@@file org/junit/jupiter/api/function/Executable.java
package org.junit.jupiter.api.function;

@FunctionalInterface
public interface Executable {
    void execute() throws Throwable;
}
@@file org/junit/jupiter/api/function/ThrowingSupplier.java
package org.junit.jupiter.api.function;

@FunctionalInterface
public interface ThrowingSupplier<T> {
    T get() throws Throwable;
}
@@file org/junit/jupiter/api/Assertions.java
package org.junit.jupiter.api;

import static xcoder.Checks.*;

import java.time.Duration;
import java.util.*;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.opentest4j.AssertionFailedError;

public class Assertions {
    protected Assertions() {}

    public static void assertTrue(boolean condition) { isTrue(condition, null); }
    public static void assertTrue(boolean condition, String message) { isTrue(condition, message); }
    public static void assertTrue(boolean condition, Supplier<String> message) { isTrue(condition, message); }
    public static void assertTrue(BooleanSupplier condition) { isTrue(condition.getAsBoolean(), null); }
    public static void assertTrue(BooleanSupplier condition, String message) { isTrue(condition.getAsBoolean(), message); }
    public static void assertTrue(BooleanSupplier condition, Supplier<String> message) { isTrue(condition.getAsBoolean(), message); }

    public static void assertFalse(boolean condition) { isFalse(condition, null); }
    public static void assertFalse(boolean condition, String message) { isFalse(condition, message); }
    public static void assertFalse(boolean condition, Supplier<String> message) { isFalse(condition, message); }
    public static void assertFalse(BooleanSupplier condition) { isFalse(condition.getAsBoolean(), null); }
    public static void assertFalse(BooleanSupplier condition, String message) { isFalse(condition.getAsBoolean(), message); }
    public static void assertFalse(BooleanSupplier condition, Supplier<String> message) { isFalse(condition.getAsBoolean(), message); }

    public static void assertNull(Object actual) { isNull(actual, null); }
    public static void assertNull(Object actual, String message) { isNull(actual, message); }
    public static void assertNull(Object actual, Supplier<String> message) { isNull(actual, message); }
    public static void assertNotNull(Object actual) { notNull(actual, null); }
    public static void assertNotNull(Object actual, String message) { notNull(actual, message); }
    public static void assertNotNull(Object actual, Supplier<String> message) { notNull(actual, message); }

    // Each primitive type can meet its box. With fewer overloads, calls that JUnit accepts would be ambiguous.
    public static void assertEquals(Object expected, Object actual) { equal(expected, actual, null); }
    public static void assertEquals(Object expected, Object actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(Object expected, Object actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(long expected, long actual) { equal(expected, actual, null); }
    public static void assertEquals(long expected, long actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(long expected, long actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(char expected, char actual) { equal(expected, actual, null); }
    public static void assertEquals(char expected, char actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(char expected, char actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(float expected, float actual) { equal(expected, actual, null); }
    public static void assertEquals(float expected, float actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(float expected, float actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(double expected, double actual) { equal(expected, actual, null); }
    public static void assertEquals(double expected, double actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(double expected, double actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(byte expected, Byte actual) { equal(expected, actual, null); }
    public static void assertEquals(byte expected, Byte actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(byte expected, Byte actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(Byte expected, byte actual) { equal(expected, actual, null); }
    public static void assertEquals(Byte expected, byte actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(Byte expected, byte actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(short expected, Short actual) { equal(expected, actual, null); }
    public static void assertEquals(short expected, Short actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(short expected, Short actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(Short expected, short actual) { equal(expected, actual, null); }
    public static void assertEquals(Short expected, short actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(Short expected, short actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(char expected, Character actual) { equal(expected, actual, null); }
    public static void assertEquals(char expected, Character actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(char expected, Character actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(Character expected, char actual) { equal(expected, actual, null); }
    public static void assertEquals(Character expected, char actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(Character expected, char actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(int expected, Integer actual) { equal(expected, actual, null); }
    public static void assertEquals(int expected, Integer actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(int expected, Integer actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(Integer expected, int actual) { equal(expected, actual, null); }
    public static void assertEquals(Integer expected, int actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(Integer expected, int actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(long expected, Long actual) { equal(expected, actual, null); }
    public static void assertEquals(long expected, Long actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(long expected, Long actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(Long expected, long actual) { equal(expected, actual, null); }
    public static void assertEquals(Long expected, long actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(Long expected, long actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(float expected, Float actual) { equal(expected, actual, null); }
    public static void assertEquals(float expected, Float actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(float expected, Float actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(Float expected, float actual) { equal(expected, actual, null); }
    public static void assertEquals(Float expected, float actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(Float expected, float actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(double expected, Double actual) { equal(expected, actual, null); }
    public static void assertEquals(double expected, Double actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(double expected, Double actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(Double expected, double actual) { equal(expected, actual, null); }
    public static void assertEquals(Double expected, double actual, String message) { equal(expected, actual, message); }
    public static void assertEquals(Double expected, double actual, Supplier<String> message) { equal(expected, actual, message); }
    public static void assertEquals(double expected, double actual, double delta) { near(expected, actual, delta, null); }
    public static void assertEquals(double expected, double actual, double delta, String message) {
        near(expected, actual, delta, message);
    }
    public static void assertEquals(double expected, double actual, double delta, Supplier<String> message) {
        near(expected, actual, delta, message);
    }
    public static void assertEquals(float expected, float actual, float delta) { near(expected, actual, delta, null); }
    public static void assertEquals(float expected, float actual, float delta, String message) { near(expected, actual, delta, message); }
    public static void assertEquals(float expected, float actual, float delta, Supplier<String> message) {
        near(expected, actual, delta, message);
    }

    public static void assertNotEquals(Object unexpected, Object actual) { notEqual(unexpected, actual, null); }
    public static void assertNotEquals(Object unexpected, Object actual, String message) { notEqual(unexpected, actual, message); }
    public static void assertNotEquals(Object unexpected, Object actual, Supplier<String> message) {
        notEqual(unexpected, actual, message);
    }
    public static void assertNotEquals(double unexpected, double actual, double delta) { notNear(unexpected, actual, delta, null); }
    public static void assertNotEquals(double unexpected, double actual, double delta, String message) {
        notNear(unexpected, actual, delta, message);
    }
    public static void assertNotEquals(double unexpected, double actual, double delta, Supplier<String> message) {
        notNear(unexpected, actual, delta, message);
    }

    public static void assertSame(Object expected, Object actual) { same(expected, actual, null); }
    public static void assertSame(Object expected, Object actual, String message) { same(expected, actual, message); }
    public static void assertSame(Object expected, Object actual, Supplier<String> message) { same(expected, actual, message); }
    public static void assertNotSame(Object unexpected, Object actual) { notSame(unexpected, actual, null); }
    public static void assertNotSame(Object unexpected, Object actual, String message) { notSame(unexpected, actual, message); }
    public static void assertNotSame(Object unexpected, Object actual, Supplier<String> message) { notSame(unexpected, actual, message); }

    public static void assertArrayEquals(Object expected, Object actual) { deepEqual(expected, actual, 0, null); }
    public static void assertArrayEquals(Object expected, Object actual, String message) { deepEqual(expected, actual, 0, message); }
    public static void assertArrayEquals(Object expected, Object actual, Supplier<String> message) {
        deepEqual(expected, actual, 0, message);
    }
    public static void assertArrayEquals(double[] expected, double[] actual, double delta) { deepEqual(expected, actual, delta, null); }
    public static void assertArrayEquals(double[] expected, double[] actual, double delta, String message) {
        deepEqual(expected, actual, delta, message);
    }
    public static void assertArrayEquals(double[] expected, double[] actual, double delta, Supplier<String> message) {
        deepEqual(expected, actual, delta, message);
    }
    public static void assertArrayEquals(float[] expected, float[] actual, float delta) { deepEqual(expected, actual, delta, null); }
    public static void assertArrayEquals(float[] expected, float[] actual, float delta, String message) {
        deepEqual(expected, actual, delta, message);
    }
    public static void assertArrayEquals(float[] expected, float[] actual, float delta, Supplier<String> message) {
        deepEqual(expected, actual, delta, message);
    }
    public static void assertIterableEquals(Iterable<?> expected, Iterable<?> actual) { deepEqual(expected, actual, 0, null); }
    public static void assertIterableEquals(Iterable<?> expected, Iterable<?> actual, String message) {
        deepEqual(expected, actual, 0, message);
    }
    public static void assertIterableEquals(Iterable<?> expected, Iterable<?> actual, Supplier<String> message) {
        deepEqual(expected, actual, 0, message);
    }

    public static void assertLinesMatch(List<String> expected, List<String> actual) { lines(expected, actual, null); }
    public static void assertLinesMatch(List<String> expected, List<String> actual, String message) { lines(expected, actual, message); }
    public static void assertLinesMatch(List<String> expected, List<String> actual, Supplier<String> message) {
        lines(expected, actual, message);
    }

    public static <T> T assertInstanceOf(Class<T> type, Object actual) { return instance(type, actual, null); }
    public static <T> T assertInstanceOf(Class<T> type, Object actual, String message) { return instance(type, actual, message); }
    public static <T> T assertInstanceOf(Class<T> type, Object actual, Supplier<String> message) { return instance(type, actual, message); }

    public static <T extends Throwable> T assertThrows(Class<T> type, Executable code) { return thrown(type, false, code::execute, null); }
    public static <T extends Throwable> T assertThrows(Class<T> type, Executable code, String message) {
        return thrown(type, false, code::execute, message);
    }
    public static <T extends Throwable> T assertThrows(Class<T> type, Executable code, Supplier<String> message) {
        return thrown(type, false, code::execute, message);
    }
    public static <T extends Throwable> T assertThrowsExactly(Class<T> type, Executable code) {
        return thrown(type, true, code::execute, null);
    }
    public static <T extends Throwable> T assertThrowsExactly(Class<T> type, Executable code, String message) {
        return thrown(type, true, code::execute, message);
    }
    public static <T extends Throwable> T assertThrowsExactly(Class<T> type, Executable code, Supplier<String> message) {
        return thrown(type, true, code::execute, message);
    }

    public static void assertDoesNotThrow(Executable code) { peaceful(result(code), null); }
    public static void assertDoesNotThrow(Executable code, String message) { peaceful(result(code), message); }
    public static void assertDoesNotThrow(Executable code, Supplier<String> message) { peaceful(result(code), message); }
    public static <T> T assertDoesNotThrow(ThrowingSupplier<T> code) { return peaceful(code, null); }
    public static <T> T assertDoesNotThrow(ThrowingSupplier<T> code, String message) { return peaceful(code, message); }
    public static <T> T assertDoesNotThrow(ThrowingSupplier<T> code, Supplier<String> message) { return peaceful(code, message); }

    public static void assertTimeout(Duration limit, Executable code) { timed(limit, result(code), null); }
    public static void assertTimeout(Duration limit, Executable code, String message) { timed(limit, result(code), message); }
    public static void assertTimeout(Duration limit, Executable code, Supplier<String> message) { timed(limit, result(code), message); }
    public static <T> T assertTimeout(Duration limit, ThrowingSupplier<T> code) { return timed(limit, code, null); }
    public static <T> T assertTimeout(Duration limit, ThrowingSupplier<T> code, String message) { return timed(limit, code, message); }
    public static <T> T assertTimeout(Duration limit, ThrowingSupplier<T> code, Supplier<String> message) {
        return timed(limit, code, message);
    }

    public static void assertTimeoutPreemptively(Duration limit, Executable code) { timed(limit, result(code), null); }
    public static void assertTimeoutPreemptively(Duration limit, Executable code, String message) { timed(limit, result(code), message); }
    public static void assertTimeoutPreemptively(Duration limit, Executable code, Supplier<String> message) {
        timed(limit, result(code), message);
    }
    public static <T> T assertTimeoutPreemptively(Duration limit, ThrowingSupplier<T> code) { return timed(limit, code, null); }
    public static <T> T assertTimeoutPreemptively(Duration limit, ThrowingSupplier<T> code, String message) {
        return timed(limit, code, message);
    }
    public static <T> T assertTimeoutPreemptively(Duration limit, ThrowingSupplier<T> code, Supplier<String> message) {
        return timed(limit, code, message);
    }

    public static void assertAll(Executable... codes) { all(null, Stream.of(codes)); }
    public static void assertAll(String heading, Executable... codes) { all(heading, Stream.of(codes)); }
    public static void assertAll(Collection<Executable> codes) { all(null, codes.stream()); }
    public static void assertAll(String heading, Collection<Executable> codes) { all(heading, codes.stream()); }
    public static void assertAll(Stream<Executable> codes) { all(null, codes); }
    public static void assertAll(String heading, Stream<Executable> codes) { all(heading, codes); }

    public static <T> T fail() { return fail("failed"); }
    public static <T> T fail(String message) { return fail(message, null); }
    public static <T> T fail(Throwable cause) { return fail(null, cause); }
    public static <T> T fail(Supplier<String> message) { return fail(message.get()); }
    public static <T> T fail(String message, Throwable cause) { throw new AssertionFailedError(message, cause); }

    private static void lines(List<String> expected, List<String> actual, Object message) {
        that(match(expected, actual), () -> difference(expected, actual), message);
    }

    // An expected line may be a regular expression, and ">> 3 >>" or ">> text >>" stands for so many or any number of lines.
    private static boolean match(List<String> expected, List<String> actual) {
        if (expected.isEmpty()) return actual.isEmpty();
        var line = expected.get(0).strip();
        var rest = expected.subList(1, expected.size());
        if (line.matches(">>.*>>")) {
            var skipped = line.replace(">>", "").strip();
            var isCount = skipped.matches("\\d+");
            return IntStream.rangeClosed(0, actual.size()).filter(count -> !isCount || count == Integer.parseInt(skipped))
                .anyMatch(count -> match(rest, actual.subList(count, actual.size())));
        }

        return !actual.isEmpty() && (expected.get(0).equals(actual.get(0)) || isPattern(expected.get(0), actual.get(0)))
            && match(rest, actual.subList(1, actual.size()));
    }

    private static boolean isPattern(String pattern, String line) {
        try {
            return line.matches(pattern);
        } catch (PatternSyntaxException none) {
            return false;
        }
    }

    private static <T> T instance(Class<T> type, Object actual, Object message) {
        that(type.isInstance(actual), () -> "expected an instance of " + type.getName() + " but was: <" + text(actual) + ">", message);
        return type.cast(actual);
    }

    private static ThrowingSupplier<Object> result(Executable code) {
        return () -> {
            code.execute();
            return null;
        };
    }

    private static <T> T peaceful(ThrowingSupplier<T> code, Object message) {
        try {
            return code.get();
        } catch (Throwable thrown) {
            throw failed("unexpected exception thrown: " + thrown, message, thrown);
        }
    }

    // The code runs in place, so that code that never ends is not stopped.
    private static <T> T timed(Duration limit, ThrowingSupplier<T> code, Object message) {
        var start = System.nanoTime();
        try {
            var result = code.get();
            var time = Duration.ofNanos(System.nanoTime() - start);
            that(time.compareTo(limit) <= 0, () -> "it took " + time.toMillis() + " ms instead of " + limit.toMillis() + " ms", message);
            return result;
        } catch (Throwable thrown) {
            throw raise(thrown);
        }
    }

    // Runs all. Throws the first error, with the others suppressed.
    private static void all(String heading, Stream<Executable> codes) {
        var errors = new ArrayList<Throwable>();
        codes.forEach(code -> {
            try {
                code.execute();
            } catch (Throwable error) {
                errors.add(error);
            }
        });
        if (errors.isEmpty()) return;
        var first = errors.get(0);
        errors.stream().filter(error -> error != first).forEach(first::addSuppressed);
        if (heading != null && first instanceof AssertionError) throw failed(first.getMessage(), heading, first);
        throw raise(first);
    }
}
@@file org/junit/jupiter/api/Assumptions.java
package org.junit.jupiter.api;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

public class Assumptions {
    protected Assumptions() {}

    public static void assumeTrue(boolean condition) { assumeTrue(condition, "assumption is not true"); }
    public static void assumeTrue(BooleanSupplier condition) { assumeTrue(condition.getAsBoolean()); }
    public static void assumeFalse(boolean condition) { assumeTrue(!condition); }
    public static void assumeFalse(BooleanSupplier condition) { assumeTrue(!condition.getAsBoolean()); }
    public static void assumeFalse(boolean condition, String message) { assumeTrue(!condition, message); }

    public static void assumeTrue(boolean condition, String message) {
        if (!condition) throw new TestAbortedException(message);
    }

    public static void assumingThat(boolean condition, Executable code) {
        if (condition) Assertions.assertAll(code);
    }
}
@@file org/junit/jupiter/params/ParameterizedTest.java
package org.junit.jupiter.params;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface ParameterizedTest {
    String name() default "";
}
@@file org/junit/jupiter/params/provider/ValueSource.java
package org.junit.jupiter.params.provider;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface ValueSource {
    int[] ints() default {};
    long[] longs() default {};
    double[] doubles() default {};
    float[] floats() default {};
    short[] shorts() default {};
    byte[] bytes() default {};
    char[] chars() default {};
    boolean[] booleans() default {};
    String[] strings() default {};
    Class<?>[] classes() default {};
}
@@file org/junit/jupiter/params/provider/CsvSource.java
package org.junit.jupiter.params.provider;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface CsvSource {
    String[] value() default {};
    String textBlock() default "";
    char delimiter() default '\0';
    String delimiterString() default "";
    char quoteCharacter() default '\'';
    String emptyValue() default "";
    String[] nullValues() default {};
    boolean ignoreLeadingAndTrailingWhitespace() default true;
    boolean useHeadersInDisplayName() default false;
}
@@file org/junit/jupiter/params/provider/MethodSource.java
package org.junit.jupiter.params.provider;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface MethodSource {
    String[] value() default {};
}
@@file org/junit/jupiter/params/provider/EnumSource.java
package org.junit.jupiter.params.provider;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface EnumSource {
    /** By default, the type of the test's parameter. */
    Class<?> value() default Enum.class;
    String[] names() default {};
    Mode mode() default Mode.INCLUDE;

    enum Mode { INCLUDE, EXCLUDE, MATCH_ALL, MATCH_ANY }
}
@@file org/junit/jupiter/params/provider/NullSource.java
package org.junit.jupiter.params.provider;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface NullSource {}
@@file org/junit/jupiter/params/provider/EmptySource.java
package org.junit.jupiter.params.provider;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface EmptySource {}
@@file org/junit/jupiter/params/provider/NullAndEmptySource.java
package org.junit.jupiter.params.provider;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface NullAndEmptySource {}
@@file org/junit/jupiter/params/provider/Arguments.java
package org.junit.jupiter.params.provider;

public interface Arguments {
    Object[] get();

    static Arguments of(Object... arguments) { return () -> arguments; }
    static Arguments arguments(Object... arguments) { return () -> arguments; }
}
@@file org/junit/Test.java
package org.junit;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface Test {
    Class<? extends Throwable> expected() default None.class;
    /** Accepted without effect. */
    long timeout() default 0;

    class None extends Throwable {}
}
@@file org/junit/Before.java
package org.junit;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface Before {}
@@file org/junit/After.java
package org.junit;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface After {}
@@file org/junit/BeforeClass.java
package org.junit;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface BeforeClass {}
@@file org/junit/AfterClass.java
package org.junit;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface AfterClass {}
@@file org/junit/Ignore.java
package org.junit;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface Ignore {
    String value() default "";
}
@@file org/junit/FixMethodOrder.java
package org.junit;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
/** Accepted without effect: tests run by name. */
public @interface FixMethodOrder {
    org.junit.runners.MethodSorters value();
}
@@file org/junit/runners/MethodSorters.java
package org.junit.runners;

public enum MethodSorters { NAME_ASCENDING, JVM, DEFAULT }
@@file org/junit/runners/JUnit4.java
package org.junit.runners;

public class JUnit4 {}
@@file org/junit/runner/RunWith.java
package org.junit.runner;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface RunWith {
    Class<?> value();
}
@@file org/junit/AssumptionViolatedException.java
package org.junit;

public class AssumptionViolatedException extends RuntimeException {
    public AssumptionViolatedException(String message) { super(message); }
}
@@file org/junit/Assume.java
package org.junit;

public class Assume {
    public static void assumeTrue(boolean condition) { assumeTrue("assumption is not true", condition); }
    public static void assumeFalse(boolean condition) { assumeTrue(!condition); }
    public static void assumeNotNull(Object value) { assumeTrue(value != null); }

    public static void assumeTrue(String message, boolean condition) {
        if (!condition) throw new AssumptionViolatedException(message);
    }
}
@@file org/junit/function/ThrowingRunnable.java
package org.junit.function;

@FunctionalInterface
public interface ThrowingRunnable {
    void run() throws Throwable;
}
@@file org/junit/Assert.java
package org.junit;

import static xcoder.Checks.*;

import org.hamcrest.Matcher;
import org.hamcrest.MatcherAssert;
import org.junit.function.ThrowingRunnable;

public class Assert {
    protected Assert() {}

    public static void assertTrue(boolean condition) { isTrue(condition, null); }
    public static void assertTrue(String message, boolean condition) { isTrue(condition, message); }
    public static void assertFalse(boolean condition) { isFalse(condition, null); }
    public static void assertFalse(String message, boolean condition) { isFalse(condition, message); }
    public static void assertNull(Object actual) { isNull(actual, null); }
    public static void assertNull(String message, Object actual) { isNull(actual, message); }
    public static void assertNotNull(Object actual) { notNull(actual, null); }
    public static void assertNotNull(String message, Object actual) { notNull(actual, message); }

    public static void assertEquals(Object expected, Object actual) { equal(expected, actual, null); }
    public static void assertEquals(String message, Object expected, Object actual) { equal(expected, actual, message); }
    public static void assertEquals(long expected, long actual) { equal(expected, actual, null); }
    public static void assertEquals(String message, long expected, long actual) { equal(expected, actual, message); }
    public static void assertEquals(double expected, double actual, double delta) { near(expected, actual, delta, null); }
    public static void assertEquals(String message, double expected, double actual, double delta) {
        near(expected, actual, delta, message);
    }
    public static void assertEquals(float expected, float actual, float delta) { near(expected, actual, delta, null); }
    public static void assertEquals(String message, float expected, float actual, float delta) { near(expected, actual, delta, message); }
    public static void assertEquals(Object[] expected, Object[] actual) { deepEqual(expected, actual, 0, null); }
    public static void assertEquals(String message, Object[] expected, Object[] actual) { deepEqual(expected, actual, 0, message); }
    public static void assertEquals(double expected, double actual) { that(false, () -> "assertEquals of double needs a delta", null); }
    public static void assertEquals(String message, double expected, double actual) {
        that(false, () -> "assertEquals of double needs a delta", message);
    }

    public static void assertNotEquals(Object unexpected, Object actual) { notEqual(unexpected, actual, null); }
    public static void assertNotEquals(String message, Object unexpected, Object actual) { notEqual(unexpected, actual, message); }
    public static void assertNotEquals(long unexpected, long actual) { notEqual(unexpected, actual, null); }
    public static void assertNotEquals(String message, long unexpected, long actual) { notEqual(unexpected, actual, message); }
    public static void assertNotEquals(double unexpected, double actual, double delta) { notNear(unexpected, actual, delta, null); }
    public static void assertNotEquals(String message, double unexpected, double actual, double delta) {
        notNear(unexpected, actual, delta, message);
    }

    public static void assertSame(Object expected, Object actual) { same(expected, actual, null); }
    public static void assertSame(String message, Object expected, Object actual) { same(expected, actual, message); }
    public static void assertNotSame(Object unexpected, Object actual) { notSame(unexpected, actual, null); }
    public static void assertNotSame(String message, Object unexpected, Object actual) { notSame(unexpected, actual, message); }

    public static void assertArrayEquals(Object expected, Object actual) { deepEqual(expected, actual, 0, null); }
    public static void assertArrayEquals(String message, Object expected, Object actual) { deepEqual(expected, actual, 0, message); }
    public static void assertArrayEquals(double[] expected, double[] actual, double delta) { deepEqual(expected, actual, delta, null); }
    public static void assertArrayEquals(String message, double[] expected, double[] actual, double delta) {
        deepEqual(expected, actual, delta, message);
    }
    public static void assertArrayEquals(float[] expected, float[] actual, float delta) { deepEqual(expected, actual, delta, null); }
    public static void assertArrayEquals(String message, float[] expected, float[] actual, float delta) {
        deepEqual(expected, actual, delta, message);
    }

    public static <T extends Throwable> T assertThrows(Class<T> type, ThrowingRunnable code) { return assertThrows(null, type, code); }

    public static <T extends Throwable> T assertThrows(String message, Class<T> type, ThrowingRunnable code) {
        return thrown(type, false, code::run, message);
    }

    public static <T> void assertThat(T actual, Matcher<? super T> matcher) { MatcherAssert.assertThat(actual, matcher); }

    public static <T> void assertThat(String reason, T actual, Matcher<? super T> matcher) {
        MatcherAssert.assertThat(reason, actual, matcher);
    }

    public static void fail() { fail(null); }
    public static void fail(String message) { throw new AssertionError(message); }
}
@@file junit/framework/TestCase.java
package junit.framework;

public abstract class TestCase extends org.junit.Assert {
    protected TestCase() {}
    protected TestCase(String name) {}

    protected void setUp() throws Exception {}
    protected void tearDown() throws Exception {}
}
@@file org/testng/annotations/BeforeMethod.java
package org.testng.annotations;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface BeforeMethod {
    boolean alwaysRun() default false;
}
@@file org/testng/annotations/AfterMethod.java
package org.testng.annotations;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface AfterMethod {
    boolean alwaysRun() default false;
}
@@file org/testng/annotations/BeforeClass.java
package org.testng.annotations;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface BeforeClass {
    boolean alwaysRun() default false;
}
@@file org/testng/annotations/AfterClass.java
package org.testng.annotations;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface AfterClass {
    boolean alwaysRun() default false;
}
@@file org/testng/annotations/DataProvider.java
package org.testng.annotations;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface DataProvider {
    String name() default "";
}
@@file org/testng/annotations/Test.java
package org.testng.annotations;

import java.lang.annotation.*;

@Retention(RetentionPolicy.RUNTIME)
public @interface Test {
    String dataProvider() default "";
    Class<?> dataProviderClass() default Object.class;
    boolean enabled() default true;
    Class<? extends Throwable>[] expectedExceptions() default {};
    String expectedExceptionsMessageRegExp() default ".*";
    int invocationCount() default 1;
    int priority() default 0;
    // Accepted without effect:
    String description() default "";
    String[] groups() default {};
    String[] dependsOnMethods() default {};
    long timeOut() default 0;
}
@@file org/testng/SkipException.java
package org.testng;

public class SkipException extends RuntimeException {
    public SkipException(String message) { super(message); }
}
@@file org/testng/Assert.java
package org.testng;

import static xcoder.Checks.*;

import java.util.ArrayList;
import java.util.Arrays;

/** The actual value comes first. */
public class Assert {
    protected Assert() {}

    public static void assertTrue(boolean condition) { isTrue(condition, null); }
    public static void assertTrue(boolean condition, String message) { isTrue(condition, message); }
    public static void assertFalse(boolean condition) { isFalse(condition, null); }
    public static void assertFalse(boolean condition, String message) { isFalse(condition, message); }
    public static void assertNull(Object actual) { isNull(actual, null); }
    public static void assertNull(Object actual, String message) { isNull(actual, message); }
    public static void assertNotNull(Object actual) { notNull(actual, null); }
    public static void assertNotNull(Object actual, String message) { notNull(actual, message); }
    public static void assertEquals(Object actual, Object expected) {
        that(isEqual(actual, expected), () -> difference(expected, actual), null);
    }
    public static void assertEquals(Object actual, Object expected, String message) {
        that(isEqual(actual, expected), () -> difference(expected, actual), message);
    }
    public static void assertEquals(double actual, double expected, double delta) { near(expected, actual, delta, null); }
    public static void assertEquals(double actual, double expected, double delta, String message) {
        near(expected, actual, delta, message);
    }
    public static void assertNotEquals(Object actual, Object unexpected) {
        that(!isEqual(actual, unexpected), () -> "expected: not " + text(actual), null);
    }
    public static void assertNotEquals(Object actual, Object unexpected, String message) {
        that(!isEqual(actual, unexpected), () -> "expected: not " + text(actual), message);
    }
    public static void assertNotEquals(double actual, double unexpected, double delta) { notNear(unexpected, actual, delta, null); }
    public static void assertNotEquals(double actual, double unexpected, double delta, String message) {
        notNear(unexpected, actual, delta, message);
    }
    public static void assertEqualsNoOrder(Object[] actual, Object[] expected) {
        that(isPermutation(actual, expected), () -> difference(expected, actual), null);
    }
    public static void assertEqualsNoOrder(Object[] actual, Object[] expected, String message) {
        that(isPermutation(actual, expected), () -> difference(expected, actual), message);
    }
    public static void assertSame(Object actual, Object expected) { same(expected, actual, null); }
    public static void assertSame(Object actual, Object expected, String message) { same(expected, actual, message); }
    public static void assertNotSame(Object actual, Object unexpected) { notSame(unexpected, actual, null); }
    public static void assertNotSame(Object actual, Object unexpected, String message) { notSame(unexpected, actual, message); }

    public static void assertThrows(ThrowingRunnable code) { expectThrows(Throwable.class, code); }
    public static <T extends Throwable> void assertThrows(Class<T> type, ThrowingRunnable code) { expectThrows(type, code); }

    public static <T extends Throwable> T expectThrows(Class<T> type, ThrowingRunnable code) {
        return thrown(type, false, code::run, null);
    }

    public static void fail() { fail(null); }
    public static void fail(String message) { throw new AssertionError(message); }

    private static boolean isEqual(Object actual, Object expected) {
        return sameNumber(actual, expected) || isDeepEqual(actual, expected, 0);
    }

    private static boolean isPermutation(Object[] actual, Object[] expected) {
        var rest = new ArrayList<>(Arrays.asList(expected));
        return actual.length == expected.length && Arrays.stream(actual).allMatch(rest::remove);
    }

    @FunctionalInterface
    public interface ThrowingRunnable {
        void run() throws Throwable;
    }
}
@@file org/hamcrest/Matcher.java
package org.hamcrest;

public interface Matcher<T> {
    boolean matches(Object actual);
}
@@file org/hamcrest/MatcherAssert.java
package org.hamcrest;

import xcoder.Checks;

public class MatcherAssert {
    public static <T> void assertThat(T actual, Matcher<? super T> matcher) { assertThat(null, actual, matcher); }

    public static <T> void assertThat(String reason, T actual, Matcher<? super T> matcher) {
        Checks.that(matcher.matches(actual), () -> "Expected: " + matcher + " but: was <" + Checks.text(actual) + ">", reason);
    }

    public static void assertThat(String reason, boolean holds) {
        if (!holds) throw new AssertionError(reason);
    }
}
@@file org/hamcrest/Matchers.java
package org.hamcrest;

public class Matchers extends CoreMatchers {}
@@file org/hamcrest/CoreMatchers.java
package org.hamcrest;

import java.util.*;
import java.util.function.Predicate;
import xcoder.Checks;

/** Matchers of any type, so that the compiler accepts them wherever Hamcrest's own would do. */
public class CoreMatchers {
    public static <T> Matcher<T> is(Object expected) { return equalTo(expected); }
    public static <T> Matcher<T> is(Matcher<T> matcher) { return matcher; }
    public static <T> Matcher<T> not(Object unexpected) { return not(equalTo(unexpected)); }
    public static <T> Matcher<T> not(Matcher<T> matcher) { return of("not " + matcher, actual -> !matcher.matches(actual)); }
    public static <T> Matcher<T> nullValue() { return of("null", Objects::isNull); }
    public static <T> Matcher<T> notNullValue() { return of("not null", Objects::nonNull); }
    public static <T> Matcher<T> sameInstance(Object expected) { return of("same as " + expected, actual -> actual == expected); }
    public static <T> Matcher<T> instanceOf(Class<?> type) { return of("an instance of " + type.getName(), type::isInstance); }
    public static <T> Matcher<T> any(Class<?> type) { return instanceOf(type); }

    public static <T> Matcher<T> equalTo(Object expected) {
        return of("<" + Checks.text(expected) + ">", actual -> Objects.equals(actual, expected)
            || expected != null && expected.getClass().isArray() && Checks.isDeepEqual(actual, expected, 0));
    }

    @SafeVarargs
    public static <T> Matcher<T> allOf(Matcher<? super T>... all) {
        return of("all of " + Arrays.toString(all), actual -> Arrays.stream(all).allMatch(matcher -> matcher.matches(actual)));
    }

    @SafeVarargs
    public static <T> Matcher<T> anyOf(Matcher<? super T>... any) {
        return of("any of " + Arrays.toString(any), actual -> Arrays.stream(any).anyMatch(matcher -> matcher.matches(actual)));
    }

    public static <T> Matcher<T> containsString(String part) { return of("text with " + part, actual -> text(actual).contains(part)); }
    public static <T> Matcher<T> startsWith(String part) { return of("text from " + part, actual -> text(actual).startsWith(part)); }
    public static <T> Matcher<T> endsWith(String part) { return of("text up to " + part, actual -> text(actual).endsWith(part)); }
    public static <T> Matcher<T> emptyString() { return of("empty text", ""::equals); }

    public static <T> Matcher<T> greaterThan(Comparable<?> bound) { return compared("> ", bound, order -> order > 0); }
    public static <T> Matcher<T> greaterThanOrEqualTo(Comparable<?> bound) { return compared(">= ", bound, order -> order >= 0); }
    public static <T> Matcher<T> lessThan(Comparable<?> bound) { return compared("< ", bound, order -> order < 0); }
    public static <T> Matcher<T> lessThanOrEqualTo(Comparable<?> bound) { return compared("<= ", bound, order -> order <= 0); }

    public static <T> Matcher<T> closeTo(double expected, double delta) {
        return of("within " + delta + " of " + expected,
            actual -> actual instanceof Number number && Checks.isNear(number.doubleValue(), expected, delta));
    }

    public static <T> Matcher<T> empty() { return hasSize(0); }
    public static <T> Matcher<T> hasSize(int size) { return of("of size " + size, actual -> items(actual).size() == size); }
    public static <T> Matcher<T> hasItem(Object item) { return hasItems(item); }
    public static <T> Matcher<T> hasKey(Object key) { return of("a map with " + key, actual -> ((Map<?, ?>) actual).containsKey(key)); }

    public static <T> Matcher<T> hasEntry(Object key, Object value) {
        return of("a map with " + key + "=" + value, actual -> ((Map<?, ?>) actual).entrySet().contains(Map.entry(key, value)));
    }

    public static <T> Matcher<T> everyItem(Matcher<?> matcher) {
        return of("every item " + matcher, actual -> items(actual).stream().allMatch(matcher::matches));
    }

    public static <T> Matcher<T> hasItems(Object... expected) {
        return of("with items " + Checks.text(expected),
            actual -> Arrays.stream(expected).allMatch(item -> items(actual).stream().anyMatch(matcher(item)::matches)));
    }

    public static <T> Matcher<T> contains(Object... expected) {
        return of("with the items " + Checks.text(expected), actual -> {
            var items = items(actual).iterator();
            return Arrays.stream(expected).allMatch(item -> items.hasNext() && matcher(item).matches(items.next())) && !items.hasNext();
        });
    }

    public static <T> Matcher<T> containsInAnyOrder(Object... expected) {
        return of("with, in any order, the items " + Checks.text(expected), actual -> {
            var rest = items(actual);
            return Arrays.stream(expected).allMatch(item -> {
                var index = rest.stream().map(matcher(item)::matches).toList().indexOf(true);
                if (index >= 0) rest.remove(index);
                return index >= 0;
            }) && rest.isEmpty();
        });
    }

    private static Matcher<?> matcher(Object value) { return value instanceof Matcher<?> matcher ? matcher : equalTo(value); }

    private static String text(Object value) { return value instanceof String text ? text : ""; }

    // A copy, in order.
    private static List<Object> items(Object source) {
        var items = new ArrayList<>();
        ((Iterable<?>) source).forEach(items::add);
        return items;
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    private static <T> Matcher<T> compared(String sign, Comparable bound, Predicate<Integer> test) {
        return of(sign + bound, actual -> test.test(((Comparable) actual).compareTo(bound)));
    }

    private static <T> Matcher<T> of(String words, Predicate<Object> test) {
        return new Matcher<>() {
            @Override
            public boolean matches(Object actual) { return test.test(actual); }

            @Override
            public String toString() { return words; }
        };
    }
}
