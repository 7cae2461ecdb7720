package com.mobileapiconnect.bridge.portal;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.Receiver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages on which a tenant sets things up, without a browser: each form says what the API then has. */
class PortalBuildTest extends ReadersPages {

    @Test
    void aRuleOfTheFormIsTheRuleOfTheApi() {
        browser.signIn(key);
        String[] rule = {
            "name",
            "Balance",
            "priority",
            "5",
            "enabled",
            "yes",
            "n.kind",
            "all",
            "n.0.kind",
            "leaf",
            "n.0.field",
            "text",
            "n.0.op",
            "keyword",
            "n.0.value",
            "balance",
            "n.1.kind",
            "any",
            "n.1.not",
            "yes",
            "n.1.0.kind",
            "leaf",
            "n.1.0.field",
            "from",
            "n.1.0.op",
            "startsWith",
            "n.1.0.value",
            "1900",
            "n.1.1.kind",
            "leaf",
            "n.1.1.field",
            "sim",
            "n.1.1.op",
            "in",
            "n.1.1.value",
            "1\n2",
            "a.0.type",
            "reply",
            "a.0.text",
            "Hi {{from}}"
        };
        browser.submit("/rules/new", rule).expect(303);

        Api.Reply made = tenant.get("/v1/rules").expect(200);
        assertThat(made.json().at("/data/0/when").toString()).isEqualTo("""
                {"all":[{"field":"text","op":"keyword","value":"balance"},\
                {"not":{"any":[{"field":"from","op":"startsWith","value":"1900"},\
                {"field":"sim","op":"in","value":[1,2]}]}}]}""");
        assertThat(made.at("/data/0/then/0/text")).isEqualTo("Hi {{from}}");
        assertThat(browser.submit("/rules/new", "name", "", "priority", "x")
                        .expect(200)
                        .text())
                .contains("Nothing was changed", "priority");
        assertThat(browser.submit("/rules/test", "try.from", "919876543210", "try.text", "balance")
                        .text())
                .contains("A rule matches.");
    }

    @Test
    void whatAnActionHasBeyondTheFormIsKept() {
        Api.Reply rule = tenant.post("/v1/rules", """
                        {"name":"Two","then":[{"type":"reply","text":"one"},
                         {"type":"webhook","url":"https://erp.example.com/","secret":"whsec_0123456789abcdef",
                          "metadata":{"shop":"1"}}]}""").expect(201);
        String id = rule.at("/id");
        browser.signIn(key);
        browser.submit(
                        "/rules/" + id,
                        "version",
                        rule.at("/version"),
                        "name",
                        "Two",
                        "priority",
                        "100",
                        "enabled",
                        "yes",
                        "a.0.type",
                        "webhook",
                        "a.0.key",
                        rule.at("/then/1/id"),
                        "a.0.url",
                        "https://erp.example.com/",
                        "a.1.type",
                        "reply",
                        "a.1.key",
                        rule.at("/then/0/id"),
                        "a.1.text",
                        "two")
                .expect(303);

        Api.Reply saved = tenant.get("/v1/rules/" + id);
        assertThat(saved.at("/then/0/id")).isEqualTo(rule.at("/then/1/id"));
        assertThat(saved.at("/then/0/metadata/shop")).isEqualTo("1");
        assertThat(saved.json().at("/then/0/signing").asBoolean()).isTrue();
        assertThat(saved.at("/then/1/id")).isEqualTo(rule.at("/then/0/id"));
        assertThat(saved.at("/then/1/text")).isEqualTo("two");
    }

    @Test
    void theBuilderOffersExactlyTheComparisonsOfTheApi() {
        List<String> all =
                Condition.OPS.values().stream().flatMap(List::stream).distinct().toList();
        for (String field : Condition.FIELDS) {
            for (String op : all) {
                String value =
                        switch (op) {
                            case "in" -> "[\"1\"]";
                            case "exists" -> "true";
                            case "between" -> "{\"from\":\"09:00\",\"to\":\"18:00\",\"zone\":\"UTC\"}";
                            default -> "\"1\"";
                        };
                int status = tenant.post(
                                "/v1/rules/test",
                                "{\"message\":{\"from\":\"1\",\"text\":\"1\"},\"rules\":[{\"when\":{\"field\":\""
                                        + field + "\",\"op\":\"" + op + "\",\"value\":" + value + "},\"then\":[]}]}")
                        .status();
                assertThat(status)
                        .as(field + " " + op)
                        .isEqualTo(Condition.OPS.get(field).contains(op) ? 200 : 422);
            }
        }
    }

