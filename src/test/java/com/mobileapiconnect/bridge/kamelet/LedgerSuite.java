package com.mobileapiconnect.bridge.kamelet;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.mobileapiconnect.bridge.kamelet.LedgerSystem.Ledger;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;

/** A bridge with connectors that are files, good ones and bad ones; one of them writes into the ledger. */
@OnBothDatabases
abstract class LedgerSuite {

    private static final String DECIDES = KameletFiles.kamelet("decides", "properties: {}", """
            - choice:
                when:
                  - simple: "${exchangeProperty.message.text} == 'no'"
                    steps:
                      - to: "outbox:reject?reason=The book is closed"
                  - simple: "${exchangeProperty.message.text} == 'later'"
                    steps:
                      - to: "outbox:retry?after=1h&reason=Closed at night"
                otherwise:
                  steps:
                    - to: "outbox:done?externalId=77&externalUrl=https://books.example.com/77"
            """);

    static RunningBridge bridge;
    static Ledger ledger;
    static Path connectors;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) throws IOException {
        connectors = Files.createDirectory(data.resolve("connectors"));
        KameletFiles.save(connectors, "ledger", KameletFiles.LEDGER);
        KameletFiles.save(connectors, "decides", DECIDES);
        KameletFiles.save(connectors, "broken", "apiVersion: camel.apache.org/v1\nkind: Kamlet\n");
        KameletFiles.save(connectors, "No_Name", KameletFiles.LEDGER);
        bridge = RunningBridge.start(
                List.of(LedgerSystem.class),
                data,
                database,
                "bridge.connectors.dir=" + connectors,
                "bridge.connectors.look-every=PT0.1S",
                "bridge.routes.dir=" + Files.createDirectory(data.resolve("routes")));
        ledger = bridge.bean(Ledger.class);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    static String connection(Api tenant, String connector, String properties) {
        return tenant.post(
                        "/v1/connections",
                        "{\"name\":\"C\",\"connector\":\"" + connector + "\",\"properties\":" + properties
                                + ",\"redelivery\":{\"initialDelay\":\"PT0.1S\",\"multiplier\":1}}")
                .expect(201)
                .at("/id");
    }

    static String sms(RunningBridge.NewTenant tenant, String text) {
        String token = tenant.api()
                .post("/v1/devices", "{\"name\":\"P\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token");
        return tenant.api()
                .as(token)
                .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    /** The delivery of a message, once it has that status. */
    static JsonNode delivery(Api tenant, String messageId, String status) {
        within(20, () -> assertThat(
                        tenant.get("/v1/deliveries?messageId=" + messageId).at("/data/0/status"))
                .isEqualTo(status));
        String id = tenant.get("/v1/deliveries?messageId=" + messageId).at("/data/0/id");
        return tenant.get("/v1/deliveries/" + id).json();
    }

    static JsonNode connector(String name) {
        return StreamSupport.stream(
                        bridge.tenant()
                                .get("/v1/connectors?limit=500")
                                .json()
                                .get("data")
                                .spliterator(),
                        false)
                .filter(each -> each.get("name").asText().equals(name))
                .findFirst()
                .orElse(null);
    }

    static JsonNode file(String name) {
        for (JsonNode each : bridge.operator()
                .get("/v1/connectors/files?limit=500")
                .expect(200)
                .json()
                .get("data")) {
            if (each.get("file").asText().equals(name + ".kamelet.yaml")) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }
}
