package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait for their receivers alone hold no threads, however many they are. */
class ManyCallsTest {

    private static final int TARGETS = 20;
    private static final int AT_ONCE = 250;
    /** Pools of the bridge's are as large as the machine. */
    private static final int FEW_THREADS = 16 + 4 * Runtime.getRuntime().availableProcessors();

    @TempDir
    Path data;

    @Test
    void fiveThousandHangingCallsHoldNoThreadAndAllComeToTheirEnds() {
        Queue<CompletableFuture<Outcome>> hanging = new ConcurrentLinkedQueue<>();
        try (RunningBridge bridge = RunningBridge.start(
                List.of(ScriptedSender.InPlaceOfWebhooks.class), data, "bridge.outbox.max-calls=20000")) {
            bridge.bean(ScriptedSender.class).on("/hangs", attempt -> {
                CompletableFuture<Outcome> call = new CompletableFuture<>();
                hanging.add(call);
                return call;
            });
            for (int i = 0; i < TARGETS; i++) {
                bridge.tenant().post("/v1/connections", """
                                {"name":"ERP","outboundUrl":"https://erp.example.com/hangs","concurrency":%d,
                                 "redelivery":{"timeout":"PT30S"}}""".formatted(AT_ONCE)).expect(201);
            }
            StringBuilder backlog = new StringBuilder("{\"messages\":[");
            for (int i = 0; i < AT_ONCE; i++) {
                backlog.append(i == 0 ? "" : ",")
                        .append("{\"from\":\"91987")
                        .append(i)
                        .append("\",\"text\":\"x\"}");
            }
            int before = threads();
            bridge.phone().post("/v1/inbound", backlog + "]}").expect(202);
            within(60, () -> assertThat(hanging).hasSize(TARGETS * AT_ONCE));
            assertThat(bridge.bean(Engine.class).callsUnderWay()).isEqualTo(TARGETS * AT_ONCE);
            assertThat(threads() - before).as("threads for 5,000 calls").isLessThan(FEW_THREADS);

            hanging.forEach(call -> call.complete(ScriptedSender.DELIVERED));
            within(60, () -> assertThat(bridge.tenant()
                            .get("/v1/deliveries?status=pending")
                            .json()
                            .get("data"))
                    .isEmpty());
            assertThat(hanging).hasSize(TARGETS * AT_ONCE);
            assertThat(bridge.tenant()
                            .get("/v1/deliveries?status=failed")
                            .json()
                            .get("data"))
                    .isEmpty();
        }
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
