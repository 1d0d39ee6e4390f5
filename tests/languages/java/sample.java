package org.example.shapes;

import java.util.List;
import java.util.function.*;
import static java.lang.Math.PI;

/**
 * A shape.
 *
 * @param <T> unit of its sides
 */
@Entity(name = "shape")
public abstract class Shape<T extends Number> implements Comparable<Shape<T>> {
    private static final int LIMIT = 0x1F + 0b101 + 017 + 1_000;
    private double ratio = 1e-3, scale = 0x1.8p1;

    /** Doubles a number. */
    static final Function<Integer, Integer> TWICE = x -> x * 2;

    static {
        System.out.println("static blocks are not snippets");
    }

    /** Makes a shape. */
    protected Shape(List<T> sides, int... rest) {
        this.sides = sides;
    }

    // An ordinary comment documents nothing.
    @Override
    @Deprecated
    public int compareTo(Shape<T> other) {
        BiFunction<Integer, Integer, Integer> minus = (a, b) -> {
            return a - b;
        };
        Runnable anonymous = new Runnable() {
            @Override public void run() { minus.apply('a', '\n'); }
        };
        return minus.apply(1, 2);
    }

    /// Its area, in Markdown.
    public abstract double area(@NotNull Unit unit) throws Missing;

    native void draw();

    <R> R map(Function<? super T, ? extends R> f) { return f.apply(null); }

    /** Inner type. */
    static class Inner {
        void local() {
            record Pair(int left, int right) {}
            class Local { int id() { return 1; } }
        }
    }
}

interface Named {
    String PREFIX = "a \"quoted\" name";
    Supplier<String> NAME = () -> PREFIX;

    String name();

    /** With a body. */
    default String text() {
        return """
            text block "%s"
            """.formatted(name());
    }
}

@interface Marker {
    /** How often. */
    int times() default 1;
}

enum Colour {
    RED, GREEN { @Override int code() { return 2; } };

    int code() { return 1; }
}

/** A point. */
record Point(int x, int y) {
    Point {
        if (x < 0) throw new IllegalArgumentException("x" + x);
    }

    Point(int both) { this(both, both); }

    static Point origin() { return new Point(0, 0); }
}

class ShapeTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void area(int side) {
        var text = switch (side) { case 1 -> "one"; default -> null; };
        for (Object o : List.of(true, 2L)) if (o instanceof Point(int x, var y) && x > y) return;
    }
}

class Broken {
    void broken(int x {
        return x +;
    }

    /** Still found. */
    int after(int x) { return x; }
}
