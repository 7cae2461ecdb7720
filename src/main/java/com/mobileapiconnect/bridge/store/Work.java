package com.mobileapiconnect.bridge.store;

import java.sql.SQLException;

/**
 * A unit of writing. Called on the writer's thread; must not wait for anything and must change nothing but the store:
 * if another unit of the same commit fails, this one is undone and called again.
 */
@FunctionalInterface
public interface Work<T> {

    T in(Transaction transaction) throws SQLException;
}
