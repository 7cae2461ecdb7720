package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.JsonBody;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes what a phone says of itself every few minutes. Nothing is written before the answer. */
@RestController
@EnableConfigurationProperties(DeviceSettings.class)
class HeartbeatResource {

    private final Devices devices;
    private final SignsOfLife signs;
    private final DeviceSettings settings;
    private final Clock clock;

    HeartbeatResource(Devices devices, SignsOfLife signs, DeviceSettings settings, Clock clock) {
        this.devices = devices;
        this.signs = signs;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param at          the bridge's time, by which a phone can see that its clock is wrong
     * @param silentAfter how long the phone may be silent
     */
    record Answer(Instant at, Duration silentAfter) {}

    /** Fields that are not known are ignored, as in all that phones send. */
    @PostMapping("/v1/devices/heartbeat")
    Answer beat(Caller.OfDevice caller, JsonBody body) {
        Device device = devices.speaking(caller);
        Instant now = clock.instant();
        signs.beat(device.id(), Heartbeat.read(Fields.of(body), now));
        return new Answer(now, device.silentAfterOr(settings.silentAfter()));
    }
}
