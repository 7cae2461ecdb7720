package com.mobileapiconnect.bridge.client;

/**
 * The receiver and the owner of a connection.
 *
 * @param host in ASCII, without the brackets of an IPv6 address
 */
record Route(boolean secure, String host, int port, Object owner) {

    /** Describes it for the owner, without the addresses of the name. */
    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + host + ":" + port;
    }
}
