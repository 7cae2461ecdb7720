package com.mobileapiconnect.bridge.guard;

import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Decides which addresses outbound calls may reach. By default that is the public internet alone: nothing in the IANA
 * special-purpose registries (RFC 6890), and of IPv6 only 2000::/3. A tenant's {@link AllowedNetworks} open the
 * networks that they name. An address that carries an IPv4 address (NAT64, 6to4, Teredo and the like) is open if they
 * name the carried address, or if they name the carrier and the carried address is public or named too: a tenant that
 * needs {@code 64:ff9b::/96} to get out at all does not mean {@code 64:ff9b::10.0.0.1}. The bridge's own port on this
 * machine is always closed. Safe for many threads; never asks a name server.
 */
public final class NetworkGuard {

    private final IntSupplier ownPort;
    private final OwnAddresses own;

    /**
     * Makes a guard for the machine that it runs on.
     *
     * @param ownPort the port that the bridge listens on, read at each check because it is chosen late; 0 or less while
     *                unknown
     * @param clock   for listing this machine's addresses again after 30 seconds
     */
    public NetworkGuard(IntSupplier ownPort, Clock clock) {
        this(ownPort, new OwnAddresses(OwnAddresses.Interfaces.OF_THIS_MACHINE, clock));
    }

    NetworkGuard(IntSupplier ownPort, OwnAddresses own) {
        this.ownPort = ownPort;
        this.own = own;
    }

    /** The answer to whether an address may be connected to. */
    public sealed interface Verdict {

        record Allowed() implements Verdict {}

        /**
         * A refusal.
         *
         * @param reason a sentence for the tenant: the address, its kind, and who can change that
         */
        record Refused(String reason) implements Verdict {}
    }

    /**
     * Checks an address. Call this for each address that a name resolved to, at each connect, and connect to that very
     * address: a second later the name may mean another one.
     */
    public Verdict check(InetAddress address, int port, AllowedNetworks allowed) {
        if (port == ownPort.getAsInt() && isOwn(address)) {
            return new Verdict.Refused(AddressLiteral.text(address) + " port " + port
                    + " is this bridge itself, which never calls itself");
        }
        return refusal(address, allowed).<Verdict>map(Verdict.Refused::new).orElseGet(Verdict.Allowed::new);
    }

    /**
     * Returns why a URL can never be delivered to, in words for the field in which it was set; empty if it can, as far
     * as that is known without resolving its name. The URL must be absolute, http or https, at most 2048 ASCII
     * characters, without user, fragment and IPv6 zone. An address in it must have its one plain spelling and is judged
     * at once, {@code localhost} as loopback (RFC 6761).
     *
     * <p>A URL that passes means the same host and port to Apache HttpClient 5 as to this method, provided it is given
     * to {@link java.net.URI#URI(String)} unchanged.
     */
    public Optional<String> refuseUrl(String url, AllowedNetworks allowed) {
        WebUrl read = WebUrl.read(url);
        if (read instanceof WebUrl.Usable usable) {
            List<Verdict> verdicts = usable.addresses().stream()
                    .map(address -> check(address, usable.port(), allowed))
                    .toList();
            // localhost is two addresses; a single one that may be reached is enough
            return verdicts.stream().anyMatch(Verdict.Allowed.class::isInstance)
                    ? Optional.empty()
                    : verdicts.stream()
                            .map(verdict -> ((Verdict.Refused) verdict).reason())
                            .findFirst();
        }
        return Optional.of(((WebUrl.Unusable) read).reason());
    }

    private boolean isOwn(InetAddress address) {
        return own.contains(address)
                || SpecialNetwork.embeddedIn(address).stream().anyMatch(own::contains);
    }

    private static Optional<String> refusal(InetAddress address, AllowedNetworks allowed) {
        Optional<SpecialNetwork> special = SpecialNetwork.of(address);
        if (special.isEmpty()) {
            return Optional.empty();
        }
        List<InetAddress> embedded = SpecialNetwork.embeddedIn(address);
        for (InetAddress inner : embedded) {
            Optional<String> reason = refusal(inner, allowed);
            if (reason.isPresent()) {
                return Optional.of(AddressLiteral.text(address) + " carries an IPv4 address: " + reason.get());
            }
        }
        boolean named = allowed.contains(address)
                || (!embedded.isEmpty() && embedded.stream().allMatch(allowed::contains));
        return named
                ? Optional.empty()
                : Optional.of(
                        AddressLiteral.text(address) + " is " + special.get().what() + " ("
                                + special.get().network()
                                + "); the operator can allow it in this tenant's allowedNetworks");
    }
}
