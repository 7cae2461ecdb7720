package com.mobileapiconnect.bridge.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.resource.JdbcPool;
import com.mobileapiconnect.bridge.resource.JdbcPools;
import com.mobileapiconnect.bridge.resource.Resource;
import com.mobileapiconnect.bridge.resource.ResourceKind;
import com.mobileapiconnect.bridge.resource.Resources;
import com.mobileapiconnect.bridge.resource.SqlFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Writes deliveries as rows, with plain JDBC: the statement is made of the table's own names, each value is bound as its
 * column's type, and several rows go together.
 */
@Component
@Lazy
class SqlSystem implements ErpSystem {

    /** Rows of one transaction. */
    static final int MOST_ROWS = 256;

    private static final String NO_TABLE = "is no table that the login of the database sees";

    private final Resources resources;
    private final JdbcPools pools;
    private final SqlTables tables = new SqlTables();

    SqlSystem(Resources resources, JdbcPools pools) {
        this.resources = resources;
        this.pools = pools;
    }

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public int most() {
        return MOST_ROWS;
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return sendAll(List.of(write)).get(0);
    }

    @Override
    public List<CompletableFuture<Outcome>> sendAll(List<ErpWrite> writes) {
        ErpConnection connection = writes.get(0).connection();
        Optional<Resource> database = database(connection);
        if (database.isEmpty()) {
            Outcome none = SqlOutcome.later(ErrorClass.CONNECT, missing(connection));
            return Collections.nCopies(writes.size(), CompletableFuture.completedFuture(none));
        }
        JdbcPool pool = pools.of(database.get(), connection.tenantId());
        long deadlineNanos = earliest(writes);
        CompletableFuture<List<Outcome>> call =
                pool.call(deadlineNanos, (jdbc, deadline) -> write(pool, jdbc, writes, deadline));
        return each(call, writes.size());
    }

    private Optional<Resource> database(ErpConnection connection) {
        return resources.usable(connection.tenantId(), connection.text("database", ""), ResourceKind.DATABASE);
    }

    private static String missing(ErpConnection connection) {
        return "The operator has no database " + connection.text("database", "") + " for this tenant any more";
    }

    private static long earliest(List<ErpWrite> writes) {
        long now = System.nanoTime();
        return now
                + writes.stream()
                        .mapToLong(write -> write.attempt().deadlineNanos() - now)
                        .min()
                        .orElse(0);
    }

    private static List<CompletableFuture<Outcome>> each(CompletableFuture<List<Outcome>> call, int rows) {
        List<CompletableFuture<Outcome>> each = new ArrayList<>();
        AtomicInteger cancelled = new AtomicInteger();
        for (int i = 0; i < rows; i++) {
            int place = i;
            CompletableFuture<Outcome> one =
                    call.handle((outcomes, failure) -> failure == null ? outcomes.get(place) : SqlOutcome.of(failure));
            one.whenComplete((outcome, failure) -> {
                if (one.isCancelled() && cancelled.incrementAndGet() == rows) {
                    call.cancel(true);
                }
            });
            each.add(one);
        }
        return each;
    }

    private List<Outcome> write(JdbcPool pool, Connection jdbc, List<ErpWrite> writes, long deadlineNanos)
            throws SQLException {
        ErpConnection connection = writes.get(0).connection();
        String name = connection.text("table", "");
        SqlTable table = tables.find(pool, jdbc, name);
        if (table != null && !hasAll(table, connection, writes)) {
            tables.forget(pool, name); // columns may have been added since it was read
            table = tables.find(pool, jdbc, name);
        }
        if (table == null) {
            return Collections.nCopies(writes.size(), SqlOutcome.rejected(name + " " + NO_TABLE));
        }
        SqlColumn key = table.column(connection.text("key", ""));
        if (key == null) {
            return Collections.nCopies(
                    writes.size(),
                    SqlOutcome.rejected("The table " + name + " has no column " + connection.text("key", "")
                            + "; it has " + table.names()));
        }
        SqlInsert insert = new SqlInsert(jdbc, pool.brand(), table, key, deadlineNanos, writes.size());
        try {
            return insert.write(writes);
        } catch (SQLException e) {
            SqlFault fault = SqlFault.of(e);
            if (fault.kind() == SqlFault.Kind.CONNECT) {
                throw e; // the connection is of no more use
            }
            return insert.outcomes(SqlOutcome.of(e));
        } finally {
            if (insert.unfitStatement()) {
                tables.forget(pool, name);
            }
        }
    }

    private static boolean hasAll(SqlTable table, ErpConnection connection, List<ErpWrite> writes) {
        for (ErpWrite write : writes) {
            for (Map.Entry<String, JsonNode> field : write.fields().properties()) {
                if (table.column(field.getKey()) == null) {
                    return false;
                }
            }
        }
        return table.column(connection.text("key", "")) != null;
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        ErpConnection connection = write.connection();
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put(connection.text("key", ""), write.key());
        write.fields().properties().forEach(field -> row.set(field.getKey(), field.getValue()));
        List<String> names = new ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        String statement = "insert into " + connection.text("table", "") + " (" + String.join(", ", names)
                + ") values (?" + ", ?".repeat(names.size() - 1) + ")";
        return new ErpRequest(
                "INSERT",
                "database " + connection.text("database", ""),
                Map.of("statement", statement),
                row.toString());
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        Optional<Resource> database = database(connection);
        if (database.isEmpty()) {
            return ErpFindings.wrong(new Fault(FaultKind.MISSING, missing(connection)));
        }
        JdbcPool pool = pools.of(database.get(), connection.tenantId());
        return SqlTest.of(connection, pool, tables, deadlineNanos);
    }
}
