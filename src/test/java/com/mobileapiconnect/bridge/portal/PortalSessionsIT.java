package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** Sessions that end while pages are open, and buttons that are pressed twice, as people see them. */
class PortalSessionsIT extends PortalSuite {

    private static final String OVER = "#over";

    private void endSession() {
        Sessions sessions = bridge().bean(Sessions.class);
        sessions.close(sessions.find(page.context().cookies().get(0).value).orElseThrow());
    }

    private static Locator named(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void aDoubleClickMakesOneSecretAndShowsIt() {
        tenant.put("/v1/webhooks", "{\"url\":\"https://erp.example.com/\",\"secret\":\"whsec_0123456789abcdef\"}")
                .expect(200);
        int version = tenant.get("/v1/webhooks").json().get("version").asInt();
        signIn();
        page.navigate(url("/webhooks"));

        page.evaluate(
                "() => { const b = document.querySelector('form[action$=rotate] button'); b.click(); b.click(); }");
        assertThat(page.locator("#secret-new")).isVisible();
        String secret = page.locator("#secret-new").textContent();
        page.reload(); // sends the form again
        assertThat(page.locator("#secret-new")).hasText(secret);
        assertThat(tenant.get("/v1/webhooks").json().get("version").asInt()).isEqualTo(version + 1);
    }

    @Test
    void aPageWithoutLiveNumbersEndsWithItsSessionInAnotherWindowToo() {
        tenant.post("/v1/rules", "{\"name\":\"Tea\",\"then\":[]}").expect(201);
        signIn();
        page.navigate(url("/rules"));
        assertThat(link("Tea")).isVisible();
        Page other = newPage();
        other.navigate(url("/phones"));
        named(other, "Sign out").click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Your session has ended.");
        assertThat(link("Tea")).hasCount(0);
    }

    @Test
    void aFormInWhichSomebodyTypesStaysAndGoesOnAfterSigningInInAnotherWindow() {
        signIn();
        page.navigate(url("/rules/new"));
        page.getByLabel("Name").fill("Tea");
        endSession();
        button("Add a condition").click();

        assertThat(page.locator(OVER)).containsText("What you typed is still here");
        assertThat(page.getByLabel("Name")).hasValue("Tea");
        check("over");
        picture("session-over-typed-light-1024");
        Page other = newPage();
        other.navigate(url("/sign-in"));
        other.getByLabel("API key").fill(key);
        named(other, "Sign in").click();
        assertThat(named(other, "Sign out")).isVisible();
        page.evaluate("() => dispatchEvent(new Event('focus'))"); // somebody comes back to this window
        assertThat(page.locator(OVER)).isHidden();
        button("Reply by SMS").click();
        page.locator("[name='a.0.text']").fill("We have tea.");
        arrive(() -> button("Save").last().click());
        assertThat(tenant.get("/v1/rules").at("/data/0/name")).isEqualTo("Tea");
    }

    @Test
    void aPartThatRenewsItselfDoesNotTakeAwayWhatIsTypedBesideIt() {
        String id = tenant.connection("https://erp.example.com/", "");
        signIn();
        page.navigate(url("/connections/" + id));
        page.getByLabel("Name").first().fill("Warehouse");
        endSession();

        assertThat(page.locator(OVER)).isVisible(); // without a click, within the five seconds of the lane
        assertThat(page.getByLabel("Name").first()).hasValue("Warehouse");
    }

    @Test
    void whatWasSavedTooLateComesBackAfterSigningIn() {
        signIn();
        page.navigate(url("/webhooks"));
        page.getByLabel("URL").first().fill("https://erp.example.com/hook");
        endSession();
        arrive(() -> button("Save").first().click());
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nothing was saved");
        page.getByLabel("API key").fill(key);
        arrive(() -> button("Sign in").click());
        assertThat(heading("What you had typed")).isVisible();
        check("typed");
        picture("typed-light-1024");

        arrive(() -> button("Send it now").click());
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Saved.");
        assertThat(tenant.get("/v1/webhooks").at("/url")).isEqualTo("https://erp.example.com/hook");
    }
}
