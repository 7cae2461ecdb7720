package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.delivery.Delivery;
import com.mobileapiconnect.bridge.destination.Form;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.message.StoredMessage;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that a message is to have, in a fixed order, so that they can be made in parts: first those to its
 * targets, by id, then those of the actions of its rules.
 *
 * @param mirrors the forward-all webhook and the connections that get the message, by id
 * @param asking  the forms of the rules' own webhooks that ask for more in their bodies, by target
 * @param device  the phone that the message came by, if a target asks for what is known of it; null if none does
 */
record Plan(
        List<Target> mirrors,
        Decision decision,
        Map<String, Form> asking,
        @Nullable Device device) {

    /** A place in that order. */
    record Place(String afterTarget, int actionsDone) {

        static final Place START = new Place("", 0);
    }

    /** A delivery whose message is not stored yet. */
    record Draft(
            String targetId,
            @Nullable String actionId,
            @Nullable String ruleId,
            @Nullable String payload,
            @Nullable String carried) {

        Delivery of(StoredMessage stored) {
            return actionId == null
                    ? Delivery.mirror(stored, targetId, ruleId, carried)
                    : Delivery.action(stored, targetId, actionId, new Delivery.Content(ruleId, payload, carried));
        }
    }

    /** @param rest the place to go on from; null at the end */
    record Part(List<Draft> drafts, @Nullable Place rest) {}

    /** Bounds what a unit of work takes on, in rows and in characters of rendered contents. */
    static final class Room {

        private static final long CHARACTERS = 1 << 20;

        private int rows;
        private long characters = CHARACTERS;

        Room(int rows) {
            this.rows = rows;
        }

        boolean isLeft() {
            return rows > 0 && characters > 0;
        }

        private Draft take(Draft draft) {
            rows--;
            characters -= draft.payload() == null ? 0 : draft.payload().length();
            characters -= draft.carried() == null ? 0 : draft.carried().length();
            return draft;
        }
    }

    /** Returns the part that begins at a place and ends where the room does. */
    Part from(Place place, Room room) {
        List<Draft> drafts = new ArrayList<>();
        for (Target mirror : mirrors) {
            if (mirror.id().compareTo(place.afterTarget()) > 0) {
                if (!room.isLeft()) {
                    return new Part(drafts, new Place(last(drafts, place), place.actionsDone()));
                }
                drafts.add(room.take(new Draft(mirror.id(), null, ruleFor(mirror), null, carried(mirror.form()))));
            }
        }
        String all = last(drafts, place);
        List<Decision.Planned> actions = decision.actions();
        for (int i = place.actionsDone(); i < actions.size(); i++) {
            if (!(actions.get(i).action() instanceof Action.Connection)) {
                if (!room.isLeft()) {
                    return new Part(drafts, new Place(all, i));
                }
                drafts.add(room.take(draft(actions.get(i))));
            }
        }
        return new Part(drafts, null);
    }

    private static String last(List<Draft> drafts, Place place) {
        return drafts.isEmpty()
                ? place.afterTarget()
                : drafts.get(drafts.size() - 1).targetId();
    }

    private Draft draft(Decision.Planned planned) {
        Action action = planned.action();
        Form form = asking.get(action.targetId());
        return new Draft(
                action.targetId(),
                action.id(),
                planned.ruleId(),
                planned.rendered().body(),
                form == null ? null : carried(form));
    }

    private @Nullable String carried(Form form) {
        return device == null ? form.carried(null, Map.of()) : form.carried(device.name(), device.metadata());
    }

    /** Returns the rule that the body names; none for the forward-all webhook, which fires whatever the rules say. */
    private @Nullable String ruleFor(Target target) {
        return target.type() == Target.Type.WEBHOOK ? null : decision.matchedRuleId();
    }
}
