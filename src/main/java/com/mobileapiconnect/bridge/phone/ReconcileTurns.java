package com.mobileapiconnect.bridge.phone;

import com.mobileapiconnect.bridge.api.Problem;
import java.util.HashSet;
import java.util.Set;

/** The turns of phones that ask for what is missing: few, and one at a time of a tenant, so that others get theirs. */
final class ReconcileTurns {

    /** Looking takes time of the door and of the readers that captures need. */
    private static final int MOST = 2;

    private final Set<String> tenants = new HashSet<>();

    /** A turn; given back by {@link #close}. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes a turn; throws a 503 {@link Problem} if there is none for this tenant now. */
    synchronized Turn take(String tenantId) {
        if (tenants.size() == MOST || !tenants.add(tenantId)) {
            throw Problem.unavailable("Several phones are asking for what is missing at the moment.");
        }
        return () -> giveBack(tenantId);
    }

    private synchronized void giveBack(String tenantId) {
        tenants.remove(tenantId);
    }
}
