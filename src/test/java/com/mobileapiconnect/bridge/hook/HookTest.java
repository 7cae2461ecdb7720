package com.mobileapiconnect.bridge.hook;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that serve HTTP: at /hooks/… alone, bounded, and with nothing of a request in a place where Camel reads it. */
class HookTest {

    private static final String KEY = "hook-key-0123456789";

    @TempDir
    static Path routes;

    @TempDir
    static Path data;

    private static RunningBridge bridge;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.start(
                data,
                "bridge.routes.dir=" + routes,
                "bridge.hook.within=PT30S", // as long as a machine may be at a standstill
                "route.orders-key=" + KEY);
    }

    @AfterAll
    static void stop() {
        bridge.close();
    }

    @AfterEach
    void noRoutes() {
        for (JsonNode route : bridge.operator().get("/v1/routes").json().get("data")) {
            if (route.get("source").asText().equals("added")) {
                bridge.operator()
                        .delete("/v1/routes/" + route.get("name").asText())
                        .expect(204);
            }
        }
    }

    private static String text(String name, String uri, String step) {
        return """
                - route:
                    id: %s
                    from:
                      uri: "%s"
                      steps:
                        - %s
                """.formatted(name, uri, step);
    }

    private static void run(String name, String uri, String step) {
        run(bridge, name, uri, step);
    }

    private static void run(RunningBridge on, String name, String uri, String step) {
        on.operator().put("/v1/routes/" + name, text(name, uri, step)).expect(200);
    }

    private static Api nobody() {
        return bridge.nobody();
    }

    @Test
    void aHookTakesSmsInAndAnswersWhenTheyAreDurable() {
        RunningBridge.NewTenant tenant = bridge.newTenant();
        String device = tenant.api()
                .post("/v1/devices", "{\"name\":\"web form\"}")
                .expect(201)
                .at("/id");
        run("form", "hook:form", "to: phone:capture?device=" + device);

        String id = nobody().post("/hooks/form", "{\"from\":\"919876543210\",\"text\":\"by the form\"}")
                .expect(200)
                .at("/messages/0/id");

        assertThat(tenant.api().get("/v1/messages/" + id).expect(200).at("/text"))
                .isEqualTo("by the form");
        assertThat(nobody().post("/hooks/form", "no SMS").expect(422).at("/errors/0/field"))
                .isEqualTo("body");
        tenant.api().delete("/v1/devices/" + device + "?discard=true").expect(202, 204);
    }

    @Test
    void aRequestThatIsOnItsWayIsAnsweredByTheVersionThatItEntered() {
        run("slow", "hook:slow", "delay: {constant: '3000'}\n        - setBody: {constant: old}");
        CompletableFuture<Api.Reply> old = CompletableFuture.supplyAsync(() -> nobody().post("/hooks/slow", "x"));
        within(10, () -> assertThat(
                        bridge.operator().get("/actuator/prometheus").text())
                .containsPattern("bridge_turns_running\\{threads=\"hooks\"[^}]*} [1-9]"));

        run("slow", "hook:slow", "setBody: {constant: new}");

        assertThat(nobody().post("/hooks/slow", "x").expect(200).text()).isEqualTo("new");
        assertThat(old.join().expect(200).text()).isEqualTo("old");
    }

    @Test
    void aHookWithAKeyIsForThoseWhoHaveIt() {
        run("orders", "hook:orders?methods=GET,POST&key={{route.orders-key}}", "setBody: {constant: hello}");

        nobody().post("/hooks/orders", "x").expect(401);
        nobody().as("hook-key-0123456780").post("/hooks/orders", "x").expect(401);
        Api.Reply reply = nobody().as(KEY).get("/hooks/orders").expect(200);
        assertThat(reply.text()).isEqualTo("hello");
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(bridge.operator().get("/v1/routes/orders").text()).doesNotContain(KEY);
    }

    @Test
    void otherMethodsNamesAndLargeBodiesAreRefused() {
        run("small", "hook:small", "log: x");

        nobody().get("/hooks/small").expect(405);
        nobody().post("/hooks/other", "x").expect(404);
        nobody().post("/hooks/small/deeper", "x").expect(404);
        nobody().post("/hooks/", "x").expect(404);
        nobody().post("/hooks/small", "x".repeat((1 << 20) + 1)).expect(413);
        nobody().post("/hooks/small", "x").expect(204);
    }

    @Test
    void nothingOfARequestBecomesAHeaderOfTheExchange() {
        run(
                "seen",
                "hook:seen",
                "setBody: {simple: '${headers} ${exchangeProperty.query} ${exchangeProperty.method}'}");

        assertThat(nobody().post("/hooks/seen?CamelHttpUri=http://evil", "x")
                        .expect(200)
                        .text())
                .isEqualTo("{} CamelHttpUri=http://evil POST");
    }

    @Test
    void aRouteSetsTheStatusAndItsFailureIsAnError() {
        run("made", "hook:made", "setProperty: {name: status, constant: '202'}");
        run("fails", "hook:fails", "throwException: {exceptionType: java.lang.IllegalStateException, message: inside}");

        nobody().post("/hooks/made", "x").expect(202);
        assertThat(nobody().post("/hooks/fails", "x").expect(500).text())
                .doesNotContain("inside")
                .contains("The route of this hook failed");
    }

    @Test
    void aHookThatHangsCostsItselfAlone(@TempDir Path ownRoutes, @TempDir Path ownData) {
        try (RunningBridge impatient = RunningBridge.start(
                ownData, "bridge.routes.dir=" + ownRoutes, "bridge.hook.within=PT1S", "bridge.hook.at-once=8")) {
            run(impatient, "hangs", "hook:hangs", "delay: {constant: '60000'}");
            run(impatient, "quick", "hook:quick", "log: x");
            Api nobody = impatient.nobody();
            List<CompletableFuture<Api.Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                replies.add(CompletableFuture.supplyAsync(() -> nobody.post("/hooks/hangs", "x")));
            }

            within(10, () -> nobody.post("/hooks/quick", "x").expect(204));
            impatient
                    .phone()
                    .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"x\"}")
                    .expect(202);

            assertThat(replies)
                    .allSatisfy(reply -> assertThat(reply.join().expect(503).header("Retry-After"))
                            .isNotEmpty());
        }
    }

    @Test
    void aNewerVersionTakesOverAndADeletedRouteIsGone() {
        run("version", "hook:version", "setBody: {constant: one}");
        assertThat(nobody().post("/hooks/version", "x").text()).isEqualTo("one");
        run("version", "hook:version", "setBody: {constant: two}");
        assertThat(nobody().post("/hooks/version", "x").text()).isEqualTo("two");
        bridge.operator()
                .put("/v1/routes/second", text("second", "hook:version", "log: x"))
                .expect(422);

        bridge.operator().delete("/v1/routes/version").expect(204);
        nobody().post("/hooks/version", "x").expect(404);
    }

    @Test
    void aNameThatANewerVersionNoLongerHasIsGoneAtOnce() {
        run("renamed", "hook:before", "setBody: {constant: one}");
        nobody().post("/hooks/before", "x").expect(200);

        run("renamed", "hook:after", "setBody: {constant: two}");

        nobody().post("/hooks/before", "x").expect(404);
        nobody().post("/hooks/after", "x").expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hook:../v1/keys",
                "hook:a/b",
                "hook:Upper",
                "hook:x?methods=TRACE",
                "hook:x?key=short",
                "hook:x?path=/v1",
                "platform-http:/v1/keys",
                "servlet:x",
                "jetty:http://0.0.0.0:8080"
            })
    void whatWouldServeAnythingElseIsRefused(String uri) {
        assertThat(bridge.operator()
                        .put("/v1/routes/mine", text("mine", uri, "log: x"))
                        .expect(422)
                        .text())
                .contains(uri.startsWith("hook:") ? "hook:" : "hook");
    }
}
