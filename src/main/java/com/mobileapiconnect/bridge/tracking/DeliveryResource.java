package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.delivery.DeliveryCondition;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import java.time.Instant;
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

    private static final String PREFIX = "dlv_";
    private static final int LONGEST_TARGET = 64;

    private final DeliveryQueries queries;
    private final ReplayRequests replay;
    private final Numbering numbering;
    private final Targets targets;
    private final Store store;

    DeliveryResource(
            DeliveryQueries queries, ReplayRequests replay, Numbering numbering, Targets targets, Store store) {
        this.queries = queries;
        this.numbering = numbering;
        this.replay = replay;
        this.targets = targets;
        this.store = store;
    }

    /**
     * @param from  the sender of the message, in any spelling
     * @param since by the time in ids, which is when a delivery was made: the list is in that order
     */
    @GetMapping
    Page<DeliveryView> list(
            Caller.OfTenant caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String messageId,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until) {
        DeliveryFilter filter = new DeliveryFilter(
                caller.tenantId(),
                status == null ? null : Problem.oneOf("status", status, DeliveryCondition.STATUSES),
                targets.internalId(caller.tenantId(), target),
                messageId,
                from == null ? null : numbering.numbers(caller.tenantId(), WellFormed.of(from)),
                null,
                null,
                null);
        Range range = range(page, since, until);
        return store.read(caller.tenantId(), sql -> {
            DeliveryQueries.Found rows = queries.list(sql, filter, range, page.limit() + 1);
            Page<DeliveryView> found = Page.of(rows.rows(), page, DeliveryView::id);
            return found.next() == null && rows.end() != null ? new Page<>(found.data(), rows.end()) : found;
        });
    }

    private static Range range(Page.Request page, @Nullable String since, @Nullable String until) {
        String first = since == null ? "" : Ids.firstAt(PREFIX, Times.parameter("since", since));
        String behind = until == null ? "~" : Ids.firstAt(PREFIX, Times.parameter("until", until));
        String before = page.beforeId(PREFIX);
        return new Range(first, before.compareTo(behind) < 0 ? before : behind);
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
        String targetId =
                targets.internalId(caller.tenantId(), delivery.target().id());
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
        String target = fields.text("target", LONGEST_TARGET);
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
                targets.internalId(caller.tenantId(), target),
                null,
                null,
                since,
                until,
                null);
        return dryRun
                ? ResponseEntity.ok(replay.count(filter))
                : ResponseEntity.accepted().body(replay.begin(caller, filter));
    }

    private DeliveryView find(Caller.OfTenant caller, String id) {
        return store.read(caller.tenantId(), sql -> queries.find(sql, caller.tenantId(), id))
                .orElseThrow(() -> Problem.notFound("delivery " + id));
    }
}
