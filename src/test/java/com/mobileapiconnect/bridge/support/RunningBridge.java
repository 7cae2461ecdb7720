package com.mobileapiconnect.bridge.support;

import com.mobileapiconnect.bridge.BridgeApplication;
import com.mobileapiconnect.bridge.message.IdTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** The whole bridge in this process, on a port and a data directory of its own; loopback receivers are allowed. */
public final class RunningBridge implements AutoCloseable {

    public static final String TENANT_KEY = "sk_live_for-tests-only-0123456789abcdef";
    public static final String OPERATOR_KEY = "sk_operator_for-tests-only-0123456789ab";

    private static final Map<Kind, RunningBridge> SHARED = new HashMap<>(); // guarded by itself

    private final ConfigurableApplicationContext context;
    private final String tenantKey;
    private final boolean isShared;

    private record Kind(Database database, List<String> settings) {}

    private RunningBridge(ConfigurableApplicationContext context, String tenantKey, boolean isShared) {
        this.context = context;
        this.tenantKey = tenantKey;
        this.isShared = isShared;
    }

    /**
     * A bridge that all tests of this process share, as a tenant of its own: for tests that neither restart it nor look
     * at what the whole store has. Closing it leaves it running, without the tenant's targets.
     */
    public static RunningBridge shared(Database database, String... settings) {
        RunningBridge bridge;
        synchronized (SHARED) {
            bridge = SHARED.computeIfAbsent(
                    new Kind(database, List.of(settings)), kind -> start(directory(), database, settings));
        }
        String id = bridge.operator()
                .post("/v1/tenants", "{\"name\":\"Acme Corp\",\"allowedNetworks\":[\"127.0.0.0/8\",\"::1/128\"]}")
                .expect(201)
                .at("/id");
        String key = bridge.operator()
                .post("/v1/tenants/" + id + "/keys")
                .expect(201)
                .at("/key");
        return new RunningBridge(bridge.context, key, true);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("shared-bridge");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param settings beyond the usual, as {@code name=value} */
    public static RunningBridge start(Path dataDir, String... settings) {
        return start(List.of(), dataDir, settings);
    }

    /** On an empty database of this kind. */
    public static RunningBridge start(Path dataDir, Database database, String... settings) {
        return start(List.of(), dataDir, database, settings);
    }

    /** On an empty database of this kind, with beans that stand in for what lies outside the bridge. */
    public static RunningBridge start(List<Class<?>> more, Path dataDir, Database database, String... settings) {
        return start(
                more,
                dataDir,
                Stream.of(database.settings(), settings).flatMap(Stream::of).toArray(String[]::new));
    }

    /** @param more beans that stand in for what lies outside the bridge */
    public static RunningBridge start(List<Class<?>> more, Path dataDir, String... settings) {
        List<String> properties = new ArrayList<>(List.of(
                "server.port=0",
                "bridge.data-dir=" + dataDir,
                "bridge.bootstrap.api-key=" + TENANT_KEY,
                "bridge.bootstrap.tenant-name=Acme Corp",
                "bridge.operator-key=" + OPERATOR_KEY,
                "bridge.delivery-allowed-networks=127.0.0.0/8,::1/128",
                "logging.level.bridge.attempts=warn"));
        properties.addAll(List.of(settings));
        String[] arguments = properties.stream().map(p -> "--" + p).toArray(String[]::new);
        SpringApplicationBuilder application = new SpringApplicationBuilder(BridgeApplication.class);
        return new RunningBridge(
                application.sources(more.toArray(Class<?>[]::new)).run(arguments), TENANT_KEY, false);
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    public Api tenant() {
        return new Api(url(), tenantKey);
    }

    public Api operator() {
        return new Api(url(), OPERATOR_KEY);
    }

    public Api nobody() {
        return new Api(url(), null);
    }

    /** A tenant of its own, whose targets may be on this machine. */
    public NewTenant newTenant() {
        return newTenant("{\"name\":\"T\",\"allowedNetworks\":[\"127.0.0.0/8\"]}");
    }

    /** @param tenant as the operator writes it */
    public NewTenant newTenant(String tenant) {
        String id = operator().post("/v1/tenants", tenant).expect(201).at("/id");
        String key = operator().post("/v1/tenants/" + id + "/keys").expect(201).at("/key");
        return new NewTenant(id, operator().as(key));
    }

    /** @param api with the tenant's key */
    public record NewTenant(String id, Api api) {}

    /** A freshly paired phone. */
    public Api phone() {
        String token = tenant().post("/v1/devices", "{\"name\":\"Front desk\",\"number\":\"911234500000\"}")
                .expect(201)
                .at("/token");
        return new Api(url(), token);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** Runs at once, one after the other, all that the bridge does every few seconds or minutes. */
    public void runScheduled() {
        beans(ScheduledTaskHolder.class).forEach(holder -> holder.getScheduledTasks()
                .forEach(each -> each.getTask().getRunnable().run()));
    }

    @Override
    public void close() {
        if (isShared) {
            deleteTargets();
        } else {
            context.close();
            IdTimes.goByTheClock();
        }
    }

    private void deleteTargets() {
        for (String webhook : List.of("/v1/webhooks", "/v1/webhooks/operations")) {
            tenant().put(webhook, "{\"enabled\":false}").expect(200);
        }
        tenant().get("/v1/connections?limit=500").json().get("data").forEach(connection -> tenant().delete(
                        "/v1/connections/" + connection.get("id").asText() + "?discard=true"));
    }
}
