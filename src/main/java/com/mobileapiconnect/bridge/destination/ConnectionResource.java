package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JobAnswer;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** ERP connections: each mirrors the messages to a URL of its own. */
@RestController
@RequestMapping("/v1/connections")
class ConnectionResource {

    private final Targets targets;
    private final TargetFields fields;
    private final ConditionBudget budget;
    private final TargetChanges changes;
    private final ConnectionRemoval removal;
    private final Clock clock;

    ConnectionResource(
            Targets targets,
            TargetFields fields,
            ConditionBudget budget,
            TargetChanges changes,
            ConnectionRemoval removal,
            Clock clock) {
        this.targets = targets;
        this.fields = fields;
        this.budget = budget;
        this.changes = changes;
        this.removal = removal;
        this.clock = clock;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ConnectionView create(Caller.OfTenant caller, JsonBody body) {
        Instant now = clock.instant();
        Target blank = Target.blankConnection(Ids.timeOrdered("con_", now), caller.tenantId(), now);
        return view(changes.create(caller, budget.accept(fields.connection(Fields.of(body), blank, now))));
    }

    @GetMapping
    Page<ConnectionView> list(Caller.OfTenant caller, Page.Request page) {
        return Page.of(
                        targets.ofTenant(caller.tenantId()).stream()
                                .filter(t -> t.type() == Target.Type.CONNECTION)
                                .sorted(Comparator.comparing(Target::id).reversed()),
                        page,
                        "con_",
                        Target::id)
                .map(this::view);
    }

    @GetMapping("/{id}")
    ConnectionView get(Caller.OfTenant caller, @PathVariable String id) {
        return view(find(caller, id));
    }

    @PutMapping("/{id}")
    ConnectionView replace(Caller.OfTenant caller, @PathVariable String id, IfMatch ifMatch, JsonBody body) {
        return view(changes.replace(
                caller,
                () -> find(caller, id),
                ifMatch,
                old -> budget.accept(fields.connection(Fields.of(body), old, clock.instant()))));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<JobAnswer> delete(
            Caller.OfTenant caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean discard,
            IfMatch ifMatch) {
        return JobAnswer.of(removal.delete(caller, () -> find(caller, id), ifMatch, discard));
    }

    @PostMapping("/{id}/pause")
    ConnectionView pause(Caller.OfTenant caller, @PathVariable String id, IfMatch ifMatch) {
        return view(changes.pause(caller, find(caller, id), ifMatch));
    }

    @PostMapping("/{id}/resume")
    ConnectionView resume(Caller.OfTenant caller, @PathVariable String id, IfMatch ifMatch) {
        return view(changes.resume(caller, find(caller, id), ifMatch));
    }

    @PostMapping("/{id}/rotate-secret")
    RotatedSecret rotate(Caller.OfTenant caller, @PathVariable String id, IfMatch ifMatch) {
        return changes.rotate(caller, find(caller, id), ifMatch);
    }

    private Target find(Caller.OfTenant caller, String id) {
        return targets.ofTenant(caller.tenantId(), id)
                .filter(t -> t.type() == Target.Type.CONNECTION)
                .orElseThrow(() -> Problem.notFound("connection " + id));
    }

    private ConnectionView view(Target target) {
        return ConnectionView.of(target, clock.instant());
    }
}
