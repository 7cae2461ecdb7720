package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.destination.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Sender} keeps to. A subclass brings the sender, and a receiver for each behaviour; the secret belongs
 * into the sender's settings or the target's, wherever calls really use it.
 */
public abstract class SenderContract {

    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** A busy machine may be at a standstill for all of a short time; then the next of these has to do. */
    private static final List<Duration> SHORT_ENOUGH =
            Stream.of(1, 4, 16, 64).map(Duration::ofSeconds).toList();

    /** What the receiver does with a call. */
    public enum Behaviour {
        TAKES,
        /** Refuses at great length, and repeats what it was sent. */
        REFUSES,
        /** Fails for now, and asks for the time that {@link #asksToWait} tells. */
        ASKS_TO_WAIT,
        /** Never answers. */
        HANGS
    }

    /** Returns the sender, which is the same throughout a test. */
    protected abstract Sender sender();

    /** Returns a target whose receiver behaves like that. */
    protected abstract Target target(Behaviour receiver, Duration timeout) throws Exception;

    /** Returns a well-formed body for a receiver of that behaviour. */
    protected abstract byte[] body(Behaviour receiver);

    /** Returns, for each call that a receiver took, what it recognises repeats by. */
    protected abstract List<String> taken();

    /** Returns what must never be shown. */
    protected abstract String secret();

    /** Returns the wait that a receiver asks for; null if receivers of this sender have no way to ask for one. */
    protected abstract @Nullable Duration asksToWait();

    /** Returns how many calls receivers that hang hold: for example, the connections that are open to them. */
    protected abstract int held();

    /** Prepares for a delivery that is about to be sent: for senders that look for it elsewhere. */
    protected void expect(Delivery delivery) {}

    /** Closes the sender, as at the end of the bridge. */
    protected abstract void closeSender() throws Exception;

    /** Keeps the ids of one test from those of another that has the same receiver. */
    private final String run = Long.toString(System.nanoTime(), 36);

    private Attempt attempt(Target target, String id) {
        Attempt attempt = SampleAttempt.of(target, "dlv_" + run + id);
        expect(attempt.delivery());
        return attempt;
    }

    private CompletableFuture<Outcome> send(Behaviour receiver, Duration timeout, String id) throws Exception {
        return sender().send(attempt(target(receiver, timeout), id), body(receiver));
    }

