package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's pages, and the account of a tenant, without a browser. */
class PortalOperatorTest {

    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([^\"]+)\"");

    private static final String ROUTE = """
            - route:
                id: mine
                from:
                  uri: direct:mine
                  steps:
                    - setBody:
                        simple: "hello ${body}"
            """;

    @TempDir
    static Path folder;

    private static RunningBridge bridge;
    private static Api operator;

    private Browser browser;

    @BeforeAll
    static void start() {
        bridge = RunningBridge.shared(Database.SQLITE);
        operator = bridge.operator();
    }

    @BeforeEach
    void signIn() {
        browser = new Browser(bridge);
        browser.signIn(RunningBridge.OPERATOR_KEY);
    }

    /** Signs in as a new tenant, and returns it. */
    private Api asTenant() {
        String id = bridge.newTenant().id();
        String key = operator.post("/v1/tenants/" + id + "/keys").expect(201).at("/key");
        browser.signIn(key);
        return operator.as(key);
    }

    private String textOf(String path, String... fields) {
        return browser.submit(path, fields).expect(200).text();
    }

    @Test
    void theEditorHasTheTextThatRunsAndSaysWhatIsWrongWithAnotherAndWhere() {
        assertThat(browser.get("/routes/deliver").expect(200).text()).contains("outbox:send", "outbox:due");

        assertThat(textOf("/routes/deliver", "text", ROUTE.replace("setBody", "setBoddy"), "check", "yes"))
                .contains("Line 6, column 11", "did you mean setBody?", "setBoddy");
        assertThat(textOf("/routes/_new", "name", "mine", "text", ROUTE, "check", "yes"))
                .contains("This text is good.");
    }

    @Test
    void aCheckWhileSomebodyTypesIsAnsweredWithTheMistakesAlone() {
        String part = browser.send(
                        "/routes/_new/check",
                        List.of("HX-Request", "true"),
                        "formToken",
                        browser.formToken,
                        "name",
                        "mine",
                        "text",
                        "- route: [")
                .expect(200)
                .text();

        assertThat(part).contains("id=\"faults\"", "data-line=\"").doesNotContain("<html");
    }

    @Test
    void completionsAreOptionsOfAList() {
        assertThat(textOf("/routes/_new/completions", "before", "- from:\n    steps:\n      - filt"))
                .contains("data-typed=\"filt\"", "role=\"option\" data-text=\"filter:\"")
                .doesNotContain("<html");
    }

    @Test
    void aDraftIsTriedWithASampleAndEachStepSaysItsLine() {
        String tried =
                textOf("/routes/_new/try", "name", "mine", "text", ROUTE, "from", "919876543210", "sample", "tea");

        assertThat(tried).contains("data-line=\"6\"", "setBody", "hello ", "Ends without a decision");
        assertThat(textOf("/routes/_new/try", "name", "mine", "text", ROUTE, "messageId", "msg_none"))
                .contains("is no stored message");
        assertThat(textOf("/routes/_new/try", "name", "mine", "text", "- rout", "from", "919876543210", "sample", "x"))
                .contains("data-line=\"1\"");
    }

    @Test
    void aNewRouteReplacesNoneThatThereIs() {
        String text = operator.get("/v1/routes/deliver").expect(200).text();

        assertThat(textOf("/routes/_new", "name", "deliver", "version", "0", "text", text + "# mine"))
                .contains("no name that there is already", "# mine");
        assertThat(textOf("/routes/_new", "name", "Ä b/c", "text", text)).contains("no name that there is already");
        assertThat(operator.get("/v1/routes/deliver").text()).isEqualTo(text);
    }

    @Test
    void thePictureRunsNothingAndHasNoStyleButItsOwn() {
        Api.Reply picture = browser.get("/routes/deliver/diagram").expect(200);

        assertThat(picture.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(picture.header("Content-Security-Policy"))
                .contains("default-src 'none'", "sandbox", "style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(picture.text()).startsWith("<svg").contains("outbox:send");
    }

    @Test
    void aTenantIsMadeLimitedSuspendedAndDeletedByItsName() {
        String path = browser.submit("/tenants", "name", "Tea & Co", "allowedNetworks", "10.1.0.0/16", "region", "IN")
                .expect(303)
                .header("Location")
                .replaceFirst("\\?.*", "");
        String page = browser.get(path).expect(200).text();
        assertThat(page).contains("Tea &amp; Co", "10.1.0.0/16", "value=\"IN\"", "Phones");
        String rules = page.replaceAll("(?s).*name=\"limits.rules\" value=\"(\\d+)\".*", "$1");

        browser.submit(path, "name", "Tea", "limits.rules", "7", "limits.devices", "")
                .expect(303);
        assertThat(rules).isNotEqualTo("7");
        assertThat(browser.get(path).text()).contains("name=\"limits.rules\" value=\"7\"");
        assertThat(textOf(path, "name", "", "limits.rules", "x")).contains("Nothing was changed");
        browser.submit(path + "/suspend").expect(303);
        assertThat(browser.get(path).text()).contains("Suspended");
        assertThat(textOf(path + "/delete", "sure", "tea")).contains("This is not its name.");
        browser.submit(path + "/delete", "sure", "Tea").expect(303);
        assertThat(browser.get(path).expect(200, 404).text()).doesNotContain("Suspended");
    }

    @Test
    void theOperatorMakesAKeyThatEndsAndMayLittleAndRevokesIt() {
        String path = "/tenants/" + bridge.newTenant().id();
        String page = textOf(path + "/keys", "keyName", "Till", "scopes", "read", "expires", "2100-01-01");
        assertThat(page).contains("The new key, shown this once.", "Till", "2100-01-01T00:00:00");
        Api made = operator.as(page.replaceAll("(?s).*<code id=\"key-new\">([^<]+)<.*", "$1"));
        made.get("/v1/messages").expect(200);
        made.post("/v1/rules", "{}").expect(403);

        browser.submit(
                        path + "/revoke",
                        "key",
                        operator.get("/v1" + path + "/keys").at("/data/0/id"))
                .expect(303);
        made.get("/v1/messages").expect(401);
        assertThat(textOf(path + "/keys", "keyName", "Till", "expires", "2001-01-01"))
                .contains("must be in the future", "value=\"2001-01-01\"");
    }

    @Test
    void settingsShowHowLongThingsAreKept() {
        assertThat(browser.get("/settings").expect(200).text())
                .contains("How long things are kept", "Log of changes", " days", "Backups");
    }

    @Test
    void theLogIsFilteredAndItsNextPageHasTheSameFilter() {
        String id = operator.post("/v1/tenants", "{\"name\":\"Logged\"}")
                .expect(201)
                .at("/id");
        for (int i = 0; i < 30; i++) {
            operator.patch("/v1/tenants/" + id, "{\"name\":\"Logged " + i + "\"}")
                    .expect(200);
        }

        String log = browser.get("/settings/log?action=tenant.update&subject=" + id)
                .expect(200)
                .text();
        assertThat(log).contains("tenant.update").doesNotContain("tenant.create<");
        String older =
                log.replaceAll("(?s).*rel=\"next\" href=\"([^\"]+)\".*", "$1").replace("&amp;", "&");
        assertThat(older).contains("action=tenant.update", "subject=" + id);
        assertThat(browser.get(older).expect(200).text()).contains("tenant.update", id);
        assertThat(browser.get("/settings/log?since=never").expect(200).text()).contains("since");
        assertThat(browser.get("/settings/log?action=nothing.here").text()).contains("Nothing matches.");
    }

    @Test
    void aResourceIsCheckedInWordsBeforeItIsSaved() {
        String[] wrong = {
            "kind", "folder", "name", "shelf", "path", folder.resolve("none").toString()
        };
        assertThat(textOf("/settings/resources/_new", wrong)).contains("is no directory", "value=\"shelf\"");
        operator.get("/v1/resources/shelf").expect(404);

        browser.submit("/settings/resources/_new", "kind", "folder", "name", "shelf", "path", folder.toString())
                .expect(303);
        assertThat(browser.get("/settings/resources").text()).contains("shelf", folder.toString());
        assertThat(textOf("/settings/resources/_new", "kind", "folder", "name", "shelf", "path", "/"))
                .contains("There is a resource of this name.");
        browser.submit("/settings/resources/shelf/delete").expect(303);
        operator.get("/v1/resources/shelf").expect(404);
    }

    @Test
    void theSecondToSaveARouteOrAResourceGoesOnWithWhatWasTyped() {
        String route = browser.submit("/routes/deliver", "version", "99", "text", ROUTE + "# mine")
                .expect(412)
                .text();
        assertThat(route).contains("Somebody else changed this meanwhile", "# mine", "name=\"version\" value=\"0\"");

        browser.submit(
                        "/settings/resources/_new",
                        "kind",
                        "database",
                        "name",
                        "books",
                        "url",
                        "jdbc:postgresql://db.example.com/theirs",
                        "unchecked",
                        "yes")
                .expect(303);
        String version = operator.get("/v1/resources/books").at("/version");
        String[] mine = {
            "kind", "database", "url", "jdbc:postgresql://db.example.com/mine", "password", "typed", "unchecked", "yes"
        };
        String books = browser.submit("/settings/resources/books", with(mine, "version", "99"))
                .expect(412)
                .text();
        assertThat(books)
                .contains("<bdi>jdbc:postgresql://db.example.com/theirs</bdi>", "value=\"typed\"")
                .contains("name=\"version\" value=\"" + version + "\"");
        browser.submit("/settings/resources/books", with(mine, "version", version))
                .expect(303);
        operator.delete("/v1/resources/books").expect(204);
    }

    private static String[] with(String[] fields, String... more) {
        return Stream.concat(Stream.of(fields), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void secretsOfAResourceStayWhereTheFormShowsThem() {
        browser.submit(
                        "/settings/resources/_new",
                        "kind",
                        "kafka",
                        "name",
                        "brokers",
                        "bootstrapServers",
                        "localhost:1",
                        "properties",
                        "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config="
                                + "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\""
                                + " password=\"very-secret\";",
                        "unchecked",
                        "yes")
                .expect(303);
        String page = browser.get("/settings/resources/brokers").expect(200).text();
        assertThat(page)
                .contains("sasl.jaas.config=true", "security.protocol=SASL_PLAINTEXT")
                .doesNotContain("very-secret");

        String[] again = {
            "kind",
            "kafka",
            "bootstrapServers",
            "localhost:1",
            "properties",
            "sasl.jaas.config=true\nsecurity.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN",
            "unchecked",
            "yes"
        };
        browser.submit("/settings/resources/brokers", again).expect(303);
        assertThat(operator.get("/v1/resources/brokers")
                        .json()
                        .at("/properties/sasl.jaas.config")
                        .asBoolean())
                .isTrue();
        operator.delete("/v1/resources/brokers").expect(204);
    }

    @Test
    void aTenantManagesItsOwnKeysButTheOperatorHasNoAccount() {
        Api tenant = asTenant();
        assertThat(browser.get("/").text()).contains("href=\"/account\"").doesNotContain(">Settings<");
        String page = textOf("/account/keys", "keyName", "Shop", "scopes", "send");
        assertThat(page).contains("shown this once", "Shop");
        assertThat(tenant.get("/v1/keys").at("/data/0/scopes/0")).isEqualTo("send");
        browser.submit("/account/revoke", "key", tenant.get("/v1/keys").at("/data/0/id"))
                .expect(303);
        assertThat(tenant.get("/v1/keys").text()).doesNotContain("Shop");
        assertThat(browser.get("/account/log?action=key.delete").expect(200).text())
                .contains("key.delete");

        browser.signIn(RunningBridge.OPERATOR_KEY);
        browser.get("/account").expect(403);
        assertThat(browser.get("/").text()).doesNotContain("href=\"/account\"");
    }

    @Test
    void theConfigurationIsShownComparedAndThenChanged() {
        Api tenant = asTenant();
        tenant.post("/v1/rules", "{\"name\":\"Old\",\"then\":[{\"type\":\"reply\",\"text\":\"hi\"}]}")
                .expect(201);
        Api.Reply file = browser.get("/account/configuration.yaml").expect(200);
        assertThat(file.header("Content-Disposition")).contains("attachment");
        String wanted = file.text().replace("Old", "New <b>");

        String page = textOf("/account/configuration", "yaml", wanted);
        assertThat(page).contains("This would change", "Changed", "New &lt;b&gt;");
        assertThat(tenant.get("/v1/rules").at("/data/0/name")).isEqualTo("Old");

        assertThat(applied(page, wanted)).contains("This was changed");
        assertThat(tenant.get("/v1/rules").at("/data/0/name")).isEqualTo("New <b>");
        assertThat(textOf("/account/configuration", "yaml", wanted)).contains("Nothing.");
    }

    /** Presses "Change it so" on a page that shows a comparison. */
    private String applied(String page, String yaml) {
        Matcher seen = SEEN.matcher(page);
        assertThat(seen.find()).isTrue();
        return textOf("/account/configuration", "yaml", yaml, "seen", seen.group(1), "apply", "yes");
    }

    private static String rule(Api tenant, String name) {
        return tenant.post("/v1/rules", "{\"name\":\"" + name + "\",\"then\":[{\"type\":\"reply\",\"text\":\"hi\"}]}")
                .expect(201)
                .at("/id");
    }

    @Test
    void onlyTheComparisonThatWasSeenIsApplied() {
        Api tenant = asTenant();
        String mine = rule(tenant, "Mine");
        String file = browser.get("/account/configuration.yaml").expect(200).text();
        String wanted = file.replace("Mine", "Renamed");
        String page = textOf("/account/configuration", "yaml", wanted);
        String theirs = rule(tenant, "Theirs"); // by somebody else, who reads none of this

        String again = applied(page, wanted);
        assertThat(again)
                .contains("Nothing was changed: the configuration or the file", "Removed", "Theirs")
                .doesNotContain("This was changed");
        assertThat(applied(again, file)).as("another file than was compared").contains("Nothing was changed:");
        assertThat(textOf("/account/configuration", "yaml", wanted, "apply", "yes"))
                .as("nothing was compared")
                .contains("Nothing was changed:");
        tenant.get("/v1/rules/" + theirs).expect(200);
        assertThat(tenant.get("/v1/rules/" + mine).at("/name")).isEqualTo("Mine");

        assertThat(applied(again, wanted)).contains("This was changed").doesNotContain("Nothing was changed:");
        tenant.get("/v1/rules/" + theirs).expect(404);
        assertThat(tenant.get("/v1/rules/" + mine).at("/name")).isEqualTo("Renamed");
    }

    @Test
    void whatChangesInsideAThingIsShownValueByValueAndNoSecretIs() {
        Api tenant = asTenant();
        tenant.post("/v1/rules", """
                        {"name":"Old","priority":10,"when":{"field":"text","op":"keyword","value":"tea"},
                         "then":[{"type":"reply","text":"hi"}]}""").expect(201);
        tenant.put("/v1/webhooks", "{\"url\":\"https://erp.example.com/a\",\"secret\":\"whsec_0123456789abcdef\"}")
                .expect(200);
        String file = browser.get("/account/configuration.yaml").expect(200).text();
        String wanted = file.replace("text: hi", "text: '<i>hello</i>'")
                .replace("value: tea", "value: coffee")
                .replace("erp.example.com/a", "erp.example.com/b")
                .replace("secret: true", "secret: whsec_fedcba9876543210");

        String page = textOf("/account/configuration", "yaml", wanted);
        String shown = page.substring(page.indexOf("id=\"difference\""), page.indexOf("<textarea"));
        assertThat(shown)
                .contains(
                        "<code>then[0].text</code>", "<bdi>hi</bdi></del>", "<bdi>&lt;i&gt;hello&lt;/i&gt;</bdi></ins>")
                .contains("<code>when.value</code>", "<bdi>tea</bdi></del>", "<bdi>coffee</bdi></ins>")
                .contains("<code>url</code>", "https://erp.example.com/a", "https://erp.example.com/b")
                .contains("<code>secret</code>", "given in the file, not shown")
                .doesNotContain("whsec_", "<code>priority</code>");
    }

    @ParameterizedTest
    @CsvSource({"'version: 2', version", "'- nothing', Nothing was changed", "'rules: [', Nothing was changed"})
    void aFileThatIsWrongChangesNothingAndStaysInTheForm(String yaml, String said) {
        asTenant();

        assertThat(textOf("/account/configuration", "yaml", yaml)).contains(said, yaml);
    }
}
