package com.mobileapiconnect.bridge.portal;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages on which a tenant finds out what happened, without a browser. */
class PortalListsTest extends ReadersPages {

    @Test
    void aMessageThatGoesNowhereSaysWhy() {
        String id = sms(tenant, "919876543210", "hello");
        browser.signIn(key);

        assertThat(browser.get("/messages/" + id).expect(200).text())
                .contains("It arrived at the bridge and is stored, but goes nowhere.", "No webhook is set");
        assertThat(browser.get("/messages?q=%2B91+98765+43210").text()).contains("919876543210");
        assertThat(browser.get("/messages/with?number=919876543210").text()).contains("class=\"in\"", "hello");
        assertThat(browser.get("/messages?q=" + id).expect(303).header("Location"))
                .isEqualTo("/messages/" + id);
    }

    /** Returns a target to which one delivery has failed. */
    private String failed(Receiver receiver) {
        String target = tenant.connection(receiver.url("/x"), "\"redelivery\":{\"maxAttempts\":1}");
        sms(tenant, "919876543210", "one");
        eventually(() -> assertThat(
                        tenant.get("/v1/deliveries?status=failed").json().get("data"))
                .hasSize(1));
        return target;
    }

    @Test
    void failedDeliveriesAreCountedAndThenSentAgain() {
        try (Receiver receiver = new Receiver().answering(500)) {
            String target = failed(receiver);
            receiver.answering(200);
            browser.signIn(key);
            assertThat(browser.get("/deliveries").expect(200).text()).contains("HTTP 500");
            assertThat(browser.submit("/deliveries/replay", "target", target)
                            .expect(200)
                            .text())
                    .contains("1 failed delivery matches.");
            String job = browser.submit("/deliveries/replay", "target", target, "sure", "yes")
                    .expect(303)
                    .header("Location");

            eventually(() -> assertThat(browser.get(job).expect(200).text()).contains("1 of 1"));
            eventually(() -> assertThat(
                            tenant.get("/v1/deliveries?status=delivered").json().get("data"))
                    .hasSize(1));
        }
    }

    private static String backlog(int count, String text) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"p-" + i + "\",\"from\":\"91987654" + (1000 + i) + "\",\"text\":"
                        + PortalSuite.quoted(text) + "}")
                .collect(java.util.stream.Collectors.joining(",", "{\"messages\":[", "]}"));
    }

    @Test
    void aListIsExportedToItsEndWithItsFilterAndNothingInItIsComputed() {
        String token =
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token");
        tenant.as(token).post("/v1/inbound", backlog(450, "=cmd|' /C calc'!A0")).expect(202);
        sms(tenant, "919876543210", "something else");
        browser.signIn(key);

        Api.Reply all = browser.get("/messages/export.csv").expect(200);
        assertThat(all.header("Content-Type")).startsWith("text/csv");
        assertThat(all.header("Content-Disposition")).isEqualTo("attachment; filename=\"messages.csv\"");
        assertThat(all.text().split("\r\n")).hasSize(452);
        assertThat(all.text()).startsWith("\uFEFF\"id\",\"acceptedAt\"").contains("\"'=cmd|' /C calc'!A0\"");
        assertThat(browser.get("/messages/export.csv?q=something").text().split("\r\n"))
                .hasSize(2);
        for (String path : List.of(
                "/deliveries/export.csv?status=",
                "/rules/export.csv",
                "/connections/export.csv",
                "/account/log/export.csv",
                "/phones/export.csv",
                "/messages/with/export.csv?number=919876543210",
                "/phones/" + tenant.get("/v1/devices").at("/data/0/id") + "/export.csv")) {
            assertThat(browser.get(path).expect(200).header("Content-Type"))
                    .as(path)
                    .startsWith("text/csv");
        }
        browser.get("/webhooks/export.csv").expect(404);
        browser.get("/tenants/export.csv").expect(403);
        Browser operator = new Browser(bridge());
        operator.signIn(RunningBridge.OPERATOR_KEY);
        for (String path : List.of(
                "/tenants/export.csv",
                "/routes/export.csv",
                "/settings/log/export.csv?action=tenant.create",
                "/settings/resources/export.csv")) {
            assertThat(operator.get(path).expect(200).text()).as(path).startsWith("\uFEFF\"");
        }
        operator.get("/messages/export.csv").expect(403);
    }

    @Test
    void aTenantHasTwoExportsAtOnceAndOneMoreIsToldToWait() throws Exception {
        String token =
                tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201).at("/token");
        for (int i = 0; i < 4; i++) {
            tenant.as(token)
                    .post("/v1/inbound", backlog(70, i + "x".repeat(99_000)))
                    .expect(202);
        }
        browser.signIn(key);
        try (Streams streams = new Streams(bridge())) {
            streams.unread(browser, "/messages/export.csv");
            streams.unread(browser, "/messages/export.csv");

            Api.Reply refused = browser.get("/messages/export.csv").expect(429);
            assertThat(refused.header("Retry-After")).isEqualTo("10");
        }
        eventually(() -> browser.get("/messages/export.csv?q=nothing").expect(200));
    }

    @Test
    void anythingIsFoundByAFewLetters() {
        String message = sms(tenant, "919876543210", "hello");
        String connection = tenant.connection("https://erp.example.com/", "");
        browser.signIn(key);

        assertThat(browser.get("/find").expect(200).text())
                .contains("href=\"/rules\"")
                .doesNotContain("href=\"/tenants\"");
        assertThat(browser.get("/find?q=erp").text()).contains("/connections/" + connection);
        assertThat(browser.get("/find?q=91987654").text()).contains("/messages?q=91987654");
        assertThat(browser.get("/find?q=%2B91+98765+43210").text())
                .contains("/messages/" + message, "/messages/with?number=");
        assertThat(browser.get("/find?q=" + connection).text()).contains("href=\"/connections/" + connection);
        Browser sender = new Browser(bridge());
        sender.signIn(newKey("{\"scopes\":[\"send\"]}"));
        assertThat(sender.get("/find?q=mess").expect(200).text()).contains("href=\"/messages\"");
    }

    @Test
    void deliveriesAreSentAgainByTheFilterThatWasSetAndItStays() {
        try (Receiver receiver = new Receiver().answering(500)) {
            String target = failed(receiver);
            browser.signIn(key);
            String[] later = {"status", "failed", "target", target, "since", "2099-01-01T00:00", "zone", "Asia/Kolkata"
            };

            assertThat(browser.submit("/deliveries/replay", later).expect(200).text())
                    .contains("No failed delivery matches.");
            String[] chosen = {"status", "failed", "since", "2020-01-01T00:00", "delivery", "nonsense"};
            assertThat(browser.submit("/deliveries/retry", chosen).expect(303).header("Location"))
                    .isEqualTo("/deliveries?status=failed&since=2020-01-01T00%3A00&said=retried");
        }
    }

    @Test
    void aTestOfAConnectionIsAnsweredInWords() {
        try (Receiver receiver = new Receiver().answering(got -> Receiver.Answer.of(401, "who are you?"))) {
            String id = tenant.connection(receiver.url("/x"), "");
            browser.signIn(key);

            assertThat(browser.submit("/connections/" + id + "/test")
                            .expect(200)
                            .text())
                    .contains("The test did not arrive.", "HTTP 401", "who are you?");
        }
    }
}
