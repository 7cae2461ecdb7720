package com.mobileapiconnect.bridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.Learned;
import com.mobileapiconnect.bridge.erp.NoAnswerException;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.erp.SystemWords;
import com.mobileapiconnect.bridge.erp.Verdict;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Makes a document of each message in ERPNext: the system of {@code erpnext-communication}. A unique field has the
 * delivery's id, so the site makes no second one. A repeat asks for it first, and so does the refusal of a duplicate.
 */
@Component
@Lazy
class FrappeSystem implements ErpSystem {

    private static final String ASKED = "Asked whether the document is there: ";

    private final TargetCalls calls;
    private final Clock clock;
    private final Workers workers;
    private final Learned<Meta> metas;

    FrappeSystem(TargetCalls calls, Clock clock, Workers workers, Targets targets) {
        this.calls = calls;
        this.clock = clock;
        this.workers = workers;
        this.metas = new Learned<>(targets);
    }

    @Override
    public String name() {
        return "frappe";
    }

    private FrappeCalls calls(ErpConnection connection, long deadlineNanos) {
        return new FrappeCalls(FrappeServer.of(connection), calls, connection.target(), deadlineNanos, clock.instant());
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return workers.call(() -> sendNow(write));
    }

    private Outcome sendNow(ErpWrite write) {
        FrappeCalls site = calls(write.connection(), write.attempt().deadlineNanos());
        try {
            Meta meta = metas.of(write.connection().target(), site.deadlineNanos(), site::meta);
            String fault = meta.keyFault(site.server());
            if (fault != null) { // nothing is wrong with the delivery
                metas.forget(write.connection().target());
                return Verdict.RETRY.outcome(new SystemAnswer(200, fault, null));
            }
            Outcome there = write.mayBeThere() ? asked(site, write) : null;
            Outcome outcome = there == null ? made(site, write, meta) : there;
            if (outcome instanceof Outcome.Rejected) {
                metas.forget(write.connection().target()); // a field may have been added, or have become another
            }
            return outcome;
        } catch (NoAnswerException e) {
            return e.outcome();
        }
    }

    private Outcome made(FrappeCalls site, ErpWrite write, Meta meta) throws NoAnswerException {
        try {
            return made(site, write, DocumentText.of(write, site.server(), meta));
        } catch (DocumentText.DoesNotFitException e) {
            return new Outcome.Rejected(Evidence.failure(ErrorClass.MAPPING, String.valueOf(e.getMessage())));
        }
    }

    private Outcome made(FrappeCalls site, ErpWrite write, ObjectNode document) throws NoAnswerException {
        FrappeSaid said = site.call(site.server().creation(document));
        JsonNode name = said.json().at("/data/name");
        if (said.isGood() && (name.isTextual() || name.isNumber())) {
            return OverHttp.made(said.answer(), write, site.server().document(name.asText()), clock.instant());
        } else if (said.isDuplicate()) {
            Outcome there = asked(site, write);
            if (there != null) {
                return there;
            }
        }
        String words = said.words();
        return site.failure(
                said,
                "",
                words == null ? null : SystemWords.without(SystemWords.without(words, write.fields()), document));
    }

    /** Returns the outcome if the document is there, or if nobody says so; null if it is not there. */
    private @Nullable Outcome asked(FrappeCalls site, ErpWrite write) throws NoAnswerException {
        FrappeSaid said = site.call(site.server().search(write.key()));
        JsonNode list = said.json().path("data");
        if (!said.isGood() || !list.isArray()) {
            return site.failure(said, ASKED, said.words());
        }
        for (JsonNode each : list) {
            if (each.path(site.server().key()).asText().equals(write.key())) {
                return new Outcome.Delivered(
                        Evidence.ok(said.answer().status(), "The document was there already"),
                        false,
                        site.server().document(each.path("name").asText()));
            }
        }
        // Other documents are of a site that does not search.
        return list.isEmpty()
                ? null
                : site.failure(
                        said,
                        ASKED,
                        "the answer has other documents, none with the delivery's id in "
                                + site.server().key());
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        FrappeServer server = FrappeServer.of(write.connection());
        Meta known = metas.known(write.connection().target());
        ObjectNode document;
        try {
            document = DocumentText.of(write, server, known == null ? Meta.UNKNOWN : known);
        } catch (DocumentText.DoesNotFitException e) {
            document = write.fields().deepCopy().put(server.key(), write.key());
        }
        return OverHttp.preview(write.connection(), server.masked().creation(document));
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        return FrappeTest.of(
                calls(connection, deadlineNanos), connection.properties().path("fields"));
    }
}
