package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import com.mobileapiconnect.bridge.webhook.HttpResult.Failed;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Services that speak OData 4, over the bridge's own client: the system of {@code odata4-entity}. */
@Component
class ODataSystem implements ErpSystem {

    private static final int MOST_OF_A_BATCH = 100;

    private final TargetCalls calls;
    private final ServiceSessions sessions;
    private final ODataTest test;
    private final Clock clock;
    private final Workers workers;

    ODataSystem(TargetCalls calls, ServiceSessions sessions, ODataTest test, Clock clock, Workers workers) {
        this.calls = calls;
        this.sessions = sessions;
        this.test = test;
        this.clock = clock;
        this.workers = workers;
    }

    @Override
    public String name() {
        return "odata4";
    }

    ODataSettings settings(ErpConnection connection) {
        return ODataSettings.of(connection.url(), connection.properties());
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return workers.call(() -> writer(write).send());
    }

    private EntityWriter writer(ErpWrite write) {
        ODataSettings settings = settings(write.connection());
        Session session = sessions.of(write.connection().target(), settings);
        Wire wire = wire(write);
        return new EntityWriter(settings, EntityWriter.Line.of(request -> session.call(wire, request)), write, clock);
    }

    private Wire wire(ErpWrite write) {
        return new Wire(calls, write.connection().target(), write.attempt().deadlineNanos());
    }

    @Override
    public int most() {
        return MOST_OF_A_BATCH;
    }

    @Override
    public int most(ErpConnection connection) {
        return batches(settings(connection)) ? MOST_OF_A_BATCH : 1;
    }

    private static boolean batches(ODataSettings settings) {
        return settings.batch() && settings.mode() == ODataSettings.Mode.CREATE;
    }

    @Override
    public List<CompletableFuture<Outcome>> sendAll(List<ErpWrite> writes) {
        ODataSettings settings = settings(writes.get(0).connection());
        List<ErpWrite> together = batches(settings)
                ? writes.stream().filter(write -> !write.mayBeThere()).toList()
                : List.of();
        if (writes.size() == 1) {
            return ErpSystem.super.sendAll(writes);
        } else if (together.size() < 2) {
            return writes.stream().map(this::sendAside).toList();
        }
        // Before the batch, which is on its way on this thread.
        Map<ErpWrite, CompletableFuture<Outcome>> alone = new IdentityHashMap<>();
        writes.stream().filter(write -> !together.contains(write)).forEach(write -> alone.put(write, sendAside(write)));
        CompletableFuture<List<CompletableFuture<Outcome>>> batch = workers.call(() -> batch(settings, together));
        return writes.stream()
                .map(write -> {
                    CompletableFuture<Outcome> own = alone.get(write);
                    return own != null ? own : batch.thenCompose(all -> all.get(together.indexOf(write)));
                })
                .toList();
    }

    /** Sends one of several, each of whose time is running: none waits for the call of another. */
    private CompletableFuture<Outcome> sendAside(ErpWrite write) {
        return workers.callAside(() -> writer(write).send());
    }

    private List<CompletableFuture<Outcome>> batch(ODataSettings settings, List<ErpWrite> writes) {
        ErpWrite first = writes.get(0);
        Session session = sessions.of(first.connection().target(), settings);
        for (BatchForm form : session.batches().andOthers()) {
            HttpResult result = session.call(wire(first), form.request(settings, writes), BatchForm.ANSWER_BYTES);
            if (result instanceof Failed failed) {
                return all(writes, write -> OverHttp.outcome(failed));
            }
            Answered whole = (Answered) result;
            if (whole.isGood()) {
                session.batchesAs(form);
                return settled(form.answers(whole, writes.size()), writes);
            } else if (!BatchForm.isUnknown(whole)) {
                return all(writes, write -> Meaning.failure(whole, write.fields(), clock.instant()));
            }
        }
        return writes.stream().map(this::sendAside).toList();
    }

    private static List<CompletableFuture<Outcome>> all(List<ErpWrite> writes, Function<ErpWrite, Outcome> outcome) {
        return writes.stream()
                .map(outcome)
                .map(CompletableFuture::completedFuture)
                .toList();
    }

    private List<CompletableFuture<Outcome>> settled(List<@Nullable Answered> answers, List<ErpWrite> writes) {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            Answered answer = answers.get(i);
            EntityWriter writer = writer(writes.get(i));
            if (answer == null) {
                outcomes.add(CompletableFuture.completedFuture(unsaid()));
            } else if (answer.isGood()) {
                outcomes.add(CompletableFuture.completedFuture(writer.settled(answer)));
            } else {
                outcomes.add(workers.callAside(() -> writer.settled(answer))); // which may ask for the record
            }
        }
        return outcomes;
    }

    private static Outcome unsaid() {
        return new Outcome.Retry(
                Evidence.failure(ErrorClass.UNKNOWN, "The answer to the batch does not say what became of this one"),
                null);
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        ODataSettings settings = settings(write.connection());
        HttpRequest request = EntityWriter.first(settings, write);
        return OverHttp.preview(
                write.connection(), settings.companyDb() == null ? request : request.withoutCredentials());
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        ODataSettings settings = settings(connection);
        Session session = sessions.of(connection.target(), settings);
        return test(settings, new Line(session, new Wire(calls, connection.target(), deadlineNanos)), connection);
    }

    /**
     * The way to a service of what is read of it.
     *
     * @param wire ends with the time of the test
     */
    record Line(Session session, Wire wire) {

        HttpResult get(URI address, Map<String, String> headers, int keptBytes) {
            return session.call(wire, HttpRequest.get(address, headers), keptBytes);
        }
    }

    /** Reads what the service says of itself, and compares. */
    ErpFindings test(ODataSettings settings, Line line, ErpConnection connection) {
        return test.run(settings, line.session(), line.wire(), connection);
    }
}
