package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.client.Caller;
import com.mobileapiconnect.bridge.client.Proxy;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** The operator's proxy, looked up anew for each connection. */
record ThroughProxy(OutboundProxy proxy, GuardedDns dns) implements Proxy {

    @Override
    public Kind kind() {
        return proxy.kind();
    }

    @Override
    public CompletableFuture<InetSocketAddress> address(Caller caller) {
        return dns.addressOf(proxy.host(), caller.deadlineNanos())
                .thenApply(address -> new InetSocketAddress(address, proxy.port()));
    }

    @Override
    public String user() {
        return proxy.user();
    }

    @Override
    public String password() {
        return proxy.passwordOrEmpty();
    }
}
