import java.util.ArrayList;
import java.util.List;

public class Text {
    /** Parses a duration like 90s, 5m or 2h into a number of seconds. */
    public static int parseDuration(String text) {
        int number = 0;
        for (char symbol : text.toCharArray()) {
            if (symbol >= '0' && symbol <= '9') {
                number = number * 10 + digit(symbol);
            } else if (symbol == 'm') {
                return number * 60;
            } else if (symbol == 'h') {
                return number * 3600;
            } else if (symbol != 's') {
                throw new IllegalArgumentException("unknown unit " + symbol);
            }
        }
        return number;
    }

    /** Encodes a list as pairs of a value and the length of its run. */
    public static List<int[]> encodeRuns(int[] values) {
        List<int[]> runs = newRuns();
        int previous = 0;
        int length = 0;
        for (int value : values) {
            if (length > 0 && value == previous) {
                length = length + 1;
            } else {
                if (length > 0) {
                    addRun(runs, previous, length);
                }
                previous = value;
                length = 1;
            }
        }
        if (length > 0) {
            addRun(runs, previous, length);
        }
        return runs;
    }

    /** Computes the Adler checksum of some bytes, modulo 65521. */
    public static long checksum(int[] data) {
        long low = 1;
        long high = 0;
        for (int b : data) {
            low = (low + b) % 65521;
            high = (high + low) % 65521;
        }
        return (high << 16) | low;
    }

    /** Describes items in one line, cut at a limit of characters. */
    public static String describe(List<Item> items, int limit) {
        return new Describer(items, limit, Locale.getDefault(), ", ").describe(items, limit);
    }

    public static String normalise(String path, String root) {
        String clean = path.replace('\\', '/');
        while (clean.contains("//")) {
            clean = clean.replace("//", "/");
        }
        return clean.startsWith(root) ? clean.substring(root.length()) : clean;
    }
}
