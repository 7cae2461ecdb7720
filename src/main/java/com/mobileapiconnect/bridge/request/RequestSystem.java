package com.mobileapiconnect.bridge.request;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.destination.FailureWhen;
import com.mobileapiconnect.bridge.destination.Target;
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
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.mapping.CannotBeException;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.DeliveryHeaders;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Any API over HTTP: the system of {@code http-request}. A repeat has the same {@code Idempotency-Key}; an API that answers
 * it with a status of its own names that status in {@code done}.
 */
@Component
class RequestSystem implements ErpSystem {

    private static final String KEY = "Idempotency-Key";
    private static final Set<String> SIGNATURES =
            Set.of("X-MAC-Signature", "X-MAC-Signature-Previous", "webhook-signature");

    private final TargetCalls calls;
    private final Clock clock;
    private final Workers workers;

    RequestSystem(TargetCalls calls, Clock clock, Workers workers) {
        this.calls = calls;
        this.clock = clock;
        this.workers = workers;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return workers.call(() -> sendNow(write));
    }

    private Outcome sendNow(ErpWrite write) {
        HttpRequest request;
        try {
            request = request(write);
        } catch (CannotBeException e) {
            return new Outcome.Rejected(Evidence.failure(ErrorClass.MAPPING, String.valueOf(e.getMessage())));
        }
        HttpResult result = calls.call(
                write.connection().target(),
                request,
                new TargetCalls.Bounds(write.attempt().deadlineNanos(), FailureWhen.LOOKED_AT));
        return result instanceof Answered answer
                ? judge(answer, write.connection(), request.url())
                : OverHttp.outcome((Failed) result);
    }

    private HttpRequest request(ErpWrite write) {
        HttpRequest plain = plain(write);
        HttpRequest.Body body = plain.body();
        byte[] signed = body == null ? new byte[0] : body.text().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = DeliveryHeaders.of(write.attempt(), signed, clock.instant());
        headers.put(KEY, write.key());
        return plain.with(headers);
    }

    /** Says in words what cannot be sent: a connector in a file of its own has properties that nobody has looked at. */
    private static HttpRequest plain(ErpWrite write) {
        try {
            return RequestTemplate.of(write.connection()).request(write, Map.of());
        } catch (IllegalArgumentException e) {
            throw new CannotBeException(String.valueOf(e.getMessage()));
        }
    }

    private Outcome judge(Answered answer, ErpConnection connection, URI url) {
        int status = answer.status();
        Target target = connection.target();
        List<Integer> done = new ArrayList<>();
        connection.properties().path("done").forEach(each -> done.add(each.asInt()));
        ExternalRecord record = record(answer, connection, url);
        FailureWhen failureWhen = target.answers().failureWhen();
        String reason = failureWhen == null || !done.contains(status) ? null : failureWhen.reason(answer.body());
        if (reason != null) {
            return new Outcome.Retry(
                    new Evidence(status, ErrorClass.ANSWER, "HTTP " + status + ", but " + reason, answer.body()),
                    HttpAnswer.retryAfter(answer.said().retryAfter(), clock.instant()));
        } else if (!done.contains(status)
                && (answer.isGood() || target.answers().succeedsBy(status))) {
            Outcome judged = answer.said().judge(target.answers(), clock.instant());
            return judged instanceof Outcome.Delivered delivered ? delivered.made(record) : judged;
        }
        String words = HttpAnswer.isRedirect(status)
                ? "redirects are not followed; set the URL it leads to"
                : SystemWords.of(answer.body());
        SystemAnswer said = new SystemAnswer(
                status,
                "HTTP " + status + (words == null ? "" : ": " + words),
                answer.body(),
                HttpAnswer.retryAfter(answer.said().retryAfter(), clock.instant()),
                record);
        return OutcomeTable.USUAL.andDone(done).verdict(status, null).outcome(said);
    }

    /** Returns the record that the answer names: its id where {@code idFrom} points, its place in {@code Location}. */
    private static @Nullable ExternalRecord record(Answered answer, ErpConnection connection, URI url) {
        String pointer = connection.text("idFrom");
        JsonNode id = pointer == null
                ? MissingNode.getInstance()
                : AnswerJson.read(answer.body()).at(JsonPointer.compile(pointer));
        String location = answer.header("location");
        String place = location == null || HttpAnswer.isRedirect(answer.status()) ? null : onHost(url, location);
        return ExternalRecord.of(id.isValueNode() && !id.isNull() ? id.asText() : null, place);
    }

    /** Returns the place that an answer named, if it lies on the host that was called; null if not. */
    private static @Nullable String onHost(URI called, String location) {
        try {
            URI place = called.resolve(location.strip());
            boolean isThere = String.valueOf(called.getRawAuthority()).equalsIgnoreCase(place.getRawAuthority());
            return isThere ? place.toString() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        HttpRequest request = request(write);
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        // signed anew for each attempt
        headers.replaceAll((name, value) -> SIGNATURES.contains(name) ? Preview.MASK : value);
        return OverHttp.preview(write.connection(), request.with(headers));
    }

    /** Asks for the options of the place that is written to, which writes nothing: any answer shows that it is there. */
    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        RequestTemplate template;
        try {
            template = RequestTemplate.of(connection);
        } catch (IllegalArgumentException e) {
            return ErpFindings.wrong(new Fault(FaultKind.FIELD, String.valueOf(e.getMessage())));
        }
        URI sample = URI.create(template.url().sample());
        String place = String.valueOf(sample.getRawAuthority());
        HttpRequest request = new HttpRequest(Method.OPTIONS, sample, Map.of(), null, true);
        HttpResult result =
                calls.call(connection.target(), request, new TargetCalls.Bounds(deadlineNanos, FailureWhen.LOOKED_AT));
        if (result instanceof Failed failed) {
            return OverHttp.findings(failed, place);
        }
        int status = ((Answered) result).status();
        return status == 401
                ? ErpFindings.wrong(Fault.login(place))
                : ErpFindings.right("Somebody answers there: HTTP " + status + " to OPTIONS, and nothing was written");
    }
}
