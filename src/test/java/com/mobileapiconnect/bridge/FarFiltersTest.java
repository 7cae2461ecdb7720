package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Among very many rows a filter finds few at once, and looks for others so far and no further. */
@OnBothDatabases
class FarFiltersTest {

    private static final int ALL = 12_000;
    /** Yesterday: what is older than retention may vanish at any moment. A multiple of 500 and 4, by which some are picked. */
    private static final long BEGUN = Instant.now().minus(Duration.ofDays(1)).toEpochMilli() / 500 * 500;

    private static final String NUMBERS =
            " with recursive n (i) as (select 1 union all select i + 1 from n where i < " + ALL + ") ";
    private static final String MESSAGES = """
            insert into message (id, tenant_id, tenant_name, device_id, sender, sender_key, text, received_at,
                accepted_at, flags)
            """ + NUMBERS + """
            select 'msg_far' || i, ?, 'T', case when i = 1 then 'dev_rare' else 'dev_usual' end,
                case when i <= 5 then '111' else '222' end, case when i <= 5 then '111' else '222' end, 't',
                BEGUN + i, BEGUN + i, 0
            from n""".replace("BEGUN", Long.toString(BEGUN));
    // Three are skipped, every fourth has failed, the others are delivered.
    private static final String DELIVERIES = """
            insert into delivery (id, message_seq, tenant_id, target_id, action_id, state, attempts, granted_from,
                next_at, created_at, finished_at)
            select 'dlv_far' || (accepted_at + 8000000), seq, tenant_id, ?, '',
                case when accepted_at <= BEGUN + 3 then 3 when accepted_at % 4 = 0 then 2 else 1 end, 1, 0,
                accepted_at, accepted_at, accepted_at
            from message where tenant_id = ?""".replace("BEGUN", Long.toString(BEGUN));

    private static final String DELIVERY = """
            insert into delivery (id, message_seq, tenant_id, target_id, action_id, state, attempts, granted_from,
                next_at, created_at, finished_at)
            values (?, ?, ?, ?, '', ?, 1, 0, ?, ?, ?)""";

    private static RunningBridge bridge;
    private static RunningBridge.NewTenant tenant;
    private static RunningBridge.NewTenant old;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
        tenant = bridge.newTenant();
        String target = tenant.api().connection("http://127.0.0.1:9/", "");
        bridge.bean(Store.class).writeNow(tx -> {
            tx.sql().sql(MESSAGES).param(tenant.id()).update();
            return tx.sql().sql(DELIVERIES).params(target, tenant.id()).update();
        });
        old = withManyOldSkippedOnes();
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    /** The pages of a list, each with the ids of its rows. */
    private static List<List<String>> pages(String query) {
        return pages(tenant, query);
    }

    private static List<List<String>> pages(RunningBridge.NewTenant tenant, String query) {
        List<List<String>> pages = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = tenant.api()
                    .get("/v1/" + query + "&limit=500" + cursor)
                    .expect(200)
                    .json();
            List<String> ids = new ArrayList<>();
            page.path("data").forEach(row -> ids.add(row.path("id").asText()));
            pages.add(ids);
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        return pages;
    }

    private static List<String> rows(List<List<String>> pages) {
        return pages.stream().flatMap(List::stream).toList();
    }

    @Test
    void messagesWithOneOfFewDeliveriesAreOnTheFirstPageHoweverOld() {
        List<List<String>> pages = pages("messages?status=skipped");

        assertThat(pages).hasSize(1);
        assertThat(rows(pages)).containsExactly("msg_far3", "msg_far2", "msg_far1");
    }

    /** Messages of which the oldest and every 500th are skipped, and one whose delivery was made long after all. */
    private static RunningBridge.NewTenant withManyOldSkippedOnes() {
        RunningBridge.NewTenant other = bridge.newTenant();
        String target = other.api().connection("http://127.0.0.1:9/", "");
        bridge.bean(Store.class).writeNow(tx -> {
            tx.sql()
                    .sql(MESSAGES.replace("msg_far", "msg_old"))
                    .param(other.id())
                    .update();
            List<List<Object>> rows = new ArrayList<>();
            tx.sql()
                    .sql("select seq, accepted_at from message where tenant_id = ?")
                    .param(other.id())
                    .query(row -> {
                        long at = row.getLong(2);
                        String id = Ids.firstAt("dlv_", Instant.ofEpochMilli(isMadeLate(at) ? at + ALL : at));
                        rows.add(List.of(id, row.getLong(1), other.id(), target, isSkipped(at) ? 3 : 1, at, at, at));
                    });
            tx.batch(DELIVERY, rows);
            return rows.size();
        });
        return other;
    }

