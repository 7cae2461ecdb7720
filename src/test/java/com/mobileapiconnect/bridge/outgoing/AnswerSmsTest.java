package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.MessageQueries;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.AnswerReplies;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A receiver's answer becomes an SMS to the customer: {@code replyFrom}. */
class AnswerSmsTest extends ReceiverSuite {

    private static final String CUSTOMER = "919876543210";
    private static final String REPLY_FROM = "\"replyFrom\":\"/sms/text\"";

    private static Answer saying(String text) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return Answer.of(
                200,
                json.objectNode()
                        .set("sms", json.objectNode().put("text", text))
                        .toString());
    }

    private String receives(String from, String text) {
        String sms = JsonNodeFactory.instance
                .objectNode()
                .put("from", from)
                .put("text", text)
                .put("sim", 2)
                .toString();
        return phone.post("/v1/inbound", sms).expect(202).at("/messages/0/id");
    }

    private JsonNode delivery(String message) {
        return tenant.get("/v1/messages/" + message).expect(200).json().at("/deliveries/0");
    }

    private JsonNode delivered(String message) {
        eventually(() -> assertThat(delivery(message).at("/status").asText()).isEqualTo("delivered"));
        return delivery(message);
    }

    private JsonNode outgoing() {
        return tenant.get("/v1/outgoing").expect(200).json().get("data");
    }

    @Test
    void goesBackByTheSamePhoneAndSimWithTheRefAndItsFateIsInTheStory() {
        tenant.connection(receiver.url("/erp"), REPLY_FROM);
        receiver.answering(got -> saying("Your balance is 12,50 €, {{from}}"));
        tenant.post("/v1/messages", "{\"to\":\"" + CUSTOMER + "\",\"text\":\"Pay\",\"ref\":\"INV-42\"}")
                .expect(202);
        String message = receives("+" + CUSTOMER, "balance");
        JsonNode told = delivered(message);
        assertThat(told.at("/reply/to").asText()).isEqualTo("+" + CUSTOMER);
        assertThat(told.at("/reply/text").asText()).isEqualTo("Your balance is 12,50 €, {{from}}");
        assertThat(told.has("replySuppressed")).isFalse();
        JsonNode sms = phone.get("/v1/outbox").expect(200).json().at("/messages/0");
        assertThat(sms.get("id")).isEqualTo(told.at("/reply/id"));
        assertThat(sms.get("sim").asInt()).isEqualTo(2);
        assertThat(sms.get("ref").asText()).isEqualTo("INV-42");
        phone.post("/v1/outbox/" + sms.get("id").asText(), "{\"status\":\"sent\"}")
                .expect(200);
        assertThat(delivery(message).at("/reply/status").asText()).isEqualTo("sent");
    }

    @Test
    void everyWebhookMayAnswer() {
        receiver.answering(got -> saying("from " + got.path()));
        tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/all") + "\"," + REPLY_FROM + "}")
                .expect(200);
        tenant.post(
                        "/v1/rules",
                        "{\"name\":\"r\",\"then\":[{\"type\":\"webhook\",\"url\":\"" + receiver.url("/rule") + "\","
                                + REPLY_FROM + "}]}")
                .expect(201);
        assertThat(tenant.get("/v1/rules").at("/data/0/then/0/replyFrom")).isEqualTo("/sms/text");
        receives(CUSTOMER, "hello");
        eventually(() ->
                assertThat(outgoing().findValuesAsText("text")).containsExactlyInAnyOrder("from /all", "from /rule"));
        tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/all") + "\"}").expect(200);
        assertThat(tenant.get("/v1/webhooks").json().at("/replyFrom").isNull()).isTrue();
    }

    @Test
    void theGuardsOfRulesRepliesHoldAndTheStorySaysWhichOne() {
        phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"q\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token"));
        tenant.connection(receiver.url("/erp"), REPLY_FROM);
        receiver.answering(got -> saying("ok"));
        suppressed("VK-HDFCBK", "hi", "alphanumeric-sender");
        suppressed("12345", "hi", "short-code");
        suppressed("+911234500000", "hi", "own-number");
        suppressed(CUSTOMER, "Stop", "opted-out");
        suppressed("+" + CUSTOMER, "hello?", "opted-out");
        for (int i = 0; i < 5; i++) {
            assertThat(delivered(receives("919876543211", "hi " + i)).has("reply"))
                    .isTrue();
        }
        suppressed("919876543211", "hi again", "loop-guard");
        assertThat(outgoing()).hasSize(5);
    }

    private void suppressed(String from, String text, String reason) {
        JsonNode delivery = delivered(receives(from, text));
        assertThat(delivery.at("/replySuppressed").asText()).isEqualTo(reason);
        assertThat(delivery.has("reply")).isFalse();
    }

    @Test
    void aPhoneThatSendsNothingAnyMoreSendsNoReply() {
        String connection = tenant.connection(receiver.url("/erp"), REPLY_FROM);
        receiver.answering(got -> saying("ok"));
        tenant.post("/v1/connections/" + connection + "/pause").expect(200);
        String message = receives(CUSTOMER, "hello");
        String device = tenant.get("/v1/devices").at("/data/0/id");
        tenant.patch("/v1/devices/" + device, "{\"adapter\":\"twilio\"}").expect(200);
        tenant.post("/v1/connections/" + connection + "/resume").expect(200);
        assertThat(delivered(message).at("/replySuppressed").asText()).isEqualTo("no-phone");
        assertThat(outgoing()).isEmpty();
    }

    @Test
    void onlyATextOrNumberInASuccessIsAReply() {
        tenant.connection(receiver.url("/erp"), REPLY_FROM + ",\"success\":[\"2xx\",302]");
        for (String answer : new String[] {"{\"sms\":{\"text\":null}}", "{\"sms\":{\"text\":{}}}", "{}", "no JSON"}) {
            receiver.answering(got -> Answer.of(200, answer));
            JsonNode delivery = delivered(receives(CUSTOMER, answer));
            assertThat(delivery.has("reply") || delivery.has("replySuppressed"))
                    .as(answer)
                    .isFalse();
        }
        receiver.answering(got -> Answer.of(302, "{\"sms\":{\"text\":\"moved\"}}"));
        assertThat(delivered(receives(CUSTOMER, "302")).has("reply")).isFalse();
        receiver.answering(got -> Answer.of(201, "{\"sms\":{\"text\":17.50}}"));
        assertThat(delivered(receives(CUSTOMER, "17.50")).at("/reply/text").asText())
                .isEqualTo("17.50");
    }

    @Test
    void aLongTextIsCutToThreeSegmentsAndAnUglyOneIsMadeReadable() {
        tenant.connection(receiver.url("/erp"), REPLY_FROM);
        receiver.answering(got -> saying("x".repeat(9_000)));
        assertThat(delivered(receives(CUSTOMER, "long")).at("/reply/text").asText())
                .isEqualTo("x".repeat(3 * 153));
        receiver.answering(got -> Answer.of(200, "{\"sms\":{\"text\":\"a\\u0000b\\ud800c\"}}"));
        assertThat(delivered(receives(CUSTOMER, "ugly")).at("/reply/text").asText())
                .isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void failedAttemptsSayNothingAndAReplayIsAnotherReply() {
        AtomicInteger calls = new AtomicInteger();
        receiver.answering(got -> calls.incrementAndGet() < 3
                ? Answer.of(503, "{\"sms\":{\"text\":\"down\"}}")
                : saying("answer " + calls.get()));
        tenant.connection(
                receiver.url("/erp"),
                REPLY_FROM + ",\"redelivery\":{\"initialDelay\":\"PT1S\",\"multiplier\":1,\"jitter\":0}");
        JsonNode delivery = delivered(receives(CUSTOMER, "hello"));
        assertThat(outgoing().findValuesAsText("text")).containsExactly("answer 3");
        tenant.post("/v1/deliveries/" + delivery.get("id").asText() + "/retry").expect(202);
        eventually(() ->
                assertThat(outgoing().findValuesAsText("text")).containsExactlyInAnyOrder("answer 3", "answer 4"));
    }

    /** The lane writes each outcome once; a crash, or another node, may make it come again. */
    @Test
    void isWrittenWithItsOutcomeOrNotAtAllAndOnceHoweverOftenThatComes() {
        String connection = tenant.connection(receiver.url("/erp"), REPLY_FROM);
        tenant.post("/v1/connections/" + connection + "/pause").expect(200);
        String message = receives(CUSTOMER, "hello");
        Ended ended = ended(connection, message);
        AnswerReplies replies = bridge.bean(AnswerReplies.class);
        Store store = bridge.bean(Store.class);
        assertThatThrownBy(() -> store.writeNow(tx -> {
                    replies.prepare(ended).write(tx);
                    throw new IllegalStateException("The outcome could not be written");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(outgoing()).isEmpty();
        for (int i = 0; i < 8; i++) {
            store.writeNow(tx -> {
                replies.prepare(ended).write(tx);
                replies.prepare(ended).write(tx);
                return ended;
            });
        }
        assertThat(outgoing()).hasSize(1);
        assertThat(delivery(message).has("replySuppressed")).isFalse();
    }

    private Ended ended(String connection, String message) {
        Target target = bridge.bean(Targets.class).find(connection).orElseThrow();
        StoredMessage stored = bridge.bean(Store.class)
                .read(sql -> bridge.bean(MessageQueries.class).find(sql, target.tenantId(), message))
                .orElseThrow()
                .message();
        Delivery made = Delivery.mirror(stored, connection, null);
        String id = delivery(message).get("id").asText();
        Delivery delivery = new Delivery(
                id,
                made.tenantId(),
                made.source(),
                connection,
                "",
                null,
                0,
                0,
                made.createdAt(),
                made.grantedAt(),
                made.event(),
                null,
                null);
        Attempt attempt = new Attempt(delivery, target, Instant.now(), System.nanoTime());
        Outcome outcome = new Outcome.Delivered(Evidence.ok(200, null), false, null, "Thank you");
        return Ended.of(attempt, outcome, Instant.now(), 1, new Random(1));
    }

    @Test
    void aPlaceThatIsNoneAndATargetWithoutSendersAreRefused() {
        Api.Reply bad = tenant.post(
                        "/v1/connections",
                        "{\"name\":\"x\",\"outboundUrl\":\"" + receiver.url("/") + "\",\"replyFrom\":\"text\"}")
                .expect(422);
        assertThat(bad.at("/errors/0/field")).isEqualTo("replyFrom");
        Api.Reply operations = tenant.put(
                        "/v1/webhooks/operations", "{\"url\":\"" + receiver.url("/") + "\"," + REPLY_FROM + "}")
                .expect(422);
        assertThat(operations.at("/errors/0/field")).isEqualTo("replyFrom");
        assertThat(operations.at("/errors/0/message")).contains("no sender");
    }
}
