package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.ClassPathResource;

/** Settings have one record per prefix and one default each, in application.yaml; each is read. */
class SettingsTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.mobileapiconnect.bridge");

    private record Setting(String key, RecordComponent component) {}

    @Test
    void noTwoRecordsBindTheSamePrefix() {
        assertThat(records().stream().map(SettingsTest::prefix).toList())
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates();
    }

    @Test
    void applicationYamlHasEveryKeyThatIsBoundAndNoOther() {
        Set<String> bound = settings().stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new));

        assertThat(keysOfTheBridge()).isEqualTo(bound);
    }

    @Test
    void noDefaultStandsInARecordToo() {
        assertThat(settings().stream()
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
        assertThat(settings().stream()
                        .filter(setting -> !isRead(setting.component()))
                        .map(Setting::key))
                .isEmpty();
    }

    private static boolean isRead(RecordComponent component) {
        JavaClass owner = PRODUCT.get(component.getDeclaringRecord());
        return !owner.getMethod(component.getName()).getAccessesToSelf().isEmpty()
                || owner.getField(component.getName()).getAccessesToSelf().stream()
                        .anyMatch(access -> !Set.of("<init>", component.getName(), "toString", "equals", "hashCode")
                                .contains(access.getOrigin().getName()));
    }

    private static Set<String> keysOfTheBridge() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        return yaml.getObject().keySet().stream()
                .map(Object::toString)
                .filter(key -> key.startsWith("bridge."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        records().forEach(record -> collect(prefix(record), record, settings));
        return settings;
    }

    private static void collect(String prefix, Class<?> record, List<Setting> into) {
        for (RecordComponent component : record.getRecordComponents()) {
            String key = prefix + "." + dashed(component.getName());
            if (component.getType().isRecord()) {
                collect(key, component.getType(), into);
            } else {
                into.add(new Setting(key, component));
            }
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<Class<?>> records() {
        return PRODUCT.stream()
                .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
    }

    private static String prefix(Class<?> record) {
        return record.getAnnotation(ConfigurationProperties.class).value();
    }
}
