package com.mobileapiconnect.bridge.message;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;

/** Knows the class of each code point, from the file {@code grapheme-breaks.txt} beside this class. */
final class GraphemeClasses {

    private static final String FILE = "grapheme-breaks.txt";
    /** Begins the line before the ranges of a class. */
    private static final String CLASS = "= ";

    private static final int FIRST_SYLLABLE = 0xac00;
    private static final int LAST_SYLLABLE = 0xd7a3;
    private static final int FINALS = 28;

    private record Range(int last, GraphemeClass kind) {}

    private static final int[] FIRST;
    private static final Range[] RANGES;

    static {
        TreeMap<Integer, Range> ranges = read();
        FIRST = ranges.keySet().stream().mapToInt(Integer::intValue).toArray();
        RANGES = ranges.values().toArray(new Range[0]);
    }

    private GraphemeClasses() {}

    static GraphemeClass of(int c) {
        if (c < 0x7f) {
            return c == '\r'
                    ? GraphemeClass.CR
                    : c == '\n' ? GraphemeClass.LF : c < ' ' ? GraphemeClass.CONTROL : GraphemeClass.OTHER;
        }
        if (c >= FIRST_SYLLABLE && c <= LAST_SYLLABLE) {
            return (c - FIRST_SYLLABLE) % FINALS == 0 ? GraphemeClass.LV : GraphemeClass.LVT;
        }
        int found = Arrays.binarySearch(FIRST, c);
        int at = found >= 0 ? found : -found - 2;
        return at >= 0 && c <= RANGES[at].last() ? RANGES[at].kind() : GraphemeClass.OTHER;
    }

    private static TreeMap<Integer, Range> read() {
        TreeMap<Integer, Range> ranges = new TreeMap<>();
        InputStream file = Objects.requireNonNull(GraphemeClasses.class.getResourceAsStream(FILE), FILE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            GraphemeClass kind = GraphemeClass.OTHER;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(CLASS)) {
                    kind = GraphemeClass.valueOf(line.substring(CLASS.length()));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    for (String range : line.split(" ")) {
                        int dash = range.indexOf('-');
                        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
                        int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1), 16);
                        ranges.put(first, new Range(last, kind));
                    }
                }
            }
            return ranges;
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + FILE + " failed", e);
        }
    }
}
