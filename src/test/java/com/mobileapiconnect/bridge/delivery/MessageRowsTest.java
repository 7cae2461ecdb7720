package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.MessageId;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.Texts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages as rows, on every database. */
@OnBothDatabases
class MessageRowsTest {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00.123Z");

    private JdbcStore store;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        store = database.store(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoredMessage insert(String device, String phoneId, String text) {
        InboundMessage message = new InboundMessage(
                MessageId.of(device, phoneId, "ACME é", text),
                "ten_1",
                device,
                phoneId,
                "ACME é",
                null,
                text,
                null,
                phoneId == null ? null : 2,
                NOW.minusSeconds(1),
                Flags.NONE);
        return store.writeNow(tx -> MessageRows.insert(tx, message, MessageRows.Judgement.NONE, "Acme", NOW));
    }

    private List<StoredMessage> all() {
        return store.read(sql -> sql.sql("select " + MessageRows.COLUMNS + " from message m order by m.seq")
                .query((row, n) -> MessageRows.read(row))
                .list());
    }

    @Test
    void whatIsReadIsWhatWasStored() {
        StoredMessage full = insert("dev_1", "p-1", Texts.UGLY);
        StoredMessage bare = insert("dev_1", null, "");
        assertThat(all()).containsExactly(full, bare);
    }

    @Test
    void aRepeatIsNotStoredAgain() {
        StoredMessage first = insert("dev_1", "p-1", "one");
        assertThat(insert("dev_1", "p-1", "one")).isNull();
        assertThat(all()).containsExactly(first);
    }

    @Test
    void anIdThatIsUsedAgainIsFlaggedAndItsRepeatStillRecognised() {
        insert("dev_1", "p-1", "one");
        StoredMessage second = insert("dev_1", "p-1", "two");
        assertThat(second.message().flags().asSet()).containsExactly(Flags.Flag.ID_REUSED);
        assertThat(insert("dev_1", "p-1", "one")).isNull();
        assertThat(insert("dev_1", "p-1", "two")).isNull();
        assertThat(insert("dev_2", "p-1", "two").message().flags()).isEqualTo(Flags.NONE);
    }

    @Test
    void withoutAPhoneIdNothingIsARepeat() {
        assertThat(insert("dev_1", null, "one").message().id())
                .isNotEqualTo(insert("dev_1", null, "one").message().id());
    }

    @Test
    void numbersCountUpInTheOrderOfAcceptance() {
        long last = 0;
        for (int i = 0; i < 50; i++) {
            long seq = insert("dev_1", "p-" + i, "t").seq();
            assertThat(seq).isGreaterThan(last);
            last = seq;
        }
    }
}
