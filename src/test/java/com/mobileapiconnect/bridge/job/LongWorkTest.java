package com.mobileapiconnect.bridge.job;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever may take long is a job that its tenant can follow, by the id that the answer to the request has. */
class LongWorkTest extends SharedBridgeSuite {

    /** A tenant with deliveries that failed, and others that wait. */
    private record Company(Api api, String device, String failing, String waiting) {

        static Company make() {
            Api api = bridge.newTenant().api();
            String failing =
                    api.connection("http://127.0.0.1:9/", "\"redelivery\":{\"maxAttempts\":1,\"timeout\":\"PT1S\"}");
            String waiting = api.connection("http://127.0.0.1:9/", "");
            api.post("/v1/connections/" + waiting + "/pause").expect(200);
            Api.Reply device = api.post("/v1/devices", "{\"name\":\"p\"}").expect(201);
            api.as(device.at("/token"))
                    .post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"hi\"}")
                    .expect(202);
            eventually(() -> assertThat(api.get("/v1/deliveries?status=failed").at("/data/0/id"))
                    .isNotEmpty());
            return new Company(api, device.at("/id"), failing, waiting);
        }

        Api.Reply withoutConnections() {
            return api.put("/v1/config?discard=true", "version: 1\nconnections: []\n");
        }
    }

    static Stream<Arguments> longWork() {
        String since = "{\"since\":\"2020-01-01T00:00:00.000Z\"}";
        return Stream.of(
                asked("replay", of -> of.api().post("/v1/deliveries/replay", "{\"status\":\"failed\"}")),
                asked("backfill", of -> of.api().post("/v1/connections/" + of.failing() + "/backfill", since)),
                asked("rule-replay", of -> of.api().post("/v1/rules/replay", "{\"job\":true}")),
                asked("discard", of -> of.api().delete("/v1/connections/" + of.waiting() + "?discard=true")),
                asked("discard", of -> of.api().delete("/v1/devices/" + of.device() + "?discard=true")),
                asked("discard", Company::withoutConnections),
                asked("erase", of -> of.api().post("/v1/erase", "{\"number\":\"919876543210\"}")));
    }

    private static Arguments asked(String kind, Function<Company, Api.Reply> how) {
        return Arguments.of(kind, how);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longWork")
    void isAJobThatEnds(String kind, Function<Company, Api.Reply> asking) {
        Company company = Company.make();

        String job = asking.apply(company).expect(200, 202).at("/job");

        Api.Reply begun = company.api().get("/v1/jobs/" + job).expect(200);
        assertThat(begun.at("/kind")).isEqualTo(kind);
        assertThat(begun.at("/status")).isIn("waiting", "running", "done");
        eventually(() ->
                assertThat(company.api().get("/v1/jobs/" + job).at("/status")).isEqualTo("done"));
        assertThat(company.api().get("/v1/jobs/" + job).json().get("done").asLong())
                .isNotNegative();
        bridge.newTenant().api().get("/v1/jobs/" + job).expect(404);
    }
}
