package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quiet hours, the answer to HELP and the words that stop SMS, without a browser. */
class PortalSmsTest extends ReadersPages {

    private static final String PAGE = "/account/sms";
    private static final String SETTINGS = "/v1/sms-settings";
    private static final String WORDS = "/v1/opt-out-words";

    @BeforeEach
    void signIn() {
        browser.signIn(key);
    }

    private String page() {
        return browser.get(PAGE).expect(200).text();
    }

    private String version(String api) {
        return tenant.get(api).header("ETag").replace("\"", "");
    }

    @Test
    void quietHoursAndTheAnswerToHelpAreSetAndTakenAway() {
        assertThat(page()).contains("SMS to customers", "Quiet hours", "Answer to HELP", "> Swedish<");

        browser.submit(
                        PAGE + "/guards",
                        "version",
                        version(SETTINGS),
                        "quietHours.from",
                        "21:00",
                        "quietHours.to",
                        "08:00",
                        "quietHours.zone",
                        "Asia/Kolkata",
                        "quietHours.days",
                        "SAT",
                        "quietHours.days",
                        "SUN",
                        "quietHours.replies",
                        "yes",
                        "help.text",
                        "Call us.",
                        "help.words",
                        "AIDE\n\n hilf mir ")
                .expect(303);

        assertThat(tenant.get(SETTINGS).expect(200).json()).isEqualTo(json("""
                {"quietHours":{"from":"21:00","to":"08:00","zone":"Asia/Kolkata","days":["SAT","SUN"],"replies":true},
                 "help":{"text":"Call us.","words":["AIDE","hilf mir"]}}"""));
        assertThat(page())
                .contains("value=\"21:00\"", "value=\"Asia/Kolkata\"", "value=\"SUN\" checked", ">Call us.</textarea>")
                .contains(">AIDE\nhilf mir</textarea>")
                .doesNotContain("value=\"MON\" checked");

        browser.submit(PAGE + "/guards", "quietHours.zone", "Asia/Kolkata").expect(303);
        assertThat(tenant.get(SETTINGS).json()).isEqualTo(json("{\"quietHours\":null,\"help\":null}"));
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        return Answer.of(200, null, text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .json();
    }

    @Test
    void wordsAreSetOneToALineAndAllLanguagesAreNoListOfThem() {
        browser.submit(
                        PAGE + "/words",
                        "languages",
                        "de",
                        "languages",
                        "es",
                        "optOutWords",
                        "no more\ngenug",
                        "optInWords",
                        "come back")
                .expect(303);
        assertThat(tenant.get(WORDS).json().toString())
                .isEqualTo(
                        "{\"languages\":[\"de\",\"es\"],\"optOutWords\":[\"no more\",\"genug\"],\"optInWords\":[\"come back\"]}");
        assertThat(page()).contains("value=\"es\" checked").doesNotContain("value=\"fr\" checked");

        String[] all = SmsForms.LANGUAGES.stream()
                .flatMap(code -> java.util.stream.Stream.of("languages", code))
                .toArray(String[]::new);
        browser.submit(PAGE + "/words", all).expect(303);
        assertThat(tenant.get(WORDS).json().path("languages")).hasSize(SmsForms.LANGUAGES.size());
        assertThat(tenant.get("/v1/config").text()).contains("languages: null");
    }

    @Test
    void thePageKnowsAllLanguagesThatTheApiHas() {
        assertThat(tenant.get(WORDS).json().path("languages").toString())
                .isEqualTo("[\"" + String.join("\",\"", SmsForms.LANGUAGES) + "\"]");
    }

    @Test
    void whatIsWrongStandsAtItsFieldAndStaysTyped() {
        String words = browser.submit(PAGE + "/words", "optOutWords", "genug\nSTART", "optInWords", "")
                .expect(200)
                .text();
        assertThat(words).contains("START: already allows replies", ">genug\nSTART</textarea>");
        assertThat(words.split("aria-invalid=\"true\"", -1)).hasSize(2);

        String guards = browser.submit(PAGE + "/guards", "quietHours.from", "21:00", "help.words", "AIDE")
                .expect(200)
                .text();
        assertThat(guards).contains("value=\"21:00\"", ">AIDE</textarea>");
        assertThat(guards.split("aria-invalid=\"true\"", -1)).hasSizeGreaterThan(3);
        assertThat(tenant.get(SETTINGS).json().path("quietHours").isNull()).isTrue();
    }

    @Test
    void ofTwoPeopleTheSecondIsToldAndSavesOnceMore() {
        String seen = version(SETTINGS);
        tenant.put(SETTINGS, "{\"help\":{\"text\":\"theirs\"}}").expect(200);

        String page = browser.submit(PAGE + "/guards", "version", seen, "help.text", "mine")
                .expect(412)
                .text();

        assertThat(page).contains("theirs", ">mine</textarea>", "value=\"" + version(SETTINGS) + "\"");
        browser.submit(PAGE + "/guards", "version", version(SETTINGS), "help.text", "mine")
                .expect(303);
        assertThat(tenant.get(SETTINGS).at("/help/text")).isEqualTo("mine");
    }

    @Test
    void aKeyThatMayOnlyReadSeesThePageAndChangesNothing() {
        browser.signIn(newKey("{\"scopes\":[\"read\"]}"));

        assertThat(page()).contains("Quiet hours");
        browser.submit(PAGE + "/words", "optOutWords", "genug").expect(403);
        browser.get("/account/opt-outs").expect(200);
        browser.upload("/account/opt-outs", "919876543210").expect(403);
    }

    @Test
    void aUrlThatIsToldOfSmsIsShownAndDeleted() {
        assertThat(page()).doesNotContain("URLs that are told");
        tenant.post("/v1/devices", "{\"name\":\"P\"}").expect(201);
        tenant.post(
                        "/v1/messages",
                        "{\"to\":\"919876543210\",\"text\":\"hi\",\"statusUrl\":\"https://erp.example.com/told\"}")
                .expect(202);
        String id = tenant.get("/v1/status-urls").at("/data/0/id");
        assertThat(page()).contains("URLs that are told", "https://erp.example.com/told", id);

        browser.submit(PAGE + "/forget", "id", id, "sure", "yes").expect(303);
        assertThat(tenant.get("/v1/status-urls").json().path("data")).isEmpty();
        browser.submit(PAGE + "/forget", "id", "../keys").expect(404);
    }
}
