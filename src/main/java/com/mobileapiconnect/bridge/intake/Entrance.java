package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.door.UnansweredPhones;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The way into the pipeline: messages become an exchange that carries them and their device, and nothing else that came
 * over the network, and enters the newest version of the route that begins with {@code phone:inbound}.
 */
@Component
class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final UnansweredPhones unanswered;
    private volatile @Nullable DefaultConsumer route;

    Entrance(UnansweredPhones unanswered) {
        this.unanswered = unanswered;
    }

    synchronized void lead(DefaultConsumer to) {
        route = to;
    }

    /** Leads nowhere, if it still leads there. */
    synchronized void close(DefaultConsumer from) {
        if (route == from) {
            route = null;
        }
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
        DefaultConsumer entry = route;
        if (entry == null) {
            throw Problem.unavailable("The intake route is not running; keep the message and try again.");
        }
        Exchange exchange = entry.getEndpoint().createExchange();
        exchange.setProperty(PhoneEndpoint.DEVICE, device);
        exchange.getIn().setBody(messages);
        entry.getProcessor().process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        Object result = exchange.getMessage().getBody();
        if (!(result instanceof List<?> list) || list.stream().anyMatch(e -> !(e instanceof Accepted))) {
            throw new IllegalStateException("The intake route ended without accepting what the phone sent");
        }
        if (list.size() != messages.size()) {
            throw new IllegalStateException("The intake route accepted " + list.size() + " of " + messages.size()
                    + " messages; the phone has to keep those that are missing, and cannot be told which");
        }
        return (List<Accepted>) list;
    }
}
