package com.mobileapiconnect.bridge.lane;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.RunningBridge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A bridge for each test whose webhooks do what a script says; some calls and steps hold their thread until the end. */
abstract class StuckSuite {

    static final String HUNG = "\"redelivery\":{\"timeout\":\"PT1S\",\"maxAttempts\":1},\"concurrency\":40";

    /** For calls that have to come to an end of their own, however busy the machine is. */
    static final String PATIENT = HUNG.replace("PT1S", "PT20S");

    @TempDir
    Path data;

    final CountDownLatch hold = new CountDownLatch(1);
    final AtomicInteger inside = new AtomicInteger();
    RunningBridge bridge;
    ScriptedSender sender;

    void start(String... settings) {
        start(List.of(), settings);
    }

    /** @param more beans beside the sender that stands in for webhooks */
    void start(List<Class<?>> more, String... settings) {
        List<Class<?>> beans = new ArrayList<>(more);
        beans.add(ScriptedSender.InPlaceOfWebhooks.class);
        bridge = RunningBridge.start(beans, data, settings);
        sender = bridge.bean(ScriptedSender.class);
    }

    @AfterEach
    void stop() {
        hold.countDown();
        bridge.close();
    }

    String connection(String path, String more) {
        return bridge.tenant().connection("https://erp.example.com" + path, more);
    }

    void send(int messages) {
        StringBuilder backlog = new StringBuilder("{\"messages\":[");
        for (int i = 0; i < messages; i++) {
            backlog.append(i == 0 ? "" : ",")
                    .append("{\"from\":\"91987")
                    .append(i)
                    .append("\",\"text\":\"x\"}");
        }
        bridge.phone().post("/v1/inbound", backlog + "]}").expect(202);
    }

    List<String> errors(String target) {
        return bridge.tenant()
                .get("/v1/deliveries?limit=200&target=" + target)
                .expect(200)
                .json()
                .findValuesAsText("error");
    }

    String lastError(String target) {
        for (JsonNode lane :
                bridge.tenant().get("/v1/targets").expect(200).json().get("data")) {
            if (lane.get("id").asText().equals(target)) {
                return lane.at("/lastError/error").asText();
            }
        }
        throw new AssertionError("No lane of " + target);
    }

    List<String> statuses(String target) {
        return bridge.tenant().get("/v1/deliveries?target=" + target).json().findValuesAsText("status");
    }

    double stuck() {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.calls.stuck")
                .tag("connector", "webhook")
                .gauge()
                .value();
    }

    /** Does not care for interrupts. */
    void holdOn() {
        inside.incrementAndGet();
        boolean interrupted = false;
        while (hold.getCount() > 0) {
            try {
                hold.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
