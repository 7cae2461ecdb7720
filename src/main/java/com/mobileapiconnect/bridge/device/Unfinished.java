package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Transaction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is not finished with a device; whoever keeps such things answers when it is to be removed. */
public interface Unfinished {

    boolean ofDevice(JdbcClient sql, String deviceId);

    /** What is unfinished becomes failed, reason {@code deleted}: with the commit, or in steps soon after it. */
    void discardOfDevice(Transaction tx, String deviceId);

    /** Waits until it is, but for a minute at most; it goes on in any case. */
    default void awaitDiscarded(String deviceId) {}
}
