package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record, so that a repeat changes nothing: a record that is there already is done.
 *
 * <p>A create that may have been carried out is asked for by its key before it is sent again, and so is one whose answer
 * may mean a duplicate. An upsert is a PATCH, which leaves alone what it does not name, so that a repeat does not undo
 * what people changed meanwhile. Where a PATCH makes no record, a PUT does; where the service wants to see a version, it
 * is fetched.
 */
final class EntityWriter {

    private static final String ACCEPT = "application/json;odata.metadata=minimal";
    private static final String IF_MATCH = "If-Match";
    private static final Map<String, String> IF_NEW = Map.of("If-None-Match", "*");

    private final ODataSettings settings;
    private final Line line;
    private final ErpWrite write;
    private final Clock clock;

    EntityWriter(ODataSettings settings, Line line, ErpWrite write, Clock clock) {
        this.settings = settings;
        this.line = line;
        this.write = write;
        this.clock = clock;
    }

    /**
     * The ways to the service.
     *
     * @param create makes a record
     * @param call   does anything else
     */
    record Line(Function<HttpRequest, HttpResult> create, Function<HttpRequest, HttpResult> call) {

        static Line of(Function<HttpRequest, HttpResult> both) {
            return new Line(both, both);
        }
    }

    Outcome send() {
        return switch (settings.mode()) {
            case CREATE -> write.mayBeThere() ? unlessThere() : create();
            case UPSERT -> upsert();
            case FIND_CREATE -> unlessThere();
        };
    }

    private Outcome unlessThere() {
        Search search = search();
        if (search.record != null) {
            return found(search);
        }
        return search.cannotTell == null ? create() : search.cannotTell;
    }

    private Outcome create() {
        return settled(line.create().apply(creation(settings, write)));
    }

    /** Returns the request that makes the record. */
    static HttpRequest creation(ODataSettings settings, ErpWrite write) {
        return HttpRequest.of(
                Method.POST, settings.set(), Map.of("Accept", ACCEPT), Body.json(Json.write(entity(settings, write))));
    }

    /** Returns the request by which an upsert begins. */
    static HttpRequest change(ODataSettings settings, ErpWrite write) {
        return change(settings, write, Method.PATCH, Map.of());
    }

    private static HttpRequest change(
            ODataSettings settings, ErpWrite write, Method method, Map<String, String> condition) {
        ObjectNode fields = write.fields().deepCopy();
        fields.remove(settings.key());
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", ACCEPT));
        headers.putAll(condition);
        return HttpRequest.of(
                method, settings.service().at(settings.path(write.key())), headers, Body.json(Json.write(fields)));
    }

    /** Returns the record as it is sent: the mapped fields, and the id in its key. */
    static ObjectNode entity(ODataSettings settings, ErpWrite write) {
        return write.fields().deepCopy().put(settings.key(), write.key());
    }

    /** Returns what a POST has come to; a duplicate is looked for. */
    Outcome settled(HttpResult result) {
        if (result instanceof Failed failed) {
            return OverHttp.outcome(failed);
        }
        Answered answer = (Answered) result;
        Meaning meaning = Meaning.of(answer);
        if (meaning == Meaning.DONE) {
            return done(answer, Records.made(answer, settings, write.key()));
        } else if (meaning == Meaning.DUPLICATE || meaning == Meaning.OTHER_VERSION) {
            Search search = search();
            if (search.record != null) {
                return found(search);
            } else if (search.cannotTell instanceof Outcome.Retry retry) {
                return retry;
            }
        }
        return Meaning.failure(answer, write.fields(), clock.instant());
    }

    private Outcome upsert() {
        HttpResult patched = line.call().apply(change(settings, write));
        return switch (meaning(patched)) {
            case NOT_FOUND -> put();
            case NEEDS_VERSION, OTHER_VERSION -> withVersion();
            default -> changed(patched);
        };
    }

    private static Meaning meaning(HttpResult result) {
        return result instanceof Answered answer ? Meaning.of(answer) : Meaning.FAILURE;
    }

    /** The service's PATCH makes no records, and there is none. */
    private Outcome put() {
        HttpResult put = line.call().apply(change(settings, write, Method.PUT, IF_NEW));
        if (put instanceof Answered answer && (answer.status() == 405 || answer.status() == 501)) {
            return create();
        }
        return meaning(put) == Meaning.OTHER_VERSION ? withVersion() : changed(put);
    }

