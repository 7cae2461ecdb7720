package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.SettingRecords;
import com.mobileapiconnect.bridge.support.SettingRecords.Setting;
import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings have one record per prefix and one default each, in application.yaml; each is read. */
class SettingsTest {

    @Test
    void noTwoRecordsBindTheSamePrefix() {
        assertThat(SettingRecords.records().stream().map(SettingRecords::prefix).toList())
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates();
    }

    @Test
    void applicationYamlHasEveryKeyThatIsBoundAndNoOther() {
        Set<String> bound =
                SettingRecords.all().stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new));

        assertThat(SettingRecords.defaults().keySet()).isEqualTo(bound);
    }

    @Test
    void noDefaultStandsInARecordToo() {
        assertThat(SettingRecords.all().stream()
                        .filter(setting -> List.of(setting.component()
                                        .getDeclaringRecord()
                                        .getDeclaredConstructors()[0]
                                        .getParameters())
                                .stream()
                                .anyMatch(parameter -> parameter.isAnnotationPresent(DefaultValue.class)))
                        .map(Setting::key))
                .isEmpty();
    }

    @Test
    void everySettingIsReadByTheBridge() {
        assertThat(SettingRecords.all().stream()
                        .filter(setting -> !isRead(setting.component()))
                        .map(Setting::key))
                .isEmpty();
    }

    private static boolean isRead(RecordComponent component) {
        JavaClass owner = SettingRecords.product().get(component.getDeclaringRecord());
        return !owner.getMethod(component.getName()).getAccessesToSelf().isEmpty()
                || owner.getField(component.getName()).getAccessesToSelf().stream()
                        .anyMatch(access -> !Set.of("<init>", component.getName(), "toString", "equals", "hashCode")
                                .contains(access.getOrigin().getName()));
    }
}
