package com.mobileapiconnect.bridge.delivery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of a message as its row names them, as long as they may have no rows of their own: a line for each, with
 * id, target, action and rule between spaces. An id has no space in it.
 */
final class PlanText {

    private static final String NONE = "-";

    private PlanText() {}

    /** A delivery of a plan. */
    record Line(
            String id,
            String targetId,
            String actionId,
            @Nullable String ruleId) {}

    static String of(List<Delivery> deliveries) {
        StringBuilder text = new StringBuilder(96 * deliveries.size());
        for (Delivery delivery : deliveries) {
            text.append(text.isEmpty() ? "" : "\n").append(delivery.id());
            add(text, delivery.targetId());
            add(text, delivery.actionId());
            String rule = delivery.ruleId();
            add(text, rule == null ? "" : rule);
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String id) {
        text.append(' ').append(id.isEmpty() ? NONE : id);
    }

    static List<Line> read(String text) {
        List<Line> lines = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] ids = line.split(" ");
            lines.add(new Line(ids[0], ids[1], orEmpty(ids[2]), ids[3].equals(NONE) ? null : ids[3]));
        }
        return lines;
    }

    private static String orEmpty(String id) {
        return id.equals(NONE) ? "" : id;
    }
}
