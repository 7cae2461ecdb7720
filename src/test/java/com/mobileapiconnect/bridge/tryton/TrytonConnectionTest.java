package com.mobileapiconnect.bridge.tryton;

import static com.mobileapiconnect.bridge.tryton.FakeTryton.error;
import static com.mobileapiconnect.bridge.tryton.FakeTryton.html;
import static com.mobileapiconnect.bridge.tryton.FakeTryton.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Receiver.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a connection of {@code tryton-record} may say, what its test finds and what its preview shows. */
class TrytonConnectionTest extends TrytonSuite {

    private FakeTryton tryton;

    @BeforeEach
    void open() {
        tryton = new FakeTryton();
    }

    @AfterEach
    void close() {
        tryton.close();
    }

    @Override
    String url() {
        return tryton.url();
    }

    @Override
    String password() {
        return FakeTryton.PASSWORD;
    }

    @Test
    void theTestSaysWhatIsRightAndWritesNothing() {
        JsonNode found = findings(connection(""));
        assertThat(found.path("faults")).isEmpty();
        assertThat(found.path("checked").toString())
                .contains("login works", "party.party is there", "make and read", "fitting types");
        assertThat(tryton.calls()).noneMatch(call -> call.endsWith("create"));
        assertThat(tryton.records()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'nme':'x'}                                    | field | nme",
                "{'full_name':'x'}                              | field | cannot be written",
                "{'seen':'{{text}}'}                            | type  | timestamp",
                "{'limit':'much'}                               | type  | numeric",
                "{'kind':'c'}                                   | type  | selection",
                "{'addresses':'x'}                              | type  | one2many",
                "{'name':['x']}                                 | type  | char",
                "{'addresses':[{'stret':'x'}]}                  | field | stret",
                "{'addresses':[['create',[{'stret':'x'}]]]}     | field | stret"
            })
    void theTestComparesTheFields(String fields, String kind, String words) {
        JsonNode found = findings(connection(",\"fields\":" + fields.replace('\'', '"')));
        assertThat(found.path("faults")).hasSize(1);
        assertThat(found.at("/faults/0/kind").asText()).isEqualTo(kind);
        assertThat(found.at("/faults/0/message").asText()).contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'name':'{{text}}','seen':'{{receivedAt}}','since':{'value':'{{receivedAt}}','as':'date'}}",
                "{'limit':'12.5','number':7,'active':true,'kind':'a','lang':1,'since':'2026-01-31'}",
                "{'addresses':[{'street':'{{text}}'}],'note':'{{text}}','lang':null}"
            })
    void fieldsThatFitHaveNoFault(String fields) {
        assertThat(findings(connection(",\"fields\":" + fields.replace('\'', '"')))
                        .path("faults"))
                .isEmpty();
    }

    @Test
    void aFieldThatMustBeFilledAndHasNoDefaultIsNamed() {
        tryton.hasFields(FakeTryton.FIELDS
                .replace("\"kind\":{", "\"kind\":{\"required\":true,")
                .replace(
                        "\"active\":{\"type\":\"boolean\",\"required\":false",
                        "\"active\":{\"type\":\"boolean\",\"required\":true"));
        JsonNode found = findings(connection(""));
        assertThat(found.path("faults")).hasSize(1);
        assertThat(found.at("/faults/0/message").asText()).contains("kind", "must be filled");
    }

    @Test
    void aKeyThatIsNoTextOrNotThereIsNamed() {
        assertThat(findings(connection(",\"key\":\"number\""))
                        .at("/faults/0/kind")
                        .asText())
                .isEqualTo("type");
        assertThat(findings(connection(",\"key\":\"nope\""))
                        .at("/faults/0/kind")
                        .asText())
                .isEqualTo("field");
        assertThat(findings(connection(",\"key\":\"note\"")).path("checked").toString())
                .contains("have that field unique");
    }

    @ParameterizedTest
    @CsvSource({"create, making records", "read, reading records"})
    void aPermissionThatIsMissingIsNamed(String right, String words) {
        tryton.answering(call -> call.is("get_access")
                ? result("{\"party.party\":{\"read\":" + !right.equals("read") + ",\"create\":"
                        + !right.equals("create") + "}}")
                : null);
        JsonNode found = findings(connection(""));
        assertThat(found.at("/faults/0/kind").asText()).isEqualTo("permission");
        assertThat(found.at("/faults/0/message").asText()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "model, missing, the module",
        "database, missing, database",
        "password, login, refused the login",
        "page, answer, none of Tryton",
        "busy, answer, HTTP 503"
    })
    void whatStandsBeforeTheFieldsIsTold(String wrong, String kind, String words) {
        tryton.answering(call -> {
            if (call.is("get_access") && wrong.equals("model")) {
                return error("[\"'party.party'\",\"\"]");
            } else if (call.is("get_access") && wrong.equals("page")) {
                return Answer.of(200, "<html>Welcome</html>");
            }
            return wrong.equals("busy") ? html(503, "Service Unavailable", "x") : null;
        });
        String id = connection(
                tryton.url(),
                wrong.equals("database") ? "demos" : "demo",
                FakeTryton.USER,
                wrong.equals("password") ? "wrong" : password(),
                "",
                "");
        JsonNode found = findings(id);
        assertThat(found.at("/faults/0/kind").asText()).as(found.toString()).isEqualTo(kind);
        assertThat(found.at("/faults/0/message").asText()).contains(words);
    }

    @Test
    void thePreviewIsTheVeryRequestWithItsSecretsMasked() {
        String id = connection("");
        String preview = tenant.post(
                        "/v1/connections/" + id + "/preview", "{\"message\":{\"from\":\"91\",\"text\":\"hi\"}}")
                .expect(200)
                .text();
        assertThat(preview)
                .contains("POST", "/demo/rpc/", "model.party.party.create", "SMS from 91: hi", "Session ")
                .doesNotContain(FakeTryton.PASSWORD);
        assertThat(tryton.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                                     | database",
                "{'database':'../x'}                                    | database",
                "{'database':'d','model':'party.party.create({})'}      | model",
                "{'database':'d','key':'name'} | key",
                "{'database':'d','key':'a b'}                           | key",
                "{'database':'d','fields':{'code':'{{text}}'}}          | fields.code",
                "{'database':'d','key':'note','fields':{'note':'x'}}    | fields.note",
                "{'database':'d','fields':{'name':'{{nope}}'}}          | nope",
                "{'database':'d','nope':1}                              | nope"
            })
    void propertiesThatCannotBeRightAreRefused(String properties, String named) {
        assertThat(tenant.post(
                                "/v1/connections",
                                "{\"name\":\"T\",\"connector\":\"tryton-record\",\"outboundUrl\":\"" + tryton.url()
                                        + "\",\"http\":{\"auth\":{\"type\":\"basic\",\"username\":\"u\",\"password\":\"p\"}},"
                                        + "\"properties\":" + properties.replace('\'', '"') + "}")
                        .expect(422)
                        .text())
                .contains(named);
    }

    @Test
    void withoutAUserAConnectionIsRefused() {
        assertThat(tenant.post(
                                "/v1/connections",
                                "{\"name\":\"T\",\"connector\":\"tryton-record\",\"outboundUrl\":\"" + tryton.url()
                                        + "\",\"properties\":{\"database\":\"d\"}}")
                        .expect(422)
                        .text())
                .contains("http.auth of the type basic");
    }

    /** Some systems repeat the headers of a call in their errors. */
    @Test
    void anAnswerThatRepeatsTheSessionShowsItNot() {
        tryton.answering(call -> call.is("create")
                ? html(400, "Bad Request", "Bad: " + call.got().header("Authorization"))
                : null);
        connection("");
        String told = delivery("one", "failed").toString();
        assertThat(told).contains("Bad: Session …");
        assertThat(tryton.requests().get(2).header("Authorization"))
                .isNotEmpty()
                .satisfies(header -> assertThat(told).doesNotContain(header.substring(8)));
    }
}
