package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.guard.NetworkGuard;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves names and returns only addresses that the guard allows this tenant. The client connects to exactly these
 * addresses, so a name cannot point elsewhere between the check and the connection. The addresses of
 * a name stand in the operator's log alone, because errors of calls must not show an internal name service to a tenant.
 */
final class GuardedDns implements DnsResolver {

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

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        HttpCall call = HttpCall.current();
        List<InetSocketAddress> allowed = new ArrayList<>();
        String refusal = "it has no address";
        for (InetAddress address : lookups.addresses(call.tenantId(), ascii(host), nanosLeft(call))) {
            if (guard.check(address, port, call.allowed()) instanceof NetworkGuard.Verdict.Refused refused) {
                refusal = refused.reason();
            } else {
                allowed.add(new InetSocketAddress(address, port));
            }
        }
        if (allowed.isEmpty()) {
            LOG.info("A call of tenant {} to {} was refused: {}", call.tenantId(), host, refusal);
            throw new RefusedAddressException(host);
        }
        return allowed;
    }

    private static long nanosLeft(HttpCall call) {
        return TimeUnit.MILLISECONDS.toNanos(call.millisLeft());
    }

    /**
     * Converts an internationalised name, which the client shows in Unicode, back to the spelling that the name service
     * knows.
     */
    static String ascii(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) > 0x7f) {
                return IDN.toASCII(host);
            }
        }
        return host;
    }

    /** Resolves a name of the operator's without a check. */
    InetAddress addressOf(String host) throws UnknownHostException {
        return lookups.addresses(Lookups.OPERATOR, host, nanosLeft(HttpCall.current()))[0];
    }

    @Override
    public InetAddress[] resolve(String host) {
        throw new UnsupportedOperationException("An address is only judged together with its port");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
