package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The step phone:capture takes in what POST /v1/inbound would, and refuses what that would refuse. */
@OnBothDatabases
class RouteCaptureTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static RunningBridge bridge;
    private static ProducerTemplate route;
    private static Api phone;
    private static String device;
    private static String otherDevice;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
        route = bridge.bean(CamelContext.class).createProducerTemplate();
        Api.Reply paired = pair();
        phone = bridge.tenant().as(paired.at("/token"));
        device = paired.at("/id");
        otherDevice = pair().at("/id");
    }

    private static Api.Reply pair() {
        return bridge.tenant()
                .post(
                        "/v1/devices",
                        "{\"name\":\"Front desk\",\"number\":\"911234500000\",\"sims\":{\"2\":\"911234500002\"}}")
                .expect(201);
    }

    @AfterDatabase
    static void stop() {
        route.stop();
        bridge.close();
    }

    private static JsonNode capture(String to, Object body) {
        return JSON.valueToTree(route.requestBody("phone:capture?device=" + to, body));
    }

    private static Throwable failure(String to, Object body) {
        try {
            throw new AssertionError("Taken: " + capture(to, body));
        } catch (CamelExecutionException e) {
            return e.getCause();
        }
    }

    private static JsonNode story(String id) {
        return bridge.tenant().get("/v1/messages/" + id).expect(200).json();
    }

    /** What two devices tell apart, and what tells when it was. */
    private static JsonNode comparable(String id) {
        ObjectNode story = (ObjectNode) story(id);
        return story.remove(List.of("id", "deviceId", "acceptedAt", "receivedAt", "deliveries"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"%s\",\"from\":\"919876543210\",\"to\":\"911234500000\",\"text\":\"balance\",\"ref\":\"INV-1\",\"sim\":2}",
                "{\"from\":\"919876543210\",\"text\":\"without an id\"}",
                "{\"from\":\"919876543210\",\"text\":\"\",\"receivedAt\":\"yesterday\"}",
                "{\"text\":\"of nobody\"}",
                "{\"from\":\"a\\u0000b\",\"text\":\"\\ud800 ${body} {{x}} \\u0000\",\"other\":[1]}",
                "{\"from\":\"919876543210\",\"text\":\"to a SIM\",\"to\":\"911234500002\"}",
            })
    void aMessageOfARouteIsTakenAsAPhonesIs(String json) {
        String ofPhone = phone.post("/v1/inbound", json).expect(202).at("/messages/0/id");
        JsonNode receipt = capture(otherDevice, json);

        JsonNode message = receipt.at("/messages/0");
        assertThat(message.get("duplicate").asBoolean()).isFalse();
        assertThat(comparable(message.get("id").asText())).isEqualTo(comparable(ofPhone));
        assertThat(story(message.get("id").asText()).get("deviceId").asText()).isEqualTo(otherDevice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"from\":\"919876543210\"} | text must be given",
                "{\"from\":7,\"text\":\"x\"} | from ",
                "{\"messages\":[]} | messages must be a list of 1 to 500 messages",
                "[{\"from\":\"91987\",\"text\":\"x\"},{\"from\":\"91987\"}] | messages[1].text must be given",
                "[1] | messages[0] must be an object",
                "balance | not JSON",
                "\"balance\" | must be a JSON object",
            })
    void whatAPhoneIsRefusedARouteIsRefusedForGoodAndNothingIsTaken(String json, String why) {
        long before = messages();
        assertThat(failure(device, json))
                .isInstanceOf(RefusedCaptureException.class)
                .hasMessageStartingWith("phone:capture took nothing: ")
                .hasMessageContaining(why);
        assertThat(messages()).isEqualTo(before);
    }

    private static long messages() {
        return bridge.tenant().get("/v1/messages?limit=500").json().get("data").size();
    }

    @Test
    void aBodyMayBeAMapAListBytesOrAStream() throws JsonProcessingException {
        Map<String, Object> map = Map.of("id", "m-1", "from", "919876543210", "text", "as a map");
        String text = JSON.writeValueAsString(map);
        String id = capture(device, map).at("/messages/0/id").asText();
        for (Object same : List.of(
                List.of(map),
                text,
                " [" + text + "]",
                "{\"messages\":[" + text + "]}",
                text.getBytes(StandardCharsets.UTF_8),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                JSON.readTree(text),
                JSON.readTree("[" + text + "]"))) {
            JsonNode again = capture(device, same).at("/messages/0");
            assertThat(again.get("id").asText()).as("%s", same).isEqualTo(id);
            assertThat(again.get("duplicate").asBoolean()).isTrue();
            assertThat(again.get("phoneId").asText()).isEqualTo("m-1");
        }
    }

    @Test
    void aRepeatIsRecognisedWhicheverWayItCame() {
        String json = "{\"id\":\"both\",\"from\":\"919876543210\",\"text\":\"one\"}";
        String id = phone.post("/v1/inbound", json).expect(202).at("/messages/0/id");
        JsonNode again = capture(device, json).at("/messages/0");

        assertThat(again.get("id").asText()).isEqualTo(id);
        assertThat(again.get("duplicate").asBoolean()).isTrue();
    }

    @Test
    void aBacklogIsTakenWholeOrNotAtAll() {
        List<Map<String, Object>> backlog = new ArrayList<>(IntStream.range(0, 500)
                .mapToObj(i -> Map.<String, Object>of("id", "b-" + i, "from", "9198", "text", "no " + i))
                .toList());
        assertThat(capture(device, backlog).get("messages")).hasSize(500);
        backlog.add(Map.of("from", "9198", "text", "one too many"));
        assertThat(failure(device, backlog)).hasMessageContaining("messages must be a list of 1 to 500 messages");
    }

    @Test
    void twoRoutesThatBringTheSameAtOnceMakeOneMessage() {
        String json = "{\"id\":\"at-once\",\"from\":\"919876543210\",\"text\":\"one\"}";
        List<CompletableFuture<JsonNode>> taken = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> capture(device, json)))
                .toList();
        List<JsonNode> messages =
                taken.stream().map(each -> each.join().at("/messages/0")).toList();

        assertThat(Set.copyOf(
                        messages.stream().map(each -> each.get("id").asText()).toList()))
                .hasSize(1);
        assertThat(messages)
                .filteredOn(each -> !each.get("duplicate").asBoolean())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "phone:capture | needs the device",
                "phone:capture?device=me | needs the device",
                "phone:capture?device=dev_1&tenant=ten_1 | has no option tenant; it takes device",
                "phone:inbox?device=dev_1 | has the steps capture and read, not inbox",
            })
    void whatTheStepCannotUseIsRefusedWhenItsRouteIsMade(String uri, String why) {
        assertThatThrownBy(() -> bridge.bean(CamelContext.class).getEndpoint(uri))
                .hasMessageContaining(why);
    }

    @Test
    void aDeviceThatIsNotThereIsAnErrorAndTheSourceKeepsWhatItHas() {
        String json = "{\"from\":\"919876543210\",\"text\":\"x\"}";
        assertThat(failure("dev_unknown", json))
                .isNotInstanceOf(RefusedCaptureException.class)
                .hasMessage("phone:capture takes in for the device dev_unknown, and there is none; nothing was taken");
        String gone = pair().at("/id");
        bridge.tenant().delete("/v1/devices/" + gone).expect(204);
        assertThat(failure(gone, json)).hasMessageContaining("there is none");
    }

    @Test
    void nothingIsTakenForATenantThatIsBeingDeleted() {
        RunningBridge.NewTenant leaving = bridge.newTenant("{\"name\":\"Leaving\"}");
        String own = leaving.api()
                .post("/v1/devices", "{\"name\":\"Own\"}")
                .expect(201)
                .at("/id");
        assertThat(capture(own, "{\"from\":\"9198\",\"text\":\"x\"}").at("/messages"))
                .hasSize(1);
        assertThat(leaving.api().get("/v1/messages").json().get("data")).hasSize(1);
        bridge.operator().delete("/v1/tenants/" + leaving.id()).expect(200, 202, 204);
        assertThat(failure(own, "{\"from\":\"9198\",\"text\":\"x\"}")).isNotInstanceOf(RefusedCaptureException.class);
    }

    @Test
    void aBodyThatIsNoneIsRefused() {
        assertThat(failure(device, Collections.emptySet()))
                .isInstanceOf(RefusedCaptureException.class)
                .hasMessageContaining("must be a map, a list of maps or JSON");
        assertThat(failure(device, "[" + "[".repeat(5_000))).isInstanceOf(RefusedCaptureException.class);
    }
}
