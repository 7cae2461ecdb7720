package com.mobileapiconnect.bridge.rulebook;

import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.TargetChanges;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.rule.Rule;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    private final Audit audit;

    ConfigResource(
            ConfigPlan plans, RuleChanges ruleChanges, TargetChanges targetChanges, Targets targets, Audit audit) {
        this.plans = plans;
        this.ruleChanges = ruleChanges;
        this.targetChanges = targetChanges;
        this.targets = targets;
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
    record Diff(boolean applied, Part connections, Part rules) {

        static Diff of(ConfigPlan.Plan plan, boolean applied) {
            return new Diff(
                    applied,
                    Part.of(plan.connections(), target -> new Named(target.id(), target.name())),
                    Part.of(plan.rules(), draft -> {
                        Rule rule = draft.rule();
                        return new Named(rule.id(), rule.name());
                    }));
        }
    }

    @GetMapping
    ResponseEntity<byte[]> export(Caller.OfTenant caller) {
        String file = ConfigYaml.write(plans.connections(caller.tenantId()), plans.rules(caller.tenantId()));
        return ResponseEntity.ok().contentType(YAML).body(file.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param dryRun  only reports the changes
     * @param discard also removes connections with unfinished deliveries, which become failed
     */
    @PutMapping
    Diff apply(
            Caller.OfTenant caller,
            HttpServletRequest request,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean discard) {
        byte[] body = RawBody.read(request, ConfigYaml.MAX_BYTES);
        return ruleChanges.oneByOne(() -> {
            ConfigPlan.Plan plan = plans.of(caller.tenantId(), ConfigYaml.read(body));
            Set<String> removed = plan.rules().removed().stream()
                    .map(draft -> draft.rule().id())
                    .collect(Collectors.toSet());
            RuleChanges.Change change =
                    ruleChanges.prepare(caller.tenantId(), plan.rules().saved(), removed);
            if (!dryRun) {
                apply(caller, plan, change, discard);
            }
            return Diff.of(plan, !dryRun);
        });
    }

    private void apply(Caller.OfTenant caller, ConfigPlan.Plan plan, RuleChanges.Change change, boolean discard) {
        List<Target> removed = plan.connections().removed();
        boolean rulesChange = !plan.rules().isNone();
        if (!rulesChange && plan.connections().isNone()) {
            return;
        }
        try {
            audit.change(
                    caller,
                    caller.tenantId(),
                    new Audit.Entry("config.apply", caller.tenantId(), summary(plan)),
                    tx -> {
                        plan.connections().saved().forEach(target -> targets.put(tx, target));
                        removed.forEach(target -> targetChanges.remove(tx, target, discard));
                        if (rulesChange) {
                            change.write(tx);
                        }
                    });
        } catch (RuntimeException e) {
            removed.forEach(targets::publish);
            throw e;
        }
        removed.forEach(targetChanges::awaitRemoved);
        plan.connections().saved().forEach(targets::publish);
        if (rulesChange) {
            change.publish();
        }
    }

    private static String summary(ConfigPlan.Plan plan) {
        return "connections " + counts(plan.connections()) + ", rules " + counts(plan.rules());
    }

    private static String counts(ConfigPlan.Difference<?> difference) {
        return "+" + difference.created().size() + " ~" + difference.changed().size() + " -"
                + difference.removed().size();
    }
}
