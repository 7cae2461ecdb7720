package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints to find out what happened to a delivery, and to send failed ones again. */
@RestController
@RequestMapping("/v1/deliveries")
class DeliveryResource {

    private final DeliveryQueries queries;
    private final ReplayRequests replay;
    private final Targets targets;
    private final Store store;

    DeliveryResource(DeliveryQueries queries, ReplayRequests replay, Targets targets, Store store) {
        this.queries = queries;
        this.replay = replay;
        this.targets = targets;
        this.store = store;
    }

    @GetMapping
    Page<DeliveryView> list(
            Caller.OfTenant caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String messageId) {
        if (status != null && !DeliveryFilter.STATUSES.contains(status)) {
            throw Problem.invalid("status", "must be one of " + String.join(", ", DeliveryFilter.STATUSES));
        }
        DeliveryFilter filter =
                new DeliveryFilter(caller.tenantId(), status, internal(caller, target), messageId, null, null, null);
        String before = page.beforeId("dlv_");
        return store.read(sql -> {
            String end = filter.lookedFor() ? queries.boundary(sql, filter, before) : null;
            List<DeliveryView> rows = queries.list(sql, filter, before, end == null ? "" : end, page.limit() + 1);
            Page<DeliveryView> found = Page.of(rows, page, DeliveryView::id);
            return found.next() == null && end != null ? new Page<>(found.data(), end) : found;
        });
    }

    @GetMapping("/{id}")
    DeliveryView get(Caller.OfTenant caller, @PathVariable String id) {
        return find(caller, id);
    }

    /** Sends a delivery again at once, under the same id, whatever its state. */
    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    DeliveryView retry(Caller.OfTenant caller, @PathVariable String id) {
        DeliveryView delivery = find(caller, id);
        String targetId = internal(caller, delivery.target().id());
        if (targetId == null || targets.find(targetId).isEmpty()) {
            throw Problem.conflict("The delivery's target was deleted.");
        }
        replay.again(caller, id, targetId);
        return find(caller, id);
    }

    @PostMapping("/replay")
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    ResponseEntity<ReplayRequests.Answer> replay(Caller.OfTenant caller, JsonBody body) {
        Fields fields = Fields.of(body).allow("status", "target", "since", "until", "dryRun");
        String status = fields.text("status", 20);
        if (status != null && !status.equals("failed") && !status.equals("skipped")) {
            fields.wrong("status", "must be failed or skipped");
        }
        String target = fields.text("target", 64);
        Instant since = fields.time("since");
        Instant until = fields.time("until");
        boolean dryRun = fields.flag("dryRun", false);
        if (status == null && target == null && since == null && until == null) {
            fields.wrong("status", "must be given, or target, since or until: choose the deliveries to send again");
        }
        fields.orThrow();
        DeliveryFilter filter = new DeliveryFilter(
                caller.tenantId(),
                status == null ? "failed" : status,
                internal(caller, target),
                null,
                since,
                until,
                null);
        return dryRun
                ? ResponseEntity.ok(replay.count(filter))
                : ResponseEntity.accepted().body(replay.begin(caller, filter));
    }

    private DeliveryView find(Caller.OfTenant caller, String id) {
        return store.read(sql -> queries.find(sql, caller.tenantId(), id))
                .orElseThrow(() -> Problem.notFound("delivery " + id));
    }

    /** Returns the store's id of a target; a target that does not exist (any more) matches by its id alone. */
    private @Nullable String internal(Caller.OfTenant caller, @Nullable String publicId) {
        return publicId == null
                ? null
                : targets.ofTenant(caller.tenantId(), publicId).map(Target::id).orElse(publicId);
    }
}
