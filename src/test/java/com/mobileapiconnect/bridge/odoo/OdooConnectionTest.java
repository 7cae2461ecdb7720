package com.mobileapiconnect.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.support.OutcomesDoc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to Odoo: what they may be, what their test finds, what they would send, and the page of outcomes. */
class OdooConnectionTest extends OdooSuite {

    @ParameterizedTest
    @ValueSource(ints = {14, 19})
    void theTestFindsEverythingRightAndWritesNothing(int version) {
        FakeOdoo odoo = odoo(version);
        JsonNode told = tested(connection(""));
        assertThat(told.at("/findings/faults").isEmpty()).as(told.toString()).isTrue();
        assertThat(told.toString()).contains("The login works", "It may make records of crm.lead", "All mapped fields");
        assertThat(odoo.called).doesNotContain("load");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ,"model":"crm.leed"                                       | missing    | crm.leed
            ,"fields":{"phone":"{{from}}"}                            | field      | name
            ,"fields":{"name":"x","mobile":"{{from}}"}                | field      | mobile
            ,"fields":{"name":"x","create_date":"{{receivedAt}}"}     | field      | create_date
            """)
    void theTestSaysWhatIsWrong(String more, String kind, String word) {
        for (int version : new int[] {19, 14}) {
            odoo(version);
            JsonNode faults = tested(connection(more)).at("/findings/faults");
            assertThat(faults).as("%s in %d: %s", more, version, faults).hasSize(1);
            assertThat(faults.at("/0/kind").asText()).isEqualTo(kind);
            assertThat(faults.toString()).contains(word);
        }
    }

    @Test
    void theTestTellsLoginsPermissionsDatabasesAndStrangers() {
        odoo(19);
        assertThat(kinds(connection("odoo-record", properties("").replace(FakeOdoo.KEY, "bad-key-12"), "")))
                .containsExactly("login");
        odoo(14);
        assertThat(kinds(connection("odoo-record", properties("").replace(FakeOdoo.KEY, "bad-key-12"), "")))
                .containsExactly("login");
        odoo(19).but((method, any) -> method.equals("has_access") ? BooleanNode.FALSE : null);
        assertThat(kinds(connection(""))).containsExactly("permission");
        odoo(19).but((method, any) ->
                new FakeOdoo.Error(403, "odoo.exceptions.AccessError", "You are not allowed to access 'Lead'"));
        assertThat(kinds(connection(""))).containsExactly("permission");
        odoo(19);
        assertThat(kinds(connection(
                        "odoo-record", properties(",\"api\":\"json-2\"").replace("acme", "other"), "")))
                .containsExactly("missing");
        system.answering(got -> html(200));
        assertThat(kinds(connection(""))).containsExactly("answer");
    }

    private List<String> kinds(String connection) {
        List<String> kinds = new ArrayList<>();
        tested(connection)
                .at("/findings/faults")
                .forEach(each -> kinds.add(each.path("kind").asText()));
        return kinds;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auto     | /json/2/crm.lead/load
            json-rpc | /jsonrpc
            """)
    void thePreviewIsTheVeryRequestWithoutTheKey(String api, String path) {
        String id = connection(",\"api\":\"" + api + "\"");
        JsonNode shown = previewed(id);
        assertThat(shown.toString())
                .contains("POST", path, "SMS from 919876543210", "***")
                .doesNotContain(FakeOdoo.KEY);
        assertThat(system.requests()).isEmpty();
        assertThat(tenant.get("/v1/connections/" + id).text()).doesNotContain(FakeOdoo.KEY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"apiKey":"k"}                                                              | database
            {"database":"acme"}                                                         | apiKey
            {"database":"a b","apiKey":"k"}                                             | database
            {"database":"acme","apiKey":"k","model":"crm lead"}                         | model
            {"database":"acme","apiKey":"k","api":"xml-rpc"}                            | api
            {"database":"acme","apiKey":"k","api":"json-rpc"}                           | login
            {"database":"acme","apiKey":"k","colour":"x"}                               | colour
            {"database":"acme","apiKey":"k","fields":{"name":"{{nobody}}"}}             | fields.name
            {"database":"acme","apiKey":"k","fields":{"name":["x"]}}                    | fields.name
            {"database":"acme","apiKey":"k","fields":{"id":"x"}}                        | fields.id
            {"database":"acme","apiKey":"k","fields":{"name x":"x"}}                    | fields.name x
            """)
    void whatCannotBeIsRefusedByItsName(String properties, String path) {
        assertThat(tenant.post(
                                "/v1/connections",
                                "{\"name\":\"n\",\"outboundUrl\":\"" + system.url("/")
                                        + "\",\"connector\":\"odoo-record\"," + "\"properties\":" + properties + "}")
                        .expect(422)
                        .text())
                .contains("properties." + path);
    }

    @Test
    void aSecondLoginIsRefused() {
        assertThat(tenant.post(
                                "/v1/connections",
                                "{\"name\":\"n\",\"outboundUrl\":\"" + system.url("/")
                                        + "\",\"connector\":\"odoo-record\","
                                        + "\"properties\":" + properties("")
                                        + ",\"http\":{\"auth\":{\"type\":\"bearer\",\"token\":\"t\"}}}")
                        .expect(422)
                        .text())
                .contains("properties.apiKey");
    }

    @Test
    void everyAnswerComesToWhatThePageSays() {
        List<String> names =
                new ArrayList<>(List.of("none", "other.Error", "odoo.exceptions.Other", "psycopg2.errors.Other"));
        OutcomesDoc.rows("Odoo").forEach(row -> names.add(row.error().replace("*", "X")));
        for (int status : new int[] {200, 201, 301, 400, 401, 403, 404, 408, 409, 422, 425, 429, 500, 502, 503}) {
            for (String name : names) {
                assertThat(OutcomesDoc.words(Said.TABLE
                                .verdict(status, name.equals("none") ? null : name)
                                .outcome(new SystemAnswer(status, "said so", ""))))
                        .as("%d %s", status, name)
                        .isEqualTo(OutcomesDoc.of("Odoo", "" + status, name));
            }
        }
    }
}
