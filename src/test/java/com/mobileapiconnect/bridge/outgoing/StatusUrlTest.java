package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sent an SMS is told what became of it. */
class StatusUrlTest extends SmsSuite {

    private Api.Reply ask(String url) {
        return tenant.post("/v1/messages", """
                {"to":"919876543210","text":"x","ref":"INV-42","metadata":{"order":"7"},"statusUrl":"%s"}""".formatted(url));
    }

    private static void told(Receiver receiver, String... statuses) {
        eventually(() -> assertThat(receiver.requests())
                .extracting(got -> got.text().replaceAll(".*\"status\":\"([a-z]+)\".*", "$1"))
                .containsExactlyInAnyOrder(statuses));
    }

    @Test
    void sentAndDeliveredAreToldSignedWithoutNumberAndText() {
        try (Receiver receiver = new Receiver()) {
            tenant.put("/v1/webhooks", "{\"enabled\":false,\"secret\":\"whsec_0123456789abcdef\"}")
                    .expect(200);
            String id = ask(receiver.url("/status?token=hush")).expect(202).at("/id");
            phone.get("/v1/outbox").expect(200);
            phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
            phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
            phone.post("/v1/outbox/" + id, "{\"status\":\"delivered\"}").expect(200);
            told(receiver, "sent", "delivered");
            Receiver.Got got = receiver.requests().get(0);
            assertThat(got.header("X-MAC-Event")).isEqualTo("outgoing.updated");
            assertThat(got.header("X-MAC-Signature")).startsWith("sha256=");
            assertThat(got.text())
                    .startsWith("{\"event\":\"outgoing.updated\",\"at\":\"")
                    .contains("\"id\":\"" + id + "\"", "\"ref\":\"INV-42\",\"metadata\":{\"order\":\"7\"}")
                    .doesNotContain("9876543210");
            assertThat(tenant.get("/v1/outgoing/" + id).at("/statusUrl")).endsWith("?token=hush");
            Api.Reply deliveries = tenant.get("/v1/deliveries");
            assertThat(deliveries.at("/data/0/target/type")).isEqualTo("status-url");
            assertThat(deliveries.at("/data/0/target/name")).doesNotContain("hush");
        }
    }

