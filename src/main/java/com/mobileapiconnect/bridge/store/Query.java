package com.mobileapiconnect.bridge.store;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A question to the store, asked on a reader's thread. */
@FunctionalInterface
public interface Query<T> {

    T ask(JdbcClient sql);
}
