package com.mobileapiconnect.bridge.crash;

import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Ports;
import com.mobileapiconnect.bridge.support.PostgresServer;
import com.mobileapiconnect.bridge.support.Receiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packaged jars on one PostgreSQL, of which one works and the others stand by. */
class StandbyIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final int LONGEST_SECONDS = 300;
    private static final String STANDS_BY = "This one stands by";

    @TempDir
    Path data;

    private final String database = PostgresServer.shared().freshDatabase();
    private final List<BridgeProcess> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(BridgeProcess::kill);
    }

    private BridgeProcess launch(int port, Map<String, String> more) {
        Map<String, String> environment = Launcher.environment(port);
        environment.putAll(Map.of(
                "BRIDGE_DATABASE_URL",
                database,
                "BRIDGE_DATABASE_STANDBY",
                "true",
                "BRIDGE_MASTER_KEY",
                PostgresServer.MASTER_KEY));
        environment.putAll(more);
        BridgeProcess bridge = BridgeProcess.launch(JAVA, data, environment);
        started.add(bridge);
        return bridge;
    }

    private BridgeProcess launchStandby(int port) {
        BridgeProcess bridge = launch(port, Map.of());
        within(LONGEST_SECONDS, () -> assertThat(bridge.output()).contains(STANDS_BY));
        return bridge;
    }

    @Test
    void whatWasAcknowledgedBeforeEachOfTwoKillsArrivesFromTheBridgeThatStoodBy() throws Exception {
        int port = Ports.free();
        BridgeProcess working = launch(port, Map.of()).awaitReady();
        try (Receiver receiver = new Receiver()) {
            working.tenant().connection(receiver.url("/erp"), "");
            String token = working.tenant()
                    .post("/v1/devices", "{\"name\":\"Front desk\"}")
                    .expect(201)
                    .at("/token");
            SteadyPhone phone = SteadyPhone.start(new Api(working.url(), token));
            for (int kill = 0; kill < 2; kill++) {
                BridgeProcess standby = launchStandby(port);
                awaitMore(phone);
                working.kill();
                working = standby.awaitReady();
                awaitMore(phone);
            }
            phone.end();

            within(LONGEST_SECONDS, () -> assertThat(receiver.requests())
                    .extracting(got -> got.header("X-MAC-Message"))
                    .containsAll(phone.acknowledged()));
        }
    }

    private static void awaitMore(SteadyPhone phone) {
        int before = phone.acknowledged().size();
        within(LONGEST_SECONDS, () -> assertThat(phone.acknowledged()).hasSizeGreaterThan(before + 20));
    }

    @Test
    void aBridgeThatWakesUpAfterAnotherTookOverEndsSoThatItsSupervisorLetsItStandBy() throws Exception {
        BridgeProcess first = launch(0, Map.of()).awaitReady();
        assertIsRefusedWhoCouldNotReadTheSecrets();
        BridgeProcess second = launchStandby(0);

        signal("STOP", first);
        PostgresServer.shared().endSessions(database.substring(database.lastIndexOf('/') + 1));
        second.awaitReady();
        signal("CONT", first);

        assertThat(first.awaitEnd()).isEqualTo(74);
        assertThat(first.output()).contains("Another bridge has taken over", "started again, it stands by.");
        second.tenant().get("/v1/devices").expect(200);
        assertStopsWhenItIsTold(launchStandby(0));
    }

    private static void signal(String name, BridgeProcess bridge) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(bridge.pid()))
                .start()
                .waitFor();
    }

    private static void assertStopsWhenItIsTold(BridgeProcess standby) {
        standby.close();
        assertThat(standby.awaitEnd()).isEqualTo(143);
        assertThat(standby.output()).doesNotContain("\tat ", "does not start");
    }

    /** Before it is needed: later nobody may be there to mend it. */
    private void assertIsRefusedWhoCouldNotReadTheSecrets() {
        BridgeProcess other = launch(0, Map.of("BRIDGE_MASTER_KEY", "not the one it was made with"));
        assertThat(other.awaitEnd()).isEqualTo(1);
        assertThat(other.output()).contains("is not the key of this store").doesNotContain(STANDS_BY, "\tat ");
    }
}
