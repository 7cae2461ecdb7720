package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.context.request.async.DeferredResult;

/** Phones that wait take memory, so there is an end to them. */
class WaitingPhonesTest {

    @TempDir
    Path data;

    @Test
    void whoHasWaitedLongestIsAnsweredEarlyWhenThereAreTooMany() throws Exception {
        try (RunningBridge bridge = RunningBridge.start(data, "bridge.reply.waiting-phones=2")) {
            CompletableFuture<Api.Reply> first = waits(bridge, 1);
            CompletableFuture<Api.Reply> second = waits(bridge, 2);
            CompletableFuture<Api.Reply> third = waits(bridge, 2);
            Api.Reply early = first.get(60, TimeUnit.SECONDS).expect(200);
            assertThat(early.json().get("messages")).isEmpty();
            assertThat(second).isNotDone();
            assertThat(third).isNotDone();
        }
    }

    /** The store has leased an SMS to one poll, and tells the other one that there is none, before it tells the first one. */
    private static final class Found extends OutgoingQueue {

        private final CompletableFuture<List<Outgoing>> leased = new CompletableFuture<>();
        private boolean asked;

        @SuppressWarnings("NullAway") // only what the phones ask for is there
        private Found() {
            super(null, null, null, null, null, null, null, Clock.systemUTC());
        }

        @Override
        CompletableFuture<List<Outgoing>> lease(String tenantId, String deviceId) {
            if (asked) {
                return CompletableFuture.completedFuture(List.of());
            }
            asked = true;
            return leased;
        }
    }

    @Test
    void ofTwoPollsAtOnceOneGetsWhatThereIs() {
        Found queue = new Found();
        ReplySettings settings = new ReplySettings(
                5, 20, 0, Duration.ofMinutes(2), 3, Duration.ofDays(1), Duration.ZERO, Duration.ofSeconds(5), 1, 2);
        WaitingPhones phones = new WaitingPhones(queue, null, settings);
        DeferredResult<Batch> first = phones.poll("ten_1", "dev_1", Duration.ZERO);
        DeferredResult<Batch> second = phones.poll("ten_1", "dev_1", Duration.ZERO);
        queue.leased.complete(List.of(sms()));
        assertThat(first.getResult()).isEqualTo(Batch.NOTHING);
        assertThat(second.getResult()).isEqualTo(Batch.of(List.of(sms())));
    }

    private static Outgoing sms() {
        Instant now = Instant.EPOCH;
        return new Outgoing(
                "out_1",
                "ten_1",
                "dev_1",
                null,
                "919876543210",
                "hi",
                null,
                null,
                null,
                Map.of(),
                null,
                Outgoing.Status.LEASED,
                null,
                1,
                0,
                now,
                now,
                now);
    }

    /** @param then how many wait from then on */
    private static CompletableFuture<Api.Reply> waits(RunningBridge bridge, int then) {
        WaitingPhones phones = bridge.bean(WaitingPhones.class);
        Api phone = bridge.phone();
        CompletableFuture<Api.Reply> answer = CompletableFuture.supplyAsync(() -> phone.get("/v1/outbox?wait=60"));
        eventually(() -> assertThat(phones.count()).isEqualTo(then));
        return answer;
    }
}
