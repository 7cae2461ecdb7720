package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The question whether a connection is to get the messages of a while that it has not got.
 *
 * @param asked    the period
 * @param matched  how many deliveries that would make; null before it is asked
 * @param reached  how far was counted; null if all was
 * @param keptFrom the time of the oldest message that is still there
 */
record Backfilling(
        String id,
        String name,
        Form asked,
        @Nullable Long matched,
        @Nullable String reached,
        @Nullable String keptFrom,
        Map<String, String> errors) {

    static Reply ask(Visit visit, String id) {
        return page(visit, id, null, Map.of());
    }

    /** Counts first, and begins only when that was seen. */
    static Reply act(Visit visit, String id) {
        Form form = visit.form();
        ObjectNode order = Answer.JSON.createObjectNode().put("dryRun", !form.has("sure"));
        put(order, "since", When.since(form));
        put(order, "until", When.until(form));
        Answer answer = visit.send("POST", ConnectionsPage.API + "/" + id + "/backfill", order);
        if (answer.status() == 422) {
            return page(visit, id, null, answer.errors());
        }
        return form.has("sure")
                ? Reply.to("/deliveries/jobs/" + answer.orThrow().text("job"))
                : page(visit, id, answer.orThrow(), Map.of());
    }

    private static void put(ObjectNode order, String name, @Nullable String time) {
        if (time != null) {
            order.put(name, time);
        }
    }

    private static Reply page(Visit visit, String id, @Nullable Answer counted, Map<String, String> errors) {
        ShownTarget target = visit.get(ConnectionsPage.API + "/" + id).as(ShownTarget.class);
        return Reply.page(
                "backfill.title",
                "backfill",
                new Backfilling(
                        id,
                        String.valueOf(target.name()),
                        visit.form(),
                        counted == null ? null : counted.json().path("matched").asLong(),
                        counted == null ? null : counted.json().path("reached").textValue(),
                        counted == null ? null : counted.json().path("keptFrom").textValue(),
                        errors));
    }
}
