package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On one node the files are the truth: they are noticed when they are saved, and at the start. */
class SavedFilesTest {

    private static final String GOOD = BrokenEdits.withStep("- log: 'edited'");
    private static final String BETTER = BrokenEdits.withStep("- log: 'edited again'");
    private static final String BROKEN = BrokenEdits.withStep("- to: outbux:send");
    private static final String MINE = "- route: {id: mine, from: {uri: 'direct:mine', steps: [{log: 'mine'}]}}\n";

    @TempDir
    Path routes;

    @TempDir
    Path data;

    private RunningBridge bridge;

    @BeforeEach
    void start() {
        bridge = RunningBridge.start(data, "bridge.routes.dir=" + routes);
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    private void restart() {
        bridge.close();
        start();
    }

    private void save(String name, String text) throws IOException {
        Files.writeString(routes.resolve(name + ".camel.yaml"), text);
    }

    private JsonNode route(String name) {
        return StreamSupport.stream(
                        bridge.operator().get("/v1/routes").json().get("data").spliterator(), false)
                .filter(each -> each.get("name").asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private String text(String name) {
        return bridge.operator().get("/v1/routes/" + name).text();
    }

    private void runs(String name, String text) {
        within(10, () -> {
            assertThat(text(name)).isEqualTo(text);
            assertThat(route(name).get("status").asText()).isEqualTo("running");
        });
    }

    private void isTakenIn() {
        Api phone = bridge.phone();
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"x\"}").expect(202);
    }

    @Test
    void aSavedFileRunsWithoutARestartAndIsAVersion() throws IOException {
        save("deliver", GOOD);
        runs("deliver", GOOD);

        JsonNode version =
                bridge.operator().get("/v1/routes/deliver/versions").json().at("/data/0");
        assertThat(version.get("author").asText()).isEqualTo("file");
        assertThat(version.get("source").asText()).isEqualTo("file");
    }

    @Test
    void aBrokenFileIsShownBesideWhatRunsAndTheNextGoodOneRuns() throws IOException {
        save("deliver", GOOD);
        runs("deliver", GOOD);
        save("deliver", BROKEN);
        within(
                10,
                () -> { // a file that is being written may be looked at before it is whole
                    assertThat(route("deliver").get("status").asText()).isEqualTo("failed");
                    assertThat(route("deliver").get("error").asText())
                            .contains("line 8, column 15")
                            .contains("outbux");
                });
        assertThat(text("deliver")).isEqualTo(GOOD);
        isTakenIn();

        save("deliver", BETTER);
        runs("deliver", BETTER);
    }

    @Test
    void aFileThatIsDeletedEndsItsEdit() throws IOException {
        String product = text("deliver");
        save("deliver", GOOD);
        save("mine", MINE);
        runs("deliver", GOOD);
        runs("mine", MINE);

        Files.delete(routes.resolve("deliver.camel.yaml"));
        Files.delete(routes.resolve("mine.camel.yaml"));

        runs("deliver", product);
        within(10, () -> assertThat(route("mine").isMissingNode()).isTrue());
    }

    @Test
    void aFileThatIsRenamedRunsUnderItsNewName() throws IOException {
        save("zz", MINE);
        runs("zz", MINE);

        Files.move(routes.resolve("zz.camel.yaml"), routes.resolve("aa.camel.yaml"));

        runs("aa", MINE);
        assertThat(route("zz").isMissingNode()).isTrue();
    }

    @Test
    void filesThatNeedEachOtherAreSavedAndRemovedInAnyOrder() throws IOException {
        String calls = "- route: {id: calls, from: {uri: 'direct:calls', steps: [{to: 'direct:mine'}]}}\n";
        save("aa", calls);
        save("zz", MINE);
        runs("aa", calls);

        save("bb", calls.replace("calls", "others"));
        runs("bb", calls.replace("calls", "others"));
        Files.delete(routes.resolve("zz.camel.yaml"));
        within(10, () -> assertThat(route("zz").get("status").asText()).isEqualTo("failed"));
        bridge.operator().delete("/v1/routes/aa").expect(204);
        bridge.operator().delete("/v1/routes/bb").expect(204);
        within(10, () -> assertThat(route("zz").isMissingNode()).isTrue());
    }

    @Test
    void aTextThatRunsAndIsPutAgainIsWhatTheNextStartFinds() throws IOException {
        String product = text("deliver");
        save("deliver", GOOD);
        save("mine", MINE);
        runs("deliver", GOOD);
        runs("mine", MINE);
        save("deliver", BROKEN);
        save("mine", BROKEN);
        within(10, () -> {
            assertThat(route("deliver").get("status").asText()).isEqualTo("failed");
            assertThat(route("mine").get("status").asText()).isEqualTo("failed");
        });

        bridge.operator().put("/v1/routes/deliver", product).expect(200);
        bridge.operator().put("/v1/routes/mine", MINE).expect(200);

        assertThat(routes.resolve("mine.camel.yaml")).hasContent(MINE);
        assertThat(route("mine").get("status").asText()).isEqualTo("running");
        restart();
        assertThat(text("deliver")).isEqualTo(product);
        assertThat(route("deliver").get("status").asText()).isEqualTo("running");
        assertThat(route("mine").get("status").asText()).isEqualTo("running");
    }

    @Test
    void afterARestartWithABrokenFileTheLastGoodTextRuns() throws IOException {
        bridge.operator().put("/v1/routes/deliver", GOOD).expect(200);
        assertThat(routes.resolve("deliver.camel.yaml")).hasContent(GOOD);
        bridge.close();
        save("deliver", BROKEN);
        start();

        assertThat(text("deliver")).isEqualTo(GOOD);
        assertThat(route("deliver").get("status").asText()).isEqualTo("failed");
        assertThat(route("deliver").get("error").asText()).contains("outbux");
        isTakenIn();

        save("deliver", BETTER);
        runs("deliver", BETTER);
        restart();
        assertThat(text("deliver")).isEqualTo(BETTER);
        assertThat(route("deliver").get("status").asText()).isEqualTo("running");
    }

    @Test
    void atTheFirstStartABrokenFileLeavesTheProductsOwnTextRunning() throws IOException {
        bridge.close();
        save("deliver", BROKEN);
        save("mine", "- route: {id: mine}");
        start();

        assertThat(route("deliver").get("status").asText()).isEqualTo("failed");
        assertThat(route("deliver").get("source").asText()).isEqualTo("product");
        assertThat(route("mine").get("status").asText()).isEqualTo("failed");
        bridge.operator().get("/v1/routes/mine").expect(404);
        isTakenIn();
    }

    @Test
    void aFileThatWasChangedOrDeletedWhileTheBridgeWasDownIsAnEdit() throws IOException {
        save("mine", MINE);
        runs("mine", MINE);
        bridge.close();
        Files.delete(routes.resolve("mine.camel.yaml"));
        save("deliver", GOOD);
        start();

        assertThat(text("deliver")).isEqualTo(GOOD);
        assertThat(route("deliver").get("version").asLong()).isEqualTo(1);
        bridge.operator().get("/v1/routes/mine").expect(404);
        restart();
        assertThat(route("deliver").get("version").asLong()).isEqualTo(1);
    }
}
