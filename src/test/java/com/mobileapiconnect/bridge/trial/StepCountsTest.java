package com.mobileapiconnect.bridge.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** How often each step of a running route ran, where Camel's management is switched on. */
class StepCountsTest {

    private static final String TEXT = """
            - route:
                id: counted
                from:
                  uri: direct:counted
                  steps:
                    - setHeader: {name: X, constant: x}
                    - choice:
                        when:
                          - simple: "${body} == 'a'"
                            steps:
                              - setBody: {constant: A}
                        otherwise:
                          steps:
                            - throwException: {exceptionType: java.lang.IllegalStateException, message: no}
            """;

    private static CamelContext running(boolean counts) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        if (!counts) {
            camel.disableJMX();
        }
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("counted.camel.yaml", TEXT));
        camel.start();
        return camel;
    }

    @Test
    void eachStepHasItsCount() throws Exception {
        try (CamelContext camel = running(true)) {
            for (String body : List.of("a", "a", "b")) {
                camel.createProducerTemplate().send("direct:counted", exchange -> exchange.getMessage()
                        .setBody(body));
            }
            List<DrawnRoute> routes = RouteModels.of("counted", TEXT);
            StepCounts counts = StepCounts.of(routes, camel);

            assertThat(routes.get(0).all().map(step -> step.kind() + " " + counts.of(step)))
                    .containsExactly(
                            "setHeader 3×", "choice 3×, 1 failed", "setBody 2×", "throwException 1×, 1 failed");
        }
    }

    @Test
    void withoutCamelsManagementThereAreNoCounts() throws Exception {
        try (CamelContext camel = running(false)) {
            List<DrawnRoute> routes = RouteModels.of("counted", TEXT);
            StepCounts counts = StepCounts.of(routes, camel);
            assertThat(routes.get(0).all().map(counts::of)).containsOnlyNulls();
        }
    }
}
