package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.Deliveries;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.lane.Outbox;
import com.mobileapiconnect.bridge.mapping.CannotBeException;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.AtOnce;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the request that a delivery makes, with secrets masked, and makes none. Requests are not kept: it is made anew of
 * what is stored, and of the target as it is set now.
 */
@RestController
class DeliveryRequestResource {

    private final Deliveries deliveries;
    private final Targets targets;
    private final Outbox outbox;
    private final Store store;
    private final AtOnce atOnce;

    DeliveryRequestResource(Deliveries deliveries, Targets targets, Outbox outbox, Store store, AtOnce atOnce) {
        this.deliveries = deliveries;
        this.targets = targets;
        this.outbox = outbox;
        this.store = store;
        this.atOnce = atOnce;
    }

    @GetMapping("/v1/deliveries/{id}/request")
    PreviewView of(Caller.OfTenant caller, @PathVariable String id) {
        Delivery delivery = store.read(sql -> deliveries.find(sql, caller.tenantId(), id))
                .orElseThrow(() -> Problem.notFound("delivery " + id));
        Target target = targets.find(delivery.targetId())
                .orElseThrow(() -> Problem.conflict("The delivery's target was deleted."));
        try (AtOnce.Held held = atOnce.take(caller.tenantId(), Limit.TESTS_AT_ONCE)) {
            return outbox.preview(delivery, target)
                    .map(PreviewView::of)
                    .orElseThrow(() -> Problem.conflict("This delivery makes no request that could be shown."));
        } catch (CannotBeException e) {
            throw Problem.conflict("This delivery makes no request: " + e.getMessage());
        }
    }
}
