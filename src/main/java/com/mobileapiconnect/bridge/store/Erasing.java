package com.mobileapiconnect.bridge.store;

import com.mobileapiconnect.bridge.message.Numbers;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Erases the rows of a table that belong to a phone number, in steps. Numbers are compared by their key, whatever their
 * spelling. Tables are erased in the order in which their owners declare them, and owners in the order of their beans
 * ({@code @Order}): messages come first, so nothing new is made of them.
 */
public interface Erasing {

    /** The number as the tenant's rows may know it. */
    record Of(String tenantId, Numbers number) {}

    /** Returns the counts that an answer has when there was nothing to erase: each name with 0. */
    Erased none();

    /** Counts the rows to erase, on a reader. Rows stored later are not counted: otherwise there might be no end. */
    long count(JdbcClient sql, Of number);

    /** Erases up to {@code limit} rows, the oldest first, with their dependent rows. */
    Erased erase(Transaction tx, Of number, int limit) throws SQLException;
}
