package com.mobileapiconnect.bridge.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The writer's connection in the middle of a transaction, as units of work use it. */
public final class Transaction {

    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);
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
    private final Overlay overlay = new Overlay();
    private volatile long undone;

    /** The position of the transaction at which a unit began. */
    record Mark(int tasks, int changes) {

        static final Mark START = new Mark(0, 0);
    }

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
     * Runs a statement once for each row of parameters, all in one go; for many rows this costs a fraction of as many
     * statements.
     *
     * @param constant stays compiled, as in {@link #prepared}
     */
    public void batch(String constant, List<? extends List<? extends @Nullable Object>> rows) {
        try {
            PreparedStatement statement = prepared(constant);
            try {
                for (List<? extends @Nullable Object> row : rows) {
                    for (int i = 0; i < row.size(); i++) {
                        statement.setObject(i + 1, row.get(i));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            } finally {
                statement.clearBatch();
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("A batch", constant, e);
        }
    }

    /**
     * Runs the task on the writer's thread once this unit's changes are durable, before anybody is told; never if they
     * are undone. The task must not throw and must not wait.
     */
    public void afterCommit(Runnable task) {
        afterCommit.add(task);
    }

    /**
     * Follows a commit in memory.
     *
     * @param done  run as in {@link #afterCommit(Runnable)}
     * @param again reads what is stored into memory, in a later transaction, when nobody can tell whether this one was
     *              committed; writes nothing
     */
    public void afterCommit(Runnable done, Consumer<Transaction> again) {
        afterCommit.add(new FollowUp(done, again));
    }

    /** A task that knows what to do when nobody can tell whether there was a commit. */
    private record FollowUp(Runnable done, Consumer<Transaction> again) implements Runnable {

        @Override
        public void run() {
            done.run();
        }
    }

    /** Returns how memory follows this transaction, of which nobody can tell whether it was committed. */
    List<Consumer<Transaction>> whenUndecided() {
        return afterCommit.stream()
                .filter(FollowUp.class::isInstance)
                .map(task -> ((FollowUp) task).again())
                .toList();
    }

    /** Notes the highest number that this unit has given to a row of a table that must never lose one. */
    public void reached(String table, long seq) {
        afterCommit(() -> dialect.reached(table, seq));
    }

    /**
     * Stores the highest number of a table before its rows are deleted. Required in every transaction that deletes rows
     * of a table noted by {@link #reached}, because the number outlives the last row.
     */
    public void keepReached(String table) {
        sql.sql(KEEP_REACHED.formatted(table)).param(LossCheck.KEPT + table).update();
    }

    /** Returns the registers as the units of this transaction see them. */
    Overlay overlay() {
        return overlay;
    }

    Mark mark() {
        return new Mark(afterCommit.size(), overlay.size());
    }

    /** Returns how often something was rolled back on this connection; once more when it is given up. */
    public long undone() {
        return undone;
    }

    void givenUp() {
        undone++;
    }

    /** Forgets tasks and changes made since the mark, because they were rolled back. */
    void forgetSince(Mark mark) {
        undone++;
        afterCommit.subList(mark.tasks(), afterCommit.size()).clear();
        overlay.undoTo(mark.changes());
    }

    void committed() {
        for (Runnable task : afterCommit) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // The commit is durable, and its callers must be told.
                LOG.error("The follow-up of a commit failed", e);
            }
        }
        afterCommit.clear();
        overlay.clear();
    }

    Connection connection() {
        return connection;
    }
}
