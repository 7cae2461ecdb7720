package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import com.mobileapiconnect.bridge.support.Receiver.Got;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The ends of a delivery, and what leads to them, from outside. */
class DeliveryTest extends LaneSuite {

    private static final String QUICK =
            "\"redelivery\":{\"initialDelay\":\"PT0.05S\",\"multiplier\":1,\"jitter\":0," + "\"maxAttempts\":3}";

    @Test
    void aFailedCallIsTriedAgainWithTheSameBytesUnderTheSameId() {
        receiver.answering(got -> Answer.of(receiver.requests().size() < 3 ? 503 : 204, Map.of("X-Anything", "goes")));
        connection("/flaky", QUICK);
        String id = send("again");

        statusBecomes(id, "delivered");
        List<Got> calls = receiver.requests("/flaky");
        assertThat(calls).extracting(got -> got.header("X-MAC-Attempt")).containsExactly("1", "2", "3");
        assertThat(calls)
                .extracting(got -> got.header("X-MAC-Delivery"))
                .containsOnly(delivery(id).get("id").asText());
        assertThat(calls).extracting(Got::text).containsOnly(calls.get(0).text());
        JsonNode attempts = delivery(id).get("attempts");
        assertThat(attempts).hasSize(3);
        assertThat(attempts.at("/0/outcome").asText()).isEqualTo("failure");
        assertThat(attempts.at("/0/errorClass").asText()).isEqualTo("http");
        assertThat(attempts.at("/0/httpStatus").asInt()).isEqualTo(503);
        assertThat(attempts.at("/2/outcome").asText()).isEqualTo("success");
        assertThat(delivery(id).get("nextAttemptAt").isNull()).isTrue();
    }

    @Test
    void aReplayNeitherCountsNorSendsWhatWasForADeletedTarget() {
        receiver.answering(500);
        String kept = connection("/kept", QUICK);
        String gone = connection("/gone", QUICK);
        send("to both");
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?status=failed").json().get("data"))
                .hasSize(2));
        tenant.delete("/v1/connections/" + gone).expect(204);
        receiver.answering(200);

