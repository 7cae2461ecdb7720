package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** A tenant's rules in the order in which they are tried, with a place to try an SMS out. */
@Component
class RulesPage implements PortalPage {

    static final String API = "/v1/rules";

    private final RuleEditor editor;

    RulesPage(RuleEditor editor) {
        this.editor = editor;
    }

    @Override
    public Place place() {
        return Place.RULES;
    }

    /**
     * @param seen        the version that a change of the order is a change of
     * @param connections their names by id
     * @param outdated    whether somebody has changed the rules since the order was seen that was to be changed
     */
    record Listed(
            List<ShownRule> rules, long seen, Map<String, String> connections, Verdict.Tried trial, boolean outdated) {}

    @Override
    public Reply show(Visit visit) {
        return visit.parts() == 0 ? list(visit, Reply.OK, Verdict.Tried.NOTHING) : editor.show(visit, visit.part(0));
    }

    /** Returns rules in an order that was asked for before: what was changed between makes a move fail, and not go astray. */
    private static List<ShownRule> rules(Visit visit, RuleOrder order) {
        return order.sorted(visit.call(Call.get(API).with("limit", "500")).list(ShownRule.class));
    }

    private static Reply list(Visit visit, int status, Verdict.Tried trial) {
        RuleOrder order = visit.get(RuleOrder.API).as(RuleOrder.class);
        List<ShownRule> rules = rules(visit, order);
        Map<String, String> names = new TreeMap<>();
        Answer connections = visit.call(Call.get("/v1/connections").with("limit", "500"));
        if (connections.isGood()) { // a key for rules alone may not see them
            connections.list(MessagesPage.Choice.class).forEach(each -> names.put(each.id(), each.name()));
        }
        Listed listed = new Listed(rules, order.version(), names, trial, status != Reply.OK);
        return new Reply.Shown(status, "nav.rules", "rules", Map.of("page", listed));
    }

    @Override
    public Reply act(Visit visit) {
        String id = visit.part(0);
        return switch (id) {
            case "test" -> list(visit, Reply.OK, Verdict.of(visit, null));
            case "order" -> moved(visit);
            default ->
                switch (visit.part(1)) {
                    case "switch" -> switched(visit, id);
                    case "delete" -> {
                        visit.call(Call.send("DELETE", API + "/" + id)
                                        .ifVersion(visit.form().get("version")))
                                .orThrow();
                        yield Reply.to("/rules?said=deleted");
                    }
                    default -> editor.act(visit, id, visit.part(1));
                };
        };
    }

    private static Reply switched(Visit visit, String id) {
        ObjectNode rule = visit.get(API + "/" + id).object();
        rule.put("enabled", visit.form().has("on"));
        put(visit, rule, visit.form().get("version")).orThrow();
        return Reply.to("/rules?said=saved");
    }

    /** Moves a rule, at once or not at all. Of two people who do so the second is told, and sees the order as it is now. */
    private static Reply moved(Visit visit) {
        RuleOrder order = visit.get(RuleOrder.API).as(RuleOrder.class);
        List<String> shown = rules(visit, order).stream().map(ShownRule::id).toList();
        String[] move = visit.form().get("move").split(":");
        String seen = visit.form().get("seen");
        if (!seen.equals(Long.toString(order.version())) || !shown.contains(move[0])) {
            return list(visit, RuleOrder.CHANGED, Verdict.Tried.NOTHING);
        }
        int to = move.length == 2 && move[1].matches("\\d{1,4}") ? Integer.parseInt(move[1]) : shown.indexOf(move[0]);
        RuleOrder wanted = order.moved(move[0], shown, to);
        Answer put = visit.call(
                Call.send("PUT", RuleOrder.API, Visit.bytes(wanted.json())).ifVersion(seen));
        if (put.status() == RuleOrder.CHANGED) {
            return list(visit, RuleOrder.CHANGED, Verdict.Tried.NOTHING);
        }
        put.orThrow();
        return Reply.to("/rules?said=moved&moved=" + move[0]);
    }

    private static Answer put(Visit visit, ObjectNode rule, String version) {
        return visit.call(Call.send("PUT", API + "/" + rule.path("id").asText(), Visit.bytes(rule))
                .ifVersion(version));
    }

    /** Returns an action in a few words. */
    static String words(Texts texts, JsonNode action, Map<String, String> connections) {
        String type = action.path("type").asText();
        String what =
                switch (type) {
                    case "reply" -> action.path("text").asText();
                    case "email" -> RuleForm.addresses(action);
                    case "webhook" -> action.path("url").asText();
                    default -> {
                        String id = action.path("id").asText();
                        yield action.path("name").asText(connections.getOrDefault(id, id));
                    }
                };
        return texts.word("action", type) + ": " + what;
    }
}
