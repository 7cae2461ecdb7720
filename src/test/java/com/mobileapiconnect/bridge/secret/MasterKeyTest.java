package com.mobileapiconnect.bridge.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.store.DataDirectory;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The master key is exchanged whole or not at all, wherever it is cut short. */
@OnBothDatabases
class MasterKeyTest {

    private static final String OLD = "the old master key";
    private static final String NEW = "the new master key";
    private static final SealedColumns DEVICES =
            () -> List.of(new SealedColumns.Column("device", "signing_key", "device/%s/signing-key"));

    @TempDir
    Path data;

    @Test
    void aGivenKeyIsExchangedForAnotherAndTheOldOneOpensNothingAnyMore(Database database) {
        try (Opened opened = new Opened(database)) {
            opened.keep(unlock(opened, OLD, ""), "dev_1", "secret one");
            opened.keep(unlock(opened, OLD, ""), "dev_2", "secret two");

            Vault vault = unlock(opened, NEW, OLD);

            assertThat(opened.secret(vault, "dev_1")).isEqualTo("secret one");
            assertThat(opened.secret(vault, "dev_2")).isEqualTo("secret two");
            assertThatThrownBy(() -> opened.secret(Vault.of(OLD), "dev_1")).isInstanceOf(WrongMasterKeyException.class);
            assertThatThrownBy(() -> unlock(opened, OLD, ""))
                    .isInstanceOf(WrongMasterKeyException.class)
                    .hasMessageContaining("is not the key of this store");
            // The setting may stay.
            assertThat(opened.secret(unlock(opened, NEW, OLD), "dev_1")).isEqualTo("secret one");
        }
    }

    @Test
    void neitherKeyFitsIsRefusedAndChangesNothing(Database database) {
        try (Opened opened = new Opened(database)) {
            opened.keep(unlock(opened, OLD, ""), "dev_1", "secret");
            assertThatThrownBy(() -> unlock(opened, NEW, "another that is wrong"))
                    .isInstanceOf(WrongMasterKeyException.class)
                    .hasMessageContaining("nor is the one in BRIDGE_MASTER_KEY_PREVIOUS");
            assertThat(opened.secret(unlock(opened, OLD, ""), "dev_1")).isEqualTo("secret");
        }
    }

    @Test
    void aBoxThatCannotBeOpenedStopsTheExchangeAndChangesNothing(Database database) {
        try (Opened opened = new Opened(database)) {
            Vault old = unlock(opened, OLD, "");
            opened.keep(old, "dev_1", "secret");
            opened.keep(Vault.of("somebody else's key"), "dev_2", "foreign");
            assertThatThrownBy(() -> unlock(opened, NEW, OLD)).isInstanceOf(WrongMasterKeyException.class);
            assertThat(opened.secret(unlock(opened, OLD, ""), "dev_1")).isEqualTo("secret");
        }
    }

    @Test
    void aGeneratedKeyGivenAsThePreviousOneIsReplacedByANewOne(Database database) throws IOException {
        try (Opened opened = new Opened(database)) {
            opened.keep(unlock(opened, "", ""), "dev_1", "secret");
            String first = keyFile();

            assertThat(opened.secret(unlock(opened, "", first), "dev_1")).isEqualTo("secret");
            String second = keyFile();
            assertThat(second).isNotEqualTo(first);
            assertThat(data.resolve("master.key.next")).doesNotExist();
            // The setting may stay, and is not taken for another exchange.
            assertThat(opened.secret(unlock(opened, "", first), "dev_1")).isEqualTo("secret");
            assertThat(keyFile()).isEqualTo(second);
            // From the file to a given key.
            assertThat(opened.secret(unlock(opened, NEW, second), "dev_1")).isEqualTo("secret");
        }
    }

    @Test
    void killedBeforeTheCommitItIsAsBefore(Database database) throws IOException {
        try (Opened opened = new Opened(database)) {
            opened.keep(unlock(opened, "", ""), "dev_1", "secret");
            String first = keyFile();
            new KeyFile(() -> opened.directory).makeNext();

            assertThat(opened.secret(unlock(opened, "", ""), "dev_1")).isEqualTo("secret");
            assertThat(keyFile()).isEqualTo(first);
            assertThat(data.resolve("master.key.next")).doesNotExist();
        }
    }

