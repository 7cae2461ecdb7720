package com.mobileapiconnect.bridge.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of all rules changes by one request, at once or not at all. */
class RuleOrderApiTest extends SharedBridgeSuite {

    private static final String PATH = "/v1/rules/order";

    private final List<String> ids = new ArrayList<>();
    private Api tenant;

    @BeforeEach
    void fiveRules() {
        tenant = bridge.newTenant().api();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            ids.add(tenant.post("/v1/rules", "{\"name\":\"" + name + "\",\"priority\":10,\"then\":[]}")
                    .expect(201)
                    .at("/id"));
        }
    }

    private static String body(List<String> order) {
        return order.stream().collect(Collectors.joining("\",\"", "{\"rules\":[\"", "\"]}"));
    }

    private static List<String> order(JsonNode json) {
        return StreamSupport.stream(json.path("rules").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private Api.Reply put(List<String> order, String seen) {
        return tenant.send(
                tenant.request(PATH).header("If-Match", seen).PUT(HttpRequest.BodyPublishers.ofString(body(order))));
    }

    private List<String> order() {
        return order(tenant.get(PATH).expect(200).json());
    }

    /** The order in which a message is held against the rules. */
    private List<String> tried() {
        return tenant.post("/v1/rules/test", "{\"message\":{\"from\":\"1\",\"text\":\"x\"}}")
                .expect(200)
                .json()
                .findValuesAsText("ruleId");
    }

    private List<String> with(int... places) {
        List<String> order = new ArrayList<>();
        for (int place : places) {
            order.add(ids.get(place));
        }
        return order;
    }

    @Test
    void oneRequestPutsThemInAnyOrderAndChangesNoMoreThanItMust() {
        tenant.put("/v1/rules/" + ids.get(0), "{\"name\":\"a\",\"priority\":-7,\"continue\":true,\"then\":[]}")
                .expect(200);
        assertThat(order()).isEqualTo(ids);

        List<String> wanted = with(0, 2, 3, 4, 1);
        Api.Reply first = tenant.get(PATH);
        Api.Reply put = put(wanted, first.header("ETag")).expect(200);

        assertThat(order(put.json())).isEqualTo(wanted).isEqualTo(order());
        assertThat(put.header("ETag"))
                .isNotEqualTo(first.header("ETag"))
                .isEqualTo(tenant.get(PATH).header("ETag"));
        assertThat(tried()).startsWith(ids.get(0), ids.get(2));
        Set<String> versions = new HashSet<>();
        for (String id : with(2, 3, 4)) {
            assertThat(tenant.get("/v1/rules/" + id).json().get("priority").asInt())
                    .isEqualTo(10);
            versions.add(tenant.get("/v1/rules/" + id).at("/version"));
        }
        assertThat(versions).doesNotContain(put.at("/version"));
        assertThat(tenant.get("/v1/rules/" + ids.get(1)).at("/version")).isEqualTo(put.at("/version"));
        assertThat(tenant.get("/v1/rules/" + ids.get(0)).json().get("continue").asBoolean())
                .isTrue();
        JsonNode log = tenant.get("/v1/audit?action=rules.order").expect(200).json();
        assertThat(log.get("data")).hasSize(1);
        assertThat(log.at("/data/0/detail").asText()).isEqualTo("b");
    }

    @Test
    void theSameOrderAgainChangesNothing() {
        String tag = tenant.get(PATH).header("ETag");
        tenant.put(PATH, body(ids)).expect(200);

        assertThat(tenant.get(PATH).header("ETag")).isEqualTo(tag);
        assertThat(tenant.get("/v1/audit?action=rules.order").json().get("data"))
                .isEmpty();
        assertThat(bridge.newTenant()
                        .api()
                        .put(PATH, "{\"rules\":[]}")
                        .expect(200)
                        .json()
                        .get("rules"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                | rules    | must be the list of the ids",
                "{\"rules\":\"0\"}                   | rules    | must be the list of the ids",
                "{\"rules\":[\"0\",\"1\",\"2\",\"3\"]}     | rules    | left out: e",
                "{\"rules\":[\"0\",\"1\",\"2\",\"3\",\"3\"]} | rules[4] | is there twice",
                "{\"rules\":[\"0\",\"1\",\"2\",\"3\",5]}   | rules[4] | must be the id of a rule",
                "{\"rules\":[\"0\",\"1\",\"2\",\"3\",null]}| rules[4] | must be the id of a rule",
                "{\"order\":[]}                     | order    | is unknown"
            })
    void anOrderThatIsNotOneOfAllRulesIsRefusedAndChangesNothing(String body, String field, String message) {
        String given = body;
        for (int i = 0; i < ids.size(); i++) {
            given = given.replace("\"" + i + "\"", "\"" + ids.get(i) + "\"");
        }
        Api.Reply refused = tenant.put(PATH, given).expect(422);

        assertThat(refused.json().get("errors").findValuesAsText("field")).contains(field);
        assertThat(refused.text()).contains(message.equals("is unknown") ? "order" : message);
        assertThat(order()).isEqualTo(ids);
    }

    @Test
    void rulesOfOthersAreUnknown() {
        Api other = bridge.newTenant().api();
        String foreign =
                other.post("/v1/rules", "{\"name\":\"theirs\",\"then\":[]}").at("/id");

        assertThat(tenant.put(PATH, body(List.of(foreign))).expect(422).text()).doesNotContain("theirs");
        assertThat(order(other.get(PATH).json())).containsExactly(foreign);
    }

    @Test
    void whoeverHasSeenAnotherOrderOrOtherRulesIsTold() {
        String seen = tenant.get(PATH).header("ETag");
        put(with(4, 3, 2, 1, 0), seen).expect(200);
        put(with(1, 0, 2, 3, 4), seen).expect(412);
        assertThat(order()).isEqualTo(with(4, 3, 2, 1, 0));

        String again = tenant.get(PATH).header("ETag");
        tenant.delete("/v1/rules/" + ids.get(0)).expect(204);
        put(with(0, 1, 2, 3, 4), again).expect(412);
        assertThat(order()).isEqualTo(with(4, 3, 2, 1));
    }

    @Test
    void ofTwoAtOnceOneIsTold() {
        Random random = new Random(3);
        for (int round = 0; round < 15; round++) {
            String seen = tenant.get(PATH).header("ETag");
            List<List<String>> wanted = new ArrayList<>();
            List<CompletableFuture<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                List<String> order = new ArrayList<>(order());
                do {
                    Collections.shuffle(order, random);
                } while (order.equals(order()) || wanted.contains(order));
                wanted.add(order);
                callers.add(CompletableFuture.supplyAsync(() -> put(order, seen).status()));
            }
            List<Integer> said = callers.stream().map(CompletableFuture::join).toList();

            assertThat(said).containsExactlyInAnyOrder(200, 412);
            assertThat(order()).isEqualTo(wanted.get(said.indexOf(200)));
        }
        assertThat(tenant.get("/v1/audit?action=rules.order").json().get("data"))
                .hasSize(15);
    }

    @Test
    void withoutAVersionTheLastOneWinsWhole() {
        List<List<String>> wanted = List.of(with(4, 3, 2, 1, 0), with(2, 0, 4, 1, 3), with(1, 4, 0, 3, 2));
        wanted.stream()
                .map(order -> CompletableFuture.supplyAsync(
                        () -> tenant.put(PATH, body(order)).status()))
                .toList()
                .forEach(caller -> assertThat(caller.join()).isEqualTo(200));

        assertThat(wanted).contains(order());
    }
}
