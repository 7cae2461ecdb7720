package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every list: whole in its pages, in one order, and a tenant's own alone. */
@OnBothDatabases
class ListsTest {

    private static final int EACH = 5;
    // The last parts of ids, as bytes descend; by the rules of a language they come in another order.
    private static final List<String> DESCENDING = List.of("zb", "za", "z_", "zB", "zA");

    static RunningBridge bridge;
    static Api mine;
    static Api other;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(data, database);
        mine = tenant("Mine");
        other = tenant("Other");
        List<String> devices = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            mine.post("/v1/keys", "{\"name\":\"k%d\"}".formatted(i)).expect(201);
            Api.Reply paired = mine.post("/v1/devices", "{\"name\":\"d%d\",\"number\":\"91\"}".formatted(i))
                    .expect(201);
            devices.add(paired.at("/id"));
            String connection = mine.post(
                            "/v1/connections",
                            "{\"name\":\"c%d\",\"outboundUrl\":\"https://erp.example.com\"}".formatted(i))
                    .expect(201)
                    .at("/id");
            mine.post("/v1/connections/" + connection + "/pause").expect(200);
            mine.as(paired.at("/token"))
                    .post("/v1/inbound", "{\"from\":\"%d\",\"text\":\"t\"}".formatted(i))
                    .expect(202);
        }
        for (int i = 0; i < EACH; i++) {
            mine.post(
                            "/v1/messages",
                            "{\"to\":\"9198765432%d0\",\"text\":\"t\",\"deviceId\":\"%s\"}"
                                    .formatted(i, devices.get(0)))
                    .expect(202);
        }
    }

    private static Api tenant(String name) {
        return bridge.newTenant("{\"name\":\"%s\"}".formatted(name)).api();
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys", "devices", "connections", "messages", "deliveries", "outgoing", "audit"})
    void isWholeInItsPages(String list) {
        List<JsonNode> whole = pages(mine, list, 500);
        assertThat(whole).hasSizeGreaterThanOrEqualTo(EACH).doesNotHaveDuplicates();
        assertThat(pages(mine, list, 1)).isEqualTo(whole);
        assertThat(pages(mine, list, 2)).isEqualTo(whole);
    }

    @Test
    void ofTenantsIsWholeInItsPages() {
        assertThat(pages(bridge.operator(), "tenants", 1))
                .hasSize(3)
                .isEqualTo(pages(bridge.operator(), "tenants", 500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys", "devices", "connections", "messages", "deliveries", "outgoing"})
    void holdsNothingOfAnotherTenant(String list) {
        List<String> ids = pages(mine, list, 500).stream()
                .map(object -> object.get("id").asText())
                .toList();
        assertThat(pages(other, list, 500))
                .noneMatch(object -> ids.contains(object.path("id").asText()));
        assertThat(pages(other, "audit", 500))
                .noneMatch(entry -> ids.contains(entry.path("subject").asText()));
    }

    @ParameterizedTest
    @CsvSource({"deliveries, delivery", "outgoing, outgoing"})
    void goesByTheBytesOfIds(String list, String table) {
        Api tenant = mine;
        List<String> before = pages(tenant, list, 500).stream()
                .map(object -> object.get("id").asText())
                .limit(EACH)
                .toList();
        String prefix = before.get(0).substring(0, before.get(0).indexOf('_') + 1);
        List<String> expected = DESCENDING.stream().map(prefix::concat).toList();
        rename(table, before, expected);
        try {
            assertThat(pages(tenant, list, 2))
                    .extracting(object -> object.get("id").asText())
                    .startsWith(expected.toArray(String[]::new));
        } finally {
            rename(table, expected, before);
        }
    }

    private static void rename(String table, List<String> from, List<String> to) {
        bridge.bean(Store.class).writeNow(tx -> {
            int renamed = 0;
            for (int i = 0; i < from.size(); i++) {
                renamed += tx.sql()
                        .sql("update " + table + " set id = ? where id = ?")
                        .params(to.get(i), from.get(i))
                        .update();
            }
            return renamed;
        });
    }

    private static List<JsonNode> pages(Api who, String list, int limit) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = who.get("/v1/" + list + "?limit=" + limit + cursor)
                    .expect(200)
                    .json();
            page.get("data").forEach(all::add);
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.get("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        // When a key or a phone was last used is written a moment later, perhaps between two pages.
        all.forEach(object -> ((ObjectNode) object).remove(List.of("lastUsedAt", "lastSeen")));
        return all;
    }
}
