package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.SharedBridgeSuite;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two people who edit the same thing are told. */
class VersionsTest extends SharedBridgeSuite {

    private static Api tenant;

    @BeforeDatabase
    static void aTenant() {
        tenant = bridge.tenant();
    }

    private static Api.Reply send(Api api, String method, String path, String body, String ifMatch) {
        return api.send(api.request(path).header("If-Match", ifMatch).method(method, BodyPublishers.ofString(body)));
    }

    /** @param made how to make one; its own path is below */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/connections | {'name':'a','outboundUrl':'https://erp.example.com/'}"
                        + " | PUT | {'name':'b','outboundUrl':'https://erp.example.com/'}",
                "/v1/devices | {'name':'a'} | PATCH | {'name':'b'}",
                "/v1/rules | {'name':'a'} | PUT | {'name':'b'}"
            })
    void aChangeOfAnotherVersionIsRefusedAndChangesNothing(String path, String made, String method, String change) {
        Api.Reply first = tenant.post(path, made.replace('\'', '"')).expect(201);
        String one = path + "/" + first.at("/id");
        String tag = first.header("ETag");
        assertThat(tag).isEqualTo('"' + first.at("/version") + '"');
        assertThat(tenant.get(one).header("ETag")).isEqualTo(tag);

        Api.Reply second =
                send(tenant, method, one, change.replace('\'', '"'), tag).expect(200);
        String before = tenant.get(one).text();
        assertThat(second.header("ETag")).isNotEqualTo(tag);

        Api.Reply refused =
                send(tenant, method, one, made.replace('\'', '"'), tag).expect(412);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.at("/detail")).contains("GET it again");
        assertThat(refused.header("ETag")).isEqualTo(second.header("ETag"));
        send(tenant, "DELETE", one, "", tag).expect(412);
        assertThat(tenant.get(one).text()).isEqualTo(before);

        send(tenant, method, one, made.replace('\'', '"'), "7").expect(400);
        send(tenant, method, one, made.replace('\'', '"'), "*").expect(200);
        String last = tenant.get(one).header("ETag");
        send(tenant, "DELETE", one, "", "\"0\", " + last).expect(204);
    }

    @ParameterizedTest
    @CsvSource({"/v1/webhooks", "/v1/webhooks/operations"})
    void aSingleWebhookHasVersionsFromTheFirstTimeThatItIsSet(String path) {
        assertThat(tenant.get(path).header("ETag")).isEqualTo("\"0\"");
        String body = "{\"url\":\"https://erp.example.com/all\"}";
        assertThat(send(tenant, "PUT", path, body, "\"0\"").expect(200).header("ETag"))
                .isEqualTo("\"1\"");
        send(tenant, "PUT", path, body, "\"0\"").expect(412);
        for (String action : new String[] {"/pause", "/resume", "/rotate-secret"}) {
            send(tenant, "POST", path + action, "", "\"0\"").expect(412);
            String tag = tenant.get(path).header("ETag");
            assertThat(send(tenant, "POST", path + action, "", tag).expect(200).header("ETag"))
                    .isEqualTo(tenant.get(path).header("ETag"))
                    .isNotEqualTo(tag);
        }
    }

    @Test
    void aTenantHasVersions() {
        Api operator = bridge.operator();
        Api.Reply made = operator.post("/v1/tenants", "{\"name\":\"a\"}").expect(201);
        String one = "/v1/tenants/" + made.at("/id");
        send(operator, "PATCH", one, "{\"name\":\"b\"}", made.header("ETag")).expect(200);
        send(operator, "PATCH", one, "{\"name\":\"c\"}", made.header("ETag")).expect(412);
    }

    @Test
    void theConfigurationFileHasATagThatEveryChangeOfItsPartsChanges() {
        String connection = tenant.post(
                        "/v1/connections", "{\"name\":\"SAP\",\"outboundUrl\":\"https://erp.example.com/\"}")
                .expect(201)
                .at("/id");
        Api.Reply file = tenant.get("/v1/config").expect(200);
        tenant.post("/v1/rules", "{\"name\":\"somebody else's\"}").expect(201);
        String other = tenant.get("/v1/config").header("ETag");
        assertThat(other).isNotEqualTo(file.header("ETag"));

        send(tenant, "PUT", "/v1/config", file.text(), file.header("ETag")).expect(412);
        send(tenant, "PUT", "/v1/config?dryRun=true", file.text(), file.header("ETag"))
                .expect(412);
        assertThat(tenant.get("/v1/rules").text()).contains("somebody else's");

        tenant.post("/v1/connections/" + connection + "/pause").expect(200);
        assertThat(tenant.get("/v1/config").header("ETag")).isNotEqualTo(other);
        Api.Reply again = tenant.get("/v1/config").expect(200);
        Api.Reply put = send(tenant, "PUT", "/v1/config", again.text(), again.header("ETag"))
                .expect(200);
        assertThat(put.header("ETag")).isEqualTo(tenant.get("/v1/config").header("ETag"));
    }
}
