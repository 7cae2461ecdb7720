package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing that was typed is lost: secrets are drawn again, and of two people who edit a thing the second goes on. */
class PortalTypedTest extends ReadersPages {

    private static final String SECRET = "whsec_typed_0123456789";
    private static final String URL = "https://erp.example.com/sms";
    private static final Pattern VALUE = Pattern.compile(" value=\"([^\"]*)\"");

    /** Returns what a field of a page has when it is drawn; null if there is no such field. */
    private static List<String> drawn(String page, String name) {
        List<String> values = new ArrayList<>();
        Matcher field = Pattern.compile("<input[^>]* name=\"" + Pattern.quote(name) + "\"[^>]*>")
                .matcher(page);
        while (field.find()) {
            Matcher value = VALUE.matcher(field.group());
            values.add(value.find() ? value.group(1) : "");
        }
        return values;
    }

    private static String[] with(String[] fields, String... more) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void theSecretOfAnActionIsDrawnAgainWithWhateverIsBuilt() {
        browser.signIn(key);
        String[] rule = {"name", "Signed", "priority", "5", "a.0.type", "webhook", "a.0.url", URL, "a.0.secret", SECRET
        };

        String built = browser.submit("/rules/new/build", with(rule, "do", "add:n"))
                .expect(200)
                .text();
        assertThat(drawn(built, "a.0.secret")).containsExactly(SECRET);
        rule[1] = "";
        assertThat(drawn(browser.submit("/rules/new", rule).expect(200).text(), "a.0.secret"))
                .containsExactly(SECRET);
    }

    @Test
    void aSecretThatStandsIsNeverDrawn() {
        String rule = tenant.post(
                        "/v1/rules",
                        "{\"name\":\"R\",\"then\":[{\"type\":\"webhook\",\"url\":\"" + URL + "\",\"secret\":\"" + SECRET
                                + "\"}]}")
                .expect(201)
                .at("/id");
        String http = "\"http\":{\"headers\":{\"X-Api-Key\":\"stored-0123\"},\"auth\":{\"type\":\"basic\","
                + "\"username\":\"u\",\"password\":\"stored-4567\"}},\"secret\":\"" + SECRET + "\"";
        String connection = tenant.connection(URL, http);
        tenant.put("/v1/webhooks", "{\"url\":\"" + URL + "\"," + http + "}").expect(200);
        browser.signIn(key);

        for (String path : List.of("/rules/" + rule, "/connections/" + connection, "/webhooks")) {
            assertThat(browser.get(path).expect(200).text())
                    .as(path)
                    .contains("One is set.")
                    .doesNotContain(SECRET, "stored-");
        }
        String built = browser.submit("/connections/" + connection + "/build", "do", "add:n", "http.auth.type", "basic")
                .text();
        assertThat(drawn(built, "http.auth.password")).containsExactly("");
    }

    @Test
    void theSecretsOfAConnectionAreDrawnAgain() {
        browser.signIn(key);
        String[] typed = {
            "name",
            "Shop",
            "outboundUrl",
            URL,
            "http.auth.type",
            "basic",
            "http.auth.username",
            "u",
            "http.auth.password",
            "typed-password",
            "http.headers.0.field",
            "X-Api-Key",
            "http.headers.0.value",
            "typed-key",
            "secret",
            SECRET
        };
        for (String what : List.of("/build", "/look")) {
            String page = browser.submit("/connections/new/webhook" + what, with(typed, "do", "add:n"))
                    .expect(200)
                    .text();
            assertThat(drawn(page, "http.auth.password")).as(what).containsExactly("typed-password");
            assertThat(drawn(page, "http.headers.0.value")).containsExactly("typed-key");
            assertThat(drawn(page, "secret")).containsExactly(SECRET);
        }
        typed[1] = "";
        String refused =
                browser.submit("/connections/new/webhook", typed).expect(200).text();
        assertThat(refused).contains("Nothing was changed");
        assertThat(drawn(refused, "http.auth.password")).containsExactly("typed-password");
        assertThat(drawn(refused, "secret")).containsExactly(SECRET);
        typed[7] = "me";
        typed[1] = "Shop";
        browser.submit("/connections/new/webhook", typed).expect(303);
        assertThat(tenant.get("/v1/connections").json().at("/data/0/signing").asBoolean())
                .isTrue();
    }

