package com.mobileapiconnect.bridge.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Speaks SOCKS 5. Each step waits until the proxy's answer to it is there as a whole. */
final class SocksTunnel extends Tunnel {

    private enum Step {
        METHOD,
        LOGIN,
        CONNECT
    }

    private final Proxy proxy;
    private final InetSocketAddress to;
    private Step step = Step.METHOD;

    SocksTunnel(Proxy proxy, InetSocketAddress to) {
        this.proxy = proxy;
        this.to = to;
    }

    private boolean hasLogin() {
        return !proxy.user().isEmpty();
    }

    @Override
    void begin(ChannelHandlerContext context) {
        write(context, hasLogin() ? new byte[] {5, 2, 0, 2} : new byte[] {5, 1, 0});
    }

    @Override
    boolean read(ChannelHandlerContext context, ByteBuf in) throws ConnectException {
        return switch (step) {
            case METHOD -> method(context, in);
            case LOGIN -> login(context, in);
            case CONNECT -> connected(in);
        };
    }

    private boolean method(ChannelHandlerContext context, ByteBuf in) throws ConnectException {
        if (in.readableBytes() < 2) {
            return false;
        }
        int version = in.readUnsignedByte();
        int method = in.readUnsignedByte();
        if (version != 5 || !(method == 0 || (method == 2 && hasLogin()))) {
            throw new ConnectException("The SOCKS proxy asks for a login that bridge.delivery.proxy does not have");
        }
        if (method == 2) {
            byte[] user = proxy.user().getBytes(StandardCharsets.UTF_8);
            byte[] password = proxy.password().getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream login = new ByteArrayOutputStream();
            login.write(1);
            login.write(user.length);
            login.writeBytes(user);
            login.write(password.length);
            login.writeBytes(password);
            write(context, login.toByteArray());
            step = Step.LOGIN;
        } else {
            connect(context);
        }
        return false;
    }

    private boolean login(ChannelHandlerContext context, ByteBuf in) throws ConnectException {
        if (in.readableBytes() < 2) {
            return false;
        }
        in.skipBytes(1);
        if (in.readUnsignedByte() != 0) {
            throw new ConnectException("The SOCKS proxy refused the login of bridge.delivery.proxy");
        }
        connect(context);
        return false;
    }

    private void connect(ChannelHandlerContext context) {
        byte[] address = to.getAddress().getAddress();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {5, 1, 0, (byte) (address.length == 4 ? 1 : 4)});
        request.writeBytes(address);
        request.write(to.getPort() >> 8);
        request.write(to.getPort());
        write(context, request.toByteArray());
        step = Step.CONNECT;
    }

    /** Reads the reply: version, reply, zero, kind of address, address, port. */
    private static boolean connected(ByteBuf in) throws ConnectException {
        if (in.readableBytes() < 2) {
            return false;
        }
        int reply = in.getUnsignedByte(in.readerIndex() + 1);
        if (reply != 0) {
            throw new ConnectException("The SOCKS proxy could not connect: reply " + reply + " (RFC 1928, 6)");
        }
        if (in.readableBytes() < 5) {
            return false;
        }
        int kind = in.getUnsignedByte(in.readerIndex() + 3);
        int address = kind == 1 ? 4 : kind == 4 ? 16 : 1 + in.getUnsignedByte(in.readerIndex() + 4);
        int whole = 4 + address + 2;
        if (in.readableBytes() < whole) {
            return false;
        }
        in.skipBytes(whole);
        return true;
    }
}
