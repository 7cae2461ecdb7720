package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.device.Devices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Announces the devices of tenants whose quiet hours have ended, or were changed: their SMS have waited. */
@Component
class AfterQuietHours implements SchedulingConfigurer {

    private final SmsPolicy policy;
    private final Devices devices;
    private final OutgoingQueue queue;
    private final ReplySettings settings;
    private final Clock clock;
    private Instant seen;

    AfterQuietHours(SmsPolicy policy, Devices devices, OutgoingQueue queue, ReplySettings settings, Clock clock) {
        this.policy = policy;
        this.devices = devices;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
        this.seen = clock.instant();
        policy.watch((before, now) -> {
            if (now != null) {
                announce(now.tenantId());
            }
        });
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::look, settings.sweepEvery(), Duration.ZERO));
    }

    /** Runs once, now. */
    synchronized void look() {
        Instant now = clock.instant();
        policy.quietEnded(seen, now).forEach(this::announce);
        seen = now;
    }

    private void announce(String tenantId) {
        devices.ofTenant(tenantId).forEach(device -> queue.announce(device.id()));
    }
}
