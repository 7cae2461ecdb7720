package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Transaction;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is not finished with a device; whoever keeps such things answers when it is to be removed. */
public interface Unfinished {

    /**
     * Looks, on a reader, through everything that there is: this may take a while. Empty when something is unfinished,
     * else what the unit has to ask that removes the device.
     */
    Optional<Since> noneOfDevice(JdbcClient sql, String deviceId);

    /** Looks, on the writer, through what has come since {@link #noneOfDevice} looked. */
    @FunctionalInterface
    interface Since {
        boolean unfinished(Transaction tx);
    }

    /** What is unfinished becomes failed, reason {@code deleted}: with the commit, or in steps soon after it. */
    void discardOfDevice(Transaction tx, String deviceId);

    /** Waits until it is, but for a minute at most; it goes on in any case. */
    default void awaitDiscarded(String deviceId) {}
}
