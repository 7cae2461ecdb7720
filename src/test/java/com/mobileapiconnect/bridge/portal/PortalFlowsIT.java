package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main tasks of the portal, as people do them. */
class PortalFlowsIT extends PortalSuite {

    private void send(Page phone, String text) {
        phone.getByLabel("From (customer’s number)").fill("919876543210");
        phone.getByLabel("Text").fill(text);
        phone.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Send").setExact(true))
                .click();
    }

    @Test
    void fromAnEmptyStoreToTheFirstDeliveredSms() {
        try (Receiver receiver = new Receiver()) {
            signIn();
            assertThat(heading("Four steps to your first delivered SMS")).isVisible();
            go("Webhooks");
            page.getByLabel("URL").first().fill(receiver.url("/erp"));
            arrive(() -> button("Save").first().click());
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");

            go("Home");
            button("Open a phone in this browser").click();
            button("Pair now").click();
            assertThat(heading("An SMS comes in")).isVisible();
            send(page, "my first SMS");
            eventually(() -> assertThat(receiver.requests("/erp")).hasSize(1));

            page.navigate(url("/"));
            assertThat(page.getByText("Your first SMS was delivered")).isVisible();
            picture("first-delivered-light-1024");
        }
    }

    @Test
    void homeShowsWhatArrivesWithoutBeingAsked() {
        signIn();
        assertThat(page.getByText("No SMS yet.")).isVisible();
        sms("919876543210", "here I am");

        assertThat(link("919876543210")).isVisible();
    }

    @Test
    void aSessionThatEndsInAnotherWindowIsSaidAtOnceAndSigningInLeadsBack() {
        signIn();
        sms("919876543210", "tea, please");
        page.navigate(url("/messages?q=tea"));
        assertThat(page.getByText("tea, please").first()).isVisible();
        Page other = page.context().newPage();
        other.navigate(url("/rules"));
        other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Your session has ended.");
        assertThat(page.getByText("tea, please")).hasCount(0);
        seen("session-ended");
        page.getByLabel("API key").fill(key);
        button("Sign in").click();
        assertThat(page.getByText("tea, please").first()).isVisible();
        assertThat(page).hasURL(url("/messages?q=tea"));
    }

    @Test
    void aPageThatKeepsItselfUpEndsWithItsSessionThatNobodyUsed() {
        signIn();
        assertThat(page.getByText("No SMS yet.")).isVisible();
        eventually(() -> assertThat(bridge().bean(Live.class).count()).isPositive());
        String id = page.context().cookies().get(0).value;
        Session session = bridge().bean(Sessions.class).find(id).orElseThrow();
        session.used(session.lastUsed().minus(Duration.ofHours(2)));

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Your session has ended.");
        assertThat(page.getByText("No SMS yet.")).hasCount(0);
    }

    @Test
    void linksAndButtonsAreNamedAsPromised() {
        List<String> names = List.of("Home", "Messages", "Rules", "Webhooks", "Connections", "Deliveries", "Phones");
        signIn();
        onlyOneLinkEach(names);
        for (String name : names) {
            go(name);
            assertThat(heading(name)).isVisible();
            onlyOneLinkEach(names);
        }
        for (String path : List.of("/rules/new", "/connections/new/webhook", "/rules/rule_nowhere")) {
            page.navigate(url(path));
            onlyOneLinkEach(names);
        }
        sms("919876543210", "hello"); // nobody gets it
        eventually(
                () -> assertThat(tenant.get("/v1/messages").json().get("data")).hasSize(1));
        page.navigate(url("/messages/" + tenant.get("/v1/messages").at("/data/0/id")));
        onlyOneLinkEach(names);
        button("Sign out").click();
        assertThat(page.getByRole(
                        AriaRole.TEXTBOX,
                        new Page.GetByRoleOptions().setName("API key").setExact(true)))
                .isVisible();

        signIn(RunningBridge.OPERATOR_KEY);
        List<String> operators = List.of("Routes", "Tenants", "Settings");
        onlyOneLinkEach(operators);
        for (String name : operators) {
            go(name);
            assertThat(heading(name)).isVisible();
            onlyOneLinkEach(operators);
        }
    }

