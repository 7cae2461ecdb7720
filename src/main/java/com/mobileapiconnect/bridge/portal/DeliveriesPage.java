package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The list of deliveries, failed ones first, and sending them again: chosen ones, or all that a filter finds. */
@Component
class DeliveriesPage implements PortalPage {

    static final String DELIVERY = "dlv_[A-Za-z0-9_-]{1,80}";

    private static final String FAILED = "failed";
    private static final List<String> SENT_AGAIN = List.of(FAILED, "skipped");

    @Override
    public Place place() {
        return Place.DELIVERIES;
    }

    record Target(String id, ShownDelivery.Target target) {}

    /**
     * @param status as it is asked for; empty for all
     * @param work   jobs that send deliveries again just now
     * @param sent   what became of chosen ones that were to be sent again; null if there is nothing to say
     */
    record Listed(
            String status,
            Form search,
            List<ShownDelivery> deliveries,
            @Nullable String older,
            List<Target> targets,
            List<Work> work,
            @Nullable SentAgain sent,
            @Nullable String wrong) {

        /** Returns the address of the list with another status or part. */
        String with(Map<String, String> other) {
            Map<String, String> all = new LinkedHashMap<>(Map.of("status", status));
            all.putAll(other);
            return "/deliveries" + Query.of(search, all);
        }

        String csv() {
            return "/deliveries/" + Exports.FILE + Query.of(search, Map.of("status", status));
        }

        /** Returns whether all that the filter finds can be sent again at once. */
        boolean replayable() {
            return SENT_AGAIN.contains(status) && !search.has("q");
        }
    }

    /**
     * The question whether so many are to be sent again.
     *
     * @param back the address of the list
     */
    record Question(long matched, Form form, String back) {}

    /** The request of a delivery; null with the reason where there is none to show. */
    record Sent(ShownDelivery delivery, @Nullable ShownRequest request, String none) {}

    @Override
    public Reply show(Visit visit) {
        if (visit.parts() == 0) {
            return list(visit);
        } else if (visit.part(0).equals("jobs")) {
            Work work = visit.get("/v1/jobs/" + visit.part(1)).as(Work.class);
            String title = "work." + work.kind();
            return Reply.page(visit.texts().has(title) ? title : "deliveries.job", "job", work);
        }
        ShownDelivery found = visit.get("/v1/deliveries/" + visit.part(0)).as(ShownDelivery.class);
        if (visit.part(1).equals("request")) {
            Answer request = visit.get("/v1/deliveries/" + found.id() + "/request");
            return Reply.page(
                    "delivery.sent",
                    "sent",
                    request.isGood()
                            ? new Sent(found, request.as(ShownRequest.class), "")
                            : new Sent(found, null, request.detail()));
        }
        return found.messageId() == null
                ? Reply.page("nav.deliveries", "deliveryalone", found)
                : Reply.to("/messages/" + found.messageId() + "#" + found.id());
    }

    private static Reply list(Visit visit) {
        Form search = visit.form();
        String page = Ids.path(visit, search.get("q"));
        if (page != null) {
            return Reply.to(page);
        }
        String status = status(search);
        Answer answer = visit.call(call(search, status)
                .with("limit", Integer.toString(MessagesPage.A_PAGE))
                .with("cursor", search.get("cursor")));
        boolean wrong = answer.status() == 422;
        List<Work> work =
                visit.call(Call.get("/v1/jobs").with("kind", "replay").with("limit", "3")).list(Work.class).stream()
                        .filter(Work::goesOn)
                        .toList();
        return Reply.page(
                "nav.deliveries",
                "deliveries",
                new Listed(
                        status,
                        search,
                        wrong ? List.of() : answer.list(ShownDelivery.class),
                        answer.next(),
                        visit.again()
                                ? List.of()
                                : visit.call(Call.get("/v1/targets").with("limit", "500"))
                                        .list(Target.class),
                        work,
                        visit.again() ? null : SentAgain.of(search),
                        wrong ? answer.detail() : null));
    }

    private static String status(Form search) {
        return search.fields().containsKey("status") ? search.get("status") : FAILED;
    }

    private static Call call(Form search, String status) {
        return Call.get("/v1/deliveries")
                .with("status", status)
                .with("target", search.get("target"))
                .with("from", search.get("q"))
                .with("since", When.since(search))
                .with("until", When.until(search));
    }

    @Override
    public Reply act(Visit visit) {
        return switch (visit.part(0)) {
            case "retry" -> retry(visit);
            case "replay" -> replay(visit);
            default -> show(visit);
        };
    }

    /** Sends the chosen ones again, as many as a page has. */
    private static Reply retry(Visit visit) {
        List<String> chosen = visit.form().all("delivery").stream()
                .filter(id -> id.matches(DELIVERY))
                .limit(MessagesPage.A_PAGE)
                .toList();
        Map<String, String> other =
                new LinkedHashMap<>(SentAgain.send(visit, chosen).query());
        if (visit.form().fields().containsKey("status")) {
            other.put("status", visit.form().get("status"));
        }
        return Reply.to("/deliveries" + Query.of(visit.form(), other));
    }

    /** Says first how many would go, and then begins. */
    private static Reply replay(Visit visit) {
        Form form = visit.form();
        String status = SENT_AGAIN.contains(form.get("status")) ? form.get("status") : FAILED;
        ObjectNode wanted = Answer.JSON.createObjectNode().put("status", status);
        putIfGiven(wanted, "target", form.get("target"));
        putIfGiven(wanted, "since", When.since(form));
        putIfGiven(wanted, "until", When.until(form));
        boolean sure = form.has("sure");
        Answer answer = visit.send("POST", "/v1/deliveries/replay", wanted.put("dryRun", !sure))
                .orThrow();
        return sure
                ? Reply.to("/deliveries/jobs/" + answer.text("job"))
                : Reply.page(
                        "deliveries.replay",
                        "replay",
                        new Question(
                                answer.json().path("matched").asLong(),
                                form,
                                "/deliveries" + Query.of(form, Map.of("status", status))));
    }

    private static void putIfGiven(ObjectNode wanted, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            wanted.put(name, value);
        }
    }

    @Override
    public @Nullable Csv<?> table(Visit visit) {
        return visit.parts() > 0
                ? null
                : Csv.of("deliveries", ShownDelivery.class, call(visit.form(), status(visit.form())))
                        .with("id", ShownDelivery::id)
                        .with("messageId", ShownDelivery::messageId)
                        .with("from", ShownDelivery::from)
                        .with("event", ShownDelivery::event)
                        .with("target", each -> each.target().id())
                        .with("targetName", each -> each.target().name())
                        .with("status", ShownDelivery::status)
                        .with("reason", ShownDelivery::reason)
                        .with("attempts", ShownDelivery::attemptsMade)
                        .with("lastAnswer", ShownDelivery::lastAnswer)
                        .with("externalId", ShownDelivery::externalId)
                        .with("createdAt", ShownDelivery::createdAt)
                        .with("finishedAt", ShownDelivery::finishedAt)
                        .with("nextAttemptAt", ShownDelivery::nextAttemptAt);
    }
}
