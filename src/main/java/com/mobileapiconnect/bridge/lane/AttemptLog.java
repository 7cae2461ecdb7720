package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a line for each attempt, for machines to read; no text of an SMS, no number, no secret. An attempt that delivered
 * has its line at DEBUG: the store and the metrics have it, and a busy bridge makes thousands a second.
 */
final class AttemptLog {

    private static final Logger LOG = LoggerFactory.getLogger("bridge.attempts");

    private AttemptLog() {}

    static void write(Ended ended) {
        Level level = ended.success() && ended.attempt().stepError() == null ? Level.DEBUG : Level.INFO;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        Outcome.Evidence evidence = ended.outcome().evidence();
        StringBuilder line = new StringBuilder(200)
                .append("delivery=")
                .append(ended.deliveryId())
                .append(" message=")
                .append(ended.attempt().delivery().messageId())
                .append(" target=")
                .append(ended.attempt().target().id())
                .append(" attempt=")
                .append(ended.attempt().number())
                .append(" outcome=")
                .append(ended.outcome().getClass().getSimpleName());
        if (evidence != null && evidence.httpStatus() != null) {
            line.append(" status=").append(evidence.httpStatus());
        }
        if (evidence != null && evidence.errorClass() != null) {
            line.append(" error=").append(evidence.errorClass().wireName());
        }
        line.append(" ms=").append(ended.durationMs());
        if (ended.attempt().stepError() != null) {
            line.append(" step=failed");
        }
        if (ended.reason() != null) {
            line.append(" reason=").append(ended.reason());
        }
        if (ended.nextAt() != null) {
            line.append(" next=").append(ended.nextAt().truncatedTo(ChronoUnit.MILLIS));
        }
        LOG.atLevel(level).log("{}", line);
    }
}
