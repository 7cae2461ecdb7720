package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.BridgeProcess;
import com.mobileapiconnect.bridge.support.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of the packaged jar that are refused, each in clear words. */
class RefusedStartIT {

    @TempDir
    Path data;

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @Test
    void aVariableThatIsNoSettingIsRefusedInALine() {
        BridgeProcess bad = BridgeProcess.launch(
                JAVA, data, Map.of("BRIDGE_RETENTION_MESSAGE", "P90D", "BRIDGE_SERVICE_HOST", "10.0.0.1"));
        assertThat(bad.awaitEnd()).isEqualTo(1);
        assertThat(bad.output().lines().filter(line -> !line.contains("ExitOnOutOfMemoryError")))
                .singleElement()
                .asString()
                .endsWith(
                        "ERP Bridge does not start. BRIDGE_RETENTION_MESSAGE is no setting of the bridge. Did you mean"
                                + " BRIDGE_RETENTION_MESSAGES? docs/configuration.md has all of them.");
    }

    @Test
    void aValueThatCannotBeIsRefusedUnderTheNameThatWasWritten() {
        BridgeProcess bad = BridgeProcess.launch(JAVA, data, Map.of("BRIDGE_OUTBOX_SWEEPEVERY", "30"));
        assertThat(bad.awaitEnd()).isEqualTo(1);
        assertThat(bad.output())
                .contains("BRIDGE_OUTBOX_SWEEPEVERY=30 has no unit")
                .doesNotContain("\tat ");
    }

    @Test
    void aSecondProcessOnTheSameDirectoryIsRefusedInClearWords() {
        try (BridgeProcess first = BridgeProcess.start(JAVA, data)) {
            BridgeProcess second = BridgeProcess.launch(JAVA, data, Map.of());
            assertThat(second.awaitEnd()).isNotZero();
            assertThat(second.output())
                    .contains("Another bridge is running on " + data)
                    .contains("BRIDGE_DATA_DIR")
                    .doesNotContain("\tat ");
            first.tenant().get("/v1/devices").expect(200);
        }
    }

    @Test
    void anotherMasterKeyIsRefusedInClearWords() {
        BridgeProcess.start(JAVA, data).close();
        BridgeProcess other =
                BridgeProcess.launch(JAVA, data, Map.of("BRIDGE_MASTER_KEY", "not the one it was made with"));
        assertThat(other.awaitEnd()).isNotZero();
        assertThat(other.output())
                .contains("BRIDGE_MASTER_KEY")
                .contains("not the key of this store")
                .doesNotContain("\tat ");
    }

    @Test
    void theGeneratedMasterKeyIsExchangedByAStartThatIsToldIt() throws Exception {
        Receiver receiver = new Receiver();
        try (BridgeProcess bridge = BridgeProcess.start(JAVA, data)) {
            bridge.tenant()
                    .put("/v1/webhooks", "{\"url\":\"" + receiver.url("/x") + "\",\"secret\":\"0123456789abcdef\"}")
                    .expect(200);
        }
        String old = Files.readString(data.resolve("master.key")).strip();
        try (BridgeProcess bridge = BridgeProcess.launch(JAVA, data, Map.of("BRIDGE_MASTER_KEY_PREVIOUS", old))
                .awaitReady()) {
            bridge.tenant().post("/v1/webhooks/test").expect(200);
            assertThat(receiver.requests().get(0).header("X-MAC-Signature")).isNotEmpty();
            assertThat(bridge.output())
                    .contains("Master key exchanged: 1 secrets")
                    .doesNotContain(old);
        }
        assertThat(Files.readString(data.resolve("master.key")).strip()).isNotEqualTo(old);
        BridgeProcess back = BridgeProcess.launch(JAVA, data, Map.of("BRIDGE_MASTER_KEY", old));
        assertThat(back.awaitEnd()).isNotZero();
        assertThat(back.output()).contains("is not the key of this store").doesNotContain(old);
        receiver.close();
    }

    @Test
    void aProxySettingThatCannotBeUsedIsRefusedInClearWordsWithoutItsPassword() {
        BridgeProcess bad = BridgeProcess.launch(
                JAVA, data, Map.of("BRIDGE_DELIVERY_PROXY", "https://u:planted-proxy-password@proxy:3128"));
        assertThat(bad.awaitEnd()).isNotZero();
        assertThat(bad.output())
                .contains("BRIDGE_DELIVERY_PROXY must be http://host:port or socks5://host:port")
                .doesNotContain("planted-proxy-password", "\tat ");
    }
}
