package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What differs between databases. Each difference is one method, with its reason where it is overridden. */
public interface Dialect extends AutoCloseable {

    /** For people: what the data lies in and where. */
    String describe();

    /** The Flyway location of this database's migrations; the two sets are kept in lockstep. */
    String migrations();

    /** A connection for the one writer, outside auto-commit after the first statement. */
    Connection openWriter() throws SQLException;

    /** Connections for readers, opened after the migrations. */
    DataSource readers(int connections);

    /** Whether the failure belongs to the statement alone (a constraint, a bad value) and the transaction lives on. */
    boolean sparesTransaction(SQLException failure);

    /**
     * The condition that a text holds another somewhere, ASCII letters in any case.
     *
     * @param parameter bound to a LIKE pattern whose escape character is {@code !}
     */
    String contains(String column, String parameter);

    /** Called once, outside a transaction, before the first migration; throws when the database cannot be trusted. */
    default void beforeMigrations(Connection writer) throws SQLException {}

    /** Called once, outside a transaction, when the schema is there and before the first unit of work. */
    default void migrated(Connection writer) throws SQLException {}

    /** A row with this number, the table's highest, was committed; called on the writer's thread, before anybody is told. */
    default void reached(String table, long seq) {}

    /** Called by the writer after a commit; throws when nobody would find again what was committed. */
    default void confirmCommit() {}

    /** Called by the writer after a commit that counts, once its numbers are {@link #reached} and before anybody is told. */
    default void noteReached() {}

    /** Why nothing can be kept until the bridge is started anew; null while that is not so. */
    default @Nullable String lost() {
        return null;
    }

    /** Called by the writer between two transactions, for housekeeping that must not run during one. */
    default void betweenCommits(Connection writer) throws SQLException {}

    /** Makes what was deleted unreadable in the files; between two transactions. False when it has to be tried again. */
    default boolean scrub(Connection writer) throws SQLException {
        return true;
    }

    /** Whether the files show this text, as data or as what is left of it. */
    default boolean shows(String text) throws IOException {
        return false;
    }

    /** Writes all data anew, without gaps; between two transactions. */
    default boolean rewrite(Connection writer) throws SQLException {
        return true;
    }

    /** In a transaction: gives up to so many free pages back to the file system; returns whether there are more. */
    default boolean reclaim(Connection writer, int pages) throws SQLException {
        return false;
    }

    @Override
    void close();
}