    private static Outcome end(CompletableFuture<Outcome> call) throws Exception {
        return call.get(LONG.multipliedBy(2).toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    protected void whatTheReceiverTakesIsDelivered() throws Exception {
        assertThat(end(send(Behaviour.TAKES, LONG, "1"))).isInstanceOf(Outcome.Delivered.class);
        assertThat(taken()).hasSize(1);
    }

    @Test
    void aRefusalIsToldWithBoundedEvidenceThatHoldsNoSecret() throws Exception {
        Outcome outcome = end(send(Behaviour.REFUSES, LONG, "1"));
        assertThat(outcome).isInstanceOfAny(Outcome.Retry.class, Outcome.Rejected.class);
        assertThat(outcome.evidence().error()).isNotBlank().hasSizeLessThanOrEqualTo(500);
        assertThat(String.valueOf(outcome.evidence().body())).hasSizeLessThanOrEqualTo(2 << 10);
        assertThat(outcome.toString()).doesNotContain(secret());
    }

    @Test
    void theWaitThatAReceiverAsksForIsPassedOn() throws Exception {
        Duration asked = asksToWait();
        Behaviour receiver = asked == null ? Behaviour.REFUSES : Behaviour.ASKS_TO_WAIT;
        Outcome outcome = end(send(receiver, LONG, "1"));
        assertThat(outcome instanceof Outcome.Retry retry ? retry.after() : null)
                .isEqualTo(asked);
    }

    @Test
    void theSecretIsNeitherInTheEvidenceNorInTheLog() throws Exception {
        List<String> shown = new ArrayList<>();
        try (LogLines log = new LogLines()) {
            for (Behaviour receiver : Behaviour.values()) {
                if (receiver != Behaviour.ASKS_TO_WAIT || asksToWait() != null) {
                    shown.add(end(send(receiver, SHORT, receiver.name())).toString());
                }
            }
            CompletableFuture<Outcome> cancelled = send(Behaviour.HANGS, LONG, "cancelled");
            until(() -> held() == 1);
            cancelled.cancel(true);
            until(() -> held() == 0);
            closeSender();
            shown.addAll(log.lines());
        }
        assertThat(shown).contains(LogLines.FIRST).noneMatch(line -> line.contains(secret()));
    }

    @Test
    void aRepeatComesUnderTheSameId() throws Exception {
        end(send(Behaviour.TAKES, LONG, "1"));
        end(send(Behaviour.TAKES, LONG, "1"));
        assertThat(taken().stream().distinct()).hasSize(1);
        end(send(Behaviour.TAKES, LONG, "2"));
        assertThat(taken().stream().distinct()).hasSize(2);
    }

    @Test
    void aReceiverThatHangsHoldsNeitherTheCallerNorTheCallBeyondItsDeadline() throws Exception {
        for (Duration timeout : SHORT_ENOUGH) {
            CompletableFuture<Outcome> call = send(Behaviour.HANGS, timeout, "in" + timeout.toSeconds());
            boolean underWay = !call.isDone();
            Outcome outcome = end(call);
            if (underWay && !(outcome instanceof Outcome.Deferred)) {
                assertThat(outcome).isInstanceOf(Outcome.Retry.class);
                assertThat(outcome.evidence().errorClass()).isEqualTo(Outcome.ErrorClass.TIMEOUT);
                return;
            }
        }
        throw new AssertionError("The call was over when send returned, or was never begun");
    }

    @Test
    void aCallThatIsCancelledEndsLongBeforeItsDeadlineAndFreesWhatItHeld() throws Exception {
        CompletableFuture<Outcome> call = send(Behaviour.HANGS, LONG, "1");
        until(() -> held() == 1);
        long start = System.nanoTime();
        call.cancel(true);
        assertThat(call).isCancelled();
        until(() -> held() == 0 && threadsInCalls() == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
        assertThat(end(send(Behaviour.TAKES, LONG, "2"))).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void twoCallsAtOnceHaveTheirOwnEnds() throws Exception {
        for (Duration timeout : SHORT_ENOUGH) {
            int before = held();
            CompletableFuture<Outcome> hangs = send(Behaviour.HANGS, timeout, "hangs" + timeout.toSeconds());
            until(() -> held() > before || hangs.isDone());
            CompletableFuture<Outcome> taken = send(Behaviour.TAKES, LONG, "taken" + timeout.toSeconds());
            assertThat(end(taken)).isInstanceOf(Outcome.Delivered.class);
            boolean underWay = !hangs.isDone();
            Outcome outcome = end(hangs);
            if (underWay && !(outcome instanceof Outcome.Deferred)) {
                assertThat(outcome).isInstanceOf(Outcome.Retry.class);
                return;
            }
        }
        throw new AssertionError("The call that hangs was over when the other one had ended");
    }

    @Test
    void closingTheSenderLeavesNoCallWithoutAnEnd() throws Exception {
        CompletableFuture<Outcome> call = send(Behaviour.HANGS, SHORT, "1");
        closeSender();
        call.handle((outcome, failure) -> true).get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Returns how many threads are in the sender's code; virtual threads are not among them. */
    private int threadsInCalls() {
        String name = sender().getClass().getName();
        return (int) Thread.getAllStackTraces().values().stream()
                .filter(stack -> Stream.of(stack)
                        .map(StackTraceElement::getClassName)
                        .anyMatch(each -> each.equals(name) || each.startsWith(name + "$")))
                .count();
    }

    private static void until(Callable<Boolean> there) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(LONG.multipliedBy(2))
                .until(there);
    }
}
