package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.MailServers;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that reply and mail, from the SMS that came in to the one that goes out. */
@OnBothDatabases
class RulesReplyTest {

    private static final String FRONT_DESK = "911234500000";
    private static final int MAIL_PORT = Ports.free();

    static RunningBridge bridge;
    static RunningBridge other;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data, @TempDir Path otherData) {
        bridge = RunningBridge.start(
                data,
                database,
                "bridge.smtp.url=smtp://127.0.0.1:" + MAIL_PORT,
                "bridge.mail.from=bridge@acme.example");
        other = RunningBridge.start(otherData, database);
    }

    @AfterDatabase
    static void stop() {
        other.close();
        bridge.close();
    }

    /** A tenant with one phone. */
    private record Business(Api tenant, Api phone, String number) {

        static Business open(RunningBridge bridge, String number) {
            Api tenant = bridge.newTenant("{\"name\":\"Acme Corp\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                    .api();
            String token = tenant.post("/v1/devices", "{\"name\":\"p\",\"number\":\"" + number + "\"}")
                    .expect(201)
                    .at("/token");
            return new Business(tenant, tenant.as(token), number);
        }

        void rule(String action) {
            tenant.post("/v1/rules", "{\"name\":\"r\",\"then\":[" + action + "]}")
                    .expect(201);
        }

        String receives(String from, String text) {
            String sms = JsonNodeFactory.instance
                    .objectNode()
                    .put("from", from)
                    .put("text", text)
                    .put("sim", 1)
                    .toString();
            return phone.post("/v1/inbound", sms).expect(202).at("/messages/0/id");
        }

        JsonNode delivery(String message) {
            return tenant.get("/v1/messages/" + message).expect(200).json().at("/deliveries/0");
        }

        JsonNode fetch() {
            return phone.get("/v1/outbox").expect(200).json().get("messages");
        }
    }

    @Test
    void aReplyGoesOutThroughThePhoneThatCapturedTheMessageAndItsFateIsInTheStory() {
        Business acme = Business.open(bridge, FRONT_DESK);
        acme.rule("{\"type\":\"reply\",\"text\":\"Hi {{from}}, we have your '{{text}}'\"}");
        String message = acme.receives("+91 98765 43210", "balance {{from}}");
        JsonNode sms = acme.phone().get("/v1/outbox?wait=60").expect(200).json().at("/messages/0");
        assertThat(sms.get("to").asText()).isEqualTo("+91 98765 43210");
        assertThat(sms.get("text").asText()).isEqualTo("Hi +91 98765 43210, we have your 'balance {{from}}'");
        assertThat(sms.get("sim").asInt()).isEqualTo(1);
        eventually(
                () -> assertThat(acme.delivery(message).at("/status").asText()).isEqualTo("delivered"));
        assertThat(acme.delivery(message).at("/reply/status").asText()).isEqualTo("leased");
        acme.phone()
                .post("/v1/outbox/" + sms.get("id").asText(), "{\"status\":\"delivered\"}")
                .expect(200);
        JsonNode told = acme.delivery(message);
        assertThat(told.at("/reply/status").asText()).isEqualTo("delivered");
        assertThat(told.at("/attempts/0/responseBody").asText())
                .isEqualTo("queued as " + sms.get("id").asText());
        assertThat(acme.tenant()
                        .get("/v1/deliveries/" + told.get("id").asText())
                        .at("/reply/id"))
                .isEqualTo(sms.get("id").asText());
    }

    @Test
    void aReplyThatIsKeptBackSaysWhyAndTheMessageIsForwarded() {
        Business acme = Business.open(bridge, FRONT_DESK);
        acme.rule("{\"type\":\"reply\",\"text\":\"ok\"}");
        suppressed(acme, "VK-HDFCBK", "hi", "alphanumeric-sender");
        suppressed(acme, "12345", "hi", "short-code");
        suppressed(acme, "+" + FRONT_DESK, "hi", "own-number");
        suppressed(acme, "919876543210", "Stop", "opted-out");
        suppressed(acme, "+919876543210", "hello?", "opted-out");
        for (int i = 0; i < 5; i++) {
            String answered = acme.receives("919876543211", "hi " + i);
            eventually(() ->
                    assertThat(acme.delivery(answered).at("/status").asText()).isEqualTo("delivered"));
        }
        suppressed(acme, "919876543211", "hi again", "loop-guard");
        String back = acme.receives("919876543210", "START");
        eventually(() ->
                assertThat(acme.delivery(back).at("/reply/status").asText()).isEqualTo("queued"));
        assertThat(acme.fetch()).hasSize(6);
    }

    private static void suppressed(Business acme, String from, String text, String reason) {
        String message = acme.receives(from, text);
        eventually(() -> {
            assertThat(acme.delivery(message).at("/status").asText()).isEqualTo("skipped");
            assertThat(acme.delivery(message).at("/reason").asText()).isEqualTo(reason);
        });
    }

    @Test
    void aReplyThatAnswersAnAnswerCarriesItsRef() {
        Business acme = Business.open(bridge, FRONT_DESK);
        acme.rule("{\"type\":\"reply\",\"text\":\"Thank you\"}");
        acme.tenant()
                .post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"Pay\",\"ref\":\"INV-42\"}")
                .expect(202);
        acme.receives("919876543210", "PAID");
        eventually(() -> assertThat(acme.tenant().get("/v1/outgoing").json().findValuesAsText("ref"))
                .containsExactly("INV-42", "INV-42"));
    }

    /** Each customer of one is the business of the other, and both reply to everything. */
    @Test
    void twoBridgesThatReplyToEachOtherStopByThemselves() {
        Business here = Business.open(bridge, "911234500001");
        Business there = Business.open(other, "911234500002");
        here.rule("{\"type\":\"reply\",\"text\":\"We got: {{text}}\"}");
        there.rule("{\"type\":\"reply\",\"text\":\"Thanks for: {{text}}\"}");
        here.receives(there.number(), "hello");
        AtomicInteger carried = new AtomicInteger();
        AtomicBoolean quiet = new AtomicBoolean();
        within(60, () -> {
            quiet.set(carry(here, there) + carry(there, here) == 0);
            if (!quiet.get()) {
                carried.incrementAndGet();
            }
            assertThat(reasons(here)).contains("loop-guard");
            assertThat(quiet.get()).isTrue();
        });
        assertThat(sent(here)).isEqualTo(5);
        assertThat(sent(there)).isEqualTo(5);
        assertThat(carried.get()).isLessThanOrEqualTo(10);
    }

    /** What one's phone sends, the other's phone receives. */
    private static int carry(Business from, Business to) {
        JsonNode sms = from.fetch();
        sms.forEach(each -> {
            assertThat(each.get("to").asText()).isEqualTo(to.number());
            to.receives(from.number(), each.get("text").asText());
            from.phone()
                    .post("/v1/outbox/" + each.get("id").asText(), "{\"status\":\"sent\"}")
                    .expect(200);
        });
        return sms.size();
    }

    private static java.util.List<String> reasons(Business business) {
        return business.tenant().get("/v1/deliveries?status=skipped").json().findValuesAsText("reason");
    }

    private static int sent(Business business) {
        return business.tenant()
                .get("/v1/outgoing?status=sent")
                .json()
                .get("data")
                .size();
    }

    @Test
    void aMailReachesAServerThatWasDownForAWhile() throws Exception {
        Business acme = Business.open(bridge, FRONT_DESK);
        acme.rule("""
                {"type":"email","to":["ops@acme.example","boss@acme.example"],"subject":"SMS from {{from}}",
                 "text":"{{text}}"}""");
        String message = acme.receives("919876543210", "help\r\nBcc: evil@example.com");
        eventually(() -> {
            assertThat(acme.delivery(message).at("/status").asText()).isEqualTo("pending");
            assertThat(acme.delivery(message).at("/attempts/0/errorClass").asText())
                    .isEqualTo("connect");
        });
        GreenMail mail = MailServers.smtp(MAIL_PORT);
        try {
            // nobody asks for it: the second attempt comes by the policy, 5 to 6 s after the first
            eventually(() ->
                    assertThat(acme.delivery(message).at("/status").asText()).isEqualTo("delivered"));
            assertThat(mail.getReceivedMessages()).hasSize(2);
            assertThat(mail.getReceivedMessages()[0].getSubject()).isEqualTo("SMS from 919876543210");
            JsonNode attempts = acme.delivery(message).get("attempts");
            assertThat(attempts.get(attempts.size() - 1).get("responseBody").asText())
                    .contains("2 recipients");
        } finally {
            mail.stop();
        }
    }
}
