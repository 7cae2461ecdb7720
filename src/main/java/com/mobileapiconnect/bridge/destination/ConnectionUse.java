package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Caller;

/** Tells what names a connection; implemented by the package that owns rules. */
public interface ConnectionUse {

    /** Works out, on the caller's thread, how a connection is taken out of all that names it. */
    Release release(String tenantId, String connectionId);

    /** A connection taken out of all that names it. */
    interface Release {

        /** Returns whether this unit still sees what the release was made from. */
        boolean stands(Transaction tx);

        /** Takes the connection out as a part of this unit, and records it. */
        void write(Transaction tx, Caller who);
    }
}
