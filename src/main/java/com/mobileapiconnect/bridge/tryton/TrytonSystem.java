package com.mobileapiconnect.bridge.tryton;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.erp.ByConnection;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.erp.OverHttp;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Makes a record of each message in Tryton, over its JSON-RPC: the system of {@code tryton-record}. */
@Component
@Lazy
class TrytonSystem implements ErpSystem {

    private final TargetCalls calls;
    private final Clock clock;
    private final Workers workers;
    private final ByConnection<TrytonSettings.Place, TrytonSession> sessions;

    TrytonSystem(TargetCalls calls, Clock clock, Workers workers, Targets targets) {
        this.calls = calls;
        this.clock = clock;
        this.workers = workers;
        this.sessions = new ByConnection<>(targets, place -> new TrytonSession(place, clock));
    }

    @Override
    public String name() {
        return "tryton";
    }

    @Override
    public CompletableFuture<Outcome> send(ErpWrite write) {
        return workers.call(() -> writer(write).send());
    }

    private TrytonWriter writer(ErpWrite write) {
        Target target = write.connection().target();
        TrytonSettings settings = TrytonSettings.of(write.connection());
        return new TrytonWriter(
                settings,
                sessions.of(target, settings.place()),
                new TrytonSession.Line(calls, target, write.attempt().deadlineNanos()),
                write,
                clock);
    }

    @Override
    public ErpRequest preview(ErpWrite write) {
        TrytonSettings settings = TrytonSettings.of(write.connection());
        TrytonSession session = sessions.of(write.connection().target(), settings.place());
        TypedRecord typed = new TypedRecord(
                asked -> Objects.requireNonNullElse(session.types().of(asked), Map.of()));
        return OverHttp.preview(
                write.connection(),
                session.shown(
                        "Session " + Preview.MASK,
                        settings.call("create"),
                        TrytonWriter.creation(settings, write, typed)));
    }

    @Override
    public ErpFindings test(ErpConnection connection, long deadlineNanos) {
        TrytonSettings settings = TrytonSettings.of(connection);
        return new TrytonTest(
                        settings,
                        sessions.of(connection.target(), settings.place()),
                        new TrytonSession.Line(calls, connection.target(), deadlineNanos),
                        clock)
                .run(connection.properties().path("fields"));
    }
}
