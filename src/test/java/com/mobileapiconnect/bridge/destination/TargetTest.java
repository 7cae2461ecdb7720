package com.mobileapiconnect.bridge.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final Instant MADE = Instant.parse("2026-06-12T14:32:00Z");
    private static final Instant NOW = MADE.plusSeconds(60);
    private static final Signing SIGNING = Signing.with(new Redacted("whsec_0123456789abcdef"));
    private static final HttpOptions HTTP =
            new HttpOptions(Map.of("X-Key", new Redacted("k")), new HttpOptions.Auth.Bearer(new Redacted("t")), null);

    private final Target target = new Target(
            new Target.Key("act_1", "ten_1", Target.Type.RULE_WEBHOOK),
            "Balance: rule-webhook",
            new Target.Reach(
                    "webhook",
                    "https://erp.example.com",
                    Target.Reach.by("webhook").properties(),
                    HTTP,
                    SIGNING),
            Target.Mirror.EVERYTHING,
            Form.PLAIN,
            Target.State.disabled("The receiver answered 410"),
            RedeliveryPolicy.DEFAULT,
            new Target.Pace(3, 2.0, true, Duration.ofHours(1)),
            Target.Stamps.created(MADE));

    @Test
    void anActionThatItsRuleSavesAnewIsActiveAndKeepsAllThatTheRuleDoesNotSay() {
        Target.Reach reach = new Target.Reach(
                target.connector(), "https://erp.example.com/due", target.properties(), HTTP, Signing.NONE);
        Target saved = target.asAction("Due: rule-webhook", reach, Form.PLAIN, Duration.ofHours(1), NOW);

        assertThat(saved.state()).isEqualTo(Target.State.ACTIVE);
        assertThat(saved.name()).isEqualTo("Due: rule-webhook");
        assertThat(saved.url()).isEqualTo("https://erp.example.com/due");
        assertThat(saved.signing()).isEqualTo(Signing.NONE);
        assertThat(saved.http()).isEqualTo(HTTP);
        assertThat(saved)
                .usingRecursiveComparison()
                .ignoringFields("name", "state", "reach.url", "reach.signing", "stamps.updatedAt")
                .isEqualTo(target);
        assertThat(saved.stamps()).isEqualTo(new Target.Stamps(MADE, NOW, 0));
    }

    @Test
    void aNewStateOrSecretChangesNothingElse() {
        assertThat(target.with(Target.State.PAUSED, NOW))
                .usingRecursiveComparison()
                .ignoringFields("state", "stamps.updatedAt")
                .isEqualTo(target);
        assertThat(target.with(Signing.NONE, NOW))
                .usingRecursiveComparison()
                .ignoringFields("reach.signing", "stamps.updatedAt")
                .isEqualTo(target);
    }
}
