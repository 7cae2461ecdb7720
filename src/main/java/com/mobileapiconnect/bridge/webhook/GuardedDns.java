package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.guard.NetworkGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves names and returns only addresses that the guard allows this tenant. The client connects to exactly these
 * addresses, so a name cannot point elsewhere between the check and the connection. The addresses of
 * a name stand in the operator's log alone, because errors of calls must not show an internal name service to a tenant.
 */
final class GuardedDns {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedDns.class);

    private final NetworkGuard guard;
    private final Lookups lookups;

    GuardedDns(NetworkGuard guard, Lookups lookups) {
        this.guard = guard;
        this.lookups = lookups;
    }

    /** Thrown when the guard refuses all addresses of a name; not a failure of the name service. */
    static final class RefusedAddressException extends UnknownHostException {
        RefusedAddressException(String host) {
            super(host + ": refused by the network guard; the operator's log says why");
        }
    }

    /** Returns the addresses that a call may connect to, at the latest when the call has no time left. */
    CompletableFuture<List<InetSocketAddress>> resolve(HttpCall call, String host, int port) {
        return lookups.addresses(call.tenantId(), host, call.nanosLeft())
                .thenApply(addresses -> allowed(call, host, port, addresses));
    }

    private List<InetSocketAddress> allowed(HttpCall call, String host, int port, InetAddress[] addresses) {
        List<InetSocketAddress> allowed = new ArrayList<>();
        String refusal = "it has no address";
        for (InetAddress address : addresses) {
            if (guard.check(address, port, call.allowed()) instanceof NetworkGuard.Verdict.Refused refused) {
                refusal = refused.reason();
            } else {
                allowed.add(new InetSocketAddress(address, port));
            }
        }
        if (allowed.isEmpty()) {
            LOG.info("A call of tenant {} to {} was refused: {}", call.tenantId(), host, refusal);
            throw new CompletionException(new RefusedAddressException(host));
        }
        return allowed;
    }

    /** Resolves a name of the operator's without a check. */
    CompletableFuture<InetAddress> addressOf(String host, long deadlineNanos) {
        return lookups.addresses(Lookups.OPERATOR, host, deadlineNanos - System.nanoTime())
                .thenApply(addresses -> addresses[0]);
    }
}
