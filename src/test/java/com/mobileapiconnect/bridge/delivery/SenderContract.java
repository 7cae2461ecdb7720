package com.mobileapiconnect.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link Sender} keeps to. A subclass brings the sender, and a receiver for each behaviour. */
public abstract class SenderContract {

    private static final Instant NOW = Instant.parse("2026-06-12T14:32:00Z");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** What the receiver does with a call. */
    public enum Behaviour {
        TAKES,
        /** Refuses at great length, and repeats what it was sent. */
        REFUSES,
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

    /** Closes the sender, as at the end of the bridge. */
    protected abstract void closeSender() throws Exception;

    private static Attempt attempt(Target target, String id) {
        InboundMessage message = new InboundMessage(
                "msg_" + id, target.tenantId(), "dev_1", null, "919876543210", null, "hi", null, null, NOW, Flags.NONE);
        StoredMessage stored = new StoredMessage(1, message, "Acme Corp", NOW, null);
        Delivery delivery = new Delivery(
                "dlv_" + id,
                target.tenantId(),
                stored,
                target.id(),
                "",
                null,
                0,
                0,
                NOW,
                NOW,
                "message.received",
                null);
        return new Attempt(delivery, target, NOW, System.nanoTime());
    }

    private CompletableFuture<Outcome> send(Behaviour receiver, Duration timeout, String id) throws Exception {
        return sender().send(attempt(target(receiver, timeout), id), body(receiver));
    }

    private static Outcome end(CompletableFuture<Outcome> call) throws Exception {
        return call.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatTheReceiverTakesIsDelivered() throws Exception {
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
    void aRepeatComesUnderTheSameId() throws Exception {
        end(send(Behaviour.TAKES, LONG, "1"));
        end(send(Behaviour.TAKES, LONG, "1"));
        end(send(Behaviour.TAKES, LONG, "2"));
        assertThat(taken()).hasSize(3);
        assertThat(taken().get(0)).isEqualTo(taken().get(1)).isNotEqualTo(taken().get(2));
    }

    @Test
    void aReceiverThatHangsHoldsNeitherTheCallerNorTheCallBeyondItsDeadline() throws Exception {
        CompletableFuture<Outcome> call = send(Behaviour.HANGS, SHORT, "1");
        assertThat(call).as("the call, when send has returned").isNotDone();
        Outcome outcome = end(call);
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(outcome.evidence().errorClass()).isEqualTo(Outcome.ErrorClass.TIMEOUT);
    }

    @Test
    void aCallThatIsCancelledLeavesTheSenderAsItWas() throws Exception {
        CompletableFuture<Outcome> call = send(Behaviour.HANGS, LONG, "1");
        call.cancel(true);
        assertThat(call).isCancelled();
        assertThat(end(send(Behaviour.TAKES, LONG, "2"))).isInstanceOf(Outcome.Delivered.class);
    }

    @Test
    void twoCallsAtOnceHaveTheirOwnEnds() throws Exception {
        CompletableFuture<Outcome> hangs = send(Behaviour.HANGS, SHORT, "1");
        CompletableFuture<Outcome> taken = send(Behaviour.TAKES, LONG, "2");
        assertThat(end(taken)).isInstanceOf(Outcome.Delivered.class);
        assertThat(end(hangs)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void closingTheSenderLeavesNoCallWithoutAnEnd() throws Exception {
        CompletableFuture<Outcome> call = send(Behaviour.HANGS, SHORT, "1");
        closeSender();
        call.handle((outcome, failure) -> true).get(30, TimeUnit.SECONDS);
    }
}
