package com.mobileapiconnect.bridge.operations;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.delivery.DeliveryState;
import com.mobileapiconnect.bridge.delivery.Ended;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.destination.BridgeEvent;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetSettings;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Applies the consequences of outcomes to targets and makes their events, in the transaction of the outcomes. */
@Component
public class Consequences {

    private static final Logger LOG = LoggerFactory.getLogger(Consequences.class);

    private final Targets targets;
    private final TargetHealth health;
    private final Operations operations;
    private final Duration disableAfter;

    Consequences(
            Targets targets,
            Tenants tenants,
            TargetHealth health,
            Operations operations,
            TargetSettings settings,
            Clock clock) {
        this.targets = targets;
        this.health = health;
        this.operations = operations;
        this.disableAfter = settings.disableAfter();
        targets.watch((before, now) -> health.changed(before, now, clock.instant()));
        tenants.watch((before, now) -> {
            if (before != null && now != null && !before.active() && now.active()) {
                targets.all().stream()
                        .filter(target -> target.tenantId().equals(now.id()))
                        .forEach(target -> health.opened(target.id(), clock.instant()));
            }
        });
    }

    /** Returns the deliveries of the events, to be handed over after the commit. */
    public List<Delivery> of(Transaction tx, List<Ended> batch, Instant now) throws SQLException {
        List<Delivery> told = new ArrayList<>();
        for (Ended ended : batch) {
            of(tx, ended, told, now);
        }
        return told;
    }

    private void of(Transaction tx, Ended ended, List<Delivery> told, Instant now) throws SQLException {
        Target target = ended.attempt().target();
        Outcome outcome = ended.outcome();
        if (outcome instanceof Outcome.Delivered delivered) {
            if (health.succeeded(tx, target.id())) {
                tell(tx, target, BridgeEvent.TARGET_RECOVERED, Operations.about(target), told, now);
            }
            if (delivered.last()) {
                disable(tx, target, "The receiver asked for no more (webhook-delivery: disable)", told, now);
            }
        } else if (outcome instanceof Outcome.Gone gone) {
            Integer status = gone.evidence().httpStatus();
            String reason = status != null && status == 410
                    ? "The receiver answered 410 Gone"
                    : "The receiver asked for no more (webhook-delivery: disable)";
            disable(tx, target, reason, told, now);
        } else if (outcome instanceof Outcome.LoginRefused refused) {
            loginRefused(tx, target, refused, told, now);
        } else if (outcome instanceof Outcome.Retry) {
            Instant since = health.failed(tx, target.id(), now);
            if (!now.isBefore(since.plus(disableAfter))) {
                disable(tx, target, "The target has failed since " + since + " without a success", told, now);
            }
        }
        if (ended.state() == DeliveryState.FAILED) {
            tell(tx, target, BridgeEvent.DELIVERY_FAILED, failed(ended), told, now);
        }
    }

    /** Credentials that were replaced during the call have refused nothing. */
    private void loginRefused(
            Transaction tx, Target target, Outcome.LoginRefused refused, List<Delivery> told, Instant now)
            throws SQLException {
        Target current = targets.find(tx, target.id()).orElse(target);
        if (current.reach().equals(target.reach())) {
            String why = refused.evidence().error();
            disable(
                    tx,
                    target,
                    "The login was refused" + (why == null ? "" : " (" + why + ")")
                            + ". Correct the credentials, test them, then resume",
                    told,
                    now);
        }
    }

    private void disable(Transaction tx, Target target, String reason, List<Delivery> told, Instant now)
            throws SQLException {
        if (targets.disable(tx, target.id(), reason, now)) {
            health.disabled(tx, target.id(), now);
            tx.afterCommit(() -> LOG.warn(
                    "Target {} of tenant {} is disabled, and its deliveries are held until somebody resumes it: {}",
                    target.id(),
                    target.tenantId(),
                    ownWords(reason)));
            Map<String, @Nullable Object> details = Operations.about(target);
            details.put("reason", reason);
            tell(tx, target, BridgeEvent.TARGET_DISABLED, details, told, now);
        }
    }

    /** Another system's words, in brackets, may repeat what a customer wrote, and stay out of the log. */
    private static String ownWords(String reason) {
        int bracket = reason.indexOf(" (");
        return bracket < 0 ? reason : reason.substring(0, bracket);
    }

    private static Map<String, @Nullable Object> failed(Ended ended) {
        Delivery delivery = ended.attempt().delivery();
        Outcome.Evidence evidence = ended.outcome().evidence();
        Map<String, @Nullable Object> details = Operations.about(ended.attempt().target());
        details.put("deliveryId", delivery.id());
        details.put("messageId", delivery.messageId());
        details.put("reason", ended.reason());
        details.put("attempts", delivery.attempts() + (ended.called() ? 1 : 0));
        details.put("httpStatus", evidence == null ? null : evidence.httpStatus());
        details.put("error", evidence == null ? null : evidence.error());
        return details;
    }

    private void tell(
            Transaction tx,
            Target about,
            BridgeEvent event,
            Map<String, @Nullable Object> details,
            List<Delivery> told,
            Instant now)
            throws SQLException {
        if (about.type() != Target.Type.OPERATIONS) {
            told.addAll(operations.tell(tx, about.tenantId(), event, details, now));
        }
    }
}
