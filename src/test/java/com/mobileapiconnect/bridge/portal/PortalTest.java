package com.mobileapiconnect.bridge.portal;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The portal without a browser: who gets in, what pages say, and that they can do what the reader's key can. */
class PortalTest extends ReadersPages {

    private static final int HEAVIEST = 150 << 10;
    private static final String SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    @Test
    void whoHasNotSignedInIsAskedForAKeyAndThenSeesWhatWasWanted() {
        String wanted = "/messages?q=tea";
        assertThat(browser.get("/").expect(200).text()).contains("API key");
        Api.Reply asked = browser.get(wanted).expect(401);
        assertThat(asked.text()).contains("value=\"/messages?q=tea\"").doesNotContain("Sign out");

        assertThat(browser.post("/sign-in", "key", key, "to", wanted)
                        .expect(303)
                        .header("Location"))
                .isEqualTo(wanted);
        assertThat(browser.get(wanted).expect(200).text()).contains("Sign out", "No message matches");
    }

    @Test
    void aPageThatRenewsItselfIsRefusedWhenItsSessionHasEndedAndKeepsWhatIsInIt() {
        browser.signIn(key);
        browser.get("/", "X-By-Itself", "yes").expect(200);
        browser.submit("/sign-out").expect(303);

        Api.Reply refused = browser.get("/", "X-By-Itself", "yes").expect(401);
        assertThat(refused.header("HX-Refresh")).isEmpty(); // it would take the whole page away
    }

