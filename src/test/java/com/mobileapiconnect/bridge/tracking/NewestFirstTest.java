package com.mobileapiconnect.bridge.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.StoredDeliveries;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deliveries of a tenant in the order of their ids, from those of its targets. */
@OnBothDatabases
class NewestFirstTest {

    private static final int TARGETS = 7;

    private final Random random = new Random(7);
    private final List<String> ids = new ArrayList<>();
    private StoredDeliveries stored;

    @TempDir
    Path directory;

    @BeforeEach
    void open(Database database) {
        stored = new StoredDeliveries(database, directory);
        for (int i = 0; i < TARGETS; i++) {
            stored.put(StoredDeliveries.target("con_" + i, false));
        }
    }

    @AfterEach
    void close() {
        stored.close();
    }

    /** Delivery n of all, to a target: the first one has most, the last one none. */
    private void add(int n, String target, String tenant) {
        String id = "dlv_%06d".formatted(n);
        stored.store.writeNow(
                tx -> tx.sql().sql("""
                        insert into delivery (id, message_seq, tenant_id, target_id, action_id, state, attempts,
                            granted_from, next_at, created_at)
                        values (?, 0, ?, ?, ?, 1, 1, 0, 0, 0)""").params(id, tenant, target, id).update());
        if (tenant.equals("ten_1")) {
            ids.add(id);
        }
    }

    private List<String> read(Range range, int atOnce) {
        return read(null, range, atOnce);
    }

    private List<String> read(String target, Range range, int atOnce) {
        return stored.store.read(sql -> {
            NewestFirst newest = new NewestFirst(sql, "ten_1", target, range);
            List<String> all = new ArrayList<>();
            List<String> some;
            do {
                some = newest.next(atOnce);
                all.addAll(some);
            } while (some.size() == atOnce);
            return all;
        });
    }

    @Test
    void theyAreMergedInTheOrderOfTheirIdsAcrossTargetsAndPages() {
        for (int n = 0; n < 400; n++) {
            int target = Math.min(TARGETS - 2, (int) Math.abs(random.nextGaussian() * 2));
            add(n, "con_" + target, "ten_1");
            add(1_000 + n, "con_other", "ten_2");
        }
        ids.sort(Comparator.reverseOrder());

        assertThat(read(new Range("", "~"), 400)).isEqualTo(ids);
        assertThat(read(new Range("", "~"), 7)).isEqualTo(ids);
        assertThat(read(new Range("dlv_000100", "dlv_000300"), 50)).isEqualTo(ids.subList(100, 300));
        assertThat(read(new Range("", "dlv_000000"), 10)).isEmpty();
    }

    @Test
    void thoseOfASingleTargetAreItsOwnAndNobodyElsesAreSeen() {
        for (int n = 0; n < 1_000; n++) {
            add(n, "con_" + n % 2, "ten_1");
        }
        add(2_000, "con_other", "ten_2");

        assertThat(read("con_1", new Range("", "~"), 300))
                .hasSize(500)
                .startsWith("dlv_000999", "dlv_000997")
                .endsWith("dlv_000001");
        assertThat(read("con_1", new Range("dlv_000990", "dlv_000996"), 300))
                .containsExactly("dlv_000995", "dlv_000993", "dlv_000991");
        assertThat(read("con_other", new Range("", "~"), 300)).isEmpty();
        assertThat(read("con_6", new Range("", "~"), 300)).isEmpty();
    }
}
