package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Problem.FieldError;
import org.springframework.http.HttpStatus;

/** Says which values of a file need quotes, because without them YAML takes them for something else than a text. */
final class Quotes {

    private static final String HINT = "; put it in quotes, because without them it is no text in YAML";

    private Quotes() {}

    /** Returns the same problem; errors that ask for a text, where the file has none, name the quotes. */
    static Problem named(Problem problem, JsonNode file) {
        if (problem.status() != HttpStatus.UNPROCESSABLE_ENTITY) {
            return problem;
        }
        return Problem.invalid(problem.errors().stream()
                .map(error -> needsQuotes(error, file) ? new FieldError(error.field(), error.message() + HINT) : error)
                .toList());
    }

    private static boolean needsQuotes(FieldError error, JsonNode file) {
        JsonNode node = at(file, error.field());
        return error.message().startsWith(Fields.NO_TEXT) && node.isValueNode() && !node.isTextual();
    }

    /** Finds {@code connections[0].when.value}; a missing node if there is none. */
    private static JsonNode at(JsonNode file, String path) {
        JsonNode node = file;
        for (String step : path.replace("[", ".[").split("\\.")) {
            node = step.matches("\\[[0-9]{1,9}]")
                    ? node.path(Integer.parseInt(step.substring(1, step.length() - 1)))
                    : node.path(step);
        }
        return node;
    }
}
