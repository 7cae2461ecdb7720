package com.mobileapiconnect.bridge.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.SampleTarget;
import com.mobileapiconnect.bridge.destination.HttpOptions.Auth;
import com.mobileapiconnect.bridge.secret.Redacted;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that a receiver says shows a secret of its target, and nothing else of it is lost. */
class SaidSecretsTest {

    private static final String TOKEN = "s3kret/token-\"of\\the-erp";

    private static Target target(Auth auth, Map<String, Redacted> headers, Map<String, Redacted> properties) {
        return SampleTarget.reached(
                "ten_1",
                new Target.Reach(
                        "test",
                        "https://erp.example.com",
                        new TargetProperties(TargetProperties.NONE.plain(), properties),
                        new HttpOptions(headers, auth, null),
                        Signing.NONE),
                Duration.ofSeconds(1));
    }

    private static final Target FULL = target(
            new Auth.Basic("clerk", new Redacted("pass-word")),
            Map.of("X-Api-Key", new Redacted("key-of-the-api"), "X-Old", new Redacted("Token a1b2c3d4e5")),
            Map.of("token", new Redacted(TOKEN), "pin", new Redacted("4711"), "flag", new Redacted("a")));

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "Authorization: Basic Y2xlcms6cGFzcy13b3Jk is wrong -> Authorization: Basic … is wrong",
                "the password pass-word is wrong -> the password … is wrong",
                "{\"x-api-key\":\"key-of-the-api\"} -> {\"x-api-key\":\"…\"}",
                "X-Old: Token a1b2c3d4e5, or a1b2c3d4e5 -> X-Old: …, or …",
                "row (1, s3kret/token-\"of\\the-erp, x) -> row (1, …, x)",
                "{\"t\":\"s3kret/token-\\\"of\\\\the-erp\"} -> {\"t\":\"…\"}",
                "?t=s3kret%2Ftoken-%22of%5Cthe-erp&x -> ?t=…&x",
                "pin 4711, not 47110 or A4711 -> pin …, not 47110 or A4711",
                "a bad day at any branch -> a bad day at any branch",
                "Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc expired -> Bearer … expired",
                "a Bearer authentication-required here -> a Bearer authentication-required here",
                "cut off at key-of-the-… -> cut off at …",
                "cut off at key-of-the- -> cut off at …",
            })
    void secretsAreHiddenHoweverTheyAreSpelled(String said, String shown) {
        assertThat(SaidSecrets.hide(said, FULL)).isEqualTo(shown);
    }

    @Test
    void withoutSecretsNothingIsLookedAt() {
        String said = "Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc";
        assertThat(SaidSecrets.hide(said, target(null, Map.of(), Map.of()))).isSameAs(said);
        assertThat(SaidSecrets.hide(null, FULL)).isNull();
    }

    @Test
    void anOutcomeStaysWhatItIs() {
        Evidence bad = new Evidence(400, ErrorClass.HTTP, "pass-word", "key-of-the-api");
        for (Outcome outcome : new Outcome[] {
            new Outcome.Retry(bad, Duration.ofSeconds(7)),
            new Outcome.Rejected(bad),
            new Outcome.Gone(bad),
            new Outcome.LoginRefused(bad),
            new Outcome.Deferred(bad),
            new Outcome.Delivered(bad, true, Outcome.ExternalRecord.of("7", null), "thanks")
        }) {
            Outcome shown = outcome.withoutSecrets(FULL);
            assertThat(shown).isEqualTo(outcome.with(new Evidence(400, ErrorClass.HTTP, "…", "…")));
            assertThat(shown.withoutSecrets(FULL)).isSameAs(shown);
        }
        Outcome none = new Outcome.Expired();
        assertThat(none.withoutSecrets(FULL)).isSameAs(none);
    }
}
