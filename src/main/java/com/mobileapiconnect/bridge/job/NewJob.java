package com.mobileapiconnect.bridge.job;

import org.jspecify.annotations.Nullable;

/**
 * A job to begin.
 *
 * @param tenantId null for the bridge's own
 * @param work     a record that the kind reads again by {@link Job#work}
 * @param total    the number of things to do; null if that is not known
 * @param asked    whether a caller asked for it, so that the bound on the tenant's unfinished jobs applies
 */
public record NewJob(
        @Nullable String tenantId,
        String kind,
        Object work,
        @Nullable Long total,
        boolean asked) {

    /** Returns a job that a caller asks for. */
    public static NewJob by(String tenantId, JobKind<?> kind, Object work, @Nullable Long total) {
        return new NewJob(tenantId, kind.name(), work, total, true);
    }

    /** Returns the same job, as one that the bridge itself needs: no bound applies. */
    public NewJob unasked() {
        return new NewJob(tenantId, kind, work, total, false);
    }
}
