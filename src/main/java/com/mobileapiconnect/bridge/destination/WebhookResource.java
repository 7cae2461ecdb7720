package com.mobileapiconnect.bridge.destination;

import java.time.Clock;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints of the forward-all webhook, which fires for every inbound message, whatever the rules say. */
@RestController
@RequestMapping(WebhookResource.PATH)
class WebhookResource extends SingleWebhook {

    static final String PATH = "/v1/webhooks";

    WebhookResource(Targets targets, TargetFields fields, TargetChanges changes, Clock clock) {
        super(Target.Type.WEBHOOK, PATH, targets, fields, changes, clock);
    }
}
