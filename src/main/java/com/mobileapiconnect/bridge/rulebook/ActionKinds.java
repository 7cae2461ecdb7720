package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All kinds of actions. To add one, write its record in {@link Action} and its {@link ActionKind}, list it here, and name
 * the {@link Target.Type} of its targets; the connector of the targets sends it.
 */
final class ActionKinds {

    private static final List<ActionKind<?>> ALL =
            List.of(new ReplyKind(), new EmailKind(), new WebhookKind(), new ConnectionKind());

    /** Characters of contents that are shown: a thousand long e-mails are more than fits into memory. */
    private static final int MOST_SHOWN = 2 << 20;

    private ActionKinds() {}

    static Optional<ActionKind<?>> of(JsonNode json) {
        return named(json.path("type").asText());
    }

    /** Returns the names of all kinds, for people. */
    static String names() {
        return ALL.stream().map(ActionKind::type).collect(Collectors.joining(", "));
    }

    /** Returns the id of the action that a request means; empty for a new one. */
    static String idOf(JsonNode json) {
        return json.path(idField(json)).asText();
    }

    /** Returns the name of the field that has the action's own id. */
    static String idField(JsonNode json) {
        return of(json).map(ActionKind::idField).orElse("id");
    }

    /** Returns whether a stored action of the same type has the content of one in a request. */
    static boolean isSame(Action action, JsonNode json) {
        return isSame(of(action), action, json);
    }

    /** Returns whether actions of this type have a receiver of their own, with a secret. */
    static boolean hasReceiver(JsonNode json) {
        return of(json).map(ActionKind::hasReceiver).orElse(false);
    }

    /** Reads a stored action; throws an {@link IllegalArgumentException} if it is no longer valid. */
    static Action stored(JsonNode json) {
        return of(json).orElseThrow(() -> new IllegalArgumentException("No such action: " + json.path("type")))
                .stored(json);
    }

    /** Returns an action as it is stored. */
    static Record view(Action action) {
        return view(of(action), action);
    }

    /** Returns an action as the API shows it. */
    static Record shown(Action action, Targets targets) {
        return shown(of(action), action, targets);
    }

    /** Returns an action as a file of the configuration has it. */
    static Record inFile(Action action, Function<String, Optional<Target>> targets) {
        return inFile(of(action), action, targets);
    }

    /** Returns the actions of a decision as they would run, in order; ends where the contents become too long. */
    static List<Record> previews(Decision decision, ActionKind.Now now) {
        List<Record> previews = new ArrayList<>();
        int shown = 0;
        for (Decision.Planned planned : decision.actions()) {
            String body = planned.rendered().body();
            shown += body == null ? 0 : body.length();
            if (shown > MOST_SHOWN) {
                break;
            }
            previews.add(preview(planned, now));
        }
        return previews;
    }

    /** Returns an action as it would run. */
    private static Record preview(Decision.Planned planned, ActionKind.Now now) {
        return preview(of(planned.action()), planned, now);
    }

    private static <A extends Action> Record view(ActionKind<A> kind, Action action) {
        return kind.view(kind.actions().cast(action));
    }

    private static <A extends Action> boolean isSame(ActionKind<A> kind, Action action, JsonNode json) {
        return kind.isSame(kind.actions().cast(action), json);
    }

    private static <A extends Action> Record shown(ActionKind<A> kind, Action action, Targets targets) {
        return kind.shown(kind.actions().cast(action), targets);
    }

    private static <A extends Action> Record inFile(
            ActionKind<A> kind, Action action, Function<String, Optional<Target>> targets) {
        return kind.inFile(kind.actions().cast(action), targets);
    }

    private static <A extends Action> Record preview(ActionKind<A> kind, Decision.Planned planned, ActionKind.Now now) {
        return kind.preview(planned, kind.actions().cast(planned.action()), now);
    }

    private static ActionKind<?> of(Action action) {
        return named(action.type())
                .orElseThrow(() -> new IllegalStateException("No kind has actions of type " + action.type()));
    }

    private static Optional<ActionKind<?>> named(String type) {
        return ALL.stream().filter(kind -> kind.type().equals(type)).findFirst();
    }
}
