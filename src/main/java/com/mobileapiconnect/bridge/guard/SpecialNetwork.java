package com.mobileapiconnect.bridge.guard;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A block that is not the public internet and is closed unless the operator opens it: the IANA IPv4 and IPv6
 * Special-Purpose Address Registries (RFC 6890 and its updates), multicast (RFC 5771, RFC 4291), and every part of IPv6
 * outside the one block assigned as global unicast, 2000::/3 (IANA IPv6 Address Space).
 *
 * @param what     the kind of its addresses in words, with the article
 * @param embedded the IPv4 addresses at which traffic to an address of this block may end
 */
record SpecialNetwork(Cidr network, String what, Function<byte[], List<InetAddress>> embedded) {

    /**
     * All blocks. The first that contains an address counts, so within a family the narrower stands before the wider.
     */
    private static final List<SpecialNetwork> ALL = List.of(
            of("127.0.0.0/8", "a loopback address"),
            of("10.0.0.0/8", "a private address"),
            of("172.16.0.0/12", "a private address"),
            of("192.168.0.0/16", "a private address"),
            of("169.254.0.0/16", "a link-local address"), // with the metadata service of most clouds
            of("100.64.0.0/10", "a carrier's shared address"), // RFC 6598
            of("168.63.129.16/32", "the address of Azure's own services"), // public by number, yet answers every VM
            of("0.0.0.0/8", "an unspecified address"),
            of("192.0.0.0/24", "an IETF protocol address"),
            of("192.0.2.0/24", "a documentation address"),
            of("198.51.100.0/24", "a documentation address"),
            of("203.0.113.0/24", "a documentation address"),
            of("192.88.99.0/24", "a retired 6to4 relay address"), // RFC 7526
            of("198.18.0.0/15", "a benchmarking address"),
            of("224.0.0.0/4", "a multicast address"),
            of("255.255.255.255/32", "the broadcast address"),
            of("240.0.0.0/4", "a reserved address"),
            of("::1/128", "a loopback address"),
            of("::/128", "an unspecified address"),
            of("::ffff:0:0/96", "an IPv4-mapped address", v6 -> List.of(quad(v6, 12))),
            of("::ffff:0:0:0/96", "an IPv4-translated address", v6 -> List.of(quad(v6, 12))), // RFC 2765
            of("::/96", "an IPv4-compatible address", v6 -> List.of(quad(v6, 12))),
            of("64:ff9b::/96", "a NAT64 address", v6 -> List.of(quad(v6, 12))),
            of("64:ff9b:1::/48", "a local NAT64 address", SpecialNetwork::localNat64),
            of("100::/64", "a discard-only address"),
            of("fc00::/7", "a private (unique local) address"),
            of("fe80::/10", "a link-local address"),
            of("fec0::/10", "a site-local address"),
            of("ff00::/8", "a multicast address"),
            of("2001::/32", "a Teredo address", SpecialNetwork::teredo),
            of("2001:2::/48", "a benchmarking address"),
            of("2001:10::/28", "an ORCHID"),
            of("2001:20::/28", "an ORCHID"),
            of("2001::/23", "an IETF protocol address"),
            of("2001:db8::/32", "a documentation address"),
            of("3fff::/20", "a documentation address"), // RFC 9637
            of("2002::/16", "a 6to4 address", v6 -> List.of(quad(v6, 2))),
            of("::/3", "not a public address"),
            of("4000::/2", "not a public address"),
            of("8000::/1", "not a public address"));

    private static SpecialNetwork of(String network, String what) {
        return of(network, what, v6 -> List.of());
    }

    private static SpecialNetwork of(String network, String what, Function<byte[], List<InetAddress>> embedded) {
        return new SpecialNetwork(Cidr.parse(network), what, embedded);
    }

    /** Returns the block of an address; empty for an address of the public internet. */
    static Optional<SpecialNetwork> of(InetAddress address) {
        return ALL.stream().filter(special -> special.network.contains(address)).findFirst();
    }

    static List<InetAddress> embeddedIn(InetAddress address) {
        return of(address)
                .map(special -> special.embedded.apply(address.getAddress()))
                .orElse(List.of());
    }

    /**
     * Returns the IPv4 addresses that an address of RFC 8215's block may carry. Their layout is the operator's choice:
     * RFC 6052 (2.2) has four, with byte 8 left out. All are checked; 0.x.y.z is the padding of another layout.
     */
    private static List<InetAddress> localNat64(byte[] v6) {
        return Stream.of(quad(v6, 6, 7, 9, 10), quad(v6, 7, 9, 10, 11), quad(v6, 9), quad(v6, 12))
                .filter(address -> address.getAddress()[0] != 0)
                .distinct()
                .toList();
    }

    /** Returns the relaying server, and the client with its bits inverted (RFC 4380, 4). */
    private static List<InetAddress> teredo(byte[] v6) {
        byte[] inverted = v6.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~inverted[i];
        }
        return List.of(quad(v6, 4), quad(inverted, 12));
    }

    private static InetAddress quad(byte[] v6, int from) {
        return AddressLiteral.address(Arrays.copyOfRange(v6, from, from + 4));
    }

    private static InetAddress quad(byte[] v6, int a, int b, int c, int d) {
        return AddressLiteral.address(new byte[] {v6[a], v6[b], v6[c], v6[d]});
    }
}