    @Test
    void aRuleThatIsNotSavedIsTriedAmongTheOthersAndOnTheMessagesOfAWeek() {
        tenant.post("/v1/rules", """
                        {"name":"Before","priority":1,"when":{"field":"text","op":"equals","value":"first"},"then":[]}""").expect(201);
        String[] draft = {
            "name",
            "Draft",
            "priority",
            "10",
            "enabled",
            "yes",
            "n.kind",
            "all",
            "n.bare",
            "yes",
            "n.0.kind",
            "leaf",
            "n.0.field",
            "text",
            "n.0.op",
            "contains",
            "n.0.value",
            "tea",
            "a.0.type",
            "reply",
            "a.0.text",
            "We have tea. 🍵"
        };
        String stored = sms(tenant, "919876543210", "tea, please");
        sms(tenant, "919876543211", "first");
        browser.signIn(key);

        assertThat(browser.submit("/rules/new/try", with(draft, "try.from", "91", "try.text", "tea"))
                        .expect(200)
                        .text())
                .contains("This rule decides.", "1 SMS, UCS-2", "We have tea.");
        assertThat(browser.submit("/rules/new/try", with(draft, "try.from", "91", "try.text", "first"))
                        .text())
                .contains("Another rule decides:");
        assertThat(browser.submit("/rules/new/try", with(draft, "try.message", stored))
                        .text())
                .contains("This rule decides.", "919876543210");
        String week = browser.submit("/rules/new/replay", draft).expect(200).text();
        assertThat(week).contains("It would have decided 1 of 2 SMS.", "tea, please");
        assertThat(tenant.get("/v1/rules").json().get("data")).hasSize(1);
        draft[17] = "";
        assertThat(browser.submit("/rules/new/replay", draft).expect(200).text())
                .contains("must not be empty");
    }

    private static String[] with(String[] fields, String... more) {
        String[] all = Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    @Test
    void ofTwoPeopleWhoOrderRulesTheSecondIsTold() {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            ids.add(tenant.post("/v1/rules", "{\"name\":\"" + name + "\",\"priority\":10,\"then\":[]}")
                    .expect(201)
                    .at("/id"));
        }
        browser.signIn(key);
        String seen = seen(browser.get("/rules").expect(200).text());
        browser.submit("/rules/order", "seen", seen, "move", ids.get(2) + ":1").expect(303);
        assertThat(order()).containsExactly("a", "c", "b");

        String told = browser.submit("/rules/order", "seen", seen, "move", ids.get(0) + ":2")
                .expect(412)
                .text();
        assertThat(told).contains("Somebody else has changed the rules meanwhile");
        assertThat(order()).containsExactly("a", "c", "b");
        browser.submit("/rules/order", "seen", seen(told), "move", ids.get(0) + ":2")
                .expect(303);
        assertThat(order()).containsExactly("c", "b", "a");
    }

