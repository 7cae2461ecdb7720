package com.mobileapiconnect.bridge;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.guard.NetworkGuard;
import com.mobileapiconnect.bridge.lane.OutboxSettings;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.resource.ResourcesFile;
import com.mobileapiconnect.bridge.secret.MasterKey;
import com.mobileapiconnect.bridge.secret.SealedColumns;
import com.mobileapiconnect.bridge.secret.Vault;
import com.mobileapiconnect.bridge.server.MetricsFilter;
import com.mobileapiconnect.bridge.server.WorkDirectory;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.store.BeforeStandby;
import com.mobileapiconnect.bridge.store.DataDirectory;
import com.mobileapiconnect.bridge.store.Dialect;
import com.mobileapiconnect.bridge.store.JdbcStore;
import com.mobileapiconnect.bridge.store.PostgresDialect;
import com.mobileapiconnect.bridge.store.SqliteDialect;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.store.StoreSettings;
import com.mobileapiconnect.bridge.tenant.Access;
import com.mobileapiconnect.bridge.thread.Loops;
import com.mobileapiconnect.bridge.thread.NowAndThen;
import com.mobileapiconnect.bridge.thread.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Makes the beans that have to be made in an order (directory, store, vault) and those that everybody shares. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    BridgeSettings.class,
    DatabaseSettings.class,
    ClassArchiveSettings.class,
    StoreSettings.class
})
class Wiring {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Runs work that is due every few seconds. Ageing out may take minutes and must not hold up the others. */
    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(2);
        scheduler.setThreadNamePrefix("scheduled-");
        scheduler.setErrorHandler(new ScheduledFailures(new NowAndThen(System::nanoTime)));
        return scheduler;
    }

    /** Makes the data directory at its first use: a bridge on PostgreSQL needs none. */
    @Bean
    @Lazy
    DataDirectory dataDirectory(BridgeSettings settings) {
        return DataDirectory.open(settings.dataDir());
    }

    /** Puts Tomcat's directories into the data directory; without one, as on PostgreSQL, Tomcat chooses their place. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> workDirectory(
            DatabaseSettings database, ObjectProvider<DataDirectory> directory) {
        return database.onPostgres()
                ? tomcat -> {}
                : new WorkDirectory(directory.getObject().path());
    }

    @Bean
    JdbcStore store(
            BridgeSettings bridge,
            DatabaseSettings database,
            ObjectProvider<DataDirectory> directory,
            StoreSettings settings,
            ApplicationArguments arguments,
            MeterRegistry metrics) {
        bridge.refuseWhatCannotBe(database);
        Dialect dialect = database.onPostgres()
                ? postgres(database, bridge)
                : new SqliteDialect(
                        directory.getObject().privateFile("bridge.db"), arguments.containsOption("accept-loss"));
        return JdbcStore.open(dialect, settings, metrics);
    }

    private static PostgresDialect postgres(DatabaseSettings database, BridgeSettings bridge) {
        BeforeStandby keyFits = store -> MasterKey.refuseWrong(bridge.masterKey(), bridge.masterKeyPrevious(), store);
        try {
            return new PostgresDialect(
                    database.url(),
                    new PostgresDialect.Login(database.user(), database.password()),
                    database.answerWithin(),
                    database.standby() ? keyFits : null);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("BRIDGE_DATABASE_URL " + e.getMessage());
        }
    }

    @Bean
    Vault vault(
            BridgeSettings settings, ObjectProvider<DataDirectory> directory, Store store, List<SealedColumns> sealed) {
        try {
            return MasterKey.unlock(
                    settings.masterKey(), settings.masterKeyPrevious(), directory::getObject, store, sealed);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("BRIDGE_MASTER_KEY, or BRIDGE_MASTER_KEY_PREVIOUS: " + e.getMessage());
        }
    }

    @Bean
    ResourcesFile resourcesFile(BridgeSettings settings) {
        return new ResourcesFile(settings.resources());
    }

    @Bean
    Workers workers(OutboxSettings settings) {
        return new Workers(settings.maxWorkers());
    }

    @Bean
    Loops loops() {
        return new Loops();
    }

    @Bean
    PublicUrl publicUrl(BridgeSettings settings, OwnPort port) {
        return new PublicUrl(settings.publicUrl(), port::get);
    }

    private static int configured(ServerProperties server) {
        return server.getPort() == null ? 8080 : server.getPort();
    }

    @Bean
    NetworkGuard networkGuard(OwnPort port, Clock clock) {
        return new NetworkGuard(port::get, clock);
    }

    /** The port the bridge listens on, which every outbound call is refused; a random one is known once it is taken. */
    @Component
    static class OwnPort {

        private volatile int port;

        OwnPort(ServerProperties server) {
            this.port = configured(server);
        }

        @EventListener
        void started(ServletWebServerInitializedEvent event) {
            port = event.getWebServer().getPort();
        }

        int get() {
            return port;
        }
    }

    /** Registers the filter for this path alone, so that no other request passes through it. */
    @Bean
    FilterRegistrationBean<MetricsFilter> metricsFilter(
            Access access, HandlerExceptionResolver handlerExceptionResolver) {
        FilterRegistrationBean<MetricsFilter> filter =
                new FilterRegistrationBean<>(new MetricsFilter(access, handlerExceptionResolver));
        filter.addUrlPatterns("/actuator/*");
        return filter;
    }

    /** Times leave as the contract says: UTC with milliseconds, always three digits. */
    @Bean
    Jackson2ObjectMapperBuilderCustomizer wireTimes() {
        return builder -> builder.serializerByType(Instant.class, new JsonSerializer<Instant>() {
            @Override
            public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(WireTime.format(value));
            }
        });
    }
}
