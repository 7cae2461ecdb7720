package com.mobileapiconnect.bridge.store;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.support.LongRunning;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that was cut, damaged or lost never passes for a store that has fewer rows. */
@LongRunning
class LossTest {

    private static final String INSERT =
            "insert into audit (tenant_id, at, actor, action, subject) values ('ten_1', 0, 'a', 'b', ?) returning seq";
    private static final int ROWS = 120;
    private static final byte LEAF_OF_A_TABLE = 13;

    @TempDir
    Path directory;

    private Path crashed;

    /** The files as a kill leaves them. */
    @BeforeEach
    void crash() throws IOException {
        crashed = Files.createDirectory(directory.resolve("crashed"));
        try (JdbcStore store = open(directory, false)) {
            for (int i = 0; i < ROWS; i++) {
                add(store);
            }
            for (String name : new String[] {"bridge.db", "bridge.db-wal", "bridge.mark"}) {
                Files.copy(directory.resolve(name), crashed.resolve(name));
            }
        }
    }

    private static JdbcStore open(Path directory, boolean acceptLoss) {
        return JdbcStore.open(
                new SqliteDialect(directory.resolve("bridge.db"), acceptLoss),
                new StoreSettings(1, 16, 100),
                new SimpleMeterRegistry());
    }

    private static void add(JdbcStore store) {
        store.writeNow(tx -> {
            long seq = tx.sql().sql(INSERT).param("subject").query(Long.class).single();
            tx.reached("audit", seq);
            return seq;
        });
    }

    private static long rows(JdbcStore store) {
        return store.read(
                sql -> sql.sql("select count(*) from audit").query(Long.class).single());
    }

    private void startIsRefused(String... saying) {
        assertThatThrownBy(() -> open(crashed, false).close())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("--accept-loss")
                .satisfies(failure -> assertThat(failure.getMessage()).contains(saying));
    }

    private void goesOnWhenTheLossIsAccepted() {
        long left;
        try (JdbcStore store = open(crashed, true)) {
            left = rows(store);
            assertThat(left).isLessThan(ROWS);
            add(store);
        }
        try (JdbcStore store = open(crashed, false)) {
            assertThat(rows(store)).isEqualTo(left + 1);
        }
    }

