package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search folds as rules do, on every database. */
@OnBothDatabases
class TextSearchTest {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00.123Z");
    private static final AtomicInteger MADE = new AtomicInteger();

    static JdbcStore store;

    @BeforeDatabase
    static void open(Database database, @TempDir Path directory) {
        store = database.store(directory);
    }

    @AfterDatabase
    static void close() {
        store.close();
    }

    private static String tenantWith(List<String> texts) {
        String tenant = "ten_" + MADE.incrementAndGet();
        store.writeNow(tx -> {
            for (String text : texts) {
                InboundMessage message = new InboundMessage(
                        "msg_" + MADE.incrementAndGet(),
                        tenant,
                        "dev_1",
                        null,
                        "919876543210",
                        null,
                        text,
                        null,
                        null,
                        NOW,
                        Flags.NONE);
                MessageRows.insert(tx, message, MessageRows.Judgement.NONE, "Acme", NOW);
            }
            return tx;
        });
        return tenant;
    }

    private static MessageQueries.Found search(
            String tenant, String q, boolean ignoreAccents, MessageQueries.Position before, int limit) {
        MessageFilter filter = new MessageFilter(tenant, null, null, q, null, null);
        MessageQueries queries = new MessageQueries(store, new SearchSettings(ignoreAccents));
        return store.read(sql -> queries.list(sql, filter, before, limit));
    }

    private static List<String> texts(MessageQueries.Found found) {
        return found.rows().stream().map(row -> row.message().message().text()).toList();
    }

    @ParameterizedTest(name = "{0} in \"{1}\": {2}, accents ignored {3}")
    @CsvSource({
        "balance, my BALANCE please, true, true",
        "BAL, balance, true, true",
        "баланс, Мой БАЛАНС, true, true",
        "БАЛАНС, баланс, true, true",
        "ёлка, ЁЛКА, true, true",
        "елка, ЁЛКА, false, true",
        "и, й, false, true",
        "οδος, Η ΟΔΟΣ, true, true",
        "ΟΔΟΣ, η οδός, false, true",
        "strasse, Hauptstraße 5, true, true",
        "straße, HAUPTSTRASSE 5, true, true",
        "STRAẞE, hauptstrasse, true, true",
        "fi, ﬁn, true, true",
        "café, CAFÉ, true, true",
        "café, CAFE\u0301, true, true",
        "cafe, café, false, true",
        "café, cafe, false, true",
        "facturacion, La FACTURACIÓN, false, true",
        "iptal, İPTAL, true, true",
        "bakiye, BAKIYE ve bakıye, true, true",
        "k, \u212a, true, true",
        "рассрочка, balance, false, false",
        "balance, баланс, false, false",
        "رصيد, ما رصيد حسابي, true, true",
        "余额, 查询余额。, true, true",
        "👍, ok 👍, true, true",
        "👍, ok 👎, false, false",
        "कि, के, false, false",
        "가, \u1100\u1161, true, true",
        "100%, 100% sure, true, true",
        "100%, 1000 sure, false, false",
        "a_b, a_b, true, true",
        "a_b, axb, false, false",
        "!, wow!, true, true",
        "'a b', a b, true, true",
        "', ', 'yes, ok', true, true",
    })
    void textsAreFound(String q, String text, boolean strictly, boolean ignoringAccents) {
        String tenant = tenantWith(List.of(text, "something else"));

        assertThat(texts(search(tenant, q, false, null, 10)).contains(text)).isEqualTo(strictly);
        assertThat(texts(search(tenant, q, true, null, 10)).contains(text)).isEqualTo(ignoringAccents);
    }

    @Test
    void pageAfterPageFindsEachOnce() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            all.add(i % 3 == 0 ? "СЧЁТ " + i : i % 3 == 1 ? "счет " + i : "ответ " + i);
        }
        String tenant = tenantWith(all);
        List<String> found = new ArrayList<>();
        MessageQueries.Position before = null;
        MessageQueries.Found page;
        do {
            page = search(tenant, "Счет", true, before, 100);
            found.addAll(texts(page));
            before = page.rows().isEmpty()
                    ? page.end()
                    : page.rows().get(page.rows().size() - 1).position();
        } while (!page.rows().isEmpty());

        assertThat(found)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().filter(text -> !text.startsWith("ответ")).toList());
    }

    @Test
    void aPageOfLongTextsEndsEarlyAndSaysWhereToGoOn() {
        List<String> all = new ArrayList<>();
        all.add("ж");
        for (int i = 0; i < 500; i++) {
            all.add("я".repeat(10_000));
        }
        String tenant = tenantWith(all);

        MessageQueries.Found first = search(tenant, "Ж", true, null, 51);

        assertThat(first.rows()).isEmpty();
        assertThat(first.end()).isNotNull();
        assertThat(texts(search(tenant, "Ж", true, first.end(), 51))).containsExactly("ж");
    }
}
