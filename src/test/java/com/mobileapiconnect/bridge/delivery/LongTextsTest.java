package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However long texts are, few of them are in memory at once. */
@OnBothDatabases
class LongTextsTest {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00.123Z");
    private static final int LONG = 100_000;
    private static final int MANY = 60;

    private static List<Long> stored(JdbcStore store) {
        List<Long> seqs = new ArrayList<>();
        store.writeNow(tx -> {
            for (int i = 0; i < MANY; i++) {
                boolean isLong = i % 10 != 9;
                InboundMessage message = new InboundMessage(
                        "msg_" + i,
                        "ten_1",
                        "dev_1",
                        null,
                        "919876543210",
                        null,
                        isLong ? "x".repeat(LONG) : "short " + i,
                        null,
                        null,
                        NOW,
                        isLong ? Flags.NONE.with(Flags.Flag.LONG_TEXT) : Flags.NONE);
                MessageRows.insert(tx, message, MessageRows.Judgement.NONE, "Acme", NOW);
                seqs.add(MessageRows.newest(tx.sql()));
            }
            return tx;
        });
        return seqs;
    }

    @Test
    void messagesByTheirNumbersComeInPartsAndNoneIsLeftOut(Database database, @TempDir Path directory) {
        try (JdbcStore store = database.store(directory)) {
            MessageQueries queries = new MessageQueries(store, new SearchSettings(true));
            List<Long> wanted = new ArrayList<>(stored(store));
            List<Long> all = List.copyOf(wanted);
            store.writeNow(tx -> tx.sql()
                    .sql("delete from message where seq = ?")
                    .param(all.get(3))
                    .update());
            List<Long> found = new ArrayList<>();
            int parts = 0;
            for (; !wanted.isEmpty(); parts++) {
                MessageQueries.Some some = store.read(sql -> queries.ofSeqs(sql, wanted));
                assertThat(some.rows().values().stream()
                                .mapToInt(row -> row.message().message().text().length())
                                .sum())
                        .isLessThan(25 * LONG);
                found.addAll(some.rows().keySet());
                assertThat(wanted.removeIf(seq -> seq <= some.upTo())).isTrue();
            }
            assertThat(parts).isEqualTo(3);
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().filter(seq -> !seq.equals(all.get(3))).toList());
        }
    }
}
