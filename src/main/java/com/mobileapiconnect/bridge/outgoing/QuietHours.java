package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.outgoing.Terms.Turn;
import com.mobileapiconnect.bridge.rule.Window;
import com.mobileapiconnect.bridge.rule.WindowParser;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The hours in which a tenant's customers are left in peace: SMS of the tenant wait until they end. An
 * automatic reply goes out all the same, unless the tenant wants that to wait as well: who wrote a moment ago is awake.
 *
 * @param source  as given, for answers and for the store
 * @param replies whether automatic replies wait too
 */
record QuietHours(Window window, boolean replies, JsonNode source) {

    static final String NAME = "quietHours";
    private static final String REPLIES = "replies";

    /** Returns null if there are none, or if they are invalid and reported. */
    static @Nullable QuietHours read(Fields fields) {
        JsonNode given = fields.raw(NAME);
        return given == null ? null : of(given, fields::wrong);
    }

    static @Nullable QuietHours of(JsonNode given, BiConsumer<String, String> errors) {
        JsonNode source = given.deepCopy();
        JsonNode replies = source.get(REPLIES);
        if (replies != null && !replies.isBoolean()) {
            errors.accept(NAME + "." + REPLIES, "must be true or false");
        }
        JsonNode window = source.deepCopy();
        if (window instanceof ObjectNode object) {
            object.remove(REPLIES);
        }
        return WindowParser.parse(window, NAME, errors)
                .map(hours -> new QuietHours(hours, replies != null && replies.booleanValue(), source))
                .orElse(null);
    }

    boolean areAt(Instant time) {
        return window.contains(time);
    }

    /** Returns up to whose turn SMS may go out; null for none. */
    @Nullable Turn last(Instant time) {
        if (!areAt(time)) {
            return Turn.MANY;
        }
        return replies ? null : Turn.REPLY;
    }
}
