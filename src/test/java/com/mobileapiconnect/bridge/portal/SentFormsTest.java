package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.SettableClock;
import com.mobileapiconnect.bridge.tenant.SignedIns;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentFormsTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-12T00:00:00Z"));
    private final SentForms sent = new SentForms(clock);

    private static FormAnswer page(int length) {
        return new FormAnswer(200, Map.of(), new byte[length]);
    }

    private void done(String form, FormAnswer answer) {
        sent.answered(sent.send(form), answer);
    }

    private FormAnswer again(String form) {
        SentForms.Turn turn = sent.send(form);
        assertThat(turn.first()).isFalse();
        return turn.answer().join();
    }

    @Test
    void theSecondWaitsForTheAnswerToTheFirst() {
        SentForms.Turn first = sent.send("form");
        SentForms.Turn second = sent.send("form");
        assertThat(first.first()).isTrue();
        assertThat(second.first()).isFalse();
        assertThat(second.answer()).isNotDone();
        FormAnswer answer = page(10);

        sent.answered(first, answer);
        assertThat(second.answer().join()).isSameAs(answer);
    }

    @Test
    void anAnswerIsKeptForAMinuteAndThenItIsKnownThatTheFormWasSent() {
        done("form", page(10));
        clock.advance(Duration.ofSeconds(59));
        assertThat(again("form").body()).hasSize(10);

        clock.advance(Duration.ofSeconds(1));
        assertThat(again("form")).isSameAs(FormAnswer.FORGOTTEN);
    }

    @Test
    void whereSomebodyWasSentIsNoSecretAndIsKept() {
        FormAnswer elsewhere = new FormAnswer(303, Map.of("Location", "/rules"), new byte[0]);
        done("form", elsewhere);
        clock.advance(Duration.ofHours(1));

        assertThat(again("form")).isSameAs(elsewhere);
    }

    @Test
    void whatWasRefusedOrFailedMayBeSentAgain() {
        done("refused", new FormAnswer(503, Map.of(), new byte[10]));
        SentForms.Turn first = sent.send("failed");
        SentForms.Turn second = sent.send("failed");
        sent.failed(first, new IllegalStateException("a bug"));

        assertThat(second.answer()).isCompletedExceptionally();
        assertThat(sent.send("refused").first()).isTrue();
        assertThat(sent.send("failed").first()).isTrue();
    }

    @Test
    void formsAnswersAndTheirLengthAreBounded() {
        done("long", page(SentForms.LONGEST + 1));
        assertThat(again("long")).isSameAs(FormAnswer.FORGOTTEN);
        for (int i = 0; i <= SentForms.ANSWERS; i++) {
            done("page " + i, page(10));
        }
        assertThat(again("page 0")).isSameAs(FormAnswer.FORGOTTEN);
        assertThat(again("page 1").body()).hasSize(10);

        for (int i = 0; i < SentForms.FORMS; i++) {
            sent.send("form " + i);
        }
        assertThat(sent.send("long").first()).isTrue();
    }

    @Test
    void nothingIsKnownAfterSigningOut() {
        Sessions sessions = new Sessions(new PortalSettings(Duration.ofHours(2), 20, 20), clock);
        Session session = sessions.open(SignedIns.ofTenant("key_1"));
        SentForms.Turn first = session.sent().send("form");
        session.sent().answered(first, page(10));
        sessions.close(session);

        assertThat(session.sent().send("form").first()).isTrue();
        SentForms.Turn late = session.sent().send("late");
        session.sent().clear();
        session.sent().answered(late, page(10));
        assertThat(late.answer()).isCompleted();
        assertThat(session.sent().send("late").first()).isTrue();
    }
}
