package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Outcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer of a sender. The call continues exactly once: with the answer, or when the call is given up, whatever the
 * sender does.
 */
final class SenderAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(SenderAnswer.class);

    private final CompletableFuture<Outcome> completion;
    private final BiConsumer<@Nullable Outcome, @Nullable Throwable> rest;
    private final AtomicBoolean gone = new AtomicBoolean();

    /** @param rest the rest of the call, which gets the first completion */
    SenderAnswer(CompletableFuture<Outcome> completion, BiConsumer<@Nullable Outcome, @Nullable Throwable> rest) {
        this.completion = completion;
        this.rest = rest;
    }

    void await() {
        try {
            completion.whenComplete(this::goOn);
        } catch (RuntimeException e) {
            LOG.warn("A sender's completion cannot be waited for", e);
            goOn(null, e);
        }
    }

    /**
     * Cancels the sender's work, because its call is over. This may take time: senders end their work on this thread.
     */
    void cancel() {
        try {
            completion.cancel(true);
        } catch (RuntimeException e) {
            LOG.warn("A sender failed when its call was cancelled", e);
        }
        goOn(null, new CancellationException());
    }

    private void goOn(@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (gone.compareAndSet(false, true)) {
            rest.accept(outcome, failure);
        }
    }
}
