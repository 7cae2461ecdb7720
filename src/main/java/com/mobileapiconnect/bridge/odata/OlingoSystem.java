package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Plain creates in OData 4 services over camel-olingo4: the system of {@code olingo4-entity}. Nothing of that library is
 * loaded before the first delivery of such a connection.
 */
@Component
class OlingoSystem implements ErpSystem, DisposableBean {

    private final TargetCalls calls;
    private final ODataTest test;
    private final ObjectProvider<CamelContext> camel;
    private final Clock clock;
    private final Workers workers;
    private final Overdue overdue = new Overdue();
    private @Nullable OlingoEndpoints endpoints; // guarded by this

    OlingoSystem(
            TargetCalls calls,
            ODataTest test,
            ObjectProvider<CamelContext> camel,
            Targets targets,
            Clock clock,
            Workers workers) {
        this.calls = calls;
        this.test = test;
        this.camel = camel;
        this.clock = clock;
        this.workers = workers;
        targets.watch((before, now) -> {
            if (before != null && now == null) {
                forget(before.id());
            }
        });
    }

    @Override
    public String name() {
        return "olingo4";
    }

    private synchronized OlingoEndpoints endpoints() {
        if (endpoints == null) {
            endpoints = new OlingoEndpoints(camel.getObject());
        }
        return endpoints;
    }

    private synchronized void forget(String targetId) {
        if (endpoints != null) {
            endpoints.forget(targetId);
        }
    }

    private static ODataSettings settings(ErpConnection connection) {
        return ODataSettings.of(connection.url(), connection.properties());
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return workers.call(() -> sendNow(write));
    }

    private Outcome sendNow(ErpWrite write) {
        Target target = write.connection().target();
        ODataSettings settings = settings(write.connection());
        Wire wire = new Wire(calls, target, write.attempt().deadlineNanos());
        Overdue.Turn turn = overdue.begin(target.id(), wire.deadlineNanos());
        if (turn == null) {
            return new Outcome.Retry(
                    Evidence.failure(
                            ErrorClass.BUSY,
                            "Calls of this connection are stuck: " + Overdue.MOST + " go on although their time is up"),
                    null);
        }
        try (turn) {
            EntityWriter.Line line =
                    new EntityWriter.Line(request -> endpoints().create(settings, wire, request), wire::call);
            return new EntityWriter(settings, line, write, clock).send();
        }
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        return OverHttp.preview(write.connection(), EntityWriter.creation(settings(write.connection()), write));
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        ODataSettings settings = settings(connection);
        Wire wire = new Wire(calls, connection.target(), deadlineNanos);
        return test.run(settings, new Session(settings), wire, connection);
    }

    @Override
    public synchronized void destroy() {
        if (endpoints != null) {
            endpoints.close();
        }
    }
}
