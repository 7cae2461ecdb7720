package com.mobileapiconnect.bridge.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.erp.AnswerJson;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.OutcomeTable;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.erp.SystemAnswer;
import com.mobileapiconnect.bridge.erp.SystemWords;
import com.mobileapiconnect.bridge.erp.Verdict;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Makes a Communication of each message on a FHIR server: the system of {@code fhir-communication}. A create has the
 * condition that there is none with the delivery's id; as not every server knows conditions, one that may have been carried
 * out is asked for before it is sent again.
 */
@Component
@Lazy
class FhirSystem implements ErpSystem {

    /** The most of an answer: an OperationOutcome, or a bundle with the id of one record. */
    private static final int ANSWER_BYTES = 64 << 10;
    /** A server answers 409 when two writes have met, and 412 when the condition is met by several records. */
    static final OutcomeTable TABLE = OutcomeTable.of("""
            409 * retry
            412 * retry
            """);

    private static final String[] WORDS = {"/issue/0/diagnostics", "/issue/0/details/text", "/issue/0/code"};
    private static final int SEVERAL = 412;
    private static final String ASKED = "Asked whether the record is there: ";

    private final TargetCalls calls;
    private final Clock clock;
    private final Workers workers;

    FhirSystem(TargetCalls calls, Clock clock, Workers workers) {
        this.calls = calls;
        this.clock = clock;
        this.workers = workers;
    }

    @Override
    public String name() {
        return "fhir";
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return workers.call(() -> sendNow(write));
    }

    private Outcome sendNow(ErpWrite write) {
        FhirServer server = FhirServer.of(write.connection());
        if (write.mayBeThere()) {
            Outcome asked = asked(server, write);
            if (asked != null) {
                return asked;
            }
        }
        HttpResult result = call(write, server.creation(write));
        if (!(result instanceof Answered answer)) {
            return OverHttp.outcome((Failed) result);
        } else if (answer.isGood()) {
            return OverHttp.made(answer, write, server.made(answer), clock.instant());
        } else if (answer.status() == SEVERAL) { // the condition is met by more than one
            Outcome asked = asked(server, write);
            if (asked != null) {
                return asked;
            }
        }
        return failure(answer, write, "");
    }

    /** Returns the outcome if the record is there, or if nobody says so; null if it is not there. */
    private @Nullable Outcome asked(FhirServer server, ErpWrite write) {
        HttpResult result = call(write, server.search(write.key()));
        if (!(result instanceof Answered answer)) {
            return OverHttp.outcome((Failed) result);
        }
        JsonNode bundle = AnswerJson.read(answer.body());
        if (!answer.isGood()) {
            return failure(answer, write, ASKED);
        } else if (!bundle.path("resourceType").asText().equals("Bundle")) {
            String words = ASKED + "the answer is no Bundle";
            return Verdict.UNKNOWN.outcome(new SystemAnswer(answer.status(), words, answer.body()));
        }
        ExternalRecord found = server.found(bundle, write.key());
        if (found == null && FhirServer.hasRecords(bundle)) {
            String words = ASKED + "the answer has other records, none with the delivery's identifier";
            return Verdict.UNKNOWN.outcome(new SystemAnswer(answer.status(), words, answer.body()));
        }
        return found == null
                ? null
                : new Outcome.Delivered(Evidence.ok(answer.status(), "The record was there already"), false, found);
    }

    private HttpResult call(ErpWrite write, HttpRequest request) {
        return calls.call(
                write.connection().target(),
                request,
                new TargetCalls.Bounds(write.attempt().deadlineNanos(), ANSWER_BYTES));
    }

    private Outcome failure(Answered answer, ErpWrite write, String before) {
        String said = SystemWords.of(answer.body(), WORDS);
        return OverHttp.refusal(
                TABLE.verdict(answer.status(), null),
                answer,
                before,
                said == null ? null : SystemWords.without(said, write.fields()),
                answer.body(),
                clock.instant());
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        return OverHttp.preview(
                write.connection(), FhirServer.of(write.connection()).creation(write));
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        FhirServer server = FhirServer.of(connection);
        HttpResult result = calls.call(
                connection.target(),
                server.capabilities(),
                new TargetCalls.Bounds(deadlineNanos, FhirTest.LARGEST_STATEMENT));
        return result instanceof Answered answer
                ? FhirTest.of(answer, server, connection.properties().path("fields"))
                : OverHttp.findings((Failed) result, server.place());
    }
}
