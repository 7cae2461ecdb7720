package com.mobileapiconnect.bridge.intake;

import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * The endpoint {@code phone:capture?device=dev_…}, a step with which a route of an integrator takes SMS in. Waits until they
 * are durable, and throws if they are not, so that a consumer of a queue keeps them.
 */
final class CaptureEndpoint extends DefaultEndpoint {

    private static final String DEVICE = "device";

    private final RouteCapture capture;
    private final RouteCapture.Submit submit;
    private final String deviceId;

    CaptureEndpoint(
            String uri,
            Component component,
            RouteCapture capture,
            RouteCapture.Submit submit,
            Map<String, Object> options) {
        super(uri, component);
        this.capture = capture;
        this.submit = submit;
        this.deviceId = String.valueOf(options.remove(DEVICE));
        if (!deviceId.matches("dev_\\w{1,60}")) {
            throw new IllegalArgumentException(
                    "phone:capture needs the device that it takes in for, as in phone:capture?device=dev_…");
        } else if (!options.isEmpty()) {
            String unknown = String.join(", ", options.keySet());
            options.clear();
            throw new IllegalArgumentException("phone:capture has no option " + unknown + "; it takes " + DEVICE);
        }
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException(
                "phone:capture is a step; a route of phones' messages begins with phone:inbound");
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                if (exchange.getFromEndpoint() instanceof PhoneEndpoint) {
                    throw new IllegalStateException("phone:capture has no place in a route that a message goes through"
                            + " while it is taken in: it would be taken in without end");
                }
                Object body = exchange.getMessage().getBody();
                if (body != null && !(body instanceof Map) && !(body instanceof Iterable)) {
                    byte[] bytes = exchange.getMessage().getBody(byte[].class); // also of a stream or a file
                    body = bytes == null ? body : bytes;
                }
                exchange.getMessage().setBody(capture.take(deviceId, body, submit));
            }
        };
    }
}
