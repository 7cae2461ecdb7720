package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.destination.AnswersFields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer means to a delivery: one place for all senders that speak HTTP. */
class HttpAnswerTest {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");

    @ParameterizedTest(name = "{0} with {1}, {2} by {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // status, body, wish, target | outcome, class, error
                "200|ok|-|{}|Delivered|-|-",
                "204|ok|-|{}|Delivered|-|-",
                "302|ok|-|{}|Retry|HTTP|HTTP 302: redirects are not followed; set the URL it leads to",
                "404|ok|-|{}|Retry|HTTP|HTTP 404",
                "410|ok|-|{}|Gone|HTTP|HTTP 410",
                "500|ok|-|{}|Retry|HTTP|HTTP 500",
                "200|ok|disable|{}|Delivered|-|-",
                "500|ok|disable|{}|Gone|HTTP|HTTP 500",
                "500|ok| Disable |{}|Gone|HTTP|HTTP 500",
                "500|ok|abort-message|{}|Rejected|HTTP|HTTP 500",
                "410|ok|abort-message|{}|Rejected|HTTP|HTTP 410",
                "500|ok|something|{}|Retry|HTTP|HTTP 500",
                "302|ok|-|{'success':['2xx',302]}|Delivered|-|-",
                "303|ok|-|{'success':['2xx',302]}|Retry|HTTP|HTTP 303: redirects are not followed; set the URL it leads to",
                "410|ok|-|{'success':['2xx',410]}|Delivered|-|-",
                "409|ok|-|{'success':['2xx','4xx']}|Delivered|-|-",
                "200|ok|-|{'success':[302]}|Retry|HTTP|HTTP 200 is no success here, only 302",
                "202|ok|-|{'success':[200,201]}|Retry|HTTP|HTTP 202 is no success here, only 200, 201",
                "200|ERR|-|{'failureWhen':{'contains':'ERR'}}|Retry|ANSWER|HTTP 200, but the answer contains \"ERR\"",
                "200|ERR|disable|{'failureWhen':{'contains':'ERR'}}|Gone|ANSWER|HTTP 200, but the answer contains \"ERR\"",
                "200|ERR|abort-message|{'failureWhen':{'contains':'ERR'}}|Rejected|ANSWER|HTTP 200, but the answer contains"
                        + " \"ERR\"",
                "500|ERR|-|{'failureWhen':{'contains':'ERR'}}|Retry|HTTP|HTTP 500",
                "302|ERR|-|{'success':[302],'failureWhen':{'contains':'ERR'}}|Retry|ANSWER|HTTP 302, but the answer contains"
                        + " \"ERR\"",
                "200|{\"error\":\"full\"}|-|{'failureWhen':{'pointer':'/error'}}|Retry|ANSWER|HTTP 200, but the answer's"
                        + " /error is \"full\"",
                "200|{\"ok\":true}|-|{'failureWhen':{'pointer':'/error'}}|Delivered|-|-",
            })
    void isJudgedByItsTarget(
            int status,
            String body,
            @Nullable String wish,
            String target,
            String outcome,
            @Nullable String errorClass,
            @Nullable String error)
            throws Exception {
        Outcome judged = new HttpAnswer(status, body, null, wish, null).judge(answers(target), NOW);

        assertThat(judged.getClass().getSimpleName()).isEqualTo(outcome);
        Outcome.Evidence evidence = judged.evidence();
        assertThat(evidence).isNotNull();
        assertThat(evidence.httpStatus()).isEqualTo(status);
        assertThat(evidence.body()).isEqualTo(body);
        assertThat(evidence.errorClass()).isEqualTo(errorClass == null ? null : Outcome.ErrorClass.valueOf(errorClass));
        assertThat(evidence.error()).isEqualTo(error);
    }

    @ParameterizedTest(name = "{0}, {1} → {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "gzip|{'failureWhen':{'contains':'x'}}|Retry",
                "br|{'failureWhen':{'pointer':'/error'}}|Retry",
                "gzip|{}|Delivered",
                "identity|{'failureWhen':{'contains':'x'}}|Delivered",
                "-|{'failureWhen':{'contains':'x'}}|Delivered",
            })
    void anEncodedAnswerIsAFailureWhereItWouldHaveToBeRead(@Nullable String encoding, String target, String outcome)
            throws Exception {
        Outcome judged = new HttpAnswer(200, "\u001f\u008b", null, null, null, encoding).judge(answers(target), NOW);

        assertThat(judged.getClass().getSimpleName()).isEqualTo(outcome);
        if (outcome.equals("Retry")) {
            assertThat(judged.evidence().errorClass()).isEqualTo(Outcome.ErrorClass.ANSWER);
            assertThat(judged.evidence().error()).contains(encoding, "Accept-Encoding: identity");
        }
    }

    @Test
    void aDeliveryThatIsTheLastOneSaysSo() throws Exception {
        Outcome judged = new HttpAnswer(200, "", null, "disable", null).judge(answers("{}"), NOW);

        assertThat(judged).isInstanceOfSatisfying(Outcome.Delivered.class, delivered -> assertThat(delivered.last())
                .isTrue());
    }

    @Test
    void theWayOfARedirectIsKeptWhetherItIsAFailureOrASuccess() throws Exception {
        String link = "https://u:p@script.example.com/echo?key=s3cret";
        HttpAnswer redirect = new HttpAnswer(302, "", null, null, link);

        assertThat(redirect.judge(answers("{}"), NOW).evidence().location())
                .isEqualTo("https://…@script.example.com/echo?…");
        assertThat(redirect.judge(answers("{'success':[302]}"), NOW).evidence().location())
                .isEqualTo("https://…@script.example.com/echo?…");
        assertThat(new HttpAnswer(201, "", null, null, link)
                        .judge(answers("{}"), NOW)
                        .evidence()
                        .location())
                .isNull();
    }

    @Test
    void aLongOrUglyWayIsCutAndIsOneLine() throws Exception {
        HttpAnswer redirect = new HttpAnswer(302, "", null, null, "/" + "x".repeat(5_000) + "\r\n\0");

        assertThat(redirect.judge(answers("{}"), NOW).evidence().location())
                .hasSize(1_000)
                .endsWith("…");
        assertThat(new HttpAnswer(302, "", null, null, "/a\tb\0")
                        .judge(answers("{}"), NOW)
                        .evidence()
                        .location())
                .isEqualTo("/a b\uFFFD");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|-",
                "0|PT0S",
                "7|PT7S",
                " 7 |PT7S",
                "86400|PT24H",
                "86401|PT24H",
                "999999999999999999|PT24H",
                "9999999999999999999|PT24H",
                "99999999999999999999999999|PT24H",
                "-1|-",
                "1.5|-",
                "soon|-",
                "Fri, 12 Jun 2026 14:33:00 GMT|PT1M",
                "Fri, 12 Jun 2026 14:31:00 GMT|-",
                "Sat, 13 Jun 2026 15:00:00 GMT|PT24H",
                "2026-06-12T14:33:00Z|-",
                "Friday, 12-Jun-26 14:33:00 GMT|PT1M",
                "Friday, 12-Jun-26 14:31:00 GMT|-",
                "Sunday, 06-Nov-94 08:49:37 GMT|-",
                "Fri Jun 12 14:33:00 2026|PT1M",
                "Sun Nov  6 08:49:37 1994|-",
                "Wed Jul  1 08:49:37 2026|PT24H",
            })
    void aFailureMayAskToWait(@Nullable String header, @Nullable Duration wait) throws Exception {
        for (String target : new String[] {"{'success':[201]}", "{'failureWhen':{'contains':'x'}}"}) {
            Outcome judged = new HttpAnswer(200, "x", header, null, null).judge(answers(target), NOW);

            assertThat(judged).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.after())
                    .isEqualTo(wait));
        }
    }

    private static Answers answers(String target) throws Exception {
        return AnswersFields.read(
                Fields.of(new JsonMapper().readTree(target.replace('\'', '"')), "", new ArrayList<>()));
    }
}
