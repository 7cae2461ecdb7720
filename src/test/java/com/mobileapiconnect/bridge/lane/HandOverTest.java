package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery comes to its lane in two ways: with its commit, and when the lane looks into the store. It is sent once. */
@OnBothDatabases
class HandOverTest {

    private static final int MESSAGES = 600;

    @TempDir
    Path data;

    @Test
    void whatTheLaneFoundInTheStoreIsNotSentAgainWhenItIsHandedOver(Database database) throws InterruptedException {
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        AtomicBoolean done = new AtomicBoolean();
        try (Receiver receiver = new Receiver().answering(got -> {
                    sent.add(got.header("X-MAC-Delivery"));
                    return Receiver.Answer.of(200);
                });
                RunningBridge bridge = RunningBridge.start(data, database)) {
            bridge.tenant()
                    .connection(
                            receiver.url("/erp"), "\"redelivery\":{\"timeout\":\"PT30S\"}"); // later it is sent again
            Api phone = bridge.phone();
            Lanes lanes = bridge.bean(Lanes.class);
            Thread restless = new Thread(() -> {
                while (!done.get()) {
                    lanes.sweep();
                }
            });
            restless.start();
            IntStream.range(0, MESSAGES).parallel().forEach(i -> phone.post(
                            "/v1/inbound", "{\"from\":\"1\",\"text\":\"" + i + "\"}")
                    .expect(202));
            eventually(() -> assertThat(bridge.tenant()
                            .get("/v1/deliveries?status=pending")
                            .json()
                            .get("data"))
                    .isEmpty());
            done.set(true);
            restless.join();
        }
        assertThat(sent).hasSize(MESSAGES).doesNotHaveDuplicates();
    }
}
