package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.config.Difference;
import com.mobileapiconnect.bridge.config.Part;
import com.mobileapiconnect.bridge.config.Reading;
import com.mobileapiconnect.bridge.config.Section;
import com.mobileapiconnect.bridge.store.Transaction;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A webhook that each tenant has once, in the configuration file; not enabled while it was never set. */
final class WebhookSection implements Section {

    private final Part part;
    private final Target.Type type;
    private final Targets targets;
    private final TargetFields targetFields;

    WebhookSection(Part part, Target.Type type, Targets targets, TargetFields targetFields) {
        this.part = part;
        this.type = type;
        this.targets = targets;
        this.targetFields = targetFields;
    }

    @Override
    public Part part() {
        return part;
    }

    private Target standing(String tenantId, Instant now) {
        return targets.single(tenantId, type).orElseGet(() -> UnsetWebhook.of(type, tenantId, now));
    }

    @Override
    public Object export(String tenantId) {
        return targets.single(tenantId, type).map(TargetInFile::webhook).orElse(Map.of("enabled", false));
    }

    @Override
    public String tag(String tenantId, @Nullable Transaction tx) {
        return targets.versions(tx, tenantId, type).toString();
    }

    @Override
    public Plan plan(Reading reading, @Nullable JsonNode given) {
        Target seen = standing(reading.tenantId(), reading.now());
        if (given == null) {
            return Plan.none(seen.version() == 0 ? 0 : 1);
        }
        reading.is(part.wireName(), seen.publicId(), seen.name());
        Target wanted = targetFields.webhook(reading.mapping(part, given), seen, reading.now());
        if (wanted.lacksSecret()) {
            reading.lacksSecret(part.wireName());
        }
        return new Wanted(seen, wanted, !wanted.isSetLike(seen));
    }

    private final class Wanted implements Plan {

        private final Target seen;
        private final Target wanted;
        private final boolean changed;

        private Wanted(Target seen, Target wanted, boolean changed) {
            this.seen = seen;
            this.wanted = wanted;
            this.changed = changed;
        }

        @Override
        public Difference difference() {
            Difference.Entry entry = new Difference.Entry(seen.publicId(), seen.name());
            return Difference.ofOne(entry, seen.version() == 0, changed);
        }

        @Override
        public Map<String, Change> changes() {
            return Map.of(
                    seen.publicId(),
                    new Change(part.wireName(), TargetInFile.webhook(seen), TargetInFile.webhook(wanted)));
        }

        @Override
        public boolean stands(Transaction tx) {
            Target now = targets.find(tx, seen.id()).orElse(null);
            return now == null
                    ? seen.version() == 0
                    : seen.version() > 0 && now.reach().keepsAs(seen.reach());
        }

        @Override
        public @Nullable String write(Transaction tx, boolean discard) {
            if (changed) {
                targets.change(tx, seen.id(), row -> row == null ? wanted : wanted.onto(row));
            }
            return null;
        }
    }
}