    @Test
    void cancelledStoppedAndExpiredAreToldToo() {
        try (Receiver receiver = new Receiver()) {
            tenant.delete("/v1/outgoing/" + ask(receiver.url("/s")).expect(202).at("/id"))
                    .expect(204);
            String late = ask(receiver.url("/s")).expect(202).at("/id");
            bridge.bean(Store.class).writeNow(tx -> tx.sql()
                    .sql("update outgoing set expires_at = 1 where id = ?")
                    .param(late)
                    .update());
            told(receiver, "cancelled", "expired");
            ask(receiver.url("/s")).expect(202);
            phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"STOP\"}")
                    .expect(202);
            told(receiver, "cancelled", "expired", "failed");
        }
    }

    /** Some in the unit that deletes the device, and what is left by the sweeper. */
    @Test
    void smsOfADeletedDeviceAreToldHoweverManyTheyAre() {
        try (Receiver receiver = new Receiver()) {
            String numbers = IntStream.range(0, 130)
                    .mapToObj(n -> "\"9198765" + (43_000 + n) + "\"")
                    .collect(Collectors.joining(","));
            tenant.post("/v1/messages", """
                    {"to":[%s],"text":"x","statusUrl":"%s"}""".formatted(numbers, receiver.url("/s")))
                    .expect(202);
            String device = tenant.get("/v1/devices").at("/data/0/id");
            tenant.delete("/v1/devices/" + device + "?discard=true").expect(204);

            told(receiver, Collections.nCopies(130, "failed").toArray(new String[0]));
            assertThat(tenant.get("/v1/outgoing?limit=500").json().get("data"))
                    .hasSize(130)
                    .allSatisfy(sms -> assertThat(sms.get("error").asText()).isEqualTo("deleted"));
        }
    }

    private void set(String id, String columns) {
        bridge.bean(Store.class).writeNow(tx -> tx.sql()
                .sql("update outgoing set " + columns + " where id = ?")
                .param(id)
                .update());
    }

    private void is(String id, String status) {
        eventually(
                () -> assertThat(tenant.get("/v1/outgoing/" + id).at("/status")).isEqualTo(status));
    }

    /** The phone had it, and had no network to say so. */
    @Test
    void aLateReportCountsAlthoughTheSmsWasGivenUp() {
        try (Receiver receiver = new Receiver()) {
            String expired = ask(receiver.url("/s")).expect(202).at("/id");
            String silent = ask(receiver.url("/s")).expect(202).at("/id");
            assertThat(phone.get("/v1/outbox").json().get("messages")).hasSize(2);
            set(expired, "expires_at = 1, due_at = 1");
            set(silent, "leases = 3, due_at = 1");
            is(expired, "expired");
            is(silent, "failed");
            phone.post("/v1/outbox/" + silent, "{\"status\":\"failed\",\"error\":\"no\"}")
                    .expect(200);
            is(silent, "failed");
            phone.post("/v1/outbox/" + expired, "{\"status\":\"sent\"}").expect(200);
            phone.post("/v1/outbox/" + silent, "{\"status\":\"delivered\"}").expect(200);
            is(expired, "sent");
            is(silent, "delivered");
            assertThat(tenant.get("/v1/outgoing/" + expired).json().get("error").isNull())
                    .isTrue();
            told(receiver, "expired", "failed", "sent", "delivered");

            String never = ask(receiver.url("/s")).expect(202).at("/id");
            set(never, "expires_at = 1");
            is(never, "expired");
            phone.post("/v1/outbox/" + never, "{\"status\":\"sent\"}").expect(200);
            is(never, "expired");
        }
    }

    @Test
    void aConnectionHearsOfEverySmsIfItAsks() {
        try (Receiver receiver = new Receiver()) {
            String all = connection("A", receiver.url("/all"), ",\"events\":[\"outgoing.updated\"]");
            String messagesAlone = connection("B", receiver.url("/messages"), "");
            assertThat(tenant.get("/v1/connections/" + all).json().get("events").toString())
                    .isEqualTo("[\"outgoing.updated\"]");
            assertThat(tenant.get("/v1/connections/" + messagesAlone).json().get("events"))
                    .isEmpty();
            String id = tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\",\"ref\":\"INV-42\"}")
                    .expect(202)
                    .at("/id");
            phone.get("/v1/outbox").expect(200);
            phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
            phone.post("/v1/outbox/" + id, "{\"status\":\"delivered\"}").expect(200);
            phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
            phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"ok\"}")
                    .expect(202);
            eventually(() -> assertThat(receiver.requests("/all"))
                    .extracting(got -> got.header("X-MAC-Event"))
                    .containsExactlyInAnyOrder("outgoing.updated", "outgoing.updated", "message.received"));
            eventually(() -> assertThat(receiver.requests("/messages"))
                    .extracting(got -> got.header("X-MAC-Event"))
                    .containsExactly("message.received"));
            Api.Reply same = tenant.get("/v1/connections/" + all);
            tenant.put("/v1/connections/" + all, same.text()).expect(200);
            assertThat(tenant.get("/v1/connections/" + all).json().get("events"))
                    .hasSize(1);
            for (String bad : List.of("[\"target.disabled\"]", "[\"\"]", "\"outgoing.updated\"", "[null]")) {
                assertThat(tenant.post(
                                        "/v1/connections",
                                        "{\"name\":\"C\",\"outboundUrl\":\"" + receiver.url("/c") + "\",\"events\":"
                                                + bad + "}")
                                .expect(422)
                                .at("/errors/0/field"))
                        .as(bad)
                        .startsWith("events");
            }
        }
    }

    private String connection(String name, String url, String more) {
        return tenant.post("/v1/connections", "{\"name\":\"" + name + "\",\"outboundUrl\":\"" + url + "\"" + more + "}")
                .expect(201)
                .at("/id");
    }

    @Test
    void theOperationsWebhookHearsOfEverySms() {
        try (Receiver receiver = new Receiver()) {
            operations(receiver.url("/ops"), ",\"secret\":\"whsec_0123456789abcdef\"");
            assertThat(tenant.get("/v1/webhooks/operations")
                            .json()
                            .get("events")
                            .toString())
                    .isEqualTo("[\"target.disabled\",\"target.recovered\",\"delivery.failed\",\"message.unparsed\","
                            + "\"device.silent\",\"device.back\",\"outgoing.updated\"]");
            String id = ask(receiver.url("/own")).expect(202).at("/id");
            phone.get("/v1/outbox").expect(200);
            phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
            String plain = tenant.post("/v1/messages", "{\"to\":\"919876543211\",\"text\":\"x\"}")
                    .expect(202)
                    .at("/id");
            phone.post("/v1/inbound", "{\"from\":\"919876543211\",\"text\":\"STOP\"}")
                    .expect(202);
            eventually(() -> assertThat(receiver.requests("/ops")).hasSize(2));
            eventually(() -> assertThat(receiver.requests("/own")).hasSize(1));
            Receiver.Got first = receiver.requests("/ops").get(0);
            assertThat(first.header("X-MAC-Event")).isEqualTo("outgoing.updated");
            assertThat(first.header("X-MAC-Signature")).startsWith("sha256=");
            assertThat(receiver.requests("/ops"))
                    .extracting(got ->
                            got.text().replaceAll(".*\"id\":\"(out_[^\"]+)\",\"status\":\"([a-z]+)\".*", "$1 $2"))
                    .containsExactlyInAnyOrder(id + " sent", plain + " failed");
            assertThat(first.text()).doesNotContain("9876543210");
        }
    }

    @Test
    void anOperationsWebhookOfOtherEventsHearsOfNoSms() {
        try (Receiver receiver = new Receiver()) {
            operations(receiver.url("/ops"), ",\"events\":[\"delivery.failed\"]");
            tenant.delete("/v1/outgoing/"
                            + ask(receiver.url("/own")).expect(202).at("/id"))
                    .expect(204);
            eventually(() -> assertThat(receiver.requests("/own")).hasSize(1));
            assertThat(tenant.get("/v1/deliveries?target=operations").json().get("data"))
                    .isEmpty();
        }
    }

    @Test
    void eventsThatAreNotAskedForAreNotTold() {
        try (Receiver receiver =
                new Receiver().answering(got -> Receiver.Answer.of(got.path().equals("/ops") ? 200 : 410))) {
            operations(receiver.url("/ops"), ",\"events\":[\"delivery.failed\",\"target.recovered\"]");
            assertThat(tenant.get("/v1/webhooks/operations").json().get("events"))
                    .as("in the order that was given")
                    .extracting(JsonNode::asText)
                    .containsExactly("delivery.failed", "target.recovered");
            String connection = tenant.connection(receiver.url("/erp"), "");
            phone.post("/v1/inbound", "{\"from\":\"919876543211\",\"text\":\"hi\"}")
                    .expect(202);
            eventually(
                    () -> assertThat(tenant.get("/v1/connections/" + connection).at("/status"))
                            .isEqualTo("disabled"));
            receiver.answering(200);
            tenant.post("/v1/connections/" + connection + "/resume").expect(200);
            eventually(() -> assertThat(receiver.requests("/ops")).hasSize(1));
            assertThat(receiver.requests("/ops").get(0).header("X-MAC-Event")).isEqualTo("target.recovered");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"outgoing.updated\"", "[\"message.received\"]", "[\"delivery.failed\",7]", "{}"})
    void eventsThatAreNoneAreRefused(String events) {
        String body = "{\"url\":\"https://ops.example.com/\",\"events\":" + events + "}";
        assertThat(tenant.put("/v1/webhooks/operations", body).expect(422).at("/errors/0/field"))
                .startsWith("events");
        assertThat(tenant.put("/v1/webhooks", body).expect(422).at("/errors/0/field"))
                .isEqualTo("events");
        assertThat(tenant.get("/v1/webhooks/operations").json().get("url").isNull())
                .isTrue();
    }

    private void operations(String url, String more) {
        tenant.put("/v1/webhooks/operations", "{\"url\":\"" + url + "\"" + more + "}")
                .expect(200);
    }

    @Test
    void anEventIsTriedAgainAsAllDeliveriesAre() {
        AtomicInteger calls = new AtomicInteger();
        try (Receiver receiver =
                new Receiver().answering(got -> Receiver.Answer.of(calls.incrementAndGet() == 1 ? 500 : 200, ""))) {
            tenant.delete("/v1/outgoing/" + ask(receiver.url("/s")).expect(202).at("/id"))
                    .expect(204);
            // nobody asks for it: the second attempt comes by the policy, 5 to 6 s after the first
            eventually(() -> assertThat(tenant.get("/v1/deliveries").at("/data/0/status"))
                    .isEqualTo("delivered"));
            JsonNode attempts = tenant.get("/v1/deliveries").json().at("/data/0/attempts");
            assertThat(attempts.findValuesAsText("httpStatus")).containsExactly("500", "200");
            told(receiver, "cancelled", "cancelled");
        }
    }

    @Test
    void aUrlThatMayNotBeReachedIsRefused() {
        for (String url :
                List.of("http://10.0.0.1/", "ftp://erp.example.com/", "erp.example.com", "http://169.254.169.254/")) {
            assertThat(ask(url).expect(422).at("/errors/0/field")).isEqualTo("statusUrl");
        }
        assertThat(tenant.get("/v1/outgoing").json().get("data")).isEmpty();
    }

    @Test
    void differentUrlsAreBoundedAndDeletedByPeople() {
        for (int n = 0; n < 20; n++) {
            ask("https://erp.example.com/" + n).expect(202);
        }
        ask("https://erp.example.com/3").expect(202);
        assertThat(ask("https://erp.example.com/20").expect(422).at("/errors/0/field"))
                .isEqualTo("statusUrl");
        assertThat(tenant.post("/v1/messages", """
                        {"to":["919876543210"],"text":"x","statusUrl":"https://erp.example.com/20"}""").expect(202).at("/messages/0/reason"))
                .isEqualTo("too-many-status-urls");
        Api.Reply listed = tenant.get("/v1/status-urls?limit=1").expect(200);
        assertThat(listed.at("/data/0/url")).isEqualTo("https://erp.example.com/19");
        bridge.newTenant()
                .api()
                .delete("/v1/status-urls/" + listed.at("/data/0/id"))
                .expect(404);
        tenant.delete("/v1/status-urls/" + listed.at("/data/0/id")).expect(204);
        ask("https://erp.example.com/20").expect(202);
    }

    @Test
    void aUrlThatWasDeletedIsToldNothingUntilAnotherSmsNamesIt() {
        try (Receiver receiver = new Receiver()) {
            String first = ask(receiver.url("/s")).expect(202).at("/id");
            tenant.delete("/v1/status-urls/" + tenant.get("/v1/status-urls").at("/data/0/id"))
                    .expect(204);
            tenant.delete("/v1/outgoing/" + first).expect(204);
            tenant.delete("/v1/outgoing/" + ask(receiver.url("/s")).expect(202).at("/id"))
                    .expect(204);
            told(receiver, "cancelled");
        }
    }
}
