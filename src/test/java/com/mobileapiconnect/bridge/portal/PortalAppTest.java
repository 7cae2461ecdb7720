package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone's app, the places of an SMS in its requests, and the way of SMS to it, without a browser. */
class PortalAppTest extends ReadersPages {

    private String id;
    private String path;

    @BeforeEach
    void aPhone() {
        id = tenant.post("/v1/devices", "{\"name\":\"Till\",\"adapter\":\"http-json\"}")
                .expect(201)
                .at("/id");
        path = "/phones/" + id + "/app";
        browser.signIn(key);
    }

    private String page(String query) {
        return browser.get(path + query).expect(200).text();
    }

    private JsonNode phone() {
        return tenant.get("/v1/devices/" + id).expect(200).json();
    }

    private String version() {
        return phone().path("version").asText();
    }

    private static JsonNode json(String text) {
        return Answer.of(200, null, text.getBytes(StandardCharsets.UTF_8)).json();
    }

    @Test
    void theAppItsSecretAndWhatItMayFetchAreChanged() {
        assertThat(browser.get("/phones/" + id).expect(200).text()).contains("href=\"" + path + "\"");
        assertThat(page("")).contains("value=\"http-json\" selected", "Where an SMS stands");

        browser.submit(
                        path + "/settings",
                        "version",
                        version(),
                        "adapter",
                        "sms-forwarder",
                        "signingKey",
                        "0123456789abcdef",
                        "outbox",
                        "yes")
                .expect(303);
        assertThat(phone().path("adapter").asText()).isEqualTo("sms-forwarder");
        assertThat(phone().path("signed").asBoolean()).isTrue();
        assertThat(phone().path("outbox").asBoolean()).isTrue();
        assertThat(page(""))
                .contains("rendering of an SMS", "Remove the secret")
                .doesNotContain("0123456789abcdef", "Where an SMS stands");

        browser.submit(path + "/settings", "adapter", "sms-forwarder", "lines", "yes", "template", "yes")
                .expect(303);
        assertThat(phone().path("template").asBoolean()).isTrue();
        assertThat(phone().path("signed").asBoolean()).isTrue();
        assertThat(phone().path("outbox").asBoolean()).isFalse();
        browser.submit(path + "/settings", "adapter", "", "unsigned", "yes").expect(303);
        assertThat(phone().path("adapter").isNull()).isTrue();
        assertThat(phone().path("signed").asBoolean()).isFalse();
    }

    @Test
    void whatIsWrongStandsAtItsFieldAndStaysTyped() {
        String app = browser.submit(path + "/settings", "adapter", "kannel", "signingKey", "0123456789abcdef")
                .expect(200)
                .text();
        assertThat(app)
                .contains("does not sign its requests", "value=\"kannel\" selected", "value=\"0123456789abcdef\"");

        String way = browser.submit(
                        path + "/transport",
                        "transport.type",
                        "twilio",
                        "transport.accountSid",
                        "A C",
                        "transport.authToken",
                        "typed-token")
                .expect(200)
                .text();
        assertThat(way).contains("must consist of letters and digits", "value=\"A C\"", "value=\"typed-token\"");

        String mapping = browser.submit(path + "/mapping", "mapping.from.at", "sender")
                .expect(200)
                .text();
        assertThat(mapping).contains("must be given: a JSON pointer", ">sender</textarea>");
    }

    @Test
    void aMappingThatIsOpenedAndSavedIsWhatItWas() {
        JsonNode mapping = json("""
                {"text":{"at":["/sms/a","/sms/b"],"as":"utf-16-hex"},"from":"sender","receivedAt":{"value":"2026","at":"t"},
                 "signature":{"parameter":"sig","algorithm":"hmac-sha512","encoding":"base64","prefix":"x=","signed":"{X-Time}{body}",
                              "timestamp":"X-Time"}}""");
        tenant.patch("/v1/devices/" + id, "{\"mapping\":" + mapping + "}").expect(200);
        JsonNode stored = phone().path("mapping");
        assertThat(stored.path("signature").path("prefix").asText()).isEqualTo("x=");

        assertThat(AppMapping.json(AppMapping.of(stored))).isEqualTo(stored);
        assertThat(page("")).contains(">/sms/a\n/sms/b</textarea>", ">sender</textarea>", "value=\"{X-Time}{body}\"");

        List<String> form = new ArrayList<>();
        AppMapping.of(stored).fields().forEach((name, values) -> form.addAll(List.of(name, values.get(0))));
        browser.submit(path + "/mapping", form.toArray(String[]::new)).expect(303);
        assertThat(phone().path("mapping")).isEqualTo(stored);
        browser.submit(path + "/mapping", "mapping.signature.in", "header").expect(303);
        assertThat(phone().path("mapping").isNull()).isTrue();
    }

    @Test
    void theWayIsChosenFilledInAndItsSecretKept() {
        assertThat(page("")).contains("The phone fetches them; there is nothing to fill in.");
        assertThat(page("?type=vonage")).contains("API secret").doesNotContain("Auth token", "is kept");

        browser.submit(
                        path + "/transport",
                        "transport.type",
                        "httpsms",
                        "transport.apiKey",
                        "secret-key",
                        "transport.from",
                        "919876543210")
                .expect(303);
        assertThat(phone().path("transport"))
                .isEqualTo(
                        json("{\"type\":\"httpsms\",\"url\":\"https://api.httpsms.com\",\"from\":\"919876543210\"}"));
        assertThat(page(""))
                .contains("value=\"919876543210\"", "the one that is set is kept")
                .doesNotContain("secret-key");

        browser.submit(
                        path + "/transport",
                        "transport.type",
                        "httpsms",
                        "transport.url",
                        "https://api.httpsms.com",
                        "standing",
                        "yes")
                .expect(303);
        assertThat(phone().path("transport").path("from").isNull()).isTrue();
        assertThat(browser.submit(
                                path + "/transport",
                                "transport.type",
                                "httpsms",
                                "transport.url",
                                "https://other.example.com")
                        .expect(200)
                        .text())
                .contains("must be given");
        browser.submit(path + "/transport", "transport.type", "poll").expect(303);
        assertThat(phone().path("transport").path("type").asText()).isEqualTo("poll");
    }

    @Test
    void ofTwoPeopleTheSecondIsTold() {
        String seen = version();
        tenant.patch("/v1/devices/" + id, "{\"outbox\":true}");

        String page = browser.submit(path + "/settings", "version", seen, "adapter", "textbee")
                .expect(412)
                .text();

        assertThat(page).contains("value=\"textbee\" selected", "value=\"" + version() + "\"");
        assertThat(phone().path("adapter").asText()).isEqualTo("http-json");
    }

    @Test
    void thePageHasTheWaysAndTheFieldsThatTheApiHas() {
        JsonNode schemas = tenant.get("/v1/openapi.json").expect(200).json().at("/components/schemas");
        Map<String, List<String>> ways = new TreeMap<>();
        schemas.at("/TransportSettings/discriminator/mapping").properties().forEach(each -> {
            JsonNode schema = schemas.path(each.getValue().asText().replace("#/components/schemas/", ""));
            List<String> fields = new ArrayList<>();
            schema.path("properties").properties().forEach(field -> {
                if (!field.getKey().equals("type")) {
                    fields.add(
                            field.getKey() + (field.getValue().path("writeOnly").asBoolean() ? "*" : ""));
                }
            });
            ways.put(each.getKey(), fields);
        });
        ways.remove(PhoneApp.POLL);

        assertThat(PhoneApp.TRANSPORTS).isEqualTo(ways);
    }
}
