package com.mobileapiconnect.bridge.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.resource.DatabaseBrand;
import com.mobileapiconnect.bridge.resource.SqlFault;
import com.mobileapiconnect.bridge.sql.SqlValue.UnfitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Inserts deliveries into a table, those of the same columns together. The key makes a repeat harmless: a row that is
 * there already is done. If one row of several is refused, each of them goes by itself.
 */
final class SqlInsert {

    private final Connection connection;
    private final DatabaseBrand brand;
    private final SqlTable table;
    private final SqlColumn key;
    private final long deadlineNanos;
    private final Outcome[] outcomes;
    private boolean unfitStatement;

    /** A delivery as a row of its columns, the key first. */
    private record Row(int place, String key, List<SqlValue> values) {}

    SqlInsert(Connection connection, DatabaseBrand brand, SqlTable table, SqlColumn key, long deadlineNanos, int rows) {
        this.connection = connection;
        this.brand = brand;
        this.table = table;
        this.key = key;
        this.deadlineNanos = deadlineNanos;
        this.outcomes = new Outcome[rows];
    }

    /** Returns whether the statement did not fit the table, which has changed then. */
    boolean unfitStatement() {
        return unfitStatement;
    }

    List<Outcome> write(List<ErpWrite> writes) throws SQLException {
        Map<List<SqlColumn>, List<Row>> byColumns = new LinkedHashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            try {
                Row row = row(i, writes.get(i));
                List<SqlColumn> columns =
                        row.values().stream().map(SqlValue::column).toList();
                byColumns.computeIfAbsent(columns, any -> new ArrayList<>()).add(row);
            } catch (UnfitException e) {
                outcomes[i] = SqlOutcome.unfit(String.valueOf(e.getMessage()));
            }
        }
        for (Map.Entry<List<SqlColumn>, List<Row>> group : byColumns.entrySet()) {
            insert(group.getKey(), asked(group.getValue()));
        }
        return List.of(outcomes);
    }

    private Row row(int place, ErpWrite write) throws UnfitException {
        List<SqlValue> values = new ArrayList<>();
        values.add(SqlValue.of(TextNode.valueOf(write.key()), key, brand));
        for (Map.Entry<String, JsonNode> field : write.fields().properties()) {
            SqlColumn column = table.column(field.getKey());
            if (column == null) {
                throw new UnfitException(
                        new SqlColumn(field.getKey(), 0, "", 0, true),
                        "is none of the table, which has " + table.names());
            } else if (!column.equals(key)) {
                values.add(SqlValue.of(field.getValue(), column, brand));
            }
        }
        return new Row(place, write.key(), values);
    }

    /** Returns the rows that are not there. Only a unique key says so by itself. */
    private List<Row> asked(List<Row> rows) throws SQLException {
        if (table.isUnique(key)) {
            return rows;
        }
        List<Row> left = new ArrayList<>();
        for (Row row : rows) {
            if (isThere(row)) {
                outcomes[row.place()] = SqlOutcome.done(row.key());
            } else {
                left.add(row);
            }
        }
        return left;
    }

    private void insert(List<SqlColumn> columns, List<Row> rows) throws SQLException {
        String sql = table.insert(columns);
        if (rows.size() > 1 && together(sql, rows)) {
            return;
        }
        for (Row row : rows) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new SQLTimeoutException("The time was up before the turn of this row");
            } else if (outcomes[row.place()] == null) {
                outcomes[row.place()] = alone(sql, row);
            }
        }
    }

    /** Inserts all rows in one transaction; false, and nothing is inserted, if one of them is refused. */
    private boolean together(String sql, List<Row> rows) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = statement(sql)) {
            for (Row row : rows) {
                set(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            if (!SqlFault.of(e).isOfRow()) {
                throw e; // a rollback comes with the connection's end, or its next use
            }
            connection.rollback();
            connection.setAutoCommit(true);
            return false;
        }
        rows.forEach(row -> outcomes[row.place()] = SqlOutcome.done(row.key()));
        return true;
    }

    private Outcome alone(String sql, Row row) throws SQLException {
        try (PreparedStatement statement = statement(sql)) {
            set(statement, row);
            statement.executeUpdate();
            return SqlOutcome.done(row.key());
        } catch (SQLException e) {
            SqlFault fault = SqlFault.of(e);
            if (!fault.isOfRow()) {
                throw e;
            }
            unfitStatement |= fault.kind() == SqlFault.Kind.STATEMENT;
            boolean isRepeat = fault.kind() == SqlFault.Kind.CONSTRAINT && isThere(row);
            return isRepeat ? SqlOutcome.done(row.key()) : SqlOutcome.of(fault);
        }
    }

    private boolean isThere(Row row) throws SQLException {
        try (PreparedStatement statement = statement(table.find(key))) {
            row.values().get(0).set(statement, 1);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    private static void set(PreparedStatement statement, Row row) throws SQLException {
        int index = 1;
        for (SqlValue value : row.values()) {
            value.set(statement, index++);
        }
    }

    /** Has the server itself give up in time: otherwise what was cut off here would go on waiting there. */
    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        long left = TimeUnit.NANOSECONDS.toSeconds(deadlineNanos - System.nanoTime());
        statement.setQueryTimeout((int) Math.max(1, left));
        return statement;
    }

    /** Returns the outcomes so far; those that there are none of are this one. */
    List<Outcome> outcomes(Outcome otherwise) {
        List<Outcome> all = new ArrayList<>();
        for (@Nullable Outcome outcome : outcomes) {
            all.add(outcome == null ? otherwise : outcome);
        }
        return all;
    }
}
