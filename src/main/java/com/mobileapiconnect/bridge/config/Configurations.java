package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.api.IfMatch;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Audit;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The whole configuration of a tenant: given out, compared with a file, and changed to be as the file, at once or not at all. */
@Component
class Configurations {

    static final int VERSION = 1;
    private static final String[] NAMES = Stream.concat(
                    Stream.of("version"), Arrays.stream(Part.values()).map(WireName::wireName))
            .toArray(String[]::new);

    private final List<Section> sections;
    private final OneByOne turns;
    private final Audit audit;
    private final Clock clock;
    private final ReentrantLock exporting = new ReentrantLock();

    Configurations(List<Section> sections, OneByOne turns, Audit audit, Clock clock) {
        this.sections =
                sections.stream().sorted(Comparator.comparing(Section::part)).toList();
        this.turns = turns;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param discard also removes what has unfinished deliveries */
    record How(boolean discard, IfMatch ifMatch, @Nullable String note) {}

    /**
     * The changes that were made, or would be.
     *
     * @param leftOut number of values that change and are not said, because there are too many
     * @param tag of the configuration then
     * @param job ends the unfinished deliveries of what was removed; null if there are none
     */
    record Result(
            Map<Part, Difference> differences,
            List<Reading.Need> needs,
            int leftOut,
            String tag,
            @Nullable String job) {

        boolean isNone() {
            return differences.values().stream().allMatch(Difference::isNone);
        }
    }

    /**
     * Writes the file of a tenant, one part after the other: each exists as a tree while it is written, so there is one at a
     * time.
     */
    void export(String tenantId, Consumer<String> to) {
        exporting.lock();
        try {
            ConfigYaml.write(Map.of("version", VERSION), to);
            for (Section section : sections) {
                Object part = Placeholders.escaped(section.export(tenantId));
                ConfigYaml.write(Collections.singletonMap(section.part().wireName(), part), to);
            }
        } finally {
            exporting.unlock();
        }
    }

    String tag(String tenantId, @Nullable Transaction tx) {
        return ConfigTag.of(
                sections.stream().map(section -> section.tag(tenantId, tx)).toList());
    }

    /** The file, held against what there is. */
    private record Attempt(Map<Part, Section.Plan> plans, List<Reading.Need> needs) {

        Section.Plan plan(Part part) {
            return plans.getOrDefault(part, Section.Plan.none(0));
        }

        Map<Part, Difference> differences() {
            Map<Part, Difference> differences = new EnumMap<>(Part.class);
            plans.forEach((part, plan) -> differences.put(part, plan.difference()));
            return differences;
        }
    }

    /** Throws a 422 {@link Problem} that names each mistake. */
    Result compare(Caller who, String tenantId, JsonNode file, IfMatch ifMatch) {
        String tag = tag(tenantId, null); // first: a change meanwhile is then compared under a tag that is outdated
        Attempt attempt = attempt(who, tenantId, file);
        ifMatch.check(tag);
        FieldChanges changes = new FieldChanges();
        Map<Part, Difference> examples = attempt.differences();
        examples.replaceAll((part, difference) -> {
            Map<String, Section.Change> inside = attempt.plan(part).changes();
            return difference.asExample(entry -> {
                Section.Change change = inside.get(entry.id());
                return change == null ? List.of() : changes.of(change, at(file, change.place()));
            });
        });
        return new Result(examples, attempt.needs(), changes.leftOut(), tag, null);
    }

    /** Returns the entry of a file at a place such as {@code rules[2]}. */
    private static JsonNode at(JsonNode file, String place) {
        int bracket = place.indexOf('[');
        return bracket < 0
                ? file.path(place)
                : file.path(place.substring(0, bracket))
                        .path(Integer.parseInt(place, bracket + 1, place.length() - 1, 10));
    }

    /** Throws a 422 {@link Problem} that names each mistake; nothing is changed then. */
    Result apply(Caller who, String tenantId, JsonNode file, How how) {
        return turns.until(tenantId, () -> {
            Attempt attempt = attempt(who, tenantId, file);
            return audit.change(who, tenantId, tx -> write(tx, tenantId, attempt, how), done -> done.filter(
                            result -> !result.isNone())
                    .map(result -> new Audit.Entry("config.apply", tenantId, summary(result, how)))
                    .orElse(null));
        });
    }

    private Attempt attempt(Caller who, String tenantId, JsonNode file) {
        try {
            Reading reading = new Reading(who, tenantId, WireTime.truncate(clock.instant()));
            Fields.of(file, "", reading.errors()).allow(NAMES).integer("version", VERSION, VERSION, VERSION);
            reading.orThrow();
            Map<Part, Section.Plan> plans = new EnumMap<>(Part.class);
            for (Section section : sections) {
                JsonNode given = file.path(section.part().wireName());
                plans.put(
                        section.part(), section.plan(reading, given.isNull() || given.isMissingNode() ? null : given));
            }
            reading.orThrow();
            plans.values().forEach(Section.Plan::prepare);
            return new Attempt(plans, reading.needs());
        } catch (Problem problem) {
            throw Quotes.named(problem, file);
        }
    }

    /** Returns empty if another change has meanwhile altered the basis of the comparison. */
    private Optional<Result> write(Transaction tx, String tenantId, Attempt attempt, How how) {
        how.ifMatch().check(tag(tenantId, tx));
        if (!attempt.plans().values().stream().allMatch(plan -> plan.stands(tx))) {
            return Optional.empty();
        }
        List<String> jobs = new ArrayList<>();
        attempt.plans().values().forEach(plan -> {
            String job = plan.write(tx, how.discard());
            if (job != null) {
                jobs.add(job);
            }
        });
        return Optional.of(new Result(
                attempt.differences(), attempt.needs(), 0, tag(tenantId, tx), jobs.isEmpty() ? null : jobs.get(0)));
    }

    private static String summary(Result result, How how) {
        String counts = result.differences().entrySet().stream()
                .filter(part -> !part.getValue().isNone())
                .map(part -> part.getKey().wireName() + " " + part.getValue().counts())
                .collect(Collectors.joining(", "));
        return how.note() == null ? counts : how.note() + ": " + counts;
    }
}