    @Test
    void theSecretOfAPropertyIsDrawnAgain() {
        browser.signIn(key);
        for (Connector connector : catalogue()) {
            List<SchemaField> secrets =
                    SchemaField.of(
                                    connector.properties(),
                                    com.fasterxml.jackson.databind.node.MissingNode.getInstance())
                            .stream()
                            .filter(field -> field.said().kind() == SchemaField.Kind.SECRET)
                            .toList();
            for (SchemaField secret : secrets) {
                String name = SchemaField.PREFIX + secret.name();
                String page = browser.submit("/connections/new/" + connector.name() + "/build", name, "typed-secret")
                        .expect(200)
                        .text();
                assertThat(drawn(page, name)).as(connector.name()).containsExactly("typed-secret");
            }
        }
    }

    private List<Connector> catalogue() {
        List<Connector> all = new ArrayList<>();
        tenant.get("/v1/connectors?limit=500")
                .json()
                .get("data")
                .forEach(each -> all.add(Answer.JSON.convertValue(each, Connector.class)));
        assertThat(all).isNotEmpty();
        return all;
    }

    @Test
    void theSecretsOfAWebhookAndOfAPhonesAppAreDrawnAgainAfterARefusal() {
        browser.signIn(key);
        String refused = browser.submit("/webhooks/forward/save", "url", "nowhere", "secret", SECRET, "enabled", "yes")
                .expect(200)
                .text();
        assertThat(refused).contains("Nothing was changed");
        assertThat(drawn(refused, "secret")).containsExactly(SECRET, "");

        String phones = browser.submit("/phones", "name", "", "adapter", "", "signingKey", SECRET)
                .expect(200)
                .text();
        assertThat(drawn(phones, "signingKey")).containsExactly(SECRET);
    }

    @Test
    void theSecondToSaveARuleGoesOnWithWhatWasTyped() {
        Api.Reply made = tenant.post("/v1/rules", "{\"name\":\"R\",\"priority\":5,\"then\":[]}")
                .expect(201);
        String path = "/rules/" + made.at("/id");
        tenant.put("/v1" + path, "{\"name\":\"Theirs\",\"priority\":7,\"then\":[]}")
                .expect(200);
        browser.signIn(key);
        String[] typed = {"name", "Mine", "priority", "5", "a.0.type", "webhook", "a.0.url", URL, "a.0.secret", SECRET};

        String told = told(browser.submit(path, with(typed, "version", made.at("/version"))));
        assertThat(told).contains("Theirs");
        assertThat(drawn(told, "name")).containsExactly("Mine");
        assertThat(drawn(told, "a.0.secret")).containsExactly(SECRET);
        browser.submit(path, with(typed, "version", version(told))).expect(303);
        assertThat(tenant.get("/v1" + path).at("/name")).isEqualTo("Mine");
    }

    private String told(Api.Reply reply) {
        assertThat(reply.expect(412).text())
                .contains("Somebody else changed this meanwhile", "what you typed is below", "The last change is by");
        return reply.text();
    }

    private static String version(String page) {
        return drawn(page, "version").get(0);
    }

    @Test
    void theSecondToSaveAConnectionGoesOnWithWhatWasTyped() {
        String path = "/connections/" + tenant.connection(URL, "\"metadata\":{\"a\":\"b\"}");
        Api.Reply made = tenant.get("/v1" + path);
        tenant.put("/v1" + path, "{\"name\":\"Theirs\",\"outboundUrl\":\"" + URL + "\",\"metadata\":{\"a\":\"c\"}}")
                .expect(200);
        browser.signIn(key);
        String[] typed = {"name", "Mine", "outboundUrl", URL, "enabled", "yes", "secret", SECRET};

        String told = told(browser.submit(path, with(typed, "version", made.at("/version"))));
        assertThat(told).contains("<code>name</code> <bdi>Theirs</bdi>", "data-kept=\"changed\"");
        assertThat(drawn(told, "name")).containsExactly("Mine");
        assertThat(drawn(told, "secret")).containsExactly(SECRET);
        browser.submit(path, with(typed, "version", version(told))).expect(303);
        Api.Reply saved = tenant.get("/v1" + path);
        assertThat(saved.at("/name") + saved.at("/metadata/a")).isEqualTo("Minec");
    }

