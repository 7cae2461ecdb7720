package com.mobileapiconnect.bridge.portal;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import org.junit.jupiter.api.Test;

/** Pages say the name that people gave a thing, and lead to it, where the API has an id or a word of its own. */
class PortalNamesTest extends ReadersPages {

    @Test
    void theLogNamesWhoChangedWhatAndLeadsThere() {
        String made = tenant.as(newKey("{\"name\":\"Till\"}"))
                .post("/v1/devices", "{\"name\":\"Front desk\"}")
                .expect(201)
                .at("/id");
        browser.signIn(key);

        String log = browser.get("/account/log?subject=" + made).expect(200).text();

        assertThat(log).contains("<bdi>Till</bdi>", "<a href=\"/phones/" + made + "\">" + made + "</a>");
        String ofTill = log.replaceAll("(?s).*(/account/log\\?actor=key_[^\"]+)\".*", "$1");
        assertThat(browser.get(ofTill).expect(200).text())
                .contains("Front desk")
                .doesNotContain("keys.create");
    }

    @Test
    void theOperatorFindsATenantByItsNameAndFromTheLog() {
        Api operator = bridge().operator();
        String id = operator.post("/v1/tenants", "{\"name\":\"Kirana & Sons\"}")
                .expect(201)
                .at("/id");
        browser.signIn(RunningBridge.OPERATOR_KEY);

        assertThat(browser.get("/find?q=kirana").expect(200).text())
                .contains("href=\"/tenants/" + id + "\"", "Kirana &amp; Sons");
        assertThat(browser.get("/find?q=" + id).expect(200).text()).contains("href=\"/tenants/" + id + "\"");
        assertThat(browser.get("/find?q=resour").expect(200).text()).contains("href=\"/settings/resources\"");
        assertThat(browser.get("/settings/log?subject=" + id).expect(200).text())
                .contains("<a href=\"/tenants/" + id + "\">");
    }

    @Test
    void whoLooksForAPageOfTheAccountFindsIt() {
        browser.signIn(key);

        assertThat(browser.get("/find?q=opt-o").expect(200).text()).contains("href=\"/account/opt-outs\"");
        assertThat(browser.get("/find?q=customers").expect(200).text()).contains("href=\"/account/sms\"");
        assertThat(browser.get("/find").expect(200).text()).doesNotContain("/account/opt-outs");
    }

    @Test
    void anActionIsNamedByItsRuleAndAReasonByItsWords() {
        try (Receiver receiver = new Receiver().answering(503)) {
            tenant.post("/v1/rules", """
                            {"name":"Balance","then":[{"type":"reply","text":"0"},{"type":"webhook","url":"%s"}]}""".formatted(receiver.url("/erp"))).expect(201);
            String phone = tenant.post("/v1/devices", "{\"name\":\"Till\",\"outbox\":true}")
                    .expect(201)
                    .at("/token");
            String message = PortalSuite.sms(tenant.as(phone), "919876543210", "balance");
            browser.signIn(key);
            eventually(() ->
                    assertThat(tenant.get("/v1/outgoing").json().path("data")).hasSize(1));

            assertThat(browser.get("/").expect(200).text()).contains("<bdi>Balance: Rule’s webhook</bdi>");
            assertThat(browser.get("/messages/" + message).expect(200).text())
                    .contains("Rule’s webhook: <a href=\"/rules\"><bdi>Balance</bdi>")
                    .doesNotContain("Balance: rule-webhook", "Balance: reply");

            PortalSuite.sms(tenant.as(phone), "919876543210", "STOP");
            String id = tenant.get("/v1/devices").at("/data/0/id");
            assertThat(browser.get("/phones/" + id).expect(200).text())
                    .contains("<bdi>The customer opted out</bdi>")
                    .doesNotContain("<bdi>opted-out</bdi>");
        }
    }

    @Test
    void aLinkThatNoPhoneCanOpenSaysSo() {
        browser.signIn(key);

        assertThat(browser.submit("/phones", "name", "Till").expect(200).text()).contains("BRIDGE_PUBLIC_URL");
        assertThat(pairing("http://127.0.0.1:8080/phone#pair=x").isLocal()).isTrue();
        assertThat(pairing("https://bridge.example.com/phone#pair=x").isLocal()).isFalse();
        assertThat(pairing("https://localhost.example.com/phone#pair=x").isLocal())
                .isFalse();
    }

    private static ShownPhone.Pairing pairing(String link) {
        return new ShownPhone.Pairing("", link, "", "");
    }
}
