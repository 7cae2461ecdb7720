package com.mobileapiconnect.bridge.route;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a route's failed polls in a line a minute: some poll twice a second, and each would be a page. */
final class FailedPolls implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailedPolls.class);
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** No failure has as many causes, but some are their own. */
    private static final int DEEPEST = 20;

    private final String route;
    private final ExceptionHandler usual;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    /** @param usual for what fails of an exchange */
    FailedPolls(String route, ExceptionHandler usual) {
        this.route = route;
        this.usual = usual;
    }

    @Override
    public void handleException(Throwable failure) {
        handleException(null, null, failure);
    }

    @Override
    public void handleException(@Nullable String message, Throwable failure) {
        handleException(message, null, failure);
    }

    @Override
    public void handleException(@Nullable String message, @Nullable Exchange exchange, Throwable failure) {
        if (exchange != null) {
            usual.handleException(message, exchange, failure);
            return;
        }
        long now = System.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + EVERY_NANOS)) {
            LOG.warn("The route {} fetches nothing: {}", route, words(failure));
        }
    }

    /** Returns what the innermost failure says, in a line. */
    static String words(Throwable failure) {
        Throwable inner = failure;
        for (int i = 0; i < DEEPEST && inner.getCause() != null; i++) {
            inner = inner.getCause();
        }
        String said = inner.getMessage();
        return inner.getClass().getSimpleName()
                + (said == null ? "" : ": " + said.lines().findFirst().orElse(""));
    }
}
