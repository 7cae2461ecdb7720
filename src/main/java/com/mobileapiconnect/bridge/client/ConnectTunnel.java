package com.mobileapiconnect.bridge.client;

import com.mobileapiconnect.bridge.http.BasicCredentials;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Speaks CONNECT. */
final class ConnectTunnel extends Tunnel {

    private static final int LONGEST_HEAD = 8 << 10;

    private final Proxy proxy;
    private final InetSocketAddress to;
    private final StringBuilder head = new StringBuilder();
    private int ends;

    ConnectTunnel(Proxy proxy, InetSocketAddress to) {
        this.proxy = proxy;
        this.to = to;
    }

    @Override
    void begin(ChannelHandlerContext context) {
        String address = to.getAddress().getHostAddress().replaceFirst("%.*", "");
        String authority = (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + to.getPort();
        StringBuilder request = new StringBuilder("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n");
        if (!proxy.user().isEmpty()) {
            request.append("Proxy-Authorization: ")
                    .append(BasicCredentials.header(proxy.user(), proxy.password()))
                    .append("\r\n");
        }
        write(context, request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    boolean read(ChannelHandlerContext context, ByteBuf in) throws ConnectException {
        while (in.isReadable() && ends < 2) {
            int b = in.readByte() & 0xff;
            head.append((char) b);
            ends = b == '\n' ? ends + 1 : b == '\r' ? ends : 0;
            if (head.length() > LONGEST_HEAD) {
                throw new ConnectException("The proxy's answer to CONNECT does not end");
            }
        }
        if (ends < 2) {
            return false;
        }
        String status = head.toString().lines().findFirst().orElse("");
        if (!status.matches("HTTP/1\\.[01] 2[0-9][0-9]( .*)?")) {
            throw new ConnectException(
                    // without the address: a tenant must not learn what a name resolves to
                    "The proxy answered CONNECT with " + status.replaceAll("[^ -~]", "?"));
        }
        return true;
    }
}
