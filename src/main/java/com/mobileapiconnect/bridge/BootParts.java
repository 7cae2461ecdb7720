package com.mobileapiconnect.bridge;

import java.util.List;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.JvmMetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.LogbackMetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.SystemMetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.startup.StartupTimeMetricsListenerAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.task.TaskExecutorMetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.web.tomcat.TomcatMetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.servlet.ServletManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.core.type.AnnotationMetadata;

/**
 * The parts of Spring Boot that the bridge stands on, by name. A start then does not look through the several hundred that
 * there are nor through what is known of them, and no library on the class path brings more.
 */
final class BootParts implements DeferredImportSelector {

    /** All parts, in the order in which Spring Boot would have them: some look for what others have made. */
    static final List<Class<?>> ALL = List.of(
            PropertyPlaceholderAutoConfiguration.class,
            SslAutoConfiguration.class,
            ServletWebServerFactoryAutoConfiguration.class,
            DispatcherServletAutoConfiguration.class,
            TaskExecutionAutoConfiguration.class,
            WebMvcAutoConfiguration.class,
            EndpointAutoConfiguration.class,
            JacksonAutoConfiguration.class,
            JacksonEndpointAutoConfiguration.class,
            WebEndpointAutoConfiguration.class,
            HealthContributorAutoConfiguration.class,
            HealthEndpointAutoConfiguration.class,
            MetricsAutoConfiguration.class,
            PrometheusMetricsExportAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class,
            JvmMetricsAutoConfiguration.class,
            LogbackMetricsAutoConfiguration.class,
            SystemMetricsAutoConfiguration.class,
            StartupTimeMetricsListenerAutoConfiguration.class,
            TaskExecutorMetricsAutoConfiguration.class,
            TomcatMetricsAutoConfiguration.class,
            ServletManagementContextAutoConfiguration.class,
            ConfigurationPropertiesAutoConfiguration.class,
            LifecycleAutoConfiguration.class,
            ProjectInfoAutoConfiguration.class,
            EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
            ManagementContextAutoConfiguration.class);

    @Override
    public String[] selectImports(AnnotationMetadata application) {
        return ALL.stream().map(Class::getName).toArray(String[]::new);
    }
}
