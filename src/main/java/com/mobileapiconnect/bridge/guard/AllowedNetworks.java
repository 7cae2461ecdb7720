package com.mobileapiconnect.bridge.guard;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** The special networks that the operator lets a tenant's outbound calls reach; immutable. */
public final class AllowedNetworks {

    private static final AllowedNetworks NONE = new AllowedNetworks(List.of());
    private static final Cidr MAPPED = Cidr.parse("::ffff:0:0/96");

    private final List<Cidr> networks;

    private AllowedNetworks(List<Cidr> networks) {
        this.networks = networks;
    }

    public static AllowedNetworks none() {
        return NONE;
    }

    /**
     * Parses networks; repeated ones count once.
     *
     * @param networks each in the form of {@link Cidr#parse}
     * @throws IllegalArgumentException names the first invalid network and says what to write instead
     */
    public static AllowedNetworks of(List<String> networks) {
        return networks.isEmpty()
                ? NONE
                : new AllowedNetworks(
                        networks.stream().map(AllowedNetworks::read).distinct().toList());
    }

    /**
     * Parses a network. Java turns IPv4-mapped addresses into IPv4 ones, so a block of them would look allowed and
     * match nothing.
     */
    private static Cidr read(String text) {
        Cidr cidr = Cidr.parse(text);
        if (cidr.prefix() >= MAPPED.prefix() && MAPPED.contains(cidr.network())) {
            byte[] bytes = cidr.network().getAddress();
            Cidr plain = new Cidr(
                    AddressLiteral.address(Arrays.copyOfRange(bytes, 12, 16)), cidr.prefix() - MAPPED.prefix());
            throw new IllegalArgumentException("\"" + text + "\" is an IPv4 address written as IPv6; write " + plain);
        }
        return cidr;
    }

    boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * Returns the networks in a form that {@link #of} parses: in the given order, without spaces, always with the
     * prefix.
     */
    public List<String> toStrings() {
        return networks.stream().map(Cidr::toString).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AllowedNetworks that && networks.equals(that.networks);
    }

    @Override
    public int hashCode() {
        return networks.hashCode();
    }

    @Override
    public String toString() {
        return networks.toString();
    }
}
