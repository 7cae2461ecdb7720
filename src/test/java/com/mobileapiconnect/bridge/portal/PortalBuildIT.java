package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.mobileapiconnect.bridge.support.Receiver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The forms of the portal that are built: rules, connections, verification code, phones, as people use them. */
class PortalBuildIT extends PortalSuite {

    /** Every field and comparison, in groups within groups. */
    private static final String NESTED = """
            {"all":[{"field":"text","op":"keyword","value":"balance"},
             {"not":{"any":[{"field":"from","op":"startsWith","value":"1900"},
               {"field":"text","op":"equals","value":" Yes","caseSensitive":true,"exact":true},
               {"all":[{"field":"receivedAt","op":"between","value":
                   {"days":["SAT","SUN"],"from":"22:00","to":"06:00","zone":"Asia/Kolkata"}},
                 {"field":"sim","op":"in","value":[1,2]},{"field":"to","op":"exists","value":false}]}]}},
             {"field":"text","op":"in","value":["a, b","c"]},{"not":{"not":{"field":"text","op":"regex","value":"^b"}}}]}""";

    private Locator value(String name) {
        return page.locator("[name='" + name + "']");
    }

    private void assertOrder(String... rules) {
        assertThat(page.locator("ol.ordered h3")).hasText(rules);
    }

    private void rule(String name, int priority) {
        tenant.post("/v1/rules", "{\"name\":\"" + name + "\",\"priority\":" + priority + ",\"then\":[]}")
                .expect(201);
    }

    @Test
    void aRuleIsBuiltTriedLookedBackAtAndSaved() {
        sms("919876543210", "order of tea");
        signIn();
        page.navigate(url("/rules/new"));
        page.getByLabel("Name").fill("Tea");
        button("Add a condition").click();
        assertThat(value("n.0.field")).isFocused();
        value("n.0.op").selectOption("contains");
        value("n.0.value").fill("tea");
        button("Add a group").click();
        value("n.1.0.field").selectOption("receivedAt");
        assertThat(value("n.1.0.zone"))
                .hasValue(java.util.regex.Pattern.compile("Asia/(Kolkata|Calcutta)")); // the reader's own
        button("Add to group 2").click();
        assertThat(value("n.1.1.field")).isFocused();
        value("n.1.1.value").fill("order");
        button("Remove 2.1").click();
        assertThat(value("n.1.0.value")).hasValue("order");
        button("Reply by SMS").click();
        assertThat(value("a.0.text")).isFocused();
        value("a.0.text").fill("We have tea 🍵");

        value("try.text").fill("order: tea");
        assertThat(page.locator("#verdict")).containsText("This rule decides.");
        assertThat(page.locator("#verdict")).containsText("1 SMS, UCS-2");
        value("n.1.0.value").fill("coffee");
        assertThat(page.locator("#verdict")).containsText("No rule matches.");
        value("n.1.0.value").fill("order");
        value("try.message").selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
        assertThat(page.locator("#verdict")).containsText("We have tea");
        button("Look at last week").click();
        assertThat(page.locator("#replayed")).containsText("It would have decided 1 of 1 SMS.");
        picture("rule-built-light-1024");
        check("a rule that is built");
        assertThat(tenant.get("/v1/rules").json().get("data")).isEmpty();

        button("Save").last().click();
        assertThat(link("Tea")).isVisible();
        assertThat(tenant.get("/v1/rules").json().at("/data/0/when").toString()).isEqualTo("""
                {"all":[{"field":"text","op":"contains","value":"tea"},\
                {"any":[{"field":"text","op":"keyword","value":"order"}]}]}""");
    }

    @Test
    void whatIsPressedAndChosenWhileAnAnswerIsUnderWayIsDoneAfterIt() {
        signIn();
        page.navigate(url("/rules/new"));
        button("Add a condition").click();
        assertThat(value("n.0.field")).isFocused(); // its own answer has come
        List<Route> held = new ArrayList<>();
        page.route("**/build", held::add);
        value("n.0.op").selectOption("contains");
        page.waitForCondition(() -> !held.isEmpty());
        value("n.0.field").selectOption("receivedAt");
        button("Add a condition").click();
        button("Reply by SMS").click();
        page.unroute("**/build");
        held.forEach(Route::resume);

        assertThat(value("a.0.text")).isFocused();
        assertThat(value("n.0.zone")).isVisible();
        assertThat(value("n.1.field")).isVisible();
        assertThat(value("n.2.field")).hasCount(0);
    }

