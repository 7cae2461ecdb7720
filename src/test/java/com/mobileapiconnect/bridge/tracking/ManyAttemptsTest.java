package com.mobileapiconnect.bridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers about deliveries that were tried often, at receivers that say much: bounded by their length. */
class ManyAttemptsTest extends ReceiverSuite {

    private static final int ERROR_PAGE = 2 << 10;
    /** A part of attempts that is read at once, and what is around them. */
    private static final long SLACK = 2 << 20;

    private static final String TRIED = """
            insert into attempt (delivery_id, n, at, duration_ms, success, error_class, http_status, response_body)
            with recursive counted (n) as (select 1 union all select n + 1 from counted where n < :attempts)
            select d.id, counted.n, d.created_at + counted.n, 1, 0, 'http', 500, :body
            from delivery d, counted where d.message_seq = (select seq from message where id = :message)""";
    private static final String COUNTED = """
            update delivery set attempts = :attempts
            where message_seq = (select seq from message where id = :message)""";
    private static final String COPIED = """
            insert into delivery (id, message_seq, tenant_id, target_id, action_id, state, attempts, granted_from, next_at,
                created_at)
            with recursive counted (n) as (select 1 union all select n + 1 from counted where n < :copies)
            select d.id || counted.n, d.message_seq, d.tenant_id, d.target_id, 'copy' || counted.n, 1, 0, 0, 0, d.created_at
            from delivery d, counted where d.message_seq = (select seq from message where id = :message)""";

    private void connections(int number) {
        for (int i = 0; i < number; i++) {
            String id = tenant.connection(receiver.url("/" + i), "");
            tenant.post("/v1/connections/" + id + "/pause").expect(200);
        }
    }