    @Test
    void killedBetweenTheCommitAndTheFileItIsFinishedByTheNextStart(Database database) throws IOException {
        try (Opened opened = new Opened(database)) {
            Vault old = unlock(opened, "", "");
            opened.keep(old, "dev_1", "secret");
            String next = new KeyFile(() -> opened.directory).makeNext();
            new Resealing(opened.store, List.of(DEVICES)).run(old, Vault.of(next));

            assertThat(opened.secret(unlock(opened, "", ""), "dev_1")).isEqualTo("secret");
            assertThat(keyFile()).isEqualTo(next);
        }
    }

    /** Whoever adds a column of secrets must say so, or a new master key would leave them behind. */
    @Test
    void everyColumnOfBytesIsDeclaredAsSealed(Database database) {
        try (RunningBridge bridge = RunningBridge.start(data, database)) {
            Set<String> declared = new TreeSet<>();
            bridge.beans(SealedColumns.class).forEach(feature -> feature.sealedColumns()
                    .forEach(column -> declared.add(column.table() + "." + column.name())));
            List<String> blobs = database.columns(bridge.bean(Store.class)).stream()
                    .filter(column -> column.type().equals("BLOB"))
                    .map(column -> column.table() + "." + column.name())
                    .toList();
            List<String> others = new ArrayList<>(blobs);
            others.removeAll(declared);
            assertThat(blobs).containsAll(declared);
            assertThat(others).as("bytes that are no secrets").containsExactly("credential.hash");
        }
    }

    @Test
    void aBridgeGoesOnWithEverythingItHadUnderANewKey(Database database) {
        Receiver receiver = new Receiver();
        String[] settings = database.settings();
        String id;
        try (RunningBridge bridge = start(settings, "bridge.master-key=" + OLD)) {
            id = bridge.tenant()
                    .post(
                            "/v1/connections",
                            "{\"name\":\"ERP\",\"outboundUrl\":\"" + receiver.url("/")
                                    + "\",\"secret\":\"0123456789abcdef\",\"http\":{\"auth\":{\"type\":\"bearer\","
                                    + "\"token\":\"tok\"}}}")
                    .expect(201)
                    .at("/id");
            bridge.tenant().post("/v1/connections/" + id + "/rotate-secret").expect(200);
            bridge.tenant().post("/v1/connections/" + id + "/test").expect(200);
        }
        try (RunningBridge bridge = start(settings, "bridge.master-key=" + NEW, "bridge.master-key-previous=" + OLD)) {
            bridge.tenant().post("/v1/connections/" + id + "/test").expect(200);
        }
        Receiver.Got before = receiver.requests().get(0);
        Receiver.Got after = receiver.requests().get(1);
        assertThat(after.header("Authorization")).isEqualTo("Bearer tok");
        assertThat(before.header("X-MAC-Signature-Previous")).isNotEmpty();
        assertThat(after.header("X-MAC-Signature-Previous")).isNotEmpty();
        receiver.close();
    }

    /** With keys that go before those of the database's usual settings. */
    private RunningBridge start(String[] settings, String... keys) {
        String[] others = Stream.of(settings)
                .filter(setting -> !setting.startsWith("bridge.master-key"))
                .toArray(String[]::new);
        return RunningBridge.start(
                data, Stream.of(others, keys).flatMap(Stream::of).toArray(String[]::new));
    }

    private Vault unlock(Opened opened, String given, String previous) {
        return MasterKey.unlock(given, previous, () -> opened.directory, opened.store, List.of(DEVICES));
    }

    private String keyFile() throws IOException {
        return Files.readString(data.resolve("master.key")).strip();
    }

    private final class Opened implements AutoCloseable {

        private final DataDirectory directory = DataDirectory.open(data);
        private final JdbcStore store;

        Opened(Database database) {
            store = database.store(data);
        }

        void keep(Vault vault, String id, String secret) {
            byte[] box = vault.seal(secret, "device/" + id + "/signing-key");
            store.writeNow(tx -> tx.sql().sql("""
                            insert into device (id, tenant_id, name, sims, signing_key, outbox, manage, created_at)
                            values (?, 'ten_1', 'd', '{}', ?, 0, 0, 0)""").params(id, box).update());
        }

        String secret(Vault vault, String id) {
            byte[] box = store.read(sql -> sql.sql("select signing_key from device where id = ?")
                    .param(id)
                    .query((row, n) -> row.getBytes(1))
                    .single());
            return vault.open(box, "device/" + id + "/signing-key");
        }

        @Override
        public void close() {
            store.close();
            directory.close();
        }
    }
}
