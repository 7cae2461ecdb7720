package com.mobileapiconnect.bridge.tenant;

/**
 * The caller of a request, identified by its key. A handler serves only the kind of caller that its parameter declares.
 */
public sealed interface Caller {

    /** Returns the caller's name for the audit log. */
    String name();

    /** Returns the network address that the request came from; empty while there is no request. */
    String address();

    /** Returns this caller with the address of its request. */
    Caller at(String address);

    /** A tenant's API key. */
    record OfTenant(String tenantId, String keyId, Grant grant, String address) implements Caller {

        OfTenant(String tenantId, String keyId, Grant grant) {
            this(tenantId, keyId, grant, "");
        }

        @Override
        public String name() {
            return keyId;
        }

        @Override
        public OfTenant at(String from) {
            return new OfTenant(tenantId, keyId, grant, from);
        }
    }

    /** A paired phone. */
    record OfDevice(String tenantId, String deviceId, String address) implements Caller {

        OfDevice(String tenantId, String deviceId) {
            this(tenantId, deviceId, "");
        }

        @Override
        public String name() {
            return deviceId;
        }

        @Override
        public OfDevice at(String from) {
            return new OfDevice(tenantId, deviceId, from);
        }
    }

    /** The operator, who runs the bridge. */
    record OfOperator(String keyId, String address) implements Caller {

        OfOperator(String keyId) {
            this(keyId, "");
        }

        @Override
        public String name() {
            return "operator";
        }

        @Override
        public OfOperator at(String from) {
            return new OfOperator(keyId, from);
        }
    }
}
