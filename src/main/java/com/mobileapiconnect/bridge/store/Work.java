package com.mobileapiconnect.bridge.store;

import java.sql.SQLException;

/** A unit of writing; may be called once only, on the writer's thread, and must not wait for anything. */
@FunctionalInterface
public interface Work<T> {

    T in(Transaction transaction) throws SQLException;
}
