package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Receiver;
import org.junit.jupiter.api.Test;

/** The words of the pages are those that people see on them, and not the names of the API. */
class PortalWordsTest extends ReadersPages {

    @Test
    void theCatalogueNamesNoFieldOfTheApi() {
        browser.signIn(key);

        assertThat(browser.get("/connections").expect(200).text()).doesNotContain("outboundUrl");
    }

    @Test
    void whatIsMissingHasTheNameOfItsField() {
        browser.signIn(key);
        String page = browser.submit("/connections/new/odata4-entity/look", "name", "SAP", "try.from", "91")
                .expect(200)
                .text();

        assertThat(page).contains("Entity set must be given").doesNotContain("properties.entitySet must");
    }

    @Test
    void anExpressionThatIsWrongIsShownAsItWasTyped() {
        browser.signIn(key);
        String[] rule = {
            "name",
            "Tea",
            "priority",
            "5",
            "n.kind",
            "all",
            "n.bare",
            "yes",
            "n.0.kind",
            "leaf",
            "n.0.field",
            "text",
            "n.0.op",
            "regex",
            "n.0.value",
            "(",
            "try.from",
            "91",
            "try.text",
            "tea"
        };

        assertThat(browser.submit("/rules/new", rule).expect(200).text())
                .contains("<li>When must be a regular expression", "missing closing ): `(`")
                .doesNotContain("(?i)", "when.value");
        assertThat(browser.submit("/rules/new/try", rule).expect(200).text())
                .contains("When must be a regular expression")
                .doesNotContain("rules[0]");
    }

    @Test
    void whatStillHasDeliveriesSaysWhichBoxToTickAndLeadsBackToIt() {
        try (Receiver receiver = new Receiver().answering(503)) {
            String id = tenant.connection(receiver.url("/erp"), "");
            sms(tenant, "919876543210", "waits");
            browser.signIn(key);

            assertThat(browser.submit("/connections/" + id + "/delete")
                            .expect(409)
                            .text())
                    .contains("tick that they are given up too", "href=\"/connections/" + id + "\"")
                    .doesNotContain("?discard");
            browser.submit("/connections/" + id + "/delete", "sure", "yes").expect(303);
        }
    }
}
