package com.mobileapiconnect.bridge.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table, as the database describes it; only its names become a part of a statement. */
final class SqlTable {

    private final String place;
    private final String quote;
    private final Map<String, SqlColumn> columns = new TreeMap<>();
    private final List<List<String>> uniques;

    /**
     * @param path    schema, if there are any, and name
     * @param quote   what the database puts around names; blank for nothing
     * @param uniques the columns of each unique index
     */
    SqlTable(List<String> path, String quote, List<SqlColumn> columns, List<List<String>> uniques) {
        this.quote = quote.strip();
        this.place = path.stream().map(this::quoted).collect(Collectors.joining("."));
        this.uniques = uniques;
        columns.forEach(column -> this.columns.put(column.name(), column));
    }

    /** Returns the column of a name as people write it: exactly, or but for capitals; null if there is none. */
    @Nullable SqlColumn column(String written) {
        SqlColumn exact = columns.get(written);
        if (exact != null) {
            return exact;
        }
        List<SqlColumn> like = columns.values().stream()
                .filter(column -> column.name().equalsIgnoreCase(written))
                .toList();
        return like.size() == 1 ? like.get(0) : null;
    }

    Iterable<SqlColumn> columns() {
        return columns.values();
    }

    String names() {
        return String.join(", ", columns.keySet());
    }

    /** Returns whether no two rows can have the same value there. */
    boolean isUnique(SqlColumn column) {
        return uniques.stream().anyMatch(each -> each.equals(List.of(column.name())));
    }

    String insert(List<SqlColumn> into) {
        return into.stream()
                        .map(column -> quoted(column.name()))
                        .collect(Collectors.joining(", ", "insert into " + place + " (", ") values ("))
                + "?"
                + ", ?".repeat(into.size() - 1) + ")";
    }

    String find(SqlColumn key) {
        return "select 1 from " + place + " where " + quoted(key.name()) + " = ?";
    }

    /**
     * Returns a statement that inserts nothing, and fails if the login may not insert.
     *
     * @param dual what a query without a table is from; empty for nothing
     */
    String insertNothing(List<SqlColumn> into, String dual) {
        return into.stream()
                        .map(column -> quoted(column.name()))
                        .collect(Collectors.joining(", ", "insert into " + place + " (", ") select null"))
                + ", null".repeat(into.size() - 1)
                + dual + " where 1 = 0";
    }

    private String quoted(String name) {
        if (quote.isEmpty()) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException(
                        "The database has no way to quote the name " + name.toLowerCase(Locale.ROOT));
            }
            return name;
        }
        return quote + name.replace(quote, quote + quote) + quote;
    }
}
