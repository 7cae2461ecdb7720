package com.mobileapiconnect.bridge.route;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Loads the pipeline before Camel starts, and says from where. A route that does not load keeps the bridge from
 * starting, and {@link RouteFailure} says why.
 */
@Component
class Pipeline implements CamelContextConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final RouteSettings settings;

    Pipeline(RouteSettings settings) {
        this.settings = settings;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        try {
            RouteFiles files = RouteFiles.of(settings);
            LOG.info("Routes: {}", files.where());
            if (!files.leftAside().isEmpty()) {
                LOG.warn(
                        "These are no routes and are left aside: {}. The name of a route's file ends in {}, and it lies in"
                                + " the directory itself",
                        String.join(", ", files.leftAside()),
                        RouteFiles.SUFFIX);
            }
            List<Resource> resources = files.uris().stream()
                    .map(uri -> ResourceHelper.resolveResource(camel, uri))
                    .toList();
            // All together: configuration for every route has to be known before the first route is made.
            PluginHelper.getRoutesLoader(camel).loadRoutes(resources);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The routes cannot be loaded: " + e.getMessage(), e);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        LOG.debug("{} routes are running", camel.getRoutesSize());
    }
}
