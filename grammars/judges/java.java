@@common
class XCoderWire {
    static final java.io.PrintStream OUT = System.out;
    static java.io.BufferedReader input;

    static String next() {
        try {
            if (input == null) input = new java.io.BufferedReader(new java.io.InputStreamReader(new java.io.FileInputStream(System.getenv("XCODER_VALUES")), java.nio.charset.StandardCharsets.US_ASCII));
            return input.readLine();
        } catch (java.io.IOException error) {
            return null;
        }
    }

    static void line(String text) { System.out.flush(); OUT.print("\n{secret} " + text + "\n"); OUT.flush(); }

    static String hex(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) out.append(String.format("%02x", b & 255));
        return out.toString();
    }

    static String unhex(String digits) {
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    static String show(Object value, int depth) {
        if (depth > 60) throw new IllegalStateException("unprintable");
        if (value == null) return "n";
        if (value instanceof Boolean) return (Boolean) value ? "t" : "f";
        if (value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long || value instanceof java.math.BigInteger) return "i" + value + ";";
        if (value instanceof Double || value instanceof Float) return "d" + value + ";";
        if (value instanceof Character) return "c" + (int) (Character) value + ";";
        if (value instanceof String) return "s" + hex((String) value) + ";";
        if (value instanceof java.util.Optional) return ((java.util.Optional<?>) value).isPresent() ? "u1;" + show(((java.util.Optional<?>) value).get(), depth + 1) : "u0;";
        StringBuilder out = new StringBuilder();
        int count = 0;
        if (value.getClass().isArray()) {
            for (count = 0; count < java.lang.reflect.Array.getLength(value); count++) out.append(show(java.lang.reflect.Array.get(value, count), depth + 1));
            return "l" + count + ";" + out;
        }
        if (!value.getClass().getName().startsWith("java.util.")) throw new IllegalStateException("unprintable");
        if (value instanceof java.util.Map) {
            for (java.util.Map.Entry<?, ?> entry : ((java.util.Map<?, ?>) value).entrySet()) { out.append(show(entry.getKey(), depth + 1)).append(show(entry.getValue(), depth + 1)); count++; }
            return "m" + count + ";" + out;
        }
        if (!(value instanceof java.util.Collection)) throw new IllegalStateException("unprintable");
        for (Object item : (java.util.Collection<?>) value) { out.append(show(item, depth + 1)); count++; }
        return (value instanceof java.util.Set ? "e" : "l") + count + ";" + out;
    }

    final String text;
    int at;

    XCoderWire(String text) { this.text = text; }

    static Object read(String text, java.lang.reflect.Type type) { return new XCoderWire(text).read(type); }

    Object read(java.lang.reflect.Type type) {
        Class<?> raw = raw(type);
        char tag = text.charAt(at++);
        if (tag == 'n' || tag == 'v') return null;
        if (tag == 't' || tag == 'f') return tag == 't';
        int end = text.indexOf(';', at);
        String digits = text.substring(at, end);
        at = end + 1;
        if (tag == 'i' || tag == 'd') return number(digits, raw, tag);
        if (tag == 'c') return raw == int.class || raw == Integer.class ? (Object) Integer.parseInt(digits) : (Object) (char) Integer.parseInt(digits);
        if (tag == 's') return unhex(digits);
        int count = Integer.parseInt(digits);
        if (tag == 'u') return count == 0 ? java.util.Optional.empty() : java.util.Optional.of(read(argument(type, 0)));
        if (raw.isArray()) {
            java.lang.reflect.Type item = type instanceof java.lang.reflect.GenericArrayType ? ((java.lang.reflect.GenericArrayType) type).getGenericComponentType() : raw.getComponentType();
            Object array = java.lang.reflect.Array.newInstance(raw(item), count);
            for (int i = 0; i < count; i++) java.lang.reflect.Array.set(array, i, read(item));
            return array;
        }
        if (tag == 'm') {
            java.util.Map<Object, Object> map = java.util.NavigableMap.class.isAssignableFrom(raw) || raw == java.util.SortedMap.class ? new java.util.TreeMap<>() : new java.util.LinkedHashMap<>();
            for (int i = 0; i < count; i++) { Object key = read(argument(type, 0)); map.put(key, read(argument(type, 1))); }
            return map;
        }
        java.util.Collection<Object> items = tag == 'e' || java.util.Set.class.isAssignableFrom(raw) ? (java.util.SortedSet.class.isAssignableFrom(raw) ? new java.util.TreeSet<>() : new java.util.LinkedHashSet<>())
            : raw == java.util.PriorityQueue.class ? new java.util.PriorityQueue<>() : raw == java.util.ArrayDeque.class ? new java.util.ArrayDeque<>()
            : raw == java.util.LinkedList.class || raw == java.util.Deque.class || raw == java.util.Queue.class ? new java.util.LinkedList<>() : new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) items.add(read(argument(type, 0)));
        return items;
    }

    static Object number(String digits, Class<?> raw, char tag) {
        if (raw == int.class || raw == Integer.class) return Integer.parseInt(digits);
        if (raw == long.class || raw == Long.class) return Long.parseLong(digits);
        if (raw == short.class || raw == Short.class) return Short.parseShort(digits);
        if (raw == byte.class || raw == Byte.class) return Byte.parseByte(digits);
        if (raw == float.class || raw == Float.class) return Float.parseFloat(digits);
        if (raw == double.class || raw == Double.class || tag == 'd') return Double.parseDouble(digits);
        java.math.BigInteger number = new java.math.BigInteger(digits);
        return raw == java.math.BigInteger.class ? (Object) number : number.bitLength() < 32 ? (Object) number.intValue() : number.bitLength() < 64 ? (Object) number.longValue() : number;
    }

    static Class<?> raw(java.lang.reflect.Type type) {
        if (type instanceof Class) return (Class<?>) type;
        if (type instanceof java.lang.reflect.ParameterizedType) return raw(((java.lang.reflect.ParameterizedType) type).getRawType());
        if (type instanceof java.lang.reflect.GenericArrayType) return java.lang.reflect.Array.newInstance(raw(((java.lang.reflect.GenericArrayType) type).getGenericComponentType()), 0).getClass();
        if (type instanceof java.lang.reflect.WildcardType) return raw(((java.lang.reflect.WildcardType) type).getUpperBounds()[0]);
        return Object.class;
    }

    static java.lang.reflect.Type argument(java.lang.reflect.Type type, int index) {
        return type instanceof java.lang.reflect.ParameterizedType && ((java.lang.reflect.ParameterizedType) type).getActualTypeArguments().length > index ? ((java.lang.reflect.ParameterizedType) type).getActualTypeArguments()[index] : Object.class;
    }

    static java.lang.reflect.Method find(Class<?> owner, String name, int count) {
        for (java.lang.reflect.Method method : owner.getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == count && !method.isBridge() && !method.isSynthetic()) { method.setAccessible(true); return method; }
        }
        throw new IllegalStateException("there is no method " + name);
    }

    // All values of a wire list, each of its own type.
    static Object[] list(String text, java.lang.reflect.Type[] types) {
        XCoderWire wire = new XCoderWire(text);
        wire.at = text.indexOf(';') + 1;
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) values[i] = wire.read(types[i]);
        return values;
    }
}

