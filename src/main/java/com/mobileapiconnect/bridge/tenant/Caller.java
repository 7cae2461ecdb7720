package com.mobileapiconnect.bridge.tenant;

/** Who is calling, as their key tells. A handler that declares one of these as parameter lets nobody else in. */
public sealed interface Caller {

    /** For the audit log. */
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

    /** Whoever runs the bridge. */
    record OfOperator(String keyId) implements Caller {
        @Override
        public String name() {
            return "operator";
        }
    }
}
