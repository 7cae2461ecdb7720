package com.mobileapiconnect.bridge.delivery;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kept count of unfinished deliveries is what counting would give. */
@OnBothDatabases
class BacklogTest {

    @TempDir
    Path data;

    @Test
    void followsEverythingThatHappensToADeliveryAndIsCountedAnewAtTheStart(Database database) {
        try (Receiver receiver = new Receiver().answering(200)) {
            String[] settings = database.settings();
            String target;
            try (RunningBridge bridge = RunningBridge.start(data, settings)) {
                target = bridge.tenant()
                        .post(
                                "/v1/connections",
                                "{\"name\":\"c\",\"outboundUrl\":\"%s\"}".formatted(receiver.url("/c")))
                        .expect(201)
                        .at("/id");
                Backlog backlog = bridge.bean(Backlog.class);
                Api phone = bridge.phone();
                phone.post("/v1/inbound", "{\"id\":\"p\",\"from\":\"1\",\"text\":\"t\"}")
                        .expect(202);
                phone.post("/v1/inbound", "{\"id\":\"p\",\"from\":\"1\",\"text\":\"t\"}")
                        .expect(202);
                eventually(() -> assertThat(bridge.tenant()
                                .get("/v1/deliveries?status=delivered")
                                .json()
                                .get("data"))
                        .hasSize(1));
                eventually(() -> assertThat(backlog.of(target)).isZero());

                bridge.tenant().post("/v1/connections/" + target + "/pause").expect(200);
                String delivery = bridge.tenant().get("/v1/deliveries").at("/data/0/id");
                bridge.tenant().post("/v1/deliveries/" + delivery + "/retry").expect(202);
                bridge.tenant().post("/v1/deliveries/" + delivery + "/retry").expect(202);
                assertThat(backlog.of(target)).isEqualTo(1);
                phone.post("/v1/inbound", "{\"from\":\"1\",\"text\":\"t\"}").expect(202);
                assertThat(backlog.of(target)).isEqualTo(2);
            }
            try (RunningBridge bridge = RunningBridge.start(data, settings)) {
                Backlog backlog = bridge.bean(Backlog.class);
                assertThat(backlog.of(target)).isEqualTo(2);
                String device = bridge.tenant().get("/v1/devices").at("/data/0/id");
                bridge.tenant()
                        .delete("/v1/devices/" + device + "?discard=true")
                        .expect(202);
                eventually(() -> assertThat(backlog.of(target)).isZero());
            }
        }
    }
}
