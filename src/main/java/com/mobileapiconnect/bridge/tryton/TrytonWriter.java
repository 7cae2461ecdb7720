package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.OutcomeTable;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.erp.SystemWords;
import com.mobileapiconnect.bridge.tryton.FieldTypes.Asked;
import com.mobileapiconnect.bridge.tryton.FieldTypes.Field;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record, so that a repeat changes nothing: a record that has the delivery's id is done. Tryton is asked for it where
 * an attempt before may have made it, where nothing else keeps a second one away, and after a refusal, which may be that of
 * a duplicate.
 */
final class TrytonWriter {

    /** Errors come with the status of a success. An unknown one may be of a moment, like those of databases. */
    static final OutcomeTable TABLE = OutcomeTable.of("""
            2xx - done
            2xx UserError rejected
            2xx UserWarning rejected
            2xx KeyError rejected
            2xx ValueError rejected
            2xx TypeError rejected
            2xx AttributeError rejected
            2xx AssertionError rejected
            2xx NotImplementedError rejected
            2xx ConcurrencyException retry
            2xx * unknown
            404 * retry
            423 * retry
            """);

    private static final int NOT_FOUND = 404;

    private static final int ANSWER_BYTES = 64 << 10;
    private static final int TYPES_BYTES = 256 << 10;
    private static final String ASKED = "Asked whether the record is there: ";
    private static final String NO_TYPES = "Asked for the types of the fields: ";
    private static final int MOST_FOUND = 5;

    private final TrytonSettings settings;
    private final TrytonSession session;
    private final TrytonSession.Line line;
    private final ErpWrite write;
    private final Clock clock;

    TrytonWriter(TrytonSettings settings, TrytonSession session, TrytonSession.Line line, ErpWrite write, Clock clock) {
        this.settings = settings;
        this.session = session;
        this.line = line;
        this.write = write;
        this.clock = clock;
    }

    Outcome send() {
        if (write.mayBeThere() || !settings.isUnique()) {
            Outcome asked = asked();
            if (asked != null) {
                return asked;
            }
        }
        try {
            Outcome outcome = create(creation(settings, write, new TypedRecord(this::types)));
            if (outcome instanceof Outcome.Rejected) {
                session.types().forget(); // a field may have become another
            }
            return outcome;
        } catch (UnansweredException e) {
            return e.outcome();
        }
    }

    /** Returns the parameters of the call that makes the record. */
    static ArrayNode creation(TrytonSettings settings, ErpWrite write, TypedRecord typed) {
        ObjectNode record = typed.of(settings.model(), write.fields()).put(settings.key(), write.key());
        return params(JsonNodeFactory.instance.arrayNode().add(record));
    }

    /** Returns parameters with a context, which is always the last of them. */
    static ArrayNode params(JsonNode... params) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : params) {
            all.add(each);
        }
        all.addObject();
        return all;
    }

    private Outcome create(ArrayNode params) {
        HttpResult result = session.call(line, settings.call("create"), params, ANSWER_BYTES);
        if (!(result instanceof Answered answer)) {
            return OverHttp.outcome((Failed) result);
        }
        RpcAnswer said = RpcAnswer.of(answer);
        JsonNode number = said.result().path(0);
        if (number.canConvertToLong()) {
            return OverHttp.made(answer, write, settings.record(number.longValue()), clock.instant());
        } else if ("UserError".equals(said.error())) { // of a duplicate too, in the language of the user
            Outcome asked = asked();
            return asked == null ? failure(answer, said, "") : asked;
        }
        return failure(
                answer,
                said.error() == null && answer.isGood()
                        ? RpcAnswer.strange(answer.status(), "the answer names no record")
                        : said,
                "");
    }

    /** Returns the outcome if the record is there, or if nobody says so; null if it is not there. */
    private @Nullable Outcome asked() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ArrayNode domain = json.arrayNode();
        domain.addArray().add(settings.key()).add("=").add(write.key());
        ArrayNode params = params(
                domain,
                json.numberNode(0),
                json.numberNode(MOST_FOUND),
                json.nullNode(),
                json.arrayNode().add(settings.key()));
        // Somebody may have deactivated it.
        ((ObjectNode) params.get(params.size() - 1)).put("active_test", false);
        HttpResult result = session.call(line, settings.call("search_read"), params, ANSWER_BYTES);
        if (!(result instanceof Answered answer)) {
            return OverHttp.outcome((Failed) result);
        }
        RpcAnswer said = RpcAnswer.of(answer);
        if (said.error() != null || !answer.isGood()) {
            return failure(answer, said, ASKED);
        }
        for (JsonNode each : said.result()) {
            if (each.path(settings.key()).asText().strip().equals(write.key())
                    && each.path("id").canConvertToLong()) {
                return new Outcome.Delivered(
                        Evidence.ok(answer.status(), "The record was there already"),
                        false,
                        settings.record(each.path("id").longValue()));
            }
        }
        return said.result().isArray() && said.result().isEmpty()
                ? null
                : failure(
                        answer,
                        RpcAnswer.strange(
                                answer.status(), "the answer has nothing with the delivery's id in " + settings.key()),
                        ASKED);
    }

    private Map<String, Field> types(Asked asked) {
        Map<String, Field> known = session.types().of(asked);
        if (known != null) {
            return known;
        }
        HttpResult result =
                session.call(line, "model." + asked.model() + ".fields_get", fieldsOf(asked.names()), TYPES_BYTES);
        if (!(result instanceof Answered answer)) {
            throw new UnansweredException(OverHttp.outcome((Failed) result));
        }
        RpcAnswer said = RpcAnswer.of(answer);
        if (said.result().isObject()) {
            return session.types().learn(asked, said.result());
        }
        throw new UnansweredException(failure(
                answer,
                said.error() == null && answer.isGood()
                        ? RpcAnswer.strange(answer.status(), "the answer has no fields")
                        : said,
                NO_TYPES));
    }

    /** Returns the parameters of the question for these fields, or for all if there are none. */
    static ArrayNode fieldsOf(Iterable<String> names) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        names.forEach(all::add);
        return params(all);
    }

    private Outcome failure(Answered answer, RpcAnswer said, String before) {
        Duration locked = TrytonSession.locked(answer, clock);
        String words = said.words() == null ? null : SystemWords.without(said.words(), write.fields());
        String status = answer.isGood() ? "" : "HTTP " + answer.status() + (words == null ? "" : ": ");
        String why = locked != null
                ? " (Tryton locks a login for some minutes after wrong passwords)"
                : answer.status() == NOT_FOUND
                        ? " (Tryton says so of a database that it does not have, or cannot reach at the moment)"
                        : "";
        return TABLE.verdict(said.status(), said.error())
                .outcome(new SystemAnswer(
                        answer.status(),
                        before + status + (words == null ? "" : words) + why,
                        answer.body(),
                        locked != null
                                ? locked
                                : HttpAnswer.retryAfter(answer.said().retryAfter(), clock.instant()),
                        null));
    }
}
