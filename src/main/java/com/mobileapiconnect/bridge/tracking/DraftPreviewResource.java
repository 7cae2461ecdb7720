package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetFields;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the request that a connection would make which is not saved yet, or not saved like this. */
@RestController
class DraftPreviewResource {

    private static final String NOT_SAVED = "con_draft";

    private final PreviewResource previews;
    private final PreviewResource.Samples samples;
    private final Targets targets;
    private final TargetFields fields;
    private final Clock clock;

    DraftPreviewResource(
            PreviewResource previews,
            PreviewResource.Samples samples,
            Targets targets,
            TargetFields fields,
            Clock clock) {
        this.previews = previews;
        this.samples = samples;
        this.targets = targets;
        this.fields = fields;
        this.clock = clock;
    }

    /** A draft that has the id of a connection keeps its secrets, as a PUT does. */
    @PostMapping("/v1/connections/preview")
    PreviewView preview(Caller.OfTenant caller, JsonBody body) {
        Fields order = Fields.of(body).allow("connection", "message", "messageId");
        Fields draft = order.object("connection");
        if (draft == null) {
            order.wrong("connection", "must be given, as POST /v1/connections takes it");
        }
        StoredMessage message = samples.read(order, caller.tenantId());
        Fields given = order.objectOrEmpty("connection");
        String id = given.text("id", PreviewResource.MAX_ID);
        Instant now = clock.instant();
        Target old = targets.ofTenant(caller.tenantId(), id == null ? NOT_SAVED : id)
                .filter(target -> target.type() == Target.Type.CONNECTION)
                .orElseGet(() -> Target.blankConnection(NOT_SAVED, caller.tenantId(), now));
        return previews.of(fields.connection(given, old, now), message);
    }
}
