package com.mobileapiconnect.bridge.outgoing;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RawServer;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways of one tenant that hang, and the SMS of another. */
class PushTurnsTest {

    private static final int HANGING = 60;
    /** A quarter of all pushes. */
    private static final int OF_ONE_TENANT = 16;

    @TempDir
    Path data;

    private static void send(Api tenant, String url) {
        String device =
                tenant.post("/v1/devices", """
                        {"name":"Gateway","number":"911234500000","transport":
                         {"type":"android-sms-gateway","url":"%s","username":"sms","password":"pass"}}""".formatted(url)).expect(201).at("/id");
        tenant.post("/v1/messages", """
                        {"to":"919876543210","text":"hi","deviceId":"%s"}""".formatted(device)).expect(202);
    }

    private static double pushes(RunningBridge bridge) {
        return bridge.bean(MeterRegistry.class)
                .get("bridge.turns.running")
                .tag("threads", "push")
                .gauge()
                .value();
    }

    @Test
    void sixtyHangingGatewaysOfOneTenantDelayNoSmsOfAnother() {
        try (RunningBridge bridge = RunningBridge.start(data);
                RawServer hangs = RawServer.start(peer -> {
                    peer.request();
                    peer.hang();
                });
                Receiver gateway = new Receiver().answering(202)) {
            String id = bridge.operator()
                    .post("/v1/tenants", "{\"name\":\"Other\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                    .expect(201)
                    .at("/id");
            Api other = bridge.operator()
                    .as(bridge.operator()
                            .post("/v1/tenants/" + id + "/keys", "{}")
                            .expect(201)
                            .at("/key"));
            for (int i = 0; i < HANGING; i++) {
                send(bridge.tenant(), "http://127.0.0.1:" + hangs.port() + "/");
            }
            eventually(() -> assertThat(hangs.requests()).hasSizeGreaterThanOrEqualTo(OF_ONE_TENANT));
            // Others follow those that have come to their timeout, so what counts is how many there are at once.
            assertThat(pushes(bridge)).as("of one tenant at once").isLessThanOrEqualTo(OF_ONE_TENANT);
            send(other, gateway.url("/message"));
            eventually(() -> assertThat(gateway.requests()).hasSize(1));
            eventually(() -> assertThat(pushes(bridge)).isLessThanOrEqualTo(OF_ONE_TENANT));
        }
    }
}
