package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.mobileapiconnect.bridge.support.Api;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The things that people do on the phone's page, with and without a network. */
class PhonePageIT extends PhonePageSuite {

    private List<JsonNode> arrived(String text) {
        List<JsonNode> found = new ArrayList<>();
        tenant.get("/v1/messages?limit=500").expect(200).json().get("data").forEach(message -> {
            if (message.get("text").asText().equals(text)) {
                found.add(message);
            }
        });
        return found;
    }

    @Test
    void anSmsGoesOutAndItsReplyComesInAndIsMarkedAsSent() {
        reply();
        tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/erp") + "\"}").expect(200);
        paired("");
        send("balance");

        assertThat(message("Forward URL: delivered")).isVisible();
        assertThat(message("Your balance is 1,250.00")).isVisible();
        picture("reply-light");
        button("Mark as sent").click();
        assertThat(message("Your balance is 1,250.00").locator("[data-status=sent]"))
                .isVisible();
        eventually(() -> assertThat(tenant.get("/v1/outgoing").expect(200).at("/data/0/status"))
                .isEqualTo("sent"));
        assertThat(page.locator("#status")).hasText("Connected");
    }

    @Test
    void whatIsTypedWithoutANetworkSurvivesAKilledPageAndIsSentOnce() {
        paired("");
        page.waitForFunction("() => navigator.serviceWorker.controller !== null");
        page.context().setOffline(true);
        send("first, offline");
        send("second, offline");
        assertThat(page.locator("#status")).hasText("No connection · 2 to send");
        picture("offline-light");

        page = killed();
        page.navigate(url("/phone"));
        assertThat(message("first, offline")).containsText("waits to be sent");
        send("third, after the kill");
        assertThat(page.locator("#status")).hasText("No connection · 3 to send");
        page.reload();
        assertThat(message("third, after the kill")).isVisible();

        page.context().setOffline(false);
        assertThat(page.locator("#status")).hasText("Connected");
        for (String text : List.of("first, offline", "second, offline", "third, after the kill")) {
            eventually(() -> assertThat(arrived(text)).hasSize(1));
            assertThat(message(text)).hasCount(1);
        }
    }

    /** The page's process ends as when a phone runs out of memory. */
    private Page killed() {
        try {
            page.navigate("chrome://crash");
        } catch (PlaywrightException e) {
            // what was asked for
        }
        Page next = newPage();
        page.close();
        return next;
    }

    @Test
    void whatTheBridgeTookWithoutThePageHearingOfItCountsOnceAllTheSame() {
        paired("");
        page.route(Pattern.compile(".*/v1/inbound.*"), route -> {
            route.fetch(new Route.FetchOptions().setTimeout(120_000));
            route.abort();
        });
        send("taken, unheard");
        page.waitForCondition(() -> arrived("taken, unheard").size() == 1);
        assertThat(page.locator("#status")).containsText("1 to send");

        page = killed();
        page.navigate(url("/phone"));
        assertThat(page.locator("#status")).hasText("Connected");
        assertThat(message("taken, unheard")).hasCount(1);
        assertThat(arrived("taken, unheard")).hasSize(1);
    }

    @Test
    void theForwardUrlIsSetAndTriedOut() {
        paired(",\"manage\":true");
        link("Connect your ERP").click();
        assertThat(heading("Connect your ERP")).isVisible();
        page.getByLabel("Forward URL").fill("http://10.0.0.1/");
        button("Save").click();
        assertThat(page.locator("#erp-said")).containsText("url");

        page.getByLabel("Forward URL").fill(receiver.url("/erp"));
        button("Send a test").click();
        assertThat(page.locator("#erp-said")).hasText("Save the change first, then send a test.");
        button("Save").click();
        assertThat(page.locator("#erp-said")).hasText("Saved.");
        button("Send a test").click();
        assertThat(page.locator("#erp-said")).containsText("The test arrived: HTTP 200");
        picture("tested-light");
        assertThat(tenant.get("/v1/webhooks").at("/url")).isEqualTo(receiver.url("/erp"));
        assertThat(tenant.get("/v1/audit?limit=1").at("/data/0/action")).isEqualTo("webhook.update");
    }

    @Test
    void anAnswerThatComesLateLeavesAloneWhatIsBeingTyped() {
        paired(",\"manage\":true");
        link("Connect your ERP").click();
        Locator url = page.getByLabel("Forward URL");
        assertThat(url).isVisible();
        Deque<Route> held = new ConcurrentLinkedDeque<>();
        page.route("**/v1/phone/forward-url", held::add);
        page.evaluate("dispatchEvent(new Event('hashchange'))");
        page.waitForCondition(() -> !held.isEmpty());
        url.fill("https://erp.example/sms");
        page.waitForResponse("**/v1/phone/forward-url", () -> held.remove().resume());
        button("Send a test").click();
        assertThat(page.locator("#erp-said")).hasText("Save the change first, then send a test.");
        assertThat(url).hasValue("https://erp.example/sms");

        page.unroute("**/v1/phone/forward-url");
        link("This phone").click();
        assertThat(page.getByLabel("Language")).isVisible(); // it has left the other view
        link("Connect your ERP").click();
        assertThat(url).hasValue("");
    }

    @Test
    void aPhoneWithoutManageIsToldSo() {
        paired("");
        link("Connect your ERP").click();

        assertThat(page.getByText("This phone may not change the Forward URL")).isVisible();
        assertThat(page.getByLabel("Forward URL")).isHidden();
    }

    @Test
    void aUsedLinkSaysSoAndHowToGetANewOne() {
        String link = pair("");
        bridge().nobody()
                .post("/v1/pairing", "{\"code\":\"" + link.split("#pair=")[1] + "\"}")
                .expect(200);
        page.navigate(link);
        picture("pair-light");
        button("Pair now").click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("used already");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("new one");
        picture("used-light");
    }

    @Test
    void aUsedLinkLeavesAPairedPhoneAsItIs() {
        String link = pair("");
        page.navigate(link);
        button("Pair now").click();
        assertThat(heading("An SMS comes in")).isVisible();

        page.navigate(url("/phone?")); // the same address with a hash would load nothing
        page.navigate(link);
        assertThat(page.getByText("This phone is paired already, as Front desk."))
                .isVisible();
        button("Pair now").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("used already");
        assertThat(page.getByRole(AriaRole.ALERT)).not().containsText("POST");
        assertThat(page.locator("#status")).hasText("Connected");
        check("a used link on a paired phone");
        link("Go on as it is").click();
        send("still paired");
        eventually(() -> assertThat(arrived("still paired")).hasSize(1));

        page.navigate(url("/phone?"));
        page.navigate(link);
        button("Pair now").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.reload();
        assertThat(heading("An SMS comes in")).isVisible();
        assertThat(heading("Front desk")).isVisible();
    }

    @Test
    void whatWaitsIsNeverSentAsAnotherPhone() {
        paired("");
        String first = tenant.get("/v1/devices").at("/data/0/id");
        page.waitForFunction("() => navigator.serviceWorker.controller !== null");
        page.context().setOffline(true);
        send("of the first phone");
        assertThat(page.locator("#status")).hasText("No connection · 1 to send");
        tenant.delete("/v1/devices/" + first).expect(204);
        page.context().setOffline(false);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("never as another one");

        paired("");
        assertThat(page.locator("#status")).hasText("Connected");
        assertThat(message("of the first phone")).containsText("typed as another phone");
        send("of the second phone");
        eventually(() -> assertThat(arrived("of the second phone")).hasSize(1));
        assertThat(arrived("of the first phone")).isEmpty();
        check("an SMS of another phone");

        message("of the first phone").getByRole(AriaRole.BUTTON).click();
        assertThat(message("of the first phone")).hasCount(0);
        assertThat(arrived("of the first phone")).isEmpty();
    }

    @Test
    void aPastedTokenPairsAndAWrongOneDoesNot() {
        String token =
                tenant.post("/v1/devices", "{\"name\":\"Pasted\"}").expect(201).at("/token");
        page.navigate(url("/phone"));
        page.getByLabel("Pairing link or token").fill("dvt_wrong");
        button("Pair").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not know this token");

        page.getByLabel("Pairing link or token").fill(token);
        button("Pair").click();
        assertThat(heading("Pasted")).isVisible();
        send("from a pasted token");
        eventually(() -> assertThat(arrived("from a pasted token")).hasSize(1));
    }

    @Test
    void aPhoneThatMustSignSignsWhatItSends() {
        paired(",\"signingKey\":\"k1234567\"");
        send("signed");

        eventually(() -> assertThat(arrived("signed")).hasSize(1));
    }

    @Test
    void anAppsPageShowsItsOwnUrlAndKey() {
        Api.Reply made = tenant.post(
                        "/v1/devices",
                        "{\"name\":\"Warehouse\",\"adapter\":\"android-sms-gateway\",\"signingKey\":\"k1234567\"}")
                .expect(201);
        page.navigate(made.at("/pairing/link"));
        button("Pair now").click();

        assertThat(heading("Set up android-sms-gateway")).isVisible();
        assertThat(page.getByText("Signing Key, and paste")).isVisible();
        assertThat(page.locator("code").nth(0)).hasText(made.at("/pairing/url"));
        assertThat(page.locator("code").nth(1)).hasText("k1234567");
        assertThat(page.locator("code").nth(2)).containsText(made.at("/pairing/url"));
        picture("app-light");
        page.reload();
        assertThat(page.locator("code").nth(1)).hasText("k1234567");
    }

    @Test
    void anSmsIsAlwaysText() {
        reply();
        paired("");
        send("balance " + SCRIPT);

        assertThat(message(SCRIPT)).isVisible();
        assertThat(page.locator("#messages img")).hasCount(0);
        assertThat(page).hasTitle("Phone · ERP Bridge");
    }
}
