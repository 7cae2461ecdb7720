package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import com.mobileapiconnect.bridge.support.Receiver;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The pages that people have open all day: they keep up, find everything, and give it away as files. */
class PortalDailyIT extends PortalSuite {

    private Locator notice() {
        return page.locator("#cut-off");
    }

    private void failed(Receiver receiver, int count) {
        tenant.connection(receiver.url("/sap"), "\"redelivery\":{\"maxAttempts\":1}");
        for (int i = 0; i < count; i++) {
            sms("91987654321" + i, "order " + i);
        }
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?status=failed").json().get("data"))
                .hasSize(count));
    }

    @Test
    void whatWasCutIsSaidQuietlyAndRestored() {
        signIn();
        assertThat(page.getByText("No SMS yet.")).isVisible();
        eventually(() -> assertThat(bridge().bean(Live.class).count()).isPositive());
        assertThat(notice()).isHidden();

        page.route("**/", Route::abort);
        bridge().bean(Live.class).cut();
        assertThat(notice()).isVisible();
        sms("919876543210", "while it was cut");
        picture("cut-off-light-1024");
        check("cut off");

        page.unroute("**/");
        assertThat(link("919876543210")).isVisible();
        assertThat(notice()).isHidden();
    }

    @Test
    void aStoryWithLongNamesFitsASmallPhone() {
        tenant.post("/v1/connections", """
                        {"name":"SAP_S4HANA_PRODUCTION_CUSTOMER_MESSAGES_INBOUND","outboundUrl":"https://erp.example.com/",
                         "enabled":false}""").expect(201);
        tenant.post("/v1/rules", """
                        {"name":"Forward_every_balance_request_to_collections",
                         "then":[{"type":"webhook","url":"https://erp.example.com/"},{"type":"reply","text":"hi"}]}""").expect(201);
        String id = sms("919876543210", "balance");
        signIn();
        page.setViewportSize(320, 640);
        page.navigate(url("/messages/" + id));
        assertThat(page.getByText("Forward_every_balance_request_to_collections")
                        .first())
                .isVisible();
        fits("a story with long names");
    }

    @Test
    void theFirstDeliveredSmsIsCelebratedWhereSomebodyWaitsForItAndWithoutMotionForWhomDislikesIt() {
        try (Receiver receiver = new Receiver()) {
            tenant.connection(receiver.url("/erp"), "");
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            signIn();
            assertThat(heading("Four steps to your first delivered SMS")).isVisible();
            sms("919876543210", "hello");

            assertThat(page.getByText("Your first SMS was delivered")).isVisible();
            assertThat((String)
                            page.evaluate("getComputedStyle(document.querySelector('.hooray .rays')).animationName"))
                    .isEqualTo("none");
            page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
            assertThat((String)
                            page.evaluate("getComputedStyle(document.querySelector('.hooray .rays')).animationName"))
                    .isEqualTo("burst");
            check("celebration");
        }
    }

    @Test
    void aListShowsWhatArrivesButMovesNothingUnderSomebodyAtWork() {
        try (Receiver receiver = new Receiver().answering(500)) {
            failed(receiver, 1);
            signIn();
            page.navigate(url("/deliveries"));
            assertThat(page.locator("tbody tr")).hasCount(1);
            sms("919876543219", "another");
            assertThat(page.locator("tbody tr")).hasCount(2);

            page.locator("tbody input[type=checkbox]").first().check();
            assertThat(button("Send 1 again")).isVisible();
            sms("919876543218", "one more");
            assertThat(button("Show what is new")).isVisible();
            assertThat(page.locator("tbody tr")).hasCount(2);
            assertThat(page.locator("tbody input:checked")).hasCount(1);
            button("Show what is new").click();
            assertThat(page.locator("tbody tr")).hasCount(3);
        }
    }

    @Test
    void manyAreChosenAtOnceAndSentAgainFromTheFilterThatWasSet() {
        try (Receiver receiver = new Receiver().answering(500)) {
            failed(receiver, 3);
            receiver.answering(200);
            signIn();
            page.navigate(url("/deliveries?status=failed&since=2020-01-01T00:00"));
            page.getByLabel("Choose all on this page").check();
            arrive(() -> button("Send 3 again").click());

            assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("Sent again");
            assertThat(page.getByLabel("Since")).hasValue("2020-01-01T00:00");
            assertThat(heading("No delivery has failed")).isVisible();
        }
    }

    @Test
    void theProgressOfSendingAgainSurvivesAReload() {
        try (Receiver receiver = new Receiver().answering(500)) {
            failed(receiver, 2);
            receiver.answering(200);
            signIn();
            page.navigate(url("/deliveries"));
            arrive(() -> button("Send all of these again …").click());
            assertThat(page.getByText("2 failed deliveries match.")).isVisible();
            arrive(() -> button("Send 2 again").click());
            assertThat(page.getByText("2 of 2")).isVisible();
            page.reload();
            assertThat(page.getByText("2 of 2")).isVisible();
            check("job");
        }
    }

    @Test
    void theStoryShowsWhatWasSentAndGivesItAsCurl() {
        try (Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(503, "closed"))) {
            tenant.connection(
                    receiver.url("/sap"), "\"secret\":\"whsec_0123456789abcdef\",\"redelivery\":{\"maxAttempts\":1}");
            String id = sms("919876543210", "it's <b>me</b>");
            eventually(() -> assertThat(
                            tenant.get("/v1/deliveries?status=failed").json().get("data"))
                    .hasSize(1));
            signIn();
            page.navigate(url("/messages/" + id));
            link("What was sent").click();

            assertThat(page.getByText("X-MAC-Signature", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(page.locator("[data-keep]")).containsText("***");
            page.locator("[data-keep] summary").click();
            assertThat(page.locator("[data-keep] code").last()).containsText("curl -X POST '" + receiver.url("/sap"));
            assertThat(page.locator("[data-keep]")).not().containsText("whsec_");
            picture("sent-light-1024");
            check("what was sent");
            page.navigate(url("/deliveries/" + tenant.get("/v1/deliveries").at("/data/0/id") + "/request"));
            assertThat(heading("What was sent")).isVisible();
        }
    }

    @Test
    void controlKFindsAPageATargetAndAMessageWithTheKeyboardAlone() {
        tenant.connection("https://erp.example.com/", "");
        String id = sms("+91 98765 43210", "where is my order?");
        signIn();
        go("Rules");
        page.keyboard().press("Control+k");
        Locator field = page.getByRole(AriaRole.COMBOBOX);
        assertThat(field).isFocused();

        find("deliv");
        assertThat(page.getByRole(AriaRole.OPTION).first()).containsText("Deliveries");
        arrive(() -> page.keyboard().press("Enter"));
        assertThat(heading("Deliveries")).isVisible();

        page.keyboard().press("Control+k");
        find("919876543210");
        Locator message =
                page.getByRole(AriaRole.OPTION).filter(new Locator.FilterOptions().setHasText("where is my order?"));
        assertThat(message).isVisible();
        picture("palette-light-1024");
        check("palette");
        page.keyboard().press("ArrowDown");
        assertThat(message).hasAttribute("aria-selected", "true");
        arrive(() -> page.keyboard().press("Enter"));
        assertThat(page).hasURL(url("/messages/" + id));

        page.keyboard().press("Control+k");
        find("ERP");
        assertThat(page.getByRole(AriaRole.OPTION).first()).containsText("ERP");
        page.keyboard().press("Escape");
        assertThat(field).isHidden();
    }

    /** Types this, and waits for what is found by the whole of it: a slow browser asks for its beginning too. */
    private void find(String what) {
        page.waitForResponse(answer -> answer.url().endsWith("/find?q=" + what), () -> page.keyboard()
                .type(what));
        assertThat(page.locator("#palette-none")).hasText("");
    }

    @Test
    void withoutScriptsFindingWorksAsAPage() {
        String id = sms("919876543210", "hello");
        open(new Browser.NewContextOptions().setJavaScriptEnabled(false).setViewportSize(1024, 900));
        signIn();
        page.locator("#find").click();
        page.getByRole(AriaRole.SEARCHBOX).fill("919876543210");
        button("Find").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("919876543210: hello"))
                .click();

        assertThat(page).hasURL(url("/messages/" + id));
    }

    @Test
    void aListIsAFileAndTimesAreTheReaders() throws Exception {
        String id = sms("919876543210", "=1+1");
        String acceptedAt = tenant.get("/v1/messages/" + id).at("/acceptedAt");
        signIn();
        go("Messages");
        Locator time = page.locator("tbody time");
        assertThat(time).hasAttribute("data-zoned", "");
        assertThat(time.getAttribute("title")).contains("GMT+5:30", acceptedAt);

        Download file = page.waitForDownload(() -> link("Export as CSV").click());
        assertThat(file.suggestedFilename()).isEqualTo("messages.csv");
        assertThat(Files.readString(file.path())).contains(id, "\"'=1+1\"");
    }

    @Test
    void aSearchByTimeIsInTheReadersZone() {
        sms("919876543210", "just now");
        signIn();
        go("Messages");
        String now = (String)
                page.evaluate(
                        "() => new Date(Date.now() - 120000 - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 16)");
        page.getByLabel("Since").fill(now);
        page.getByLabel("Since").dispatchEvent("change");
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*zone=Asia%2FCalcutta.*|.*zone=Asia%2FKolkata.*"));
        assertThat(link("919876543210")).isVisible();

        page.getByLabel("Until").fill(now);
        page.getByLabel("Until").dispatchEvent("change");
        assertThat(heading("No message matches")).isVisible();
    }

    @Test
    void aConversationIsReadFromTheTop() {
        String token = tenant.post(
                        "/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\",\"outbox\":true}")
                .expect(201)
                .at("/token");
        sms(tenant.as(token), "919876543210", "first");
        tenant.post("/v1/messages", "{\"to\":\"919876543210\",\"text\":\"second\"}")
                .expect(202);
        sms(tenant.as(token), "919876543210", "third");
        signIn();
        page.navigate(url("/messages/with?number=919876543210"));

        assertThat(page.locator(".talk .bubble")).hasText(new String[] {"first", "second", "third"});
        assertThat(page.locator(".talk .out")).containsText("queued");
    }
}
