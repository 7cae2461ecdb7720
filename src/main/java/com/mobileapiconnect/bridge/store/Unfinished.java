package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Transaction;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The unfinished work of a device, which its owners report before the device is removed. */
public interface Unfinished {

    /**
     * Searches all work on a reader, which may take a while. Returns empty if something is unfinished, otherwise the
     * check for the unit that removes the device.
     */
    Optional<Since> noneOfDevice(JdbcClient sql, String deviceId);

    /** Checks on the writer the work that was added after {@link #noneOfDevice}. */
    @FunctionalInterface
    interface Since {
        boolean unfinished(Transaction tx);
    }

    /** Ends unfinished deliveries as failed, reason {@code deleted}: with the commit, or in steps soon after it. */
    void discardOfDevice(Transaction tx, String deviceId);

    /** Waits until that work has ended, for a minute at most; the work continues in any case. */
    default void awaitDiscarded(String deviceId) {}
}