@@answer
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import java.math.*;
{code}
{common}
class XCoderMain {
    static final Object[][] TABLE = { {entries} };

    public static void main(String[] args) throws Throwable {
        for (String text; (text = XCoderWire.next()) != null;) {
            String[] parts = text.split(" ");
            String shown, after;
            try {
                Object[] row = null;
                for (Object[] entry : TABLE) if (entry[0].equals(parts[1])) row = entry;
                java.lang.reflect.Method method = XCoderWire.find((Class<?>) row[1], (String) row[2], (Integer) row[3]);
                Object host = null;
                if (!java.lang.reflect.Modifier.isStatic(method.getModifiers())) {
                    java.lang.reflect.Constructor<?> constructor = ((Class<?>) row[1]).getDeclaredConstructor();
                    constructor.setAccessible(true);
                    host = constructor.newInstance();
                }
                Object[] values = XCoderWire.list(parts[2], method.getGenericParameterTypes());
                Object result;
                try {
                    result = method.invoke(host, values);
                } catch (java.lang.reflect.InvocationTargetException error) {
                    Throwable cause = error.getCause();
                    XCoderWire.line("! " + parts[0] + " s" + XCoderWire.hex(cause.getClass().getName()) + "; s" + XCoderWire.hex(String.valueOf(cause.getMessage())) + ";");
                    continue;
                }
                after = XCoderWire.show(values, 0);
                shown = XCoderWire.show(result, 0);
            } catch (Exception error) {
                XCoderWire.line("# " + parts[0]);
                continue;
            }
            XCoderWire.line("= " + parts[0] + " " + shown + " " + after);
        }
    }
}