    @Test
    void aFormThatWasRefusedDoesNotTakeTheNewerVersionUnseen() {
        String path = "/connections/" + tenant.connection(URL, "");
        String version = tenant.get("/v1" + path).at("/version");
        browser.signIn(key);
        tenant.put("/v1" + path, "{\"name\":\"Theirs\",\"outboundUrl\":\"" + URL + "\"}")
                .expect(200);

        String built = browser.submit(path + "/build", "version", version, "name", "Mine")
                .expect(200)
                .text();
        assertThat(version(built)).isEqualTo(version);
    }

    @Test
    void theSecondToSaveAWebhookGoesOnWithWhatWasTyped() {
        browser.signIn(key);
        for (String which : List.of("forward", "operations")) {
            String api = which.equals("forward") ? "/v1/webhooks" : "/v1/webhooks/operations";
            String version =
                    tenant.put(api, "{\"url\":\"" + URL + "\"}").expect(200).at("/version");
            tenant.put(api, "{\"url\":\"https://theirs.example.com/\"}").expect(200);
            String[] typed = {"url", URL + "/mine", "enabled", "yes", "secret", SECRET};

            String path = "/webhooks/" + which + "/save";
            String told = told(browser.submit(path, with(typed, "version", version)));
            assertThat(told).contains("<code>url</code> <bdi>https://theirs.example.com/</bdi>");
            assertThat(drawn(told, "url")).contains(URL + "/mine");
            assertThat(drawn(told, "secret")).contains(SECRET);
            browser.submit(path, with(typed, "version", tenant.get(api).at("/version")))
                    .expect(303);
            assertThat(tenant.get(api).at("/url")).isEqualTo(URL + "/mine");
            assertThat(drawn(told, "version")).contains(Integer.toString(Integer.parseInt(version) + 1));
        }
    }

    @Test
    void theSecondToSaveAPhoneGoesOnWithWhatWasTyped() {
        String path = "/phones/"
                + tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/id");
        String api = path.replace("/phones/", "/v1/devices/");
        String version = tenant.get(api).at("/version");
        tenant.patch(api, "{\"name\":\"Theirs\",\"sims\":{\"1\":\"911234500000\"}}")
                .expect(200);
        browser.signIn(key);
        String[] typed = {"name", "Mine", "region", "IN"};

        String told = told(browser.submit(path, with(typed, "version", version)));
        assertThat(told).contains("<bdi>Theirs</bdi>", "<code>sims.1</code> <bdi>911234500000</bdi>");
        assertThat(drawn(told, "name")).containsExactly("Mine");
        browser.submit(path, with(typed, "version", version(told))).expect(303);
        assertThat(tenant.get(api).at("/name") + tenant.get(api).at("/region")).isEqualTo("MineIN");
    }

    @Test
    void whoMayNotReadTheLogIsToldTooThatSomebodyElseChangedIt() {
        Api.Reply made =
                tenant.post("/v1/rules", "{\"name\":\"R\",\"then\":[]}").expect(201);
        String path = "/rules/" + made.at("/id");
        tenant.put("/v1" + path, "{\"name\":\"Theirs\",\"then\":[]}").expect(200);
        browser.post("/sign-in", "key", newKey("{\"scopes\":[\"rules\"]}"), "to", "/");
        browser.get(path).expect(200);

        assertThat(browser.submit(path, "name", "Mine", "priority", "100", "version", made.at("/version"))
                        .expect(412)
                        .text())
                .contains("Somebody else changed this meanwhile", "<bdi>Theirs</bdi>")
                .doesNotContain("The last change is by");
    }

