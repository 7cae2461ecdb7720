package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.SampleWrite;
import com.mobileapiconnect.bridge.support.AnyText;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several records in one call of the older form. */
class MultipartBatchTest {

    private static final String OF_BOTH = """
            --outer
            Content-Type: multipart/mixed; boundary=inner

            --inner
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 0

            HTTP/1.1 201 Created
            Location: Sms('dlv_0')
            Retry-After: 7

            {"text":"--outer"}
            --inner--
            --outer
            Content-Type: application/http

            HTTP/1.1 400 Bad Request
            Content-Type: application/json

            {"error":{"code":"X","message":"no"}}
            --outer--
            """;

    private static List<@Nullable Answered> answers(String type, String body, int writes) {
        return BatchForm.MULTIPART.answers(
                new Answered(new HttpAnswer(200, body, null, null, null), Map.of("content-type", List.of(type))),
                writes);
    }

    private static List<Integer> statuses(String type, String body, int writes) {
        List<Integer> statuses = new ArrayList<>();
        answers(type, body, writes).forEach(each -> statuses.add(each == null ? 0 : each.status()));
        return statuses;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed; boundary=outer",
                "multipart/mixed;boundary=\"outer\"; charset=utf-8",
                "Multipart/Mixed; charset=utf-8; BOUNDARY=outer"
            })
    void eachRecordHasItsAnswerWhetherItsChangeSetWasMadeOrRefused(String type) {
        for (String body : List.of(OF_BOTH, OF_BOTH.replace("\n", "\r\n"), "a preamble\n" + OF_BOTH + "an epilogue")) {
            List<@Nullable Answered> answers = answers(type, body, 2);
            assertThat(answers.get(0).status()).isEqualTo(201);
            assertThat(answers.get(0).header("Location")).isEqualTo("Sms('dlv_0')");
            assertThat(answers.get(0).said().retryAfter()).isEqualTo("7");
            assertThat(answers.get(0).body()).isEqualTo("{\"text\":\"--outer\"}");
            assertThat(answers.get(1).status()).isEqualTo(400);
            assertThat(answers.get(1).body()).contains("\"no\"");
        }
    }

    @Test
    void anIdGoesBeforeTheOrder() {
        String swapped = """
                --b
                Content-Type: application/http
                Content-ID: 1

                HTTP/1.1 409 Conflict

                --b
                Content-Type: application/http
                Content-ID: 0

                HTTP/1.1 204 No Content

                --b--
                """;
        assertThat(statuses("multipart/mixed; boundary=b", swapped, 2)).containsExactly(204, 409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no parts",
                "--outer",
                "--outer\n--outer\n--outer--",
                "--outer\nContent-Type: application/http\nContent-ID: 7\n\nHTTP/1.1 201 Created\n\n--outer--",
                "--outer\nContent-Type: application/http\n\nHTTP/1.1 999 Odd\n\n--outer--",
                "--outer\nContent-Type: multipart/mixed; boundary=outer\n\n--outer--",
                "--outer\nContent-Type: application/http\n\nHTTP/1.1 201 Created\n\ncut off"
            })
    void whatIsNotSaidWholeIsNotSaid(String body) {
        assertThat(statuses("multipart/mixed; boundary=outer", body, 2)).containsExactly(0, 0);
    }

    @Test
    void ofACutAnswerTheWholePartsCount() {
        String cut = OF_BOTH.substring(0, OF_BOTH.indexOf("\"no\""));
        assertThat(statuses("multipart/mixed; boundary=outer", cut, 2)).containsExactly(201, 0);
    }

    /** The service is asked what we sent as it would read it: by its boundaries. */
    @Property(tries = 300)
    void whateverMessagesSayIsTheValuesOfTheirOwnRecordsAlone(
            @ForAll("texts") String one, @ForAll("texts") String other) {
        List<String> texts = List.of(one + "\r\n--changes_0--\r\n--changes_1\r\n\r\n", other);
        List<ErpWrite> writes = new ArrayList<>();
        for (String text : texts) {
            ObjectNode fields = JsonNodeFactory.instance.objectNode().put("text", text);
            writes.add(SampleWrite.of("con_1", "dlv_" + writes.size(), fields));
        }
        ODataSettings settings = ODataSettings.of(
                "https://erp.example.com/odata", Attempts.json("{\"entitySet\":\"Sms\",\"key\":\"ID\"}"));
        HttpRequest request = MultipartBatch.of(settings, writes);
        String boundary = request.body().type().replaceFirst(".*boundary=", "");
        List<String> sets = List.of(request.body().text().split("--" + boundary + "(?:--)?\r\n"));
        assertThat(sets).hasSize(3);
        for (int i = 0; i < 2; i++) {
            String set = sets.get(i + 1);
            assertThat(set)
                    .startsWith("Content-Type: multipart/mixed; boundary=changes_" + i + "\r\n\r\n--changes_" + i)
                    .endsWith("\r\n--changes_" + i + "--\r\n");
            String http = set.substring(set.indexOf("POST Sms HTTP/1.1\r\n"), set.lastIndexOf("\r\n--changes_"));
            String entity = http.substring(http.indexOf("\r\n\r\n") + 4);
            assertThat(http).contains("Content-Length: " + entity.getBytes(StandardCharsets.UTF_8).length + "\r\n");
            assertThat(Json.read(entity))
                    .isEqualTo(writes.get(i).fields().deepCopy().put("ID", "dlv_" + i));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyText.upTo(40).map(AnyText::kept);
    }
}
