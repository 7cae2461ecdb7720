package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.outgoing.Terms.Turn;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The settings of tenants for their SMS, held in memory. */
@Component
class SmsPolicy {

    private final Devices devices;
    private final Register<String, SmsSettings> register;

    SmsPolicy(Store store, Devices devices) {
        this.devices = devices;
        this.register = new Register<>(store, new SmsSettingRows());
    }

    SmsSettings of(String tenantId) {
        SmsSettings own = register.find(tenantId);
        return own == null ? SmsSettings.none(tenantId) : own;
    }

    /** Returns the settings as this unit sees them. */
    SmsSettings of(Transaction tx, String tenantId) {
        SmsSettings own = register.find(tx, tenantId);
        return own == null ? SmsSettings.none(tenantId) : own;
    }

    /** Returns up to whose turn SMS may go out by the device now; null for none. */
    @Nullable Turn last(String deviceId, Instant now) {
        QuietHours quiet = devices.find(deviceId)
                .map(device -> of(device.tenantId()).quiet())
                .orElse(null);
        return quiet == null ? Turn.MANY : quiet.last(now);
    }

    /** Returns the tenants whose quiet hours have ended between two moments. */
    List<String> quietEnded(Instant before, Instant now) {
        return register.all().stream()
                .filter(each -> each.quiet() != null
                        && each.quiet().areAt(before)
                        && !each.quiet().areAt(now))
                .map(SmsSettings::tenantId)
                .toList();
    }

    void watch(Register.Watcher<SmsSettings> watcher) {
        register.watch(watcher);
    }

    SmsSettings set(Transaction tx, SmsSettings settings) {
        return register.change(tx, settings.tenantId(), before -> settings);
    }

    void remove(Transaction tx, String tenantId) {
        register.remove(tx, tenantId);
    }
}
