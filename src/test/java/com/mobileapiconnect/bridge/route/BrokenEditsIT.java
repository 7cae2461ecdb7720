package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SteadyLoad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every broken edit, over HTTP, as a saved file and at a restart, while 200 messages a second go through the route that is
 * edited: none is lost, none is doubled, no phone is turned away, and the next good save is live within 2 s.
 */
class BrokenEditsIT {

    /** So that no call is repeated because the machine was held up. */
    private static final String PATIENT = "\"redelivery\":{\"timeout\":\"PT30S\"}";

    @TempDir
    Path directory;

    private Path file;

    private RunningBridge start() throws IOException {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        file = routes.resolve("deliver.camel.yaml");
        return RunningBridge.start(
                directory.resolve("data"),
                "bridge.routes.dir=" + routes,
                "bridge.routes.start-within=PT2M"); // a good text that starts slowly is no broken one
    }

    private static JsonNode deliver(RunningBridge bridge) {
        for (JsonNode route : bridge.operator().get("/v1/routes").json().get("data")) {
            if (route.get("name").asText().equals("deliver")) {
                return route;
            }
        }
        throw new AssertionError("deliver is gone");
    }

    @Test
    void theOldRouteServesThroughoutAndTheNextGoodSaveIsLive() throws Exception {
        try (RunningBridge bridge = start();
                Receiver receiver = new Receiver()) {
            bridge.tenant().connection(receiver.url("/erp"), PATIENT);
            Api operator = bridge.operator();
            operator.put("/v1/routes/deliver", Versions.of("deliver", 0)).expect(200);
            SteadyLoad load = SteadyLoad.begin(bridge.phone(), receiver, "/erp", 200);
            List<BrokenEdits.Edit> edits = BrokenEdits.all();
            long slowest = 0;
            for (int i = 0; i < edits.size(); i++) {
                String before = operator.get("/v1/routes/deliver").text();
                operator.put("/v1/routes/deliver", edits.get(i).text()).expect(413, 422);
                Files.writeString(file, edits.get(i).text());
                String label = edits.get(i).label();
                within(10, () -> assertThat(deliver(bridge).get("status").asText())
                        .as(label)
                        .isEqualTo("failed"));
                assertThat(operator.get("/v1/routes/deliver").text()).isEqualTo(before);
                slowest = Math.max(slowest, save(bridge, Versions.of("deliver", i + 1)));
            }
            SteadyLoad.Outcome outcome = load.end(60);
            System.out.printf(
                    "%d broken edits, %d messages, slowest good save %d ms%n",
                    edits.size(), outcome.accepted(), TimeUnit.NANOSECONDS.toMillis(slowest));
            assertThat(outcome.refusals()).isEmpty();
            assertThat(outcome.lost()).isEmpty();
            assertThat(outcome.doubled()).isEmpty();
        }
    }

    /** Returns how long it took until it ran. */
    private long save(RunningBridge bridge, String good) throws IOException {
        byte[] text = good.getBytes(StandardCharsets.UTF_8);
        long since = System.nanoTime();
        Files.write(file, text);
        within(10, () -> {
            assertThat(bridge.operator().get("/v1/routes/deliver").text()).isEqualTo(good);
            assertThat(deliver(bridge).get("status").asText()).isEqualTo("running");
        });
        return System.nanoTime() - since;
    }

    @Test
    void theLastGoodTextOfTheProductsRouteRunsAfterARestartWithABrokenOne() throws Exception {
        String good = Versions.of("deliver", 1);
        try (RunningBridge bridge = start()) {
            bridge.operator().put("/v1/routes/deliver", good).expect(200);
        }
        for (BrokenEdits.Edit edit : BrokenEdits.ofTheProduct()) {
            Files.writeString(file, edit.text());
            try (RunningBridge bridge = start()) {
                assertThat(deliver(bridge).get("status").asText())
                        .as(edit.label())
                        .isEqualTo("failed");
                assertThat(bridge.operator().get("/v1/routes/deliver").text()).isEqualTo(good);
                bridge.phone()
                        .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"x\"}")
                        .expect(202);
            }
        }
    }

    /** Each in a file of its own, so that one restart shows all of them. */
    @Test
    void theLastGoodTextsRunAfterARestartWithAllOthers() throws Exception {
        List<BrokenEdits.Edit> edits = BrokenEdits.ofAnyRoute();
        try (RunningBridge bridge = start()) {
            for (int i = 0; i < edits.size(); i++) {
                bridge.operator().put("/v1/routes/edit-" + i, good(i)).expect(200);
            }
        }
        for (int i = 0; i < edits.size(); i++) {
            Files.writeString(
                    file.resolveSibling("edit-" + i + ".camel.yaml"),
                    edits.get(i).textFor("edit-" + i));
        }
        try (RunningBridge bridge = start()) {
            Map<String, JsonNode> routes = new HashMap<>();
            bridge.operator()
                    .get("/v1/routes?limit=500")
                    .json()
                    .get("data")
                    .forEach(route -> routes.put(route.get("name").asText(), route));
            for (int i = 0; i < edits.size(); i++) {
                String label = edits.get(i).label();
                JsonNode route = routes.get("edit-" + i);
                assertThat(route.get("status").asText()).as(label).isEqualTo("failed");
                assertThat(route.get("error").asText()).as(label).isNotEmpty();
                assertThat(bridge.operator().get("/v1/routes/edit-" + i).text())
                        .as(label)
                        .isEqualTo(good(i));
            }
            bridge.phone()
                    .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"x\"}")
                    .expect(202);
        }
    }

    private static String good(int number) {
        return "- route: {id: edit-%1$d, from: {uri: 'direct:edit-%1$d', steps: [{log: x}]}}%n".formatted(number);
    }
}
