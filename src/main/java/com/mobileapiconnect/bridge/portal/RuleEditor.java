package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The form of a rule, with a place to try it out and to see what it would have done last week, before it is saved. */
@Component
class RuleEditor {

    private static final Duration LOOKED_BACK = Duration.ofDays(7);
    private static final String NEWEST = "20";

    private final Clock clock;

    RuleEditor(Clock clock) {
        this.clock = clock;
    }

    /**
     * The form of a rule.
     *
     * @param id        null while there is none yet
     * @param version   of the rule when the form was made
     * @param names     the names of all rules by id
     * @param messages  the newest ones, to be tried
     * @param errors    what is wrong with each field
     * @param meanwhile what somebody else has changed; null for nothing
     */
    record One(
            @Nullable String id,
            String version,
            RuleForm form,
            Map<String, String> names,
            List<MessagesPage.Choice> connections,
            List<ShownMessage> messages,
            Map<String, String> errors,
            Verdict.Tried trial,
            @Nullable RuleReplayed replayed,
            @Nullable Meanwhile meanwhile)
            implements Built {

        @Override
        public String path() {
            return "/rules/" + (id == null ? "new" : id);
        }

        /** Returns the id under which it is tried. */
        String draft() {
            return id == null ? Verdict.DRAFT : id;
        }

        String name(@Nullable String rule) {
            return rule == null ? "–" : names.getOrDefault(rule, rule);
        }
    }

    Reply show(Visit visit, String id) {
        if (id.equals("new")) {
            RuleForm blank = new RuleForm("", "100", true, false, Condition.Group.NOTHING, List.of());
            return page(visit, null, "", blank, Map.of(), Verdict.Tried.NOTHING, null);
        }
        ShownRule rule = visit.get(RulesPage.API + "/" + id).as(ShownRule.class);
        return page(visit, id, Long.toString(rule.version()), RuleForm.of(rule), Map.of(), Verdict.Tried.NOTHING, null);
    }

    /** Does what a button of the form says. Nothing is saved but by the one that says so. */
    Reply act(Visit visit, String rule, String what) {
        String id = rule.equals("new") ? null : rule;
        JsonNode standing = id == null
                ? MissingNode.getInstance()
                : visit.get(RulesPage.API + "/" + id).orThrow().json();
        RuleForm typed = RuleForm.of(visit.form(), standing);
        String version = visit.form().get("version");
        return switch (what) {
            case "build" ->
                page(visit, id, version, typed.changed(visit.form().get("do")), Map.of(), Verdict.Tried.NOTHING, null);
            case "try" ->
                page(visit, id, version, typed, Map.of(), Verdict.of(visit, all(visit, id, typed, standing)), null);
            case "replay" -> replay(visit, id, version, typed, standing);
            default -> save(visit, id, version, draft(typed, standing), typed);
        };
    }

    private static ObjectNode draft(RuleForm typed, JsonNode standing) {
        return typed.into(standing.isObject() ? standing.deepCopy() : Answer.JSON.createObjectNode());
    }

    /** Returns all rules, with the draft in its place. */
    private static ArrayNode all(Visit visit, @Nullable String id, RuleForm typed, JsonNode standing) {
        ArrayNode rules = Answer.JSON.createArrayNode();
        visit.call(Call.get(RulesPage.API).with("limit", "500"))
                .orThrow()
                .json()
                .path("data")
                .forEach(each -> {
                    if (!each.path("id").asText().equals(id)) {
                        rules.insert(0, each); // the oldest first: of equal priorities it is tried first
                    }
                });
        ObjectNode draft = draft(typed, standing);
        if (id == null) {
            draft.put("id", Verdict.DRAFT);
        }
        rules.add(draft);
        return rules;
    }

    private Reply replay(Visit visit, @Nullable String id, String version, RuleForm typed, JsonNode standing) {
        ObjectNode asked = Answer.JSON.createObjectNode();
        asked.set("rules", all(visit, id, typed, standing));
        asked.put("since", clock.instant().minus(LOOKED_BACK).toString());
        Answer answer = visit.send("POST", RulesPage.API + "/replay", asked);
        if (answer.status() == 422) {
            return page(visit, id, version, typed, ofDraft(answer), Verdict.Tried.NOTHING, null);
        }
        return page(visit, id, version, typed, Map.of(), Verdict.Tried.NOTHING, answer.as(RuleReplayed.class));
    }

    /** Returns the errors of the draft, which is the last of the rules, as those of a rule alone. */
    private static Map<String, String> ofDraft(Answer answer) {
        Map<String, String> errors = new TreeMap<>();
        answer.errors().forEach((at, error) -> errors.put(at.replaceFirst("^rules\\[\\d+]\\.", ""), error));
        return errors;
    }

    private static Reply save(Visit visit, @Nullable String id, String version, ObjectNode draft, RuleForm typed) {
        String path = id == null ? RulesPage.API : RulesPage.API + "/" + id;
        Answer saved = visit.call(
                Call.send(id == null ? "POST" : "PUT", path, Visit.bytes(draft)).ifVersion(version));
        if (saved.status() == 422) {
            return page(visit, id, version, typed, saved.errors(), Verdict.Tried.NOTHING, null);
        } else if (saved.status() == Meanwhile.CHANGED && id != null) {
            return changed(visit, id, visit.get(path).orThrow().json());
        }
        saved.orThrow();
        return Reply.to("/rules?said=saved");
    }

    /** Shows what was typed once more, as a change of the rule as it is now. */
    private static Reply changed(Visit visit, String id, JsonNode now) {
        RuleForm typed = RuleForm.of(visit.form(), now);
        Meanwhile meanwhile = Meanwhile.of(visit, id, now, draft(typed, now));
        String version = now.path("version").asText();
        return Reply.page(
                Meanwhile.CHANGED,
                typed.name(),
                "rule",
                one(visit, id, version, typed, Map.of(), Verdict.Tried.NOTHING, null, meanwhile));
    }

    private static Reply page(
            Visit visit,
            @Nullable String id,
            String version,
            RuleForm form,
            Map<String, String> errors,
            Verdict.Tried trial,
            @Nullable RuleReplayed replayed) {
        return Reply.page(
                id == null ? "rules.new" : form.name(),
                "rule",
                one(visit, id, version, form, errors, trial, replayed, null));
    }

    private static One one(
            Visit visit,
            @Nullable String id,
            String version,
            RuleForm form,
            Map<String, String> errors,
            Verdict.Tried trial,
            @Nullable RuleReplayed replayed,
            @Nullable Meanwhile meanwhile) {
        Map<String, String> names = new TreeMap<>();
        visit.call(Call.get(RulesPage.API).with("limit", "500"))
                .list(MessagesPage.Choice.class)
                .forEach(rule -> names.put(rule.id(), rule.name()));
        names.put(id == null ? Verdict.DRAFT : id, form.name());
        Answer connections = visit.call(Call.get("/v1/connections").with("limit", "500"));
        Answer messages = visit.call(Call.get("/v1/messages").with("limit", NEWEST));
        return new One(
                id,
                version,
                form,
                names,
                // A key for rules alone may not see them.
                connections.isGood() ? connections.list(MessagesPage.Choice.class) : List.of(),
                messages.isGood() ? messages.list(ShownMessage.class) : List.of(),
                errors,
                trial,
                replayed,
                meanwhile);
    }
}
