package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Clock;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Entities of Dynamics 365 Finance and Operations: the system of {@code dynamics-fo-entity}. */
@Component
@Lazy
class OperationsSystem extends ODataSystem {

    OperationsSystem(TargetCalls calls, ServiceSessions sessions, ODataTest test, Clock clock, Workers workers) {
        super(calls, sessions, test, clock, workers);
    }

    @Override
    public String name() {
        return "dynamics-fo";
    }

    @Override
    ODataSettings settings(ErpConnection connection) {
        return ODataSettings.operations(connection.url(), connection.properties());
    }

    @Override
    ErpFindings test(ODataSettings settings, Line line, ErpConnection connection) {
        return OperationsTest.run(settings, line, connection.properties().path("fields"));
    }
}
