package com.mobileapiconnect.bridge.store;

import java.sql.SQLException;

/**
 * A unit of writing. Called on the writer's thread, must not wait for anything, and must change nothing but the store:
 * when a unit that shares its commit fails, it is undone and called once more.
 */
@FunctionalInterface
public interface Work<T> {

    T in(Transaction transaction) throws SQLException;
}
