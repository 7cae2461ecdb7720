package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person answers a customer, takes an SMS back, notes an opt-out and erases a number, without a browser. */
class PortalTalkTest extends ReadersPages {

    private static final String CUSTOMER = "919876543210";

    @BeforeEach
    void anSmsCame() {
        sms(tenant, CUSTOMER, "is it open?");
        browser.signIn(key);
    }

    private String phone() {
        return tenant.get("/v1/devices").expect(200).at("/data/0/id");
    }

    private String talk(String number) {
        return browser.get("/messages/with?number=" + number).expect(200).text();
    }

    @Test
    void anAnswerWaitsForThePhoneAndIsTakenBack() {
        assertThat(talk(CUSTOMER)).contains("Write to this number").doesNotContain("Take back");

        String page = browser.submit(
                        "/messages/with/send", "number", "+91 98765 43210", "text", "until 6 & on", "deviceId", phone())
                .expect(303)
                .header("Location");

        assertThat(page).contains("said=queued");
        assertThat(tenant.get("/v1/outgoing").expect(200).at("/data/0/text")).isEqualTo("until 6 & on");
        assertThat(talk(CUSTOMER)).contains("until 6 &amp; on", "Take back");
        browser.submit(
                        "/messages/with/take-back",
                        "number",
                        CUSTOMER,
                        "id",
                        tenant.get("/v1/outgoing").at("/data/0/id"))
                .expect(303);
        assertThat(tenant.get("/v1/outgoing").at("/data/0/status")).isEqualTo("cancelled");
        assertThat(talk(CUSTOMER)).doesNotContain("Take back");
    }

    @Test
    void whatIsRefusedStaysInItsField() {
        String page = browser.submit(
                        "/messages/with/send", "number", CUSTOMER, "text", "x".repeat(1_601), "deviceId", phone())
                .expect(200)
                .text();

        assertThat(page).contains("x".repeat(1_601), "at most 1600 characters");
        assertThat(tenant.get("/v1/outgoing").json().path("data")).isEmpty();
    }

    @Test
    void anOptOutIsNotedAndRemoved() {
        browser.submit("/messages/with/opt-out", "number", CUSTOMER).expect(303);

        tenant.get("/v1/opt-outs/" + CUSTOMER).expect(200);
        assertThat(talk(CUSTOMER)).contains("This number wants no automatic SMS since", "Remove the opt-out");
        browser.submit("/messages/with/opt-in", "number", CUSTOMER).expect(303);
        tenant.get("/v1/opt-outs/" + CUSTOMER).expect(404);
        assertThat(talk(CUSTOMER)).contains("Note an opt-out").doesNotContain("since");
    }

    @Test
    void aNumberIsErasedByThoseWhoAreSure() {
        browser.submit("/messages/with/erase", "number", CUSTOMER).expect(200);
        assertThat(talk(CUSTOMER)).contains("is it open?");

        browser.submit("/messages/with/erase", "number", CUSTOMER, "sure", "yes")
                .expect(303);
        assertThat(talk(CUSTOMER)).doesNotContain("is it open?");
        assertThat(tenant.get("/v1/messages").json().path("data")).isEmpty();
    }

    @Test
    void aSenderThatIsANameCanOnlyBeErased() {
        sms(tenant, "ACME Bank", "your code");

        assertThat(talk("ACME+Bank")).contains("your code", "Erase this number").doesNotContain("Write to this number");
    }
}
