package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A query parameter that an operation does not know is refused, whatever the operation; but a phone is let be. */
class UnknownParametersTest {

    private static RunningBridge bridge;
    private static OpenApiDocument document;
    private static Map<String, Api> callers;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.shared(Database.SQLITE);
        document = new OpenApiDocument(
                bridge.nobody().get("/v1/openapi.json").expect(200).json());
        callers = Map.of(
                "", bridge.nobody(),
                "tenantKey", bridge.tenant(),
                "operatorKey", bridge.operator(),
                "deviceToken", bridge.phone());
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    private static Set<String> operations() {
        return document.operations().keySet().stream()
                .filter(operation -> operation.contains(" /v1/"))
                .collect(Collectors.toSet());
    }

    private static boolean isOfPhones(String operation) {
        return document.scheme(operation).equals("deviceToken") || operation.contains(" /v1/inbound/");
    }

    static Stream<String> ofPhones() {
        return operations().stream().filter(UnknownParametersTest::isOfPhones);
    }

    static Stream<String> ofAllOthers() {
        return operations().stream().filter(operation -> !isOfPhones(operation));
    }

    private static Api.Reply call(String operation, String query) {
        String scheme = document.scheme(operation);
        Api caller = callers.get(scheme.startsWith("tenantKey") ? "tenantKey" : scheme);
        String path = operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{\\w+}", "x");
        String method = operation.substring(0, operation.indexOf(' '));
        return caller.send(
                caller.request(path + "?" + query).method(method, HttpRequest.BodyPublishers.ofString("{}")));
    }

    private static void assertRefused(Api.Reply reply, String field, String message) {
        assertThat(reply.status())
                .as(reply.text().substring(0, Math.min(200, reply.text().length())))
                .isEqualTo(422);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        JsonNode error = reply.json().at("/errors/0");
        assertThat(error.path("field").asText()).isEqualTo(field);
        assertThat(error.path("message").asText()).contains(message);
    }

    @ParameterizedTest
    @MethodSource("ofAllOthers")
    void anOperationRefusesWhatItDoesNotKnowAndNamesAllThatItKnows(String operation) {
        Set<String> known = document.parameters(operation, "query");

        assertRefused(
                call(operation, "no+such=1"),
                "no such",
                known.isEmpty() ? "takes no parameters" : "this request takes " + String.join(", ", known));
    }

    @ParameterizedTest
    @MethodSource("ofAllOthers")
    void anOperationNamesTheNearestOfTheParametersThatItKnows(String operation) {
        for (String known : document.parameters(operation, "query")) {
            assertRefused(
                    call(operation, known.toUpperCase(Locale.ROOT) + "=1"),
                    known.toUpperCase(Locale.ROOT),
                    "did you mean " + known + "?");
            if (known.length() > 3) {
                String misspelt = known.substring(0, 2) + known.substring(3);
                assertRefused(call(operation, misspelt + "=1"), misspelt, "did you mean " + known + "?");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofAllOthers")
    void anOperationRefusesAParameterThatIsThereTwiceOrHasNoValue(String operation) {
        for (String known : document.parameters(operation, "query")) {
            assertRefused(call(operation, known + "=true&" + known + "=true"), known, "more than once");
            assertRefused(call(operation, known + "="), known, "must have a value");
            assertRefused(call(operation, known), known, "must have a value");
            assertRefused(call(operation, known + "=%ff"), known, "cannot be read");
        }
    }

    @ParameterizedTest
    @MethodSource("ofPhones")
    void aPhoneMaySendWhatItLikes(String operation) {
        for (String query : List.of("no+such=1", "a=1&a=2", "%ff=%ff", "=", "wait&x")) {
            Api.Reply reply = call(operation, query);
            if (reply.status() == 422) {
                assertThat(reply.text()).doesNotContain("is unknown", "more than once", "cannot be read");
            }
        }
    }

    @Test
    void aPhoneGetsItsSmsWhateverElseItAsksFor() {
        callers.get("deviceToken").get("/v1/outbox?_=1718200000&device=x").expect(200);
    }

    @Test
    void whoHasNoKeyHearsOfThatFirst() {
        bridge.nobody().get("/v1/messages?no=1").expect(401);
        bridge.nobody()
                .as("sk_live_wrong-0123456789abcdefghijklmnop")
                .get("/v1/messages?no=1")
                .expect(401);
        callers.get("deviceToken").get("/v1/messages?no=1").expect(403);
    }

    @Test
    void whatIsRefusedChangesNothing() {
        String rule = "{\"name\":\"once\"}";
        bridge.tenant().post("/v1/rules?dryRun=true", rule).expect(422);
        assertThat(bridge.tenant().get("/v1/rules").expect(200).at("/data")).isEmpty();

        String id = bridge.tenant().post("/v1/rules", rule).expect(201).at("/id");
        bridge.tenant().delete("/v1/rules/" + id + "?dryRun=true").expect(422);
        bridge.tenant().get("/v1/rules/" + id).expect(200);
        bridge.tenant().delete("/v1/rules/" + id).expect(204);
    }

    @Test
    void everyWrongOneOfARequestIsNamed() {
        JsonNode errors = bridge.tenant()
                .get("/v1/deliveries?stauts=failed&limit=2&limit=3&target=&x%3Cy=1")
                .expect(422)
                .json()
                .path("errors");
        assertThat(errors)
                .extracting(error -> error.path("field").asText())
                .containsExactly("stauts", "limit", "target", "x<y");
    }

    @Test
    void aBodyThatLooksLikeParametersIsNotRead() {
        Api tenant = bridge.tenant();
        HttpRequest.Builder form = tenant.request("/v1/rules/test")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("{\"message\":{\"from\":\"1\",\"text\":\"a=b&no=such\"}}"));
        tenant.send(form).expect(200);
    }

    /** Nothing between the ampersands is nothing asked for. */
    @ParameterizedTest
    @CsvSource({"'', 200", "&, 200", "limit=1&, 200", "&&limit=1, 200", "=1, 422", "=, 422", "limit=1?, 422"})
    void emptyPartsOfAQueryAreLetBe(String query, int status) {
        bridge.tenant().get("/v1/messages?" + query).expect(status);
    }

    @Test
    void aRefusalIsShortHoweverLongTheQuery() {
        String query = Stream.iterate(0, i -> i + 1)
                .limit(100)
                .map(i -> "a".repeat(50) + "%C3%A9".repeat(5) + i + "=1")
                .collect(Collectors.joining("&"));
        assertThat(query.length()).isGreaterThan(7_000);
        Api.Reply reply =
                bridge.tenant().get("/v1/messages?" + query.substring(0, 7_000)).expect(422);

        assertThat(reply.json().path("errors")).hasSize(20);
        assertThat(reply.text().length()).isLessThan(6_000);
    }

    @Test
    void probesOfHealthAndMetricsAreLetBe() {
        bridge.nobody().get("/actuator/health?probe=1").expect(200);
    }
}
