package com.mobileapiconnect.bridge.fault;

import com.mobileapiconnect.bridge.message.WireName;

/** The kinds of faults that a test of a connection tells apart; each asks for another change. */
public enum FaultKind implements WireName {
    /** The name of the host is not known. */
    DNS("dns"),
    /** The network guard does not allow the address. */
    REFUSED("refused"),
    /** No program accepts connections there. */
    CONNECT("connect"),
    TLS("tls"),
    TIMEOUT("timeout"),
    /** The credentials are wrong. */
    LOGIN("login"),
    /** The login is right and may not do this. */
    PERMISSION("permission"),
    /** Absent: a service, entity set, table, topic or folder. */
    MISSING("missing"),
    /** A field of the mapping does not exist there, or one that must be filled is not mapped. */
    FIELD("field"),
    /** A field of the mapping is of another type there. */
    TYPE("type"),
    /** The system answered with something else than was expected. */
    ANSWER("answer");

    private final String wireName;

    FaultKind(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
