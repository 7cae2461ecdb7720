package com.mobileapiconnect.bridge.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Loads the pipeline before Camel starts. A route that does not load keeps the bridge from starting, and is named. */
@Component
class Pipeline implements CamelContextConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final String SUFFIX = ".camel.yaml";

    private final RouteSettings settings;

    Pipeline(RouteSettings settings) {
        this.settings = settings;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        try {
            // All together: configuration for every route has to be known before the first route is made.
            PluginHelper.getRoutesLoader(camel).loadRoutes(resources(camel));
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The routes in " + settings.dir() + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        LOG.debug("{} routes are running", camel.getRoutesSize());
    }

    private List<Resource> resources(CamelContext camel) throws IOException {
        Path directory = settings.dir();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                return files.filter(file -> file.toString().endsWith(SUFFIX))
                        .sorted()
                        .map(file -> ResourceHelper.resolveResource(camel, "file:" + file.toAbsolutePath()))
                        .toList();
            }
        }
        LOG.info("Directory {} does not exist; using the routes inside the jar", directory.toAbsolutePath());
        return Stream.of(new PathMatchingResourcePatternResolver().getResources("classpath:routes/*" + SUFFIX))
                .map(file -> ResourceHelper.resolveResource(camel, "classpath:routes/" + file.getFilename()))
                .toList();
    }
}
