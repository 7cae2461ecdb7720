package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Times;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.WellFormed;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** REST endpoints that show what became of SMS to customers, automatic replies included, and take them back. */
@RestController
@RequestMapping("/v1/outgoing")
@OpenTo(Scope.SEND)
class OutgoingResource {

    private final Sending sending;
    private final Numbering numbering;
    private final Store store;

    OutgoingResource(Sending sending, Numbering numbering, Store store) {
        this.sending = sending;
        this.numbering = numbering;
        this.store = store;
    }

    /**
     * @param to     in any spelling
     * @param status one of those that an outgoing SMS can have
     * @param device the one that sends it
     * @param since  by the time in ids, which is when an SMS was queued: the list is in that order
     */
    @GetMapping
    Page<OutgoingView> list(
            Caller.OfTenant caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String device,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until) {
        String first = since == null ? "" : Ids.firstAt(Outgoing.PREFIX, Times.parameter("since", since));
        String behind = until == null ? "~" : Ids.firstAt(Outgoing.PREFIX, Times.parameter("until", until));
        String before = page.beforeId(Outgoing.PREFIX);
        OutgoingFilter filter = new OutgoingFilter(
                caller.tenantId(),
                to == null ? null : numbering.numbers(caller.tenantId(), WellFormed.of(to)),
                status == null ? null : status(status),
                device,
                first,
                before.compareTo(behind) < 0 ? before : behind);
        OutgoingFilter.Found found = store.read(caller.tenantId(), sql -> filter.list(sql, page.limit() + 1));
        Page<Outgoing> rows = Page.of(found.rows(), page, Outgoing::id);
        return new Page<>(rows.map(OutgoingView::of).data(), rows.next() == null ? found.end() : rows.next());
    }

    private static Outgoing.Status status(String name) {
        return WireName.find(Outgoing.Status.class, name)
                .orElseThrow(() -> Problem.invalid(
                        "status", "must be one of " + WireName.list(List.of(Outgoing.Status.values()))));
    }

    @GetMapping("/{id}")
    OutgoingView get(Caller.OfTenant caller, @PathVariable String id) {
        return store.read(sql -> OutgoingRows.ofTenant(sql, caller.tenantId(), id))
                .map(OutgoingView::of)
                .orElseThrow(() -> notFound(id));
    }

    /** A phone that fetches it at the same moment, or this: one of the two wins. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(Caller.OfTenant caller, @PathVariable String id) {
        Outgoing sms = sending.cancel(caller.tenantId(), id).orElseThrow(() -> notFound(id));
        if (sms.status() != Outgoing.Status.CANCELLED) {
            throw Problem.conflict(
                    sms.status() == Outgoing.Status.LEASED
                            ? "A phone or gateway has this SMS already and may be sending it."
                            : "This SMS is " + sms.status().wireName() + " already.");
        }
    }

    private static Problem notFound(String id) {
        return Problem.notFound("outgoing message " + id);
    }
}
