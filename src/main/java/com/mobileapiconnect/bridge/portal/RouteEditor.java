package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page of one route: its text, what is wrong with it, and what it does with a sample. */
final class RouteEditor {

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";
    private static final String NAMELESS = "_";

    private static final String FIRST = """
            - route:
                id: %1$s
                from:
                  uri: direct:%1$s
                  steps:
                    - log: "${body}"
            """;

    private RouteEditor() {}

    /** @param line null for what is wrong with none of the lines, but with a field beside the text */
    record Fault(
            @Nullable Integer line,
            @Nullable Integer column,
            String message,
            @Nullable String hint,
            @Nullable String field) {

        int shownColumn() {
            return column == null ? 1 : column;
        }
    }

    /** The mistakes that a check has found. */
    record Checked(List<Fault> faults) {}

    record Step(
            int line,
            String step,
            String label,
            @Nullable String body,
            Map<String, String> properties,
            Map<String, String> headers,
            List<String> calls,
            @Nullable String error) {}

    record Trial(
            List<Step> steps,
            String outcome,
            @Nullable String reason,
            @Nullable String after,
            @Nullable String externalId,
            @Nullable String error) {

        Fate fate() {
            return switch (outcome) {
                case "send", "done", "accepted" -> Fate.DELIVERED;
                case "skip" -> Fate.SKIPPED;
                case "retry" -> Fate.WAITING;
                default -> Fate.FAILED;
            };
        }
    }

    /** @param trial null where the text or the sample is wrong */
    record Tried(Checked checked, @Nullable Trial trial) {}

    record Completion(String name, String text, String description) {}

    record Completions(String typed, List<Completion> completions) {}

    /**
     * @param route   null for one that does not exist yet
     * @param form    what was typed beside the text
     * @param checked null where nothing was checked
     * @param meanwhile what somebody else has changed; null for nothing
     */
    record One(
            String name,
            String text,
            @Nullable ShownRoute route,
            List<ShownRoute.Version> versions,
            Form form,
            @Nullable Checked checked,
            @Nullable Trial trial,
            @Nullable Meanwhile meanwhile) {

        String path() {
            return "/routes/" + (route == null ? ShownRoute.NEW : name);
        }

        long version() {
            return route == null ? 0 : route.version();
        }

        /** Returns the version that the text was made of; one that nobody has seen yet is not changed by it. */
        String formVersion() {
            return meanwhile == null && form.has("version") ? form.get("version") : Long.toString(version());
        }

        /** Returns what stands in a field of the trial, or at first an example. */
        String sample(String field, String example) {
            return form.fields().containsKey(field) ? form.get(field) : example;
        }
    }

    static Reply show(Visit visit) {
        if (visit.part(0).equals(ShownRoute.NEW)) {
            return page(visit, FIRST.formatted("my-route"), null, null);
        }
        Answer text = visit.get(path(visit));
        ShownRoute route = route(visit);
        if (route == null || (!text.isGood() && text.status() != 404)) {
            text.orThrow();
        }
        return page(visit, text.isGood() ? text.json().asText() : "", null, null);
    }

    private static @Nullable ShownRoute route(Visit visit) {
        return ShownRoute.all(visit).stream()
                .filter(each -> each.name().equals(visit.part(0)))
                .findFirst()
                .orElse(null);
    }

    private static Reply page(Visit visit, String text, @Nullable Checked checked, @Nullable Trial trial) {
        return page(visit, text, checked, trial, null);
    }

    private static Reply page(
            Visit visit, String text, @Nullable Checked checked, @Nullable Trial trial, @Nullable Meanwhile meanwhile) {
        ShownRoute route = route(visit);
        String name = route == null ? visit.form().get("name") : route.name();
        One one = new One(
                name,
                text,
                route,
                route == null ? List.of() : ShownRoute.versions(visit),
                visit.form(),
                checked,
                trial,
                meanwhile);
        return Reply.page(
                meanwhile == null ? Reply.OK : Meanwhile.CHANGED, route == null ? "routes.new" : name, "route", one);
    }

    /** Returns the name in the path, or for a new route the one that was typed. */
    private static String name(Visit visit) {
        String name = visit.part(0).equals(ShownRoute.NEW) ? visit.form().get("name") : visit.part(0);
        return name.matches(NAME) ? name : NAMELESS;
    }

    private static String path(Visit visit) {
        return ShownRoute.API + "/" + name(visit);
    }