@@judge
import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import java.math.*;
{tests}
{common}
class XCoderJudge {
    // What tests can import whole: a class of the answer would stand before one of the same name in it. Windows and beans are not tested.
    static final java.util.List<String> SPACES = ModuleLayer.boot().modules().stream().flatMap(module -> module.getPackages().stream())
        .filter(space -> space.startsWith("java.") && !space.startsWith("java.awt") && !space.startsWith("java.beans")).toList();
    static final java.util.Set<String> KNOWN = new java.util.HashSet<>();

    static void refuse(String reason) { XCoderWire.line("# " + reason); Runtime.getRuntime().halt(3); }

    @SuppressWarnings("unchecked")
    static <E extends Throwable> void raise(Throwable error) throws E { throw (E) error; }

    @SuppressWarnings("unchecked")
    static <R> R ask(Class<?> owner, String key, String name, Object[] arguments) {
        if (KNOWN.add(owner.getSimpleName())) {
            for (String space : SPACES) {
                try { Class.forName(space + "." + owner.getSimpleName(), false, null); refuse("the answer redefines '" + owner.getSimpleName() + "'"); } catch (ClassNotFoundException error) { }
            }
        }
        java.lang.reflect.Method method = XCoderWire.find(owner, name, arguments.length);
        String shown = null;
        try { shown = XCoderWire.show(arguments, 0); } catch (IllegalStateException error) { refuse("the tests pass something that is no value"); }
        XCoderWire.line("? " + key + " " + shown);
        String[] reply = XCoderWire.next().split(" ");
        if (reply[0].equals("!")) {
            String type = (String) XCoderWire.read(reply[1], String.class), message = (String) XCoderWire.read(reply[2], String.class);
            Throwable error = new RuntimeException(message);
            try {
                Class<?> kind = Class.forName(type);
                if (Throwable.class.isAssignableFrom(kind) && type.startsWith("java.")) {
                    try { error = (Throwable) kind.getConstructor(String.class).newInstance(message); } catch (NoSuchMethodException none) { error = (Throwable) kind.getConstructor().newInstance(); }
                }
            } catch (ReflectiveOperationException none) { }
            XCoderJudge.<RuntimeException>raise(error);
        }
        Object[] after = reply[2].charAt(0) == 'l' ? XCoderWire.list(reply[2], method.getGenericParameterTypes()) : new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) restore(arguments[i], after[i]);
        return (R) XCoderWire.read(reply[1], method.getGenericReturnType());
    }

    @SuppressWarnings("unchecked")
    static void restore(Object before, Object now) {
        if (before == null || now == null || before.equals(now)) return;
        try {
            if (before.getClass().isArray()) {
                for (int i = 0; i < java.lang.reflect.Array.getLength(before); i++) {
                    Object item = java.lang.reflect.Array.get(before, i);
                    if (item != null && item.getClass().isArray()) restore(item, java.lang.reflect.Array.get(now, i)); else java.lang.reflect.Array.set(before, i, java.lang.reflect.Array.get(now, i));
                }
            } else if (before instanceof java.util.Collection && now instanceof java.util.Collection) {
                ((java.util.Collection<Object>) before).clear();
                ((java.util.Collection<Object>) before).addAll((java.util.Collection<Object>) now);
            } else if (before instanceof java.util.Map && now instanceof java.util.Map) {
                ((java.util.Map<Object, Object>) before).clear();
                ((java.util.Map<Object, Object>) before).putAll((java.util.Map<Object, Object>) now);
            }
        } catch (UnsupportedOperationException fixed) { }
    }
}
{stubs}
class XCoderMain {
    public static void main(String[] args) throws Throwable {
        Tests.run();
        XCoderWire.line("$");
    }
}
