package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.JobAnswer;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints for the URLs that are told what becomes of SMS; an SMS that names one makes it. */
@RestController
@RequestMapping("/v1/status-urls")
@OpenTo(Scope.SEND)
class StatusUrlResource {

    private final Targets targets;
    private final TargetChanges changes;

    StatusUrlResource(Targets targets, TargetChanges changes) {
        this.targets = targets;
        this.changes = changes;
    }

    record View(
            String id,
            String url,
            boolean signing,
            String status,
            @Nullable String statusReason,
            Instant createdAt) {

        static View of(Target target) {
            return new View(
                    target.id(),
                    String.valueOf(target.url()),
                    target.signing().current() != null,
                    target.status().wireName(),
                    target.statusReason(),
                    target.createdAt());
        }
    }

    @GetMapping
    Page<View> list(Caller.OfTenant caller, Page.Request page) {
        return Page.of(
                        targets.ofTenant(caller.tenantId()).stream()
                                .filter(target -> target.type() == Target.Type.STATUS_URL)
                                .sorted(Comparator.comparing(Target::id).reversed()),
                        page,
                        StatusTargets.PREFIX,
                        Target::id)
                .map(View::of);
    }

    /** SMS under way that name it tell nobody any more. */
    @DeleteMapping("/{id}")
    ResponseEntity<JobAnswer> delete(
            Caller.OfTenant caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean discard,
            IfMatch ifMatch) {
        Target target = targets.ofTenant(caller.tenantId(), id)
                .filter(each -> each.type() == Target.Type.STATUS_URL)
                .orElseThrow(() -> Problem.notFound("status URL " + id));
        return JobAnswer.of(changes.delete(caller, target, ifMatch, discard));
    }
}
