package com.mobileapiconnect.bridge.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The state in which a step has left its job. */
public sealed interface Progress {

    /** Returns by how much the step has moved {@code done}. */
    long done();

    /** @param place where the next step goes on; a record, a text or a number, kept as JSON */
    record On(Object place, long done) implements Progress {}

    /** @param result what callers are told, kept as JSON; null for nothing beyond the counts */
    record End(@Nullable Object result, long done) implements Progress {}

    /** The job rests for this time, because nothing can be done before. Meanwhile the tenant's other jobs take the turn. */
    record Later(Duration pause) implements Progress {

        @Override
        public long done() {
            return 0;
        }
    }
}
