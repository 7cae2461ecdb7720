package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.thread.NowAndThen;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Logs a route's failed polls in a line a minute: some poll twice a second, and each would be a page. */
final class FailedPolls implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailedPolls.class);

    private final String route;
    private final ExceptionHandler usual;
    private final NowAndThen failing = new NowAndThen(System::nanoTime);

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
        if (failing.tell()) {
            LOG.warn("The route {} fetches nothing: {}", route, words(failure));
        }
    }

    /** Returns what the innermost failure says, in a line. */
    static String words(Throwable failure) {
        Throwable inner = NestedExceptionUtils.getMostSpecificCause(failure);
        String said = inner.getMessage();
        return inner.getClass().getSimpleName()
                + (said == null ? "" : ": " + said.lines().findFirst().orElse(""));
    }
}
