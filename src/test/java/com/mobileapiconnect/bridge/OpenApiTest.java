package com.mobileapiconnect.bridge;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The hand-written document says what the bridge does: neither more nor less. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "bridge.bootstrap.api-key=" + OpenApiTest.TENANT_KEY,
            "bridge.operator-key=" + OpenApiTest.OPERATOR_KEY,
            "spring.test.observability.auto-configure=true", // the metrics, which tests otherwise lack
            "logging.level.bridge.attempts=warn"
        })
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    static final String TENANT_KEY = "sk_live_for-tests-only-0123456789abcdefg";
    static final String OPERATOR_KEY = "sk_operator_for-tests-only-0123456789abc";
    private static final Map<String, String> OF_PHONES = Map.of(
            "POST /v1/inbound", "{\"from\":\"1\",\"text\":\"\"}",
            "POST /v1/devices/heartbeat", "{\"battery\":1}",
            "POST /v1/inbound/reconcile", "{\"ids\":[\"1\"]}");
    private static final String JSON_BODY = "/requestBody/content/application~1json";

    // Not a @TempDir: the application context asks for it before JUnit has made one.
    private static final Path DATA = freshDirectory();
    private static final Path ROUTES = freshDirectory();

    @Autowired
    @Qualifier("requestMappingHandlerMapping") // the actuator has one of its own
    private RequestMappingHandlerMapping mappings;

    @Autowired
    private Store store;

    @LocalServerPort
    private int port;

    private Map<String, OpenApiHandler> handlers;
    private OpenApiDocument document;
    private OpenApiClient client;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("bridge.data-dir", () -> DATA);
        properties.add("bridge.routes.dir", ROUTES::toString); // the story edits them
    }

    private static Path freshDirectory() {
        try {
            return Files.createTempDirectory("openapi");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    void readDocument() {
        String url = "http://127.0.0.1:" + port;
        handlers = OpenApiHandler.all(mappings);
        document = new OpenApiDocument(
                new Api(url, null).get("/v1/openapi.json").expect(200).json());
        client = new OpenApiClient(document, url, OPERATOR_KEY);
    }

    Set<String> served() {
        return handlers.keySet();
    }

    Stream<String> withBody() {
        return document.operations().keySet().stream()
                .filter(operation -> !operation.equals("POST /v1/pairing")) // its body is a key, which the story has
                .filter(operation -> document.operation(operation).at(JSON_BODY).isObject());
    }

    @Test
    void everyPathThatIsServedIsInTheDocumentAndTheOtherWayRound() {
        Set<String> expected = new TreeSet<>(served());
        expected.addAll(List.of("GET /actuator/health", "GET /actuator/prometheus"));

        assertThat(document.operations().keySet()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("served")
    void anOperationTakesTheKeyTheParametersAndTheBodyThatItsHandlerTakes(String operation) {
        OpenApiHandler handler = handlers.get(operation);

        assertThat(document.scheme(operation)).isEqualTo(handler.scheme());
        assertThat(document.parameters(operation, "query")).isEqualTo(handler.query());
        assertThat(document.parameters(operation, "path")).isEqualTo(handler.path());
        assertThat(document.operation(operation).has("requestBody"))
                .isEqualTo(handler.takesJson()
                        || List.of(
                                        "POST /v1/inbound",
                                        "POST /v1/inbound/{adapter}/{deviceToken}",
                                        "POST /v1/opt-outs/import",
                                        "POST /v1/devices/{id}/import",
                                        "PUT /v1/config",
                                        "PUT /v1/routes/{name}",
                                        "POST /v1/routes/{name}/completions",
                                        "POST /v1/routes/{name}/validate")
                                .contains(operation));
    }

    @ParameterizedTest
    @MethodSource("served")
    void anOperationHasTheStatusesThatFollowFromItsHandler(String operation) {
        Set<String> documented = new TreeSet<>();
        document.operation(operation).path("responses").fieldNames().forEachRemaining(documented::add);

        assertThat(documented).containsAll(handlers.get(operation).errors());
        assertThat(documented)
                .filteredOn(status -> status.startsWith("2"))
                .containsExactlyInAnyOrderElementsOf(handlers.get(operation).successes());
    }

    @ParameterizedTest
    @MethodSource("served")
    void anOperationTakesIfMatchAndTellsTheETagWhereItsHandlerDoes(String operation) {
        OpenApiHandler handler = handlers.get(operation);
        JsonNode answer = document.operation(operation).path("responses").path(handler.success());

        assertThat(document.parameters(operation, "header").contains("If-Match"))
                .isEqualTo(handler.takesIfMatch());
        assertThat(answer.path("headers").has("ETag"))
                .isEqualTo(handler.tellsVersion()
                        || List.of(
                                        "GET /v1/openapi.json",
                                        "GET /v1/config",
                                        "GET /v1/config/schema",
                                        "PUT /v1/config",
                                        "GET /v1/sms-settings",
                                        "PUT /v1/sms-settings",
                                        "GET /v1/opt-out-words",
                                        "PUT /v1/opt-out-words",
                                        "GET /v1/routes/{name}",
                                        "GET /v1/routes/{name}/versions/{number}")
                                .contains(operation));
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void aRequestMayHaveTheFieldsThatTheDocumentNamesAndNoOther(String operation) {
        Map<String, JsonNode> fields =
                document.fields(document.operation(operation).at(JSON_BODY + "/schema"));
        OpenApiClient.Caller caller = client.callerOf(operation);
        boolean required =
                document.operation(operation).at("/requestBody/required").asBoolean();
        assertThat(caller.send("").status() >= 400).as("needs a body").isEqualTo(required);
        if (OF_PHONES.containsKey(operation)) { // phones may send what they like
            caller.send(OF_PHONES.get(operation).replaceFirst("}$", ",\"no such field\":1}"))
                    .expect(200, 202);
            return;
        }
        assertThat(caller.fieldsKnown("{\"no such field\":1}")).isEqualTo(fields.keySet());
        if (fields.containsKey("redelivery")) {
            assertThat(caller.fieldsKnown("{\"redelivery\":{\"no such field\":1}}"))
                    .isEqualTo(document.fields(fields.get("redelivery")).keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void documentAndCodeAgreeOnWhichValuesAreGood(String operation) {
        if (operation.contains("/v1/routes/")) {
            return; // names what is there, of which a schema knows nothing: RoutesApiTest and TrialApiTest hold it
        } else if (operation.endsWith("/v1/rules/order")) {
            return; // names all that is there: RuleOrderApiTest holds it
        } else if (operation.contains("/v1/resources/")) {
            return; // connects to what it names: ResourceChecksTest holds it
        }
        JsonNode type = document.operation(operation).at(JSON_BODY);
        OpenApiValues values = new OpenApiValues(document);
        OpenApiClient.Caller caller = client.callerOf(operation);
        List<String> disagreements = new ArrayList<>();
        Set<Boolean> verdicts = new TreeSet<>();
        for (JsonNode example : document.examples(type)) {
            caller.send(example.toString());
            for (ObjectNode body : values.around(type.path("schema"), (ObjectNode) example)) {
                if (document.isOver(type.path("schema"), body) || namesAConnector(operation, body)) {
                    continue; // a schema cannot say it
                }
                List<String> wrong = document.errors(type.path("schema"), body);
                Api.Reply reply = caller.send(body.toString());
                verdicts.add(reply.status() < 300);
                if (wrong.isEmpty() != (reply.status() < 300)) {
                    disagreements.add(OpenApiValues.brief(body) + "\n  by the code: "
                            + OpenApiValues.brief(reply.text()) + "\n  by the document: " + wrong);
                }
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(verdicts).containsExactly(false, true);
    }

    /** A connector that is not built in is a file, and the schema of its properties is the catalogue's. */
    private static boolean namesAConnector(String operation, ObjectNode body) {
        JsonNode connector = body.path("connector");
        return operation.contains("/v1/connections")
                && connector.isTextual()
                && !connector.asText().equals("webhook");
    }

    @Test
    void theBoundsOfDurationsAreThoseOfTheCode() {
        OpenApiClient.Caller caller = client.callerOf("PUT /v1/webhooks");
        Map<String, JsonNode> fields = document.fields(document.at("/components/schemas/RedeliverySettings"));
        for (String field : List.of("initialDelay", "maxDelay", "timeout")) {
            String refusal = caller.send("{\"enabled\":false,\"redelivery\":{\"" + field + "\":\"P99D\"}}")
                    .expect(422)
                    .at("/detail");

            assertThat(fields.get(field).path("description").asText())
                    .contains(refusal.replaceFirst(".*(from PT\\w+ to PT\\w+).*", "$1"));
        }
    }

    @Test
    void everyExampleIsWhatItsSchemaSays() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode holder : document.holdersOfExamples()) {
            JsonNode schema = holder.path("examples").isArray() ? holder : holder.path("schema");
            for (JsonNode example : document.examples(holder)) {
                document.errors(schema, example).forEach(error -> wrong.add(example + ": " + error));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyAnswerIsWhatTheDocumentSays() {
        try (Receiver receiver = new Receiver()) {
            new OpenApiStory(client, receiver).tell();
        }
        cancelAJob();
        assertThat(client.successes()).isEqualTo(document.operations().keySet());
    }

    /** Jobs are quick; this one is begun by nobody, so that there is something to cancel. */
    private void cancelAJob() {
        store.writeNow(tx -> tx.sql().sql("""
                        insert into job (id, kind, work, done, state, created_at)
                        values ('job_open', 'replay', '{}', 0, 0, 0)""").update());
        client.call(client.operator(), "DELETE", "/v1/jobs/job_open", "").expect(204);
        client.call(client.operator(), "DELETE", "/v1/jobs/job_open", "").expect(204);
    }

    @Test
    void aReceiverGetsTheHeadersAndTheBodyOfTheDocument() {
        try (Receiver receiver = new Receiver()) {
            client.sendOneDuringARotation(receiver.url("/all"));
            eventually(() -> assertThat(receiver.requests()).isNotEmpty());

            assertAsDocumented(receiver.requests().get(0));
        }
    }

    @Test
    void theOperationsWebhookGetsTheEventsOfTheDocument() {
        try (Receiver receiver = new Receiver()) {
            client.failAndRecover(receiver);
            Set<String> documented = new TreeSet<>();
            document.at("/webhooks").fieldNames().forEachRemaining(documented::add);
            // PhoneLifeTest has those of phones.
            documented.removeAll(List.of("message.received", "device.silent", "device.back"));
            eventually(() -> assertThat(receiver.requests("/ops"))
                    .extracting(got -> got.header("X-MAC-Event"))
                    .containsAll(documented));

            receiver.requests("/ops").forEach(this::assertAsDocumented);
        }
    }

    private void assertAsDocumented(Receiver.Got got) {
        JsonNode documented = document.at("/webhooks/" + got.header("X-MAC-Event") + "/post");
        Map<String, JsonNode> headers = new TreeMap<>();
        OpenApiDocument.items(documented.path("parameters"))
                .map(document::follow)
                .forEach(header ->
                        headers.put(header.path("name").asText().toLowerCase(Locale.ROOT), header.path("schema")));

        assertThat(got.headers().keySet())
                .filteredOn(name -> name.matches("x-mac-.*|webhook-.*"))
                .containsExactlyElementsOf(headers.keySet());
        headers.forEach((name, schema) -> assertThat(document.headerErrors(schema, got.header(name)))
                .as(name)
                .isEmpty());
        assertThat(got.header("Content-Type")).isEqualTo("application/json");
        assertThat(document.errors(documented.at(JSON_BODY + "/schema"), OpenApiDocument.json(got.text())))
                .isEmpty();
    }

    @Test
    void theDocumentIsForEverybodyAndSentOnceToWhoKeepsIt() {
        Api.Reply first = client.nobody().get("/v1/openapi.json").expect(200);
        HttpRequest.Builder again =
                client.nobody().request("/v1/openapi.json").header("If-None-Match", first.header("ETag"));

        assertThat(first.at("/openapi")).isEqualTo("3.1.0");
        assertThat(first.text()).doesNotContainPattern("\\$\\{[a-z]+\\.");
        assertThat(client.nobody().send(again.GET()).expect(304).text()).isEmpty();
    }
}
