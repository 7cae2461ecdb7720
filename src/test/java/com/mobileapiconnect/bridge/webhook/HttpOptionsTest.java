package com.mobileapiconnect.bridge.webhook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Certificates;
import com.mobileapiconnect.bridge.support.LongRunning;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(tryOut(id).get("outcome").asText()).isEqualTo("success");
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
        tryOut(id);
        assertThat(receiver.requests().get(0).header("X-Api-Key")).isEqualTo("key-one");
        assertThat(receiver.requests().get(0).header("Authorization")).isEqualTo("Basic " + base64("other:pass-one"));

        put(id, "/erp", "{\"headers\":null,\"auth\":null}").expect(200);
        tryOut(id);
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
        tryOut(id);
        assertThat(thief.requests().get(0).headers()).doesNotContainKeys("x-api-key", "authorization");
        thief.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'headers':{'Host':'x'}} | http.headers.Host | is set by the bridge",
                "{'headers':{'content-type':'x'}} | http.headers.content-type | is set by the bridge",
                "{'headers':{'Content-Length':'1'}} | http.headers.Content-Length | is set by the bridge",
                "{'headers':{'Transfer-Encoding':'chunked'}} | http.headers.Transfer-Encoding | is set by the bridge",
                "{'headers':{'Connection':'close'}} | http.headers.Connection | is set by the bridge",
                "{'headers':{'Proxy-Authorization':'x'}} | http.headers.Proxy-Authorization | is set by the bridge",
                "{'headers':{'X-MAC-Signature':'x'}} | http.headers.X-MAC-Signature | is set by the bridge",
                "{'headers':{'Webhook-Id':'x'}} | http.headers.Webhook-Id | is set by the bridge",
                "{'headers':{'CamelHttpUri':'http://x'}} | http.headers.CamelHttpUri | is set by the bridge",
                "{'headers':{'X Y':'x'}} | http.headers.X Y | is not a header name",
                "{'headers':{'X-Y:':'x'}} | http.headers.X-Y: | is not a header name",
                "{'headers':{'X-Y':'a\\r\\nX-Z: b'}} | http.headers.X-Y | printable ASCII",
                "{'headers':{'X-Y':'\\u00e9'}} | http.headers.X-Y | printable ASCII",
                "{'headers':{'X-Y':' a'}} | http.headers.X-Y | printable ASCII",
                "{'headers':{'X-Y':7}} | http.headers.X-Y | must be a string",
                "{'headers':{'X-Y':true}} | http.headers.X-Y | there is none",
                "{'headers':{'X-Y':'a','x-y':'b'}} | http.headers.x-y | given twice",
                "{'headers':{'Authorization':'x'},'auth':{'type':'bearer','token':'t'}} | http.headers.Authorization |"
                        + " give only one of the two",
                "{'headers':[]} | http.headers | must be an object",
                "{'auth':{'type':'digest'}} | http.auth.type | must be one of basic, bearer, oauth2",
                "{'auth':{'type':'basic','username':'a:b','password':'x'}} | http.auth.username | colon",
                "{'auth':{'type':'basic','username':'a'}} | http.auth.password | must be given",
                "{'auth':{'type':'basic','username':'a','password':null}} | http.auth.password | must be given",
                "{'auth':{'type':'bearer','token':'a b'}} | http.auth.token | without spaces",
                "{'auth':{'type':'bearer','token':'a','username':'b'}} | http.auth.username | is unknown",
                "{'auth':{'type':'oauth2','clientId':'a','clientSecret':'b'}} | http.auth.tokenUrl | must be given",
                "{'auth':{'type':'oauth2','tokenUrl':'http://10.0.0.1/','clientId':'a','clientSecret':'b'}} |"
                        + " http.auth.tokenUrl | private address",
                "{'tls':{'ca':'nothing'}} | http.tls.ca | in PEM",
                "{'tls':{'ca':'/etc/ssl/cert.pem'}} | http.tls.ca | in PEM",
                "{'tls':{'clientCertificate':'x'}} | http.tls.clientKey | together",
                "{'tls':{'clientKey':'x'}} | http.tls.clientCertificate | together",
                "{'cookies':true} | http.cookies | is unknown",
                "7 | http | must be an object",
            })
    void whatCannotBeSentIsRefusedAndNamed(String http, String field, String reason) {
        Api.Reply reply = bridge.tenant()
                .post("/v1/connections", body(receiver.url("/"), http.replace('\'', '"')))
                .expect(422);
        assertThat(reply.json().get("errors").findValuesAsText("field")).contains(field);
        assertThat(reply.text()).contains(reason);
    }

    @Test
    void aKeyThatIsNotItsCertificatesIsRefusedWithoutShowingIt() throws Exception {
        Certificates.Issued one = certificates.client("one");
        String tls = "{\"tls\":{\"clientCertificate\":%s,\"clientKey\":%s}}"
                .formatted(
                        json(one.certificatePem()),
                        json(certificates.client("two").keyPem()));
        Api.Reply reply = bridge.tenant()
                .post("/v1/connections", body("https://erp.example.com", tls))
                .expect(422);
        assertThat(reply.text()).contains("http.tls.clientKey").contains("is not the key of");
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
        assertThat(tryOut(with).get("outcome").asText()).isEqualTo("success");
        assertThat(tryOut(with).get("outcome").asText()).isEqualTo("success");
        assertThat(clients).containsExactly("CN=bridge-1");
        assertThat(bridge.tenant().get("/v1/connections/" + with).text())
                .contains("BEGIN CERTIFICATE")
                .doesNotContain("PRIVATE");

        String without = connection(
                url, "{\"tls\":{\"ca\":" + json(certificates.authority().certificatePem()) + "}}");
        assertThat(tryOut(without).get("errorClass").asText()).isIn("tls", "http");
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
            tryOut(one);
            tryOut(two);
        }
        assertThat(clients).containsExactly("CN=one one", "CN=two two", "CN=one one", "CN=two two");
        assertThat(server.connections()).isEqualTo(2);

        // The same target with another certificate is another one, too.
        bridge.tenant()
                .put("/v1/connections/" + one, body(url, withHeader(tls(certificates.client("three")), "one")))
                .expect(200);
        tryOut(one);
        assertThat(clients).last().isEqualTo("CN=three one");
        server.close();
    }

    @Test
    void tokensAreFetchedOnceKeptAndSentAsBearer() {
        AtomicInteger fetched = new AtomicInteger();
        receiver.answering(got -> got.path().equals("/token")
                ? Answer.of(
                        200,
                        "{\"access_token\":\"t-" + fetched.incrementAndGet()
                                + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
                : Answer.of(200));
        String id = connection(receiver.url("/erp"), oauth("\"scope\":\"sms write\",\"audience\":\"https://erp\""));
        Api phone = bridge.phone();
        for (int i = 0; i < 20; i++) {
            phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
        }
        eventually(() -> assertThat(receiver.requests("/erp")).hasSize(20));
        assertThat(receiver.requests("/erp"))
                .extracting(got -> got.header("Authorization"))
                .containsOnly("Bearer t-1");
        assertThat(receiver.requests("/token")).hasSize(1);
        Receiver.Got asked = receiver.requests("/token").get(0);
        assertThat(asked.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(asked.header("Authorization")).isEqualTo("Basic " + base64("erp+1:s%3Acret"));
        assertThat(asked.text()).isEqualTo("grant_type=client_credentials&scope=sms+write&audience=https%3A%2F%2Ferp");
        delete(id);
    }

    @Test
    void aTokenThatExpiresOrIsRefusedIsFetchedAnewForTheNextAttempt() {
        AtomicInteger fetched = new AtomicInteger();
        AtomicReference<String> good = new AtomicReference<>("");
        receiver.answering(got -> {
            if (got.path().equals("/token")) {
                good.set("t-" + fetched.incrementAndGet());
                return Answer.of(200, "{\"access_token\":\"" + good.get() + "\",\"expires_in\":\"3600\"}");
            }
            return Answer.of(got.header("Authorization").equals("Bearer " + good.get()) ? 200 : 401);
        });
        String id = connection(receiver.url("/erp"), oauth("\"inBody\":true"));
        assertThat(tryOut(id).get("outcome").asText()).isEqualTo("success");
        good.set("revoked");
        JsonNode refused = tryOut(id);
        assertThat(refused.get("httpStatus").asInt()).isEqualTo(401);
        assertThat(receiver.requests("/erp")).as("one POST per attempt").hasSize(2);
        assertThat(tryOut(id).get("outcome").asText()).isEqualTo("success");
        assertThat(receiver.requests("/token")).hasSize(2);
        assertThat(receiver.requests("/token").get(0).text())
                .isEqualTo("grant_type=client_credentials&client_id=erp+1&client_secret=s%3Acret");
        delete(id);
    }

    @Test
    void aTokenThatNeverWorksIsNotFetchedAgainAtEveryAttempt() {
        receiver.answering(got ->
                got.path().equals("/token") ? Answer.of(200, "{\"access_token\":\"never-good\"}") : Answer.of(401));
        String id = connection(receiver.url("/erp"), oauth("\"scope\":null"));
        for (int i = 0; i < 3; i++) {
            assertThat(tryOut(id).get("httpStatus").asInt()).isEqualTo(401);
        }
        assertThat(receiver.requests("/token")).hasSize(1);
        delete(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | {\"error\":\"invalid_client\",\"token\":\"leak\"} | HTTP 400: invalid_client",
                "500 | oops leak | HTTP 500",
                "200 | {\"error\":\"leak\"} | no usable access_token",
                "200 | {\"access_token\":\"a b leak\"} | no usable access_token",
                "200 | {\"access_token\":\"leak\",\"token_type\":\"mac\"} | another type",
                "200 | leak | no usable access_token",
                "302 | leak | HTTP 302",
            })
    void aTokenEndpointThatFailsIsAFailedAttemptOfItsOwnClass(int status, String body, String error) {
        receiver.answering(got -> got.path().equals("/token") ? Answer.of(status, body) : Answer.of(200));
        String id = connection(receiver.url("/erp"), oauth("\"scope\":null"));
        JsonNode attempt = tryOut(id);
        assertThat(attempt.get("errorClass").asText()).isEqualTo("token");
        assertThat(attempt.get("error").asText()).contains(error);
        assertThat(attempt.toString()).doesNotContain("leak");
        assertThat(receiver.requests("/erp")).isEmpty();
        delete(id);
    }

    @Test
    void aTokenEndpointThatHangsIsWithinTheDeadline() {
        RawServer hung = RawServer.start(peer -> {
            peer.request();
            peer.hang();
        });
        String http = oauth("\"scope\":null").replace(receiver.url("/token"), "http://127.0.0.1:" + hung.port() + "/");
        String id = bridge.tenant()
                .post(
                        "/v1/connections",
                        body(receiver.url("/erp"), http)
                                .replace("\"name\"", "\"redelivery\":{\"timeout\":\"PT1S\"},\"name\""))
                .expect(201)
                .at("/id");
        JsonNode attempt = tryOut(id);
        assertThat(attempt.get("errorClass").asText()).isEqualTo("token");
        assertThat(attempt.get("error").asText()).contains("within the timeout");
        hung.close();
        delete(id);
    }

    @Test
    void aRestartKeepsThemAll() throws Exception {
        String id = connection(
                receiver.url("/erp"),
                "{\"headers\":{\"X-Api-Key\":\"k\"},\"auth\":{\"type\":\"bearer\",\"token\":\"t\"},\"tls\":{\"ca\":"
                        + json(certificates.authority().certificatePem()) + "}}");
        String before = bridge.tenant().get("/v1/connections/" + id).text();
        bridge.close();
        bridge = RunningBridge.start(data);
        assertThat(bridge.tenant().get("/v1/connections/" + id).text()).isEqualTo(before);
        tryOut(id);
        assertThat(receiver.requests().get(0).header("X-Api-Key")).isEqualTo("k");
        assertThat(receiver.requests().get(0).header("Authorization")).isEqualTo("Bearer t");
        delete(id);
    }

    private String oauth(String more) {
        return "{\"auth\":{\"type\":\"oauth2\",\"tokenUrl\":\"" + receiver.url("/token")
                + "\",\"clientId\":\"erp 1\",\"clientSecret\":\"s:cret\"," + more + "}}";
    }

    private static String tls(Certificates.Issued client) throws Exception {
        return "{\"tls\":{\"clientCertificate\":%s,\"clientKey\":%s,\"ca\":%s}}"
                .formatted(
                        json(client.certificatePem()),
                        json(client.keyPem()),
                        json(certificates.authority().certificatePem()));
    }

    private static String withHeader(String http, String who) {
        return "{\"headers\":{\"X-Who\":\"" + who + "\"}," + http.substring(1);
    }

    private static String json(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(String url, String http) {
        return "{\"name\":\"ERP\",\"outboundUrl\":\"" + url + "\"" + (http.isEmpty() ? "" : ",\"http\":" + http) + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "http.auth.password, ' erp'",
        "http.auth.password, 'erp '",
        "http.auth.password, 'erp\u00a0'",
        "http.auth.password, '\u2009erp'",
        "http.auth.password, '\ufefferp'",
        "http.auth.password, 'erp\u200b'",
        "http.auth.password, 'erp\u200e'",
        "http.auth.password, '\u3000erp'",
        "http.auth.username, ' erp'",
        "http.auth.username, 'erp '",
        "http.auth.username, 'erp\u00a0'",
        "http.auth.username, '\u2060erp'",
        "http.headers.X-Key, ' erp'",
        "http.headers.X-Key, 'erp '",
        "http.headers.X-Key, 'erp\u00a0'",
        "http.headers.X-Key, '\ufefferp'",
        "secret, ' 0123456789abcdef'",
        "secret, '0123456789abcdef '",
        "secret, '0123456789abcdef\u00a0'",
        "secret, '\ufeff0123456789abcdef'",
        "secret, '0123456789abcdef  '",
    })
    void aSecretOrHeaderWithWhiteSpaceAtAnEndIsRefused(String field, String value) {
        String quoted = new TextNode(value).toString();
        String more =
                switch (field) {
                    case "secret" -> "\"secret\":" + quoted;
                    case "http.headers.X-Key" -> "\"http\":{\"headers\":{\"X-Key\":" + quoted + "}}";
                    case "http.auth.username" ->
                        "\"http\":{\"auth\":{\"type\":\"basic\",\"password\":\"p\",\"username\":" + quoted + "}}";
                    default ->
                        "\"http\":{\"auth\":{\"type\":\"basic\",\"username\":\"u\",\"password\":" + quoted + "}}";
                };

        Api.Reply refused = bridge.tenant()
                .post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"outboundUrl\":\"" + receiver.url("/erp") + "\"," + more + "}")
                .expect(422);

        assertThat(refused.at("/errors/0/field")).isEqualTo(field);
        assertThat(refused.text()).doesNotContain("0123456789abcdef");
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

    private JsonNode tryOut(String id) {
        return bridge.tenant()
                .post("/v1/connections/" + id + "/test")
                .expect(200)
                .json();
    }

    private void delete(String id) {
        bridge.tenant().delete("/v1/connections/" + id + "?discard=true").expect(202, 204);
    }
}
