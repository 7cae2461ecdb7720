package com.mobileapiconnect.bridge.webhook;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.Hmac;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import com.mobileapiconnect.bridge.support.Texts;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets change under load, and receivers do not notice; signatures are over what is sent. */
class RotationTest extends SharedBridgeSuite {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String EDITED = """
            - route:
                id: deliver
                description: Sends something else than what came.
                from:
                  uri: outbox:due
                  steps:
                    - setBody:
                        constant: '{"edited":true}'
                    - to: outbox:send
            """;

    private Receiver receiver;

    @BeforeEach
    void open() {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        bridge.tenant().deleteConnections();
        receiver.close();
    }

    /** The receiver changes its secret at some moment of the overlap, and accepts one at a time. */
    @Test
    void aReceiverThatTakesEitherSignatureSeesNoFailureAcrossARotation() throws Exception {
        AtomicReference<String> held = new AtomicReference<>(SECRET);
        AtomicInteger refused = new AtomicInteger();
        Set<String> answered = ConcurrentHashMap.newKeySet();
        List<String> accepted = new CopyOnWriteArrayList<>();
        receiver.answering(got -> {
            boolean signed = signed(held.get(), got) && standard(held.get(), got);
            if (!signed) {
                refused.incrementAndGet();
            }
            answered.add(got.header("X-MAC-Message"));
            return Answer.of(signed ? 200 : 401);
        });
        String id = connection(bridge);
        AtomicBoolean over = new AtomicBoolean();
        Thread load = load(bridge.phone(), accepted, over);
        eventually(() -> assertThat(receiver.requests()).hasSizeGreaterThan(50));
        String fresh = bridge.tenant()
                .post("/v1/connections/" + id + "/rotate-secret")
                .expect(200)
                .at("/secret");
        more(100);
        // The one that was on its way to the bridge at the rotation is accepted by now. All until then may bear one
        // signature, and some may still be under way.
        List<String> before = List.copyOf(accepted);
        eventually(() -> assertThat(answered).containsAll(before));
        held.set(fresh);
        more(100);
        over.set(true);
        load.join();
        within(30, () -> assertThat(bridge.tenant()
                        .get("/v1/deliveries?status=pending&target=" + id)
                        .json()
                        .get("data"))
                .isEmpty());
        assertThat(refused).hasValue(0);
        assertThat(receiver.requests())
                .hasSizeGreaterThan(250)
                .allSatisfy(got -> assertThat(got.header("X-MAC-Attempt")).isEqualTo("1"));
        assertThat(receiver.requests().stream()
                        .filter(got -> !got.header("X-MAC-Signature-Previous").isEmpty()))
                .hasSizeGreaterThan(150);
    }

    @Test
    void theStandardWebhooksLibraryForJavaTakesWhatIsSentBeforeAndDuringARotation() throws Exception {
        String id = connection(bridge);
        send(bridge.phone(), Texts.UGLY);
        eventually(() -> assertThat(receiver.requests()).hasSize(1));
        String fresh = bridge.tenant()
                .post("/v1/connections/" + id + "/rotate-secret")
                .expect(200)
                .at("/secret");
        send(bridge.phone(), Texts.UGLY);
        eventually(() -> assertThat(receiver.requests()).hasSize(2));
        Got before = receiver.requests().get(0);
        Got during = receiver.requests().get(1);

        verify(SECRET, before);
        verify(SECRET, during);
        verify(fresh, during);
        assertThatThrownBy(() -> verify(fresh, before)).isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(SECRET).verify(before.text() + " ", headers(before)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void whatAnEditedRouteMadeOfTheBodyIsWhatIsSigned(Database database, @TempDir Path data) throws Exception {
        Path routes = Files.createDirectory(data.resolve("routes"));
        for (String name : List.of("intake", "accept")) {
            Files.copy(Path.of("routes", name + ".camel.yaml"), routes.resolve(name + ".camel.yaml"));
        }
        Files.writeString(routes.resolve("deliver.camel.yaml"), EDITED);
        try (RunningBridge edited = RunningBridge.start(data.resolve("d"), database, "bridge.routes.dir=" + routes)) {
            connection(edited);
            send(edited.phone(), "hello");
            eventually(() -> assertThat(receiver.requests()).hasSize(1));
            Got got = receiver.requests().get(0);
            assertThat(got.text()).isEqualTo("{\"edited\":true}");
            assertThat(signed(SECRET, got)).isTrue();
            assertThatCode(() -> verify(SECRET, got)).doesNotThrowAnyException();
        }
    }

    private static Thread load(Api phone, List<String> accepted, AtomicBoolean over) {
        Thread load = new Thread(() -> {
            while (!over.get()) {
                accepted.add(send(phone, "load"));
            }
        });
        load.start();
        return load;
    }

    private void more(int deliveries) {
        int now = receiver.requests().size();
        within(60, () -> assertThat(receiver.requests()).hasSizeGreaterThan(now + deliveries));
    }

    private String connection(RunningBridge on) {
        return on.tenant()
                .post(
                        "/v1/connections",
                        "{\"name\":\"ERP\",\"outboundUrl\":\"%s\",\"secret\":\"%s\",\"redelivery\":{\"timeout\":\"PT30S\"}}"
                                .formatted(receiver.url("/erp"), SECRET))
                .expect(201)
                .at("/id");
    }

    private static String send(Api phone, String text) {
        return phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":" + Texts.quoted(text) + "}")
                .expect(202)
                .at("/messages/0/id");
    }

    private static void verify(String secret, Got got) throws WebhookVerificationException {
        new Webhook(secret).verify(got.text(), headers(got));
    }

    private static Map<String, List<String>> headers(Got got) {
        return Map.of(
                "webhook-id", List.of(got.header("webhook-id")),
                "webhook-timestamp", List.of(got.header("webhook-timestamp")),
                "webhook-signature", List.of(got.header("webhook-signature")));
    }

    private static boolean standard(String secret, Got got) {
        try {
            verify(secret, got);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private static boolean signed(String secret, Got got) {
        byte[] expected = ("sha256=" + Hmac.sha256(secret, got.body())).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, got.header("X-MAC-Signature").getBytes(StandardCharsets.US_ASCII))
                || MessageDigest.isEqual(
                        expected, got.header("X-MAC-Signature-Previous").getBytes(StandardCharsets.US_ASCII));
    }
}
