package com.mobileapiconnect.bridge.lane;

import static com.mobileapiconnect.bridge.support.Eventually.eventually;
import static com.mobileapiconnect.bridge.support.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.support.LongRunning;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that hold a thread, beyond their time too: what it costs, and whom. */
@LongRunning
class StuckTest extends StuckSuite {

    private CompletableFuture<Outcome> holdsOn() {
        holdOn();
        return CompletableFuture.completedFuture(ScriptedSender.DELIVERED);
    }

    /** It says that it blocks; or it does not, and is found out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSenderThatIgnoresItsEndCostsABoundedNumberOfThreadsAndNoOtherLane(boolean says) {
        start("bridge.outbox.max-calls=100");
        sender.blocks(says);
        sender.on("/hung", attempt -> holdsOn());
        String hung = connection("/hung", HUNG);
        send(100);
        within(60, () -> assertThat(stuck()).isGreaterThanOrEqualTo(Stuck.MOST));
        // Of the same connector, without a breaker that is open already.
        String refused = connection("/hung", HUNG);
        send(1);
        within(60, () -> assertThat(lastError(refused)).contains("no other is made until"));
        assertThat(errors(refused)).as("attempts").noneMatch(error -> error.contains("no other is made until"));
        assertThat(errors(hung)).anyMatch(error -> error.contains("No answer within the timeout"));
        assertThat(inside.get()).isLessThanOrEqualTo(Stuck.MOST + 40);
        within(60, () -> assertThat(bridge.bean(Engine.class).callsUnderWay()).isZero());
        // The calls that were under way when the limit was reached are given up a moment later, and counted then.
        eventually(() -> assertThat(stuck()).isEqualTo(inside.get()));
        int entered = inside.get();

        hold.countDown();
        eventually(() -> assertThat(stuck()).isZero());
        String fine = connection("/fine", PATIENT);
        send(5);
        eventually(() -> assertThat(statuses(fine)).hasSize(5).containsOnly("delivered"));
        assertThat(inside.get()).isGreaterThanOrEqualTo(entered);
    }

    @Test
    void aSenderThatBlocksIsInterruptedAndTheWorkerGoesOnUnharmed() {
        start();
        sender.blocks(true);
        Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
        sender.on("/hung", attempt -> {
            try {
                hold.await();
            } catch (InterruptedException e) {
                interrupted.add(true);
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(ScriptedSender.DELIVERED);
        });
        String hung = connection("/hung", HUNG);
        send(1);
        eventually(
                () -> assertThat(errors(hung)).containsExactly("No answer within the timeout; the call was cancelled"));
        eventually(() -> assertThat(interrupted).hasSize(1));
        eventually(() -> assertThat(stuck()).isZero());
        sender.on(
                "/hung",
                attempt -> CompletableFuture.completedFuture(
                        Thread.currentThread().isInterrupted() ? null : ScriptedSender.DELIVERED));
        eventually(
                () -> { // more if one of them took too long
                    send(1);
                    assertThat(statuses(hung)).filteredOn("delivered"::equals).hasSizeGreaterThanOrEqualTo(3);
                });
        assertThat(errors(hung))
                .as("nothing else went wrong, so none was called by an interrupted thread")
                .isSubsetOf("null", "No answer within the timeout; the call was cancelled");
    }

    @Test
    void aTargetIsTriedOutWithinTheSameDeadline() {
        start();
        sender.on("/hung", attempt -> new CompletableFuture<>());
        String hung = connection("/hung", HUNG);
        JsonNode attempt = bridge.tenant()
                .post("/v1/connections/" + hung + "/test")
                .expect(200)
                .json();
        assertThat(attempt.get("errorClass").asText()).isEqualTo("timeout");
        assertThat(bridge.bean(Engine.class).callsUnderWay()).isZero();
    }
}
