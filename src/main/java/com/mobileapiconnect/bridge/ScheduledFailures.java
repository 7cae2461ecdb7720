package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.thread.NowAndThen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.ErrorHandler;

/**
 * The failures of work that is due every few seconds: it is done the next time. A store that takes nothing is told now and
 * then, without a trace; everything else is a bug, and told in full.
 */
final class ScheduledFailures implements ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledFailures.class);

    private final NowAndThen unavailable;

    ScheduledFailures(NowAndThen unavailable) {
        this.unavailable = unavailable;
    }

    @Override
    public void handleError(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StoreUnavailableException) {
                if (unavailable.tell()) {
                    LOG.warn("What is due waits for the store, and phones are told 503: {}", words(each));
                }
                return;
            }
        }
        LOG.error("Work that is due has failed; it is tried again the next time", failure);
    }

    /** Ends with the words of the database, of which the bridge's own are only the outside. */
    private static String words(Throwable unavailable) {
        Throwable last = NestedExceptionUtils.getMostSpecificCause(unavailable);
        String said = String.valueOf(unavailable.getMessage());
        return last == unavailable ? said : said + " (" + last.getMessage() + ")";
    }
}
