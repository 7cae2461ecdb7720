package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** SMS that are taken back before a phone has them, sent later, or not worth sending any more. */
class TakenBackTest extends SmsSuite {

    private String send(String more) {
        return tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"x\"" + more + "}")
                .expect(202)
                .at("/id");
    }

    private String status(String id) {
        return tenant.get("/v1/outgoing/" + id).expect(200).at("/status");
    }

    private int fetched() {
        return phone.get("/v1/outbox").expect(200).json().get("messages").size();
    }

    @Test
    void whatIsQueuedIsTakenBackAndNoPhoneGetsIt() {
        String id = send("");
        tenant.delete("/v1/outgoing/" + id).expect(204);
        tenant.delete("/v1/outgoing/" + id).expect(204);
        assertThat(status(id)).isEqualTo("cancelled");
        assertThat(tenant.get("/v1/outgoing?status=cancelled").at("/data/0/id")).isEqualTo(id);
        assertThat(fetched()).isZero();
    }

    @Test
    void whatAPhoneHasIsNotTakenBack() {
        String id = send("");
        assertThat(fetched()).isEqualTo(1);
        assertThat(tenant.delete("/v1/outgoing/" + id).expect(409).at("/detail"))
                .contains("has this SMS already");
        phone.post("/v1/outbox/" + id, "{\"status\":\"sent\"}").expect(200);
        assertThat(tenant.delete("/v1/outgoing/" + id).expect(409).at("/detail"))
                .contains("sent already");
        assertThat(status(id)).isEqualTo("sent");
    }

    @Test
    void anothersIsNotFound() {
        String id = send("");
        bridge.newTenant().api().delete("/v1/outgoing/" + id).expect(404);
        phone.delete("/v1/outgoing/" + id).expect(403);
        assertThat(status(id)).isEqualTo("queued");
    }

    @Test
    void ofAPhoneAndACallerAtTheSameMomentOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String id = send("");
            CountDownLatch together = new CountDownLatch(1);
            CompletableFuture<Integer> taken = CompletableFuture.supplyAsync(() -> {
                await(together);
                return tenant.delete("/v1/outgoing/" + id).status();
            });
            CompletableFuture<Integer> got = CompletableFuture.supplyAsync(() -> {
                await(together);
                return fetched();
            });
            together.countDown();
            int fetched = got.get(60, TimeUnit.SECONDS);
            assertThat(taken.get(60, TimeUnit.SECONDS)).isEqualTo(fetched == 1 ? 409 : 204);
            assertThat(status(id)).isEqualTo(fetched == 1 ? "leased" : "cancelled");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsBeingPushedIsNotTakenBackAndWhatWaitsForAnotherPushIs() {
        CompletableFuture<Receiver.Answer> answer = new CompletableFuture<>();
        try (Receiver gateway = new Receiver().answering(got -> answer.join())) {
            AtomicReference<String> pushed = new AtomicReference<>("");
            eventually(() -> {
                String sms = beingPushed(gateway); // another one if the last push came to its timeout meanwhile
                assertThat(status(sms)).isEqualTo("leased");
                tenant.delete("/v1/outgoing/" + sms).expect(409);
                pushed.set(sms);
            });
            String id = pushed.get();
            answer.complete(Receiver.Answer.of(503, "busy"));
            eventually(() -> assertThat(status(id)).isEqualTo("queued"));
            eventually(() -> tenant.delete("/v1/outgoing/" + id).expect(204)); // not during its next push
            assertThat(status(id)).isEqualTo("cancelled");
        }
    }

    private String beingPushed(Receiver gateway) {
        String device = tenant.post("/v1/devices", """
                        {"name":"G","transport":{"type":"android-sms-gateway","url":"%s","username":"u","password":"p"}}""".formatted(gateway.url("/message")))
                .expect(201)
                .at("/id");
        String id = send(",\"deviceId\":\"" + device + "\"");
        eventually(
                () -> assertThat(gateway.requests()).anyMatch(got -> got.text().contains(id)));
        return id;
    }

    @Test
    void anSmsForLaterWaitsUntilThen() {
        Instant at = Instant.now().plusSeconds(3600);
        String id = send(",\"sendAt\":\"" + at + "\",\"validFor\":\"PT1H\"");
        Api.Reply shown = tenant.get("/v1/outgoing/" + id);
        assertThat(Duration.between(at, Instant.parse(shown.at("/expiresAt"))))
                .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
        assertThat(Duration.between(Instant.parse(shown.at("/sendAt")), at)).isLessThan(Duration.ofMillis(1));
        assertThat(fetched()).isZero();
        Instant soon = Instant.now().plusSeconds(2); // from here, however late it is
        bridge.bean(Store.class).writeNow(tx -> tx.sql()
                .sql("update outgoing set due_at = ? where id = ?")
                .params(soon.toEpochMilli(), id)
                .update());
        assertThat(phone.get("/v1/outbox?wait=60").expect(200).at("/messages/0/id"))
                .isEqualTo(id);
        assertThat(Instant.now()).isAfterOrEqualTo(soon.minusMillis(1));
    }

    @Test
    void anSmsForLaterIsTakenBackAndStopTakesItBackToo() {
        String later = ",\"sendAt\":\"" + Instant.now().plusSeconds(3600) + "\"";
        String mine = send(later);
        tenant.delete("/v1/outgoing/" + mine).expect(204);
        String stopped = send(later);
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"STOP\"}")
                .expect(202);
        assertThat(status(stopped)).isEqualTo("failed");
        assertThat(tenant.get("/v1/outgoing/" + stopped).at("/error")).isEqualTo("opted-out");
    }

    @Test
    void aTimeThatHasPassedIsNow() {
        send(",\"sendAt\":\"2020-01-01T00:00:00Z\"");
        assertThat(fetched()).isEqualTo(1);
    }

    @Test
    void whatIsNotWorthSendingAnyMoreIsNotSent() {
        Instant before = Instant.now().minusMillis(1);
        String id = send(",\"sendAt\":\"2020-01-01T00:00:00Z\",\"validFor\":\"PT10S\"");
        assertThat(Instant.parse(tenant.get("/v1/outgoing/" + id).at("/expiresAt")))
                .isBetween(before.plusSeconds(10), Instant.now().plusSeconds(10));
        bridge.bean(Store.class).writeNow(tx -> tx.sql()
                .sql("update outgoing set expires_at = 1 where id = ?")
                .param(id)
                .update());
        assertThat(fetched()).isZero();
        eventually(() -> assertThat(status(id)).isEqualTo("expired"));
        tenant.delete("/v1/outgoing/" + id).expect(409);
    }

    @Test
    void badTimesAreNamed() {
        assertThat(tenant.post("/v1/messages", """
                        {"to":"919876543210","text":"x","sendAt":"tomorrow","validFor":"PT0S"}""")
                        .expect(422)
                        .json()
                        .get("errors")
                        .findValuesAsText("field"))
                .containsExactlyInAnyOrder("sendAt", "validFor");
        tenant.post(
                        "/v1/messages",
                        "{\"to\":\"919876543210\",\"text\":\"x\",\"sendAt\":\""
                                + Instant.now().plus(Duration.ofDays(400)) + "\"}")
                .expect(422);
    }
}
