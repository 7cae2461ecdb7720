package com.mobileapiconnect.bridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.support.OutcomesDoc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections to ERPNext: what they may be, what their test finds, what they would send, and the page of outcomes. */
class ErpNextConnectionTest extends ErpNextSuite {

    @Test
    void theTestFindsEverythingRightAndWritesNothing() {
        FakeFrappe site = site();
        JsonNode told = tested(connection(""));
        assertThat(told.at("/findings/faults").isEmpty()).as(told.toString()).isTrue();
        assertThat(told.toString())
                .contains(
                        "The login works, as clerk@example.invalid",
                        "It may create documents of Communication",
                        "It may read documents of Communication",
                        "All mapped fields");
        assertThat(site.called).doesNotContain("create");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            true  | true  | ,"fields":{"phone_no":"{{from}}"}                     | subject
            true  | true  | ,"fields":{"subject":"x","phone":"{{from}}"}          | phone
            true  | true  | ,"fields":{"subject":"x","message_size":1}            | message_size
            false | false |                                                       | bridge_id
            true  | false |                                                       | not unique
            """)
    void theTestSaysWhichFieldIsWrong(boolean key, boolean unique, String more, String word) {
        site().key(key, unique);
        JsonNode faults = tested(connection(more == null ? "" : more)).at("/findings/faults");
        assertThat(faults).as(faults.toString()).hasSize(1);
        assertThat(faults.at("/0/kind").asText()).isEqualTo("field");
        assertThat(faults.toString()).contains(word);
    }

    @Test
    void theTestTellsLoginsPermissionsAndStrangers() {
        site();
        assertThat(kinds(connection("erpnext-communication", properties("").replace(FakeFrappe.SECRET, "wrong"), "")))
                .containsExactly("login");
        site().but((call, got) -> call.equals("has_permission") && got.path().endsWith("=create")
                ? json(200, "{\"message\":{\"has_permission\":false}}")
                : null);
        assertThat(kinds(connection(""))).containsExactly("permission");
        site().but((call, got) -> call.equals("has_permission")
                ? FakeFrappe.error(404, "DoesNotExistError", "DocType Foo not found")
                : null);
        assertThat(kinds(connection(""))).containsExactly("missing");
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

    @Test
    void thePreviewIsTheVeryRequestWithoutTheSecret() {
        String id = connection("");
        assertThat(previewed(id).toString())
                .contains(
                        "POST",
                        "/api/resource/Communication",
                        "token ***",
                        "SMS from 919876543210",
                        "a &lt; b",
                        "bridge_id")
                .doesNotContain(FakeFrappe.SECRET);
        assertThat(system.requests()).isEmpty();
        assertThat(tenant.get("/v1/connections/" + id).text()).doesNotContain(FakeFrappe.SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"apiKey":"k"}                                                       | apiSecret
            {"apiSecret":"s"}                                                    | apiKey
            {"apiKey":"k:k","apiSecret":"s"}                                     | apiKey
            {"apiKey":"k","apiSecret":"s","key":"bridge id"}                     | key
            {"apiKey":"k","apiSecret":"s","docType":"A/../B"}                    | docType
            {"apiKey":"k","apiSecret":"s","zone":"Middle/Earth"}                 | zone
            {"apiKey":"k","apiSecret":"s","colour":"x"}                          | colour
            {"apiKey":"k","apiSecret":"s","fields":{"subject":"{{nobody}}"}}     | fields.subject
            {"apiKey":"k","apiSecret":"s","fields":{"bridge_id":"x"}}            | fields.bridge_id
            {"apiKey":"k","apiSecret":"s","fields":{"doctype":"x"}}              | fields.doctype
            """)
    void whatCannotBeIsRefusedByItsName(String properties, String path) {
        assertThat(tenant.post(
                                "/v1/connections",
                                "{\"name\":\"n\",\"outboundUrl\":\"" + system.url("/")
                                        + "\",\"connector\":\"erpnext-communication\"," + "\"properties\":" + properties
                                        + "}")
                        .expect(422)
                        .text())
                .contains("properties." + path);
    }

    @Test
    void everyAnswerComesToWhatThePageSays() {
        List<String> names =
                new ArrayList<>(List.of("none", "OtherError", "OperationalError", "OperationalError:1205"));
        OutcomesDoc.rows("ERPNext").forEach(row -> names.add(row.error().replace("*", "X")));
        for (int status : new int[] {200, 201, 301, 400, 401, 403, 404, 408, 409, 417, 425, 429, 500, 502, 503}) {
            for (String name : names) {
                assertThat(OutcomesDoc.words(FrappeSaid.TABLE
                                .verdict(status, name.equals("none") ? null : name)
                                .outcome(new SystemAnswer(status, "said so", ""))))
                        .as("%d %s", status, name)
                        .isEqualTo(OutcomesDoc.of("ERPNext", "" + status, name));
            }
        }
    }
}
