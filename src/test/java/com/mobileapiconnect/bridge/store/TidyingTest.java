package com.mobileapiconnect.bridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.FileBytes;
import com.mobileapiconnect.bridge.support.LongRunning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What deleted rows leave in the files of the embedded database, and what is left once it was tidied. */
@LongRunning
class TidyingTest {

    private static final int ROWS = 3_000;
    private static final int AT_ONCE = 60;

    @TempDir
    Path directory;

    static IntStream seeds() {
        return new Random().ints(4);
    }

    private static void put(JdbcStore store, Random random, List<Integer> numbers) {
        store.writeNow(tx -> {
            for (int number : numbers) {
                tx.sql()
                        .sql("""
                                insert into outgoing (id, tenant_id, device_id, granted_from, recipient, recipient_key,
                                    text, status, leases, pushes, due_at, expires_at, created_at, updated_at)
                                values (?, 'ten_1', 'dev_1', 0, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0)""")
                        .params(
                                "out_" + random.nextLong(),
                                spelling(number),
                                key(number),
                                text(number) + "x".repeat(random.nextInt(200)))
                        .update();
            }
            return numbers;
        });
    }

    private static String key(int number) {
        return "9198" + (10_000_000 + number);
    }

    private static String spelling(int number) {
        return "+91 98-" + (10_000_000 + number);
    }

    private static String text(int number) {
        return "secret-of-" + number + "-";
    }

    private static void delete(JdbcStore store, List<Integer> numbers) {
        store.writeNow(tx -> tx.sql()
                .sql("delete from outgoing where recipient_key in (:keys)")
                .param("keys", numbers.stream().map(TidyingTest::key).toList())
                .update());
    }

    private static String answer(JdbcStore store, String query) {
        return store.read(sql -> sql.sql(query).query(String.class).single());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingOfWhatWasDeletedIsLeftWhateverTheOrder(int seed) throws IOException {
        Random random = new Random(seed);
        try (JdbcStore store = Database.SQLITE.store(directory)) {
            List<Integer> numbers =
                    new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
            Collections.shuffle(numbers, random);
            for (int i = 0; i < ROWS; i += AT_ONCE) {
                put(store, random, numbers.subList(i, i + AT_ONCE));
            }
            Collections.shuffle(numbers, random);
            List<Integer> deleted = numbers.subList(0, ROWS / 3);
            for (int i = 0; i < deleted.size(); i += AT_ONCE / 3) {
                delete(store, deleted.subList(i, i + AT_ONCE / 3));
            }
            CompletableFuture<?> tidy = store.tidy();
            for (int i = 0; !tidy.isDone() || i < 20; i++) {
                put(store, random, List.of(ROWS + i));
            }
            tidy.join();

            Set<String> left = FileBytes.of(directory).all("9198\\d{8}|\\+91 98-\\d{8}|secret-of-\\d+-");
            assertThat(deleted)
                    .filteredOn(number -> Stream.of(key(number), spelling(number), text(number))
                            .anyMatch(left::contains))
                    .isEmpty();
            int kept = numbers.get(ROWS - 1);
            assertThat(left).contains(key(kept), spelling(kept), text(kept));
            assertThat(answer(store, "pragma integrity_check")).isEqualTo("ok");
            assertThat(answer(store, "select count(*) from outgoing where recipient_key < '" + key(ROWS) + "'"))
                    .isEqualTo(String.valueOf(ROWS - deleted.size()));
        }
    }

    @Test
    void aTidiedStoreGoesOnAndIsWholeAfterARestart() {
        Random random = new Random(1);
        try (JdbcStore store = Database.SQLITE.store(directory)) {
            put(store, random, IntStream.range(0, 500).boxed().toList());
            delete(store, IntStream.range(0, 250).boxed().toList());
            store.tidy().join();
            put(store, random, IntStream.range(500, 600).boxed().toList());
            store.tidy().join();
        }
        try (JdbcStore store = Database.SQLITE.store(directory)) {
            assertThat(answer(store, "select count(*) from outgoing")).isEqualTo("350");
            assertThat(answer(store, "pragma integrity_check")).isEqualTo("ok");
        }
    }
}
