import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import java.math.*;
{code}

class XCoderMain {
    static final java.io.PrintStream OUT = System.out;
    static int from = Integer.parseInt(System.getenv().getOrDefault("XCODER_FROM", "0"));

    static void line(String text) { System.out.flush(); OUT.print("\n{secret} " + text + "\n"); OUT.flush(); }

    static String text(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < 32 || c > 126) out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        return out.append('"').toString();
    }

    static String show(Object value, int depth) {
        if (depth > 30) throw new IllegalStateException("unprintable");
        if (value == null) return "null";
        if (value instanceof Boolean || value instanceof Number) return value.toString();
        if (value instanceof Character) return "'" + (int) (Character) value;
        if (value instanceof CharSequence) return text(value.toString());
        if (value instanceof Enum) return text(((Enum<?>) value).name());
        if (value instanceof Optional) return show(((Optional<?>) value).orElse(null), depth + 1);
        StringJoiner items = new StringJoiner(",", value instanceof Set ? "S[" : value instanceof Map ? "M[" : "[", "]");
        if (value.getClass().isArray()) {
            for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) items.add(show(java.lang.reflect.Array.get(value, i), depth + 1));
            return items.toString();
        }
        if (value instanceof Map) {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) items.add("[" + show(entry.getKey(), depth + 1) + "," + show(entry.getValue(), depth + 1) + "]");
            return items.toString();
        }
        Iterator<?> all = value instanceof Iterable ? ((Iterable<?>) value).iterator() : value instanceof Iterator ? (Iterator<?>) value : value instanceof BaseStream ? ((BaseStream<?, ?>) value).iterator() : null;
        if (all == null) throw new IllegalStateException("unprintable: " + value.getClass().getName());
        for (int i = 0; all.hasNext() && i < 1000; i++) items.add(show(all.next(), depth + 1));
        return items.toString();
    }

    static void call(int index, Class<?> owner, String name, Object[] arguments) {
        if (index < from) return;
        line("@ " + index);
        String line;
        try {
            java.lang.reflect.Method found = null;
            for (java.lang.reflect.Method method : owner.getDeclaredMethods()) {
                if (method.getName().equals(name) && method.getParameterCount() == arguments.length && !method.isBridge() && fits(method, arguments)) found = method;
            }
            if (found == null) throw new NoSuchMethodException(name);
            found.setAccessible(true);
            Object host = null;
            if (!java.lang.reflect.Modifier.isStatic(found.getModifiers())) {
                java.lang.reflect.Constructor<?> constructor = owner.getDeclaredConstructor();
                constructor.setAccessible(true);
                host = constructor.newInstance();
            }
            Object result = found.invoke(host, arguments);
            line = "= " + index + " " + show(result, 0) + "\t" + show(arguments, 0);
        } catch (java.lang.reflect.InvocationTargetException error) {
            line = "! " + index + " " + plain(error.getCause());
        } catch (Throwable error) {
            line = "! " + index + " driver " + plain(error);
        }
        line(line);
    }

    static boolean fits(java.lang.reflect.Method method, Object[] arguments) {
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) if (!types[i].isPrimitive() && arguments[i] != null && !types[i].isInstance(arguments[i])) return false;
        return true;
    }

    static String plain(Throwable error) {
        String text = error.toString().replaceAll("[^\\x20-\\x7e]+", " ");
        return text.substring(0, Math.min(200, text.length()));
    }

    static class Calls {
        static void run() throws Throwable {
{calls}
        }
    }

    public static void main(String[] args) throws Throwable {
        Calls.run();
        line("$");
    }
}
