package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.http.BasicCredentials;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A socket that connects through the proxy, so that to the client the connection leads straight to the checked address.
 * Java's own SOCKS support is not used, because its password is a setting of the whole process.
 */
final class TunnelSocket extends Socket {

    private static final int LONGEST_HEAD = 8 << 10;

    private final OutboundProxy proxy;
    private final InetAddress proxyAddress;

    TunnelSocket(OutboundProxy proxy, InetAddress proxyAddress) {
        this.proxy = proxy;
        this.proxyAddress = proxyAddress;
    }

    @Override
    public void connect(SocketAddress target, int timeoutMillis) throws IOException {
        super.connect(new InetSocketAddress(proxyAddress, proxy.port()), timeoutMillis);
        int usual = getSoTimeout();
        setSoTimeout(timeoutMillis);
        InetSocketAddress to = (InetSocketAddress) target;
        switch (proxy.kind()) {
            case HTTP -> httpConnect(to);
            case SOCKS5 -> socksConnect(to);
        }
        setSoTimeout(usual);
    }

    private void httpConnect(InetSocketAddress to) throws IOException {
        String address = to.getAddress().getHostAddress().replaceFirst("%.*", "");
        String authority = (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + to.getPort();
        StringBuilder request = new StringBuilder("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n");
        if (!proxy.user().isEmpty()) {
            request.append("Proxy-Authorization: ")
                    .append(BasicCredentials.header(proxy.user(), proxy.passwordOrEmpty()))
                    .append("\r\n");
        }
        write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        String status = head().lines().findFirst().orElse("");
        if (!status.matches("HTTP/1\\.[01] 2[0-9][0-9]( .*)?")) {
            throw new ConnectException(
                    // without the address: a tenant must not learn what a name resolves to
                    "The proxy answered CONNECT with " + status.replaceAll("[^ -~]", "?"));
        }
    }

    /** Reads byte by byte, because everything after the empty line belongs to the receiver. */
    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int b = read();
            head.write(b);
            ends = b == '\n' ? ends + 1 : b == '\r' ? ends : 0;
            if (head.size() > LONGEST_HEAD) {
                throw new ConnectException("The proxy's answer to CONNECT does not end");
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private void socksConnect(InetSocketAddress to) throws IOException {
        boolean login = !proxy.user().isEmpty();
        write(login ? new byte[] {5, 2, 0, 2} : new byte[] {5, 1, 0});
        int version = read();
        int method = read();
        if (version != 5 || !(method == 0 || (method == 2 && login))) {
            throw new ConnectException("The SOCKS proxy asks for a login that bridge.delivery.proxy does not have");
        }
        if (method == 2) {
            socksLogin();
        }
        byte[] address = to.getAddress().getAddress();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(new byte[] {5, 1, 0, (byte) (address.length == 4 ? 1 : 4)});
        request.writeBytes(address);
        request.write(to.getPort() >> 8);
        request.write(to.getPort());
        write(request.toByteArray());
        read();
        int reply = read();
        if (reply != 0) {
            throw new ConnectException("The SOCKS proxy could not connect: reply " + reply + " (RFC 1928, 6)");
        }
        read();
        int kind = read();
        int rest = 2 + (kind == 1 ? 4 : kind == 4 ? 16 : read());
        for (int i = 0; i < rest; i++) {
            read();
        }
    }

    private void socksLogin() throws IOException {
        byte[] user = proxy.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = proxy.passwordOrEmpty().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream login = new ByteArrayOutputStream();
        login.write(1);
        login.write(user.length);
        login.writeBytes(user);
        login.write(password.length);
        login.writeBytes(password);
        write(login.toByteArray());
        read();
        if (read() != 0) {
            throw new ConnectException("The SOCKS proxy refused the login of bridge.delivery.proxy");
        }
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream out = getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private int read() throws IOException {
        InputStream in = getInputStream();
        int b = in.read();
        if (b < 0) {
            throw new EOFException("The proxy closed the connection");
        }
        return b;
    }
}
