package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.stats.RollUp;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant can ask how much happened, by hour and target. */
@OnBothDatabases
class StatsTest {

    private static final int MESSAGES = 4;

    private static RunningBridge bridge;
    private static Receiver receiver;

    private Api tenant;
    private String good;
    private String bad;
    private String paused;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
        receiver = new Receiver().answering(got -> Receiver.Answer.of(got.path().equals("/bad") ? 500 : 200));
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
        receiver.close();
    }

    /** Four messages, each delivered once, failed once, held once, and a reply skipped: senders are short codes. */
    @BeforeEach
    void deliver() {
        tenant = bridge.newTenant().api();
        good = tenant.connection(receiver.url("/good"), "");
        bad = tenant.connection(receiver.url("/bad"), "\"redelivery\":{\"maxAttempts\":1}");
        paused = tenant.connection(receiver.url("/good"), "");
        tenant.post("/v1/connections/" + paused + "/pause").expect(200);
        tenant.post("/v1/rules", "{\"name\":\"r\",\"then\":[{\"type\":\"reply\",\"text\":\"hi\"}]}")
                .expect(201);
        Api phone = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"d\"}").expect(201).at("/token"));
        for (int i = 0; i < MESSAGES; i++) {
            phone.post("/v1/inbound", "{\"from\":\"12345\",\"text\":\"" + i + "\"}")
                    .expect(202);
        }
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?status=pending").json().path("data"))
                .isEmpty());
    }

    private JsonNode stats(String query) {
        bridge.bean(RollUp.class).run();
        return tenant.get("/v1/stats" + query).expect(200).json();
    }

    private static void assertCounts(JsonNode counts, long delivered, long failed, long skipped) {
        assertThat(counts.at("/delivered").asLong()).as(counts.toString()).isEqualTo(delivered);
        assertThat(counts.at("/failed").asLong()).as(counts.toString()).isEqualTo(failed);
        assertThat(counts.at("/skipped").asLong()).as(counts.toString()).isEqualTo(skipped);
        assertThat(counts.path("latency").isNull()).isEqualTo(delivered == 0);
    }

    private static JsonNode of(JsonNode stats, String target) {
        for (JsonNode each : stats.path("data")) {
            if (each.at("/target/id").asText().equals(target)) {
                return each;
            }
        }
        throw new AssertionError("No " + target + " in " + stats);
    }

    @Test
    void thePresentDayIsCountedByTargetAndAllTogether() {
        JsonNode stats = stats("");

        assertThat(stats.at("/total/received").asLong()).isEqualTo(MESSAGES);
        assertThat(stats.at("/total/waiting").asLong()).isEqualTo(MESSAGES);
        assertCounts(stats.path("total"), MESSAGES, MESSAGES, MESSAGES);
        assertCounts(of(stats, good), MESSAGES, 0, 0);
        assertCounts(of(stats, bad), 0, MESSAGES, 0);
        assertCounts(of(stats, paused), 0, 0, 0);
        assertThat(of(stats, paused).at("/waiting").asLong()).isEqualTo(MESSAGES);
        assertThat(of(stats, good).at("/waiting").asLong()).isZero();
        assertThat(stats.path("data"))
                .hasSize(4)
                .extracting(each -> each.at("/target/type").asText())
                .contains("reply");
        long sum = 0;
        for (JsonNode hour : stats.path("hours")) {
            sum += hour.at("/received").asLong();
        }
        assertThat(sum).isEqualTo(MESSAGES);
        long half = of(stats, good).at("/latency/p50Ms").asLong();
        assertThat(half)
                .isBetween(0L, of(stats, good).at("/latency/p95Ms").asLong())
                .isLessThan(30_000);
        assertThat(stats.path("countedUntil").isNull()).isFalse();
    }

    @Test
    void aSingleTargetIsCountedByHour() {
        JsonNode stats = stats("?target=" + bad);

        assertThat(stats.at("/total").has("received")).isFalse();
        assertCounts(stats.path("total"), 0, MESSAGES, 0);
        long failed = 0;
        for (JsonNode hour : stats.path("hours")) { // two, where one ended meanwhile
            failed += hour.at("/failed").asLong();
            assertCounts(hour, 0, hour.at("/failed").asLong(), 0);
        }
        assertThat(failed).isEqualTo(MESSAGES);
        assertThat(Instant.parse(stats.at("/hours/0/hour").asText())
                        .truncatedTo(ChronoUnit.HOURS)
                        .toString())
                .isEqualTo(Instant.parse(stats.at("/hours/0/hour").asText()).toString());
        assertThat(stats.path("data")).hasSize(1);
        assertThat(tenant.get("/v1/stats?target=con_none").expect(422).at("/errors/0/field"))
                .isEqualTo("target");
    }

    @Test
    void pagesHaveEachTargetOnceAndTheSameSums() {
        JsonNode whole = stats("");
        Set<JsonNode> found = new HashSet<>();
        List<JsonNode> totals = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = stats("?limit=1" + cursor);
            page.path("data").forEach(each -> assertThat(found.add(each)).isTrue());
            totals.add(page.path("total"));
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());

        assertThat(found).containsExactlyInAnyOrderElementsOf(whole.path("data"));
        assertThat(totals).hasSizeBetween(4, 5).containsOnly(whole.path("total"));
    }

    @Test
    void whatIsErasedAgedOutOrDeletedStaysCounted() {
        JsonNode before = stats("");
        tenant.post("/v1/erase", "{\"number\":\"12345\"}").expect(200);
        tenant.delete("/v1/connections/" + bad + "?discard=true").expect(202, 204);
        JsonNode after = stats("");

        assertThat(after.at("/total/received")).isEqualTo(before.at("/total/received"));
        assertCounts(after.path("total"), MESSAGES, MESSAGES, MESSAGES);
        assertCounts(of(after, bad), 0, MESSAGES, 0);
        assertThat(of(after, bad).at("/target/name").asText()).isEqualTo("ERP");
        assertThat(after.at("/total/waiting").asLong()).isZero();
        assertThat(tenant.get("/v1/messages").json().path("data")).isEmpty();
    }

    @Test
    void whatIsCountedHasNoNumberAndNoText() {
        stats("");
        String kept = bridge.bean(Store.class)
                .read(sql -> String.join(
                        "\n",
                        sql.sql("select tenant_id || ' ' || target_id || ' ' || latencies from hourly")
                                .query(String.class)
                                .list()));

        assertThat(kept).doesNotContain("12345");
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        stats("");
        JsonNode other = bridge.newTenant().api().get("/v1/stats").expect(200).json();

        assertThat(other.at("/total/received").asLong()).isZero();
        assertCounts(other.path("total"), 0, 0, 0);
        assertThat(other.path("data")).isEmpty();
        assertThat(other.path("hours")).isEmpty();
    }

    @Test
    void thePeriodIsOfWholeHoursAndTheLastDayUnlessItIsSaid() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        JsonNode usual = stats("");
        Instant until = Instant.parse(usual.at("/until").asText());
        assertThat(until).isBetween(hour.plus(Duration.ofHours(1)), hour.plus(Duration.ofHours(2)));
        assertThat(Duration.between(Instant.parse(usual.at("/since").asText()), until))
                .isEqualTo(Duration.ofDays(1));

        JsonNode rounded = stats("?since=2026-06-12T14:32:00Z&until=2026-06-12T14:32:01Z");
        assertThat(rounded.at("/since").asText()).isEqualTo("2026-06-12T14:00:00.000Z");
        assertThat(rounded.at("/until").asText()).isEqualTo("2026-06-12T15:00:00.000Z");
        assertThat(rounded.path("hours")).isEmpty();
        assertThat(rounded.at("/total/waiting").asLong()).as("at present").isEqualTo(MESSAGES);
    }

    @ParameterizedTest
    @CsvSource({
        "since=2026-01-01T00:00:00Z&until=2026-04-03T00:00:00Z, 200, ",
        "since=2026-01-01T00:00:00Z&until=2026-04-03T00:00:01Z, 422, since",
        "since=2025-12-31T23:59:59Z&until=2026-04-03T00:00:00Z, 422, since",
        "since=2026-01-01T00:00:00%2B05:30&until=2026-01-01T00:00:00Z, 200, ",
        "since=2026-01-01T00:00:00Z&until=2026-01-01T00:00:00Z, 422, since",
        "since=2026-01-01T00:00:01Z&until=2026-01-01T00:00:01Z, 200, ",
        "since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z, 422, since",
        "since=2020-01-01T00:00:00Z, 422, since",
        "since=9998-01-01T00:00:00Z, 422, since",
        "until=1970-01-02T00:00:00Z, 200, ",
        "until=9998-12-31T23:59:59Z, 200, ",
        "since=yesterday, 422, since",
        "until=2026-06-12, 422, until",
        "since=2026-01-01T00:00:00 05:30, 422, since",
        "limit=0, 422, limit",
        "limit=501, 422, limit",
        "limit=500&since=2026-01-01T00:00:00Z&until=2026-04-03T00:00:00Z, 200, ",
        "from=2026-01-01T00:00:00Z, 422, from",
        "step=day, 422, step",
        "target=webhook&until=, 422, until"
    })
    void aPeriodThatCannotBeIsRefused(String query, int status, String field) {
        Api.Reply reply = tenant.get("/v1/stats?" + query.replace(" ", "+")).expect(status);

        assertThat(reply.at("/errors/0/field")).isEqualTo(field == null ? "" : field);
    }
}
