package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers a text that is refused with the places of its mistakes. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE) // before the one that takes any exception
class RouteProblems {

    /** The JSON of the problem; the first mistake's place stands at the top, too. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(String type, String title, int status, String detail, int line, int column, List<RouteFault> errors) {}

    @ExceptionHandler
    ResponseEntity<Body> refused(RouteRefusedException e) {
        HttpStatus status = HttpStatus.UNPROCESSABLE_ENTITY;
        RouteFault first = e.faults().get(0);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(new Body(
                        "about:blank",
                        status.getReasonPhrase(),
                        status.value(),
                        first.said(),
                        first.line(),
                        first.column(),
                        e.faults()));
    }
}
