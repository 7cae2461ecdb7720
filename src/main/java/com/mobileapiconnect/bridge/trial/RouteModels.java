package com.mobileapiconnect.bridge.trial;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Reads texts of routes into Camel's model of them, without starting anything. */
final class RouteModels {

    private RouteModels() {}

    /** @throws IllegalStateException for a text that Camel cannot read */
    static List<DrawnRoute> of(String name, String yaml) {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.disableJMX();
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(name + ".camel.yaml", yaml));
            return of(camel, TextLines.of(yaml));
        } catch (Exception e) {
            throw new IllegalStateException("The route " + name + " cannot be read", e);
        } finally {
            camel.stop();
        }
    }

    /** Returns the routes of a context, in the order of their text. */
    static List<DrawnRoute> of(CamelContext camel, TextLines lines) {
        return camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .map(route -> DrawnRoute.of(route, lines))
                .toList();
    }
}
