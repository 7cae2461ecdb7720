package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Action;
import com.mobileapiconnect.bridge.rule.Decision;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A kind of action: how requests, rows and answers write it. {@link ActionKinds} lists all of them. */
interface ActionKind<A extends Action> {

    /** The value of {@code type}. */
    String type();

    Class<A> actions();

    /** The field of an action in JSON that has the action's own id. */
    default String idField() {
        return "id";
    }

    /** Reads an action from a request; returns null for an invalid one, after reporting what is wrong. */
    @Nullable A read(ActionRequest request);

    /** Reads a stored action; throws an {@link IllegalArgumentException} if it is no longer valid. */
    A stored(JsonNode json);

    /** Returns whether an action in a request has the same content, without its id. */
    boolean isSame(A action, JsonNode json);

    /** Returns whether each action has a receiver of its own, with a secret. */
    default boolean hasReceiver() {
        return false;
    }

    /** Returns the action as it is stored. Secrets belong to the action's target and are never included. */
    Record view(A action);

    /** Returns the action as the API shows it. */
    default Record shown(A action, Targets targets) {
        return view(action);
    }

    /**
     * Returns the action as a file of the configuration has it.
     *
     * @param targets finds the targets of actions
     */
    default Record inFile(A action, Function<String, Optional<Target>> targets) {
        return view(action);
    }

    /** Returns the action as it would run. */
    Record preview(Decision.Planned planned, A action, Now now);

    /**
     * The things outside a rule that decide what its action does.
     *
     * @param suppressed the reason for which a reply would not go out; null if it would, or if nobody asked
     */
    record Now(Targets targets, @Nullable String suppressed) {}
}
