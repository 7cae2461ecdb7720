package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says what the bridge runs with, so that a setting without the effect that was meant is seen at once; no secrets. */
@Component
class StartedWith {

    private static final Logger LOG = LoggerFactory.getLogger(StartedWith.class);
    private static final List<String> PERIODS = List.of("messages", "attempts", "bodies", "outgoing", "audit", "jobs");
    private static final int MOST_NETWORKS = 10;

    private final BridgeSettings settings;
    private final DatabaseSettings database;
    private final Store store;
    private final Tenants tenants;
    private final PublicUrl url;
    private final Environment environment;

    StartedWith(
            BridgeSettings settings,
            DatabaseSettings database,
            Store store,
            Tenants tenants,
            PublicUrl url,
            Environment environment) {
        this.settings = settings;
        this.database = database;
        this.store = store;
        this.tenants = tenants;
        this.url = url;
        this.environment = environment;
    }

    @EventListener(ApplicationStartedEvent.class)
    void say() {
        LOG.info("Database: {}", store.dialect().describe());
        LOG.info(
                "Data directory: {}",
                database.onPostgres()
                        ? "none, because PostgreSQL keeps everything"
                        : settings.dataDir().toAbsolutePath().normalize());
        LOG.info("Networks that may be called: {}", networks());
        LOG.info(
                "Retention: {}",
                PERIODS.stream()
                        .map(name -> name + " " + environment.getProperty("bridge.retention." + name))
                        .collect(Collectors.joining(", ")));
        LOG.info(
                "Phones and gateways reach it at {}{}",
                url.of(""),
                settings.publicUrl().isBlank() ? ", from this machine alone: set BRIDGE_PUBLIC_URL for others" : "");
    }

    private String networks() {
        Map<String, Integer> allowed = new TreeMap<>();
        tenants.all().stream()
                .flatMap(tenant -> tenant.allowedNetworks().toStrings().stream())
                .forEach(network -> allowed.merge(network, 1, Integer::sum));
        String more = allowed.size() > MOST_NETWORKS ? " and " + (allowed.size() - MOST_NETWORKS) + " others" : "";
        return Stream.concat(
                        Stream.of("public ones"),
                        allowed.entrySet().stream()
                                .limit(MOST_NETWORKS)
                                .map(each -> each.getKey() + " (" + each.getValue()
                                        + (each.getValue() == 1 ? " tenant)" : " tenants)")))
                .collect(Collectors.joining(", ", "", more));
    }
}
