package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A filtered list is the whole list without what does not match, in the same order, whatever the size of its pages. */
@OnBothDatabases
class FiltersTest {

    private static final String ANNA = "919876543210";
    private static final String BEN = "+447911123456";
    private static final int MESSAGES = 24;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static RunningBridge bridge;
    private static Receiver receiver;
    private static Api tenant;
    private static final Map<String, String> NAMES = new HashMap<>();
    private static List<JsonNode> messages;
    private static List<JsonNode> deliveries;
    private static List<JsonNode> outgoing;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
        NAMES.clear();
        receiver = new Receiver().answering(got -> Receiver.Answer.of(got.path().equals("/bad") ? 500 : 200));
        tenant = bridge.tenant();
        NAMES.put("good", tenant.connection(receiver.url("/good"), ""));
        NAMES.put(
                "bad",
                tenant.connection(
                        receiver.url("/bad"),
                        "\"redelivery\":{\"maxAttempts\":1},\"when\":{\"field\":\"text\",\"op\":\"contains\",\"value\":\"bad\"}"));
        NAMES.put("paused", tenant.connection(receiver.url("/good"), ""));
        tenant.post("/v1/connections/" + NAMES.get("paused") + "/pause").expect(200);
        JsonNode rule = tenant.post("/v1/rules", """
                        {"name":"r","when":{"field":"text","op":"keyword","value":"pay"},
                         "then":[{"type":"webhook","url":"%s"}]}""".formatted(receiver.url("/good")))
                .expect(201)
                .json();
        NAMES.put("rule", rule.at("/id").asText());
        NAMES.put("action", rule.at("/then/0/id").asText());
        for (int i = 0; i < MESSAGES; i++) {
            take(i);
        }
        eventually(() -> assertThat(all("deliveries", "status=pending", 500)).isEmpty());
        messages = all("messages", "", 500);
        deliveries = all("deliveries", "", 500);
        outgoing = all("outgoing", "", 500);
        NAMES.put("message", messages.get(5).at("/id").asText());
        NAMES.put("middle", messages.get(MESSAGES / 2).at("/acceptedAt").asText());
        NAMES.put("made", madeAt(deliveries.get(deliveries.size() / 2)));
        NAMES.put("sent", madeAt(outgoing.get(outgoing.size() / 2)));
    }

    private static void take(int i) {
        String device = i % 4 == 0 ? "b" : "a";
        if (!NAMES.containsKey(device)) {
            JsonNode paired =
                    tenant.post("/v1/devices", "{\"name\":\"d\"}").expect(201).json();
            NAMES.put(device, paired.at("/id").asText());
            NAMES.put("token of " + device, paired.at("/token").asText());
        }
        Api phone = tenant.as(NAMES.get("token of " + device));
        phone.post(
                        "/v1/inbound",
                        "{\"from\":\"%s\",\"to\":\"911234500000\",\"text\":\"%s %d%s\"}"
                                .formatted(
                                        i % 3 == 0 ? BEN : ANNA,
                                        i % 2 == 0 ? "pay" : "ask",
                                        i,
                                        i % 5 == 0 ? " bad" : ""))
                .expect(202);
        tenant.post(
                        "/v1/messages",
                        "{\"to\":\"%s\",\"text\":\"%d\",\"deviceId\":\"%s\"}"
                                .formatted(i % 3 == 0 ? "447911123456" : ANNA, i, NAMES.get(device)))
                .expect(202);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
        receiver.close();
    }

    /** The time in an id. */
    private static String madeAt(JsonNode made) {
        String id = made.at("/id").asText();
        long bits = 0;
        for (char c : id.substring(4, 14).toCharArray()) {
            bits = bits << 5 | ALPHABET.indexOf(c);
        }
        return Instant.ofEpochMilli(bits >>> 2).toString();
    }

    private static List<JsonNode> all(String list, String query, int limit) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = tenant.get(
                            "/v1/" + list + "?" + (query.isEmpty() ? "" : query + "&") + "limit=" + limit + cursor)
                    .expect(200)
                    .json();
            assertThat(page.path("data").size()).isLessThanOrEqualTo(limit);
            page.path("data").forEach(all::add);
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        return all;
    }

    private static Map<String, String> filters(String query) {
        Map<String, String> filters = new HashMap<>();
        for (String part : query.split("&")) {
            String value = part.substring(part.indexOf('=') + 1);
            filters.put(
                    part.substring(0, part.indexOf('=')),
                    value.startsWith("{") ? NAMES.get(value.substring(1, value.length() - 1)) : value);
        }
        return filters;
    }

    private static String encoded(Map<String, String> filters) {
        List<String> parts = new ArrayList<>();
        filters.forEach((name, value) -> parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", parts);
    }

    private static boolean isOf(JsonNode delivery, Map<String, String> filters) {
        String status = filters.get("status");
        String target = filters.get("target");
        return (status == null || status.equals(delivery.at("/status").asText()))
                && (target == null || target.equals(delivery.at("/target/id").asText()));
    }

    private static boolean is(Map<String, String> filters, String filter, String value) {
        return filters.getOrDefault(filter, value).equals(value);
    }

    private static boolean within(Map<String, String> filters, String time) {
        Instant at = Instant.parse(time);
        return !at.isBefore(Instant.parse(filters.getOrDefault("since", time)))
                && (!filters.containsKey("until") || at.isBefore(Instant.parse(filters.get("until"))));
    }

    private static void assertFiltered(
            String list, Map<String, String> filters, List<JsonNode> expected, boolean some) {
        assertThat(expected.isEmpty())
                .as("the case is about " + (some ? "some" : "nothing"))
                .isNotEqualTo(some);
        for (int limit : List.of(500, 3, 1)) {
            assertThat(all(list, encoded(filters), limit))
                    .extracting(found -> found.at("/id").asText())
                    .containsExactlyElementsOf(expected.stream()
                            .map(each -> each.at("/id").asText())
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "status=delivered, true",
        "status=failed, true",
        "status=held, true",
        "status=pending, false",
        "status=skipped, false",
        "target={good}, true",
        "target={bad}, true",
        "target={paused}, true",
        "target={action}, true",
        "target=webhook, false",
        "target=con_of-somebody-else, false",
        "status=failed&target={good}, false",
        "status=failed&target={bad}, true",
        "status=delivered&target={bad}, false",
        "status=held&target={paused}, true",
        "status=held&target={good}, false",
        "status=pending&target={paused}, false",
        "status=delivered&target={action}, true",
        "rule={rule}, true",
        "rule=rule_none, false",
        "device={a}, true",
        "device={b}, true",
        "device=dev_none, false",
        "device={b}&status=failed, true",
        "device={a}&rule={rule}&status=delivered&target={action}, true",
        "from=919876543210&status=failed, true",
        "from=919876543210&target={action}&rule={rule}, true",
        "to=911234500000&device={b}, true",
        "q=bad&device={b}, true",
        "q=bad&status=failed, true",
        "q=bad&status=failed&rule={rule}, true",
        "q=ask&rule={rule}, false",
        "since={middle}&status=failed, true",
        "until={middle}&status=failed, true",
        "since={middle}&device={a}, true",
        "until={middle}&target={bad}, true",
        "since={middle}&until={middle}&status=delivered, false"
    })
    void ofMessages(String query, boolean some) {
        Map<String, String> filters = filters(query);
        assertFiltered(
                "messages",
                filters,
                messages.stream()
                        .filter(message ->
                                is(filters, "rule", message.at("/matchedRuleId").asText()))
                        .filter(message ->
                                is(filters, "device", message.at("/deviceId").asText()))
                        .filter(message ->
                                is(filters, "from", message.at("/from").asText()))
                        .filter(message -> is(filters, "to", message.at("/to").asText()))
                        .filter(message -> message.at("/text").asText().contains(filters.getOrDefault("q", "")))
                        .filter(message ->
                                within(filters, message.at("/acceptedAt").asText()))
                        .filter(message -> StreamSupport.stream(
                                        message.at("/deliveries").spliterator(), false)
                                .anyMatch(delivery -> isOf(delivery, filters)))
                        .toList(),
                some);
    }

    @ParameterizedTest
    @CsvSource({
        "from=919876543210, true",
        "from=+447911123456, true",
        "from=99, false",
        "from=919876543210&status=failed, true",
        "from=+447911123456&status=held, true",
        "from=+447911123456&status=delivered, true",
        "from=919876543210&status=pending, false",
        "from=919876543210&target={good}, true",
        "from=919876543210&target={bad}&status=failed, true",
        "from=919876543210&target=con_none, false",
        "messageId={message}, true",
        "messageId={message}&from=1, false",
        "messageId={message}&status=held, true",
        "since={made}, true",
        "until={made}, true",
        "since={made}&until={made}, false",
        "since={made}&status=failed, true",
        "until={made}&status=failed, true",
        "since={made}&status=held, true",
        "until={made}&status=held&target={paused}, true",
        "since={made}&status=delivered, true",
        "until={made}&status=delivered&target={good}, true",
        "since={made}&from=919876543210, true",
        "until={made}&from=+447911123456&status=delivered, true",
        "since=1970-01-01T00:00:00Z, true",
        "until=9998-12-31T00:00:00Z, true",
        "since=9998-12-31T00:00:00Z, false"
    })
    void ofDeliveries(String query, boolean some) {
        Map<String, String> filters = filters(query);
        Map<String, String> senders = new HashMap<>();
        messages.forEach(message ->
                senders.put(message.at("/id").asText(), message.at("/from").asText()));
        assertFiltered(
                "deliveries",
                filters,
                deliveries.stream()
                        .filter(delivery -> isOf(delivery, filters))
                        .filter(delivery -> is(
                                filters, "messageId", delivery.at("/messageId").asText()))
                        .filter(delivery -> is(
                                filters,
                                "from",
                                senders.get(delivery.at("/messageId").asText())))
                        .filter(delivery -> within(filters, madeAt(delivery)))
                        .toList(),
                some);
    }

    @ParameterizedTest
    @CsvSource({
        "status=queued, true",
        "status=failed, false",
        "status=sent, false",
        "device={a}, true",
        "device={b}, true",
        "device=dev_none, false",
        "device={b}&status=queued, true",
        "device={b}&status=expired, false",
        "to=919876543210&device={a}, true",
        "to=919876543210&device={a}&status=queued, true",
        "since={sent}, true",
        "until={sent}, true",
        "since={sent}&until={sent}, false",
        "since={sent}&status=queued, true",
        "until={sent}&status=queued, true",
        "until={sent}&device={a}, true",
        "since={sent}&to=919876543210, true",
        "until={sent}&status=cancelled, false",
        "since=9998-12-31T00:00:00Z, false",
        "until=1970-01-01T00:00:00Z&status=queued, false"
    })
    void ofOutgoingSms(String query, boolean some) {
        Map<String, String> filters = filters(query);
        assertFiltered(
                "outgoing",
                filters,
                outgoing.stream()
                        .filter(sms -> is(filters, "status", sms.at("/status").asText()))
                        .filter(sms -> is(filters, "device", sms.at("/deviceId").asText()))
                        .filter(sms -> is(filters, "to", sms.at("/to").asText()))
                        .filter(sms -> within(filters, madeAt(sms)))
                        .toList(),
                some);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messages?status=done",
                "messages?status=DELIVERED",
                "messages?since=yesterday",
                "messages?until=2026-06-12",
                "deliveries?status=queued",
                "deliveries?since=2026-06-12T14:32:00",
                "deliveries?until=soon",
                "outgoing?status=pending",
                "outgoing?since=1",
                "outgoing?until=99999-01-01T00:00:00Z"
            })
    void aValueThatCannotBeIsRefusedByTheNameOfItsFilter(String query) {
        String field = query.substring(query.indexOf('?') + 1, query.indexOf('='));

        assertThat(tenant.get("/v1/" + query).expect(422).at("/errors/0/field")).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messages?target=%s",
                "messages?status=failed&target=%s",
                "deliveries?target=%s",
                "messages?device=b"
            })
    void nothingOfAnotherTenantIsFound(String query) {
        Api other = bridge.newTenant().api();

        assertThat(other.get("/v1/" + query.formatted(NAMES.get("bad")))
                        .expect(200)
                        .json()
                        .path("data"))
                .isEmpty();
    }

    @Test
    void theTenantsListsAreWhatTheTestMeans() {
        assertThat(messages).hasSize(MESSAGES);
        assertThat(deliveries).extracting(each -> each.at("/status").asText()).contains("delivered", "failed", "held");
        assertThat(outgoing).hasSize(MESSAGES);
    }
}
