package com.mobileapiconnect.bridge.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happened is counted once, in the hour in which it happened, whatever happens to the rows afterwards. */
@OnBothDatabases
class RollUpTest {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");
    private static final StatSettings SETTINGS = new StatSettings(Duration.ofSeconds(5));
    private static final AtomicInteger MADE = new AtomicInteger();

    private static JdbcStore store;

    private final String tenant = "ten_" + MADE.incrementAndGet();
    private final RollUp rollUp = newRollUp();

    @BeforeDatabase
    static void open(Database database, @TempDir Path directory) {
        store = database.store(directory);
    }

    @AfterDatabase
    static void close() {
        store.close();
    }

    private static RollUp newRollUp() {
        return new RollUp(store, Clock.fixed(NOW, ZoneOffset.UTC), SETTINGS);
    }

    private List<Long> receive(int count, Instant at) {
        return store.writeNow(tx -> {
            List<Long> seqs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                seqs.add(tx.sql()
                        .sql("""
                                insert into message (id, tenant_id, tenant_name, device_id, sender, sender_key, text,
                                    received_at, accepted_at, flags)
                                values (?, ?, 'T', 'dev_1', '1', '1', 't', 0, ?, 0) returning seq""")
                        .params("msg_" + MADE.incrementAndGet(), tenant, at.toEpochMilli())
                        .query(Long.class)
                        .single());
            }
            return seqs;
        });
    }

    private void erase(List<Long> seqs) {
        store.writeNow(tx -> {
            Received.leaving(tx, seqs);
            tx.sql()
                    .sql("delete from message where seq in (:seqs)")
                    .param("seqs", seqs)
                    .update();
            Received.left(tx);
            return tx;
        });
    }

    private Tally tally(Instant at) {
        return new Tally(at);
    }

    private static void write(Tally... tallies) {
        store.writeNow(tx -> {
            for (Tally each : tallies) {
                each.write(tx);
            }
            return tx;
        });
    }

    private record Row(Instant hour, long received, long delivered, long failed, long skipped) {}

    private List<Row> hours(@Nullable String target) {
        StatQueries.Period all = new StatQueries.Period(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
        List<Row> rows = new ArrayList<>();
        store.read(sql -> {
            StatQueries.hours(
                    sql,
                    tenant,
                    target,
                    all,
                    (begin, counts) -> rows.add(
                            new Row(begin, counts.received(), counts.delivered(), counts.failed(), counts.skipped())));
            return rows;
        });
        return rows;
    }

    private static Row received(String hour, long count) {
        return new Row(Instant.parse(hour), count, 0, 0, 0);
    }

    @Test
    void messagesAreCountedInTheHourInWhichTheyWereAccepted() {
        receive(3, Instant.parse("2026-06-12T13:59:59.999Z"));
        receive(2, Instant.parse("2026-06-12T14:00:00Z"));
        rollUp.run();

        assertThat(hours(null))
                .containsExactly(received("2026-06-12T13:00:00Z", 3), received("2026-06-12T14:00:00Z", 2));
    }

    @Test
    void messagesAreCountedOnceHoweverOftenAndByWhomItIsDone() {
        receive(3, NOW);
        rollUp.run();
        rollUp.run();
        receive(4, NOW);
        newRollUp().run();
        rollUp.run();

        assertThat(hours(null)).containsExactly(received("2026-06-12T14:00:00Z", 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 19, 20, 21, 400, 1_500})
    void anyNumberIsCountedInSteps(int count) {
        receive(count, NOW);
        write(IntStream.range(0, count)
                .mapToObj(i -> {
                    Tally tally = tally(NOW);
                    tally.delivered(tenant, "con_" + i % 7, i);
                    return tally;
                })
                .toArray(Tally[]::new));
        rollUp.run();

        assertThat(hours(null)).containsExactly(new Row(Instant.parse("2026-06-12T14:00:00Z"), count, count, 0, 0));
        assertThat(hours("con_0")).extracting(Row::delivered).containsExactly((count + 6) / 7L);
    }

    @Test
    void aMessageThatIsErasedBeforeItWasCountedIsCountedAllTheSame() {
        List<Long> seqs = receive(5, NOW);
        erase(seqs.subList(0, 2));
        rollUp.run();
        erase(seqs.subList(2, 4));
        rollUp.run();

        assertThat(hours(null)).containsExactly(received("2026-06-12T14:00:00Z", 5));
    }

    @Test
    void numbersThatAreGivenAgainAreCountedAgain() {
        for (int round = 0; round < 3; round++) {
            List<Long> seqs = receive(4, NOW);
            if (round != 1) {
                rollUp.run();
            }
            erase(seqs);
        }
        receive(2, NOW);
        rollUp.run();

        assertThat(hours(null)).containsExactly(received("2026-06-12T14:00:00Z", 14));
    }

    @Test
    void deliveriesAreCountedByTargetAndAllTogetherInTheHourInWhichTheyEnded() {
        Tally first = tally(NOW);
        first.delivered(tenant, "con_a", 12);
        first.delivered(tenant, "con_a", 3_000);
        first.failed(tenant, "con_b", 3);
        first.skipped(tenant, "con_b");
        first.delivered("ten_other", "con_a", 1);
        Tally later = tally(NOW.plus(Duration.ofHours(1)));
        later.failed(tenant, "con_a", 1);
        write(first, later);
        rollUp.run();

        Instant hour = Instant.parse("2026-06-12T14:00:00Z");
        Instant next = Instant.parse("2026-06-12T15:00:00Z");
        assertThat(hours("con_a")).containsExactly(new Row(hour, 0, 2, 0, 0), new Row(next, 0, 0, 1, 0));
        assertThat(hours("con_b")).containsExactly(new Row(hour, 0, 0, 3, 1));
        assertThat(hours(null)).containsExactly(new Row(hour, 0, 2, 3, 1), new Row(next, 0, 0, 1, 0));
    }

    @Test
    void whatAUnitCountedIsUndoneWithTheUnit() {
        assertThatThrownBy(() -> store.writeNow(tx -> {
                    Tally tally = tally(NOW);
                    tally.failed(tenant, "con_a", 1);
                    tally.write(tx);
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");
        rollUp.run();

        assertThat(hours(null)).isEmpty();
    }

    @Test
    void nothingIsLostOrCountedTwiceWhileMessagesComeAndGo() {
        List<CompletableFuture<?>> others = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            others.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 40; i++) {
                    List<Long> seqs = receive(5, NOW);
                    Tally tally = tally(NOW);
                    tally.failed(tenant, "con_a", 2);
                    write(tally);
                    erase(seqs.subList(i % 5, 5));
                }
            }));
        }
        CompletableFuture<?> all = CompletableFuture.allOf(others.toArray(CompletableFuture[]::new));
        while (!all.isDone()) {
            rollUp.run();
        }
        all.join();
        rollUp.run();

        assertThat(hours(null)).containsExactly(new Row(Instant.parse("2026-06-12T14:00:00Z"), 600, 0, 240, 0));
    }

    @Test
    void itSaysUntilWhenEverythingIsCounted() {
        assertThat(rollUp.countedUntil()).isNull();
        rollUp.run();
        assertThat(rollUp.countedUntil()).isEqualTo(NOW);
    }

    private static List<String> targets(String tenantId, String before, int limit) {
        return store.read(sql -> StatQueries.targets(sql, tenantId, before, limit));
    }

    @Test
    void targetsAreFoundInDescendingOrderHoweverManyHoursTheyHave() {
        for (int hour = 0; hour < 50; hour++) {
            Tally tally = tally(NOW.plus(Duration.ofHours(hour)));
            for (String target : List.of("con_a", "con_b", "tgt_c", "act_d")) {
                tally.skipped(tenant, target);
            }
            write(tally);
        }
        rollUp.run();

        assertThat(targets(tenant, "~", 10)).containsExactly("tgt_c", "con_b", "con_a", "act_d");
        assertThat(targets(tenant, "tgt_c", 2)).containsExactly("con_b", "con_a");
        assertThat(targets("ten_none", "~", 2)).isEmpty();
    }
}
