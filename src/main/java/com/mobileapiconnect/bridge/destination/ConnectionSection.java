package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.config.Difference;
import com.mobileapiconnect.bridge.config.Difference.Entry;
import com.mobileapiconnect.bridge.config.Part;
import com.mobileapiconnect.bridge.config.Reading;
import com.mobileapiconnect.bridge.config.Section;
import com.mobileapiconnect.bridge.config.Standing;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.rule.Expressions;
import com.mobileapiconnect.bridge.rule.When;
import com.mobileapiconnect.bridge.store.Register;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connections of a tenant in its configuration file. */
@Component
class ConnectionSection implements Section {

    private final Targets targets;
    private final TargetFields targetFields;
    private final TargetChanges changes;
    private final ConnectionResources resources;
    private final ConditionBudget budget;
    private final Limits limits;

    ConnectionSection(
            Targets targets,
            TargetFields targetFields,
            TargetChanges changes,
            ConnectionResources resources,
            ConditionBudget budget,
            Limits limits) {
        this.targets = targets;
        this.targetFields = targetFields;
        this.changes = changes;
        this.resources = resources;
        this.budget = budget;
        this.limits = limits;
    }

    @Override
    public Part part() {
        return Part.CONNECTIONS;
    }

    private List<Target> all(String tenantId) {
        return targets.ofTenant(tenantId).stream()
                .filter(target -> target.type() == Target.Type.CONNECTION)
                .toList();
    }

    @Override
    public Object export(String tenantId) {
        return all(tenantId).stream().map(TargetInFile::connection).toList();
    }

    @Override
    public String tag(String tenantId, @Nullable Transaction tx) {
        return targets.versions(tx, tenantId, Target.Type.CONNECTION).toString();
    }

    @Override
    public Plan plan(Reading reading, @Nullable JsonNode given) {
        List<Target> all = all(reading.tenantId());
        if (given == null) {
            all.forEach(target -> reading.stands(target.name(), target.id()));
            all.forEach(target -> reading.stands(target.id(), target.id()));
            return Plan.none(all.size());
        }
        // A tenant that is above its limit keeps what it has.
        int most = Math.max(limits.of(reading.tenantId(), Limit.CONNECTIONS), all.size());
        List<JsonNode> file = reading.list(part(), given, most);
        Standing<Target> standing = new Standing<>(all, Target::id, Target::name);
        Expressions expressions = new Expressions();
        Wanted wanted = new Wanted(reading.tenantId());
        List<Target> after = new ArrayList<>();
        for (int i = 0; i < file.size(); i++) {
            Target old = standing.take(file.get(i));
            Target draft = read(reading, file.get(i), i, old, expressions);
            after.add(draft);
            wanted.add(draft, old, part().wireName() + "[" + i + "]");
        }
        refuseCostly(after, reading.errors());
        wanted.removed.addAll(standing.left());
        return wanted;
    }

    private Target read(Reading reading, JsonNode json, int i, @Nullable Target old, Expressions expressions) {
        String place = part().wireName() + "[" + i + "]";
        Instant age = reading.now().plusMillis(i);
        Target base = old == null ? Target.blankConnection(Ids.timeOrdered("con_", age), reading.tenantId(), age) : old;
        Target draft =
                targetFields.connection(reading.fields(reading.here(json), place), base, reading.now(), expressions);
        reading.is(place, draft.id(), draft.name());
        reading.stands(draft.name(), draft.id());
        reading.stands(json.path("id").asText(draft.id()), draft.id());
        if (draft.lacksSecret()) {
            reading.lacksSecret(place);
        }
        return draft;
    }

    private void refuseCostly(List<Target> connections, List<Problem.FieldError> errors) {
        connections.stream()
                .max(Comparator.comparingLong(target -> When.cost(List.of(target.when()))))
                .ifPresent(costliest -> budget.flaw(costliest, connections)
                        .ifPresent(flaw -> errors.add(new Problem.FieldError(
                                "connections[" + connections.indexOf(costliest) + "].when", flaw))));
    }

    private final class Wanted implements Plan {

        private final String tenantId;
        private final List<Target> created = new ArrayList<>();
        private final List<Target> changed = new ArrayList<>();
        private final List<Target> removed = new ArrayList<>();
        private final Map<String, Target> seen = new LinkedHashMap<>();
        private final Map<String, String> places = new HashMap<>();
        private int unchanged;

        private Wanted(String tenantId) {
            this.tenantId = tenantId;
        }

        private void add(Target draft, @Nullable Target old, String place) {
            if (old == null) {
                created.add(draft);
            } else if (draft.isSetLike(old)) {
                unchanged++;
            } else {
                changed.add(draft);
                seen.put(old.id(), old);
                places.put(old.id(), place);
            }
        }

        @Override
        public Map<String, Change> changes() {
            Map<String, Change> changes = new HashMap<>();
            for (Target draft : changed) {
                Target old = seen.getOrDefault(draft.id(), draft);
                changes.put(
                        draft.id(),
                        new Change(
                                places.getOrDefault(draft.id(), ""),
                                TargetInFile.connection(old),
                                TargetInFile.connection(draft)));
            }
            return changes;
        }

        @Override
        public Difference difference() {
            return new Difference(entries(created), entries(changed), entries(removed), unchanged);
        }

        private static List<Entry> entries(List<Target> targets) {
            return targets.stream()
                    .map(target -> new Entry(target.id(), target.name()))
                    .toList();
        }

        @Override
        public boolean stands(Transaction tx) {
            return Stream.concat(seen.values().stream(), removed.stream()).allMatch(then -> targets.find(tx, then.id())
                    .filter(now -> now.reach().keepsAs(then.reach()))
                    .isPresent());
        }

        @Override
        public @Nullable String write(Transaction tx, boolean discard) {
            int had = targets.connections(tx, tenantId);
            limits.check(tenantId, Limit.CONNECTIONS, "connections", had, had + created.size() - removed.size());
            Map<String, Register.Change<Target>> puts = new LinkedHashMap<>();
            Stream.concat(created.stream(), changed.stream())
                    .peek(draft -> resources.require(tx, draft, "connections \"" + draft.name() + "\": "))
                    .forEach(draft -> puts.put(draft.id(), row -> row == null ? draft : draft.onto(row)));
            long before = targets.length(tx, tenantId);
            targets.changeAll(tx, puts);
            String job = removed.isEmpty()
                    ? null
                    : changes.remove(tx, tenantId, removed, discard).job();
            TargetLength.check("connections", before, targets.length(tx, tenantId));
            return job;
        }
    }
}
