package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.RedeliveryPolicy;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.Numbering;
import com.mobileapiconnect.bridge.device.Transport;
import com.mobileapiconnect.bridge.gateway.Gateway;
import com.mobileapiconnect.bridge.gateway.Gateways;
import com.mobileapiconnect.bridge.gateway.Push;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.thread.FairThreads;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Pushes SMS to devices that do not fetch: one at a time for each device, in order, tried again by the default
 * redelivery policy until it is taken or expires. Tenants have their turns, and a device's next SMS waits for another
 * turn: a gateway that hangs holds a thread, and delays its own tenant alone. After a failure a device rests until the next
 * look, and then those come first that were not tried yet. After a crash an SMS that the gateway already has may be pushed
 * again; so may one that it did not answer to, which counts as a lease.
 */
@Component
class Pusher implements DisposableBean, SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);
    private static final RedeliveryPolicy POLICY = RedeliveryPolicy.DEFAULT;
    // Statuses that refuse this SMS; other refusals, such as a wrong password, can be corrected.
    private static final Set<Integer> FOR_GOOD = Set.of(400, 413, 422);
    /** The time after which an SMS that the bridge had no room to push is tried again. */
    private static final Duration DEFERRED_FOR = Duration.ofSeconds(1);

    private static final int LONGEST_ID = 128;
    /** The wait after a push without an answer grows by this, so that a gateway that hangs for minutes loses no SMS. */
    private static final int PATIENCE_GROWS = 4;

    private static final int GROWS_TWICE = 2;
    // Each device waits once at most, so the number of a tenant's devices is the bound.
    private static final int NO_BOUND = Integer.MAX_VALUE;

    private final OutgoingQueue queue;
    private final Devices devices;
    private final Numbering numbering;
    private final Gateways gateways;
    private final PushClient http;
    private final Store store;
    private final ReplySettings settings;
    private final FairThreads threads;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    /** The devices whose last push failed. */
    private final Map<String, Rest> resting = new ConcurrentHashMap<>();

    Pusher(
            OutgoingQueue queue,
            Devices devices,
            Numbering numbering,
            Gateways gateways,
            PushClient http,
            Store store,
            ReplySettings settings,
            MeterRegistry metrics) {
        this.queue = queue;
        this.devices = devices;
        this.numbering = numbering;
        this.settings = settings;
        this.gateways = gateways;
        this.http = http;
        this.store = store;
        this.threads = new FairThreads("push", settings.pushes(), NO_BOUND).measuredBy(metrics);
        queue.watch(this::wake);
    }

    /** A device that SMS are pushed to, which wait while a secret of its transport has to be given. */
    private record Line(Device device, Transport.Pushed transport) {}

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::look, settings.sweepEvery(), Duration.ZERO));
    }

    /** Goes on with the devices that have rested. */
    private void look() {
        resting.keySet().removeIf(deviceId -> line(deviceId) == null);
        resting.keySet().forEach(this::wake);
    }

    /** Returns whether the gateway is left in peace; another one, or another password, is another matter. */
    private boolean rests(Line line) {
        Rest rest = resting.get(line.device().id());
        return rest != null
                && rest.until().isAfter(queue.now().now())
                && rest.from().equals(line.transport());
    }

    private void wake(String deviceId) {
        Line line = line(deviceId);
        if (line == null || rests(line)) {
            return;
        }
        wanted.add(deviceId);
        if (busy.add(deviceId)) {
            try {
                threads.execute(line.device().tenantId(), () -> run(deviceId));
            } catch (RejectedExecutionException closing) {
                busy.remove(deviceId);
            }
        }
    }

    private @Nullable Line line(String deviceId) {
        Device device = devices.served(deviceId).orElse(null);
        return device != null
                        && device.transport() instanceof Transport.Pushed pushed
                        && !pushed.settings().lacksSecret()
                ? new Line(device, pushed)
                : null;
    }

    private void run(String deviceId) {
        try {
            wanted.remove(deviceId);
            if (next(deviceId)) {
                wanted.add(deviceId);
            }
        } catch (StoreUnavailableException e) {
            LOG.debug("The store is not there; the next sweep makes up for it", e);
        } catch (RuntimeException e) {
            LOG.error("Pushing to device {} failed because of a bug", deviceId, e);
        } finally {
            busy.remove(deviceId);
        }
        if (wanted.contains(deviceId)) {
            wake(deviceId);
        }
    }

    /** Returns false if there is nothing to do for now. */
    private boolean next(String deviceId) {
        Line line = line(deviceId);
        if (line == null) {
            return false;
        }
        Outgoing sms = queue.takeForPush(line.device()).orElse(null);
        if (sms == null) {
            resting.remove(deviceId);
            return false;
        }
        Gateway.Pushing gateway = gateways.pushing(line.transport().gateway()).orElse(null);
        if (gateway == null) {
            return settle(
                    sms,
                    Outgoing.Status.FAILED,
                    "This bridge has no gateway " + line.transport().gateway());
        }
        Push push = gateway.push(
                sms.forGateway(line.device(), numbering), line.transport().settings());
        if (push instanceof Push.Call call) {
            Duration rest = after(gateway, sms, http.call(sms.tenantId(), call, POLICY.timeout()));
            if (rest == null) {
                resting.remove(deviceId);
            } else {
                Instant now = queue.now().now();
                resting.compute(deviceId, (id, before) -> Rest.after(before, line.transport(), now, rest));
            }
            return rest == null;
        }
        return settle(sms, Outgoing.Status.FAILED, ((Push.Impossible) push).why());
    }

    /** Returns the time that the gateway wants to be left in peace after a failure, or zero; null if there was none. */
    private @Nullable Duration after(Gateway.Pushing gateway, Outgoing sms, Outcome outcome) {
        if (outcome instanceof Outcome.Deferred) {
            return putBack(gateway, sms, outcome);
        }
        Outcome.Evidence evidence = outcome.evidence();
        Integer status = evidence == null ? null : evidence.httpStatus();
        if (status != null && gateway.hadBefore(status)) {
            settle(sms, Outgoing.Status.SENT, null);
            return null;
        } else if (outcome instanceof Outcome.Delivered) {
            return after(gateway, sms, gateway.answer(evidence == null ? null : evidence.body()));
        }
        if (status == null && mayHaveIt(evidence) && !gateway.knowsRepeats()) {
            return unanswered(sms, describe(gateway, evidence));
        }
        boolean forGood = status != null && FOR_GOOD.contains(status);
        Duration wanted = outcome instanceof Outcome.Retry retry ? retry.after() : null;
        return failed(sms, describe(gateway, evidence), forGood, wanted == null ? Duration.ZERO : wanted);
    }

    private static boolean mayHaveIt(Outcome.@Nullable Evidence evidence) {
        Outcome.ErrorClass stage = evidence == null ? null : evidence.errorClass();
        return stage != null && stage.mayHaveArrived(null);
    }

    /** A gateway is given an SMS as often as a phone; a report of it may come in between, or afterwards. */
    private Duration unanswered(Outgoing sms, String error) {
        Instant now = queue.now().now();
        Duration wait =
                settings.lease().multipliedBy((long) Math.pow(PATIENCE_GROWS, Math.min(sms.leases(), GROWS_TWICE)));
        store.writeNow(sms.tenantId(), tx -> {
            OutgoingRows.unanswered(tx, sms.id(), now.plus(wait), error, now);
            return wait;
        });
        return Duration.ZERO;
    }

    private @Nullable Duration after(Gateway.Pushing gateway, Outgoing sms, Push.Answer answer) {
        if (answer instanceof Push.Refused refused) {
            return failed(sms, gateway.name() + ": " + refused.why(), !refused.again(), Duration.ZERO);
        }
        String appId = ((Push.Taken) answer).id();
        queue.handedOver(sms, appId == null || appId.length() > LONGEST_ID ? null : appId);
        return null;
    }

    /** @param wanted time that the gateway wants to be left in peace */
    private @Nullable Duration failed(Outgoing sms, String error, boolean forGood, Duration wanted) {
        if (forGood || sms.pushes() >= POLICY.maxAttempts()) {
            settle(sms, Outgoing.Status.FAILED, error);
            return null;
        }
        Instant now = queue.now().now();
        Duration delay = POLICY.delayAfter(sms.pushes(), ThreadLocalRandom.current());
        Instant due = now.plus(delay.compareTo(wanted) < 0 ? wanted : delay);
        store.writeNow(sms.tenantId(), tx -> {
            OutgoingRows.postpone(tx, sms.id(), due, error, now);
            return due;
        });
        return wanted;
    }

    /** Makes an SMS due again that was not pushed because of a bound of the bridge's own; this counts as no push. */
    private Duration putBack(Gateway.Pushing gateway, Outgoing sms, Outcome outcome) {
        Instant now = queue.now().now();
        store.writeNow(sms.tenantId(), tx -> {
            OutgoingRows.putBack(tx, sms.id(), now.plus(DEFERRED_FOR), describe(gateway, outcome.evidence()), now);
            return sms;
        });
        return Duration.ZERO;
    }

    private boolean settle(Outgoing sms, Outgoing.Status status, @Nullable String error) {
        queue.report(sms.tenantId(), sms.deviceId(), sms.id(), status, error);
        return true;
    }

    private static String describe(Gateway gateway, Outcome.@Nullable Evidence evidence) {
        String error = evidence == null || evidence.error() == null ? "no answer" : evidence.error();
        String body = evidence == null || evidence.body() == null ? "" : ": " + evidence.body();
        return gateway.name() + ": " + error + body;
    }

    @Override
    public void destroy() {
        threads.close();
    }
}
