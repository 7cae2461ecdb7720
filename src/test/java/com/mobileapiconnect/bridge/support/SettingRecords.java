package com.mobileapiconnect.bridge.support;

import com.mobileapiconnect.bridge.setting.Allowed;
import com.mobileapiconnect.bridge.setting.Bounds;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.ClassPathResource;

/** The settings of the bridge as its records declare them, and their defaults. */
public final class SettingRecords {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.mobileapiconnect.bridge");

    private SettingRecords() {}

    /** @param record the one that Spring binds; the component may be in a record within it */
    public record Setting(String prefix, String key, Class<?> record, RecordComponent component) {

        public Optional<Allowed> allowed() {
            return Allowed.of(component.getType(), component.getAnnotation(Bounds.class));
        }

        public boolean lacksBounds() {
            return Allowed.bounded(component.getType()) && allowed().isEmpty();
        }
    }

    public static JavaClasses product() {
        return PRODUCT;
    }

    public static List<Class<?>> records() {
        return Found.RECORDS;
    }

    /** Looked for once: there are two thousand classes, and each setting is asked for many times. */
    private static final class Found {

        static final List<Class<?>> RECORDS = PRODUCT.stream()
                .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                .<Class<?>>map(JavaClass::reflect)
                .sorted(Comparator.comparing(SettingRecords::prefix))
                .toList();
        static final Map<String, Object> DEFAULTS = readDefaults();
    }

    public static String prefix(Class<?> record) {
        return record.getAnnotation(ConfigurationProperties.class).value();
    }

    public static List<Setting> all() {
        List<Setting> settings = new ArrayList<>();
        records().forEach(record -> collect(record, prefix(record), record, settings));
        return settings;
    }

    private static void collect(Class<?> bound, String below, Class<?> record, List<Setting> into) {
        for (RecordComponent component : record.getRecordComponents()) {
            String key = below + "." + dashed(component.getName());
            if (component.getType().isRecord()) {
                collect(bound, key, component.getType(), into);
            } else {
                into.add(new Setting(prefix(bound), key, bound, component));
            }
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Returns the keys of the bridge in application.yaml with their values; the caller may change them. */
    public static Map<String, Object> defaults() {
        return new TreeMap<>(Found.DEFAULTS);
    }

    private static Map<String, Object> readDefaults() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        Map<String, Object> defaults = new TreeMap<>();
        yaml.getObject().forEach((key, value) -> {
            if (key.toString().startsWith("bridge.")) {
                defaults.put(key.toString(), value);
            }
        });
        return defaults;
    }
}
