package com.mobileapiconnect.bridge.delivery;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes deliveries to targets of one connector.
 *
 * <p><b>Threads.</b> {@link #send} returns at once, and the completion carries the outcome of the call. The engine
 * holds no thread meanwhile, so thousands of calls may be under way. The completion may come on any thread, also before
 * {@code send} returns; what follows it runs on threads of the engine. A sender that has to wait for something extends
 * {@link BlockingSender}.
 *
 * <p><b>Deadline.</b> {@link Attempt#deadlineNanos} is the end of the call. A sender ends its call by then, with the
 * evidence so far. A second later the engine ends the call itself: the attempt counts as {@link Outcome.Retry} of class
 * {@code timeout}, the completion is cancelled, and a later answer of the sender is dropped.
 *
 * <p><b>Cancellation.</b> {@code cancel} is called on the very object that was returned, by a thread that may wait. A
 * sender ends its work then and frees what that holds: {@code done.whenComplete(…)} sees it as {@code isCancelled()}. A
 * future that was derived by {@code thenApply} and the like does not pass a cancellation on to its source.
 *
 * <p><b>Repeats.</b> Deliveries are sent at least once: after a crash, a timeout or a cancelled call the same delivery
 * comes again, under the same {@link Delivery#id} and with the same body. A receiver recognises it by that id.
 *
 * <p><b>Evidence</b> is bounded and freed of control characters by {@link Outcome.Evidence} itself; leaving secrets out
 * of it is up to the sender.
 *
 * <p>The abstract test {@code SenderContract} holds a sender to this; it is in the jar of classifier {@code tests}.
 */
public interface Sender {

    /** Returns the name of the connector that this sender serves. */
    String connector();

    /**
     * Makes one call. An exception, an {@code Error}, null, a completion by an exception or by null all count as {@link
     * Outcome.Retry}; of several completions the first counts.
     *
     * @param body what to send, after the steps of the route
     */
    CompletableFuture<Outcome> send(Attempt attempt, byte[] body);

    /**
     * Returns the very request that {@link #send} would make, with secrets masked, and calls nobody; empty if that cannot
     * be said.
     */
    default Optional<Preview> preview(Attempt attempt, byte[] body) {
        return Optional.empty();
    }

    /** Returns whether {@link #send} may hold a worker that calls it. */
    default boolean blocks() {
        return false;
    }
}
