package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Routes that the operator edits over HTTP while messages go through them. */
@OnBothDatabases
class RoutesApiTest {

    private static final String MINE = """
            - route:
                id: mine
                from:
                  uri: direct:mine
                  steps:
                    - log: "%s"
            """;

    @TempDir
    static Path routes;

    @TempDir
    static Path data;

    private static RunningBridge bridge;
    private static Receiver receiver;
    private static String erp;
    private static Api phone;

    private Api operator;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.start(
                data.resolve(database.name()),
                database,
                "bridge.routes.dir=" + routes,
                "bridge.routes.start-within=PT2M"); // on a busy machine too
        receiver = new Receiver();
        erp = bridge.tenant().connection(receiver.url("/erp"), "");
        phone = bridge.phone();
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
        receiver.close();
    }

    @BeforeEach
    void operator() {
        operator = bridge.operator();
    }

    @AfterEach
    void productAgain() {
        for (JsonNode route : operator.get("/v1/routes").json().get("data")) {
            operator.delete("/v1/routes/" + route.get("name").asText()).expect(204);
        }
    }

    private JsonNode route(String name) {
        return StreamSupport.stream(
                        operator.get("/v1/routes")
                                .expect(200)
                                .json()
                                .get("data")
                                .spliterator(),
                        false)
                .filter(each -> each.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Api.Reply putIfMatch(String name, String text, String tag) {
        return operator.send(
                operator.request("/v1/routes/" + name).header("If-Match", tag).PUT(BodyPublishers.ofString(text)));
    }

    /** A message gets through, by the route with this log or none. */
    private static String sends(String text) {
        return phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"" + text + "\"}")
                .expect(202)
                .at("/messages/0/id");
    }

    private static void arrives(String message) {
        within(20, () -> assertThat(receiver.requests())
                .filteredOn(got -> message.equals(got.header("X-MAC-Message")))
                .hasSize(1));
    }

    @Test
    void theProductsOwnRoutesAreListedAndShown() {
        assertThat(operator.get("/v1/routes").expect(200).json().get("data"))
                .extracting(route ->
                        route.get("name").asText() + " " + route.get("source").asText() + " "
                                + route.get("status").asText() + " "
                                + route.get("version").asText().isEmpty())
                .contains("intake product running false", "errors product running false");
        Api.Reply text = operator.get("/v1/routes/deliver").expect(200);
        assertThat(text.text()).contains("outbox:due");
        assertThat(text.header("Content-Type")).startsWith("application/yaml");
        operator.get("/v1/routes/no-such").expect(404);
    }

    @Test
    void aListGoesOnBehindTheLongestName() {
        String longest = "r".repeat(63);
        operator.put("/v1/routes/" + longest, MINE.replace("mine", longest).formatted("x"))
                .expect(200);

        Api.Reply first = operator.get("/v1/routes?limit=1").expect(200);

        assertThat(first.at("/data/0/name")).isEqualTo(longest);
        assertThat(operator.get("/v1/routes?cursor=" + first.at("/next"))
                        .expect(200)
                        .json()
                        .get("data"))
                .hasSizeGreaterThan(2);
    }

    @Test
    void aRouteOfOneTargetTakesNothingMoreOnceItIsDeleted() {
        operator.put("/v1/routes/aside", """
                - route:
                    id: aside
                    from:
                      uri: outbox:for/%s
                      steps:
                        - to: outbox:skip?reason=aside
                """.formatted(erp)).expect(200);
        String skipped = sends("aside");
        within(20, () -> assertThat(
                        bridge.tenant().get("/v1/messages/" + skipped).at("/deliveries/0/reason"))
                .isEqualTo("aside"));

        operator.delete("/v1/routes/aside").expect(204);

        arrives(sends("no longer aside"));
    }

    @Test
    void routesAreTheOperatorsAlone() {
        bridge.tenant().get("/v1/routes").expect(403);
        bridge.tenant().put("/v1/routes/mine", MINE).expect(403);
        bridge.nobody().get("/v1/routes").expect(401);
    }

    @Test
    void anEditRunsWhenItsPutIsAnsweredAndGoesWithItsDeletion() {
        String edited = BrokenEdits.withStep("- log: 'sent ${exchangeProperty.delivery}'");
        operator.put("/v1/routes/deliver?reason=because", edited).expect(200);

        assertThat(route("deliver").get("source").asText()).isEqualTo("edited");
        assertThat(operator.get("/v1/routes/deliver").text()).isEqualTo(edited);
        arrives(sends("one"));

        operator.delete("/v1/routes/deliver").expect(204);
        assertThat(route("deliver").get("source").asText()).isEqualTo("product");
        assertThat(operator.get("/v1/routes/deliver").text()).isNotEqualTo(edited);
        arrives(sends("two"));
    }

    @Test
    void anAddedRouteRunsAndItsDeletionStopsIt() {
        operator.put("/v1/routes/mine", MINE.formatted("one")).expect(200);
        assertThat(route("mine").get("source").asText()).isEqualTo("added");
        assertThat(route("mine").get("status").asText()).isEqualTo("running");

        operator.delete("/v1/routes/mine").expect(204);
        operator.get("/v1/routes/mine").expect(404);
        operator.delete("/v1/routes/mine").expect(404);
    }

    @Test
    void aRouteThatOthersSendToStays() {
        operator.put("/v1/routes/mine", MINE.formatted("one")).expect(200);
        operator.put("/v1/routes/deliver", BrokenEdits.withStep("- to: direct:mine"))
                .expect(200);

        assertThat(operator.delete("/v1/routes/mine").expect(422).text()).contains("deliver");
        arrives(sends("still"));
        operator.delete("/v1/routes/deliver").expect(204);
        operator.delete("/v1/routes/mine").expect(204);
    }

    @Test
    void ofTwoEditorsTheSecondIsToldAndWithoutIfMatchTheLastWholeTextWins() {
        String tag = operator.put("/v1/routes/mine", MINE.formatted("one"))
                .expect(200)
                .header("ETag");
        putIfMatch("mine", MINE.formatted("two"), tag).expect(200);
        Api.Reply second = putIfMatch("mine", MINE.formatted("three"), tag).expect(412);
        assertThat(second.header("ETag")).isNotEqualTo(tag);
        assertThat(operator.get("/v1/routes/mine").text()).contains("two");

        operator.put("/v1/routes/mine", MINE.formatted("four")).expect(200);
        assertThat(operator.get("/v1/routes/mine").text()).isEqualTo(MINE.formatted("four"));
    }

    @Test
    void everyAcceptedTextIsKeptAndCanComeBack() {
        operator.put("/v1/routes/mine?reason=first", MINE.formatted("one")).expect(200);
        long first = route("mine").get("version").asLong();
        operator.put("/v1/routes/mine", MINE.formatted("two")).expect(200);
        operator.put("/v1/routes/mine", MINE.formatted("two")).expect(200); // changes nothing
        operator.put("/v1/routes/mine", "nonsense").expect(422);

        JsonNode versions =
                operator.get("/v1/routes/mine/versions").expect(200).json().get("data");
        assertThat(versions.get(0).get("version").asLong()).isEqualTo(first + 1);
        assertThat(versions.get(1).get("reason").asText()).isEqualTo("first");
        assertThat(versions.get(1).get("author").asText()).isEqualTo("operator");
        assertThat(operator.get("/v1/routes/mine/versions/" + first).text()).isEqualTo(MINE.formatted("one"));
        assertThat(operator.get("/v1/routes/mine/versions/" + (first + 1) + "/diff")
                        .text())
                .contains("-        - log: \"one\"\n+        - log: \"two\"");

        operator.post("/v1/routes/mine/rollback", "{\"version\":" + first + ",\"reason\":\"back\"}")
                .expect(200);
        assertThat(operator.get("/v1/routes/mine").text()).isEqualTo(MINE.formatted("one"));
        assertThat(route("mine").get("version").asLong()).isEqualTo(first + 2);
        operator.post("/v1/routes/mine/rollback", "{\"version\":4711}").expect(404);
        operator.post("/v1/routes/mine/rollback", "{}").expect(422);
        assertThat(operator.get("/v1/operator/audit").text())
                .contains("route.update")
                .contains("version " + first);
    }

    @Test
    void aValidTextIsToldWithItsRoutesAndChangesNothing() {
        Api.Reply valid = operator.post("/v1/routes/mine/validate", MINE).expect(200);
        assertThat(valid.json().get("valid").asBoolean()).isTrue();
        assertThat(valid.at("/routes/0")).isEqualTo("mine");
        operator.get("/v1/routes/mine").expect(404);
    }

    @Test
    void theProductsIntakeCannotAcknowledgeWhatIsNotDurable() {
        for (String steps : List.of(
                "[{log: x}]",
                "[{wireTap: {uri: '{{intake.accept}}'}}]",
                "[{doTry: {steps: [{to: '{{intake.accept}}'}], doCatch: [{exception: [java.lang.Exception], steps: [{stop: {}}]}]}}]",
                "[{filter: {constant: 'true', steps: [{to: '{{intake.accept}}'}]}}]")) {
            String text = "- route: {id: intake, from: {uri: 'phone:inbound', steps: " + steps + "}}";
            assertThat(operator.put("/v1/routes/intake", text).expect(422).text())
                    .contains("durable");
        }
        String handled = "- onException: {exception: [java.lang.Exception], handled: {constant: 'true'}}\n"
                + "- route: {id: intake, from: {uri: 'phone:inbound', steps: [{to: '{{intake.accept}}'}]}}";
        assertThat(operator.put("/v1/routes/intake", handled).expect(422).text())
                .contains("swallow");
        String everywhere =
                "- routeConfiguration: {onException: [{onException: {exception: [java.lang.Exception], handled: {constant: 'true'}}}]}";
        assertThat(operator.put("/v1/routes/errors", everywhere).expect(422).text())
                .contains("swallow");
        assertThat(operator.put("/v1/routes/mine", everywhere).expect(422).text())
                .contains("errors alone");
        arrives(sends("whole"));
    }

    @Test
    void noOtherRouteTakesTheProductsPlaces() {
        assertThat(operator.put("/v1/routes/mine", BrokenEdits.withStep(""))
                        .expect(422)
                        .text())
                .contains("product's");
        String phones = "- route: {id: mine, from: {uri: 'phone:inbound', steps: [{to: '{{intake.accept}}'}]}}";
        assertThat(operator.put("/v1/routes/mine", phones).expect(422).text()).contains("intake");
    }

    @Test
    void aChangeOfWhatIsForEveryRouteReplacesAllOfThem() {
        String errors = operator.get("/v1/routes/errors").text() + "# edited\n";
        operator.put("/v1/routes/errors", errors).expect(200);
        assertThat(route("errors").get("source").asText()).isEqualTo("edited");
        arrives(sends("through"));
    }

    @Test
    void stepsBehindACallAreDoneByTheVersionInWhichItWasMade() {
        operator.put(
                        "/v1/routes/deliver",
                        BrokenEdits.withStep("- delay: {constant: '3000'}\n        - to: direct:behind") + """
                        - route: {id: behind, from: {uri: 'direct:behind', steps: [{log: x}]}}
                        """)
                .expect(200);
        String message = sends("the route is edited meanwhile");
        arrives(message);

        operator.delete("/v1/routes/deliver").expect(204);

        within(20, () -> {
            JsonNode delivery = bridge.tenant()
                    .get("/v1/deliveries?messageId=" + message)
                    .json()
                    .at("/data/0");
            assertThat(delivery.get("status").asText()).isEqualTo("delivered");
            assertThat(delivery.at("/attempts/0").has("stepError")).isFalse();
        });
    }

    @Test
    void aPhoneIsAnsweredByTheVersionOfIntakeThatItsMessageEntered() {
        String intake = Versions.of("intake", 1);
        operator.put(
                        "/v1/routes/intake",
                        intake.replace("- setProperty", "- delay: {constant: '3000'}\n        - setProperty"))
                .expect(200);
        CompletableFuture<String> old = CompletableFuture.supplyAsync(() -> sends("intake is edited meanwhile"));
        within(10, () -> assertThat(operator.get("/actuator/prometheus").text())
                .containsPattern("bridge_turns_running\\{threads=\"intake-steps\"[^}]*} [1-9]"));

        operator.put("/v1/routes/intake", intake).expect(200);

        arrives(old.join());
    }

    static Stream<BrokenEdits.Edit> broken() {
        return BrokenEdits.all().stream();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenEditIsToldWithItsPlaceAndWhatRanGoesOn(BrokenEdits.Edit edit) {
        Api.Reply reply = operator.put("/v1/routes/deliver", edit.text()).expect(413, 422);
        if (reply.status() == 422) {
            JsonNode error = reply.json().at("/errors/0");
            assertThat(error.get("message").asText()).contains(edit.reason());
            assertThat(reply.json().get("line").asInt())
                    .isEqualTo(error.get("line").asInt())
                    .isPositive();
            if (edit.at() != null) {
                assertThat(error.get("line").asInt() + ":" + error.get("column").asInt())
                        .isEqualTo(edit.at());
            }
        }
        assertThat(route("deliver").get("source").asText()).isEqualTo("product");
        operator.post("/v1/routes/deliver/validate", edit.text()).expect(413, 422);
    }

    @Test
    void nothingOfARefusedTextIsLeftInTheDirectory() throws Exception {
        operator.put("/v1/routes/mine", "- nonsense").expect(422);
        assertThat(Files.list(routes)).isEmpty();
    }
}
