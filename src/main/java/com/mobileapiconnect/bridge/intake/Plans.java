package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.destination.Form;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Devices;
import com.mobileapiconnect.bridge.message.Flags;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Plan of(Subject subject, Decision decided, List<Target> all) {
        Decision decision = subject.message().flags().has(Flags.Flag.NO_REPLY) ? decided.withoutReplies() : decided;
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
        Map<String, Form> asking = asking(decision);
        boolean carries = !asking.isEmpty() || anyCarries(mirrors);
        Device device = carries ? devices.find(subject.message().deviceId()).orElse(null) : null;
        return new Plan(mirrors, decision, asking, device);
    }

    private static boolean anyCarries(List<Target> mirrors) {
        for (Target mirror : mirrors) {
            if (mirror.form().carries()) {
                return true;
            }
        }
        return false;
    }

    private Map<String, Form> asking(Decision decision) {
        Map<String, Form> asking = Map.of();
        for (Decision.Planned planned : decision.actions()) {
            if (planned.action() instanceof Action.Webhook webhook) {
                Form form = targets.find(webhook.targetId()).map(Target::form).orElse(Form.PLAIN);
                if (form.carries()) {
                    asking = asking.isEmpty() ? new HashMap<>() : asking;
                    asking.put(webhook.targetId(), form);
                }
            }
        }
        return asking;
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
