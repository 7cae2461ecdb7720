package com.mobileapiconnect.bridge.sql;

import com.mobileapiconnect.bridge.resource.JdbcPool;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tables as databases describe them; asked again after a while, and after a statement that did not fit. */
final class SqlTables {

    private static final int REMEMBERED = 1_000;
    private static final long KNOWN_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Map<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true) { // guarded by itself
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Key(JdbcPool pool, String table) {}

    private record Known(SqlTable table, long atNanos) {}

    /** A table by its place: catalogue, schema and name, as the database spells them. */
    private record Found(@Nullable String catalog, @Nullable String schema, String name) {}

    /** Returns null if the login sees no such table. */
    @Nullable SqlTable find(JdbcPool pool, Connection connection, String written) throws SQLException {
        Key key = new Key(pool, written);
        synchronized (known) {
            Known it = known.get(key);
            if (it != null && System.nanoTime() - it.atNanos() < KNOWN_NANOS) {
                return it.table();
            }
        }
        SqlTable table = read(connection, written);
        if (table != null) {
            synchronized (known) {
                known.put(key, new Known(table, System.nanoTime()));
            }
        }
        return table;
    }

    void forget(JdbcPool pool, String written) {
        synchronized (known) {
            known.remove(new Key(pool, written));
        }
    }

    private static @Nullable SqlTable read(Connection connection, String written) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        Found found = found(data, connection, written);
        if (found == null) {
            return null;
        }
        List<String> path = new ArrayList<>();
        if (found.schema() != null && !found.schema().isEmpty()) {
            path.add(found.schema());
        } else if (!data.supportsSchemasInDataManipulation()
                && found.catalog() != null
                && !found.catalog().isEmpty()) {
            path.add(found.catalog());
        }
        path.add(found.name());
        return new SqlTable(path, data.getIdentifierQuoteString(), columns(data, found), uniques(data, found));
    }

    private static @Nullable Found found(DatabaseMetaData data, Connection connection, String written)
            throws SQLException {
        Found own = byCase(data, connection.getCatalog(), connection.getSchema(), written);
        int dot = written.indexOf('.');
        if (own != null || dot <= 0) {
            return own;
        }
        String schema = written.substring(0, dot);
        String name = written.substring(dot + 1);
        return data.supportsSchemasInDataManipulation()
                ? byCase(data, connection.getCatalog(), schema, name)
                : byCase(data, schema, null, name);
    }

    /** Databases spell names that nobody has quoted in capitals, or in small letters. */
    private static @Nullable Found byCase(
            DatabaseMetaData data, @Nullable String catalog, @Nullable String schema, String name) throws SQLException {
        for (String spelled : List.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))) {
            for (@Nullable String of : schemas(schema, spelled.equals(name))) {
                Found found = exact(data, catalog, of, spelled);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static List<@Nullable String> schemas(@Nullable String schema, boolean asWritten) {
        List<@Nullable String> spellings = new ArrayList<>();
        spellings.add(schema);
        if (schema != null && !asWritten) {
            spellings.add(schema.toUpperCase(Locale.ROOT));
            spellings.add(schema.toLowerCase(Locale.ROOT));
        }
        return spellings;
    }

    private static @Nullable Found exact(
            DatabaseMetaData data, @Nullable String catalog, @Nullable String schema, String name) throws SQLException {
        String escape = data.getSearchStringEscape();
        String pattern = pattern(name, escape);
        try (ResultSet row = data.getTables(catalog, schema == null ? null : pattern(schema, escape), pattern, null)) {
            while (row.next()) {
                String type = String.valueOf(row.getString("TABLE_TYPE")).toUpperCase(Locale.ROOT);
                if (row.getString("TABLE_NAME").equals(name) && (type.contains("TABLE") || type.contains("VIEW"))) {
                    return new Found(row.getString("TABLE_CAT"), row.getString("TABLE_SCHEM"), name);
                }
            }
            return null;
        }
    }

    /** A name in which nothing stands for anything else. */
    private static String pattern(String name, @Nullable String escape) {
        return escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private static List<SqlColumn> columns(DatabaseMetaData data, Found table) throws SQLException {
        String escape = data.getSearchStringEscape();
        List<SqlColumn> columns = new ArrayList<>();
        try (ResultSet row = data.getColumns(
                table.catalog(),
                table.schema() == null ? null : pattern(table.schema(), escape),
                pattern(table.name(), escape),
                null)) {
            while (row.next()) {
                if (row.getString("TABLE_NAME").equals(table.name())) {
                    columns.add(column(row));
                }
            }
        }
        return columns;
    }

    private static SqlColumn column(ResultSet row) throws SQLException {
        boolean nullable = row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls;
        boolean given = row.getString("COLUMN_DEF") != null
                || isYes(row, "IS_AUTOINCREMENT")
                || isYes(row, "IS_GENERATEDCOLUMN");
        return new SqlColumn(
                row.getString("COLUMN_NAME"),
                row.getInt("DATA_TYPE"),
                String.valueOf(row.getString("TYPE_NAME")),
                row.getInt("COLUMN_SIZE"),
                nullable || given);
    }

    private static boolean isYes(ResultSet row, String name) throws SQLException {
        return "YES".equals(row.getString(name));
    }

    private static List<List<String>> uniques(DatabaseMetaData data, Found table) throws SQLException {
        Map<String, TreeMap<Integer, String>> byIndex = new TreeMap<>();
        try (ResultSet row = data.getPrimaryKeys(table.catalog(), table.schema(), table.name())) {
            while (row.next()) {
                byIndex.computeIfAbsent("", any -> new TreeMap<>())
                        .put(row.getInt("KEY_SEQ"), row.getString("COLUMN_NAME"));
            }
        }
        try (ResultSet row = data.getIndexInfo(table.catalog(), table.schema(), table.name(), true, true)) {
            while (row.next()) {
                String index = row.getString("INDEX_NAME");
                String column = row.getString("COLUMN_NAME");
                if (index != null && column != null && row.getString("FILTER_CONDITION") == null) {
                    byIndex.computeIfAbsent("index " + index, any -> new TreeMap<>())
                            .put(row.getInt("ORDINAL_POSITION"), column);
                }
            }
        }
        return byIndex.values().stream()
                .map(columns -> List.copyOf(columns.values()))
                .toList();
    }
}
