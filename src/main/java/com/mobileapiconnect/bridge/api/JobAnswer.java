package com.mobileapiconnect.bridge.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * The answer to a request whose long part a job does.
 *
 * @param job the job's id, for {@code GET /v1/jobs/{id}}
 */
public record JobAnswer(String job) {

    /** Answers 202 with the job; 204 if nothing is left for one to do. */
    public static ResponseEntity<JobAnswer> of(@Nullable String job) {
        return job == null
                ? ResponseEntity.noContent().build()
                : ResponseEntity.accepted().location(location(job)).body(new JobAnswer(job));
    }

    /** Returns where the job is found. */
    public static URI location(String job) {
        return URI.create("/v1/jobs/" + job);
    }
}
