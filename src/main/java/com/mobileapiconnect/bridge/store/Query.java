package com.mobileapiconnect.bridge.store;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A query of the store, run on a reader's thread. */
@FunctionalInterface
public interface Query<T> {

    T ask(JdbcClient sql);
}
