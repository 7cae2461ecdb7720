package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.store.Transaction;

/** What is not finished with a device; whoever keeps such things answers when it is to be removed. */
public interface Unfinished {

    boolean ofDevice(Transaction tx, String deviceId);

    /** What is unfinished becomes failed, reason {@code deleted}. */
    void discardOfDevice(Transaction tx, String deviceId);
}
