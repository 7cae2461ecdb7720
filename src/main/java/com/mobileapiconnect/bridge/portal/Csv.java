package com.mobileapiconnect.bridge.portal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of the API as a file for spreadsheets.
 *
 * @param name    of the file, without its ending
 * @param columns by their titles, which are the API's names: programs read these files too
 */
record Csv<T>(String name, Class<T> type, Call call, Map<String, Function<T, @Nullable Object>> columns) {

    /** Beginnings of cells that a spreadsheet would compute with, in wide characters too. */
    private static final String COMPUTED = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    static <T> Csv<T> of(String name, Class<T> type, Call call) {
        return new Csv<>(name, type, call, new LinkedHashMap<>());
    }

    Csv<T> with(String title, Function<T, @Nullable Object> value) {
        columns.put(title, value);
        return this;
    }

    String head() {
        StringBuilder line = new StringBuilder();
        columns.keySet().forEach(title -> add(line, title));
        return line.append("\r\n").toString();
    }

    String row(T object) {
        StringBuilder line = new StringBuilder();
        columns.values().forEach(value -> add(line, value.apply(object)));
        return line.append("\r\n").toString();
    }

    private static void add(StringBuilder line, @Nullable Object value) {
        line.append(line.isEmpty() ? "" : ",").append(cell(value));
    }

    /**
     * Returns a value as a cell. An apostrophe stands before all that a spreadsheet would compute, and shows it as text: an
     * SMS can say anything.
     */
    static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        boolean computed = !text.isEmpty() && COMPUTED.indexOf(text.charAt(0)) >= 0;
        return '"' + (computed ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
