package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that was written from and to a number. */
class NumberHistoryTest extends SmsSuite {

    private void in(String from, String text) {
        phone.post("/v1/inbound", "{\"from\":\"" + from + "\",\"text\":\"" + text + "\"}")
                .expect(202);
        untilTheNextMillisecond();
    }

    private void out(String to, String text) {
        tenant.post("/v1/messages", "{\"to\":\"" + to + "\",\"text\":\"" + text + "\"}")
                .expect(202);
        untilTheNextMillisecond();
    }

    /** The history is in the order of times, which are kept to the millisecond. */
    private static void untilTheNextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
    }

    private List<String> texts(int limit) {
        List<String> texts = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = tenant.get("/v1/history?number=919876543210&limit=" + limit + cursor)
                    .expect(200)
                    .json();
            assertThat(page.get("data").size()).isLessThanOrEqualTo(limit);
            page.get("data").forEach(each -> texts.add(each.get("text").asText()));
            cursor = page.get("next").isNull()
                    ? null
                    : "&cursor=" + page.get("next").asText();
        } while (cursor != null);
        return texts;
    }

    @Test
    void bothDirectionsStandTogetherNewestFirstHoweverLongThePages() {
        List<String> written = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            in("+91 98765-43210", "in " + n);
            out("919876543210", "out " + n);
            in("919876543210", "again " + n);
            out("919876543211", "to another");
            in("919876543211", "from another");
            written.addAll(0, List.of("again " + n, "out " + n, "in " + n));
        }
        for (int limit : List.of(1, 2, 5, 12, 500)) {
            assertThat(texts(limit)).isEqualTo(written);
        }
    }

    @Test
    void anEntrySaysWhatItIs() {
        in("+919876543210", "hi");
        out("919876543210", "hello");
        JsonNode data = tenant.get("/v1/history?number=%2B919876543210").json().get("data");
        assertThat(data.at("/0/direction").asText()).isEqualTo("out");
        assertThat(data.at("/0/status").asText()).isEqualTo("queued");
        assertThat(data.at("/0/id").asText()).startsWith("out_");
        assertThat(data.at("/1/direction").asText()).isEqualTo("in");
        assertThat(data.at("/1/status").isNull()).isTrue();
        assertThat(data.at("/1/number").asText()).isEqualTo("+919876543210");
    }

    @Test
    void anotherTenantsHistoryIsItsOwn() {
        in("919876543210", "hi");
        assertThat(bridge.newTenant()
                        .api()
                        .get("/v1/history?number=919876543210")
                        .json()
                        .get("data"))
                .isEmpty();
        phone.get("/v1/history?number=919876543210").expect(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?number=", "?number=1&cursor=x", "?number=1&cursor=1.2.3", "?number=1&limit=501"})
    void badQueriesAreRefused(String query) {
        tenant.get("/v1/history" + query).expect(422);
    }
}
