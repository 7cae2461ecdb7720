package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mobileapiconnect.bridge.lane.OutboxSettings;
import com.mobileapiconnect.bridge.support.SettingRecords;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A value that cannot be meant stops the start, with one line: the variable, the value, and what is allowed. */
class SettingValuesTest {

    private static final String TIME = ", like P90D (days), PT10M (minutes) or PT30S (seconds)";

    private static Object bind(String name, String value) {
        Map<String, Object> settings = SettingRecords.defaults();
        settings.put(name, value);
        SettingRecords.Setting setting = SettingRecords.all().stream()
                .filter(each -> each.key().equals(name))
                .findFirst()
                .orElseThrow();
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind(setting.prefix(), Bindable.of(setting.record()), new SettingValues().apply(BindHandler.DEFAULT))
                .get();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bridge.retention.messages | 90 | BRIDGE_RETENTION_MESSAGES=90 has no unit: write a time from PT10S to P36525D",
                "bridge.retention.messages | 0 | BRIDGE_RETENTION_MESSAGES=0 has no unit: write a time",
                "bridge.retention.messages | 90.5 | BRIDGE_RETENTION_MESSAGES=90.5 cannot be read: write a time",
                "bridge.retention.messages | 90 days | BRIDGE_RETENTION_MESSAGES=90 days cannot be read: write a time",
                "bridge.retention.messages | P3M | BRIDGE_RETENTION_MESSAGES=P3M cannot be read: write a time",
                "bridge.retention.messages | PT0S | BRIDGE_RETENTION_MESSAGES=PT0S is too short: write a time",
                "bridge.retention.outgoing | -P1D | BRIDGE_RETENTION_OUTGOING=-P1D is too short: write a time from P1D",
                "bridge.retention.outgoing | 23h | BRIDGE_RETENTION_OUTGOING=23h is too short: write a time from P1D",
                "bridge.retention.audit | +400 | BRIDGE_RETENTION_AUDIT=+400 has no unit: write a time",
                "bridge.retention.bodies | P99999999D | BRIDGE_RETENTION_BODIES=P99999999D is too long: write a time",
                "bridge.reply.sweep-every | 0s | BRIDGE_REPLY_SWEEP_EVERY=0s is too short: write a time from PT0.1S to PT1H",
                "bridge.outbox.sweep-every | -1s | BRIDGE_OUTBOX_SWEEP_EVERY=-1s is too short: write a time",
                "bridge.backup.every | 24 | BRIDGE_BACKUP_EVERY=24 has no unit: write 0, or a time",
                "bridge.outbox.memory | 24 | BRIDGE_OUTBOX_MEMORY=24 has no unit: write a size from 1MB to 1024GB, like 64MB",
                "bridge.outbox.memory | 24 megabytes | BRIDGE_OUTBOX_MEMORY=24 megabytes cannot be read: write a size",
                "bridge.outbox.memory | 1KB | BRIDGE_OUTBOX_MEMORY=1KB is too small: write a size",
                "bridge.request.memory | 5000 | BRIDGE_REQUEST_MEMORY=5000 has no unit: write 0, or a size",
                "bridge.store.readers | 0 | BRIDGE_STORE_READERS=0 is too small: write a whole number from 1 to 64",
                "bridge.store.readers | 65 | BRIDGE_STORE_READERS=65 is too large: write a whole number from 1 to 64",
                "bridge.store.readers | two | BRIDGE_STORE_READERS=two cannot be read: write a whole number from 1 to 64",
                "bridge.store.readers | 2.5 | BRIDGE_STORE_READERS=2.5 cannot be read: write a whole number",
                "bridge.store.readers | 99999999999 | BRIDGE_STORE_READERS=99999999999 cannot be read: write a whole number",
                "bridge.connection.most | -1 | BRIDGE_CONNECTION_MOST=-1 is too small: write a whole number from 0",
                "bridge.rules.budget | 0 | BRIDGE_RULES_BUDGET=0 is too small: write a whole number from 100000",
                "bridge.tenant.limits.actions-per-message | 0 | BRIDGE_TENANT_LIMITS_ACTIONS_PER_MESSAGE=0 is too small: write a whole number",
            })
    void isRefused(String name, String value, String line) {
        FailureAnalysis told = new StartFailure().analyze(catchThrowable(() -> bind(name, value)));

        assertThat(told).isNotNull();
        assertThat(told.getDescription()).startsWith(line).hasLineCount(1);
        if (line.contains("a time")) {
            assertThat(told.getDescription()).endsWith(TIME);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BRIDGE_OUTBOX_SWEEP_EVERY", "BRIDGE_OUTBOX_SWEEPEVERY"})
    void isRefusedUnderTheVariableThatWasWritten(String variable) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, "30")));
        sources.addLast(new MapPropertySource("application.yaml", SettingRecords.defaults()));
        Binder binder = new Binder(ConfigurationPropertySources.from(sources));

        assertThat(new StartFailure()
                        .analyze(catchThrowable(() -> binder.bind(
                                "bridge.outbox",
                                Bindable.of(OutboxSettings.class),
                                new SettingValues().apply(BindHandler.DEFAULT)))))
                .extracting(FailureAnalysis::getDescription)
                .asString()
                .startsWith(variable + "=30 has no unit");
    }

    @ParameterizedTest
    @CsvSource({
        "bridge.retention.messages, P90D",
        "bridge.retention.messages, 90d",
        "bridge.retention.messages, 2160h",
        "bridge.retention.outgoing, PT24H",
        "bridge.backup.every, 0",
        "bridge.backup.every, PT0S",
        "bridge.target.rotation-overlap, 0",
        "bridge.outbox.memory, 64MB",
        "bridge.request.memory, 0",
        "bridge.store.readers, 64",
        "bridge.reply.per-number-in-a-day, 0",
    })
    void isTaken(String name, String value) {
        assertThat(bind(name, value)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator-key", "master-key"})
    void aSecretIsBoundAsItIsWhateverItLooksLike(String name) {
        assertThat(bind("bridge." + name, "90")).asString().doesNotContain("90");
    }

    @Test
    void everyNumberDurationAndSizeHasBoundsThatItsDefaultKeeps() {
        assertThat(SettingRecords.all().stream()
                        .filter(SettingRecords.Setting::lacksBounds)
                        .map(SettingRecords.Setting::key))
                .as("settings without @Bounds")
                .isEmpty();
        SettingRecords.all().forEach(setting -> assertThat(bind(
                        setting.key(),
                        SettingRecords.defaults().get(setting.key()).toString()))
                .as(setting.key())
                .isNotNull());
    }
}
