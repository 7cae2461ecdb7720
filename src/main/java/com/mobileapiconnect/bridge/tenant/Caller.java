package com.mobileapiconnect.bridge.tenant;

/**
 * The caller of a request, identified by its key. A handler serves only the kind of caller that its parameter declares.
 */
public sealed interface Caller {

    /** Returns the caller's name for the audit log. */
    String name();

    /** A tenant's API key. */
    record OfTenant(String tenantId, String keyId) implements Caller {
        @Override
        public String name() {
            return keyId;
        }
    }

    /** A paired phone. */
    record OfDevice(String tenantId, String deviceId) implements Caller {
        @Override
        public String name() {
            return deviceId;
        }
    }

    /** The operator, who runs the bridge. */
    record OfOperator(String keyId) implements Caller {
        @Override
        public String name() {
            return "operator";
        }
    }
}
