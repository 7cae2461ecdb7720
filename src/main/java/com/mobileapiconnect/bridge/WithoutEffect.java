package com.mobileapiconnect.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;

/** Says which settings were given that have no effect at this start, so that nobody believes that they have. */
@Component
class WithoutEffect {

    private static final Logger LOG = LoggerFactory.getLogger(WithoutEffect.class);
    /** Begins the names of the bridge's own files, which are defaults and given by nobody. */
    private static final String OWN_FILE = "Config resource";
    /** The name under which Spring Boot shows all sources once more. */
    private static final String ALL = "configurationProperties";

    private final DatabaseSettings database;
    private final FirstRun run;
    private final ConfigurableEnvironment environment;

    WithoutEffect(DatabaseSettings database, FirstRun run, ConfigurableEnvironment environment) {
        this.database = database;
        this.run = run;
        this.environment = environment;
    }

    @EventListener(ApplicationStartedEvent.class)
    void say() {
        of(environment, database.onPostgres(), run.isFirst()).forEach(LOG::info);
    }

    static List<String> of(ConfigurableEnvironment environment, boolean onPostgres, boolean first) {
        List<String> said = new ArrayList<>();
        if (onPostgres) {
            String why = "without effect, because PostgreSQL keeps everything";
            add(said, environment, why, "data-dir", "backup.dir", "backup.keep");
        } else {
            String why = "without effect without BRIDGE_DATABASE_URL";
            add(said, environment, why, "database.answer-within", "database.standby");
        }
        if (first) {
            String why = "without effect, because nothing is sealed with another key yet";
            add(said, environment, why, "master-key-previous");
        } else {
            add(
                    said,
                    environment,
                    "without effect, because it counts on the first start alone; afterwards the tenant has it: PATCH"
                            + " /v1/tenants/{id}, POST /v1/tenants/{id}/keys",
                    "delivery-allowed-networks",
                    "bootstrap.api-key",
                    "bootstrap.tenant-name",
                    "bootstrap.region");
        }
        return said;
    }

    private static void add(List<String> said, ConfigurableEnvironment environment, String why, String... names) {
        String given = Stream.of(names)
                .map(name -> "bridge." + name)
                .filter(name -> isGiven(environment, name))
                .map(name -> name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'))
                .collect(Collectors.joining(", "));
        if (!given.isEmpty()) {
            said.add("Given " + why + ": " + given);
        }
    }

    private static boolean isGiven(ConfigurableEnvironment environment, String name) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            Object value = source.getName().equals(ALL) || source.getName().startsWith(OWN_FILE)
                    ? null
                    : source.getProperty(name);
            if (value != null && !value.toString().isBlank()) {
                return true;
            }
        }
        return false;
    }
}
