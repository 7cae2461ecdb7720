package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** Pages in a real browser. All suites share one bridge and one browser; each test has a tenant of its own. */
abstract class PortalSuite {

    static final String SCRIPT =
            "<img src=x onerror=\"document.title='taken over'\"><script>document.title='taken over'</script>";
    static final Path PICTURES = Path.of("target/portal");

    private static final int PATIENCE = 60_000;
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** Started with the first suite, and ended with the process. */
    private static final class Shared {
        static final RunningBridge BRIDGE = RunningBridge.shared(
                Database.SQLITE, "bridge.routes.dir=" + emptyDirectory(), "bridge.connectors.dir=" + connectorFiles());
        static final Browser CHROMIUM = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium().orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
    }

    private final List<String> foreign = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private BrowserContext context;
    Page page;
    Api tenant;
    String key;

    /** Routes that are edited here are not those of the repository. */
    private static Path emptyDirectory() {
        try {
            return Files.createTempDirectory("portal-routes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that is good, and two that are not. */
    private static Path connectorFiles() {
        try {
            Path directory = Files.createTempDirectory("portal-connectors");
            String good = Files.readString(Path.of("connectors/http-request.kamelet.yaml"));
            Files.writeString(directory.resolve("warehouse.kamelet.yaml"), good.replace("http-request", "warehouse"));
            Files.writeString(
                    directory.resolve("broken.kamelet.yaml"), "apiVersion: camel.apache.org/v1\nkind: Camlet\n");
            Files.writeString(directory.resolve("no-yaml.kamelet.yaml"), "kind: [\n");
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static RunningBridge bridge() {
        return Shared.BRIDGE;
    }

    @BeforeEach
    void open() throws Exception {
        Assumptions.assumeTrue(
                chromium().isPresent(), "There is no Chromium here, so the portal is not tried: install chromium");
        Files.createDirectories(PICTURES);
        String id = bridge().newTenant().id();
        key = bridge().operator()
                .post("/v1/tenants/" + id + "/keys")
                .expect(201)
                .at("/key");
        tenant = bridge().operator().as(key);
        open(ColorScheme.LIGHT, 1024);
    }

    void open(ColorScheme scheme, int width) {
        open(new Browser.NewContextOptions()
                .setViewportSize(width, width < 600 ? 844 : 900)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE) // pictures show no colour on its way to another
                .setLocale("en-GB")
                .setTimezoneId("Asia/Kolkata"));
    }

    void open(Browser.NewContextOptions options) {
        if (context != null) {
            context.close();
        }
        context = Shared.CHROMIUM.newContext(options);
        context.setDefaultTimeout(PATIENCE);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        context.onRequest(request -> {
            if (!request.url().startsWith(url("")) && request.url().startsWith("http")) {
                foreign.add(request.url());
            }
        });
        page = newPage();
    }

    /** Opens one more page of the same browser, whose complaints count too. */
    Page newPage() {
        Page made = context.newPage();
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
        if (context != null) {
            context.close();
            assertThat(errors).as("what scripts and the policy complain of").isEmpty();
            assertThat(foreign).as("requests to others").isEmpty();
        }
    }

    static String url(String path) {
        return "http://localhost:" + bridge().port() + path;
    }

    void signIn() {
        signIn(key);
    }

    void signIn(String withKey) {
        page.navigate(url("/"));
        page.getByRole(
                        AriaRole.TEXTBOX,
                        new Page.GetByRoleOptions().setName("API key").setExact(true))
                .fill(withKey);
        arrive(() -> button("Sign in").click());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .waitFor();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void go(String name) {
        arrive(() -> page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages"))
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click());
    }

    /**
     * Does what leads to another page, and returns when that has loaded with its scripts and pictures. A click alone returns
     * earlier: what is pressed or typed then comes before anybody listens, or still to the page of before.
     */
    @SuppressWarnings("deprecation") // it may catch another navigation, and there is none
    void arrive(Runnable leaving) {
        page.waitForNavigation(leaving);
    }

    /** Hands an SMS over as a phone of the tenant's, and returns its id. */
    String sms(String from, String text) {
        String token = tenant.post("/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token");
        return sms(tenant.as(token), from, text);
    }

    static String sms(Api phone, String from, String text) {
        return phone.post("/v1/inbound", "{\"from\":" + quoted(from) + ",\"text\":" + quoted(text) + "}")
                .expect(202)
                .at("/messages/0/id");
    }

    static String quoted(String text) {
        return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
    }

    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    /** Looks at a page on three screens and in both schemes. Only contrast differs between the schemes, and only the order and size of things between the screens. */
    void seen(String name) {
        for (int width : new int[] {1024, 1600, 390}) {
            page.setViewportSize(width, width < 600 ? 844 : 900);
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                String shown = name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
                fits(shown);
                picture(shown);
            }
            if (width != 1600) {
                check(name + " at " + width);
            }
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        checkContrast(name);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    /** The page fits the screen, and no rule of WCAG A and AA is broken that a program can see. */
    void check(String name) {
        check(name, new AxeBuilder(page).withTags(WCAG));
        fits(name);
    }

    /** The rule that depends on the colour scheme, for a page whose other rules were checked. */
    void checkContrast(String name) {
        check(name + " in the other scheme", new AxeBuilder(page).withRules(List.of("color-contrast")));
    }

    private static void check(String name, AxeBuilder axe) {
        List<Rule> violations = axe.setLegacyMode(true).analyze().getViolations();
        assertThat(violations)
                .as(name)
                .extracting(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
                .isEmpty();
    }

    void fits(String name) {
        assertThat((int) page.evaluate(
                        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("%s fits the screen", name)
                .isLessThanOrEqualTo(0);
    }
}
