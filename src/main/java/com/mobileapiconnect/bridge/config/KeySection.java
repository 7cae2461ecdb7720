package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.config.Difference.Entry;
import com.mobileapiconnect.bridge.store.Transaction;
import com.mobileapiconnect.bridge.tenant.Caller;
import com.mobileapiconnect.bridge.tenant.Credential;
import com.mobileapiconnect.bridge.tenant.Keys;
import com.mobileapiconnect.bridge.tenant.Limit;
import com.mobileapiconnect.bridge.tenant.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A tenant's API keys in its configuration file: names, scopes and ends. A file makes the keys that are missing and revokes
 * none: what it revoked it could not bring back, and it might be the key of the very caller.
 */
@Component
class KeySection implements Section {

    private static final String[] NAMES = {"name", "scopes", "expiresAt"};

    private final Keys keys;
    private final Limits limits;

    KeySection(Keys keys, Limits limits) {
        this.keys = keys;
        this.limits = limits;
    }

    @Override
    public Part part() {
        return Part.KEYS;
    }

    @Override
    public Object export(String tenantId) {
        return keys.inFile(tenantId);
    }

    @Override
    public String tag(String tenantId, @Nullable Transaction tx) {
        return tag(keys.all(tx, tenantId));
    }

    private static String tag(List<Credential> all) {
        return all.stream()
                .map(key -> key.id() + "=" + key.version())
                .sorted()
                .toList()
                .toString();
    }

    @Override
    public Plan plan(Reading reading, @Nullable JsonNode given) {
        List<Credential> all = new ArrayList<>(keys.all(null, reading.tenantId()));
        if (given == null) {
            return Plan.none(all.size());
        }
        int most = Math.max(limits.of(reading.tenantId(), Limit.KEYS), all.size());
        List<JsonNode> file = reading.list(part(), given, most);
        Standing<Credential> standing = new Standing<>(all, Credential::id, Credential::name);
        Wanted wanted = new Wanted(reading.who(), reading.tenantId(), tag(all));
        for (int i = 0; i < file.size(); i++) {
            Fields fields = reading.fields(file.get(i), part().wireName() + "[" + i + "]")
                    .allow(NAMES);
            if (!fields.has("name")) {
                fields.wrong("name", "must be given");
            }
            wanted.add(standing.take(file.get(i)), fields, reading.now().plusMillis(i), i);
        }
        return wanted;
    }

    private final class Wanted implements Plan {

        private final Caller who;
        private final String tenantId;
        private final String seen;
        private final List<Credential.Issued> created = new ArrayList<>();
        private final List<Credential> changed = new ArrayList<>();
        private final Map<String, Change> changes = new HashMap<>();
        private int unchanged;

        private Wanted(Caller who, String tenantId, String seen) {
            this.who = who;
            this.tenantId = tenantId;
            this.seen = seen;
        }

        private void add(@Nullable Credential old, Fields fields, Instant now, int i) {
            if (old == null) {
                created.add(keys.issue(tenantId, fields, now));
                return;
            }
            Credential wanted = keys.changed(old, fields, now);
            if (wanted == old) {
                unchanged++;
            } else {
                changed.add(wanted);
                String place = part().wireName() + "[" + i + "]";
                changes.put(old.id(), new Change(place, Keys.inFile(old), Keys.inFile(wanted)));
            }
        }

        @Override
        public Map<String, Change> changes() {
            return changes;
        }

        @Override
        public Difference difference() {
            return new Difference(
                    created.stream().map(Wanted::entry).toList(),
                    changed.stream().map(key -> new Entry(key.id(), key.name())).toList(),
                    List.of(),
                    unchanged);
        }

        private static Entry entry(Credential.Issued issued) {
            Credential key = issued.credential();
            return new Entry(key.id(), key.name(), null, null, issued.key().reveal());
        }

        @Override
        public boolean stands(Transaction tx) {
            return tag(tenantId, tx).equals(seen);
        }

        @Override
        public @Nullable String write(Transaction tx, boolean discard) {
            if (!created.isEmpty() || !changed.isEmpty()) {
                List<Credential> made =
                        created.stream().map(Credential.Issued::credential).toList();
                keys.save(tx, who, tenantId, made, changed);
            }
            return null;
        }
    }
}