    private static byte[] text(Visit visit) {
        return visit.form().raw("text").getBytes(StandardCharsets.UTF_8);
    }

    private static Answer checked(Visit visit) {
        return visit.call(Call.send("POST", path(visit) + "/validate", text(visit)));
    }

    /** Answers with the list of what is wrong alone; a page that has scripts asks while somebody types. */
    static Reply check(Visit visit) {
        Checked found = name(visit).equals(NAMELESS) ? nameless(visit) : faults(checked(visit));
        return visit.isPart()
                ? Reply.page("route.check", "routefaults", found)
                : page(visit, visit.form().raw("text"), found, null);
    }

    /** A new route replaces none. */
    private static boolean isFree(Visit visit) {
        return !name(visit).equals(NAMELESS)
                && ShownRoute.all(visit).stream().noneMatch(each -> each.name().equals(name(visit)));
    }

    private static Checked nameless(Visit visit) {
        return new Checked(List.of(new Fault(null, null, visit.texts().get("route.name.hint"), null, "name")));
    }

    private static Checked faults(Answer answer) {
        if (answer.isGood()) {
            return new Checked(List.of());
        } else if (answer.status() != 422) {
            throw new Answer.Refused(answer);
        }
        List<Fault> faults = new ArrayList<>();
        answer.json()
                .path("errors")
                .forEach(each -> faults.add(new Fault(
                        number(each.path("line")),
                        number(each.path("column")),
                        each.path("message").asText(answer.detail()),
                        each.path("hint").textValue(),
                        each.path("field").textValue())));
        return new Checked(faults.isEmpty() ? List.of(new Fault(null, null, answer.detail(), null, null)) : faults);
    }

    private static @Nullable Integer number(JsonNode node) {
        return node.isInt() ? node.intValue() : null;
    }

    static Reply completions(Visit visit) {
        byte[] before = visit.form().raw("before").getBytes(StandardCharsets.UTF_8);
        String path = ShownRoute.API + "/" + (name(visit).equals(NAMELESS) ? "new" : name(visit)) + "/completions";
        Completions found = visit.call(Call.send("POST", path, before)).as(Completions.class);
        return Reply.page("route.completions", "routecompletions", found);
    }

    static Reply tryOut(Visit visit) {
        ObjectNode wanted =
                Answer.JSON.createObjectNode().put("yaml", visit.form().raw("text"));
        if (visit.form().has("messageId")) {
            wanted.put("messageId", visit.form().get("messageId"));
        } else {
            wanted.putObject("message")
                    .put("from", visit.form().get("from"))
                    .put("text", visit.form().raw("sample"));
        }
        Answer tried = visit.send(
                "POST", ShownRoute.API + "/" + (name(visit).equals(NAMELESS) ? "new" : name(visit)) + "/try", wanted);
        Checked wrong = tried.isGood() ? new Checked(List.of()) : faults(tried);
        Trial trial = tried.isGood() ? tried.as(Trial.class) : null;
        return visit.isPart()
                ? Reply.page("route.try", "routetried", new Tried(wrong, trial))
                : page(visit, visit.form().raw("text"), wrong, trial);
    }

    static Reply save(Visit visit) {
        if (visit.form().has("check")) {
            return check(visit);
        } else if (visit.part(0).equals(ShownRoute.NEW) && !isFree(visit)) {
            return page(visit, visit.form().raw("text"), nameless(visit), null);
        }
        Answer saved = visit.call(Call.send("PUT", path(visit), text(visit))
                .with("reason", visit.form().get("reason"))
                .ifVersion(visit.form().get("version")));
        if (saved.status() == Meanwhile.CHANGED && route(visit) != null) {
            return page(visit, visit.form().raw("text"), null, null, meanwhile(visit));
        }
        return saved.isGood()
                ? Reply.to(path(visit).substring("/v1".length()) + "?said=saved")
                : page(visit, visit.form().raw("text"), faults(saved), null);
    }

    /** Returns who has made the newest version; the list of versions says what is in it. */
    private static Meanwhile meanwhile(Visit visit) {
        return ShownRoute.versions(visit).stream()
                .max(Comparator.comparingLong(ShownRoute.Version::version))
                .map(newest -> new Meanwhile(newest.at(), newest.author(), Map.of()))
                .orElse(new Meanwhile(null, null, Map.of()));
    }
}
