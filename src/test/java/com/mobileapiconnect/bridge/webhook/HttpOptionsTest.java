package com.mobileapiconnect.bridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.LongRunning;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.Texts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target's {@code http} does on the wire, and that its secrets stay inside. */
@LongRunning
class HttpOptionsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    @TempDir
    static Path data;

    static RunningBridge bridge;
    static Certificates certificates;
    Receiver receiver;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(data);
        certificates = new Certificates();
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @BeforeEach
    void open() {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void extraHeadersAndBasicCredentialsGoAlongWithEveryCall() {
        String id = connection(
                receiver.url("/erp"),
                "{\"headers\":{\"X-Api-Key\":\"k 1\",\"X-Env\":\"prod\"},"
                        + "\"auth\":{\"type\":\"basic\",\"username\":\"erp\",\"password\":\"pässword:1\"}}");
        assertThat(bridge.tenant().tryOut(id).get("outcome").asText()).isEqualTo("success");
        Receiver.Got got = receiver.requests().get(0);
        assertThat(got.header("X-Api-Key")).isEqualTo("k 1");
        assertThat(got.header("X-Env")).isEqualTo("prod");
        assertThat(got.header("Authorization")).isEqualTo("Basic " + base64("erp:pässword:1"));
    }

    @Test
    void theForwardAllWebhookTakesThemToo() {
        bridge.tenant()
                .put(
                        "/v1/webhooks",
                        "{\"url\":\"" + receiver.url("/all")
                                + "\",\"http\":{\"auth\":{\"type\":\"bearer\",\"token\":\"abc.def\"}}}")
                .expect(200);
        bridge.tenant().post("/v1/webhooks/test").expect(200);
        assertThat(receiver.requests().get(0).header("Authorization")).isEqualTo("Bearer abc.def");
        bridge.tenant().put("/v1/webhooks", "{\"enabled\":false,\"http\":null}").expect(200);
    }

    @Test
    void secretsAreShownAsSetAndKeptWhenGivenBackAsShownOrLeftOut() {
        String id = connection(
                receiver.url("/erp"),
                "{\"headers\":{\"X-Api-Key\":\"key-one\"},"
                        + "\"auth\":{\"type\":\"basic\",\"username\":\"erp\",\"password\":\"pass-one\"}}");
        Api.Reply shown = bridge.tenant().get("/v1/connections/" + id).expect(200);
        assertThat(shown.text()).doesNotContain("key-one", "pass-one");
        assertThat(shown.json().get("http").toString())
                .isEqualTo("{\"headers\":{\"X-Api-Key\":true},\"auth\":{\"type\":\"basic\",\"username\":\"erp\","
                        + "\"password\":true},\"tls\":null}");

        bridge.tenant().put("/v1/connections/" + id, shown.text()).expect(200);
        put(id, "/erp", "").expect(200);
        put(id, "/erp", "{\"auth\":{\"type\":\"basic\",\"username\":\"other\"}}")
                .expect(200);
        bridge.tenant().tryOut(id);
        assertThat(receiver.requests().get(0).header("X-Api-Key")).isEqualTo("key-one");
        assertThat(receiver.requests().get(0).header("Authorization")).isEqualTo("Basic " + base64("other:pass-one"));

        put(id, "/erp", "{\"headers\":null,\"auth\":null}").expect(200);
        bridge.tenant().tryOut(id);
        assertThat(receiver.requests().get(1).headers()).doesNotContainKeys("x-api-key", "authorization");
        assertThat(bridge.tenant()
                        .get("/v1/connections/" + id)
                        .json()
                        .get("http")
                        .isNull())
                .isTrue();
    }

    @Test
    void storedSecretsDoNotFollowTheUrlToAnotherHost() {
        String id = connection(
                receiver.url("/erp"),
                "{\"headers\":{\"X-Api-Key\":\"k\"},\"auth\":{\"type\":\"bearer\",\"token\":\"t\"}}");
        Receiver thief = new Receiver();
        for (String http : List.of("", "{\"headers\":{\"X-Api-Key\":true},\"auth\":null}", "{}")) {
            Api.Reply reply = bridge.tenant()
                    .put("/v1/connections/" + id, body(thief.url("/x"), http))
                    .expect(422);
            assertThat(reply.text()).contains("must be given again");
        }
        bridge.tenant()
                .put("/v1/connections/" + id, body(thief.url("/x"), "{\"headers\":null,\"auth\":null}"))
                .expect(200);
        bridge.tenant().tryOut(id);
        assertThat(thief.requests().get(0).headers()).doesNotContainKeys("x-api-key", "authorization");
        thief.close();
    }

    @Test
    void aClientCertificateAndAPrivateAuthorityAreUsedInTheHandshake() throws Exception {
        List<String> clients = new CopyOnWriteArrayList<>();
        RawServer server = RawServer.start(certificates.context(certificates.server()), peer -> {
            SSLSocket socket = (SSLSocket) peer.socket();
            socket.setNeedClientAuth(true);
            socket.startHandshake();
            clients.add(socket.getSession().getPeerPrincipal().getName());
            while (true) {
                peer.request();
                peer.send(OK);
            }
        });
        String url = "https://localhost:" + server.port() + "/";
        Certificates.Issued client = certificates.client("bridge-1");
        String with = connection(url, tls(client));
        assertThat(bridge.tenant().tryOut(with).get("outcome").asText()).isEqualTo("success");
        assertThat(bridge.tenant().tryOut(with).get("outcome").asText()).isEqualTo("success");
        assertThat(clients).containsExactly("CN=bridge-1");
        assertThat(bridge.tenant().get("/v1/connections/" + with).text())
                .contains("BEGIN CERTIFICATE")
                .doesNotContain("PRIVATE");

        String without = connection(
                url, "{\"tls\":{\"ca\":" + Texts.quoted(certificates.authority().certificatePem()) + "}}");
        assertThat(bridge.tenant().tryOut(without).get("errorClass").asText()).isIn("tls", "http");
        assertThat(server.requests()).hasSize(2);
        server.close();
    }

    /** Each has seen another certificate or other credentials, so none may be used for another. */
    @Test
    void aKeptAliveConnectionIsNeverSharedBetweenTargetsWithOptions() throws Exception {
        List<String> clients = new CopyOnWriteArrayList<>();
        RawServer server = RawServer.start(certificates.context(certificates.server()), peer -> {
            SSLSocket socket = (SSLSocket) peer.socket();
            socket.setNeedClientAuth(true);
            socket.startHandshake();
            String name = socket.getSession().getPeerPrincipal().getName();
            while (true) {
                String head = peer.request();
                clients.add(name + " " + head.replaceAll("(?s).*X-Who: ([a-z]+).*", "$1"));
                peer.send(OK);
            }
        });
        String url = "https://127.0.0.1:" + server.port() + "/";
        String one = connection(url, withHeader(tls(certificates.client("one")), "one"));
        String two = connection(url, withHeader(tls(certificates.client("two")), "two"));
        for (int i = 0; i < 2; i++) {
            bridge.tenant().tryOut(one);
            bridge.tenant().tryOut(two);
        }
        assertThat(clients).containsExactly("CN=one one", "CN=two two", "CN=one one", "CN=two two");
        assertThat(server.connections()).isEqualTo(2);

        // The same target with another certificate is another one, too.
        bridge.tenant()
                .put("/v1/connections/" + one, body(url, withHeader(tls(certificates.client("three")), "one")))
                .expect(200);
        bridge.tenant().tryOut(one);
        assertThat(clients).last().isEqualTo("CN=three one");
        server.close();
    }

    @Test
    void aRestartKeepsThemAll() throws Exception {
        String id = connection(
                receiver.url("/erp"),
                "{\"headers\":{\"X-Api-Key\":\"k\"},\"auth\":{\"type\":\"bearer\",\"token\":\"t\"},\"tls\":{\"ca\":"
                        + Texts.quoted(certificates.authority().certificatePem()) + "}}");
        String before = bridge.tenant().get("/v1/connections/" + id).text();
        bridge.close();
        bridge = RunningBridge.start(data);
        assertThat(bridge.tenant().get("/v1/connections/" + id).text()).isEqualTo(before);
        bridge.tenant().tryOut(id);
        assertThat(receiver.requests().get(0).header("X-Api-Key")).isEqualTo("k");
        assertThat(receiver.requests().get(0).header("Authorization")).isEqualTo("Bearer t");
        delete(id);
    }

    private static String tls(Certificates.Issued client) throws Exception {
        return "{\"tls\":{\"clientCertificate\":%s,\"clientKey\":%s,\"ca\":%s}}"
                .formatted(
                        Texts.quoted(client.certificatePem()),
                        Texts.quoted(client.keyPem()),
                        Texts.quoted(certificates.authority().certificatePem()));
    }

    private static String withHeader(String http, String who) {
        return "{\"headers\":{\"X-Who\":\"" + who + "\"}," + http.substring(1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String url, String http) {
        return "{\"name\":\"ERP\",\"outboundUrl\":\"" + url + "\"" + (http.isEmpty() ? "" : ",\"http\":" + http) + "}";
    }

    @Test
    void aSecretIsGivenAgainForAnotherHostWithAnUnderscore() {
        String id = connection("http://my_erp:1/", "{\"headers\":{\"X-Key\":\"k\"}}");

        bridge.tenant()
                .put("/v1/connections/" + id, "{\"name\":\"ERP\",\"outboundUrl\":\"http://another_erp:1/\"}")
                .expect(422);
        bridge.tenant()
                .put("/v1/connections/" + id, "{\"name\":\"ERP\",\"outboundUrl\":\"http://MY_ERP:1/x\"}")
                .expect(200);
    }

    private String connection(String url, String http) {
        return bridge.tenant()
                .post("/v1/connections", body(url, http))
                .expect(201)
                .at("/id");
    }

    private Api.Reply put(String id, String path, String http) {
        return bridge.tenant().put("/v1/connections/" + id, body(receiver.url(path), http));
    }

    private void delete(String id) {
        bridge.tenant().delete("/v1/connections/" + id + "?discard=true").expect(202, 204);
    }
}
