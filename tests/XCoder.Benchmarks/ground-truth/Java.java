import com.sun.source.tree.*;
import com.sun.source.util.*;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.regex.*;
import javax.tools.*;

/**
 * Compares extracted Java functions with what javac's own parser sees.
 *
 * <p>Run with {@code java Java.java ROOT SNIPPETS.jsonl [SHOWN]} on JDK 17 or later. ROOT is a folder of sources;
 * SNIPPETS.jsonl is what {@code xcoder index ROOT --no-embed} and then {@code xcoder snippets --format jsonl} give:
 * one snippet a line with at least path (relative to ROOT), kind, name, endLine. Files javac
 * cannot parse are left out on both sides, files without a line in SNIPPETS.jsonl count as missed. What is compared
 * is the multiset of (path, name, last line) of methods with and without body, annotation elements, constructors,
 * compact constructors, and lambdas that initialise a variable or field. SHOWN differences of each side are printed
 * (default 20). Exit code 1 if recall or precision is below 0.98.
 */
public final class Java {
    private static final double GOAL = 0.98;
    private static final Set<String> FUNCTIONS = Set.of("function", "method", "constructor");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        int shown = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        Map<String, Integer> expected = new TreeMap<>();
        Set<String> readable = new HashSet<>();
        int files = 0;
        try (var walk = Files.walk(root)) {
            for (Path file : (Iterable<Path>) walk.filter(path -> path.toString().endsWith(".java") && Files.isRegularFile(path)).sorted()::iterator) {
                files++;
                String path = root.relativize(file).toString().replace('\\', '/');
                List<String> found = parse(file, path);
                if (found != null) {
                    readable.add(path);
                    found.forEach(key -> expected.merge(key, 1, Integer::sum));
                }
            }
        }

        Map<String, Integer> actual = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            String path = field(line, "path");
            if (FUNCTIONS.contains(field(line, "kind")) && readable.contains(path)) {
                actual.merge(path + " " + field(line, "name") + " " + field(line, "endLine"), 1, Integer::sum);
            }
        }

        long both = 0;
        for (var entry : expected.entrySet()) {
            both += Math.min(entry.getValue(), actual.getOrDefault(entry.getKey(), 0));
        }

        long wanted = expected.values().stream().mapToInt(i -> i).sum();
        long given = actual.values().stream().mapToInt(i -> i).sum();
        show("missed", expected, actual, shown);
        show("extra", actual, expected, shown);
        double recall = wanted == 0 ? 1 : (double) both / wanted;
        double precision = given == 0 ? 1 : (double) both / given;
        System.out.printf(Locale.ROOT, "files %d, parsed by javac %d, functions %d, extracted %d, recall %.4f, precision %.4f%n",
            files, readable.size(), wanted, given, recall, precision);
        System.exit(recall < GOAL || precision < GOAL ? 1 : 0);
    }

    /** Keys of the file's functions, or null if javac reports a syntax error. */
    private static List<String> parse(Path file, String path) throws IOException {
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            var options = List.of("-proc:none");
            var task = (JavacTask) compiler.getTask(null, manager, diagnostics, options, null, manager.getJavaFileObjects(file));
            var unit = task.parse().iterator().next();
            if (diagnostics.getDiagnostics().stream().anyMatch(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)) {
                return null;
            }

            var found = new ArrayList<String>();
            new Functions(path, unit, Trees.instance(task).getSourcePositions(), found).scan(unit, null);
            return found;
        }
    }

    private static void show(String title, Map<String, Integer> of, Map<String, Integer> against, int limit) {
        of.entrySet().stream()
            .filter(entry -> entry.getValue() > against.getOrDefault(entry.getKey(), 0))
            .limit(limit)
            .forEach(entry -> System.out.println(title + " " + entry.getKey()));
    }

    /** Value of a top-level field of one flat JSON line. Of the escapes only those of characters matter in names and paths. */
    private static String field(String json, String name) {
        int at = json.indexOf("\"" + name + "\":");
        if (at < 0) {
            return "";
        }

        at += name.length() + 3;
        while (json.charAt(at) == ' ') {
            at++;
        }

        boolean text = json.charAt(at) == '"';
        int end = text ? json.indexOf('"', at + 1) : at;
        while (!text && end < json.length() && ",}".indexOf(json.charAt(end)) < 0) {
            end++;
        }

        return ESCAPE.matcher(json.substring(text ? at + 1 : at, end))
            .replaceAll(match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    private static final class Functions extends TreeScanner<Void, String> {
        private final String path;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        Functions(String path, CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.path = path;
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree node, String owner) {
            return super.visitClass(node, node.getSimpleName().toString());
        }

        @Override
        public Void visitMethod(MethodTree node, String owner) {
            boolean constructor = node.getName().contentEquals("<init>");
            // The parser gives anonymous classes no constructor, but later phases of javac do.
            if (!constructor || !owner.isEmpty()) {
                add(constructor ? owner : node.getName().toString(), node);
            }

            return super.visitMethod(node, owner);
        }

        @Override
        public Void visitVariable(VariableTree node, String owner) {
            if (node.getInitializer() instanceof LambdaExpressionTree) {
                add(node.getName().toString(), node);
            }

            return super.visitVariable(node, owner);
        }

        private void add(String name, Tree node) {
            long end = positions.getEndPosition(unit, node);
            found.add(path + " " + name + " " + unit.getLineMap().getLineNumber(Math.max(0, end - 1)));
        }
    }
}
