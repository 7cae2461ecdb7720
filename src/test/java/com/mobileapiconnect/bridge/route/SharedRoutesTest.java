package com.mobileapiconnect.bridge.route;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.OnPostgresql;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a shared database every bridge has the routes that were put on any of them, whatever lies in its own directory. */
@OnPostgresql
class SharedRoutesTest {

    @TempDir
    Path here;

    @TempDir
    Path there;

    private static RunningBridge start(Path directory, String[] database) throws IOException {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        return RunningBridge.start(directory.resolve("data"), database[0], database[1], "bridge.routes.dir=" + routes);
    }

    private static String mine(String text) {
        return "- route: {id: mine, from: {uri: 'direct:mine', steps: [{log: '" + text + "'}]}}\n";
    }

    @Test
    void aBridgeThatTakesTheDatabaseOverHasTheRoutesOfTheOneBefore() throws IOException {
        String[] database = PostgresServer.settings();
        Files.createDirectories(there.resolve("routes"));
        Files.writeString(there.resolve("routes/mine.camel.yaml"), mine("of a file"));
        Files.writeString(there.resolve("routes/new.camel.yaml"), mine("new").replace("mine", "new"));
        try (RunningBridge first = start(here, database)) {
            first.operator().put("/v1/routes/mine", mine("put")).expect(200);
            first.operator()
                    .put("/v1/routes/deliver", Versions.of("deliver", 1))
                    .expect(200);
        }
        try (RunningBridge second = start(there, database)) {
            assertThat(second.operator().get("/v1/routes/mine").text()).isEqualTo(mine("put"));
            assertThat(second.operator().get("/v1/routes/deliver").text()).isEqualTo(Versions.of("deliver", 1));
            assertThat(second.operator().get("/v1/routes/new").expect(200).text())
                    .contains("new"); // a name that the database did not have
            second.operator().delete("/v1/routes/mine").expect(204);
        }
        assertThat(here.resolve("routes")).isEmptyDirectory();
        try (RunningBridge again = start(here, database)) {
            again.operator().get("/v1/routes/mine").expect(404);
            again.operator().get("/v1/routes/new").expect(200);
        }
    }

    @Test
    void whatAnotherBridgeKeepsRunsHereSoon() throws IOException {
        try (RunningBridge bridge = start(here, PostgresServer.settings())) {
            bridge.operator().put("/v1/routes/mine", mine("one")).expect(200);

            keptByAnother(bridge, 2, mine("two"));
            within(10, () -> assertThat(bridge.operator().get("/v1/routes/mine").text())
                    .isEqualTo(mine("two")));
            keptByAnother(bridge, 3, mine("three").replace("log", "lag"));
            within(10, () -> assertThat(bridge.operator().get("/v1/routes").text())
                    .contains("\"failed\""));
            assertThat(bridge.operator().get("/v1/routes/mine").text()).isEqualTo(mine("two"));
            keptByAnother(bridge, 4, null);
            within(10, () -> bridge.operator().get("/v1/routes/mine").expect(404));
        }
    }

    private static void keptByAnother(RunningBridge bridge, long number, @Nullable String text) {
        RouteVersion version = new RouteVersion("mine", number, text, Instant.now(), "operator", null, "api");
        bridge.bean(Store.class).writeNow(tx -> {
            bridge.bean(RouteVersions.class).add(tx, version);
            return version;
        });
    }
}
