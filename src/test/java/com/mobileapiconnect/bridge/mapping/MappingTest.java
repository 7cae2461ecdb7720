package com.mobileapiconnect.bridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

    private static final Instant AT = Instant.parse("2026-06-12T14:32:00Z");

    private static MessageNames names(String text) {
        InboundMessage sms = new InboundMessage(
                "msg_1", "ten_1", "dev_1", null, "919876543210", "911234500000", text, null, 2, AT, Flags.NONE);
        List<String> groups = List.of("whole", "4711");
        return new MessageNames(
                new StoredMessage(1, sms, "Acme", AT, "rule_1"),
                "dlv_1",
                "rule_1",
                n -> n < groups.size() ? groups.get(n) : null);
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode mapped(String field, String text) {
        return FieldsMapping.parse(json("{\"f\":" + field + "}"), MessageNames.ALL)
                .body(names(text))
                .get("f");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiterString = " -> ",
            value = {
                "\"{{from}} {{to}} {{ text }}\" -> \"919876543210 911234500000 12.5\"",
                "\"{{messageId}} {{deliveryId}} {{deviceId}} {{sim}} {{tenantName}} {{matchedRuleId}}\" -> \"msg_1 dlv_1 dev_1 2 Acme rule_1\"",
                "\"{{receivedAt}}\" -> \"2026-06-12T14:32:00.000Z\"",
                "\"{{match.1}}\" -> \"4711\"",
                "\"{{match.9}}\" -> null",
                "\"{{ref}}\" -> null",
                "\"none: {{ref}}\" -> \"none: \"",
                "7 -> 7",
                "true -> true",
                "{\"a\":[\"{{sim}}\",{\"value\":\"{{sim}}\",\"as\":\"integer\"}]} -> {\"a\":[\"2\",2]}",
                "{\"value\":\"{{text}}\",\"as\":\"number\"} -> 12.5",
                "{\"value\":\"{{sim}}\",\"as\":\"integer\"} -> 2",
                "{\"value\":\"yes\",\"as\":\"boolean\"} -> true",
                "{\"value\":\"{{receivedAt}}\",\"as\":\"date\",\"zone\":\"Pacific/Kiritimati\"} -> \"2026-06-13\"",
                "{\"value\":\"{{receivedAt}}\",\"as\":\"datetime\",\"format\":\"yyyy-MM-dd HH:mm:ss\",\"zone\":\"Asia/Kolkata\"} -> \"2026-06-12 20:02:00\"",
                "{\"value\":\"{{from}}\",\"max\":4} -> \"9198\"",
                "{\"value\":\"{{ref}}\",\"default\":\"none\"} -> \"none\"",
            })
    void aFieldIsATemplateATypedValueOrAConstant(String field, String expected) {
        assertThat(mapped(field, "12.5").toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "integer", "boolean", "date", "datetime"})
    void aValueThatCannotBeConvertedNamesItsFieldAndNotTheValue(String kind) {
        assertThatThrownBy(() -> mapped("{\"value\":\"{{text}}\",\"as\":\"" + kind + "\"}", "a secret"))
                .isInstanceOf(CannotBeException.class)
                .hasMessageContaining("The field f ")
                .hasMessageNotContaining("secret");
    }

    @Property(tries = 300)
    void whateverAnSmsSaysItStaysAValue(@ForAll String text) {
        JsonNode body = FieldsMapping.parse(json("{\"a\":\"<{{text}}>\",\"b\":\"{{text}}\"}"), MessageNames.ALL)
                .body(names(text));
        assertThat(body.get("a").textValue()).isEqualTo("<" + text + ">");
        assertThat(body.get("b").textValue()).isEqualTo(text);
    }

    @Property(tries = 300)
    void noSmsLeavesItsPlaceInAUrl(@ForAll String text) {
        UrlTemplate url = UrlTemplate.parse("https://erp.example.com/sms/{{text}}/new?from={{from}}&text={{text}}&x=1");
        String made;
        try {
            made = url.in(names(text));
        } catch (CannotBeException dots) {
            assertThat(text).matches("\\.{1,2}");
            return;
        }
        URI uri = URI.create(made);
        assertThat(uri.getHost()).isEqualTo("erp.example.com");
        assertThat(uri.getRawPath().split("/", -1)).hasSize(4);
        assertThat(uri.getRawQuery().split("&", -1)).hasSize(3);
        assertThat(uri.getRawFragment()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"f\":{\"long\":\"{{text}}{{text}}{{text}}{{text}}{{text}}{{text}}\"}}",
                "{\"f\":{\"long\":{\"value\":\"{{text}}{{text}}{{text}}{{text}}{{text}}{{text}}\",\"max\":10}}}",
                "{\"a\":\"{{text}}{{text}}\",\"b\":[\"{{text}}\",{\"value\":\"{{text}}\"}],\"f\":{\"long\":\"{{text}}{{text}}\"}}",
            })
    void anSmsMakesNoRequestLongerThanOneMebibyteHoweverOftenItIsNamed(String fields) {
        FieldsMapping mapping = FieldsMapping.parse(json(fields), MessageNames.ALL);
        assertThatThrownBy(() -> mapping.body(names("x".repeat(200_000))))
                .isInstanceOf(CannotBeException.class)
                .hasMessageContaining("f.long")
                .hasMessageContaining("1 MiB");
        assertThat(mapping.body(names("x".repeat(170_000))).has("f")).isTrue();
    }

    @Test
    void charactersThatJsonEscapesCountAsTheyAreWritten() {
        FieldsMapping mapping = FieldsMapping.parse(json("{\"f\":\"{{text}}\"}"), MessageNames.ALL);
        assertThat(mapping.body(names("\"".repeat(Room.MOST / 2)))).hasSize(1);
        assertThatThrownBy(() -> mapping.body(names("\"".repeat(Room.MOST / 2 + 1))))
                .isInstanceOf(CannotBeException.class);
        assertThatThrownBy(() -> mapping.body(names("\u0001".repeat(200_000)))).isInstanceOf(CannotBeException.class);
        assertThatThrownBy(() -> mapping.body(names("अ".repeat(400_000)))).isInstanceOf(CannotBeException.class);
    }

    @Test
    void aUrlHasTheSameBound() {
        UrlTemplate url = UrlTemplate.parse("https://erp.example.com/?a={{text}}&b={{text}}");
        assertThatThrownBy(() -> url.in(names("é".repeat(100_000))))
                .isInstanceOf(CannotBeException.class)
                .hasMessageContaining("outboundUrl");
    }

    @Property(tries = 300)
    void theLengthThatIsClaimedIsNeverLessThanWhatIsMade(@ForAll String text) throws Exception {
        FieldsMapping mapping =
                FieldsMapping.parse(json("{\"a\":\"{{text}}\",\"b\":\"{{text}}{{text}}\"}"), MessageNames.ALL);
        int fixed = "{'a':'','b':''}".length();
        byte[] made = new JsonMapper().writeValueAsBytes(mapping.body(names(text)));
        assertThat(Room.atMost(3, text)).isGreaterThanOrEqualTo(made.length - fixed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://{{text}}.example.com/",
                "https://erp.example.com:{{text}}/",
                "{{text}}://erp.example.com/",
                "{{text}}",
                "https://erp.example.com/?{{text}}=1",
                "https://erp.example.com/#{{text}}",
                "https://erp.example.com/{{nope}}",
                "https://erp.example.com/{{text",
            })
    void namesAreOnlyInPathSegmentsAndQueryValuesOfAUrl(String url) {
        assertThatThrownBy(() -> UrlTemplate.parse(url)).isInstanceOf(FlawedMappingException.class);
    }

    @Test
    void aSegmentOfDotsIsRefused() {
        UrlTemplate url = UrlTemplate.parse("https://erp.example.com/a/{{text}}");
        assertThatThrownBy(() -> url.in(names(".."))).isInstanceOf(CannotBeException.class);
        assertThat(url.in(names("..."))).endsWith("/a/...");
    }
}
