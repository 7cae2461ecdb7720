package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JobAnswer;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import java.time.Instant;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives a connection what came before it was made. */
@RestController
class BackfillResource {

    private final BackfillRequests requests;
    private final Targets targets;

    BackfillResource(BackfillRequests requests, Targets targets) {
        this.requests = requests;
        this.targets = targets;
    }

    @PostMapping("/v1/connections/{id}/backfill")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    ResponseEntity<BackfillRequests.Answer> backfill(Caller.OfTenant caller, @PathVariable String id, JsonBody body) {
        Target target = targets.ofTenant(caller.tenantId(), id)
                .filter(found -> found.type() == Target.Type.CONNECTION)
                .orElseThrow(() -> Problem.notFound("connection " + id));
        Fields fields = Fields.of(body).allow("since", "until", "dryRun");
        Instant since = fields.time("since");
        Instant until = fields.time("until");
        boolean dryRun = fields.flag("dryRun", false);
        if (since == null && until == null) {
            fields.wrong("since", "must be given, or until: choose the messages to deliver");
        } else if (since != null && until != null && !since.isBefore(until)) {
            fields.wrong("until", "must be later than since");
        }
        fields.orThrow();
        if (dryRun) {
            return ResponseEntity.ok(requests.count(target, since, until));
        }
        if (!target.enabled()) {
            throw Problem.conflict("The connection is not enabled, so no deliveries are made for it. Enable it first.");
        }
        BackfillRequests.Answer begun = requests.begin(caller, target, since, until);
        return ResponseEntity.accepted()
                .location(JobAnswer.location(begun.jobOrThrow()))
                .body(begun);
    }
}
