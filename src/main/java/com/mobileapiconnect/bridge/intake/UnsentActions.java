package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.RuleTrace;
import com.mobileapiconnect.bridge.tracking.DeliveryView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the actions of rules that matched a message and made no delivery of it, and says why. */
@Component
class UnsentActions {

    private static final String GONE = "The connection was deleted; take the action out of the rule.";
    private static final String OFF = "The connection is switched off: \"enabled\" is false.";
    private static final String WAS_OFF = "The connection was switched off or did not exist when the message came in.";

    private final Targets targets;

    UnsentActions(Targets targets) {
        this.targets = targets;
    }

    /** @param went the deliveries of the message */
    List<RuleTrace.Unsent> of(RuleTrace judged, StoredMessage message, List<DeliveryView> went) {
        List<RuleTrace.Unsent> unsent = new ArrayList<>();
        for (Action action : judged.actions()) {
            boolean sent =
                    went.stream().anyMatch(delivery -> delivery.target().id().equals(action.targetId()));
            RuleTrace.Unsent without = sent || action.hasOwnTarget() ? null : of(action, message);
            if (without != null) {
                unsent.add(without);
            }
        }
        return unsent;
    }

    private RuleTrace.@Nullable Unsent of(Action action, StoredMessage message) {
        Target target = targets.find(action.targetId()).orElse(null);
        if (target == null) {
            return RuleTrace.Unsent.of(action, GONE);
        }
        if (!target.enabled()) {
            return RuleTrace.Unsent.of(action, OFF);
        }
        // Otherwise the deliveries of a backlog may still follow.
        return target.updatedAt().isAfter(message.acceptedAt()) ? RuleTrace.Unsent.of(action, WAS_OFF) : null;
    }
}
