package com.mobileapiconnect.bridge.portal;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong keys at the portal's door cost the same as at the API's. */
class PortalLockoutTest {

    private static final String WRONG = "sk_live_wrong-0123456789abcdefghijklmnop";

    @Test
    void wrongKeysHereAndThereAreOneAllowanceAndARightKeyStillOpens(@TempDir Path data) {
        try (RunningBridge bridge = RunningBridge.start(data, "bridge.access.wrong-keys-per-minute=3")) {
            Browser first = new Browser(bridge);
            first.post("/sign-in", "key", RunningBridge.TENANT_KEY, "to", "/").expect(303);
            first.get("/").expect(200); // before anybody has called the API
            Browser browser = new Browser(bridge);
            assertThat(browser.signIn(WRONG).expect(401).text()).contains("This key is not known");
            bridge.nobody().as(WRONG).get("/v1/rules").expect(401);
            browser.signIn(WRONG).expect(401);

            Api.Reply locked = lockedOut(browser);
            assertThat(locked.text()).contains("Too many wrong keys", "role=\"alert\"");
            assertThat(locked.header("Retry-After")).isNotEmpty();
            eventually(() -> bridge.nobody().as(WRONG).get("/v1/rules").expect(429));
            browser.signIn(RunningBridge.TENANT_KEY).expect(303);
        }
    }

    /** On a slow machine one more wrong key may be let be: the allowance grows by one every twenty seconds. */
    private static Api.Reply lockedOut(Browser browser) {
        AtomicReference<Api.Reply> last = new AtomicReference<>();
        eventually(() -> {
            last.set(browser.signIn(WRONG));
            last.get().expect(429);
        });
        return last.get();
    }
}
