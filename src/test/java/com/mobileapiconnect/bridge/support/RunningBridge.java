package com.mobileapiconnect.bridge.support;

import com.mobileapiconnect.bridge.BridgeApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole bridge in this process, on a port and a data directory of its own; loopback receivers are allowed. */
public final class RunningBridge implements AutoCloseable {

    public static final String TENANT_KEY = "sk_live_for-tests-only-0123456789abcdef";
    public static final String OPERATOR_KEY = "sk_operator_for-tests-only-0123456789ab";

    private final ConfigurableApplicationContext context;

    private RunningBridge(ConfigurableApplicationContext context) {
        this.context = context;
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
                application.sources(more.toArray(Class<?>[]::new)).run(arguments));
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    public Api tenant() {
        return new Api(url(), TENANT_KEY);
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
        String key =
                operator().post("/v1/tenants/" + id + "/keys").expect(201).at("/key");
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

    @Override
    public void close() {
        context.close();
    }
}
