package com.mobileapiconnect.bridge.phone;

import com.mobileapiconnect.bridge.destination.BridgeEvent;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.DeviceSettings;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.device.SignsOfLife;
import com.mobileapiconnect.bridge.device.SignsOfLife.Sign;
import com.mobileapiconnect.bridge.lane.Lanes;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.operations.Operations;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Tenants;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Tells the operations webhook of a phone that has not called for longer than it may, and of its return. A phone that
 * has never called is not missed. The time before this bridge started does not count: nobody could call then.
 */
@Component
class Silence implements SchedulingConfigurer {

    private static final Logger LOG = LoggerFactory.getLogger(Silence.class);
    private static final int AT_ONCE = 100;

    private final Devices devices;
    private final SignsOfLife signs;
    private final Tenants tenants;
    private final Operations operations;
    private final Lanes lanes;
    private final Store store;
    private final DeviceSettings settings;
    private final Clock clock;
    private final Instant started;

    private volatile int silent;

    Silence(
            Devices devices,
            SignsOfLife signs,
            Tenants tenants,
            Operations operations,
            Lanes lanes,
            Store store,
            DeviceSettings settings,
            Clock clock,
            MeterRegistry metrics) {
        this.devices = devices;
        this.signs = signs;
        this.tenants = tenants;
        this.operations = operations;
        this.lanes = lanes;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.started = clock.instant();
        Gauge.builder("bridge.devices.silent", this, silence -> silence.silent)
                .description("Phones that have not called for longer than they may")
                .register(metrics);
    }

    /** A phone that has become silent, or is back. */
    private record Change(Device device, Sign sign, boolean back) {

        BridgeEvent event() {
            return back ? BridgeEvent.DEVICE_BACK : BridgeEvent.DEVICE_SILENT;
        }
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::watchQuietly, settings.watchEvery(), settings.watchEvery()));
    }

    private void watchQuietly() {
        try {
            watch();
        } catch (StoreUnavailableException e) {
            LOG.debug("The store is not there; the next look makes up for it", e);
        }
    }

    /** Looks once, now. */
    synchronized void watch() {
        Instant now = clock.instant();
        List<Change> changes = new ArrayList<>();
        devices.all().filter(device -> tenants.active(device.tenantId())).forEach(device -> {
            Sign sign = signs.of(device);
            Change change = sign == null ? null : change(device, sign, now);
            if (change != null) {
                changes.add(change);
            }
        });
        for (int i = 0; i < changes.size(); i += AT_ONCE) {
            List<Change> some = changes.subList(i, Math.min(changes.size(), i + AT_ONCE));
            store.writeNow(tx -> tell(tx, some, now));
        }
        silent = (int) devices.all().filter(this::isSilent).count();
    }

    private boolean isSilent(Device device) {
        Sign sign = signs.of(device);
        return sign != null && sign.silentSince() != null;
    }

    private @Nullable Change change(Device device, Sign sign, Instant now) {
        Instant heard = sign.lastSeen().isBefore(started) ? started : sign.lastSeen();
        Instant since = sign.silentSince();
        if (since != null) {
            return sign.lastSeen().isAfter(since) ? new Change(device, sign, true) : null;
        }
        return heard.plus(allowed(device)).isAfter(now) ? null : new Change(device, sign, false);
    }

    private Duration allowed(Device device) {
        return device.silentAfterOr(settings.silentAfter());
    }

    private List<Change> tell(Transaction tx, List<Change> changes, Instant now) throws SQLException {
        for (Change change : changes) {
            String id = change.device().id();
            if (change.back() ? signs.back(tx, id) : signs.silent(tx, id, now)) {
                lanes.handOverAfter(
                        tx, operations.tell(tx, change.device().tenantId(), change.event(), details(change), now));
            }
        }
        return changes;
    }

    private Map<String, @Nullable Object> details(Change change) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("deviceId", change.device().id());
        details.put("deviceName", change.device().name());
        details.put("lastSeen", WireTime.format(change.sign().lastSeen()));
        if (change.back()) {
            Instant since = change.sign().silentSince();
            details.put("silentSince", since == null ? null : WireTime.format(since));
        } else {
            details.put("silentAfter", allowed(change.device()).toString());
        }
        return details;
    }
}
