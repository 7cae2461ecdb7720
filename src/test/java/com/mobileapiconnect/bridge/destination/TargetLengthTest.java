package com.mobileapiconnect.bridge.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a tenant's connections may be together, since all of them stay in memory. */
class TargetLengthTest extends SharedBridgeSuite {

    private static final int HEADERS = 20;
    private static final int LONG = HEADERS * 3_000;
    private static final int LONGER = HEADERS * 4_000;

    private Api tenant;

    @BeforeEach
    void aTenant() {
        tenant = bridge.newTenant().api();
    }

    private static String connection(String name, int length) {
        int each = length / HEADERS;
        String headers = IntStream.range(0, HEADERS)
                .mapToObj(i -> "\"X-H" + i + "\":\"" + "h".repeat(each) + "\"")
                .collect(Collectors.joining(","));
        return "{\"name\":\"" + name + "\",\"outboundUrl\":\"http://127.0.0.1:9/\",\"http\":{\"headers\":{" + headers
                + "}}}";
    }

    private List<String> asManyAsThereMayBe() {
        List<String> made = new ArrayList<>();
        while (true) {
            Api.Reply reply = tenant.post("/v1/connections", connection("c" + made.size(), LONG));
            if (reply.status() == 422) {
                assertThat(reply.at("/errors/0/field")).isEqualTo("properties");
                assertThat(reply.at("/errors/0/message")).contains("all connections of a tenant together");
                return made;
            }
            made.add(reply.expect(201).at("/id"));
            assertThat(made.size() * (long) LONG).isLessThanOrEqualTo(TargetLength.MOST);
        }
    }

    @Test
    void theConnectionsOfATenantHaveALengthTogetherAndThoseThatAreThereStayUsable() {
        List<String> made = asManyAsThereMayBe();
        assertThat(made).hasSize(TargetLength.MOST / (LONG + HEADERS * (TargetLength.EACH + 5) + 200));
        String one = "/v1/connections/" + made.get(0);

        tenant.put(one, connection("again", LONG)).expect(200);
        tenant.put(one, connection("longer", LONGER)).expect(422);
        assertThat(tenant.get(one).at("/name")).isEqualTo("again");
        tenant.post(one + "/pause").expect(200);
        tenant.put(one, connection("shorter", 10)).expect(200);
        tenant.post("/v1/connections", connection("instead", LONG - 1_000)).expect(201);
        bridge.newTenant()
                .api()
                .post("/v1/connections", connection("another's", LONG))
                .expect(201);
    }

    @Test
    void aConfigurationFileIsHeldToTheSameLength() {
        List<String> made = asManyAsThereMayBe();
        String file = tenant.get("/v1/config").expect(200).text();
        tenant.put("/v1/config", file).expect(200);
        String longer = file.replace("\nconnections:\n", "\nconnections:\n  - " + connection("more", LONG) + "\n");
        Api.Reply refused = tenant.put("/v1/config", longer).expect(422);
        assertThat(refused.at("/errors/0/field")).isEqualTo("connections");
        assertThat(tenant.get("/v1/connections?limit=500").json().get("data")).hasSize(made.size());
    }

    @Test
    void aShortValueCountsMoreThanItsCharacters() {
        Target plain = Target.blankConnection("con_1", "ten_1", Instant.EPOCH);
        ObjectNode many = JsonNodeFactory.instance.objectNode();
        IntStream.range(0, 1_000).forEach(i -> many.put("f" + i, i));
        Target.Reach reach = new Target.Reach(
                plain.connector(), null, new TargetProperties(many, Map.of()), plain.http(), plain.signing());
        Target full = new Target(
                plain.key(),
                plain.name(),
                reach,
                plain.mirror(),
                plain.form(),
                plain.state(),
                plain.redelivery(),
                plain.pace(),
                plain.stamps());
        assertThat(TargetLength.of(full) - TargetLength.of(plain)).isGreaterThan(1_000 * TargetLength.EACH);
    }
}
