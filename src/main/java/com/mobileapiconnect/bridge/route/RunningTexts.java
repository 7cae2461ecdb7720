package com.mobileapiconnect.bridge.route;

import com.mobileapiconnect.bridge.api.Problem;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/** The texts of routes as they run, for those who look at them. */
@Component
public class RunningTexts {

    private final Deployer deployer;

    RunningTexts(Deployer deployer) {
        this.deployer = deployer;
    }

    /** Returns a text; throws a 404 {@link Problem} if there is none of this name. */
    public RouteText text(String name) {
        return deployer.find(name)
                .flatMap(route -> Optional.ofNullable(route.text()))
                .orElseThrow(() -> Problem.notFound("route " + name));
    }

    /** Returns the context in which the text runs; empty if it does not. */
    public Optional<CamelContext> running(String name) {
        return deployer.find(name)
                .flatMap(route -> Optional.ofNullable(route.cell()))
                .map(Cell::camel);
    }
}
