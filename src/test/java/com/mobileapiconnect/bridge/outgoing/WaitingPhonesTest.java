package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** @param then how many wait from then on */
    private static CompletableFuture<Api.Reply> waits(RunningBridge bridge, int then) {
        WaitingPhones phones = bridge.bean(WaitingPhones.class);
        Api phone = bridge.phone();
        CompletableFuture<Api.Reply> answer = CompletableFuture.supplyAsync(() -> phone.get("/v1/outbox?wait=60"));
        eventually(() -> assertThat(phones.count()).isEqualTo(then));
        return answer;
    }
}
