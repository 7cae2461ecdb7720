package com.mobileapiconnect.bridge.destination;

import java.time.Clock;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints of the operations webhook, which receives the bridge's own events about targets and deliveries. */
@RestController
@RequestMapping(OperationsResource.PATH)
class OperationsResource extends SingleWebhook {

    static final String PATH = "/v1/webhooks/operations";

    OperationsResource(Targets targets, TargetFields fields, TargetChanges changes, Clock clock) {
        super(Target.Type.OPERATIONS, PATH, targets, fields, changes, clock);
    }
}
