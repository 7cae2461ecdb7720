package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms that come twice, and forms that outlive their session, without a browser. */
class PortalSessionsTest extends ReadersPages {

    private static final String URL = "https://erp.example.com/hook";
    private static final String ROTATE = "/webhooks/forward/rotate";
    private static final String SAVE = "/webhooks/forward/save";

    private static String found(String pattern, String page) {
        Matcher found = Pattern.compile(pattern).matcher(page);
        assertThat(found.find()).as("%s in %s", pattern, page).isTrue();
        return found.group(1).replace("&amp;", "&");
    }

    private static String secret(String page) {
        return found("id=\"secret-new\">([^<]+)<", page);
    }

    private String url() {
        return tenant.get("/v1/webhooks").at("/url");
    }

    /** Signs in at a page that asks for a key, with all that is hidden in it. */
    private Api.Reply signInAt(Api.Reply asked, String withKey) {
        return browser.post(
                "/sign-in",
                "key",
                withKey,
                "to",
                found("name=\"to\" value=\"([^\"]*)\"", asked.text()),
                "typedAt",
                found("name=\"typedAt\" value=\"([^\"]*)\"", asked.text()),
                "typed",
                found("name=\"typed\" value=\"([^\"]*)\"", asked.text()));
    }

    @Test
    void everyFormHasANumberOfItsOwn() {
        browser.signIn(key);
        String page = browser.get("/webhooks").text();

        List<String> numbers = Pattern.compile("name=\"formNumber\" value=\"([^\"]{8,})\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(numbers).hasSizeGreaterThan(1).doesNotHaveDuplicates();
        assertThat(browser.get("/webhooks").text()).doesNotContain(numbers);
    }

    @Test
    void aSecretThatIsAskedForTwiceIsMadeOnceAndShownBothTimes() {
        tenant.put("/v1/webhooks", "{\"url\":\"" + URL + "\",\"secret\":\"whsec_0123456789abcdef\"}")
                .expect(200);
        browser.signIn(key);
        String first =
                browser.submit(ROTATE, "formNumber", "number-1").expect(200).text();
        String version = tenant.get("/v1/webhooks").at("/version");

        assertThat(secret(browser.submit(ROTATE, "formNumber", "number-1")
                        .expect(200)
                        .text()))
                .isEqualTo(secret(first));
        assertThat(tenant.get("/v1/webhooks").at("/version")).isEqualTo(version);
        assertThat(secret(browser.submit(ROTATE, "formNumber", "number-2")
                        .expect(200)
                        .text()))
                .isNotEqualTo(secret(first));
    }

    @Test
    void twoThatComeAtTheSameTimeMakeOneKeyAndShowIt() {
        browser.signIn(key);
        int before = tenant.get("/v1/keys").json().get("data").size();
        String[] form = {"formNumber", "number-1", "keyName", "Warehouse", "scopes", "read"};
        List<CompletableFuture<String>> both = List.of(1, 2).stream()
                .map(each -> CompletableFuture.supplyAsync(
                        () -> browser.submit("/account/keys", form).expect(200).text()))
                .toList();

        String made = found("id=\"key-new\">([^<]+)<", both.get(0).join());
        assertThat(found("id=\"key-new\">([^<]+)<", both.get(1).join())).isEqualTo(made);
        assertThat(tenant.get("/v1/keys").json().get("data")).hasSize(before + 1);
    }

    @Test
    void aFormThatSomebodyGoesBackToAndChangesIsAnotherOne() {
        browser.signIn(key);
        for (String name : List.of("One", "Two")) {
            browser.submit("/rules/new", "formNumber", "number-1", "name", name, "priority", "5")
                    .expect(303);
        }

        assertThat(tenant.get("/v1/rules").json().get("data")).hasSize(2);
    }

    @Test
    void whatWasTypedWhenTheSessionHadEndedIsSeenAndThenSentAndNotBefore() {
        browser.signIn(key);
        String[] form = {
            "formToken", browser.formToken, "url", URL, "secret", "whsec_0123456789abcdef", "enabled", "yes"
        };
        browser.submit("/sign-out").expect(303);

        Api.Reply asked = browser.post(SAVE, form).expect(401);
        assertThat(asked.text()).contains("Your session has ended. Nothing was saved");
        Api.Reply wrong = browser.post(
                        "/sign-in",
                        "key",
                        "sk_live_wrong",
                        "to",
                        "/webhooks",
                        "typedAt",
                        SAVE,
                        "typed",
                        found("name=\"typed\" value=\"([^\"]*)\"", asked.text()))
                .expect(401);
        Api.Reply seen = signInAt(wrong, key).expect(200);
        assertThat(seen.text())
                .contains("What you had typed", "nothing of it is saved yet", "<bdi>" + URL + "</bdi>", "••••")
                .doesNotContain("<bdi>whsec");
        assertThat(tenant.get("/v1/webhooks").json().get("url").isNull()).isTrue();

        browser.submit(found("action=\"(/webhooks[^\"]*)\"", seen.text()), "url", URL, "enabled", "yes")
                .expect(303);
        assertThat(url()).isEqualTo(URL);
    }

    @Test
    void aRuleThatWasTypedIsInItsFormAgainAndNotSaved() {
        browser.signIn(key);
        String token = browser.formToken;
        browser.submit("/sign-out").expect(303);
        Api.Reply asked = browser.post(
                        "/rules/new",
                        "formToken",
                        token,
                        "name",
                        "Tea & cake",
                        "a.0.type",
                        "reply",
                        "a.0.text",
                        "We have tea.")
                .expect(401);

        String seen = signInAt(asked, key).expect(200).text();
        assertThat(seen)
                .contains("action=\"/rules/new\"", "Tea &amp; cake", "We have tea.", "nothing of it is saved yet");
        assertThat(tenant.get("/v1/rules").json().get("data")).isEmpty();
    }

    @Test
    void whoSignsInWithAnotherKeySeesNothingOfWhatWasTyped() {
        browser.signIn(key);
        String token = browser.formToken;
        browser.submit("/sign-out").expect(303);
        Api.Reply asked = browser.post(SAVE, "formToken", token, "url", URL).expect(401);

        Api.Reply other = signInAt(
                        asked,
                        bridge().newTenant()
                                .api()
                                .post("/v1/keys", "{}")
                                .expect(201)
                                .at("/key"))
                .expect(303);
        assertThat(other.header("Location")).isEqualTo("/webhooks");
        assertThat(other.text()).doesNotContain(URL);
    }

    @Test
    void aFormThatAnotherSiteHasPreparedIsNotCarriedAndOneWithoutTheMarkOfTheKeyNotShown() {
        browser.signIn(key);
        String token = browser.formToken;
        browser.submit("/sign-out").expect(303);
        assertThat(browser.send(SAVE, List.of("Sec-Fetch-Site", "cross-site"), "formToken", token, "url", URL)
                        .expect(401)
                        .text())
                .doesNotContain("erp.example.com");

        Api.Reply asked =
                browser.post(SAVE, "formToken", "guessed.guessed", "url", URL).expect(401);
        signInAt(asked, key).expect(303);
        assertThat(browser.get("/webhooks").text()).doesNotContain(URL);
    }

    @Test
    void whoHasSignedInAnewSinceSeesTheFormAgainInPlaceOfLosingIt() {
        browser.signIn(key);
        String token = browser.formToken;
        browser.signIn(key);

        String seen = browser.post(SAVE, "formToken", token, "url", URL, "enabled", "yes")
                .expect(200)
                .text();
        assertThat(seen).contains("What you had typed", URL);
        assertThat(tenant.get("/v1/webhooks").json().get("url").isNull()).isTrue();
    }

    @Test
    void aScriptHearsWhetherTheSessionGoesOnAndWithWhichToken() {
        browser.signIn(key);
        assertThat(browser.get("/sign-in", "X-By-Itself", "yes").expect(204).header("X-Form-Token"))
                .isEqualTo(browser.formToken);
        browser.submit("/sign-out").expect(303);

        assertThat(browser.get("/sign-in", "X-By-Itself", "yes").expect(401).header("X-Form-Token"))
                .isEmpty();
    }

    @Test
    void aBrowserThatDoesNotKeepTheCookieIsToldWhereToSignIn(@TempDir Path data) {
        try (RunningBridge bridge = RunningBridge.start(data, "bridge.public-url=https://sms.example.com")) {
            Browser plain = new Browser(bridge);
            String next = plain.post("/sign-in", "key", RunningBridge.TENANT_KEY, "to", "/messages?q=tea")
                    .expect(303)
                    .header("Location");
            plain.get(next).expect(200);
            plain.cookie = "";

            assertThat(plain.get(next).expect(401).text())
                    .contains("https alone", "https://sms.example.com/", "value=\"/messages?q=tea\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"devices,/phones", "rules,/rules"})
    void aKeyThatMayNotSeeTheFirstPageIsLedToOneThatItMay(String scope, String page) {
        browser.signIn(newKey("{\"scopes\":[\"" + scope + "\"]}"));

        assertThat(browser.get("/").expect(303).header("Location")).isEqualTo(page);
        browser.get(page).expect(200);
    }

    @Test
    void aKeyThatOpensNoPageIsToldSo() {
        browser.signIn(newKey("{\"scopes\":[\"send\"]}"));

        assertThat(browser.get("/").expect(403).text())
                .contains("Your key opens no page", "Sign out")
                .doesNotContain(">To the first page</a></p>");
    }
}
