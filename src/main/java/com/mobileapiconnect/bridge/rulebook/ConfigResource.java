package com.mobileapiconnect.bridge.rulebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.YamlBody;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetChanges;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.rule.RuleSet;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.AtMost;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's connections and rules as a single file; a PUT changes all of them at once or none. */
@RestController
@RequestMapping("/v1/config")
class ConfigResource {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    private final ConfigPlan plans;
    private final RuleChanges ruleChanges;
    private final TargetChanges targetChanges;
    private final Targets targets;
    private final Rulebooks rulebooks;
    private final Limits limits;
    private final Audit audit;

    ConfigResource(
            ConfigPlan plans,
            RuleChanges ruleChanges,
            TargetChanges targetChanges,
            Targets targets,
            Rulebooks rulebooks,
            Limits limits,
            Audit audit) {
        this.plans = plans;
        this.ruleChanges = ruleChanges;
        this.targetChanges = targetChanges;
        this.targets = targets;
        this.rulebooks = rulebooks;
        this.limits = limits;
        this.audit = audit;
    }

    record Named(String id, String name) {}

    record Part(List<Named> created, List<Named> changed, List<Named> removed, int unchanged) {

        static <T> Part of(ConfigPlan.Difference<T> difference, Function<T, Named> view) {
            return new Part(
                    difference.created().stream().map(view).toList(),
                    difference.changed().stream().map(view).toList(),
                    difference.removed().stream().map(view).toList(),
                    difference.unchanged());
        }
    }

    /** @param applied false for a dry run, in which the ids of new entries are only examples */
    record Diff(
            boolean applied,
            Part connections,
            Part rules,
            @Nullable String job) {

        static Diff of(ConfigPlan.Plan plan, @Nullable String job, boolean applied) {
            return new Diff(
                    applied,
                    Part.of(plan.connections(), target -> new Named(target.id(), target.name())),
                    Part.of(plan.rules(), draft -> {
                        Rule rule = draft.rule();
                        return new Named(rule.id(), rule.name());
                    }),
                    job);
        }
    }

    @GetMapping
    ResponseEntity<byte[]> export(Caller.OfTenant caller) {
        RuleSet rules = rulebooks.of(caller.tenantId());
        List<Target> connections = plans.connections(caller.tenantId());
        String file = ConfigYaml.write(
                connections, rules.rules().stream().sorted(Rule.ORDER).toList(), targets);
        return ResponseEntity.ok()
                .contentType(YAML)
                .eTag(ConfigTag.of(rules, connections))
                .body(file.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param dryRun  only reports the changes
     * @param discard also removes connections with unfinished deliveries, which become failed
     */
    @PutMapping
    @AtMost(Limit.LONG_REQUESTS_AT_ONCE)
    ResponseEntity<Diff> apply(
            Caller.OfTenant caller,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean discard,
            IfMatch ifMatch,
            YamlBody body) {
        JsonNode file = ConfigReader.read(body.bytes());
        if (dryRun) {
            Attempt attempt = attempt(caller.tenantId(), file);
            String tag = ConfigTag.of(rulebooks.of(caller.tenantId()), plans.connections(caller.tenantId()));
            ifMatch.check(tag);
            return ResponseEntity.ok().eTag(tag).body(Diff.of(attempt.plan(), null, false));
        }
        Applied applied = ruleChanges.oneByOne(caller.tenantId(), () -> {
            Attempt attempt = attempt(caller.tenantId(), file);
            return audit.change(
                    caller,
                    caller.tenantId(),
                    tx -> apply(tx, caller.tenantId(), attempt, discard, ifMatch),
                    done -> done.isEmpty() || attempt.plan().isNone()
                            ? null
                            : new Audit.Entry("config.apply", caller.tenantId(), summary(attempt.plan())));
        });
        return ResponseEntity.ok().eTag(applied.tag()).body(Diff.of(applied.plan(), applied.job(), true));
    }

    /**
     * The file, held against what there is.
     *
     * @param seen the connections that it was held against
     */
    private record Attempt(ConfigPlan.Plan plan, Map<String, Target> seen, RuleChanges.Change change) {}

    /**
     * @param tag of the configuration as it is then
     * @param job ends the unfinished deliveries of removed connections; null if there are none
     */
    private record Applied(
            ConfigPlan.Plan plan, String tag, @Nullable String job) {}

    private Attempt attempt(String tenantId, JsonNode file) {
        RuleSet base = rulebooks.of(tenantId);
        Map<String, Target> seen =
                plans.connections(tenantId).stream().collect(Collectors.toMap(Target::id, Function.identity()));
        ConfigPlan.Plan plan = plans.of(tenantId, file);
        Set<String> removed =
                plan.rules().removed().stream().map(draft -> draft.rule().id()).collect(Collectors.toSet());
        return new Attempt(
                plan, seen, ruleChanges.prepare(tenantId, base, plan.rules().saved(), removed));
    }

    /** Returns empty if another change has meanwhile altered the basis of the comparison. */
    private Optional<Applied> apply(
            Transaction tx, String tenantId, Attempt attempt, boolean discard, IfMatch ifMatch) {
        ConfigPlan.Plan plan = attempt.plan();
        ifMatch.check(tag(tx, tenantId));
        if (!attempt.change().stands(tx) || !stand(tx, plan.connections(), attempt.seen())) {
            return Optional.empty();
        }
        int had = targets.connections(tx, tenantId);
        int made = plan.connections().created().size()
                - plan.connections().removed().size();
        limits.check(tenantId, Limit.CONNECTIONS, "connections", had, had + made);
        Map<String, Register.Change<Target>> puts = new LinkedHashMap<>();
        plan.connections().saved().forEach(draft -> puts.put(draft.id(), row -> row == null ? draft : draft.onto(row)));
        targets.changeAll(tx, puts);
        String job = targetChanges
                .remove(tx, tenantId, plan.connections().removed(), discard)
                .job();
        if (!plan.rules().isNone()) {
            attempt.change().write(tx);
        }
        return Optional.of(new Applied(plan, tag(tx, tenantId), job));
    }

    private String tag(Transaction tx, String tenantId) {
        return ConfigTag.of(rulebooks.of(tx, tenantId), targets.connectionVersions(tx, tenantId));
    }

    private boolean stand(Transaction tx, ConfigPlan.Difference<Target> connections, Map<String, Target> seen) {
        return Stream.concat(connections.changed().stream(), connections.removed().stream())
                .allMatch(target -> targets.find(tx, target.id())
                        .filter(now -> stands(now, seen.get(target.id())))
                        .isPresent());
    }

    private static boolean stands(Target now, @Nullable Target seen) {
        return seen != null && now.reach().keepsAs(seen.reach());
    }

    private static String summary(ConfigPlan.Plan plan) {
        return "connections " + counts(plan.connections()) + ", rules " + counts(plan.rules());
    }

    private static String counts(ConfigPlan.Difference<?> difference) {
        return "+" + difference.created().size() + " ~" + difference.changed().size() + " -"
                + difference.removed().size();
    }
}
