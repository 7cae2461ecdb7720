package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.setting.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/**
 * Refuses, before anything else starts, names that begin like the bridge's settings and are none: a misspelt setting
 * would have no effect, and nobody would be told. The settings are the keys of {@code application.yaml}.
 */
final class SettingNames implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String VARIABLE = "BRIDGE_";
    private static final String PROPERTY = "bridge.";
    private static final Pattern INDEX = Pattern.compile("(\\[\\d+]|_\\d+)$");

    /** Names by which a Kubernetes service that is called bridge, or bridge-…, and a linked container present themselves. */
    private static final Pattern SERVICE = Pattern.compile(
            "BRIDGE_([A-Z0-9_]+_)?(SERVICE_(HOST|PORT(_\\w+)?)|PORT_\\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)");

    private static final Pattern SERVICE_PORT = Pattern.compile("BRIDGE_([A-Z0-9_]+_)?PORT");
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    /** Settings of the server that somebody may look for under our prefix. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "BRIDGE_PORT", "SERVER_PORT",
            "BRIDGE_SERVER_PORT", "SERVER_PORT",
            "BRIDGE_ADDRESS", "SERVER_ADDRESS",
            "BRIDGE_SERVER_ADDRESS", "SERVER_ADDRESS");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Set<String> known = known();
        List<String> refused = new ArrayList<>();
        for (PropertySource<?> source : context.getEnvironment().getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> names) {
                boolean variables = isEnvironment(source, context.getEnvironment());
                Stream.of(names.getPropertyNames())
                        .filter(name ->
                                (variables && name.toUpperCase(Locale.ROOT).startsWith(VARIABLE))
                                        ? !isVariable(name, String.valueOf(source.getProperty(name)), known)
                                        : name.startsWith(PROPERTY) && !isProperty(name, known))
                        .sorted()
                        .map(name -> refusal(name, known))
                        .forEach(refused::add);
            }
        }
        if (!refused.isEmpty()) {
            throw new BadSettingException(String.join("\n", refused));
        }
    }

    private static boolean isEnvironment(PropertySource<?> source, ConfigurableEnvironment environment) {
        return source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                || source.getSource() == environment.getSystemEnvironment();
    }

    private static boolean isVariable(String name, String value, Set<String> known) {
        boolean ofAService = SERVICE.matcher(name).matches()
                || (SERVICE_PORT.matcher(name).matches()
                        && SERVICE_ADDRESS.matcher(value).matches());
        return ofAService || spellings(known).contains(INDEX.matcher(name).replaceFirst(""));
    }

    /** Returns the two spellings that Spring reads: {@code BRIDGE_DATA_DIR} and {@code BRIDGE_DATADIR}. */
    private static Set<String> spellings(Collection<String> known) {
        return known.stream()
                .flatMap(key -> Stream.of(SettingValues.variable(key), SettingValues.variable(key.replace("-", ""))))
                .collect(Collectors.toSet());
    }

    private static boolean isProperty(String name, Set<String> known) {
        String plain = plain(INDEX.matcher(name).replaceFirst(""));
        return known.stream().anyMatch(key -> plain(key).equals(plain));
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String refusal(String name, Set<String> known) {
        String variable = SettingValues.variable(name);
        boolean asVariable = !name.startsWith(PROPERTY);
        String meant = OTHERWISE.get(variable);
        if (meant == null) {
            meant = Nearest.to(
                            variable,
                            known.stream().map(SettingValues::variable).toList())
                    .orElse(null);
        }
        String shown = meant == null || asVariable ? meant : property(meant, known);
        return name + " is no setting of the bridge."
                + (shown == null ? "" : " Did you mean " + shown + "?")
                + " docs/configuration.md has all of them.";
    }

    private static String property(String variable, Set<String> known) {
        return known.stream()
                .filter(key -> SettingValues.variable(key).equals(variable))
                .findFirst()
                .orElse(variable);
    }

    /** Returns all settings, as properties. */
    private static Set<String> known() {
        try {
            Set<String> known = new TreeSet<>();
            for (PropertySource<?> source :
                    new YamlPropertySourceLoader().load("settings", new ClassPathResource("application.yaml"))) {
                Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames())
                        .filter(key -> key.startsWith(PROPERTY))
                        .map(key -> INDEX.matcher(key).replaceFirst(""))
                        .forEach(known::add);
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException("application.yaml cannot be read", e);
        }
    }
}
