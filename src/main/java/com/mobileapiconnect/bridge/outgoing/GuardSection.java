package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.config.Difference;
import com.mobileapiconnect.bridge.config.Part;
import com.mobileapiconnect.bridge.config.Reading;
import com.mobileapiconnect.bridge.config.Section;
import com.mobileapiconnect.bridge.message.WireName;
import com.mobileapiconnect.bridge.store.Transaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The guards of a tenant's customers in its configuration file: quiet hours, HELP, and the words for STOP and START. */
@Component
class GuardSection implements Section {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ID = "guards";
    private static final String[] NAMES = Stream.concat(
                    Stream.of(QuietHours.NAME, HelpAnswer.NAME), Stream.of(TenantWordFields.NAMES))
            .toArray(String[]::new);

    private final SmsPolicy policy;
    private final OptOutVocabulary vocabulary;

    GuardSection(SmsPolicy policy, OptOutVocabulary vocabulary) {
        this.policy = policy;
        this.vocabulary = vocabulary;
    }

    /** Both settings of a tenant, as they are written. */
    private record Settings(SmsSettings settings, TenantWords words) {

        boolean isNone() {
            return isLike(
                    new Settings(SmsSettings.none(settings.tenantId()), TenantWords.standard(settings.tenantId())));
        }

        boolean isLike(Settings other) {
            return written().equals(other.written());
        }

        Map<String, @Nullable Object> written() {
            QuietHours quiet = settings.quiet();
            HelpAnswer help = settings.help();
            List<OptOutLanguage> languages = words.languages();
            Map<String, @Nullable Object> file = new LinkedHashMap<>();
            file.put(QuietHours.NAME, quiet == null ? null : plain(quiet.source()));
            file.put(HelpAnswer.NAME, help == null ? null : plain(help));
            file.put(
                    "languages",
                    languages == null
                            ? null
                            : languages.stream().map(WireName::wireName).toList());
            file.put("optOutWords", words.optOutWords());
            file.put("optInWords", words.optInWords());
            return file;
        }

        private static Map<String, Object> plain(Object object) {
            return JSON.convertValue(object, new TypeReference<Map<String, Object>>() {});
        }
    }

    @Override
    public Part part() {
        return Part.GUARDS;
    }

    private Settings of(String tenantId, @Nullable Transaction tx) {
        return tx == null
                ? new Settings(policy.of(tenantId), vocabulary.setBy(tenantId))
                : new Settings(policy.of(tx, tenantId), vocabulary.setBy(tx, tenantId));
    }

    @Override
    public Object export(String tenantId) {
        return of(tenantId, null).written();
    }

    @Override
    public String tag(String tenantId, @Nullable Transaction tx) {
        return of(tenantId, tx).written().toString();
    }

    @Override
    public Plan plan(Reading reading, @Nullable JsonNode given) {
        Settings seen = of(reading.tenantId(), null);
        if (given == null) {
            return Plan.none(seen.isNone() ? 0 : 1);
        }
        Fields fields = reading.mapping(part(), given).allow(NAMES);
        Settings wanted = new Settings(
                new SmsSettings(reading.tenantId(), QuietHours.read(fields), HelpAnswer.read(fields)),
                TenantWordFields.read(fields, reading.tenantId()));
        return new Wanted(seen, wanted);
    }

    private final class Wanted implements Plan {

        private final Settings seen;
        private final Settings wanted;

        private Wanted(Settings seen, Settings wanted) {
            this.seen = seen;
            this.wanted = wanted;
        }

        private boolean isChanged() {
            return !wanted.isLike(seen);
        }

        @Override
        public Difference difference() {
            return Difference.ofOne(new Difference.Entry(ID, "Guards"), seen.isNone(), isChanged());
        }

        @Override
        public Map<String, Change> changes() {
            return Map.of(ID, new Change(part().wireName(), seen.written(), wanted.written()));
        }

        @Override
        public boolean stands(Transaction tx) {
            return of(seen.settings().tenantId(), tx).isLike(seen);
        }

        @Override
        public @Nullable String write(Transaction tx, boolean discard) {
            if (isChanged()) {
                policy.set(tx, wanted.settings());
                vocabulary.set(tx, wanted.words());
            }
            return null;
        }
    }
}
