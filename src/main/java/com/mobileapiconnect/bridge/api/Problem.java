package com.mobileapiconnect.bridge.api;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** An error answer, as RFC 9457 problem+json. When one is thrown, nothing has changed. */
public final class Problem extends RuntimeException {

    private final HttpStatus status;
    private final List<FieldError> errors;
    private final Map<String, String> headers;

    /** A mistake in a field: how to correct it. */
    public record FieldError(String field, String message) {}

    private Problem(HttpStatus status, String detail, List<FieldError> errors, Map<String, String> headers) {
        super(detail, null, false, false); // an expected answer: no stack trace to build
        this.status = status;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public static Problem badRequest(String detail) {
        return new Problem(HttpStatus.BAD_REQUEST, detail, List.of(), Map.of());
    }

    public static Problem unauthorized(String detail) {
        return new Problem(HttpStatus.UNAUTHORIZED, detail, List.of(), Map.of("WWW-Authenticate", "Bearer"));
    }

    public static Problem forbidden(String detail) {
        return new Problem(HttpStatus.FORBIDDEN, detail, List.of(), Map.of());
    }

    /** Answers 404, also for things that belong to another tenant, so that their existence stays hidden. */
    public static Problem notFound(String what) {
        return new Problem(HttpStatus.NOT_FOUND, "There is no " + what + ".", List.of(), Map.of());
    }

    public static Problem conflict(String detail) {
        return new Problem(HttpStatus.CONFLICT, detail, List.of(), Map.of());
    }

    /** Answers 410: what was there is good no more, and will not be again. */
    public static Problem gone(String detail) {
        return new Problem(HttpStatus.GONE, detail, List.of(), Map.of());
    }

    /** @param etag of the object as it is now */
    static Problem changedMeanwhile(String etag) {
        return new Problem(
                HttpStatus.PRECONDITION_FAILED,
                "Somebody else has changed this: it is at version " + etag + " now, which is not the one of If-Match."
                        + " GET it again and make your change to what it is now.",
                List.of(),
                Map.of("ETag", etag));
    }

    public static Problem tooLarge(String detail) {
        return new Problem(HttpStatus.PAYLOAD_TOO_LARGE, detail, List.of(), Map.of());
    }

    public static Problem invalid(List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).field() + " " + errors.get(0).message()
                : errors.size() + " fields are invalid; nothing was changed.";
        return new Problem(HttpStatus.UNPROCESSABLE_ENTITY, detail, errors, Map.of());
    }

    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** Returns the value of a parameter, which must be one of these names. */
    public static String oneOf(String field, String value, List<String> names) {
        if (!names.contains(value)) {
            throw invalid(field, "must be one of " + String.join(", ", names));
        }
        return value;
    }

    public static Problem tooMany(long retryAfterSeconds) {
        return tooMany("Rate limit exceeded for this tenant; retry after the time in Retry-After.", retryAfterSeconds);
    }

    /** Answers 429: the caller has as much under way as it may have. */
    public static Problem tooMany(String detail, long retryAfterSeconds) {
        return new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                detail,
                List.of(),
                Map.of("Retry-After", Long.toString(Math.max(1, retryAfterSeconds))));
    }

    /** Answers 429 to an address that brings many wrong keys, and closes its connection. */
    public static Problem tooManyWrongKeys(long retryAfterSeconds) {
        return new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                "Too many wrong keys or signatures from this address; check the key, and retry after the time in"
                        + " Retry-After.",
                List.of(),
                Map.of("Retry-After", Long.toString(retryAfterSeconds), "Connection", "close"));
    }

    /** Answers 429: the caller has too much under way already. */
    public static Problem tooMuch(String detail) {
        return new Problem(HttpStatus.TOO_MANY_REQUESTS, detail, List.of(), Map.of("Retry-After", "1"));
    }

    /** Answers 500 for what another's program does in the bridge, like a route. */
    public static Problem failed(String detail) {
        return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, detail, List.of(), Map.of());
    }

    /** Answers 503: the request was not taken, and nothing is lost if the caller tries again. */
    public static Problem unavailable(String detail) {
        return unavailable(detail, 5);
    }

    public static Problem unavailable(String detail, long retryAfterSeconds) {
        return new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                detail,
                List.of(),
                Map.of("Retry-After", Long.toString(retryAfterSeconds)));
    }

    public HttpStatus status() {
        return status;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
