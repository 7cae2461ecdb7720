package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Outcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The one place in which senders are called; any answer, or none, becomes a single end. */
@Component
class Sends {

    private final Senders senders;
    private final Calls calls;

    Sends(Senders senders, Calls calls) {
        this.senders = senders;
        this.calls = calls;
    }

    /** The callback for the end of the sending. */
    interface Then {

        /**
         * @param failure null if the attempt has an outcome
         * @param sync true if the sending ended before {@link Sends#send} returned; otherwise this thread may
         *     continue the route
         */
        void sent(@Nullable Throwable failure, boolean sync);
    }

    /** Gives a call to its sender; returns whether the sending has ended already. */
    boolean send(Call call, byte[] body, Then then) {
        CompletableFuture<Outcome> completion;
        try {
            completion = start(call, body);
        } catch (Throwable e) {
            call.back();
            then.sent(e, true);
            return true;
        }
        if (completion.isDone()) {
            then.sent(take(call, completion), true);
            return true;
        }
        SenderAnswer answer = new SenderAnswer(
                completion,
                (outcome, failure) -> calls.resume(call, () -> then.sent(take(call, outcome, failure), false)));
        call.awaits(answer);
        answer.await();
        if (call.isOver()) {
            answer.cancel(); // the call was given up before the sender had returned an answer
        }
        return false;
    }

    private CompletableFuture<Outcome> start(Call call, byte[] body) throws TimeoutException {
        if (call.isOver()) {
            throw new LateException();
        }
        call.attempt().undecide(); // the last sending counts, also when it fails
        call.withSender();
        CompletableFuture<Outcome> completion = senders.of(call.connector()).send(call.attempt(), body);
        if (completion == null) {
            throw new IllegalStateException("The sender of the connector " + call.connector() + " returned null");
        }
        return completion;
    }

    private static @Nullable Throwable take(Call call, CompletableFuture<Outcome> done) {
        try {
            return take(call, done.getNow(null), null);
        } catch (CompletionException | CancellationException e) {
            return take(call, null, e);
        }
    }

    /** Takes the outcome; returns the failure, if any. */
    private static @Nullable Throwable take(Call call, @Nullable Outcome outcome, @Nullable Throwable failure) {
        call.back();
        if (call.isOver()) {
            return new LateException();
        } else if (failure != null) {
            boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
            return wrapped ? failure.getCause() : failure;
        } else if (outcome == null) {
            return new IllegalStateException("The sender of the connector " + call.connector() + " gave no outcome");
        }
        call.attempt().decide(outcome);
        return null;
    }

    /** Ends a route whose attempt has ended already: nothing more is sent, and nothing is reported. */
    private static final class LateException extends TimeoutException {
        LateException() {
            super("The attempt is over");
        }
    }
}
