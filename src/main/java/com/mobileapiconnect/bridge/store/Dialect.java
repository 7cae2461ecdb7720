package com.mobileapiconnect.bridge.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

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

    /** Called once, outside a transaction, when the schema is there and before the first unit of work. */
    default void migrated(Connection writer) throws SQLException {}

    /** Called by the writer between two transactions, for housekeeping that must not run during one. */
    default void betweenCommits(Connection writer) throws SQLException {}

    @Override
    void close();
}
