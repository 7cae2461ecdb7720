package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.message.Numbers;
import com.mobileapiconnect.bridge.store.Ageing;
import com.mobileapiconnect.bridge.store.Erasing;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that were not understood go when they are old, and when a number that they name is erased. */
@OnBothDatabases
class UnparsedTablesTest {

    private final UnparsedTables tables = new UnparsedTables();

    private JdbcStore store;

    @BeforeEach
    void open(Database database, @TempDir Path directory) {
        store = database.store(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void keep(long seq, String tenantId, String... numbers) {
        store.writeNow(tx -> {
            tx.sql()
                    .sql("insert into unparsed (message_seq, accepted_at, request) values (?, ?, '{}')")
                    .params(seq, seq * 1000)
                    .update();
            for (String number : numbers) {
                tx.sql()
                        .sql("insert into unparsed_number (tenant_id, number_key, message_seq) values (?, ?, ?)")
                        .params(tenantId, number, seq)
                        .update();
            }
            return seq;
        });
    }

    private List<Long> left(String table) {
        return store.read(sql -> sql.sql("select distinct message_seq from " + table + " order by message_seq")
                .query(Long.class)
                .list());
    }

    @Test
    void whatIsOldGoesInStepsWithItsNumbers() {
        for (long seq = 1; seq <= 5; seq++) {
            keep(seq, "ten_1", "919876543210", "911234500000");
        }
        Ageing<?> ageing = tables.tables().get(0).ageing().get(0);
        assertThat(age(ageing, store, 4)).isEqualTo(2);
        assertThat(left("unparsed")).containsExactly(4L, 5L);
        assertThat(left("unparsed_number")).containsExactly(4L, 5L);
    }

    private static <K> int age(Ageing<K> ageing, Store store, long before) {
        int steps = 0;
        K after = null;
        while (true) {
            K from = after;
            Ageing.Found<K> found =
                    store.read(sql -> ageing.finding().find(sql, from, Instant.ofEpochSecond(before), 2));
            if (found.next() == null) {
                return steps;
            }
            store.writeNow(tx -> ageing.removing().remove(tx, found.rows()));
            after = found.next();
            steps++;
        }
    }

    @Test
    void erasingFindsWhatNamesTheNumberOrTooManyAndNothingOfAnotherTenant() {
        keep(1, "ten_1", "919876543210", "911234500000");
        keep(2, "ten_1", "911234500000");
        keep(3, "ten_1", NamedNumbers.ANY);
        keep(4, "ten_2", "919876543210");
        Erasing.Of number = new Erasing.Of("ten_1", Numbers.of("919876543210"));
        long naming = store.read(sql -> tables.count(sql, number));
        assertThat(naming).isEqualTo(2);
        assertThat(store.writeNow(tx -> tables.erase(tx, number, 1)).rows()).isEqualTo(1);
        assertThat(left("unparsed")).containsExactly(2L, 3L, 4L);
        assertThat(store.writeNow(tx -> tables.erase(tx, number, 10)).rows()).isEqualTo(1);
        assertThat(left("unparsed")).containsExactly(2L, 4L);
        assertThat(left("unparsed_number")).containsExactly(2L, 4L);
        assertThat(store.writeNow(tx -> tables.erase(tx, number, 10)).rows()).isZero();
    }
}
