package com.mobileapiconnect.bridge.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.support.AnyText;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The addresses of services and records. */
class ODataSettingsTest {

    private static ODataSettings settings(String root, String more) {
        return ODataSettings.of(root, Attempts.json("{\"entitySet\":\"Sms\",\"key\":\"ID\"" + more + "}"));
    }

    @Example
    void aQueryOfTheRootGoesAlongWithEveryCall() {
        ODataSettings settings = settings("https://erp.example.com/sap/odata/?sap-client=100", "");
        assertThat(settings.set()).hasToString("https://erp.example.com/sap/odata/Sms?sap-client=100");
        assertThat(settings.service().root()).hasToString("https://erp.example.com/sap/odata/?sap-client=100");
        assertThat(settings.search("dlv_1"))
                .hasToString("https://erp.example.com/sap/odata/Sms('dlv_1')?sap-client=100&$select=ID");
    }

    @Example
    void anAlternateKeyIsNamedAndAFieldIsSearched() {
        String root = "https://erp.example.com/v9";
        assertThat(settings(root, ",\"alternateKey\":true").path("dlv_1")).isEqualTo("Sms(ID='dlv_1')");
        assertThat(settings(root, ",\"mode\":\"find-create\"").search("dlv_1"))
                .hasToString(root + "/Sms?$filter=ID%20eq%20'dlv_1'&$top=1");
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyText.upTo(20).map(AnyText::kept).filter(text -> !text.isEmpty());
    }

    @Property(tries = 300)
    void aKeyIsAValueWhateverItSays(@ForAll("texts") String key) {
        URI url = settings("https://erp.example.com/odata", "").search(key);
        String raw = url.getRawPath();
        assertThat(raw.split("/", -1)).hasSize(3);
        assertThat(url.getRawQuery()).isEqualTo("$select=ID");
        String literal = raw.substring("/odata/Sms('".length(), raw.length() - "')".length());
        assertThat(URLDecoder.decode(literal, StandardCharsets.UTF_8)).isEqualTo(key.replace("'", "''"));
    }

    private static Answered made(String location) {
        return new Answered(new HttpAnswer(201, "", null, null, null), Map.of("location", List.of(location)));
    }

    @Example
    void theRecordIsWhereTheServiceSays() {
        ODataSettings settings = settings("https://erp.example.com/odata", "");
        assertThat(Records.made(made("Sms('dlv_1')"), settings, "dlv_1")).satisfies(record -> {
            assertThat(record.id()).isEqualTo("dlv_1");
            assertThat(record.url()).isEqualTo("https://erp.example.com/odata/Sms('dlv_1')");
        });
        assertThat(Records.made(made("https://erp.example.com/odata/Sms(7)"), settings, "dlv_1")
                        .id())
                .isEqualTo("7");
    }

    @Example
    void aPlaceOnAnotherHostIsNoLink() {
        ODataSettings settings = settings("https://erp.example.com/odata", "");
        assertThat(Records.made(made("https://phish.example.net/Sms('x')"), settings, "dlv_1")
                        .url())
                .isEqualTo("https://erp.example.com/odata/Sms('dlv_1')");
        assertThat(Records.made(
                                made("javascript:alert(1)"),
                                settings("https://erp.example.com/odata", ",\"mode\":\"find-create\""),
                                "dlv_1")
                        .url())
                .isNull();
    }
}
