package com.mobileapiconnect.bridge.portal;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import org.junit.jupiter.api.Test;

/** The first page, and what a story begins with: each says how things are now. */
class PortalHomeTest extends ReadersPages {

    private static final String ONCE = "\"redelivery\":{\"maxAttempts\":1}";

    private void areDelivered(int count) {
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?status=delivered").json().get("data"))
                .hasSize(count));
    }

    @Test
    void theFirstSmsIsCelebratedHoweverManyTargetsItHas() {
        try (Receiver receiver = new Receiver()) {
            tenant.connection(receiver.url("/one"), "");
            tenant.connection(receiver.url("/two"), "");
            String message = sms(tenant, "919876543210", "first");
            areDelivered(2);
            browser.signIn(key);

            assertThat(browser.get("/").expect(200).text())
                    .contains("Your first SMS was delivered", "/messages/" + message);
            sms(tenant, "919876543210", "second");
            areDelivered(4);
            assertThat(browser.get("/").text()).doesNotContain("Your first SMS was delivered");
        }
    }

    @Test
    void whatFailedAndWasSentAgainSinceIsNotShownAsFailedNow() {
        try (Receiver receiver = new Receiver().answering(500)) {
            String target = tenant.connection(receiver.url("/x"), ONCE);
            sms(tenant, "919876543210", "one");
            eventually(() -> assertThat(tenant.get("/v1/stats?target=" + target).at("/total/failed"))
                    .isEqualTo("1"));
            browser.signIn(key);
            assertThat(browser.get("/").expect(200).text())
                    .contains("class=\"bad\"", "<a href=\"/deliveries\">Failed</a>", "1 failed in 24 hours</a>");

            receiver.answering(200);
            tenant.post("/v1/deliveries/replay", "{\"status\":\"failed\"}").expect(202);
            areDelivered(1);
            assertThat(browser.get("/").text())
                    .contains("Failed, none now", "1 failed in 24 hours, none of them is failed now")
                    .doesNotContain("class=\"bad\"", "class=\"why\"");
        }
    }

    @Test
    void aReplyThatAGuardKeptBackIsNoSkippedMessage() {
        try (Receiver receiver = new Receiver()) {
            tenant.connection(receiver.url("/x"), "");
            tenant.post("/v1/rules", "{\"name\":\"r\",\"then\":[{\"type\":\"reply\",\"text\":\"hi\"}]}")
                    .expect(201);
            Api phone = tenant.as(tenant.post("/v1/devices", "{\"name\":\"P\"}").at("/token"));
            PortalSuite.sms(phone, "919876543210", "STOP");
            areDelivered(1);
            String message = PortalSuite.sms(phone, "919876543210", "hello");
            areDelivered(2);
            eventually(() -> assertThat(
                            tenant.get("/v1/deliveries?status=skipped").json().get("data"))
                    .hasSize(2));
            browser.signIn(key);

            assertThat(browser.get("/messages/" + message).expect(200).text())
                    .contains("It arrived at all of its targets (1).", "No reply was sent:", "The customer opted out")
                    .doesNotContain("A route decided");
            assertThat(browser.get("/messages").text()).contains("1 of 1").doesNotContain("1 of 2");
        }
    }
}
