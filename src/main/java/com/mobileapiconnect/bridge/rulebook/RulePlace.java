package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.rule.Expressions;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The position of a rule in a tenant's request.
 *
 * @param path        prefix of fields in errors: empty, or with a dot at its end
 * @param errors      receives every mistake
 * @param expressions all that the request has
 * @param connections returns the id of a connection that an action names, or null if there is none
 * @param lacking     receives the paths of secrets that a file cannot have; null if the request has to give them
 */
record RulePlace(
        String tenantId,
        String path,
        List<Problem.FieldError> errors,
        Expressions expressions,
        Function<String, @Nullable String> connections,
        @Nullable List<String> lacking) {

    /** Reads an object at this place. */
    Fields fields(JsonNode json) {
        return Fields.of(json, path, errors, lacking);
    }

    /** Returns this place, where also connections that are gone may be named. */
    RulePlace withGone(List<String> gone) {
        return gone.isEmpty()
                ? this
                : new RulePlace(
                        tenantId,
                        path,
                        errors,
                        expressions,
                        id -> gone.contains(id) ? id : connections.apply(id),
                        lacking);
    }

    /** Returns a place further down. */
    RulePlace in(String more) {
        return new RulePlace(tenantId, path + more, errors, expressions, connections, lacking);
    }
}
