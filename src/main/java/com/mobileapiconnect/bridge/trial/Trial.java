package com.mobileapiconnect.bridge.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.mobileapiconnect.bridge.delivery.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a trial.
 *
 * @param outcome {@code accepted send skip reject retry done error no-outcome}
 * @param reason  of a skip, a rejection or another attempt
 */
record Trial(
        List<TrialStep> steps,
        String outcome,

        @JsonInclude(Include.NON_NULL) @Nullable String reason,
        @JsonInclude(Include.NON_NULL) @Nullable Duration after,
        @JsonInclude(Include.NON_NULL) @Nullable String externalId,
        @JsonInclude(Include.NON_NULL) @Nullable String externalUrl,
        @JsonInclude(Include.NON_NULL) @Nullable String error) {

    static Trial error(List<TrialStep> steps, String error) {
        return new Trial(steps, "error", null, null, null, null, error);
    }

    static Trial of(List<TrialStep> steps, String outcome) {
        return new Trial(steps, outcome, null, null, null, null, null);
    }

    static Trial of(List<TrialStep> steps, Outcome decided, Shown shown) {
        if (decided instanceof Outcome.Skipped skipped) {
            return new Trial(steps, "skip", shown.text(skipped.reason()), null, null, null, null);
        }
        String reason = decided.evidence() == null
                ? null
                : shown.text(decided.evidence().error());
        if (decided instanceof Outcome.Rejected) {
            return new Trial(steps, "reject", reason, null, null, null, null);
        } else if (decided instanceof Outcome.Retry retry) {
            return new Trial(steps, "retry", reason, retry.after(), null, null, null);
        }
        Outcome.ExternalRecord record = decided instanceof Outcome.Delivered delivered ? delivered.record() : null;
        return new Trial(
                steps,
                "done",
                null,
                null,
                record == null ? null : shown.text(record.id()),
                record == null ? null : record.url(),
                null);
    }
}
