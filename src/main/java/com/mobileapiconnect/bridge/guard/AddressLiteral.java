package com.mobileapiconnect.bridge.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Parses and formats IP addresses. {@link InetAddress#getByName} is not used because it asks the name server for every
 * text that it does not take for an address, and takes more for an address than a reader would.
 */
public final class AddressLiteral {

    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    private AddressLiteral() {}

    /**
     * Parses four decimal numbers without leading zeros, or IPv6 without brackets and zone; empty for anything else.
     */
    public static Optional<InetAddress> parse(String text) {
        return (text.indexOf(':') < 0 ? v4(text) : v6(text)).map(AddressLiteral::address);
    }

    /**
     * Makes an address and, unlike {@link InetAddress#getByAddress(byte[])}, leaves an IPv4-mapped address its 16
     * bytes.
     */
    static InetAddress address(byte[] bytes) {
        try {
            return bytes.length == 4 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    /** Formats an address by RFC 5952, without a host name or zone that the object may carry. */
    static String text(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        int from = 0;
        int to = 0;
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && group(bytes, end) == 0) {
                end++;
            }
            if (end - start > Math.max(1, to - from)) {
                from = start;
                to = end;
            }
        }
        return to == 0 ? groups(bytes, 0, 8) : groups(bytes, 0, from) + "::" + groups(bytes, to, 8);
    }

    private static String groups(byte[] bytes, int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(group(bytes, i)));
        }
        return text.toString();
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[2 * index] & 0xff) << 8 | (bytes[2 * index + 1] & 0xff);
    }

    private static Optional<byte[]> v4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (!OCTET.matcher(octets[i]).matches() || Integer.parseInt(octets[i]) > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) Integer.parseInt(octets[i]);
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return run(text, true).filter(bytes -> bytes.length == 16);
        }
        Optional<byte[]> head = run(text.substring(0, gap), false);
        Optional<byte[]> tail = run(text.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length > 14) {
            return Optional.empty();
        }
        byte[] bytes = new byte[16];
        System.arraycopy(head.get(), 0, bytes, 0, head.get().length);
        System.arraycopy(tail.get(), 0, bytes, 16 - tail.get().length, tail.get().length);
        return Optional.of(bytes);
    }

    /** @param last whether the address ends here, so that it may end in a dotted quad (RFC 4291, 2.2) */
    private static Optional<byte[]> run(String text, boolean last) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] groups = text.split(":", -1);
        Optional<byte[]> quad = last ? v4(groups[groups.length - 1]) : Optional.empty();
        int hex = quad.isPresent() ? groups.length - 1 : groups.length;
        if (hex > 8) {
            return Optional.empty();
        }
        byte[] bytes = new byte[2 * hex + (quad.isPresent() ? 4 : 0)];
        for (int i = 0; i < hex; i++) {
            if (!GROUP.matcher(groups[i]).matches()) {
                return Optional.empty();
            }
            int value = Integer.parseInt(groups[i], 16);
            bytes[2 * i] = (byte) (value >> 8);
            bytes[2 * i + 1] = (byte) value;
        }
        quad.ifPresent(octets -> System.arraycopy(octets, 0, bytes, 2 * hex, 4));
        return Optional.of(bytes);
    }
}
