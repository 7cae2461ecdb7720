package com.mobileapiconnect.bridge.target;

import com.mobileapiconnect.bridge.store.Transaction;

/** What a target's removal has to know of deliveries; the outbox answers. */
public interface UnfinishedDeliveries {

    boolean ofTarget(Transaction tx, String targetId);

    /** Unfinished deliveries to the target become failed, reason {@code deleted}. */
    void discardOfTarget(Transaction tx, String targetId);
}
