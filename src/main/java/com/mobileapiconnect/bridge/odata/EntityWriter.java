package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.net.URI;
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
 * what people changed meanwhile; an insertion is one on the condition that there is no such record. Where a PATCH makes no record, a PUT does; where the service wants to see a version, it
 * is fetched.
 */
final class EntityWriter {

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
            case INSERT -> settled(line.call().apply(insertion(settings, write)));
            case FIND_CREATE -> unlessThere();
        };
    }

    private Outcome unlessThere() {
        EntitySearch search = search();
        if (search.record() != null) {
            return search.found();
        }
        return search.cannotTell() == null ? create() : search.cannotTell();
    }

    private EntitySearch search() {
        return EntitySearch.of(
                line.call().apply(EntitySearch.request(settings, write)), settings, write, clock.instant());
    }

    private Outcome create() {
        return settled(line.create().apply(creation(settings, write)));
    }

    /** Returns the request by which a write begins, if nothing has to be asked for. */
    static HttpRequest first(ODataSettings settings, ErpWrite write) {
        return switch (settings.mode()) {
            case CREATE, FIND_CREATE -> creation(settings, write);
            case UPSERT -> change(settings, write, Method.PATCH, Map.of());
            case INSERT -> insertion(settings, write);
        };
    }

    /** Returns the request that makes the record. */
    static HttpRequest creation(ODataSettings settings, ErpWrite write) {
        return HttpRequest.of(
                Method.POST, settings.set(), settings.headers(), Body.json(Json.write(entity(settings, write))));
    }

    /** Returns the request that makes the record if there is none with its key, and has its id told. */
    private static HttpRequest insertion(ODataSettings settings, ErpWrite write) {
        Map<String, String> headers = new LinkedHashMap<>(IF_NEW);
        headers.put("Prefer", "return=representation");
        return change(settings, write, Method.PATCH, headers, settings.narrow(write.key()));
    }

    private static HttpRequest change(
            ODataSettings settings, ErpWrite write, Method method, Map<String, String> condition) {
        return change(settings, write, method, condition, settings.service().at(settings.path(write.key())));
    }

    private static HttpRequest change(
            ODataSettings settings, ErpWrite write, Method method, Map<String, String> more, URI address) {
        ObjectNode fields = settings.dialect().texts(write.fields());
        fields.remove(settings.key());
        Map<String, String> headers = settings.headers();
        headers.putAll(more);
        return HttpRequest.of(method, address, headers, Body.json(Json.write(fields)));
    }

    /** Returns the record as it is sent: the mapped fields, its company, and the id in its key. */
    static ObjectNode entity(ODataSettings settings, ErpWrite write) {
        ObjectNode entity = settings.dialect().texts(write.fields());
        if (settings.company() != null) {
            entity.put(Dialect.COMPANY, settings.company());
        }
        return entity.put(settings.key(), write.key());
    }

    /** Returns what a creation has come to; a duplicate is looked for. */
    Outcome settled(HttpResult result) {
        if (result instanceof Failed failed) {
            return OverHttp.outcome(failed);
        }
        Answered answer = (Answered) result;
        Meaning meaning = Meaning.of(answer);
        if (meaning == Meaning.DONE) {
            return done(answer, Records.made(answer, settings, write.key()));
        } else if (meaning == Meaning.DUPLICATE || meaning == Meaning.OTHER_VERSION) {
            EntitySearch search = search();
            if (search.record() != null) {
                return search.found();
            } else if (search.cannotTell() instanceof Outcome.Retry retry) {
                return retry;
            }
        }
        return Meaning.failure(answer, write.fields(), clock.instant());
    }

    private Outcome upsert() {
        HttpResult patched = line.call().apply(change(settings, write, Method.PATCH, Map.of()));
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
        EntitySearch search = search();
        if (search.record() == null) {
            return search.cannotTell() == null ? put() : search.cannotTell();
        }
        String etag = search.etag() == null ? "*" : search.etag();
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
        return OverHttp.made(answer, write, record, clock.instant());
    }
}
