package com.mobileapiconnect.bridge.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which callers get in.
 *
 * @param connections  the places for connections
 * @param arriving     the requests that have begun and are not complete
 * @param patienceNanos time for the head of a request, and for making answers wait
 */
record Admission(
        Shares<InetAddress> connections,
        WaitingRoom<Object, CallerConnection> arriving,
        Doors doors,
        TrustedProxies proxies,
        long patienceNanos) {

    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    /** Returns for whom a connection is counted; null if for nobody, because it is a trusted proxy's. */
    @Nullable InetAddress ownerOf(SocketChannel socket) {
        try {
            SocketAddress remote = socket.getRemoteAddress();
            if (remote instanceof InetSocketAddress inet && !proxies.contain(inet.getAddress())) {
                return network(inet.getAddress());
            }
        } catch (IOException e) {
            // it is closed already, and will be found so
        }
        return null;
    }

    /** Makes the connection of an owner who has taken a place for it. */
    CallerConnection admit(NioChannel channel, NioEndpoint endpoint, @Nullable InetAddress owner) {
        return new CallerConnection(channel, endpoint, owner, connections, doors, patienceNanos);
    }

    /** Returns what one customer of a network has: an address, and of IPv6 half of the bits of one. */
    static InetAddress network(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != IPV6_BYTES) {
            return address;
        }
        Arrays.fill(bytes, NETWORK_BYTES, IPV6_BYTES, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
