package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.gateway.Received;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Joins the parts of long SMS that come one by one, in any order. A part is durable before it is acknowledged. Its SMS is
 * accepted when the last part comes, or without what is missing when the time is up; accepting it twice, after a crash in
 * between, is harmless.
 */
@Component
@EnableConfigurationProperties(PartSettings.class)
class Parts implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
    private static final int AT_ONCE = 100;

    private final Store store;
    private final Devices devices;
    private final MessageMaker maker;
    private final Entrance phone;
    private final PartSettings settings;
    private final Clock clock;
    /** SMS that go on without what is missing: added to in the writer's units, so no part joins one of them meanwhile. */
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();

    Parts(Store store, Devices devices, MessageMaker maker, Entrance phone, PartSettings settings, Clock clock) {
        this.store = store;
        this.devices = devices;
        this.maker = maker;
        this.phone = phone;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::sweepQuietly, settings.lookEvery(), Duration.ZERO));
    }

    /** Returns when the part is durable, and its SMS accepted if it is whole. */
    void take(Device device, Received.Part part) {
        if (!PartRows.canWait(part)) {
            passOn(device, alone(device, part));
            return;
        }
        Instant now = WireTime.truncate(clock.instant());
        Optional<LongSms> sms = Intake.await(store.write(device.tenantId(), tx -> add(tx, device, part, now)));
        sms.filter(each -> each.isComplete() || each.id() == null).ifPresent(each -> passOn(device, each));
    }

    private Optional<LongSms> add(Transaction tx, Device device, Received.Part part, Instant now) {
        PartRows.Place place = PartRows.place(tx, device.id(), part, leaving);
        if (place.isNew() && PartRows.waitingOf(tx, device.id()) >= settings.mostOfADevice()) {
            return Optional.of(alone(device, part));
        }
        return PartRows.add(tx, device, part, place, now);
    }

    private static LongSms alone(Device device, Received.Part part) {
        return new LongSms(
                null,
                device.id(),
                part.place().total(),
                List.of(new LongSms.Part(part.place().number(), part.sms())));
    }

    private void passOn(Device device, LongSms sms) {
        phone.submit(device, List.of(maker.ofGateway(device, sms.joined())));
        if (sms.id() != null) {
            store.write(device.tenantId(), tx -> PartRows.passedOn(tx, sms));
        }
    }

    void sweepQuietly() {
        try {
            sweep();
        } catch (StoreUnavailableException e) {
            LOG.debug("The store is not there; the next sweep makes up for it", e);
        }
    }

    /**
     * Passes on, now, what has waited long enough, and what a crash has left. An SMS that cannot go on holds up no other.
     */
    synchronized void sweep() {
        Instant by = clock.instant().minus(settings.waitFor());
        List<RuntimeException> failures = new ArrayList<>();
        String last = "";
        List<String> due;
        do {
            String after = last;
            due = store.read(sql -> PartRows.due(sql, after, by, AT_ONCE));
            for (String smsId : due) {
                last = smsId;
                try {
                    passOn(smsId);
                } catch (StoreUnavailableException e) {
                    throw e;
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }
        } while (due.size() == AT_ONCE);
        if (!failures.isEmpty()) {
            LOG.warn(
                    "{} SMS in parts cannot go on now, and are tried again at the next look: {}",
                    failures.size(),
                    NestedExceptionUtils.getMostSpecificCause(failures.get(0)).toString());
        }
    }

    private void passOn(String smsId) {
        try {
            // In a unit: a part that is stored before it is read below, and one that comes later joins another SMS.
            store.writeNow(tx -> leaving.add(smsId));
            store.read(sql -> PartRows.find(sql, smsId)).ifPresent(this::passOn);
        } finally {
            leaving.remove(smsId);
        }
    }

    private void passOn(LongSms sms) {
        Device device = devices.find(sms.deviceId()).orElse(null);
        if (device == null) {
            LOG.warn("Parts of an SMS were left by the device {}, which is gone", sms.deviceId());
        } else {
            phone.submit(device, List.of(maker.ofGateway(device, sms.joined())));
        }
        store.writeNow(device == null ? Store.NOBODY : device.tenantId(), tx -> PartRows.passedOn(tx, sms));
    }
}