    private static boolean isMadeLate(long at) {
        return at == BEGUN + 5_123;
    }

    private static boolean isSkipped(long at) {
        return at <= BEGUN + 1_200 || at % 500 == 0 || isMadeLate(at);
    }

    @Test
    void messagesWithOneOfFewNewDeliveriesAmongManyOldOnesAreFoundInTheirOrder() {
        String target = old.api().get("/v1/connections").at("/data/0/id");

        List<String> expected = LongStream.rangeClosed(1, ALL)
                .map(i -> ALL + 1 - i)
                .filter(i -> isSkipped(BEGUN + i))
                .mapToObj(i -> "msg_old" + i)
                .toList();
        for (String query : List.of("messages?status=skipped", "messages?status=skipped&target=" + target)) {
            List<List<String>> pages = pages(old, query);
            assertThat(rows(pages)).isEqualTo(expected);
            assertThat(pages.get(0)).as("as far as a page looks").hasSize(22).contains("msg_old5123");
        }
        assertThat(rows(pages(old, "messages?status=skipped&device=dev_rare"))).containsExactly("msg_old1");
        assertThat(rows(pages(old, "messages?status=skipped&q=nowhere"))).isEmpty();
    }

    @Test
    void deliveriesOfATargetThatWereDeliveredAreFoundPageByPage() {
        String target = old.api().get("/v1/connections").at("/data/0/id");

        List<List<String>> pages = pages(old, "deliveries?status=delivered&target=" + target);
        assertThat(rows(pages)).hasSize((int) LongStream.rangeClosed(1, ALL)
                .filter(i -> !isSkipped(BEGUN + i))
                .count());
        assertThat(rows(pages)).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(pages(tenant, "deliveries?status=delivered&target=" + target))
                .containsExactly(List.of());
    }

    @Test
    void messagesWithOneOfManyDeliveriesAreFoundPageByPage() {
        assertThat(rows(pages("messages?status=failed")))
                .hasSize(ALL / 4)
                .doesNotHaveDuplicates()
                .startsWith("msg_far" + ALL, "msg_far" + (ALL - 4))
                .endsWith("msg_far8", "msg_far4");
    }

    @Test
    void aRareDeviceIsFoundInAFewPagesOfWhichTheFirstIsEmpty() {
        List<List<String>> pages = pages("messages?device=dev_rare");

        assertThat(pages.get(0)).isEmpty();
        assertThat(pages).hasSizeLessThanOrEqualTo(3);
        assertThat(rows(pages)).containsExactly("msg_far1");
    }

    @Test
    void whatIsNowhereIsLookedForToTheEndAndNotFound() {
        List<List<String>> pages = pages("messages?rule=rule_none&status=delivered");

        assertThat(pages).hasSizeBetween(2, 3);
        assertThat(rows(pages)).isEmpty();
    }

    @Test
    void deliveriesOfASenderOfFewMessagesAreOnTheFirstPageHoweverOld() {
        List<List<String>> pages = pages("deliveries?from=111");

        assertThat(pages).hasSize(1);
        assertThat(rows(pages)).hasSize(5);
    }

    @Test
    void deliveriesOfASenderOfManyMessagesAreFoundPageByPage() {
        assertThat(rows(pages("deliveries?from=222")))
                .hasSize(ALL - 5)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        List<List<String>> none = pages("deliveries?from=222&status=skipped");
        assertThat(none).hasSizeBetween(2, 4);
        assertThat(rows(none)).isEmpty();
    }

    @Test
    void deliveriesOfASenderAreOfItsDeliveriesOnly() {
        assertThat(rows(pages("deliveries?from=111&status=skipped"))).hasSize(3);
        assertThat(rows(pages("deliveries?from=111&status=failed"))).hasSize(1);
    }
}
