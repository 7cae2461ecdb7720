package com.mobileapiconnect.bridge.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The differences between databases. Each difference is a method, with its reason where it is overridden. */
public interface Dialect extends AutoCloseable {

    /** Names the kind and place of the data, for people. */
    String describe();

    /** Returns whether several bridges may use the same database. */
    default boolean isShared() {
        return false;
    }

    /** Returns the Flyway location of this database's migrations; the two sets are kept in lockstep. */
    String migrations();

    /** Returns the query that has a row if Flyway's table is where Flyway would look for it. */
    String hasHistory();

    /** Opens a connection for the one writer, outside auto-commit after the first statement. */
    Connection openWriter() throws SQLException;

    /** Opens connections for readers; called after the migrations. */
    DataSource readers(int connections);

    /**
     * Returns whether the failure concerns the statement alone (a constraint, a bad value) and the transaction lives
     * on.
     */
    boolean sparesTransaction(SQLException failure);

    /**
     * Returns whether a failure concerns this connection alone, because it ended or takes no writes any more: what
     * failed may succeed on another one, and nothing of it is stored.
     */
    default boolean hasEnded(SQLException failure) {
        return false;
    }

    /** Returns whether a failure says that the database's files are damaged. */
    default boolean showsDamage(SQLException failure) {
        return false;
    }

    /** Returns what an operator can change if the database cannot be opened for this reason; null if that is not known. */
    default @Nullable String advice(SQLException failure) {
        return null;
    }

    /** Told why nothing could be written; a database whose files are damaged is {@link #lost} from then on. */
    default void writeFailed(Throwable cause) {}

    /** Names the product, as its JDBC driver does. */
    String product();

    /** Returns a query whose one text tells this database from all others of the product, by whatever address it is reached. */
    String identity();

    /** Returns whether two answers to {@link #identity} are of one database. */
    default boolean isSame(String identity, String other) {
        return identity.equals(other);
    }

    /**
     * Returns the condition that a column contains a text, ignoring the case of ASCII letters.
     *
     * @param parameter bound to a LIKE pattern whose escape character is {@code !}
     */
    String contains(String column, String parameter);

    /** Returns the condition that a column has characters beyond ASCII. */
    String beyondAscii(String column);

    /** Called once, outside a transaction, before the first migration; throws if the database cannot be trusted. */
    default void beforeMigrations(Connection writer) throws SQLException {}

    /** Called once, outside a transaction, after the migrations and before the first unit of work. */
    default void migrated(Connection writer) throws SQLException {}

    /**
     * Notes that a row with this number, the table's highest, was committed; called on the writer's thread, before
     * anybody is told.
     */
    default void reached(String table, long seq) {}

    /** Called by the writer after a commit; throws if the committed data would not be found again. */
    default void confirmCommit() {}

    /** Returns whether a commit that failed so may have happened all the same; false if nothing of it is stored. */
    default boolean mayHaveCommitted(Throwable failure) {
        return false;
    }

    /** Called by the writer after a commit that counts, once its numbers are {@link #reached} and before anybody is told. */
    default void noteReached() {}

    /** Returns why nothing can be kept until the bridge is restarted; null if there is no reason. */
    default @Nullable String lost() {
        return null;
    }

    /** Called by the writer between two transactions, for housekeeping that must not run during one. */
    default void betweenCommits(Connection writer) throws SQLException {}

    /** Work that cannot be done in a transaction; returns whether it succeeded. */
    @FunctionalInterface
    interface Housekeeping {
        boolean in(Connection writer) throws SQLException;
    }

    /** The writer, for work between its transactions. */
    @FunctionalInterface
    interface Writer {

        /**
         * Runs work between two transactions, and returns whether it succeeded.
         *
         * @param fresh whether the writer goes on with a new connection if it did
         */
        boolean betweenCommits(Housekeeping work, boolean fresh);
    }

    /**
     * Removes what rows that were deleted before have left in the files. Takes its time, and holds the writer for some
     * milliseconds at most; called on a thread of its own. Throws {@link StoreUnavailableException} if it is not
     * possible now.
     */
    default void tidy(Writer writer) throws SQLException, IOException {}

    /** Returns whether {@link #copyTo} works; a database server makes its own copies. */
    default boolean copies() {
        return false;
    }

    /** Writes all that is committed into an empty file, on the caller's thread, and proves that it is whole there. */
    default void copyTo(Path emptyFile) throws SQLException {
        throw new UnsupportedOperationException(describe() + " makes its own copies");
    }

    /**
     * Gives up to {@code pages} free pages back to the file system; called in a transaction. Returns whether there are
     * more.
     */
    default boolean reclaim(Connection writer, int pages) throws SQLException {
        return false;
    }

    @Override
    void close();
}