    private static String seen(String page) {
        Matcher found = Pattern.compile("name=\"seen\" value=\"([^\"]*)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private List<String> order() {
        List<JsonNode> rules = new ArrayList<>();
        tenant.get("/v1/rules").json().get("data").forEach(rules::add);
        return rules.stream()
                .sorted(Comparator.comparing(
                                (JsonNode rule) -> rule.get("priority").asInt())
                        .thenComparing(rule -> rule.get("createdAt").asText())
                        .thenComparing(rule -> rule.get("id").asText()))
                .map(rule -> rule.get("name").asText())
                .toList();
    }

    @Test
    void aConnectionThatIsNotSavedShowsTheRequestThatItWouldMake() {
        browser.signIn(key);
        String[] draft = {
            "name",
            "Shop",
            "outboundUrl",
            "https://erp.example.com/api",
            "enabled",
            "yes",
            "p.method",
            "PUT",
            "p.contentType",
            "json",
            "p.fields.0.field",
            "Number",
            "p.fields.0.value",
            "{{from}}",
            "p.fields.1.field",
            "Amount",
            "p.fields.1.value",
            "{{text}}",
            "p.fields.1.as",
            "integer",
            "http.auth.type",
            "bearer",
            "http.auth.token",
            "do-not-show-this",
            "try.from",
            "919876543210"
        };
        String shown = browser.submit("/connections/new/http-request/look", with(draft, "try.text", "42"))
                .expect(200)
                .text();
        assertThat(shown.substring(shown.indexOf("id=\"request\"")))
                .contains("PUT https://erp.example.com/api", "\"Amount\":42")
                .doesNotContain("do-not-show");
        assertThat(browser.submit("/connections/new/http-request/look", with(draft, "try.text", "many"))
                        .text())
                .contains("Not yet complete", "Amount");
        assertThat(tenant.get("/v1/connections").json().get("data")).isEmpty();

        String path = browser.submit("/connections/new/http-request", draft)
                .expect(303)
                .header("Location")
                .replaceFirst("\\?.*", "");
        Api.Reply made = tenant.get("/v1" + path);
        assertThat(made.json().at("/properties/fields/Amount").toString())
                .isEqualTo("{\"value\":\"{{text}}\",\"as\":\"integer\"}");
        assertThat(made.json().at("/http/auth/token").asBoolean()).isTrue();
        draft[draft.length - 3] = "";
        browser.submit(path, with(draft, "version", made.at("/version"))).expect(303);
        assertThat(tenant.get("/v1" + path).json().at("/http/auth/token").asBoolean())
                .isTrue();
    }

    @Test
    void aConnectionGetsWhatCameBeforeItAfterItWasCounted() {
        sms(tenant, "919876543210", "before");
        try (Receiver receiver = new Receiver()) {
            String id = tenant.connection(receiver.url("/x"), "");
            browser.signIn(key);
            String path = "/connections/" + id + "/backfill";
            assertThat(browser.submit(path, "since", "2020-01-01").expect(200).text())
                    .contains("1 message is missing.");
            assertThat(browser.submit(path, "since", "soon").expect(200).text()).contains("role=\"alert\"");
            String job = browser.submit(path, "since", "2020-01-01", "sure", "yes")
                    .expect(303)
                    .header("Location");

            browser.get(job).expect(200);
            eventually(() -> assertThat(receiver.requests("/x")).hasSize(1));
            assertThat(browser.get("/connections/" + id).text()).contains("class=\"spark\"");
        }
    }

    @Test
    void aPhoneIsAllowedToChangeTheForwardUrlAndForbiddenAgain() {
        String id = tenant.post("/v1/devices", "{\"name\":\"P\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/id");
        browser.signIn(key);
        assertThat(browser.get("/phones/" + id).text())
                .contains("may not change it", "Let the phone’s page change the Forward URL");

        browser.submit("/phones/" + id + "/manage", "manage", "yes").expect(303);
        assertThat(tenant.get("/v1/devices/" + id).at("/manage")).isEqualTo("true");
        assertThat(tenant.get("/v1/devices/" + id).at("/number")).isEqualTo("911234500000");
        assertThat(browser.get("/phones/" + id).text()).contains("name=\"manage\" value=\"no\"");
        browser.submit("/phones/" + id + "/manage", "manage", "no").expect(303);
        assertThat(tenant.get("/v1/devices/" + id).at("/manage")).isEqualTo("false");
    }

    @Test
    void thePhonesPageKnowsEveryAdapterAndChangesASim() {
        browser.signIn(key);
        String page = browser.get("/phones").expect(200).text();
        tenant.get("/v1/adapters").json().get("data").forEach(adapter -> assertThat(page)
                .contains(">" + adapter.get("name").asText() + "<"));
        assertThat(page).contains(">http-json<", ">twilio<");
        Api.Reply phone = tenant.post("/v1/devices", "{\"name\":\"P\",\"metadata\":{\"a\":\"b\"}}")
                .expect(201);
        String path = "/phones/" + phone.at("/id");
        String[] typed = {
            "name",
            "Desk",
            "sim.1",
            "911234500000",
            "sim.2",
            "",
            "region",
            "IN",
            "version",
            tenant.get("/v1/devices/" + phone.at("/id")).at("/version")
        };
        browser.submit(path, typed).expect(303);

        Api.Reply saved = tenant.get("/v1/devices/" + phone.at("/id"));
        assertThat(saved.json().get("sims").toString()).isEqualTo("{\"1\":\"911234500000\"}");
        assertThat(saved.at("/name") + saved.at("/region") + saved.at("/metadata/a"))
                .isEqualTo("DeskINb");
        browser.submit(path, typed).expect(412);
    }

    @Test
    void theVerificationCodeHasTheNamesOfItsTarget() {
        tenant.put(
                        "/v1/webhooks",
                        "{\"url\":\"https://erp.example.com/\",\"secret\":\"whsec_0123456789abcdef\","
                                + "\"signatureHeader\":\"X-Shop\"}")
                .expect(200);
        browser.signIn(key);

        for (VerificationCode.Language language : VerificationCode.Language.values()) {
            assertThat(browser.get("/webhooks/forward/code?language=" + language.word())
                            .expect(200)
                            .text())
                    .as(language.title())
                    .contains("X-Shop\"", "X-Shop-Previous\"", "webhook-signature")
                    .doesNotContain("X-MAC-Signature");
        }
        String id = tenant.connection("https://erp.example.com/", "\"signatureHeader\":\"X-Own\"");
        assertThat(browser.get("/connections/" + id + "/code").expect(200).text())
                .contains("X-Own\"");
    }
}
