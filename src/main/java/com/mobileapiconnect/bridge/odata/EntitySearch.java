package com.mobileapiconnect.bridge.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of a look for the record.
 *
 * @param record     null if it is not there
 * @param etag       its version; null if it has none
 * @param cannotTell the outcome if nobody knows whether it is there; null if that is known
 */
record EntitySearch(
        int status,
        @Nullable ExternalRecord record,
        @Nullable String etag,
        @Nullable Outcome cannotTell) {

    static HttpRequest request(ODataSettings settings, ErpWrite write) {
        return HttpRequest.get(settings.search(write.key()), settings.headers());
    }

    static EntitySearch of(HttpResult result, ODataSettings settings, ErpWrite write, Instant now) {
        if (result instanceof Failed failed) {
            return new EntitySearch(0, null, null, OverHttp.outcome(failed));
        }
        Answered answer = (Answered) result;
        int status = answer.status();
        if (answer.isGood()) {
            return read(answer, settings, write, now);
        }
        boolean absent = status == 404 && !settings.filters();
        // A service that lets nobody read guards the key by itself, where the key is the record's own.
        boolean unreadable =
                (status == 403 || status == 405 || status == 501) && settings.mode() == ODataSettings.Mode.CREATE;
        return new EntitySearch(
                status, null, null, absent || unreadable ? null : Meaning.unknown(answer, write.fields(), now));
    }

    private static EntitySearch read(Answered answer, ODataSettings settings, ErpWrite write, Instant now) {
        JsonNode json = Json.read(answer.body());
        if (!settings.filters()) {
            String header = answer.header("etag");
            JsonNode inBody = json.path("@odata.etag");
            String etag = header != null ? header : inBody.isTextual() ? inBody.textValue() : null;
            // Something that is no service, like a page to log in at, says 200 to everything.
            return isRecord(json, settings, write)
                    ? new EntitySearch(answer.status(), Records.found(json, settings, write.key()), etag, null)
                    : new EntitySearch(answer.status(), null, null, noAnswer(answer, settings, now));
        }
        JsonNode values = json.path("value");
        if (!values.isArray()) {
            return new EntitySearch(answer.status(), null, null, noAnswer(answer, settings, now));
        }
        for (JsonNode each : values) {
            if (isRecord(each, settings, write)) {
                return new EntitySearch(answer.status(), Records.found(each, settings, write.key()), null, null);
            }
        }
        // Other records are what a service finds that takes no filters: it knows nothing of this one.
        return new EntitySearch(answer.status(), null, null, values.isEmpty() ? null : noAnswer(answer, settings, now));
    }

    /** Returns whether this is the record: services pad keys, and spell them in capitals. */
    private static boolean isRecord(JsonNode entity, ODataSettings settings, ErpWrite write) {
        return entity.path(settings.key()).asText().strip().equalsIgnoreCase(write.key());
    }

    private static Outcome noAnswer(Answered answer, ODataSettings settings, Instant now) {
        return new Outcome.Retry(
                new Evidence(
                        answer.status(),
                        Outcome.ErrorClass.ANSWER,
                        "Asked whether the record is there, the service answered something else: nothing that has the"
                                + " delivery's id in " + settings.key(),
                        answer.body()),
                HttpAnswer.retryAfter(answer.said().retryAfter(), now));
    }

    /** Returns that the record was there already. */
    Outcome found() {
        return new Outcome.Delivered(Evidence.ok(status, "The record was there already"), false, record);
    }
}
