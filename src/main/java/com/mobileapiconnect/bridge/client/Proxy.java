package com.mobileapiconnect.bridge.client;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** A proxy that every connection goes through. The proxy is told addresses: names it would look up by itself. */
public interface Proxy {

    /** The protocols that proxies speak. */
    enum Kind {
        /** CONNECT (RFC 9110, 9.3.6), for http targets too. */
        HTTP,
        /** RFC 1928, user name and password by RFC 1929. */
        SOCKS5
    }

    Kind kind();

    /** Looks the proxy's own name up, for a call. */
    CompletableFuture<InetSocketAddress> address(Caller caller);

    /** Returns the user name; empty for none. */
    String user();

    String password();
}
