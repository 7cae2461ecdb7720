package com.mobileapiconnect.bridge.api;

import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.StoreUndecidedException;
import com.mobileapiconnect.bridge.thread.NowAndThen;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers every error as problem+json, without a stack trace. */
@RestControllerAdvice
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final NowAndThen unavailable = new NowAndThen(System::nanoTime);

    @ExceptionHandler
    ResponseEntity<ProblemBody> problem(Problem problem) {
        return answer(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> storeUnavailable(StoreUnavailableException e) {
        warn(e);
        return answer(Problem.unavailable("The store cannot take this request now; nothing was changed. Try again."));
    }

    /** Warns once a minute: a disk that is full stays full for long, and phones ask again and again. */
    private void warn(RuntimeException e) {
        if (unavailable.tell()) {
            LOG.warn("Answering 503, and further ones like it within a minute are not told: {}", e.getMessage());
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> undecided(StoreUndecidedException e) {
        warn(e);
        return answer(Problem.unavailable("The store has not confirmed this request, and whether it keeps it is not"
                + " known. Send it again: a message with the same id is recognised."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> badParameter(MethodArgumentTypeMismatchException e) {
        return answer(Problem.invalid(
                e.getName(), e.getRequiredType() == boolean.class ? "must be true or false" : "must be a number"));
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> noSuchPath(NoResourceFoundException e) {
        return answer(Problem.notFound("such path; /v1/openapi.json lists all paths"));
    }

    /** Does nothing: the caller has gone. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {}

    @ExceptionHandler
    ResponseEntity<ProblemBody> anythingElse(Exception e) {
        if (e instanceof ErrorResponse known) {
            HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
            String detail = known.getBody().getDetail();
            return ResponseEntity.status(status)
                    .headers(known.getHeaders())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(ProblemBody.of(status, detail == null ? status.getReasonPhrase() : detail, List.of()));
        }
        LOG.error("A request failed because of a bug", e);
        HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.of(
                        status, "The request failed because of a bug in the bridge; see its log.", List.of()));
    }

    private static ResponseEntity<ProblemBody> answer(Problem problem) {
        HttpHeaders headers = new HttpHeaders();
        problem.headers().forEach(headers::set);
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.of(problem.status(), String.valueOf(problem.getMessage()), problem.errors()));
    }
}
