package com.mobileapiconnect.bridge.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.erp.ErpSystem;
import com.mobileapiconnect.bridge.erp.ErpSystems;
import com.mobileapiconnect.bridge.erp.ErpWrites;
import com.mobileapiconnect.bridge.tracking.Findings;
import com.mobileapiconnect.bridge.tracking.SystemTests;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** Tests of connections by the system that the route of their connector writes to. */
@Component
class KameletTests implements SystemTests {

    private static final String STEP = "erp:";

    private final Kamelets kamelets;
    private final ErpSystems systems;
    private final ErpWrites writes;

    KameletTests(Kamelets kamelets, ErpSystems systems, ErpWrites writes) {
        this.kamelets = kamelets;
        this.systems = systems;
        this.writes = writes;
    }

    @Override
    public Optional<Callable<Findings>> of(Target target, long deadlineNanos) {
        return kamelets.named(target.connector())
                .flatMap(kamelet -> systems(kamelet.route().tree()).findFirst())
                .map(systems::named)
                .map(system -> () -> test(system, writes.connection(target), deadlineNanos));
    }

    private static Findings test(ErpSystem system, ErpConnection connection, long deadlineNanos) {
        ErpFindings found = system.test(connection, deadlineNanos);
        return new Findings(found.checked(), found.faults());
    }

    /** Returns the systems that a route writes to, in its order. */
    private static Stream<String> systems(JsonNode part) {
        if (part.isTextual()) {
            return Stream.of(part.textValue())
                    .filter(text -> text.startsWith(STEP))
                    .map(text -> text.substring(STEP.length()));
        }
        return StreamSupport.stream(part.spliterator(), false).flatMap(KameletTests::systems);
    }
}
