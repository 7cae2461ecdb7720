package com.mobileapiconnect.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.erp.OutcomeTable;
import com.mobileapiconnect.bridge.erp.SystemWords;
import com.mobileapiconnect.bridge.erp.Verdict;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Odoo, in either way.
 *
 * @param error  the class of the error; null for none, or none that is named
 * @param result of the method; missing if there is none
 */
record Said(Answered answer, @Nullable String error, JsonNode result) {

    /** The class of an import's refusal, which has status 200 and none of its own. */
    static final String REFUSED = "load:refused";

    static final String BUSY = "load:busy";
    private static final String UNREADABLE = "unreadable";

    /** The classes that Odoo passes on of its own, of Python and of its database. */
    static final OutcomeTable TABLE = OutcomeTable.of("""
            2xx - done
            * load:busy retry
            * load:refused rejected
            * odoo.exceptions.AccessDenied login
            * odoo.exceptions.ConcurrencyError retry
            * odoo.exceptions.LockError retry
            * odoo.exceptions.* rejected
            * UserError rejected
            * psycopg2.errors.SerializationFailure retry
            * psycopg2.errors.DeadlockDetected retry
            * psycopg2.errors.LockNotAvailable retry
            * psycopg2.errors.QueryCanceled retry
            * psycopg2.errors.AdminShutdown retry
            * psycopg2.errors.* rejected
            * builtins.ValueError rejected
            * builtins.KeyError rejected
            * builtins.TypeError rejected
            * builtins.AttributeError rejected
            404 - retry
            2xx * unknown
            """);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static Said of(Api api, Answered answer) {
        JsonNode json = json(answer.body());
        if (!answer.isGood()) {
            JsonNode name = json.path("name");
            return new Said(answer, name.isTextual() ? name.textValue() : null, MissingNode.getInstance());
        } else if (api == Api.JSON_2) {
            return new Said(answer, json.isMissingNode() ? UNREADABLE : null, json);
        } else if (json.path("error").isObject()) {
            return new Said(answer, json.at("/error/data/name").asText(UNREADABLE), MissingNode.getInstance());
        }
        return new Said(answer, json.has("jsonrpc") ? null : UNREADABLE, json.path("result"));
    }

    private static JsonNode json(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    boolean isGood() {
        return error == null && answer.isGood();
    }

    /**
     * Returns whether there may be nothing to call in this way: another version, or no such database. Odoo 18 has another
     * API below {@code /json}, which sends to its login page or misses a token.
     */
    boolean isElsewhere() {
        boolean isMissing = answer.status() == 400 || answer.status() == 404 || answer.status() == 405;
        return error == null && (isMissing || leadsElsewhere());
    }

    boolean leadsElsewhere() {
        return HttpAnswer.isRedirect(answer.status());
    }

    Verdict verdict() {
        return TABLE.verdict(answer.status(), error);
    }

    /** Returns Odoo's own words; null if it has none. */
    @Nullable String words() {
        return UNREADABLE.equals(error) && answer.isGood()
                ? "the answer is none of Odoo"
                : SystemWords.of(answer.body());
    }
}
