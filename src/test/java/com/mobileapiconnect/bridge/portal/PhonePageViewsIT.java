package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The views of the phone's page, looked at in both colour schemes: accessible, and as wide as the screen. */
class PhonePageViewsIT extends PhonePageSuite {

    private static final int SMALLEST_TARGET = 44;

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void noViewHasAFaultOfAccessibilityInEitherScheme(ColorScheme scheme) {
        openAsAPhone(scheme);
        reply();
        String suffix = scheme == ColorScheme.LIGHT ? "-light" : "-dark";
        page.navigate(url("/phone"));
        assertThat(heading("Pair this phone")).isVisible();
        looksRight("unpaired" + suffix);

        paired(",\"manage\":true");
        looksRight("empty" + suffix);
        tenant.put("/v1/webhooks", "{\"url\":\"http://127.0.0.1:1/\"}").expect(200);
        send("balance");
        assertThat(button("Mark as sent")).isVisible();
        send(
                "A longer one, with several lines.\nThe second line. https://example.com/a/very/long/address/that/does/not/fit");
        assertThat(message("A longer one")).containsText("on its way");
        looksRight("phone" + suffix);
        link("Connect your ERP").click();
        assertThat(page.getByLabel("Forward URL")).isVisible();
        looksRight("erp" + suffix);
        link("This phone").click();
        looksRight("device" + suffix);
        page.getByLabel("Language").selectOption("de");
        link("Telefon").click();
        looksRight("german" + suffix);
    }

    private void looksRight(String name) {
        picture(name);
        check(name);
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
