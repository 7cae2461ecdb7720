package com.mobileapiconnect.bridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.LongRunning;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.RawServer.Peer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All calls by way of the operator's proxy, which is told the address that was checked. */
@LongRunning
class ProxyTest {

    @TempDir
    Path data;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void callsGoThroughAnHttpProxyToTheAddressThatWasChecked() throws Exception {
        RawServer proxy = RawServer.start(peer -> {
            String head = peer.request();
            asked.add(head.lines().findFirst().orElse("") + " "
                    + head.replaceAll("(?s).*Proxy-Authorization: (\\S+ \\S+).*", "$1"));
            peer.send("HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n");
            relay(peer, head.replaceAll("(?s)CONNECT [^ ]+:([0-9]+) .*", "$1"));
        });
        throughProxy("http://me:s%3Acret@127.0.0.1:" + proxy.port(), (plain, secure) -> {
            assertThat(asked)
                    .containsExactly(
                            "CONNECT 127.0.0.1:" + plain + " HTTP/1.1 Basic bWU6czpjcmV0",
                            "CONNECT 127.0.0.1:" + secure + " HTTP/1.1 Basic bWU6czpjcmV0");
        });
        proxy.close();
    }

    @Test
    void callsGoThroughASocksProxyToTheAddressThatWasChecked() throws Exception {
        RawServer proxy = RawServer.start(this::socks);
        throughProxy("socks5://me:secret@127.0.0.1:" + proxy.port(), (plain, secure) -> assertThat(asked)
                .containsExactly("me:secret 127.0.0.1:" + plain, "me:secret 127.0.0.1:" + secure));
        proxy.close();
    }

    private interface Ports {
        void seen(int plain, int secure);
    }

    private void throughProxy(String url, Ports check) throws Exception {
        Certificates certificates = new Certificates();
        Receiver plain = new Receiver();
        RawServer secure = RawServer.start(certificates.context(certificates.server()), peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        try (RunningBridge bridge =
                RunningBridge.start(List.of(FakeNames.class), data, "bridge.delivery.proxy=" + url)) {
            bridge.bean(FakeNames.class)
                    .tell("erp.example.com", host -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});
            assertThat(tryOut(bridge, "http://erp.example.com:" + plain.port() + "/", "null"))
                    .isEqualTo("success");
            String ca =
                    TextNode.valueOf(certificates.authority().certificatePem()).toString();
            assertThat(tryOut(bridge, "https://localhost:" + secure.port() + "/", "{\"tls\":{\"ca\":" + ca + "}}"))
                    .isEqualTo("success");
            check.seen(plain.port(), secure.port());
            assertThat(plain.requests()).hasSize(1);
            assertThat(plain.requests().get(0).header("Host")).isEqualTo("erp.example.com:" + plain.port());
            assertThat(plain.requests().get(0).headers()).doesNotContainKey("proxy-authorization");

            // What is refused without a proxy is refused with one, before anybody is asked.
            bridge.bean(FakeNames.class)
                    .tell("metadata.example.com", host -> new InetAddress[] {InetAddress.getByName("169.254.169.254")});
            assertThat(tryOut(bridge, "http://metadata.example.com/", "null")).isEqualTo("refused");
            assertThat(tryOut(bridge, "http://localhost:" + plain.port() + "/", "null"))
                    .isEqualTo("success");
            assertThat(asked).hasSize(3);
        }
        plain.close();
        secure.close();
    }

    @Test
    void aProxyThatRefusesOrIsNotThereIsAConnectFailure() {
        RawServer proxy = RawServer.start(peer -> {
            peer.request();
            peer.send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        });
        Receiver receiver = new Receiver();
        try (RunningBridge bridge =
                RunningBridge.start(data, "bridge.delivery.proxy=http://127.0.0.1:" + proxy.port())) {
            JsonNode attempt = attempt(bridge, receiver.url("/"), "null");
            assertThat(attempt.get("errorClass").asText()).isEqualTo("connect");
            assertThat(attempt.get("error").asText()).contains("407 Proxy Authentication Required");
            proxy.close();
            JsonNode gone = attempt(bridge, receiver.url("/"), "null");
            assertThat(gone.get("errorClass").asText()).isEqualTo("connect");
            assertThat(gone.get("error").asText()).startsWith("Connect to the bridge's proxy failed: ");
        }
        assertThat(receiver.requests()).isEmpty();
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy:3128",
                "https://proxy:3128",
                "http://proxy",
                "http://proxy:99999",
                "http://proxy:3128/path",
                "socks4://proxy:1080",
                "http://us er:secret@proxy:3128"
            })
    void aProxyThatCannotBeUsedIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> OutboundProxy.parse(url))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("BRIDGE_DELIVERY_PROXY must be http://host:port or socks5://host:port")
                .hasMessageNotContaining("secret");
    }

    private static String tryOut(RunningBridge bridge, String url, String http) {
        JsonNode attempt = attempt(bridge, url, http);
        return attempt.get("errorClass").asText(attempt.get("outcome").asText()).replace("null", "success");
    }

    private static JsonNode attempt(RunningBridge bridge, String url, String http) {
        String id = bridge.tenant()
                .post("/v1/connections", "{\"name\":\"ERP\",\"outboundUrl\":\"" + url + "\",\"http\":" + http + "}")
                .expect(201)
                .at("/id");
        return bridge.tenant()
                .post("/v1/connections/" + id + "/test")
                .expect(200)
                .json();
    }

    private void socks(Peer peer) throws IOException {
        peer.read();
        for (int methods = peer.read(); methods > 0; methods--) {
            peer.read();
        }
        peer.send(new byte[] {5, 2});
        peer.read();
        String login = text(peer) + ":" + text(peer);
        peer.send(new byte[] {1, 0});
        for (int i = 0; i < 4; i++) {
            peer.read();
        }
        String address = peer.read() + "." + peer.read() + "." + peer.read() + "." + peer.read();
        int port = peer.read() << 8 | peer.read();
        asked.add(login + " " + address + ":" + port);
        peer.send(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        relay(peer, Integer.toString(port));
    }

    private static String text(Peer peer) throws IOException {
        byte[] bytes = new byte[peer.read()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) peer.read();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Both ways until one end is closed. */
    private static void relay(Peer peer, String port) throws IOException {
        try (Socket receiver = new Socket("127.0.0.1", Integer.parseInt(port))) {
            Thread back = new Thread(() -> copy(receiver, peer.socket()));
            back.start();
            copy(peer.socket(), receiver);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException closed) {
            // the other direction ended it
        }
    }
}
