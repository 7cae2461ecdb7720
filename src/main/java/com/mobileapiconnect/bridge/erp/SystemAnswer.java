package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a system, for the log of attempts.
 *
 * @param status of HTTP; null if it speaks something else
 * @param words  its own, as {@link SystemWords} finds them; null if it was content
 * @param body   its beginning, without secrets
 * @param after  the time that it asked to wait
 * @param record the record that it made
 */
public record SystemAnswer(
        @Nullable Integer status,
        @Nullable String words,
        @Nullable String body,
        @Nullable Duration after,
        @Nullable ExternalRecord record) {

    public SystemAnswer(@Nullable Integer status, @Nullable String words, @Nullable String body) {
        this(status, words, body, null, null);
    }
}
