package com.mobileapiconnect.bridge.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.resource.DatabaseBrand;
import com.mobileapiconnect.bridge.resource.JdbcPool;
import com.mobileapiconnect.bridge.resource.SqlFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Looks whether rows could be inserted: login, table, columns and their types, permission. Inserts nothing. */
final class SqlTest {

    private static final int LONGEST_KEY = 30;
    private static final Set<String> NUMBERS = Set.of("number", "integer");

    private final ErpConnection connection;
    private final DatabaseBrand brand;
    private final List<String> checked = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    private SqlTest(ErpConnection connection, DatabaseBrand brand) {
        this.connection = connection;
        this.brand = brand;
    }

    static ErpFindings of(ErpConnection connection, JdbcPool pool, SqlTables tables, long deadlineNanos) {
        SqlTest test = new SqlTest(connection, pool.brand());
        try {
            pool.call(deadlineNanos, (jdbc, deadline) -> {
                        tables.forget(pool, connection.text("table", ""));
                        test.look(jdbc, tables.find(pool, jdbc, connection.text("table", "")));
                        return test;
                    })
                    .join();
        } catch (CompletionException e) {
            test.failed(e.getCause());
        } catch (CancellationException e) {
            test.failed(e);
        }
        return new ErpFindings(test.checked, test.faults);
    }

    private void failed(@Nullable Throwable failure) {
        if (failure instanceof SQLTimeoutException) {
            faults.add(Fault.timeout(database()));
        } else if (failure instanceof SQLException sql) {
            SqlFault fault = SqlFault.of(sql);
            FaultKind kind =
                    switch (fault.kind()) {
                        case LOGIN -> FaultKind.LOGIN;
                        case TLS -> FaultKind.TLS;
                        case CONNECT -> FaultKind.CONNECT;
                        case STATEMENT -> FaultKind.PERMISSION;
                        case CONSTRAINT, VALUE, BUSY, UNKNOWN -> FaultKind.ANSWER;
                    };
            faults.add(new Fault(kind, "The " + database() + " says: " + fault.words()));
        } else {
            faults.add(Fault.answer(database(), "nothing that the test could use"));
        }
    }

    private String database() {
        return "database " + connection.text("database", "");
    }

    private String table() {
        return "table " + connection.text("table", "");
    }

    private void look(Connection jdbc, @Nullable SqlTable table) throws SQLException {
        checked.add("The login of the " + database() + " is accepted");
        if (table == null) {
            faults.add(Fault.missing("the " + table(), "Check its name and schema, and whether the login may see it."));
            return;
        }
        checked.add("The " + table() + " is there");
        List<SqlColumn> columns = new ArrayList<>();
        SqlColumn key = key(table);
        if (key != null) {
            columns.add(key);
        }
        for (Map.Entry<String, JsonNode> field :
                connection.properties().path("fields").properties()) {
            SqlColumn column = table.column(field.getKey());
            if (column == null) {
                faults.add(Fault.noField(field.getKey(), "The " + table()));
            } else if (!columns.contains(column)) {
                columns.add(column);
                type(field.getKey(), field.getValue(), column);
            }
        }
        table.columns().forEach(column -> {
            if (!column.optional() && !columns.contains(column)) {
                faults.add(Fault.unmapped(column.name(), "the " + table()));
            }
        });
        if (faults.isEmpty()) {
            checked.add("All " + columns.size() + " columns are there and take what they are given");
            permission(jdbc, table, columns);
        }
    }

    private @Nullable SqlColumn key(SqlTable table) {
        String name = connection.text("key", "");
        SqlColumn key = table.column(name);
        if (key == null) {
            faults.add(Fault.noField(name, "The " + table()));
            return null;
        }
        boolean isText = key.kind() == SqlColumn.Kind.TEXT || key.kind() == SqlColumn.Kind.OTHER;
        if (!isText || (key.most() > 0 && key.most() < LONGEST_KEY)) {
            faults.add(new Fault(
                    FaultKind.TYPE,
                    "The key " + name + " of the " + table() + " takes " + key.described()
                            + ", and must take a text of " + LONGEST_KEY + " characters."));
        } else if (!table.isUnique(key)) {
            checked.add("The column " + key.name()
                    + " has no unique index: every row is looked for before it is inserted," + " which is slower");
        }
        return key;
    }

    private void type(String name, JsonNode field, SqlColumn column) {
        String as = field.path("as").asText("string");
        String template = field.isObject() ? field.path("value").asText() : field.asText();
        boolean fits =
                switch (column.kind()) {
                    case TEXT, OTHER -> true;
                    case WHOLE -> as.equals("integer") || as.equals("boolean") || number(as, template);
                    case NUMBER -> NUMBERS.contains(as) || as.equals("boolean") || number(as, template);
                    case BOOLEAN -> as.equals("boolean") || template.matches("(?i)true|false|0|1");
                    case DATE, TIME, TIMESTAMP ->
                        as.equals("date")
                                || as.equals("datetime")
                                || template.strip().equals("{{receivedAt}}");
                    case BYTES -> false;
                };
        if (!fits && brand != DatabaseBrand.SQLITE) {
            faults.add(Fault.type(name, "the " + table(), column.described()));
        }
    }

    /** A text that is always a number. */
    private static boolean number(String as, String template) {
        return as.equals("number")
                || template.strip().equals("{{sim}}")
                || template.strip().matches("-?\\d+(\\.\\d+)?");
    }

    private void permission(Connection jdbc, SqlTable table, List<SqlColumn> columns) throws SQLException {
        String dual = brand == DatabaseBrand.MARIADB || brand == DatabaseBrand.ORACLE ? " from dual" : "";
        jdbc.setAutoCommit(false);
        try (Statement statement = jdbc.createStatement()) {
            statement.executeUpdate(table.insertNothing(columns, dual));
            checked.add("The login may insert");
        } catch (SQLException e) {
            SqlFault fault = SqlFault.of(e);
            if (fault.retry()) {
                throw e;
            }
            faults.add(new Fault(
                    FaultKind.PERMISSION, "The login may not insert into the " + table() + ": " + fault.words()));
        } finally {
            jdbc.rollback();
            jdbc.setAutoCommit(true);
        }
    }
}