    @Test
    void theCookieIsForThisSiteAloneAndForNoScript() {
        String cookie = browser.signIn(key).header("Set-Cookie");

        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "elsewhere"})
    void nobodyIsSentElsewhereAfterSigningIn(String to) {
        assertThat(browser.post("/sign-in", "key", key, "to", to).expect(303).header("Location"))
                .isEqualTo("/");
    }

    @Test
    void aPhonesTokenOpensNothing() {
        String token =
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token");

        assertThat(browser.signIn(token).expect(403).text()).contains("This is a phone");
        assertThat(browser.cookie).isEmpty();
    }

    @Test
    void signingOutEndsTheSessionAtTheBridge() {
        browser.signIn(key);
        String cookie = browser.cookie;
        browser.submit("/sign-out").expect(303);

        browser.cookie = cookie;
        browser.get("/messages").expect(401);
    }

    @Test
    void aDeletedKeyIsSignedOutWithItsNextRequest() {
        String id = tenant.post("/v1/keys", "{\"name\":\"second\"}").expect(201).at("/id");
        Api.Reply second = tenant.post("/v1/keys", "{\"name\":\"third\"}").expect(201);
        browser.signIn(second.at("/key"));
        browser.get("/messages").expect(200);
        tenant.delete("/v1/keys/" + second.at("/id")).expect(204);
        tenant.delete("/v1/keys/" + id).expect(204);

        browser.get("/messages").expect(200, 401);
        assertThat(browser.get("/messages").expect(401).text()).contains("API key");
    }

    @Test
    void aFormThatIsNotFromThePageChangesNothing() {
        browser.signIn(key);
        String[] form = {"url", "https://erp.example.com/hook", "enabled", "yes"};

        browser.post("/webhooks/forward/save", form).expect(403);
        browser.send("/webhooks/forward/save", List.of(), "formToken", "guessed")
                .expect(403);
        browser.send(
                        "/webhooks/forward/save",
                        List.of("Sec-Fetch-Site", "cross-site"),
                        "formToken",
                        browser.formToken,
                        "url",
                        "https://erp.example.com/hook")
                .expect(403);
        browser.send("/sign-in", List.of("Sec-Fetch-Site", "cross-site"), "key", key)
                .expect(403);
        assertThat(tenant.get("/v1/webhooks").json().get("url").isNull()).isTrue();

        browser.submit("/webhooks/forward/save", form).expect(303);
        assertThat(tenant.get("/v1/webhooks").at("/url")).isEqualTo("https://erp.example.com/hook");
    }

    @Test
    void whatBelongsToAnotherTenantIsNotThere() {
        Api other = bridge().newTenant().api();
        String message = sms(other, "919876543210", "theirs");
        String connection = other.connection("https://erp.example.com/", "");
        browser.signIn(key);

        browser.get("/messages/" + message).expect(404);
        browser.get("/connections/" + connection).expect(404);
        browser.submit("/connections/" + connection + "/pause").expect(404);
        assertThat(browser.get("/messages").expect(200).text()).doesNotContain("theirs");
        assertThat(other.get("/v1/connections/" + connection).at("/status")).isEqualTo("active");
    }

    @Test
    void aKeyThatMayNotIsToldSo() {
        browser.signIn(newKey("{\"scopes\":[\"read\"]}"));
        browser.get("/webhooks").expect(200);

        Api.Reply refused = browser.submit("/webhooks/forward/save", "url", "https://erp.example.com/")
                .expect(403);
        assertThat(refused.text()).contains("You may not see this", "scope", "Sign out");
        assertThat(tenant.get("/v1/webhooks").json().get("url").isNull()).isTrue();
    }

    @Test
    void theOperatorSeesHisPagesAndIsToldWhoseTheOthersAre() {
        browser.signIn(RunningBridge.OPERATOR_KEY);

        assertThat(browser.get("/").expect(200).text()).contains(">Routes<", ">Tenants<", ">Settings<");
        assertThat(browser.get("/tenants").expect(200).text()).contains("New tenant");
        assertThat(browser.get("/messages").expect(403).text()).contains("belongs to a tenant");
    }

    @Test
    void aTenantHasNoPagesOfTheOperator() {
        browser.signIn(key);

        assertThat(browser.get("/").text()).doesNotContain("href=\"/tenants\"");
        browser.get("/tenants").expect(403);
        browser.submit("/tenants", "name", "Mine").expect(403);
    }

    @Test
    void whatComesFromOutsideIsShownAsText() {
        tenant.post("/v1/devices", "{\"name\":" + PortalSuite.quoted(SCRIPT) + "}")
                .expect(201);
        tenant.post(
                        "/v1/rules",
                        "{\"name\":" + PortalSuite.quoted(SCRIPT)
                                + ",\"when\":{\"field\":\"text\",\"op\":\"contains\",\"value\":"
                                + PortalSuite.quoted(SCRIPT) + "},\"then\":[{\"type\":\"reply\",\"text\":"
                                + PortalSuite.quoted(SCRIPT) + "}]}")
                .expect(201);
        try (Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(500, SCRIPT))) {
            tenant.post(
                            "/v1/connections",
                            "{\"name\":" + PortalSuite.quoted(SCRIPT) + ",\"outboundUrl\":\"" + receiver.url("/x")
                                    + "\",\"redelivery\":{\"maxAttempts\":1}}")
                    .expect(201);
            String id = sms(tenant, SCRIPT, SCRIPT);
            eventually(() -> assertThat(
                            tenant.get("/v1/deliveries?status=failed").json().get("data"))
                    .isNotEmpty());
            browser.signIn(key);
            for (String path : List.of(
                    "/",
                    "/messages",
                    "/messages/" + id,
                    "/deliveries",
                    "/rules",
                    "/connections",
                    "/phones",
                    "/messages?q=" + java.net.URLEncoder.encode(SCRIPT, StandardCharsets.UTF_8))) {
                String text = browser.get(path).expect(200).text();
                assertThat(text).as(path).doesNotContain("<script>alert", "<img src=x");
                assertThat(text).as(path).contains("&lt;script");
            }
        }
    }

    @Test
    void aPageAsksNobodyElseRunsNoForeignScriptAndStaysInNoCache() {
        browser.signIn(key);
        Api.Reply page = browser.get("/messages").expect(200);

        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.text()).doesNotContain("style=\"", "onclick", "<style", "javascript:");
    }

    @Test
    void aPageWithAllItsFilesIsLight() throws IOException {
        for (int i = 0; i < 30; i++) {
            sms(
                    tenant,
                    "91987654" + (1000 + i),
                    "order " + i + " of something that takes a line or two to say in an SMS");
        }
        browser.signIn(key);
        int files = 0;
        for (String file :
                List.of("portal.css", "portal.js", "session.js", "live.js", "palette.js", "htmx.js", "icon.svg")) {
            files += packed(browser.get("/portal/" + file).expect(200).text());
        }
        for (String path : List.of("/", "/messages", "/deliveries", "/phones", "/connections")) {
            assertThat(files + packed(browser.get(path).text())).as(path).isLessThan(HEAVIEST);
        }
        assertThat(browser.get("/messages", "Accept-Encoding", "gzip").header("Content-Encoding"))
                .isEqualTo("gzip");
    }

    private static int packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.size();
    }

    @Test
    void theLanguageIsTheReaders() {
        assertThat(browser.get("/", "Accept-Language", "fr, de;q=0.8").text())
                .contains("<html lang=\"de\"", "API-Schlüssel");
        assertThat(browser.get("/", "Accept-Language", "fr").text()).contains("<html lang=\"en\"");
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsNotOverwritten() {
        String id = tenant.connection("https://erp.example.com/", "");
        browser.signIn(key);
        String version = tenant.get("/v1/connections/" + id).at("/version");
        String[] mine = {"version", version, "name", "Mine", "outboundUrl", "https://erp.example.com/", "enabled", "yes"
        };
        browser.submit("/connections/" + id, mine).expect(303);

        Api.Reply late = browser.submit(
                        "/connections/" + id,
                        "version",
                        version,
                        "name",
                        "Late",
                        "outboundUrl",
                        "https://erp.example.com/")
                .expect(412);
        assertThat(late.text()).contains("Somebody else changed this meanwhile");
        assertThat(tenant.get("/v1/connections/" + id).at("/name")).isEqualTo("Mine");
    }

    @Test
    void whatIsNoPathIsNotFound() {
        browser.signIn(key);

        for (String path : List.of("/messages/nothing", "/messages/a%2Fb", "/phones/%00", "/rules/rule_x")) {
            assertThat(browser.get(path).status()).as(path).isIn(400, 404);
        }
        for (Map.Entry<String, Integer> each :
                Map.of("/messages?since=x", 200, "/messages?cursor=x", 200).entrySet()) {
            browser.get(each.getKey()).expect(each.getValue());
        }
    }
}
