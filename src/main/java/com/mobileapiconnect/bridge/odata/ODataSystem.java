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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private static ODataSettings settings(ErpConnection connection) {
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
        if (together.size() < 2) {
            return ErpSystem.super.sendAll(writes);
        }
        CompletableFuture<List<Outcome>> batch = workers.call(() -> batch(settings, together));
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (ErpWrite write : writes) {
            int index = together.indexOf(write);
            outcomes.add(index < 0 ? send(write) : batch.thenApply(all -> all.get(index)));
        }
        return outcomes;
    }

    private List<Outcome> batch(ODataSettings settings, List<ErpWrite> writes) {
        ErpWrite first = writes.get(0);
        Session session = sessions.of(first.connection().target(), settings);
        for (BatchForm form : session.batches().andOthers()) {
            HttpResult result = session.call(wire(first), form.request(settings, writes), BatchForm.ANSWER_BYTES);
            if (result instanceof Failed failed) {
                return writes.stream().map(write -> OverHttp.outcome(failed)).toList();
            }
            Answered whole = (Answered) result;
            if (whole.isGood()) {
                session.batchesAs(form);
                return settled(form.answers(whole, writes.size()), writes);
            } else if (!BatchForm.isUnknown(whole)) {
                return writes.stream()
                        .map(write -> Meaning.failure(whole, write.fields(), clock.instant()))
                        .toList();
            }
        }
        return writes.stream().map(write -> writer(write).send()).toList();
    }

    private List<Outcome> settled(List<@Nullable Answered> answers, List<ErpWrite> writes) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            Answered answer = answers.get(i);
            outcomes.add(answer == null ? unsaid() : writer(writes.get(i)).settled(answer));
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
        HttpRequest request = settings.mode() == ODataSettings.Mode.UPSERT
                ? EntityWriter.change(settings, write)
                : EntityWriter.creation(settings, write);
        return OverHttp.preview(
                write.connection(), settings.companyDb() == null ? request : request.withoutCredentials());
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        ODataSettings settings = settings(connection);
        Session session = sessions.of(connection.target(), settings);
        return test.run(settings, session, new Wire(calls, connection.target(), deadlineNanos), connection);
    }
}