    @Test
    void ofTwoPartsThatAreRemovedAtOnceNoThirdOneGoes() {
        signIn();
        page.navigate(url("/rules/new"));
        button("Add a condition").click();
        value("n.0.value").fill("first");
        button("Add a condition").click();
        value("n.1.value").fill("second");
        List<Route> held = new ArrayList<>();
        page.route("**/build", held::add);
        button("Add a condition").click();
        page.waitForCondition(() -> !held.isEmpty());
        button("Remove 1").click();
        button("Remove 2").click();
        page.unroute("**/build");
        held.forEach(Route::resume);

        assertThat(value("n.0.value")).hasValue("second");
        button("Add a condition").click();
        assertThat(value("n.2.value")).isVisible(); // so nothing is under way any more
        assertThat(value("n.3.value")).hasCount(0);
        assertThat(value("n.0.value")).hasValue("second");
    }

    @Test
    void whatComesIntoAFormCanBeUsedAtOnce() {
        signIn();
        page.navigate(url("/rules/new"));
        page.evaluate("""
                () => new MutationObserver((changes, observer) => {
                  const field = document.querySelector("[name='n.0.field']");
                  if (field) {
                    observer.disconnect();
                    field.value = "receivedAt";
                    field.dispatchEvent(new Event("change", {bubbles: true}));
                  }
                }).observe(document.querySelector("form[data-built]"), {childList: true, subtree: true})""");
        button("Add a condition").click();
        assertThat(value("n.0.zone")).isVisible();
    }

