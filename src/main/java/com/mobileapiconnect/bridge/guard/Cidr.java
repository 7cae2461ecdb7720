package com.mobileapiconnect.bridge.guard;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of addresses (RFC 4632 for IPv4, RFC 4291 for IPv6) of a single family. Bits after the prefix are an error
 * and are not cleared: a person who writes {@code 10.1.2.3/8} may mean one machine, and clearing would open sixteen
 * million.
 */
public record Cidr(InetAddress network, int prefix) {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");

    public Cidr {
        byte[] bytes = network.getAddress();
        if (prefix < 0 || prefix > bytes.length * 8) {
            throw new IllegalArgumentException(AddressLiteral.text(network) + "/" + prefix
                    + ": the number after the slash must be from 0 to " + bytes.length * 8);
        }
        InetAddress first = AddressLiteral.address(masked(bytes, prefix));
        if (!first.equals(network)) {
            throw new IllegalArgumentException(AddressLiteral.text(network) + "/" + prefix
                    + " begins in the middle of a network; write " + AddressLiteral.text(first) + "/" + prefix
                    + " for all of it, or " + AddressLiteral.text(network)
                    + " for that address alone");
        }
    }

    /**
     * Parses {@code 127.0.0.0/8}, {@code fd00::/8}, or an address, which is a block of one. Never asks a name server.
     *
     * @throws IllegalArgumentException says what to write instead
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a network; write an address such as 10.1.2.3 or"
                    + " fd00::5, or a network such as 10.0.0.0/8 or fd00::/8 (no names, spaces or zones)");
        }
        if (slash < 0) {
            return new Cidr(address.get(), address.get().getAddress().length * 8);
        }
        String prefix = text.substring(slash + 1);
        if (!NUMBER.matcher(prefix).matches()) {
            throw new IllegalArgumentException("\"" + text + "\": after the slash comes the number of leading bits that"
                    + " count, as in 10.0.0.0/8 or fd00::/8");
        }
        return new Cidr(address.get(), Integer.parseInt(prefix));
    }

    public boolean contains(InetAddress address) {
        return AddressLiteral.address(masked(address.getAddress(), prefix)).equals(network);
    }

    private static byte[] masked(byte[] bytes, int prefix) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int bits = Math.min(8, Math.max(0, prefix - 8 * i));
            masked[i] &= (byte) (0xff00 >> bits);
        }
        return masked;
    }

    /** Returns a form that {@link #parse} parses; always with the prefix. */
    @Override
    public String toString() {
        return AddressLiteral.text(network) + "/" + prefix;
    }
}
