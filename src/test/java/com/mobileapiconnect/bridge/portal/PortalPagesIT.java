package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.mobileapiconnect.bridge.stats.RollUp;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every page in both colour schemes and on three screens, with a day's work in it. Leaves pictures in target/portal. */
class PortalPagesIT extends PortalSuite {

    private static final int HEAVIEST = 150 << 10;

    /** Pages by the names of their pictures, as somebody sees them who has this key. */
    private record Pages(String key, Map<String, String> paths) {}

    /** Made with the first test that looks at it; nothing of it changes any more. */
    private static Pages shop;

    private Pages shop() {
        if (shop == null) {
            try (Receiver receiver = new Receiver()) {
                receiver.answering(got -> Receiver.Answer.of(got.path().equals("/down") ? 503 : 200));
                shop = new Pages(key, filled(receiver));
            }
        }
        return shop;
    }

    /** Fills the tenant as a shop's would be, and returns the pages to look at. */
    private Map<String, String> filled(Receiver receiver) {
        tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/hook") + "\",\"secret\":\"whsec_0123456789abcdef\"}")
                .expect(200);
        String down = tenant.post(
                        "/v1/connections",
                        "{\"name\":\"SAP S/4HANA\",\"outboundUrl\":\"" + receiver.url("/down")
                                + "\",\"redelivery\":{\"maxAttempts\":1}}")
                .expect(201)
                .at("/id");
        String rule = tenant.post("/v1/rules", """
                        {"name":"Balance","when":{"all":[{"field":"text","op":"keyword","value":"balance"},
                           {"not":{"field":"from","op":"startsWith","value":"1900"}}]},
                         "then":[{"type":"reply","text":"Hi {{from}}, your balance is 1,250.00"}]}""").expect(201).at("/id");
        tenant.post("/v1/rules", """
                        {"name":"Orders","priority":20,"when":{"field":"text","op":"startsWith","value":"order"},
                         "then":[{"type":"reply","text":"We have your order."}]}""").expect(201);
        Api made = tenant.as(tenant.post(
                        "/v1/devices",
                        "{\"name\":\"Front desk\",\"number\":\"911234500000\",\"sims\":{\"1\":\"911234500000\"}}")
                .expect(201)
                .at("/token"));
        made.post("/v1/devices/heartbeat", "{\"battery\":82,\"charging\":true,\"pending\":0,\"lastNumber\":12}")
                .expect(200);
        String first = sms(made, "919876543210", "balance");
        sms(made, "+91 98765 00001", "order 4711: two boxes of tea, please, to the shop in Station Road");
        sms(
                made,
                "919876543333",
                "Where is my parcel? It was due on Monday, and nobody answers the phone at the depot.");
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?status=failed").json().get("data"))
                .hasSize(3));
        bridge().bean(RollUp.class).run(); // so that pages have the day's numbers
        tenant.post(
                        "/v1/keys",
                        "{\"name\":\"Till\",\"scopes\":[\"read\",\"send\"],\"expiresAt\":\"2100-01-01T00:00:00.000Z\"}")
                .expect(201);
        tenant.post("/v1/opt-outs", "{\"numbers\":[\"919876543333\",\"919876544444\"]}")
                .expect(200);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("home", "/");
        pages.put("messages", "/messages");
        pages.put("story", "/messages/" + first);
        pages.put("conversation", "/messages/with?number=919876543210");
        pages.put("deliveries", "/deliveries");
        pages.put("find", "/find?q=91987");
        pages.put(
                "request",
                "/deliveries/" + tenant.get("/v1/deliveries?status=failed").at("/data/0/id") + "/request");
        pages.put("rules", "/rules");
        pages.put("rule", "/rules/" + rule);
        pages.put("webhooks", "/webhooks");
        pages.put("connections", "/connections");
        pages.put("verification", "/webhooks/forward/code");
        pages.put("verification-not-run", "/webhooks/forward/code?language=csharp");
        pages.put("connection", "/connections/" + down);
        pages.put("connection-new", "/connections/new/http-request");
        pages.put("backfill", "/connections/" + down + "/backfill");
        pages.put("phones", "/phones");
        pages.put("phone", "/phones/" + tenant.get("/v1/devices").at("/data/0/id"));
        pages.put("account", "/account");
        pages.put("sms", "/account/sms");
        pages.put("opt-outs", "/account/opt-outs");
        String app = tenant.post("/v1/devices", "{\"name\":\"Modem\",\"adapter\":\"http-json\"}")
                .expect(201)
                .at("/id");
        pages.put("app", "/phones/" + app + "/app?type=twilio");
        pages.put("import", pages.get("phone") + "/import");
        pages.put("account-log", "/account/log");
        pages.put("configuration", "/account/configuration");
        return pages;
    }

    private static Pages operator() {
        Api operator = bridge().operator();
        operator.put("/v1/resources/erp?check=false", """
                        {"kind":"database","url":"jdbc:postgresql://erp-db:5432/erp","username":"bridge","password":"secret",
                         "tenants":"all"}""").expect(200);
        operator.put("/v1/routes/night", """
                        - route:
                            id: night
                            from:
                              uri: direct:night
                              steps:
                                - log: "${body}"
                        """).expect(200);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("operator", "/");
        pages.put("no-permission", "/messages");
        pages.put("tenants", "/tenants");
        pages.put("tenant", "/tenants/" + operator.get("/v1/tenants").at("/data/0/id"));
        pages.put("routes", "/routes");
        pages.put("route", "/routes/deliver");
        pages.put("route-new", "/routes/_new");
        pages.put("route-version", "/routes/night/versions/1");
        pages.put("settings", "/settings");
        pages.put("resources", "/settings/resources");
        pages.put("resource", "/settings/resources/erp");
        pages.put("connector-files", "/settings/connectors");
        pages.put("settings-log", "/settings/log");
        return new Pages(RunningBridge.OPERATOR_KEY, pages);
    }

    @Test
    void everyPageOfATenantIsForEverybodyOnEveryScreen() {
        look(shop());
    }

    @Test
    void everyPageOfTheOperatorIsForEverybodyOnEveryScreen() {
        look(operator());
    }

    /** Pages are loaded once: the screen and the scheme change while they are open, as on a phone that is turned. */
    private void look(Pages pages) {
        open(ColorScheme.LIGHT, 1024);
        page.navigate(url("/"));
        seen("signin");
        signIn(pages.key());
        pages.paths().forEach((name, path) -> {
            page.setViewportSize(1024, 900);
            page.navigate(url(path));
            assertThat(page.locator("h1")).isVisible();
            assertThat(loaded()).as("bytes of %s with its files, packed", name).isLessThan(HEAVIEST);
            seen(name);
        });
    }

    /** What the browser has loaded for the page, whether now or for an earlier one. */
    private int loaded() {
        page.waitForLoadState();
        return ((Number) page.evaluate("() => [...performance.getEntriesByType('navigation'),"
                        + " ...performance.getEntriesByType('resource')]"
                        + ".reduce((sum, each) => sum + each.encodedBodySize, 0)"))
                .intValue();
    }

    @Test
    void everyPageIsReadWithoutScriptsAndFromTheRight() {
        read(shop());
        read(operator());
    }

    private void read(Pages pages) {
        open(new Browser.NewContextOptions()
                .setJavaScriptEnabled(false)
                .setLocale("ar")
                .setViewportSize(390, 844));
        page.navigate(url("/"));
        page.locator("input[name=key]").fill(pages.key());
        arrive(() -> page.locator("form[action='/sign-in'] button").click());
        pages.paths().forEach((name, path) -> {
            page.navigate(url(path));
            assertThat(page.locator("html")).hasAttribute("dir", "rtl");
            assertThat(page.locator("h1")).isVisible();
            assertThat(page.locator("main").innerText().strip())
                    .as(name)
                    .isNotEqualTo(page.locator("h1").innerText().strip());
            assertThat(page.locator("main [hidden]:not(button):not(.scripted):not(:has(> button))"))
                    .hasCount(0);
            picture(name + "-rtl-390");
            fits(name + " from the right");
        });
        page.setViewportSize(1024, 900);
        page.navigate(url("/account".equals(pages.paths().get("account")) ? "/messages" : "/routes"));
        assertThat(page.locator(".side").boundingBox().x)
                .isGreaterThan(page.locator("main").boundingBox().x);
        picture("start-rtl-1024");
    }

    @Test
    void anEmptyStoreShowsFourSteps() {
        signIn();

        assertThat(heading("Four steps to your first delivered SMS")).isVisible();
        picture("first-run-light-1024");
        check("first run");
    }
}
