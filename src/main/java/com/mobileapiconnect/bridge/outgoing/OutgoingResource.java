package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.api.Page;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.NumberCondition;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.OpenTo;
import com.mobileapiconnect.bridge.tenant.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     */
    @GetMapping
    Page<OutgoingView> list(
            Caller.OfTenant caller,
            Page.Request page,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String status) {
        StringBuilder query = new StringBuilder(
                "select " + Outgoing.COLUMNS + " from outgoing where tenant_id = :tenant and id < :before");
        Map<String, @Nullable Object> params = new HashMap<>();
        params.put("tenant", caller.tenantId());
        params.put("before", page.beforeId(Outgoing.PREFIX));
        params.put("limit", page.limit() + 1);
        if (to != null) {
            NumberCondition is = new NumberCondition(numbering.numbers(caller.tenantId(), to), "to");
            query.append(" and ").append(is.on("recipient", "region"));
            params.putAll(is.params());
        }
        if (status != null) {
            query.append(" and status = :status");
            params.put("status", status(status).code());
        }
        query.append(" order by id desc limit :limit");
        List<Outgoing> rows = store.read(sql -> sql.sql(query.toString())
                .params(params)
                .query((row, n) -> Outgoing.read(row))
                .list());
        return Page.of(rows, page, Outgoing::id).map(OutgoingView::of);
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
