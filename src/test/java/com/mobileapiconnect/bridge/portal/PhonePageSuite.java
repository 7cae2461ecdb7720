package com.mobileapiconnect.bridge.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.mobileapiconnect.bridge.support.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The phone's page in a browser as large as a phone. Leaves pictures in {@code target/phone-page}. */
abstract class PhonePageSuite extends PortalSuite {

    private static final Path PICTURES = Path.of("target/phone-page");
    static final int WIDTH = 390;
    private static final int HEIGHT = 844;
    static Receiver receiver;

    @BeforeAll
    static void listen() throws IOException {
        Files.createDirectories(PICTURES);
        receiver = new Receiver();
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    @BeforeEach
    void openAsAPhone() {
        openAsAPhone(ColorScheme.LIGHT);
    }

    void openAsAPhone(ColorScheme scheme) {
        open(new Browser.NewContextOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setDeviceScaleFactor(2)
                .setColorScheme(scheme)
                .setLocale("en-GB")
                .setTimezoneId("Asia/Kolkata"));
    }

    @Override
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    String pair(String fields) {
        return tenant.post("/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\"" + fields + "}")
                .expect(201)
                .at("/pairing/link");
    }

    /** Pairs by a link that was just made. */
    void paired(String fields) {
        page.navigate(pair(fields));
        button("Pair now").click();
        assertThat(heading("An SMS comes in")).isVisible();
    }

    void send(String text) {
        page.getByLabel("From (customer’s number)").fill("919876543210");
        page.getByLabel("Text").fill(text);
        button("Send").click();
    }

    void reply() {
        tenant.post("/v1/rules", """
                        {"name":"Balance","when":{"field":"text","op":"keyword","value":"balance"},
                         "then":[{"type":"reply","text":"Your balance is 1,250.00"}]}""").expect(201);
    }

    Locator message(String text) {
        return page.locator("#messages > li").filter(new Locator.FilterOptions().setHasText(text));
    }
}
