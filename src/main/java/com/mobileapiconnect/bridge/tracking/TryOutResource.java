package com.mobileapiconnect.bridge.tracking;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.lane.Outbox;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.operations.Operations;
import com.mobileapiconnect.bridge.tenant.AtOnce;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Tests targets now; nothing is stored. A system that can be asked is asked, any other target is sent a sample. A receiver may take its time, so the request
 * holds no thread meanwhile, and a tenant has only a few of them under way.
 */
@RestController
class TryOutResource {

    /** Longer than any target's timeout, by which the attempt has ended. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private final Outbox outbox;
    private final Targets targets;
    private final Devices devices;
    private final Operations operations;
    private final Tenants tenants;
    private final AtOnce atOnce;
    private final SystemTest systems;
    private final Clock clock;

    TryOutResource(
            Outbox outbox,
            Targets targets,
            Devices devices,
            Operations operations,
            Tenants tenants,
            AtOnce atOnce,
            SystemTest systems,
            Clock clock) {
        this.devices = devices;
        this.operations = operations;
        this.atOnce = atOnce;
        this.systems = systems;
        this.outbox = outbox;
        this.targets = targets;
        this.tenants = tenants;
        this.clock = clock;
    }

    @PostMapping("/v1/webhooks/test")
    DeferredResult<DeliveryView.AttemptView> webhook(Caller.OfTenant caller) {
        return forward(caller.tenantId(), "/v1/webhooks");
    }

    /** The same from a phone's own page. */
    @PostMapping("/v1/phone/forward-url/test")
    DeferredResult<DeliveryView.AttemptView> forwardUrl(Caller.OfDevice caller) {
        devices.managing(caller);
        tenants.requireServed(caller.tenantId());
        return forward(caller.tenantId(), "/v1/phone/forward-url");
    }

    private DeferredResult<DeliveryView.AttemptView> forward(String tenantId, String path) {
        return message(targets.webhookOf(tenantId)
                .filter(t -> t.url() != null)
                .orElseThrow(() -> Problem.notFound("forward-all webhook yet; set it with PUT " + path)));
    }

    @PostMapping("/v1/webhooks/operations/test")
    DeferredResult<DeliveryView.AttemptView> operations(Caller.OfTenant caller) {
        Target webhook = targets.operationsOf(caller.tenantId())
                .filter(t -> t.url() != null)
                .orElseThrow(() -> Problem.notFound("operations webhook yet; set it with PUT /v1/webhooks/operations"));
        return tryOut(operations.sample(webhook, now()), webhook);
    }

    @PostMapping("/v1/connections/{id}/test")
    DeferredResult<TestView> connection(Caller.OfTenant caller, @PathVariable String id) {
        Target target = targets.ofTenant(caller.tenantId(), id)
                .filter(t -> t.type() == Target.Type.CONNECTION)
                .orElseThrow(() -> Problem.notFound("connection " + id));
        requireSecret(target);
        return later(systems.begin(target)
                .orElseGet(() -> attempt(sample(target), target).thenApply(TestView::of)));
    }

    private Instant now() {
        return WireTime.truncate(clock.instant());
    }

    private DeferredResult<DeliveryView.AttemptView> message(Target target) {
        return tryOut(sample(target), target);
    }

    private Delivery sample(Target target) {
        Instant now = now();
        InboundMessage sample = new InboundMessage(
                Ids.random("msg_"),
                target.tenantId(),
                "dev_sample",
                null,
                "919876543210",
                "911234500000",
                "Test message from ERP Bridge",
                null,
                null,
                now,
                Flags.NONE);
        StoredMessage message =
                new StoredMessage(0, sample, tenants.get(target.tenantId()).name(), now, null);
        return Delivery.mirror(message, target.id(), null, target.form().carried("Sample phone", Map.of()));
    }

    private DeferredResult<DeliveryView.AttemptView> tryOut(Delivery delivery, Target target) {
        requireSecret(target);
        return later(attempt(delivery, target).thenApply(DeliveryView.AttemptView::of));
    }

    private static void requireSecret(Target target) {
        if (target.lacksSecret()) {
            throw Problem.conflict(String.valueOf(target.statusReason()));
        }
    }

    private CompletableFuture<Ended> attempt(Delivery delivery, Target target) {
        return atOnce.begin(target.tenantId(), Limit.TESTS_AT_ONCE, () -> outbox.tryOut(delivery, target)
                .orElseThrow(TryOutResource::noWay));
    }

    private static <T> DeferredResult<T> later(CompletableFuture<T> work) {
        DeferredResult<T> answer = new DeferredResult<>(LONGEST.toMillis());
        answer.onTimeout(() -> answer.setErrorResult(noWay()));
        work.whenComplete((done, failure) -> {
            if (failure == null) {
                answer.setResult(done);
            } else {
                boolean isWrapped = failure instanceof CompletionException && failure.getCause() != null;
                answer.setErrorResult(isWrapped ? failure.getCause() : failure);
            }
        });
        return answer;
    }

    private static Problem noWay() {
        return Problem.unavailable("The delivery route is not running.");
    }
}
