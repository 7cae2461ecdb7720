package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The phone's page in a real browser, as large as a phone. Leaves pictures in {@code target/phone-page}. */
class PhonePageIT {

    private static final Path PICTURES = Path.of("target/phone-page");
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final int WIDTH = 390;
    private static final int HEIGHT = 844;
    private static final int SMALLEST_TARGET = 44;
    private static final String SCRIPT = "<img src=x onerror=\"document.title='taken over'\">";

    private static Playwright playwright;
    private static RunningBridge bridge;
    private static Receiver receiver;

    @TempDir
    Path profile;

    private BrowserContext browser;
    private Page page;
    private Api tenant;
    private final List<String> foreign = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        Assumptions.assumeTrue(
                chromium().isPresent(),
                "There is no Chromium here, so the phone's page is not tried: install chromium");
        Files.createDirectories(PICTURES);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        bridge = RunningBridge.start(data);
        receiver = new Receiver();
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
            bridge.close();
            receiver.close();
        }
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @BeforeEach
    void open() {
        tenant = bridge.newTenant().api();
        open(ColorScheme.LIGHT);
    }

    private void open(ColorScheme scheme) {
        browser = playwright
                .chromium()
                .launchPersistentContext(
                        profile,
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(chromium().orElseThrow())
                                .setArgs(List.of("--no-sandbox"))
                                .setViewportSize(WIDTH, HEIGHT)
                                .setDeviceScaleFactor(2)
                                .setColorScheme(scheme)
                                .setLocale("en-GB")
                                .setTimezoneId("Asia/Kolkata"));
        browser.onRequest(request -> {
            if (!request.url().startsWith(url(""))) {
                foreign.add(request.url());
            }
        });
        page = newPage();
    }

    private Page newPage() {
        Page made = browser.newPage();
        made.onPageError(errors::add);
        made.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                errors.add(message.text());
            }
        });
        return made;
    }

    @AfterEach
    void close() {
        browser.close();
        assertThat(errors).isEmpty();
        assertThat(foreign).filteredOn(url -> url.startsWith("http")).isEmpty();
    }

    private static String url(String path) {
        return "http://localhost:" + bridge.port() + path;
    }

    private String pair(String fields) {
        return tenant.post("/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\"" + fields + "}")
                .expect(201)
                .at("/pairing/link");
    }

    /** Pairs by a link that was just made. */
    private void paired(String fields) {
        page.navigate(pair(fields));
        button("Pair now").click();
        assertThat(heading("An SMS comes in")).isVisible();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    private void go(String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private void send(String text) {
        page.getByLabel("From (customer’s number)").fill("919876543210");
        page.getByLabel("Text").fill(text);
        button("Send").click();
    }

    private Locator message(String text) {
        return page.locator("#messages > li").filter(new Locator.FilterOptions().setHasText(text));
    }

    private List<JsonNode> arrived(String text) {
        List<JsonNode> found = new ArrayList<>();
        tenant.get("/v1/messages?limit=500").expect(200).json().get("data").forEach(message -> {
            if (message.get("text").asText().equals(text)) {
                found.add(message);
            }
        });
        return found;
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    private void reply() {
        tenant.post("/v1/rules", """
                        {"name":"Balance","when":{"field":"text","op":"keyword","value":"balance"},
                         "then":[{"type":"reply","text":"Your balance is 1,250.00"}]}""").expect(201);
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
        browser.setOffline(true);
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

        browser.setOffline(false);
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
            route.fetch();
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
        go("Connect your ERP");
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
    void aPhoneWithoutManageIsToldSo() {
        paired("");
        go("Connect your ERP");

        assertThat(page.getByText("This phone may not change the Forward URL")).isVisible();
        assertThat(page.getByLabel("Forward URL")).isHidden();
    }

    @Test
    void aUsedLinkSaysSoAndHowToGetANewOne() {
        String link = pair("");
        bridge.nobody()
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

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void noViewHasAFaultOfAccessibilityInEitherScheme(ColorScheme scheme) {
        browser.close();
        open(scheme);
        reply();
        String suffix = scheme == ColorScheme.LIGHT ? "-light" : "-dark";
        page.navigate(url("/phone"));
        assertThat(heading("Pair this phone")).isVisible();
        check("unpaired" + suffix);

        paired(",\"manage\":true");
        check("empty" + suffix);
        tenant.put("/v1/webhooks", "{\"url\":\"http://127.0.0.1:1/\"}").expect(200);
        send("balance");
        assertThat(button("Mark as sent")).isVisible();
        send(
                "A longer one, with several lines.\nThe second line. https://example.com/a/very/long/address/that/does/not/fit");
        assertThat(message("A longer one")).containsText("on its way");
        check("phone" + suffix);
        go("Connect your ERP");
        assertThat(page.getByLabel("Forward URL")).isVisible();
        check("erp" + suffix);
        go("This phone");
        check("device" + suffix);
        page.getByLabel("Language").selectOption("de");
        go("Telefon");
        check("german" + suffix);
    }

    private void check(String name) {
        picture(name);
        List<Rule> violations = new AxeBuilder(page)
                .withTags(WCAG)
                .setLegacyMode(true)
                .analyze()
                .getViolations();
        assertThat(violations)
                .as(name)
                .extracting(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
                .isEmpty();
        for (Locator target : page.locator("button:visible, input:visible, select:visible, nav a:visible")
                .all()) {
            BoundingBox box =
                    target.evaluate("e => e.closest('label.switch') !== null").equals(true)
                            ? target.locator("xpath=ancestor::label").boundingBox()
                            : target.boundingBox();
            assertThat(box.height).as(name + ": " + target).isGreaterThanOrEqualTo(SMALLEST_TARGET);
        }
        assertThat(page.evaluate("() => document.documentElement.scrollWidth"))
                .as("%s fits the screen", name)
                .isEqualTo(WIDTH);
    }
}
