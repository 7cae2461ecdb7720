package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.guard.NetworkGuard;
import com.mobileapiconnect.bridge.thread.Threads;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names and returns only addresses that the guard allows this tenant. The client connects to exactly these
 * addresses, so a name cannot point elsewhere between the check and the connection.
 */
final class GuardedDns implements DnsResolver, AutoCloseable {

    private static final int MOST_LOOKUPS = 64;

    private final NetworkGuard guard;
    private final NameService names;
    // A look-up cannot be interrupted; one that hangs keeps its thread, and the caller continues without it.
    private final ExecutorService lookups = Threads.upTo(MOST_LOOKUPS, "dns");

    GuardedDns(NetworkGuard guard, NameService names) {
        this.guard = guard;
        this.names = names;
    }

    /** Thrown when the guard refuses an address; not a failure of the name service. */
    static final class RefusedAddressException extends UnknownHostException {
        RefusedAddressException(String message) {
            super(message);
        }
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        HttpCall call = HttpCall.current();
        List<InetSocketAddress> allowed = new ArrayList<>();
        String refusal = host + " has no address";
        for (InetAddress address : lookUp(ascii(host), call)) {
            if (guard.check(address, port, call.allowed()) instanceof NetworkGuard.Verdict.Refused refused) {
                refusal = refused.reason();
            } else {
                allowed.add(new InetSocketAddress(address, port));
            }
        }
        if (allowed.isEmpty()) {
            throw new RefusedAddressException(refusal);
        }
        return allowed;
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
        return lookUp(host, HttpCall.current())[0];
    }

    private InetAddress[] lookUp(String host, HttpCall call) throws UnknownHostException {
        try {
            Future<InetAddress[]> lookup = lookups.submit(() -> names.addresses(host));
            return lookup.get(call.millisLeft(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new UnknownHostException(host + ": too many name lookups are hanging");
        } catch (TimeoutException e) {
            throw new UnknownHostException(host + ": the name lookup took longer than the call may");
        } catch (ExecutionException e) {
            throw new UnknownHostException(host + ": the name does not resolve");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted");
        }
    }

    @Override
    public InetAddress[] resolve(String host) {
        throw new UnsupportedOperationException("An address is only judged together with its port");
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
