package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.store.Transaction;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The unfinished deliveries of a target, for its removal; implemented by the package that ends them. */
public interface UnfinishedDeliveries {

    boolean ofTarget(Transaction tx, String targetId);

    /** Returns whether the target has any delivery at all, finished or not. */
    boolean anyOfTarget(JdbcClient sql, String targetId);

    /** Fails the unfinished deliveries of the target, reason {@code deleted}: soon after the commit, in steps. */
    void discardOfTarget(Transaction tx, String targetId);

    /** Waits until these deliveries have failed, for a minute at most; the work continues in any case. */
    void awaitDiscarded(String targetId);
}
