package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.door.UnansweredPhones;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code phone:}. At {@code phone:inbound}, the entry of the pipeline, messages become an exchange
 * that carries them and their device, and nothing else that came over the network; {@code phone:capture} is a step that
 * brings messages there from a route of one's own.
 */
@Component("phone")
class PhoneComponent extends DefaultComponent {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneComponent.class);

    private final UnansweredPhones unanswered;
    private final RouteCapture capture;
    private final Map<String, DefaultConsumer> entries = new ConcurrentHashMap<>();

    PhoneComponent(UnansweredPhones unanswered, RouteCapture capture) {
        this.unanswered = unanswered;
        this.capture = capture;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return switch (remaining) {
            case "inbound" -> new PhoneEndpoint(uri, this, remaining, entries);
            case "capture" -> new CaptureEndpoint(uri, this, capture, this::submit, parameters);
            default ->
                throw new IllegalArgumentException(
                        "phone: begins a route with inbound, and has the step capture, not " + remaining);
        };
    }

    /**
     * Runs the route, and returns when the messages that it accepted are durable. Throws what the route throws; a
     * {@link Problem} if the route cannot run.
     */
    List<Accepted> submit(Device device, List<InboundMessage> messages) {
        try {
            List<Accepted> accepted = run(device, messages);
            unanswered.answered();
            return accepted;
        } catch (StoreUnavailableException e) {
            unanswered.turnedAway();
            throw e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            LOG.error("The intake route failed", e);
            throw Problem.unavailable("The intake route failed; keep the message and try again.");
        }
    }

    @SuppressWarnings("unchecked")
    private List<Accepted> run(Device device, List<InboundMessage> messages) throws Exception {
        DefaultConsumer entry = entries.get("inbound");
        if (entry == null) {
            throw Problem.unavailable("The intake route is not running; keep the message and try again.");
        }
        Exchange exchange = entry.getEndpoint().createExchange();
        exchange.setProperty(PhoneEndpoint.DEVICE, device);
        exchange.getIn().setBody(messages);
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
}
