package com.mobileapiconnect.bridge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.ReceiverSuite;
import com.mobileapiconnect.bridge.support.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One search for what people type: messages of a sender and messages that say it, each once, page by page. */
class FindTest extends ReceiverSuite {

    private static final String BANK = "VM-HDFCBK";

    private static String sms(String from, String text) {
        return "{\"from\":" + Texts.quoted(from) + ",\"text\":" + Texts.quoted(text) + "}";
    }

    /** Hands some over at once; returns their ids. */
    private List<String> handOver(List<String> sms) {
        JsonNode taken = phone.post(
                        "/v1/inbound", sms.stream().collect(Collectors.joining(",", "{\"messages\":[", "]}")))
                .expect(202)
                .json();
        List<String> ids = new ArrayList<>();
        taken.get("messages").forEach(each -> ids.add(each.get("id").asText()));
        return ids;
    }

    private JsonNode page(String query, String cursor) {
        String more = cursor == null ? "" : "&cursor=" + cursor;
        return tenant.get("/v1/messages?" + query + more).expect(200).json();
    }

    /** Returns the ids of all pages, in their order. */
    private List<String> all(String query) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = page(query, cursor);
            page.get("data").forEach(each -> ids.add(each.get("id").asText()));
            cursor = page.get("next").textValue();
        } while (cursor != null);
        return ids;
    }

    @Test
    void bothAreFoundTogetherInOneOrderAndEachOnce() {
        // stored at the same time, so that places in the list differ by their numbers alone
        List<String> ids = handOver(IntStream.range(0, 40)
                .mapToObj(i -> switch (i % 4) {
                    case 0 -> sms(BANK, "balance");
                    case 1 -> sms("919876543210", "what does vm-hdfcbk want?");
                    case 2 -> sms(BANK, "this is VM-HDFCBK");
                    default -> sms("919876543210", "something else");
                })
                .toList());
        List<String> others = IntStream.range(0, 40)
                .filter(i -> i % 4 == 3)
                .mapToObj(ids::get)
                .toList();

        List<String> whole = all("find=vm-hdfcbk");
        assertThat(whole).hasSize(30).doesNotHaveDuplicates().isSubsetOf(ids).doesNotContainAnyElementsOf(others);
        for (int limit : new int[] {1, 3, 15, 30, 31}) {
            assertThat(all("find=vm-hdfcbk&limit=" + limit))
                    .as("%s at a time", limit)
                    .isEqualTo(whole);
        }
        assertThat(all("find=balance")).hasSize(10);
        assertThat(all("find=%D9%A9%D9%A1%D9%A9%D9%A8%D9%A7%D9%A6%D9%A5%D9%A4%D9%A3%D9%A2%D9%A1%D9%A0"))
                .as("digits of another script")
                .hasSize(20);
        assertThat(all("find=nobody")).isEmpty();
    }

    @Test
    void anOldMessageOfTheSenderIsOnTheFirstPageHoweverMuchTextCameSince() {
        String old = handOver(List.of(sms("919000000001", "old"))).get(0);
        String long1 = "é".repeat(99_000); // a page looks through four million characters
        for (int i = 0; i < 3; i++) {
            handOver(IntStream.range(0, 20)
                    .mapToObj(n -> sms("919876543210", long1))
                    .toList());
        }
        String said =
                handOver(List.of(sms("919876543210", "call 919000000001"))).get(0);

        JsonNode first = page("find=919000000001", null);
        assertThat(first.get("data").findValuesAsText("id")).contains(old, said);
        assertThat(first.get("next").isNull())
                .as("older texts were not looked through")
                .isFalse();
        assertThat(all("find=919000000001")).containsExactly(said, old);
    }

    @Test
    void aCursorOfAnotherListIsRefusedAndSoIsASearchForTwoThings() {
        for (String cursor : List.of("1-2", "x", "_", "1-2_1-2_1-2", "_never", "x_x")) {
            int status = cursor.equals("_") || cursor.equals("x_x") ? 200 : 422;
            tenant.get("/v1/messages?find=a&cursor=" + cursor).expect(status);
        }
        tenant.get("/v1/messages?find=a&q=a").expect(422);
        tenant.get("/v1/messages?find=a&from=a").expect(422);
    }
}
