package com.mobileapiconnect.bridge.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A filtered audit log is the whole one without what does not match; a page looks so far and no further. */
@OnBothDatabases
class AuditFilterTest {

    private static final int ALL = 12_000;
    // The oldest three are about a rare subject; one entry is made each second from 2100-01-01T00:00:01 on:
    // the bridge that all tests share lets what is old age out.
    private static final String ENTRIES = """
            insert into audit (tenant_id, at, actor, action, subject)
            with recursive n (i) as (select 1 union all select i + 1 from n where i < %d)
            select ?, 4102444800000 + 1000 * i, case when i %% 2 = 0 then 'key_even' else 'operator' end,
                case when i %% 3 = 0 then 'rule.create' else 'rule.update' end,
                case when i <= 3 then 'rule_rare' else 'rule_usual' end
            from n""".formatted(ALL);

    private static RunningBridge bridge;
    private static RunningBridge.NewTenant tenant;

    @BeforeDatabase
    static void start(Database database) {
        bridge = RunningBridge.shared(database);
        tenant = bridge.newTenant();
        bridge.bean(Store.class)
                .writeNow(tx -> tx.sql().sql(ENTRIES).param(tenant.id()).update());
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private static List<List<JsonNode>> pages(String query) {
        List<List<JsonNode>> pages = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = tenant.api()
                    .get("/v1/audit?limit=500&until=2101-01-01T00:00:00Z" + query + cursor)
                    .expect(200)
                    .json();
            List<JsonNode> rows = new ArrayList<>();
            page.path("data").forEach(rows::add);
            pages.add(rows);
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        return pages;
    }

    private static List<JsonNode> rows(String query) {
        return pages(query).stream().flatMap(List::stream).toList();
    }

    @Test
    void everyFieldNarrowsIt() {
        assertThat(rows("&actor=key_even"))
                .hasSize(ALL / 2)
                .allMatch(row -> row.at("/actor").asText().equals("key_even"));
        assertThat(rows("&action=rule.create"))
                .hasSize(ALL / 3)
                .allMatch(row -> row.at("/action").asText().equals("rule.create"));
        assertThat(rows("&subject=rule_rare&action=rule.update&actor=operator")).hasSize(1);
        assertThat(rows("&actor=nobody")).isEmpty();
    }

    @Test
    void theBeginningIsInThePeriodAndTheEndIsNot() {
        assertThat(rows("&since=2100-01-01T03:19:58Z"))
                .extracting(row -> row.at("/at").asText())
                .containsExactly("2100-01-01T03:20:00.000Z", "2100-01-01T03:19:59.000Z", "2100-01-01T03:19:58.000Z");
        assertThat(tenant.api()
                        .get("/v1/audit?since=2100-01-01T00:00:02Z&until=2100-01-01T00:00:03Z")
                        .expect(200)
                        .json()
                        .at("/next")
                        .isTextual())
                .as("more to look at")
                .isTrue();
    }

    @Test
    void aPageThatFindsLittleSaysWhereToContinue() {
        List<List<JsonNode>> pages = pages("&subject=rule_rare");
        assertThat(pages).hasSize(2);
        assertThat(pages.get(0)).isEmpty();
        assertThat(pages.get(1)).hasSize(3);
    }

    @Test
    void withoutAFilterPagesAreFull() {
        JsonNode page = tenant.api().get("/v1/audit?limit=500").expect(200).json();
        assertThat(page.path("data")).hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=yesterday", "until=1", "actor=", "subjct=rule_rare"})
    void aFilterThatCannotBeMeantIsRefused(String query) {
        tenant.api().get("/v1/audit?" + query).expect(422);
    }

    @Test
    void whatTheOperatorDidIsFilteredLikewise() {
        String other = bridge.operator()
                .post("/v1/tenants", "{\"name\":\"T\"}")
                .expect(201)
                .at("/id");
        JsonNode found = bridge.operator()
                .get("/v1/operator/audit?action=tenant.create&subject=" + other)
                .expect(200)
                .json()
                .path("data");
        assertThat(found).hasSize(1);
        assertThat(bridge.operator()
                        .get("/v1/operator/audit?action=tenant.update&subject=" + other)
                        .expect(200)
                        .json()
                        .path("data"))
                .isEmpty();
    }
}