    private static RandomAccessFile log(Path directory) {
        try {
            return new RandomAccessFile(directory.resolve("bridge.db-wal").toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatAKillLeavesIsWhole() {
        try (JdbcStore store = open(crashed, false)) {
            assertThat(rows(store)).isEqualTo(ROWS);
        }
    }

    @Test
    void halfALogIsSaid() throws IOException {
        try (RandomAccessFile log = log(crashed)) {
            log.setLength(log.length() / 2);
        }
        startIsRefused("rows ", " to 120 of audit");
        goesOnWhenTheLossIsAccepted();
    }

    @Test
    void changedBytesInTheLogAreSaid() throws IOException {
        try (RandomAccessFile log = log(crashed)) {
            byte[] noise = new byte[500];
            Arrays.fill(noise, (byte) 0x5a); // not zeros, of which pages that are half full have many
            log.seek(log.length() * 3 / 4);
            log.write(noise);
        }
        startIsRefused(" to 120 of audit");
        goesOnWhenTheLossIsAccepted();
    }

    @Test
    void aLostLogIsSaid() throws IOException {
        Files.delete(crashed.resolve("bridge.db-wal"));
        startIsRefused("Missing is the whole store");
        goesOnWhenTheLossIsAccepted();
    }

    @Test
    void aLostDatabaseIsSaid() throws IOException {
        Files.delete(crashed.resolve("bridge.db-wal"));
        Files.delete(crashed.resolve("bridge.db"));
        startIsRefused("Missing is the whole store", "120 rows of audit");
        goesOnWhenTheLossIsAccepted();
    }

    @Test
    void anAcceptedLossLeavesNothingOfTheLostStoreInTheMark() throws IOException {
        Files.delete(crashed.resolve("bridge.db-wal"));
        Files.delete(crashed.resolve("bridge.db"));
        open(crashed, true).close();
        String mark = Files.readString(crashed.resolve("bridge.mark"));
        assertThat(Pattern.compile("store=(\\S+)").matcher(mark).results().map(found -> found.group(1)))
                .hasSize(2)
                .containsOnly(mark.replaceAll("(?s).*?store=(\\S+).*", "$1"));
    }

    @Test
    void aLostDatabaseIsSaidByAMasterKeyAlone() throws IOException {
        Files.delete(crashed.resolve("bridge.db-wal"));
        Files.delete(crashed.resolve("bridge.db"));
        Files.delete(crashed.resolve("bridge.mark"));
        Files.writeString(crashed.resolve("master.key"), "x");
        startIsRefused("a master key lies beside it");
        goesOnWhenTheLossIsAccepted();
    }

    @Test
    void anotherStoreInItsPlaceIsSaid() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        open(other, false).close();
        Files.delete(crashed.resolve("bridge.db-wal"));
        Files.delete(crashed.resolve("bridge.db"));
        Files.copy(other.resolve("bridge.db"), crashed.resolve("bridge.db"));
        startIsRefused("another store");
    }

    @Test
    void aStoreFromBeforeThereWereMarksGetsOne() throws IOException {
        Files.delete(crashed.resolve("bridge.mark"));
        open(crashed, false).close();
        assertThat(Files.readString(crashed.resolve("bridge.mark"))).contains("audit=120");
    }

    @Test
    void deletedRowsAreNoLoss() {
        try (JdbcStore store = open(crashed, false)) {
            store.writeNow(tx -> {
                tx.keepReached("audit");
                return tx.sql().sql("delete from audit").update();
            });
        }
        assertThatCode(() -> open(crashed, false).close()).doesNotThrowAnyException();
    }

    @Test
    void whatWasUndoneIsNotMissed() {
        try (JdbcStore store = open(crashed, false)) {
            assertThatThrownBy(() -> store.writeNow(tx -> {
                        tx.reached("audit", 1_000_000);
                        throw new IllegalArgumentException("changed its mind");
                    }))
                    .hasMessage("changed its mind");
            add(store);
        }
        assertThatCode(() -> open(crashed, false).close()).doesNotThrowAnyException();
    }

    /** What was in the log is copied into the database, and the next bridge is killed at its first message. */
    private void closeAndKill() throws IOException {
        try (JdbcStore store = open(crashed, false)) {
            for (int i = 0; i < ROWS; i++) {
                add(store); // so that rows are in pages that the last message does not touch
            }
        }
        assertThat(Files.readString(crashed.resolve("bridge.mark"))).contains("closed=1");
        Path later = Files.createDirectory(directory.resolve("later"));
        try (JdbcStore store = open(crashed, false)) {
            add(store);
            for (String name : new String[] {"bridge.db", "bridge.db-wal", "bridge.mark"}) {
                Files.copy(crashed.resolve(name), later.resolve(name));
            }
        }
        crashed = later;
    }

    @Test
    void changedBytesInTheDatabaseAreSaidAfterAKill() throws IOException {
        damageAPage();
        assertThatThrownBy(() -> open(crashed, true).close())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("bridge.db is damaged")
                .hasMessageContaining("or a backup");
    }

    @Test
    void aLargeDatabaseIsLookedThroughWhileItIsInUse() throws IOException {
        damageAPage();
        SqliteDialect large = new SqliteDialect(crashed.resolve("bridge.db"), true, 4096);
        try (JdbcStore store = JdbcStore.open(large, new StoreSettings(1, 16, 100), new SimpleMeterRegistry())) {
            eventually(() -> assertThat(large.lost()).contains("bridge.db is damaged"));
            assertThatThrownBy(() -> add(store)).isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void aLargeDatabaseThatIsWholeStaysInUse() throws IOException {
        closeAndKill();
        SqliteDialect large = new SqliteDialect(crashed.resolve("bridge.db"), false, 4096);
        try (JdbcStore store = JdbcStore.open(large, new StoreSettings(1, 16, 100), new SimpleMeterRegistry())) {
            add(store);
        }
        assertThat(large.lost()).isNull();
    }

    private void damageAPage() throws IOException {
        closeAndKill();
        try (RandomAccessFile database =
                new RandomAccessFile(crashed.resolve("bridge.db").toFile(), "rw")) {
            byte[] page = new byte[4096];
            long at = 0;
            do {
                at += page.length; // not the first, which is the file's head
                database.seek(at);
                database.readFully(page);
            } while (page[0] != LEAF_OF_A_TABLE || !new String(page, ISO_8859_1).contains("absubject"));
            database.seek(at + 8);
            database.write(new byte[40]); // where its rows lie
        }
    }

    @Test
    void aCutDatabaseIsSaidAfterAKill() throws IOException {
        closeAndKill();
        try (RandomAccessFile database =
                new RandomAccessFile(crashed.resolve("bridge.db").toFile(), "rw")) {
            database.setLength(database.length() - 3 * 4096);
        }
        assertThatThrownBy(() -> open(crashed, true).close())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aTornMarkLeavesTheOneBefore() throws IOException {
        try (RandomAccessFile mark =
                new RandomAccessFile(crashed.resolve("bridge.mark").toFile(), "rw")) {
            mark.seek(10);
            mark.write(new byte[40]);
        }
        try (RandomAccessFile log = log(crashed)) {
            log.setLength(log.length() / 2);
        }
        startIsRefused("of audit");
    }
}
