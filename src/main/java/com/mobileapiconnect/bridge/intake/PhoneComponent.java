package com.mobileapiconnect.bridge.intake;

import java.time.Clock;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code phone:} for routes in YAML. {@code phone:inbound} is the entry of the pipeline, and {@code
 * phone:capture} is a step that brings messages there from a route of one's own, and {@code phone:read} one that finds them
 * in what an app sends.
 */
@Component("phone")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE) // each Camel context has its own
class PhoneComponent extends DefaultComponent {

    private final Entrance entrance;
    private final RouteCapture capture;
    private final Clock clock;

    PhoneComponent(Entrance entrance, RouteCapture capture, Clock clock) {
        this.entrance = entrance;
        this.capture = capture;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return switch (remaining) {
            case "inbound" -> new PhoneEndpoint(uri, this, entrance);
            case "capture" -> new CaptureEndpoint(uri, this, capture, entrance::submit, parameters);
            case "read" -> new ReadEndpoint(uri, this, parameters, clock);
            default ->
                throw new IllegalArgumentException(
                        "phone: begins a route with inbound, and has the steps capture and read, not " + remaining);
        };
    }
}
