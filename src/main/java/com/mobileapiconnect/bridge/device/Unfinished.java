package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Transaction;

/** What a device's removal has to know of deliveries; the outbox answers. */
public interface Unfinished {

    boolean ofDevice(Transaction tx, String deviceId);

    /** Unfinished deliveries of the device's messages become failed, reason {@code deleted}. */
    void discardOfDevice(Transaction tx, String deviceId);
}
