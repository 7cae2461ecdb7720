package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Transport;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Pushes SMS to devices that do not fetch: one at a time for each device, in order, tried again by the default
 * redelivery policy until it is taken or expires. At least once: a crash after the gateway has it pushes it again.
 */
@Component
class Pusher implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);
    private static final RedeliveryPolicy POLICY = RedeliveryPolicy.DEFAULT;
    private static final int CONFLICT = 409;
    // About this very SMS; what else a gateway refuses, like a password, can be mended.
    private static final Set<Integer> FOR_GOOD = Set.of(400, 413, 422);

    private final OutgoingQueue queue;
    private final Devices devices;
    private final PushClient http;
    private final Store store;
    private final ReplySettings settings;
    private final ExecutorService threads;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    Pusher(OutgoingQueue queue, Devices devices, PushClient http, Store store, ReplySettings settings) {
        this.queue = queue;
        this.devices = devices;
        this.http = http;
        this.store = store;
        this.settings = settings;
        this.threads = Threads.fixed("push", settings.pushes());
        queue.watch(this::wake);
    }

    private void wake(String deviceId) {
        if (pushed(deviceId) == null) {
            return;
        }
        wanted.add(deviceId);
        if (busy.add(deviceId)) {
            try {
                threads.execute(() -> run(deviceId));
            } catch (RejectedExecutionException closing) {
                busy.remove(deviceId);
            }
        }
    }

    private @Nullable Device pushed(String deviceId) {
        return devices.find(deviceId)
                .filter(device -> !(device.transport() instanceof Transport.Poll))
                .orElse(null);
    }

    private void run(String deviceId) {
        try {
            wanted.remove(deviceId);
            while (next(deviceId)) {
                // until there is nothing more, or it does not get through
            }
        } catch (StoreUnavailableException e) {
            LOG.debug("The store is not there; the next sweep makes up for it", e);
        } finally {
            busy.remove(deviceId);
        }
        if (wanted.contains(deviceId)) {
            wake(deviceId);
        }
    }

    /** False when there is nothing to do for now. */
    private boolean next(String deviceId) {
        Device device = pushed(deviceId);
        if (device == null) {
            return false;
        }
        Instant now = queue.now().now();
        Outgoing sms = store.writeNow(tx -> OutgoingRows.takeForPush(tx, deviceId, now, now.plus(settings.lease())))
                .orElse(null);
        if (sms == null) {
            return false;
        }
        Outcome outcome;
        try {
            outcome = http.call(sms.tenantId(), PushRequests.of(device, sms), POLICY.timeout());
        } catch (IllegalArgumentException e) {
            return settle(sms, Outgoing.Status.FAILED, e.getMessage());
        }
        return after(device, sms, outcome);
    }

    private boolean after(Device device, Outgoing sms, Outcome outcome) {
        Outcome.Evidence evidence = outcome.evidence();
        Integer status = evidence == null ? null : evidence.httpStatus();
        // The gateway knows this id: it was there before.
        boolean repeated =
                status != null && status == CONFLICT && device.transport() instanceof Transport.AndroidSmsGateway;
        if (outcome instanceof Outcome.Delivered || repeated) {
            return settle(sms, Outgoing.Status.SENT, null);
        }
        String error = describe(device, evidence);
        if ((status != null && FOR_GOOD.contains(status)) || sms.pushes() >= POLICY.maxAttempts()) {
            return settle(sms, Outgoing.Status.FAILED, error);
        }
        Instant now = queue.now().now();
        Instant due = now.plus(POLICY.delayAfter(sms.pushes(), ThreadLocalRandom.current()));
        store.writeNow(tx -> {
            OutgoingRows.postpone(tx, sms.id(), due, error, now);
            return due;
        });
        return false;
    }

    private boolean settle(Outgoing sms, Outgoing.Status status, @Nullable String error) {
        queue.settle(sms, status, error);
        return true;
    }

    private static String describe(Device device, Outcome.@Nullable Evidence evidence) {
        String error = evidence == null || evidence.error() == null ? "no answer" : evidence.error();
        String body = evidence == null || evidence.body() == null ? "" : ": " + evidence.body();
        return device.transport().type() + ": " + error + body;
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
