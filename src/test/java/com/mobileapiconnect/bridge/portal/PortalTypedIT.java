package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.mobileapiconnect.bridge.support.Receiver;
import org.junit.jupiter.api.Test;

/** A form that somebody has typed into, in a browser: it stays, and nothing uses what it does not show. */
class PortalTypedIT extends PortalSuite {

    private Locator alert() {
        return page.getByRole(AriaRole.ALERT);
    }

    private void open(String part) {
        page.locator("summary", new com.microsoft.playwright.Page.LocatorOptions().setHasText(part))
                .click();
    }

    private Locator value(String name) {
        return page.locator("[name='" + name + "']");
    }

    @Test
    void aTestWaitsUntilTheChangedFormOfAWebhookIsSaved() {
        try (Receiver receiver = new Receiver()) {
            tenant.put("/v1/webhooks", "{\"url\":\"" + receiver.url("/old") + "\"}")
                    .expect(200);
            signIn();
            go("Webhooks");
            Locator url = page.getByLabel("URL").first();
            url.fill(receiver.url("/new"));
            for (String button : new String[] {"Send a test", "Make a secret", "Pause"}) {
                button(button).click();
                assertThat(alert()).containsText("Save first");
                assertThat(url).hasValue(receiver.url("/new"));
            }
            check("a webhook that is changed");
            assertThat(receiver.requests("/old")).isEmpty();
            assertThat(tenant.get("/v1/webhooks").at("/status")).isEqualTo("active");

            url.fill(receiver.url("/old")); // as it was
            arrive(() -> button("Send a test").click());
            assertThat(page.getByText("The test arrived.")).isVisible();
            page.getByLabel("URL").first().fill(receiver.url("/new"));
            arrive(() -> button("Save").first().click());
            arrive(() -> button("Send a test").click());
            assertThat(page.getByText("The test arrived.")).isVisible();
            assertThat(receiver.requests("/old")).hasSize(1);
            assertThat(receiver.requests("/new")).hasSize(1);
        }
    }

    @Test
    void aTestWaitsUntilAConnectionThatIsBuiltIsSaved() {
        try (Receiver receiver = new Receiver()) {
            String id = tenant.connection(receiver.url("/x"), "");
            signIn();
            page.navigate(url("/connections/" + id));
            open("Which messages");
            button("Add a condition").click();
            assertThat(value("n.0.field")).isFocused();
            button("Send a test").click();
            assertThat(alert()).containsText("Save first");
            assertThat(value("n.0.field")).isVisible();
            value("n.0.value").fill("tea");
            value("secret").fill("whsec_0123456789abcdef");
            open("Headers");
            value("http.headers.0.field").fill("X-Api-Key");
            value("http.headers.0.value").fill("typed");
            button("Add a header").click();
            assertThat(value("http.headers.1.field")).isFocused();
            assertThat(value("http.headers.0.value")).hasValue("typed");
            check("headers of a connection");
            arrive(() -> button("Save").last().click());
            assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Saved.");
            arrive(() -> button("Send a test").click());
            assertThat(page.getByText("The test arrived.")).isVisible();
            assertThat(receiver.requests("/x").get(0).header("X-Api-Key")).isEqualTo("typed");
        }
    }

    @Test
    void theFieldsOfAWebhooksSignInComeWithItsKind() {
        tenant.put("/v1/webhooks", "{\"url\":\"https://erp.example.com/\"}").expect(200);
        signIn();
        go("Webhooks");
        Locator forward = page.locator("section").first();
        forward.locator("summary", new Locator.LocatorOptions().setHasText("Signing in"))
                .click();
        forward.getByLabel("How").selectOption("bearer");
        forward.getByLabel("Token", new Locator.GetByLabelOptions().setExact(true))
                .fill("a-token");
        forward.locator("summary", new Locator.LocatorOptions().setHasText("Headers"))
                .click();
        button("Add a header").first().click();
        assertThat(forward.locator("[name='http.headers.1.field']")).isVisible();
        assertThat(forward.locator("[name='http.auth.token']")).hasValue("a-token");
        check("credentials of a webhook");
        arrive(() -> button("Save").first().click());
        assertThat(tenant.get("/v1/webhooks").json().at("/http/auth/token").asBoolean())
                .isTrue();
    }

    @Test
    void whatSomebodyElseChangedIsToldAboveWhatWasTyped() {
        String path = "/connections/" + tenant.connection("https://erp.example.com/", "");
        signIn();
        page.navigate(url(path));
        tenant.put("/v1" + path, "{\"name\":\"Theirs\",\"outboundUrl\":\"https://erp.example.com/\"}")
                .expect(200);
        value("name").fill("Mine");
        arrive(() -> button("Save").last().click());
        assertThat(alert().first()).containsText("Theirs");
        assertThat(value("name")).hasValue("Mine");
        seen("changed-meanwhile");
        button("Send a test").click();
        assertThat(alert().last()).containsText("Save first");
        arrive(() -> button("Save").last().click());
        assertThat(tenant.get("/v1" + path).at("/name")).isEqualTo("Mine");
    }
}
