package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.thread.Workers;
import com.mobileapiconnect.bridge.webhook.TargetCalls;
import java.time.Clock;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Rows of Microsoft Dataverse, on which Dynamics 365 Sales and others stand: the system of {@code dataverse-row}. */
@Component
@Lazy
class DataverseSystem extends ODataSystem {

    DataverseSystem(TargetCalls calls, ServiceSessions sessions, ODataTest test, Clock clock, Workers workers) {
        super(calls, sessions, test, clock, workers);
    }

    @Override
    public String name() {
        return "dataverse";
    }

    @Override
    ODataSettings settings(ErpConnection connection) {
        return ODataSettings.dataverse(connection.url(), connection.properties());
    }

    @Override
    ErpFindings test(ODataSettings settings, Line line, ErpConnection connection) {
        return new DataverseTest(settings, line).run(connection.properties().path("fields"));
    }
}
