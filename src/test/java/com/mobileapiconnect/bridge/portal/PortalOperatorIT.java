package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.URLEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main tasks of the operator in the portal. */
class PortalOperatorIT extends PortalSuite {

    private static final String ROUTE = """
            - route:
                id: %1$s
                from:
                  uri: direct:%1$s
                  steps:
                    - setBody:
                        simple: "hello ${body}"
                    - log: "${body}"
            """;

    private Locator text() {
        return page.getByLabel("Text (YAML)");
    }

    private Locator faults() {
        return page.locator("#faults");
    }

    private void newRoute(String name) {
        signIn(RunningBridge.OPERATOR_KEY);
        go("Routes");
        arrive(() -> link("New route").click());
        page.getByLabel("Name").fill(name);
    }

    @Test
    void aMistakeIsMarkedInItsLineWhileSomebodyTypes() {
        newRoute("marked");
        text().fill(ROUTE.formatted("marked").replace("setBody", "setBoddy"));

        assertThat(page.locator(".layer .bad")).hasCount(1);
        assertThat(page.locator(".layer > :nth-child(6)")).hasClass("bad");
        assertThat(faults()).containsText("did you mean setBody?");
        assertThat(text()).hasAttribute("aria-invalid", "true");
        link("Line 6, column 11:").click();
        assertThat(text()).isFocused();
        assertThat((int) text().evaluate("area => area.value.slice(0, area.selectionStart).split('\\n').length"))
                .isEqualTo(6);
        picture("route-mistake-light-1024");
        check("a mistake");

        text().fill(ROUTE.formatted("marked"));
        assertThat(faults()).containsText("This text is good.");
        assertThat(page.locator(".layer .bad")).hasCount(0);
    }