    @Test
    void headersAndCredentialsAreGivenAgainForAnotherHost() {
        String http = "\"http\":{\"headers\":{\"X-Api-Key\":\"one\",\"X-Shop\":\"two\"},"
                + "\"auth\":{\"type\":\"bearer\",\"token\":\"old-token\"}}";
        try (Receiver receiver = new Receiver()) {
            tenant.put("/v1/webhooks", "{\"url\":\"" + URL + "\"," + http + "}").expect(200);
            String connection = "/connections/" + tenant.connection(URL, http);
            browser.signIn(key);
            for (String path : List.of("/webhooks/forward/save", connection)) {
                String[] typed = {
                    path.startsWith("/c") ? "outboundUrl" : "url",
                    receiver.url("/x"),
                    "name",
                    "ERP",
                    "enabled",
                    "yes",
                    "http.auth.type",
                    "bearer",
                    "http.auth.token",
                    "",
                    "http.headers.0.field",
                    "X-Api-Key",
                    "http.headers.0.value",
                    "",
                    "http.headers.1.field",
                    "X-Shop",
                    "http.headers.1.value",
                    ""
                };
                String refused = browser.submit(path, typed).expect(200).text();
                assertThat(refused)
                        .containsPattern("<p id=\"[a-z-]*http.auth.token-said\" class=\"alert\">must be given again")
                        .containsPattern(
                                "<p id=\"[a-z-]*http.headers.1-said\" class=\"alert fine\">must be given again");
                typed[9] = "new-token";
                typed[13] = "new-key";
                typed[15] = ""; // one that is given no more
                browser.submit(path, typed).expect(303);
            }
            tenant.post("/v1/webhooks/test").expect(200);
            tenant.post("/v1" + connection + "/test").expect(200);
            assertThat(receiver.requests("/x")).hasSize(2).allSatisfy(got -> {
                assertThat(got.header("X-Api-Key")).isEqualTo("new-key");
                assertThat(got.header("Authorization")).isEqualTo("Bearer new-token");
                assertThat(got.header("X-Shop")).isNullOrEmpty();
            });
        }
    }

    @Test
    void headersAreAddedRemovedAndKept() {
        tenant.put("/v1/webhooks", "{\"url\":\"" + URL + "\",\"http\":{\"headers\":{\"X-A\":\"one\",\"X-B\":\"two\"}}}")
                .expect(200);
        browser.signIn(key);
        String[] typed = {
            "url",
            URL,
            "enabled",
            "yes",
            "http.headers.0.field",
            "X-A",
            "http.headers.0.value",
            "",
            "http.headers.1.field",
            "X-B",
            "http.headers.1.value",
            ""
        };
        String more = browser.submit("/webhooks/forward/build", with(typed, "do", "more:http.headers"))
                .text();
        assertThat(drawn(more, "http.headers.2.field")).containsExactly("");
        String less = browser.submit("/webhooks/forward/build", with(typed, "do", "less:http.headers:0"))
                .text();
        assertThat(drawn(less, "http.headers.0.field")).containsExactly("X-B", "");
        browser.submit(
                        "/webhooks/forward/save",
                        with(typed, "http.headers.2.field", "X-C", "http.headers.2.value", "three"))
                .expect(303);
        assertThat(tenant.get("/v1/webhooks").json().at("/http/headers").toString())
                .isEqualTo("{\"X-A\":true,\"X-B\":true,\"X-C\":true}");
        assertThat(browser.submit("/webhooks/forward/save", with(typed, "http.headers.2.field", "X-New"))
                        .expect(200)
                        .text())
                .contains("must be given");
        browser.submit("/webhooks/forward/save", "url", URL, "http.headers.0.field", "")
                .expect(303);
        assertThat(tenant.get("/v1/webhooks").json().at("/http/headers")).isEmpty();
    }

    @Test
    void whatUsesTheSavedThingSaysSoBesideItsButtons() {
        tenant.put("/v1/webhooks", "{\"url\":\"" + URL + "\"}").expect(200);
        String connection = "/connections/" + tenant.connection(URL, "");
        browser.signIn(key);

        for (String path : List.of("/webhooks", connection)) {
            assertThat(browser.get(path).text()).as(path).contains("These use what is saved");
        }
    }
}
