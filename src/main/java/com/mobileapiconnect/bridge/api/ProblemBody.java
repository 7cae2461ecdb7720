package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.springframework.http.HttpStatus;

/** The JSON of a problem. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemBody(String type, String title, int status, String detail, List<Problem.FieldError> errors) {

    static ProblemBody of(HttpStatus status, String detail, List<Problem.FieldError> errors) {
        return new ProblemBody("about:blank", status.getReasonPhrase(), status.value(), detail, errors);
    }
}
