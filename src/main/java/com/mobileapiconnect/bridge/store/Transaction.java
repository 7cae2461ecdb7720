package com.mobileapiconnect.bridge.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The writer's connection in the middle of a transaction, as units of work use it. */
public final class Transaction {

    private static final String KEEP_REACHED = """
            insert into meta (name, value) select ?, cast(coalesce(max(seq), 0) as text) from %s where true
            on conflict (name) do update set value = excluded.value
            where cast(meta.value as bigint) < cast(excluded.value as bigint)""";

    private final Connection connection;
    private final Dialect dialect;
    private final JdbcClient sql;
    // The few hot statements are compiled once. Their texts are constants, so the map never grows beyond them.
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    Transaction(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
        this.sql = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** Returns a client for all statements that are not hot. */
    public JdbcClient sql() {
        return sql;
    }

    /** Returns a statement that stays compiled for the life of the connection; the text must be a constant. */
    public PreparedStatement prepared(String constant) throws SQLException {
        PreparedStatement statement = prepared.get(constant);
        if (statement == null) {
            statement = connection.prepareStatement(constant);
            prepared.put(constant, statement);
        }
        return statement;
    }

    /**
     * Runs the task on the writer's thread once this unit's changes are durable, before anybody is told; never if they
     * are undone. The task must not throw and must not wait.
     */
    public void afterCommit(Runnable task) {
        afterCommit.add(task);
    }

    /** Notes the highest number that this unit has given to a row of a table that must never lose one. */
    public void reached(String table, long seq) {
        afterCommit(() -> dialect.reached(table, seq));
    }

    /**
     * Must be called in a transaction that deletes rows of a table which {@link #reached} is told about: when its last
     * rows go, the store still knows how far it had come.
     */
    public void keepReached(String table) {
        sql.sql(KEEP_REACHED.formatted(table)).param(LossCheck.KEPT + table).update();
    }

    int tasksAfterCommit() {
        return afterCommit.size();
    }

    void forgetTasksAfter(int first) {
        afterCommit.subList(first, afterCommit.size()).clear();
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
        afterCommit.clear();
    }

    Connection connection() {
        return connection;
    }
}
