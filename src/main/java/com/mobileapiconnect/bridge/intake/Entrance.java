package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.door.UnansweredPhones;
import com.mobileapiconnect.bridge.entry.IntakeSteps;
import com.mobileapiconnect.bridge.entry.Passages;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The way into the pipeline: messages become an exchange that carries them and their device, and nothing else that came
 * over the network, and enters the newest version of the route that begins with {@code phone:inbound}.
 */
@Component
@EnableConfigurationProperties(InboundSettings.class)
class Entrance implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    /** Requests of one tenant that may wait for a thread: as many as its phones may have under way. */
    private static final int WAITING_OF_A_TENANT = 200;

    private final UnansweredPhones unanswered;
    private final IntakeSteps steps;
    private final Passages passages;
    private volatile @Nullable DefaultConsumer route;

    Entrance(UnansweredPhones unanswered, IntakeSteps steps, InboundSettings settings, MeterRegistry metrics) {
        this.unanswered = unanswered;
        this.steps = steps;
        this.passages = new Passages(
                "intake-steps", settings.stepsAtOnce(), WAITING_OF_A_TENANT, settings.stepsWithin(), metrics);
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
        return submit(device, messages, null);
    }

    /** @param givesWay whether the messages, of which there are many, have to make room for those of others */
    List<Accepted> submit(Device device, List<InboundMessage> messages, @Nullable BooleanSupplier givesWay) {
        try {
            List<Accepted> accepted = run(device, messages, givesWay);
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
    private List<Accepted> run(Device device, List<InboundMessage> messages, @Nullable BooleanSupplier givesWay)
            throws Exception {
        DefaultConsumer entry = route;
        if (entry == null) {
            throw Problem.unavailable("The intake route is not running; keep the message and try again.");
        }
        Exchange exchange = entry.getEndpoint().createExchange();
        exchange.setProperty(PhoneEndpoint.DEVICE, device);
        if (givesWay != null) {
            exchange.setProperty(PhoneEndpoint.GIVES_WAY, givesWay);
        }
        exchange.getIn().setBody(messages);
        if (steps.any()) {
            passWithSteps(device, exchange, entry.getProcessor());
        } else {
            entry.getProcessor().process(exchange);
        }
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

    /** A step that hangs costs its tenant's turns, and the phone keeps its messages. */
    private void passWithSteps(Device device, Exchange exchange, Processor route) {
        try {
            passages.process(device.tenantId(), exchange, route);
        } catch (RejectedExecutionException e) {
            throw Problem.unavailable(
                    "Many requests of this tenant wait for the steps of the intake route; keep the message and try again.");
        } catch (TimeoutException e) {
            LOG.warn("A request of device {} was given up, and its phone keeps it: {}", device.id(), e.getMessage());
            throw Problem.unavailable(
                    "The steps of the intake route were not done in time; keep the message and try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The bridge is stopping; keep the message and try again.");
        }
    }

    @Override
    public void destroy() {
        passages.close();
    }
}
