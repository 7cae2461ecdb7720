package com.mobileapiconnect.bridge.guard;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses under which this machine reaches itself, listed again from time to time because interfaces come and go.
 */
final class OwnAddresses {

    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Interfaces interfaces;
    private final Clock clock;
    private volatile @Nullable Listing latest;

    OwnAddresses(Interfaces interfaces, Clock clock) {
        this.interfaces = interfaces;
        this.clock = clock;
    }

    /** Lists the machine's interfaces. */
    interface Interfaces {
        Interfaces OF_THIS_MACHINE = () -> NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toUnmodifiableSet());

        Set<InetAddress> addresses() throws SocketException;
    }

    private record Listing(Set<InetAddress> addresses, Instant at) {}

    boolean contains(InetAddress address) {
        // Linux connects to the unspecified address as if it were loopback
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || listed(address);
    }

    private boolean listed(InetAddress address) {
        Instant now = clock.instant();
        Listing listing = latest;
        // abs, because a clock may be set back
        if (listing == null || Duration.between(listing.at(), now).abs().compareTo(FRESH) >= 0) {
            try {
                listing = new Listing(interfaces.addresses(), now);
                latest = listing;
            } catch (SocketException e) {
                if (listing == null) {
                    return true; // nothing is known: better to refuse a port everywhere than to call oneself
                }
            }
        }
        return listing.addresses().contains(address);
    }
}
