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
            String[] chosen = {
                "status",
                "failed",
                "since",
                "2020-01-01T00:00",
                "delivery",
                deliveries("failed").get(0)
            };
            assertThat(browser.submit("/deliveries/retry", chosen).expect(303).header("Location"))
                    .isEqualTo("/deliveries?status=failed&since=2020-01-01T00%3A00&said=retried");
        }
    }

    /** Returns the ids of all deliveries with a status. */
    private List<String> deliveries(String status) {
        return tenant.get("/v1/deliveries?status=" + status).json().get("data").findValuesAsText("id").stream()
                .filter(id -> id.startsWith("dlv_"))
                .toList();
    }

    @Test
    void ofChosenDeliveriesEachIsSentThatCanBeAndTheRestIsCounted() {
        try (Receiver receiver = new Receiver().answering(500)) {
            String kept = tenant.connection(receiver.url("/kept"), "\"redelivery\":{\"maxAttempts\":1}");
            String gone = tenant.connection(receiver.url("/gone"), "\"redelivery\":{\"maxAttempts\":1}");
            sms(tenant, "919876543210", "one");
            sms(tenant, "919876543210", "two");
            eventually(() -> assertThat(deliveries("failed")).hasSize(4));
            tenant.delete("/v1/connections/" + gone).expect(204);
            receiver.answering(200);
            browser.signIn(key);
            assertThat(browser.submit("/deliveries/replay", "status", "failed")
                            .expect(200)
                            .text())
                    .as("what the job would send")
                    .contains("2 failed deliveries match.");
            List<String> chosen = new java.util.ArrayList<>(List.of("status", "failed"));
            deliveries("failed").forEach(id -> chosen.addAll(List.of("delivery", id)));
            chosen.addAll(List.of("delivery", "dlv_nothing"));

            String list = browser.submit("/deliveries/retry", chosen.toArray(String[]::new))
                    .expect(303)
                    .header("Location");
            assertThat(browser.get(list).expect(200).text())
                    .contains(
                            "2 were sent again.",
                            "2 were not sent, because their target was deleted.",
                            "1 was not sent: it is no longer stored.");
            eventually(() -> assertThat(tenant.get("/v1/deliveries?status=delivered&target=" + kept)
                            .json()
                            .get("data"))
                    .hasSize(2));
            assertThat(browser.submit("/deliveries/replay", "status", "failed").text())
                    .contains("No failed delivery matches.");
        }
    }

    @Test
    void aHeldDeliveryIsNotSaidToBeSentAgain() {
        try (Receiver receiver = new Receiver().answering(500)) {
            String target = failed(receiver);
            String delivery = deliveries("failed").get(0);
            String message = tenant.get("/v1/deliveries/" + delivery).at("/messageId");
            tenant.post("/v1/connections/" + target + "/pause").expect(200);
            browser.signIn(key);

            String story = browser.submit("/messages/" + message + "/retry", "delivery", delivery)
                    .expect(303)
                    .header("Location");
            assertThat(browser.get(story).expect(200).text())
                    .contains(
                            "Held, and not sent", "Its target is paused", "It waits. ", "href=\"/connections/" + target)
                    .doesNotContain("Sent again.");
            String list = browser.submit("/deliveries/retry", "delivery", delivery)
                    .expect(303)
                    .header("Location");
            assertThat(browser.get(list).text()).contains("Held, and not sent").doesNotContain("Sent again.");
        }
    }

    @Test
    void theListOfDeliveriesSaysWhoseMessagesTheyAre() {
        try (Receiver receiver = new Receiver().answering(500)) {
            failed(receiver);
            browser.signIn(key);

            assertThat(browser.get("/deliveries").text()).contains("<bdi>919876543210</bdi>");
            assertThat(browser.get("/deliveries/export.csv").text()).contains("\"919876543210\"");
            String delivery = deliveries("failed").get(0);
            assertThat(browser.get("/deliveries?q=" + delivery).expect(303).header("Location"))
                    .isEqualTo("/deliveries/" + delivery);
        }
    }

    @Test
    void searchesFindWhatPeopleType() {
        String bank = sms(tenant, "VM-HDFCBK", "Your balance is low");
        String number = sms(tenant, "919876543210", "My invoice 4712, please");
        String unread = sms(tenant, "919000000001", "hello");
        browser.signIn(key);

        for (String typed : List.of("VM-HDFCBK", "vm-hdfcbk", "balance")) {
            assertThat(found(typed)).as(typed).contains(bank).doesNotContain(number, unread);
        }
        for (String typed : List.of("4712", "+91 98765 43210", "٩١٩٨٧٦٥٤٣٢١٠", "९१९८७६५४३२१०", "invoice")) {
            assertThat(found(typed)).as(typed).contains(number).doesNotContain(bank, unread);
        }
        assertThat(browser.get("/messages?q=nobody").text()).contains("No message matches");
    }

    /** Returns the page of a search, after a look that Ctrl-K finds the same. */
    private String found(String typed) {
        String q = java.net.URLEncoder.encode(typed, java.nio.charset.StandardCharsets.UTF_8);
        String page = browser.get("/messages?q=" + q).expect(200).text();
        String keys = browser.get("/find?q=" + q).expect(200).text();
        assertThat(ids(keys)).isEqualTo(ids(page));
        return page;
    }

    private static java.util.Set<String> ids(String page) {
        return java.util.regex.Pattern.compile("/messages/(msg_[^\"]+)\"")
                .matcher(page)
                .results()
                .map(each -> each.group(1))
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void anIdLeadsToItsPageWhereverItIsTyped() {
        try (Receiver receiver = new Receiver().answering(500)) {
            String target = failed(receiver);
            String delivery = deliveries("failed").get(0);
            String device = tenant.get("/v1/devices").at("/data/0/id");
            String sms = tenant.post(
                            "/v1/messages", "{\"deviceId\":\"" + device + "\",\"to\":\"919876500000\",\"text\":\"hi\"}")
                    .expect(202)
                    .at("/id");
            browser.signIn(key);

            for (List<String> each : List.of(
                    List.of(delivery, "/deliveries/" + delivery),
                    List.of(target, "/connections/" + target),
                    List.of(device, "/phones/" + device),
                    List.of(sms, "/messages/with?number=919876500000"))) {
                String typed = each.get(0);
                assertThat(browser.get("/messages?q=" + typed).expect(303).header("Location"))
                        .isEqualTo(each.get(1));
                assertThat(browser.get("/find?q=" + typed).text()).contains("href=\"" + each.get(1) + "\"");
                assertThat(browser.get("/messages?q=" + typed, "HX-Request", "true")
                                .expect(200)
                                .text())
                        .as("a part of the page cannot be another page")
                        .contains("id=\"results\"", "href=\"" + each.get(1) + "\"");
            }
        }
    }

    @Test
    void aTimeThatIsNoneIsSaidAndChoosesNothing() {
        browser.signIn(key);
        for (String list : List.of("/messages", "/deliveries", "/account/log")) {
            assertThat(browser.get(list + "?since=2026-11-28T25:99").expect(200).text())
                    .as(list)
                    .contains("role=\"alert\"", "since");
        }
        browser.submit("/deliveries/replay", "status", "failed", "since", "2026-11-28T25:99", "sure", "yes")
                .expect(422);
    }

    @Test
    void aDayOfTheLogIsMeantWholeInTheReadersZone() {
        browser.signIn(key);
        String at = tenant.get("/v1/audit?action=key.create").at("/data/0/at");
        java.time.ZoneId zone = java.time.ZoneId.of("Pacific/Kiritimati"); // 14 hours before UTC
        java.time.LocalDate day = java.time.Instant.parse(at).atZone(zone).toLocalDate();
        String period = "&since=" + day + "&until=" + day + "&zone=" + zone;

        assertThat(browser.get("/account/log?action=key.create" + period)
                        .expect(200)
                        .text())
                .contains("data-zone=\"yes\"", "/account/log/export.csv?", "zone=Pacific%2FKiritimati")
                .doesNotContain("Nothing matches.");
        assertThat(browser.get("/account/log/export.csv?action=key.create" + period)
                        .text()
                        .split("\r\n"))
                .hasSizeGreaterThan(1);
        String before = period.replace(day.toString(), day.minusDays(1).toString());
        assertThat(browser.get("/account/log?action=key.create" + before).text())
                .contains("Nothing matches.");
    }

    @Test
    void earlierMessagesOfASingleDayAreSent() {
        String message = sms(tenant, "919876543210", "before");
        String id = tenant.connection("https://erp.example.com/", "\"enabled\":false");
        java.time.ZoneId zone = java.time.ZoneId.of("Pacific/Kiritimati");
        String at = tenant.get("/v1/messages/" + message).at("/acceptedAt");
        String day = java.time.Instant.parse(at).atZone(zone).toLocalDate().toString();
        browser.signIn(key);
        String path = "/connections/" + id + "/backfill";

        assertThat(browser.submit(path, "since", day, "until", day, "zone", zone.toString())
                        .expect(200)
                        .text())
                .contains("1 message is missing.", "name=\"zone\" value=\"Pacific/Kiritimati\"");
        assertThat(browser.submit(path, "until", day, "zone", zone.toString())
                        .expect(200)
                        .text())
                .contains("1 message is missing.");
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
