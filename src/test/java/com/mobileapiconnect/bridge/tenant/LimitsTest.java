package com.mobileapiconnect.bridge.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tenant may have, and who may give it more. */
class LimitsTest extends SharedBridgeSuite {

    private static final int AT_ONCE = 12;

    private String id;
    private Api tenant;

    @BeforeEach
    void aTenant() {
        RunningBridge.NewTenant fresh = bridge.newTenant("{\"name\":\"Acme Corp\"}");
        id = fresh.id();
        tenant = fresh.api();
    }

    private void limit(String name, String number) {
        bridge.operator()
                .patch("/v1/tenants/" + id, "{\"limits\":{\"%s\":%s}}".formatted(name, number))
                .expect(200);
    }

    /** Quotes are single ones; {@code #} stands for a number that differs from call to call. */
    private Api.Reply post(String path, String body, int n) {
        return tenant.post(path, body.replace('\'', '"').replace("#", Integer.toString(n)));
    }

    private static final String WEBHOOK = "{'type':'webhook','url':'https://erp.example.com/#'}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "connections       | /v1/connections | {'name':'c#','outboundUrl':'https://erp.example.com/'}",
                "devices           | /v1/devices     | {'name':'d#'}",
                "keys              | /v1/keys        | {'name':'k#'}",
                "rules             | /v1/rules       | {'name':'r#'}",
                "actions           | /v1/rules       | {'name':'r#','then':[" + WEBHOOK + "]}",
                "actionsPerMessage | /v1/rules       | {'name':'r#','continue':true,'then':[" + WEBHOOK + "]}",
            })
    void callersAtOnceDoNotPassALimitTogether(String limit, String path, String body) {
        limit(limit, limit.equals("keys") ? "6" : "5");

        List<Api.Reply> replies = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(path, body, i)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(5);
        assertThat(replies.stream().filter(reply -> reply.status() == 422))
                .hasSize(AT_ONCE - 5)
                .allSatisfy(reply -> assertThat(reply.at("/errors/0/message"))
                        .contains("limit " + limit, "the operator can raise it"));
        limit(limit, "50");
        post(path, body, AT_ONCE).expect(201);
    }

    @Test
    void aTenantAboveALimitKeepsWhatItHasAndGetsNoMore() {
        Stream.of("a", "b", "c").forEach(name -> {
            tenant.post("/v1/connections", "{\"name\":\"%s\",\"outboundUrl\":\"https://e.com/\"}".formatted(name))
                    .expect(201);
            tenant.post(
                            "/v1/rules",
                            "{\"name\":\"%s\",\"continue\":true,\"then\":[%s]}"
                                    .formatted(name, WEBHOOK.replace('\'', '"').replace("#", name)))
                    .expect(201);
        });
        Stream.of("connections", "rules", "actions", "actionsPerMessage").forEach(name -> limit(name, "2"));

        String file = tenant.get("/v1/config").expect(200).text();
        tenant.put("/v1/config", file.replace("name: c", "name: changed")).expect(200);
        String rule = tenant.get("/v1/rules").at("/data/0/id");
        tenant.put("/v1/rules/" + rule, "{\"name\":\"less\"}").expect(200);
        tenant.put("/v1/config", file.replace("rules:", "  - {name: d, outboundUrl: 'https://e.com/'}\nrules:"))
                .expect(422);
        tenant.post("/v1/rules", "{\"name\":\"d\"}").expect(422);
        assertThat(tenant.get("/v1/connections").json().get("data")).hasSize(3);
    }

    @Test
    void theOperatorSeesAndSetsLimitsAndTakesThemBack() {
        assertThat(bridge.operator().get("/v1/tenants").at("/data/0/limits/connections"))
                .isEqualTo("1000");
        limit("connections", "7");
        assertThat(bridge.operator().get("/v1/tenants").at("/data/0/limits/connections"))
                .isEqualTo("7");
        limit("connections", "null");
        assertThat(bridge.operator().get("/v1/tenants").at("/data/0/limits/connections"))
                .isEqualTo("1000");

        for (String bad : List.of("0", "-1", "1.5", "\"7\"", "10000000")) {
            assertThat(bridge.operator()
                            .patch("/v1/tenants/" + id, "{\"limits\":{\"connections\":" + bad + "}}")
                            .expect(422)
                            .at("/errors/0/field"))
                    .isEqualTo("limits.connections");
        }
        assertThat(bridge.operator()
                        .patch("/v1/tenants/" + id, "{\"limits\":{\"conections\":5}}")
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("limits.conections");
        tenant.patch("/v1/tenants/" + id, "{\"limits\":{\"connections\":5}}").expect(403);
    }

    @Test
    void smsThatWaitAreLimitedAndCallersAtOnceDoNotPassTheLimitTogether() {
        tenant.post("/v1/devices", "{\"name\":\"p\"}").expect(201);
        limit("outgoing", "5");

        List<Api.Reply> replies = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> post("/v1/messages", "{'to':'91987654#','text':'t'}", 1000 + i)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(replies.stream().filter(reply -> reply.status() == 202)).hasSize(5);
        assertThat(replies.stream().filter(reply -> reply.status() == 422))
                .hasSize(AT_ONCE - 5)
                .allSatisfy(reply -> assertThat(reply.at("/errors/0/message")).contains("limit outgoing"));
    }

    @Test
    void draftsOfADryRunAreBoundByTheSameLimit() {
        limit("actionsPerMessage", "2");
        String rule = "{'name':'r','continue':true,'then':[" + WEBHOOK + "]}";
        String three = String.join(",", rule, rule, rule);

        assertThat(post("/v1/rules/test", "{'message':{'from':'1','text':'t'},'rules':[" + three + "]}", 1)
                        .expect(422)
                        .at("/errors/0/field"))
                .isEqualTo("rules");
    }
}