    /** Whoever looks for a link by its name, or by a part of it, finds that of the navigation. */
    private void onlyOneLinkEach(List<String> names) {
        for (String name : names) {
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)))
                    .hasCount(1);
        }
    }

    @Test
    void aMessageThatFailedIsFoundByItsNumberToldAndSentAgain() {
        try (Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(503, "closed for lunch"))) {
            tenant.connection(receiver.url("/sap"), "\"redelivery\":{\"maxAttempts\":1}");
            sms("+91 98765 43210", "where is my order?");
            sms("911111111111", "another");
            eventually(() -> assertThat(
                            tenant.get("/v1/deliveries?status=failed").json().get("data"))
                    .hasSize(2));
            signIn();
            go("Messages");
            page.getByLabel("Sender, words or id").fill("919876543210");
            assertThat(page.locator("#results").getByText("another")).isHidden();
            arrive(() -> link("+91 98765 43210").click());

            assertThat(page.getByText("It did not arrive everywhere: 1 of 1 deliveries failed."))
                    .isVisible();
            page.getByText("#1").click();
            assertThat(page.getByText("closed for lunch")).isVisible();
            receiver.answering(200);
            arrive(() -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send again to ERP"))
                    .click());
            eventually(() -> {
                page.reload();
                assertThat(page.getByText("It arrived at all of its targets (1).")
                                .isVisible())
                        .isTrue();
            });
        }
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        page.navigate(url("/"));
        assertThat(page.getByLabel("API key")).isFocused();
        page.keyboard().type(key);
        arrive(() -> page.keyboard().press("Enter"));
        assertThat(heading("Home")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText("Skip to the content");
        tabTo("Rules");
        arrive(() -> page.keyboard().press("Enter"));
        assertThat(heading("Rules")).isVisible();
        tabTo("New rule");
        arrive(() -> page.keyboard().press("Enter"));
        assertThat(heading("New rule")).isVisible();
        tabTo("Name");
        page.keyboard().type("By keyboard");
        tabTo("Reply by SMS");
        page.keyboard().press("Enter");
        assertThat(page.locator(":focus")).hasAttribute("name", "a.0.text"); // what was added has the focus
        page.keyboard().type("Hello");
        tabTo("Save");
        page.keyboard().press("Enter");

        assertThat(link("By keyboard")).isVisible();
        assertThat(tenant.get("/v1/rules").at("/data/0/then/0/text")).isEqualTo("Hello");
    }

    /** Presses Tab until what has this name has the focus. */
    private void tabTo(String name) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            Object named = page.evaluate("""
                    () => {
                      const e = document.activeElement;
                      return e === document.body ? "" : e.labels?.length ? e.labels[0].textContent : e.textContent;
                    }""");
            if (named.toString().strip().equals(name)) {
                assertThat((boolean) page.evaluate("() => document.activeElement.matches(':focus-visible')"))
                        .isTrue();
                return;
            }
        }
        throw new AssertionError("Tab never comes to " + name);
    }

    @Test
    void nothingThatCameFromOutsideBecomesMarkup() {
        tenant.post(
                        "/v1/rules",
                        "{\"name\":" + quoted(SCRIPT) + ",\"then\":[{\"type\":\"reply\",\"text\":" + quoted(SCRIPT)
                                + "}]}")
                .expect(201);
        try (Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(500, SCRIPT))) {
            tenant.post(
                            "/v1/connections",
                            "{\"name\":" + quoted(SCRIPT) + ",\"outboundUrl\":\"" + receiver.url("/x")
                                    + "\",\"redelivery\":{\"maxAttempts\":1}}")
                    .expect(201);
            String id = sms(SCRIPT.substring(0, 60), SCRIPT);
            eventually(() -> assertThat(
                            tenant.get("/v1/deliveries?status=failed").json().get("data"))
                    .isNotEmpty());
            signIn();
            for (String path :
                    List.of("/", "/messages", "/messages/" + id, "/deliveries", "/rules", "/connections", "/phones")) {
                page.navigate(url(path));
                assertThat(page.locator("main img")).hasCount(0);
                assertThat(page.locator("main script")).hasCount(0);
                assertThat(page.title()).as(path).isNotEqualTo("taken over");
            }
        }
    }

    @Test
    void withoutScriptsEverythingCanStillBeRead() {
        String id = sms("919876543210", "read me");
        open(new Browser.NewContextOptions().setJavaScriptEnabled(false).setViewportSize(1024, 900));
        signIn();
        go("Messages");
        assertThat(page.getByText("UTC").first()).isVisible();
        link("919876543210").click();

        assertThat(page.getByText("read me")).isVisible();
        assertThat(page).hasURL(url("/messages/" + id));
    }

    @Test
    void aLanguageThatIsReadFromTheRightTurnsThePage() {
        sms("919876543210", "from the right");
        signIn();
        go("Messages");
        page.evaluate("() => { document.documentElement.dir = 'rtl'; }");

        double side = page.locator(".side").boundingBox().x;
        assertThat(side).isGreaterThan(page.locator("main").boundingBox().x);
        assertThat((int) page.evaluate(
                        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isLessThanOrEqualTo(0);
        picture("messages-rtl-1024");
    }

    @Test
    void theGermanPagesAreGerman() {
        open(new Browser.NewContextOptions().setLocale("de-DE").setViewportSize(1024, 900));
        page.navigate(url("/"));
        page.getByLabel("API-Schlüssel").fill(key);
        button("Anmelden").click();

        assertThat(heading("Vier Schritte zur ersten zugestellten SMS")).isVisible();
        check("German first run");
    }

    @Test
    void aConnectionIsMadeFromTheCatalogueTestedPausedAndDeleted() {
        try (Receiver receiver = new Receiver()) {
            signIn();
            go("Connections");
            arrive(() -> page.locator("a[href='/connections/new/webhook']").click());
            page.getByLabel("Name").first().fill("Warehouse");
            page.getByLabel("URL").fill("http://10.0.0.1/");
            button("Save").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nothing was changed");
            assertThat(page.getByLabel("Name").first()).hasValue("Warehouse");
            page.getByLabel("URL").fill(receiver.url("/wh"));
            button("Save").click();
            assertThat(heading("Warehouse")).isVisible();

            button("Send a test").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("The test arrived.");
            button("Pause").click();
            assertThat(page.getByText("Paused", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            button("Resume").click();
            assertThat(button("Pause")).isVisible();
            page.getByText("Delete this connection").click();
            button("Delete").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("Deleted.");
        }
    }

    @Test
    void aPhoneIsPairedByAPicture() {
        signIn();
        go("Phones");
        page.getByLabel("Name").first().fill("Warehouse");
        arrive(() -> button("Pair").click());

        assertThat(page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("The pairing link as a QR code")))
                .isVisible();
        page.waitForFunction("() => document.querySelector('img.qr').naturalWidth > 0");
        picture("paired-light-1024");
        check("paired");
    }
}
