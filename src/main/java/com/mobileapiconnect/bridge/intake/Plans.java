package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the targets of a message. A connection gets a message once, whether by its own condition, by a rule, or by
 * several.
 */
@Component
class Plans {

    private final Targets targets;
    private final Devices devices;

    Plans(Targets targets, Devices devices) {
        this.targets = targets;
        this.devices = devices;
    }

    /** Returns the plan of a message that is not accepted yet. */
    Plan of(Evaluated evaluated) {
        return of(
                evaluated.subject(),
                evaluated.decision(),
                targets.ofTenant(evaluated.message().tenantId()));
    }

    /** @param all the tenant's targets that there were when the message was accepted */
    Plan of(Subject subject, Decision decision, List<Target> all) {
        Set<String> named = named(decision);
        List<Target> mirrors = new ArrayList<>(all.size());
        for (Target target : all) {
            if (target.mirrors()
                    && target.enabled()
                    && (named.contains(target.id()) || target.when().test(subject))) {
                mirrors.add(target);
            }
        }
        mirrors.sort(Comparator.comparing(Target::id));
        return new Plan(mirrors, decision, device(mirrors, subject.message().deviceId()));
    }

    private @Nullable Device device(List<Target> mirrors, String deviceId) {
        for (Target mirror : mirrors) {
            if (mirror.form().carries()) {
                return devices.find(deviceId).orElse(null);
            }
        }
        return null;
    }

    private static Set<String> named(Decision decision) {
        Set<String> named = Set.of();
        for (Decision.Planned planned : decision.actions()) {
            if (planned.action() instanceof Action.Connection connection) {
                named = named.isEmpty() ? new HashSet<>() : named;
                named.add(connection.targetId());
            }
        }
        return named;
    }
}
