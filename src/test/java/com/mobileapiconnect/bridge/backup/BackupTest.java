package com.mobileapiconnect.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.Eventually;
import com.mobileapiconnect.bridge.support.LongRunning;
import com.mobileapiconnect.bridge.support.OnPostgresql;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is made while the bridge works, is whole, and is what a bridge can start from again. */
@LongRunning
class BackupTest {

    @TempDir
    Path directory;

    private Path data(String name) {
        return directory.resolve(name);
    }

    private static void send(Api phone, int from, int to) {
        for (int i = from; i < to; i++) {
            phone.post("/v1/inbound", "{\"id\":\"p-" + i + "\",\"from\":\"919876543210\",\"text\":\"hello\"}")
                    .expect(202);
        }
    }

    private static String backup(RunningBridge bridge) {
        String file = bridge.operator().post("/v1/backups").expect(202).at("/file");
        Eventually.within(60, () -> assertThat(
                        bridge.operator().get("/v1/backups").expect(200).at("/data/0/status"))
                .isEqualTo("complete"));
        return file;
    }

    private static int messages(RunningBridge bridge) {
        return bridge.tenant()
                .get("/v1/messages?limit=500")
                .expect(200)
                .json()
                .at("/data")
                .size();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsToldAtTheStartWithWhatIsWrong() throws IOException {
        Path file = Files.createFile(data("taken"));
        try (RunningBridge bridge = RunningBridge.start(data("zero"), "bridge.backup.dir=" + file)) {
            Api.Reply told = bridge.operator().get("/v1/backups").expect(200);
            assertThat(told.at("/data/0/status")).isEqualTo("failed");
            assertThat(told.at("/data/0/error")).contains("FileAlreadyExistsException", "taken");
        }
    }

    @Test
    void aBridgeStartsFromABackupWithAllThatWasAcknowledgedBeforeIt() throws IOException {
        String file;
        try (RunningBridge bridge = RunningBridge.start(data("one"))) {
            bridge.tenant()
                    .put(
                            "/v1/webhooks",
                            "{\"url\":\"http://127.0.0.1:9/\",\"secret\":\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}")
                    .expect(200);
            Api phone = bridge.phone();
            send(phone, 0, 20);
            file = backup(bridge);
            send(phone, 20, 30);
        }
        Path copy = data("one").resolve("backups").resolve(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");

        Files.createDirectories(data("two"));
        Files.copy(copy, data("two").resolve("bridge.db"));
        Files.copy(data("one").resolve("master.key"), data("two").resolve("master.key"));
        try (Receiver receiver = new Receiver();
                RunningBridge restored = RunningBridge.start(data("two"))) {
            assertThat(messages(restored)).isEqualTo(20);
            restored.tenant()
                    .put("/v1/webhooks", "{\"url\":\"" + receiver.url("/all") + "\"}")
                    .expect(200);
            assertThat(restored.tenant().get("/v1/webhooks").expect(200).at("/signing"))
                    .isEqualTo("true");
            send(restored.phone(), 100, 101);
            Eventually.within(30, () -> assertThat(receiver.requests("/all")).isNotEmpty());
        }
    }

    @Test
    void aBackupThatIsOlderThanWhatWasAcknowledgedIsTakenOnlyWhenThatIsAccepted() throws IOException {
        String file;
        try (RunningBridge bridge = RunningBridge.start(data("one"))) {
            Api phone = bridge.phone();
            send(phone, 0, 5);
            file = backup(bridge);
            send(phone, 5, 8);
        }
        Files.deleteIfExists(data("one").resolve("bridge.db-wal"));
        Files.copy(
                data("one").resolve("backups").resolve(file),
                data("one").resolve("bridge.db"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> RunningBridge.start(data("one")).close())
                .rootCause()
                .hasMessageContaining("rows 6 to 8 of message (3)")
                .hasMessageContaining("--accept-loss");
        try (RunningBridge restored = RunningBridge.start(data("one"), "accept-loss")) {
            assertThat(messages(restored)).isEqualTo(5);
        }
    }

    @Test
    void theNewestAreKeptAndOneIsMadeAtATime() throws IOException {
        try (RunningBridge bridge = RunningBridge.start(data("one"), "bridge.backup.keep=2")) {
            send(bridge.phone(), 0, 3);
            String first = backup(bridge);
            String second = backup(bridge);
            String third = backup(bridge);
            try (Stream<Path> files = Files.list(data("one").resolve("backups"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder(second, third)
                        .doesNotContain(first);
            }
            // As one that is deleted between the directory's listing and the look at it.
            Files.createSymbolicLink(
                    data("one").resolve("backups").resolve("bridge-20200101T000000.000Z.db"), Path.of("gone"));
            assertThat(bridge.operator().get("/v1/backups").expect(200).json().get("data"))
                    .extracting(each -> each.get("file").asText())
                    .containsExactly(third, second);
        }
    }

    @Test
    void aBackupThatCannotBeWrittenIsShownAsFailedAndLeavesNothing() throws IOException {
        Path file = Files.createFile(directory.resolve("no-directory"));
        try (RunningBridge bridge = RunningBridge.start(data("one"), "bridge.backup.dir=" + file.resolve("below"))) {
            bridge.operator().post("/v1/backups").expect(202);
            Eventually.within(30, () -> assertThat(
                            bridge.operator().get("/v1/backups").expect(200).at("/data/0/status"))
                    .isEqualTo("failed"));
            send(bridge.phone(), 0, 1);
        }
    }

    @Test
    void oneIsMadeOnASchedule() {
        try (RunningBridge bridge = RunningBridge.start(data("one"), "bridge.backup.every=PT0.2S")) {
            Eventually.within(30, () -> assertThat(bridge.operator()
                            .get("/v1/backups")
                            .expect(200)
                            .json()
                            .at("/data")
                            .size())
                    .isGreaterThan(1));
        }
    }

    @OnPostgresql
    @Test
    void onlyTheOperatorMakesThemAndPostgresqlMakesItsOwn() {
        try (RunningBridge bridge = RunningBridge.start(data("one"))) {
            bridge.tenant().post("/v1/backups").expect(403);
            bridge.nobody().get("/v1/backups").expect(401);
        }
        try (RunningBridge bridge = RunningBridge.start(data("two"), Database.POSTGRESQL.settings())) {
            assertThat(bridge.operator().post("/v1/backups").expect(409).text()).contains("pg_dump");
        }
    }
}