    private Outcome withVersion() {
        Search search = search();
        if (search.record == null) {
            return search.cannotTell == null ? put() : search.cannotTell;
        }
        String etag = search.etag == null ? "*" : search.etag;
        HttpResult patched = line.call().apply(change(settings, write, Method.PATCH, Map.of(IF_MATCH, etag)));
        // Changed once more meanwhile: a later attempt has better luck.
        return changed(patched);
    }

    private Outcome changed(HttpResult result) {
        if (result instanceof Failed failed) {
            return OverHttp.outcome(failed);
        }
        Answered answer = (Answered) result;
        return Meaning.of(answer) == Meaning.DONE
                ? done(answer, Records.keyed(settings, write.key()))
                : Meaning.failure(answer, write.fields(), clock.instant());
    }

    private Outcome done(Answered answer, @Nullable ExternalRecord record) {
        Outcome judged = answer.said().judge(write.attempt().target().answers(), clock.instant());
        return judged instanceof Outcome.Delivered delivered ? delivered.made(record) : judged;
    }

    private Outcome found(Search search) {
        return new Outcome.Delivered(Evidence.ok(search.status, "The record was there already"), false, search.record);
    }

    /**
     * The result of a look for the record.
     *
     * @param record     null if it is not there
     * @param etag       its version; null if it has none
     * @param cannotTell the outcome if nobody knows whether it is there; null if that is known
     */
    private record Search(
            int status,
            @Nullable ExternalRecord record,
            @Nullable String etag,
            @Nullable Outcome cannotTell) {}

    private Search search() {
        HttpResult result = line.call().apply(HttpRequest.get(settings.search(write.key()), Map.of("Accept", ACCEPT)));
        if (result instanceof Failed failed) {
            return new Search(0, null, null, OverHttp.outcome(failed));
        }
        Answered answer = (Answered) result;
        int status = answer.status();
        if (answer.isGood()) {
            return read(answer);
        }
        boolean absent = status == 404 && settings.mode() != ODataSettings.Mode.FIND_CREATE;
        // A service that lets nobody read guards the key by itself, where the key is the record's own.
        boolean unreadable =
                (status == 403 || status == 405 || status == 501) && settings.mode() == ODataSettings.Mode.CREATE;
        return new Search(
                status,
                null,
                null,
                absent || unreadable ? null : Meaning.unknown(answer, write.fields(), clock.instant()));
    }

    private Search read(Answered answer) {
        JsonNode json = Json.read(answer.body());
        if (settings.mode() != ODataSettings.Mode.FIND_CREATE) {
            String header = answer.header("etag");
            JsonNode inBody = json.path("@odata.etag");
            String etag = header != null ? header : inBody.isTextual() ? inBody.textValue() : null;
            // Something that is no service, like a page to log in at, says 200 to everything.
            return isRecord(json)
                    ? new Search(answer.status(), record(json), etag, null)
                    : new Search(answer.status(), null, null, noAnswer(answer));
        }
        JsonNode values = json.path("value");
        if (!values.isArray()) {
            return new Search(answer.status(), null, null, noAnswer(answer));
        }
        for (JsonNode each : values) {
            if (isRecord(each)) {
                return new Search(answer.status(), record(each), null, null);
            }
        }
        // Other records are what a service finds that takes no filters: it knows nothing of this one.
        return new Search(answer.status(), null, null, values.isEmpty() ? null : noAnswer(answer));
    }

    /** Returns whether this is the record: services pad keys, and spell them in capitals. */
    private boolean isRecord(JsonNode entity) {
        return entity.path(settings.key()).asText().strip().equalsIgnoreCase(write.key());
    }

    private ExternalRecord record(JsonNode entity) {
        for (String name : new String[] {"@odata.id", "@id", "@odata.editLink", "@editLink"}) {
            if (entity.path(name).isTextual()) {
                ExternalRecord record = Records.at(entity.path(name).textValue(), settings, write.key());
                if (record != null) {
                    return record;
                }
            }
        }
        return settings.mode() == ODataSettings.Mode.FIND_CREATE
                ? new ExternalRecord(write.key(), null)
                : Records.keyed(settings, write.key());
    }

    private Outcome noAnswer(Answered answer) {
        return new Outcome.Retry(
                new Evidence(
                        answer.status(),
                        Outcome.ErrorClass.ANSWER,
                        "Asked whether the record is there, the service answered something else: nothing that has the"
                                + " delivery's id in " + settings.key(),
                        answer.body()),
                HttpAnswer.retryAfter(answer.said().retryAfter(), clock.instant()));
    }
}
