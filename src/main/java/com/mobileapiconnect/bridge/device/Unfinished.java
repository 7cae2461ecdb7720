package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Transaction;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The unfinished work of a device, which its owners report before the device is removed. */
public interface Unfinished {

    /**
     * Looks, on a reader, through everything, which may take a while. Empty if something is unfinished; otherwise the
     * question for the unit that removes the device.
     */
    Optional<Since> noneOfDevice(JdbcClient sql, String deviceId);

    /** Looks, on the writer, through everything that has come since {@link #noneOfDevice} looked. */
    @FunctionalInterface
    interface Since {
        boolean unfinished(Transaction tx);
    }

    /** Ends unfinished deliveries as failed, reason {@code deleted}: with the commit, or in steps soon after it. */
    void discardOfDevice(Transaction tx, String deviceId);

    /** Waits until it is, but for a minute at most; it goes on in any case. */
    default void awaitDiscarded(String deviceId) {}
}