    /** Takes an SMS in, each delivery of which was tried so often. */
    private String tried(int attempts, int body) {
        String id = phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"balance\"}")
                .expect(202)
                .at("/messages/0/id");
        bridge.bean(Store.class).writeNow(tx -> {
            tx.sql()
                    .sql(TRIED)
                    .param("attempts", attempts)
                    .param("body", "x".repeat(body))
                    .param("message", id)
                    .update();
            return tx.sql()
                    .sql(COUNTED)
                    .param("attempts", attempts)
                    .param("message", id)
                    .update();
        });
        return id;
    }

    private static List<Integer> numbers(JsonNode delivery) {
        return delivery.get("attempts").findValues("n").stream()
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<Integer> upTo(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void usualAttemptsAreWholeInLists() {
        connections(3);
        String message = tried(20, 100);

        for (JsonNode delivery : tenant.get("/v1/deliveries").json().get("data")) {
            assertThat(numbers(delivery)).isEqualTo(upTo(1, 20));
            assertThat(delivery.get("attemptsMade").asInt()).isEqualTo(20);
        }
        JsonNode story = tenant.get("/v1/messages").json().at("/data/0");
        assertThat(story).isEqualTo(tenant.get("/v1/messages/" + message).json());
        assertThat(story.get("deliveries")).hasSize(3).allSatisfy(delivery -> assertThat(numbers(delivery))
                .isEqualTo(upTo(1, 20)));
        assertThat(story.has("deliveriesLeftOut")).isFalse();
    }

    @Test
    void listsShowTheNewestAttemptsOfADeliveryAndItsOwnStoryAll() {
        connections(1);
        String message = tried(300, 10);

        JsonNode listed = tenant.get("/v1/deliveries").json().at("/data/0");
        assertThat(numbers(listed)).isEqualTo(upTo(201, 300));
        assertThat(listed.get("attemptsMade").asInt()).isEqualTo(300);
        assertThat(numbers(tenant.get("/v1/messages/" + message).json().at("/deliveries/0")))
                .isEqualTo(upTo(201, 300));
        assertThat(numbers(tenant.get("/v1/deliveries/" + listed.get("id").asText())
                        .json()))
                .isEqualTo(upTo(1, 300));
        JsonNode onThePhone = phone.get("/v1/phone/messages").json().at("/data/0/deliveries/0");
        assertThat(onThePhone.get("attempts").asInt()).isEqualTo(300);
    }

    @Test
    void theStoryOfADeliveryHasItsNewestAttemptsUpToABoundOfBytes() {
        connections(1);
        tried(3_000, ERROR_PAGE);

        String id = tenant.get("/v1/deliveries").at("/data/0/id");
        Api.Reply story = tenant.get("/v1/deliveries/" + id).expect(200);
        List<Integer> shown = numbers(story.json());
        assertThat(shown).isEqualTo(upTo(3_001 - shown.size(), 3_000)).hasSizeGreaterThan(1_000);
        assertThat(story.text().length()).isLessThan((int) (ShownAttempts.MUCH + SLACK));
    }

    @Test
    void aPageOfDeliveriesEndsEarlyWhenItsAttemptsAreMuch() {
        connections(30);
        tried(100, ERROR_PAGE);

        List<String> ids = new ArrayList<>();
        int pages = 0;
        for (String cursor = ""; cursor != null; pages++) {
            Api.Reply page = tenant.get("/v1/deliveries?limit=500" + cursor).expect(200);
            assertThat(page.text().length()).isLessThan((int) (ShownAttempts.MUCH + SLACK));
            page.json().get("data").forEach(delivery -> {
                ids.add(delivery.get("id").asText());
                assertThat(numbers(delivery)).isEqualTo(upTo(1, 100));
            });
            JsonNode next = page.json().get("next");
            cursor = next.isNull() ? null : "&cursor=" + next.asText();
        }
        assertThat(pages).isEqualTo(2);
        assertThat(ids).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void aPageOfMessagesEndsEarlyAndNamesEachDeliveryWithItsLastAttempt() {
        connections(30);
        String older = tried(100, ERROR_PAGE);
        String newer = tried(100, ERROR_PAGE);

        Api.Reply page = tenant.get("/v1/messages?limit=500").expect(200);
        assertThat(page.text().length()).isLessThan((int) (ShownAttempts.MUCH + SLACK));
        assertThat(page.json().get("data")).hasSize(1);
        assertThat(page.at("/data/0/id")).isEqualTo(newer);
        assertThat(page.json().at("/data/0/deliveries")).hasSize(30).allSatisfy(delivery -> {
            assertThat(delivery.get("attemptsMade").asInt()).isEqualTo(100);
            assertThat(numbers(delivery)).endsWith(100);
        });
        Api.Reply next = tenant.get("/v1/messages?limit=500&cursor=" + page.at("/next"));
        assertThat(next.at("/data/0/id")).isEqualTo(older);
        assertThat(next.json().get("next").isNull()).isTrue();
    }

    @Test
    void aPageOfMessagesLeavesNoAttemptOutThatTheNextPageHasRoomFor() {
        connections(12);
        for (int i = 0; i < 4; i++) {
            tried(100, ERROR_PAGE);
        }

        Api.Reply page = tenant.get("/v1/messages?limit=3").expect(200);
        Api.Reply next = tenant.get("/v1/messages?cursor=" + page.at("/next"));
        assertThat(next.json().get("data")).hasSizeBetween(1, 3);
        for (JsonNode shown : List.of(page.json(), next.json())) {
            assertThat(shown.findValues("attempts"))
                    .allSatisfy(attempts -> assertThat(attempts).hasSize(100));
        }
    }

    @Test
    void aStoryTellsOfABoundedNumberOfDeliveriesAndSaysHowManyMoreThereAre() {
        connections(1);
        String message = tried(1, 10);
        int more = DeliveryQueries.MOST_OF_A_MESSAGE + 2;
        bridge.bean(Store.class).writeNow(tx -> tx.sql()
                .sql(COPIED)
                .param("copies", more)
                .param("message", message)
                .update());

        for (JsonNode story : List.of(
                tenant.get("/v1/messages/" + message).json(),
                tenant.get("/v1/messages").json().at("/data/0"))) {
            assertThat(story.get("deliveries")).hasSize(DeliveryQueries.MOST_OF_A_MESSAGE);
            assertThat(story.get("deliveriesLeftOut").asInt()).isEqualTo(3);
        }
        assertThat(phone.get("/v1/phone/messages").json().at("/data/0/deliveries"))
                .hasSize(20);
    }
}
