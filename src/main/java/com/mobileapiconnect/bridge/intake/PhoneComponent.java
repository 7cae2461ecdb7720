package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.device.Device;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultComponent;
import org.springframework.stereotype.Component;

/**
 * Where phones' requests enter the pipeline: {@code phone:inbound}. An authenticated request becomes an exchange that
 * carries the body's bytes and the device, and nothing else of what came over the network.
 */
@Component("phone")
class PhoneComponent extends DefaultComponent {

    private final Map<String, PhoneEndpoint.PhoneConsumer> entries = new ConcurrentHashMap<>();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals("inbound")) {
            throw new IllegalArgumentException("phone: has one entry, phone:inbound, not " + remaining);
        }
        return new PhoneEndpoint(uri, this, remaining);
    }

    void opened(String name, PhoneEndpoint.PhoneConsumer consumer) {
        entries.put(name, consumer);
    }

    void closed(String name, PhoneEndpoint.PhoneConsumer consumer) {
        entries.remove(name, consumer);
    }

    /** Runs the route, and returns when what it accepted is durable. Throws what the route throws. */
    @SuppressWarnings("unchecked")
    List<Accepted> submit(Device device, byte[] body) throws Exception {
        PhoneEndpoint.PhoneConsumer entry = entries.get("inbound");
        if (entry == null) {
            throw new RouteDownException();
        }
        Exchange exchange = entry.getEndpoint().createExchange();
        exchange.setProperty(PhoneEndpoint.DEVICE, device);
        exchange.setProperty(PhoneEndpoint.BYTES, body.length);
        exchange.getIn().setBody(body);
        Processor route = entry.getProcessor();
        route.process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        Object result = exchange.getMessage().getBody();
        if (!(result instanceof List<?> list) || list.stream().anyMatch(e -> !(e instanceof Accepted))) {
            throw new IllegalStateException("The intake route ended without accepting what the phone sent");
        }
        return (List<Accepted>) list;
    }

    /** No route reads from phone:inbound just now. */
    static final class RouteDownException extends RuntimeException {
        RouteDownException() {
            super("The intake route is not running", null, false, false);
        }
    }
}
