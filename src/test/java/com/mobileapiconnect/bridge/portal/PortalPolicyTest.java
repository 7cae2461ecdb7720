package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The redelivery policy in the forms of connections and webhooks, without a browser. */
class PortalPolicyTest extends ReadersPages {

    private static final String URL = "https://erp.example.com/sms";

    @BeforeEach
    void signIn() {
        browser.signIn(key);
    }

    private String connection() {
        return tenant.post("/v1/connections", """
                        {"name":"ERP","outboundUrl":"%s","redelivery":{"maxAttempts":7,"initialDelay":"PT9S"}}""".formatted(URL)).expect(201).at("/id");
    }

    private JsonNode policy(String path) {
        return tenant.get(path).expect(200).json().path("redelivery");
    }

    @Test
    void aConnectionsPolicyIsShownAndChangedFieldByField() {
        String id = connection();
        assertThat(browser.get("/connections/" + id).expect(200).text())
                .contains("name=\"redelivery.maxAttempts\" value=\"7\"", "value=\"PT9S\"", "value=\"PT8S\"");

        browser.submit(
                        "/connections/" + id,
                        "name",
                        "ERP",
                        "outboundUrl",
                        URL,
                        "enabled",
                        "yes",
                        "redelivery.maxAttempts",
                        "3",
                        "redelivery.initialDelay",
                        "",
                        "redelivery.multiplier",
                        "1.5",
                        "redelivery.timeout",
                        "PT20S")
                .expect(303);

        JsonNode policy = policy("/v1/connections/" + id);
        assertThat(policy.path("maxAttempts").asInt()).isEqualTo(3);
        assertThat(policy.path("initialDelay").asText()).isEqualTo("PT5S");
        assertThat(policy.path("multiplier").asDouble()).isEqualTo(1.5);
        assertThat(policy.path("timeout").asText()).isEqualTo("PT20S");
    }

    @Test
    void whatIsWrongStandsAtItsField() {
        String id = connection();

        String page = browser.submit(
                        "/connections/" + id,
                        "name",
                        "ERP",
                        "outboundUrl",
                        URL,
                        "redelivery.maxAttempts",
                        "many",
                        "redelivery.timeout",
                        "an hour")
                .expect(200)
                .text();

        assertThat(page).contains("value=\"many\" placeholder=\"20\"", "value=\"an hour\"");
        assertThat(page.split("aria-invalid=\"true\"", -1)).hasSize(3);
        assertThat(policy("/v1/connections/" + id).path("maxAttempts").asInt()).isEqualTo(7);
    }

    @Test
    void aFormWithoutThePolicyLeavesItAsItIs() {
        String id = connection();

        browser.submit("/connections/" + id, "name", "Other", "outboundUrl", URL)
                .expect(303);

        assertThat(policy("/v1/connections/" + id).path("maxAttempts").asInt()).isEqualTo(7);
    }

    @Test
    void theWebhooksHaveTheSameFields() {
        assertThat(browser.get("/webhooks").expect(200).text())
                .contains("id=\"forward-redelivery.maxAttempts\"", "id=\"operations-redelivery.maxAttempts\"");

        browser.submit("/webhooks/forward/save", "url", URL, "enabled", "yes", "redelivery.maxAttempts", "4")
                .expect(303);

        assertThat(policy("/v1/webhooks").path("maxAttempts").asInt()).isEqualTo(4);
    }
}