    @Test
    void aRuleIsSavedAsItWasHoweverItNests() throws Exception {
        String id = tenant.post(
                        "/v1/rules",
                        "{\"name\":\"Deep\",\"when\":" + NESTED + ",\"then\":[{\"type\":\"reply\",\"text\":\"x\"}]}")
                .expect(201)
                .at("/id");
        signIn();
        for (ColorScheme scheme : ColorScheme.values()) {
            if (scheme == ColorScheme.NO_PREFERENCE) {
                continue;
            }
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            for (int width : new int[] {390, 1600}) {
                page.setViewportSize(width, 1000);
                page.navigate(url("/rules/" + id));
                assertThat(value("n.1.2.0.zone")).hasValue("Asia/Kolkata");
                picture("rule-nested-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width);
                check("a nested rule at " + width + " in " + scheme);
            }
        }
        value("n.0.value").fill("");
        arrive(() -> button("Save").last().click());
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nothing was changed");
        assertThat(page.locator(".leaf .alert")).hasCount(1);
        value("n.0.value").fill("balance");
        button("Save").last().click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");

        JsonNode wanted = new com.fasterxml.jackson.databind.json.JsonMapper().readTree(NESTED);
        assertThat(tenant.get("/v1/rules/" + id).json().get("when")).isEqualTo(wanted);
    }

    @Test
    void whatAFileWouldChangeIsShownInsideEachThingBeforeItIsChanged() {
        rule("Orders", 10);
        tenant.put("/v1/webhooks", "{\"url\":\"https://erp.example.com/sms\",\"secret\":\"whsec_0123456789abcdef\"}")
                .expect(200);
        signIn();
        page.navigate(url("/account/configuration"));
        Locator file = page.getByLabel("The file (YAML)");
        file.fill(file.inputValue()
                .replace("priority: 10", "priority: 20")
                .replace(
                        "erp.example.com/sms", "erp.example.com/a/much/longer/way/to/where/the/messages/of/the/shop/go")
                .replace("secret: true", "secret: whsec_fedcba9876543210"));
        button("Show what would change").click();

        Locator changes = page.locator("#difference .values li");
        assertThat(changes.filter(new Locator.FilterOptions().setHasText("priority")))
                .containsText("10");
        assertThat(page.locator("#difference ins").filter(new Locator.FilterOptions().setHasText("20")))
                .isVisible();
        assertThat(page.locator("#difference")).containsText("given in the file, not shown");
        assertThat(page.locator("#difference")).not().containsText("whsec_");
        seen("configuration-changes");
        button("Change it so").click();
        assertThat(heading("This was changed")).isVisible();
        assertThat(tenant.get("/v1/rules").json().at("/data/0/priority").asInt())
                .isEqualTo(20);
    }

    @Test
    void rulesAreMovedByKeyboardAndByDraggingAndWhatIsOutdatedIsTold() {
        for (int i = 1; i <= 3; i++) {
            rule("rule " + i, i * 10);
        }
        signIn();
        go("Rules");
        link("rule 1").focus();
        arrive(() -> page.keyboard().press("Alt+ArrowDown"));
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The order was changed.");
        assertOrder("rule 2", "rule 1", "rule 3");
        assertThat(link("rule 1")).isFocused();
        arrive(() -> page.keyboard().press("Alt+ArrowDown"));
        assertOrder("rule 2", "rule 3", "rule 1");

        arrive(() -> page.locator("li", new Page.LocatorOptions().setHasText("rule 1"))
                .locator(".grip")
                .dragTo(page.locator("ol.ordered li").first(), new Locator.DragToOptions().setTargetPosition(60, 4)));
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The order was changed.");
        assertOrder("rule 1", "rule 2", "rule 3");

        rule("theirs", -1_000);
        arrive(() -> button("Move rule 3 up").click());
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Somebody else has changed the rules");
        assertOrder("theirs", "rule 1", "rule 2", "rule 3");
        check("rules that somebody else has changed");
    }

    @Test
    void aConnectionIsMappedWithItsRequestBesideIt() {
        try (Receiver receiver = new Receiver()) {
            signIn();
            page.navigate(url("/connections/new/http-request"));
            page.getByLabel("URL").fill(receiver.url("/api"));
            value("p.fields.0.field").fill("Number");
            value("p.fields.0.value").fill("+");
            button("{{from}}").click();
            assertThat(value("p.fields.0.value")).hasValue("+{{from}}");
            assertThat(page.locator("#request")).containsText("\"Number\":\"+919876543210\"");
            button("Add a field").click();
            assertThat(value("p.fields.1.field")).isFocused();
            value("p.fields.1.field").fill("Amount");
            value("p.fields.1.value").fill("{{text}}");
            page.getByText("Kind, length, default").last().click();
            value("p.fields.1.as").selectOption("integer");
            assertThat(page.locator("#request")).containsText("Not yet complete");
            value("try.text").fill("42");
            assertThat(page.locator("#request")).containsText("\"Amount\":42");
            value("p.fields.1.value").fill("{{nobody}}");
            assertThat(page.locator("#request")).containsText("nobody");
            value("p.fields.1.value").fill("{{text}}");
            assertThat(page.locator("#request")).containsText("\"Amount\":42");
            picture("mapping-light-1024");
            check("a mapping");
            assertThat(receiver.requests("/api")).isEmpty();
            button("Save").last().click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");
            assertThat(page.locator("svg.spark")).isVisible();
        }
    }

    @Test
    void theVerificationCodeComesInEightLanguages() {
        tenant.put("/v1/webhooks", "{\"url\":\"https://erp.example.com/\",\"secret\":\"whsec_0123456789abcdef\"}")
                .expect(200);
        signIn();
        go("Webhooks");
        arrive(() -> link("Verification code").click());
        List<String> seen = new ArrayList<>();
        for (VerificationCode.Language language : VerificationCode.languages()) {
            link(language.title()).click(); // the first one is shown already, and nobody waits until it is anew
            assertThat(link(language.title())).hasAttribute("aria-current", "page");
            seen.add(page.locator("#verify").textContent());
        }
        assertThat(seen).doesNotHaveDuplicates().allMatch(code -> code.contains("\"X-MAC-Signature-Previous\""));
        page.setViewportSize(390, 844);
        picture("verification-light-390");
        check("verification code");
    }

    @Test
    void anAppIsPairedWithItsOwnSteps() {
        signIn();
        go("Phones");
        page.getByLabel("Name").first().fill("Warehouse");
        page.getByLabel("App", new Page.GetByLabelOptions().setExact(true)).selectOption("kannel");
        arrive(() -> button("Pair").click());

        assertThat(page.locator("#steps li").first()).containsText("kannel.conf");
        assertThat(page.locator("#pastes")).containsText("get-url = \"http");
        picture("paired-app-light-1024");
        check("an app that is paired");
        arrive(() -> link("Continue").click());
        page.getByLabel("SIM 2").fill("911234500002");
        arrive(() -> button("Save").click());
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");
        assertThat(page.getByLabel("SIM 2")).hasValue("911234500002");
    }
}