        assertThat(tenant.post("/v1/deliveries/replay", "{\"status\":\"failed\",\"dryRun\":true}")
                        .at("/matched"))
                .isEqualTo("1");
        Api.Reply replay =
                tenant.post("/v1/deliveries/replay", "{\"status\":\"failed\"}").expect(202);
        assertThat(replay.at("/matched")).isEqualTo("1");
        eventually(() -> {
            JsonNode job = tenant.get("/v1/jobs/" + replay.at("/job")).json();
            assertThat(job.get("status").asText()).isEqualTo("done");
            assertThat(job.get("done").asInt()).isEqualTo(1);
        });
        eventually(() -> assertThat(tenant.get("/v1/deliveries?status=delivered&target=" + kept)
                        .json()
                        .get("data"))
                .hasSize(1));
    }

    @Test
    void whenAttemptsRunOutItIsKeptAndAReplayGrantsAsManyMore() {
        receiver.answering(500);
        String connection = connection("/down", QUICK);
        String id = send("give up");
        statusBecomes(id, "failed");
        assertThat(delivery(id).get("reason").asText()).isEqualTo("attempts-exhausted");
        assertThat(receiver.requests("/down")).hasSize(3);

        String filter = "{\"status\":\"failed\",\"target\":\"" + connection + "\"";
        assertThat(tenant.post("/v1/deliveries/replay", filter + ",\"dryRun\":true}")
                        .at("/matched"))
                .isEqualTo("1");
        assertThat(receiver.requests("/down")).hasSize(3);
        assertThat(tenant.post("/v1/deliveries/replay", filter + "}").at("/matched"))
                .isEqualTo("1");
        eventually(() -> assertThat(receiver.requests("/down")).hasSize(6));
        statusBecomes(id, "failed");

        receiver.answering(200);
        tenant.post("/v1/deliveries/" + delivery(id).get("id").asText() + "/retry")
                .expect(202);
        statusBecomes(id, "delivered");
        assertThat(receiver.requests("/down"))
                .extracting(got -> got.header("X-MAC-Delivery"))
                .containsOnly(delivery(id).get("id").asText());
        assertThat(delivery(id).get("attempts")).hasSize(7);
    }

    @Test
    void retryAfterIsNeverShortened() {
        receiver.answering(got -> Answer.of(429, Map.of("Retry-After", "3600")));
        connection("/later", QUICK);
        String id = send("later");
        eventually(() -> assertThat(delivery(id).get("attempts")).hasSize(1));
        Instant next = Instant.parse(delivery(id).get("nextAttemptAt").asText());
        assertThat(Duration.between(Instant.now(), next)).isGreaterThan(Duration.ofMinutes(59));
    }

    @Test
    void goneDisablesTheTargetAndHoldsWhatItHas() {
        receiver.answering(410);
        String connection = connection("/gone", QUICK);
        String first = send("first");
        statusBecomes(first, "held");
        assertThat(tenant.get("/v1/connections/" + connection).at("/status")).isEqualTo("disabled");
        String second = send("second");
        statusBecomes(second, "held");
        assertThat(receiver.requests("/gone")).hasSize(1);

        receiver.answering(200);
        tenant.put(
                        "/v1/connections/" + connection,
                        "{\"name\":\"ERP\",\"outboundUrl\":\"" + receiver.url("/gone") + "\"}")
                .expect(200);
        assertThat(tenant.get("/v1/connections/" + connection).at("/status")).isEqualTo("disabled");
        tenant.post("/v1/connections/" + connection + "/resume").expect(200);
        statusBecomes(first, "delivered");
        statusBecomes(second, "delivered");
    }

    @Test
    void whatComesWhileItIsPausedIsHeldAndGoesOutOnResume() {
        String connection = connection("/paused", "");
        tenant.post("/v1/connections/" + connection + "/pause").expect(200);
        String id = send("wait");
        statusBecomes(id, "held");
        assertThat(tenant.get("/v1/deliveries?status=held&target=" + connection)
                        .json()
                        .get("data"))
                .hasSize(1);
        assertThat(tenant.get("/v1/deliveries?status=pending&target=" + connection)
                        .json()
                        .get("data"))
                .isEmpty();
        assertThat(receiver.requests("/paused")).isEmpty();
        tenant.post("/v1/connections/" + connection + "/resume").expect(200);
        statusBecomes(id, "delivered");
    }

    @Test
    void nothingIsMadeForATargetThatIsNotEnabled() {
        connection("/off", "\"enabled\":false");
        String id = send("nobody");
        assertThat(tenant.get("/v1/messages/" + id).json().get("deliveries")).isEmpty();
    }

    @Test
    void redirectsAreFailuresAndNotFollowed() {
        receiver.answering(got -> Answer.of(307, Map.of("Location", receiver.url("/elsewhere"))));
        connection("/moved", QUICK);
        String id = send("moved");
        statusBecomes(id, "failed");
        assertThat(receiver.requests("/elsewhere")).isEmpty();
        assertThat(receiver.requests("/moved")).hasSize(3);
    }

    @Test
    void aReceiverThatHangsCostsItsOwnLaneOnlyAndEndsAsATimeout() {
        CountDownLatch release = new CountDownLatch(1);
        receiver.answering(got -> {
            if (got.path().equals("/hung")) {
                awaitQuietly(release);
            }
            return Answer.of(200);
        });
        String hung = connection("/hung", "\"redelivery\":{\"timeout\":\"PT1S\"},\"concurrency\":1");
        connection("/fine", "");
        send("one");
        send("two");
        send("three");

        eventually(() -> assertThat(receiver.requests("/fine")).hasSize(3));
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?target=" + hung).json().findValuesAsText("errorClass"))
                .contains("timeout"));
        assertThat(tenant.get("/v1/deliveries?target=" + hung).json().findValuesAsText("durationMs"))
                .allMatch(ms -> Long.parseLong(ms) < 60_000);
        release.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aClosedPortIsAConnectFailure() {
        String url = receiver.url("/closed");
        receiver.close();
        String connection = tenant.post(
                        "/v1/connections", "{\"name\":\"Closed\",\"outboundUrl\":\"" + url + "\"," + QUICK + "}")
                .expect(201)
                .at("/id");
        String id = send("anyone?");
        statusBecomes(id, "failed");
        assertThat(delivery(id).at("/attempts/0/errorClass").asText()).isEqualTo("connect");
        assertThat(connection).isNotEmpty();
    }

    @Test
    void aNameThatDoesNotResolveIsADnsFailure() {
        tenant.post(
                        "/v1/connections",
                        "{\"name\":\"Nowhere\",\"outboundUrl\":\"http://nowhere.invalid/x\"," + QUICK + "}")
                .expect(201);
        String id = send("nowhere");
        statusBecomes(id, "failed");
        assertThat(delivery(id).at("/attempts/0/errorClass").asText()).isEqualTo("dns");
    }

    @Test
    void onlyTheFirstTwoKibibytesOfAnAnswerAreKept() {
        receiver.answering(got -> Answer.of(200, "\u00e9".repeat(600_000)));
        connection("/chatty", "");
        String id = send("talk");
        statusBecomes(id, "delivered");
        String kept = delivery(id).at("/attempts/0/responseBody").asText();
        assertThat(kept).isEqualTo("\u00e9".repeat(1024));
    }

    @Test
    void aTargetWithUnfinishedDeliveriesIsNotDeletedUnlessTheyAreDiscarded() {
        receiver.answering(503);
        String connection = connection("/busy", "\"redelivery\":{\"initialDelay\":\"PT1H\"}");
        String id = send("unfinished");
        eventually(() -> assertThat(delivery(id).get("attempts")).hasSize(1));
        tenant.delete("/v1/connections/" + connection).expect(409);
        tenant.delete("/v1/connections/" + connection + "?discard=true").expect(202);
        tenant.get("/v1/connections/" + connection).expect(404);
        statusBecomes(id, "failed");
        assertThat(delivery(id).get("reason").asText()).isEqualTo("deleted");
        assertThat(delivery(id).at("/target/name").asText()).isEqualTo("ERP");
    }

    @Test
    void aRateHoldsTheLaneBack() {
        connection("/slow", "\"ratePerSecond\":20");
        long begin = System.nanoTime();
        for (int i = 0; i < 11; i++) {
            send("paced " + i);
        }
        eventually(() -> assertThat(receiver.requests("/slow")).hasSize(11));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(250));
    }

    @Test
    void inAnOrderedLaneNothingOvertakesAMessageOfTheSameSender() {
        receiver.answering(got -> Answer.of(
                got.text().contains("\"first\"") && got.header("X-MAC-Attempt").equals("1") ? 503 : 200));
        connection("/ordered", "\"ordered\":true," + QUICK);
        send("first");
        send("second");
        send("third");
        eventually(() -> assertThat(receiver.requests("/ordered")).hasSize(4));
        assertThat(receiver.requests("/ordered"))
                .extracting(got -> got.text().replaceAll(".*\"text\":\"([a-z]+)\".*", "$1"))
                .containsExactly("first", "first", "second", "third");
    }
}