    @Test
    void whatFitsIsOfferedAndTakenWithTheKeyboard() {
        newRoute("completed");
        text().fill("- from:\n    uri: direct:completed\n    steps:\n      - ");
        page.keyboard().press("End");
        page.keyboard().type("filt");
        Locator list = page.getByRole(AriaRole.LISTBOX);
        assertThat(list).isVisible();
        Locator first = list.getByRole(AriaRole.OPTION).first();
        assertThat(first).containsText("filter");
        assertThat(text()).hasAttribute("aria-activedescendant", "completion-0");
        picture("route-completion-light-1024");
        check("completions");

        page.keyboard().press("Enter");
        assertThat(list).isHidden();
        assertThat(text()).hasValue("- from:\n    uri: direct:completed\n    steps:\n      - filter:");
        page.keyboard().press("Enter");
        assertThat(text()).hasValue("- from:\n    uri: direct:completed\n    steps:\n      - filter:\n          ");
        page.keyboard().press("Control+ ");
        assertThat(list.getByText("simple", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        page.keyboard().press("Escape");
        assertThat(list).isHidden();
        page.keyboard().press("Control+z");
        page.keyboard().press("Control+z");
        assertThat(text()).hasValue("- from:\n    uri: direct:completed\n    steps:\n      - filt");
        page.keyboard().press("Tab");
        assertThat(text()).not().isFocused();
    }

    @Test
    void aRouteIsTriedSavedChangedComparedAndTakenBack() {
        newRoute("evening");
        text().fill(ROUTE.formatted("evening"));
        button("Try").click();
        Locator trial = page.locator("#trial");
        assertThat(trial).containsText("Ends without a decision");
        assertThat(page.locator(".layer .taken")).hasCount(2);
        trial.locator("summary").first().click();
        assertThat(page.locator(".layer > :nth-child(6)")).hasClass("taken now");
        assertThat(trial).containsText("hello ");
        picture("route-tried-light-1024");
        check("a trial");
        arrive(() -> button("Save").click());
        assertThat(heading("evening")).isVisible();

        text().fill(ROUTE.formatted("evening").replace("hello", "good evening"));
        page.getByLabel("Why you change it").fill("It is late");
        arrive(() -> button("Save").click());
        assertThat(page.getByText("It is late")).isVisible();
        page.waitForFunction("() => document.querySelector('.diagram img').naturalWidth > 0");
        picture("route-versions-light-1024");
        link("Version 2").click();
        assertThat(page.locator(".diff ins")).containsText("good evening");
        assertThat(page.locator(".diff del")).containsText("hello");
        page.goBack();
        link("Version 1").click();
        button("Go back to this").click();
        assertThat(text()).hasValue(ROUTE.formatted("evening"));

        page.getByText("Delete this route").first().click();
        button("Delete this route").click();
        assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Deleted.");
        bridge().operator().get("/v1/routes/evening").expect(404);
    }

    @Test
    void ofTwoOperatorsWhoEditOneRouteTheSecondIsTold() {
        Api operator = bridge().operator();
        operator.put("/v1/routes/shared", ROUTE.formatted("shared")).expect(200);
        signIn(RunningBridge.OPERATOR_KEY);
        page.navigate(url("/routes/shared"));
        operator.put("/v1/routes/shared", ROUTE.formatted("shared").replace("hello", "theirs"))
                .expect(200);
        text().fill(ROUTE.formatted("shared").replace("hello", "mine"));
        button("Save").click();

        assertThat(page.getByText("Somebody else changed this meanwhile").first())
                .isVisible();
        assertThat(text()).hasValue(ROUTE.formatted("shared").replace("hello", "mine"));
        assertThat(operator.get("/v1/routes/shared").text()).contains("theirs");
        operator.delete("/v1/routes/shared").expect(204);
    }

    @Test
    void nothingOfARouteBecomesMarkup() {
        Api operator = bridge().operator();
        String text = "# " + SCRIPT + "\n- route:\n    id: marked-up\n    description: " + quoted(SCRIPT)
                + """

                    from:
                      uri: direct:marked-up
                      steps:
                        - setBody:
                            description: %1$s
                            constant: %1$s
                """.formatted(quoted(SCRIPT));
        operator.put(
                        "/v1/routes/marked-up?reason="
                                + URLEncoder.encode(SCRIPT, java.nio.charset.StandardCharsets.UTF_8),
                        text)
                .expect(200);
        signIn(RunningBridge.OPERATOR_KEY);
        for (String path : List.of("/routes/marked-up", "/routes/marked-up/versions/1", "/routes", "/settings/log")) {
            page.navigate(url(path));
            assertPlain(path);
        }
        page.navigate(url("/routes/marked-up"));
        page.getByLabel("Text", new Page.GetByLabelOptions().setExact(true)).fill(SCRIPT);
        button("Try").click();
        page.locator("#trial summary").first().click();
        assertThat(page.locator("#trial pre").first()).containsText("<script>");
        assertPlain("a trial");
        page.navigate(url("/routes/marked-up/diagram"));
        assertThat(page.title()).isNotEqualTo("taken over");
        operator.delete("/v1/routes/marked-up").expect(204);
    }

    private void assertPlain(String where) {
        assertThat(page.locator("main img:not([src^='/routes/'])")).hasCount(0);
        assertThat(page.locator("main script:not([src])")).hasCount(0);
        assertThat(page.title()).as(where).isNotEqualTo("taken over");
    }

    @Test
    void aTenantIsMadeWithAKeyThatOpensItsPages() {
        signIn(RunningBridge.OPERATOR_KEY);
        go("Tenants");
        page.getByLabel("Name").fill("Tea <b>Shop</b>");
        button("Make the tenant").click();
        assertThat(heading("Tea <b>Shop</b>")).isVisible();
        page.getByLabel("Name of a new key").fill("Till");
        button("Make a key").click();
        String made = page.locator("#key-new").innerText();
        assertThat(made).startsWith("sk_live_");
        picture("key-made-light-1024");
        check("a key was made");

        arrive(() -> button("Sign out").click());
        signIn(made);
        assertThat(heading("Four steps to your first delivered SMS")).isVisible();
        link("Account").click();
        assertThat(heading("Account")).isVisible();
        assertThat(page.getByText("Till").first()).isVisible();
    }

    @Test
    void aBrokenFileOfAConnectorIsShownWithItsLinesAndAGoodOneIsUsed() {
        signIn(RunningBridge.OPERATOR_KEY);
        go("Settings");
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Settings"))
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Connector files"))
                .click();
        Locator files = page.locator("main ul.plain > li");

        assertThat(files).hasCount(3);
        assertThat(files.nth(0)).containsText("broken.kamelet.yaml");
        assertThat(files.nth(0)).containsText("Line 2, column");
        assertThat(files.nth(0)).containsText("kind has to be Kamelet");
        assertThat(files.nth(0)).containsText("Broken, left aside");
        assertThat(files.nth(1)).containsText("no-yaml.kamelet.yaml");
        assertThat(files.nth(2)).containsText("warehouse.kamelet.yaml");
        assertThat(files.nth(2)).containsText("Used");
        seen("connector-files");
    }

    @Test
    void aResourceThatIsUsedStaysAndSaysWhy() {
        Api operator = bridge().operator();
        operator.put("/v1/resources/used?check=false", """
                        {"kind":"kafka","bootstrapServers":"localhost:1","tenants":"all"}""").expect(200);
        tenant.post("/v1/connections", """
                        {"name":"Q","connector":"kafka-topic","properties":{"broker":"used","topic":"sms"}}""").expect(201);
        signIn(RunningBridge.OPERATOR_KEY);
        go("Settings");
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Settings"))
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Resources"))
                .click();
        link("used").click();
        page.getByText("Delete this resource").click();
        button("Delete").click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("It is still in use, and stays.");
        check("a resource in use");
    }
}
