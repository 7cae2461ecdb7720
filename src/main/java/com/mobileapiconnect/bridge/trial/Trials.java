package com.mobileapiconnect.bridge.trial;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.lane.Rehearsal;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.message.WireTime;
import com.mobileapiconnect.bridge.route.RouteCheck;
import com.mobileapiconnect.bridge.route.RouteText;
import com.mobileapiconnect.bridge.route.Scratch;
import com.mobileapiconnect.bridge.thread.Threads;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tries routes out: a text is started among stubs, a sample goes through it, and each step is noted. A few at once, each
 * for a bounded time; one whose thread does not end keeps its turn.
 */
@Component
class Trials implements DisposableBean {

    static final int AT_ONCE = 2;
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([\\w.-]+)");
    private static final JsonMapper JSON = new JsonMapper();

    private final RouteCheck check;
    private final Environment environment;
    private final Clock clock;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Threads.eachAtOnce("trial");

    Trials(RouteCheck check, Environment environment, Clock clock) {
        this.check = check;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * @param routeId of the text; null for its first route
     * @throws Problem 429 if others are being tried out, 422 if there is no such route
     */
    Trial run(RouteText text, @Nullable String routeId, TrialSample sample) {
        if (!turns.tryAcquire()) {
            throw Problem.tooMuch(AT_ONCE + " routes are being tried out at the moment; try again.");
        }
        Shown shown = new Shown(secrets(text.text()));
        Rehearsed rehearsed =
                new Rehearsed(sample, environment.getProperty("intake.accept", ""), shown, TextLines.of(text.text()));
        Future<Trial> run;
        try {
            Scratch scratch = check.scratch(text, rehearsed, Map.of());
            Exchange exchange;
            Route route;
            try {
                route = route(scratch, routeId);
                exchange = exchange(route, text, sample);
            } catch (RuntimeException e) {
                scratch.close();
                throw e;
            }
            run = threads.submit(() -> {
                try (scratch) {
                    return through(route, exchange, rehearsed);
                } finally {
                    turns.release();
                }
            });
        } catch (RuntimeException | Error e) {
            turns.release();
            throw e;
        }
        return await(run, rehearsed);
    }

    private static Route route(Scratch scratch, @Nullable String id) {
        List<Route> routes = scratch.camel().getRoutes();
        Optional<Route> found = routes.stream()
                .filter(route -> id == null || id.equals(route.getRouteId()))
                .findFirst();
        return found.orElseThrow(() -> Problem.invalid(
                id == null ? "name" : "route",
                routes.isEmpty()
                        ? "has no route that a message could go through"
                        : "must be one of "
                                + String.join(
                                        ", ",
                                        routes.stream().map(Route::getRouteId).toList())));
    }

    /** Gives the route what it would get where it begins. */
    private Exchange exchange(Route route, RouteText text, TrialSample sample) {
        Exchange exchange = route.getEndpoint().createExchange();
        String from = route.getEndpoint().getEndpointUri().replaceFirst("://", ":");
        boolean isMessages = from.startsWith("phone:inbound") || text.name().equals("accept");
        if (isMessages) {
            exchange.setProperty("device", sample.device());
            exchange.getIn().setBody(List.of(sample.message()));
        } else if (from.startsWith("outbox:")
                || (from.startsWith("direct:") && text.text().contains("outbox:"))) {
            Rehearsal.begin(exchange, sample.attempt(clock.instant()));
        } else {
            exchange.getIn().setBody(json(sample.message()));
        }
        return exchange;
    }

    /** Returns a message as {@code phone:capture} takes it. */
    private static String json(InboundMessage message) {
        ObjectNode json = JSON.createObjectNode();
        json.put("from", message.from());
        json.put("to", message.to());
        json.put("text", message.text());
        json.put("ref", message.ref());
        json.put("sim", message.sim());
        json.put("receivedAt", WireTime.format(message.receivedAt()));
        return json.toString();
    }

    private static Trial through(Route route, Exchange exchange, Rehearsed rehearsed) {
        try {
            Rehearsed.entry(route).process(exchange);
        } catch (Exception | LinkageError | StackOverflowError e) {
            exchange.setException(e);
        }
        Exception failure = exchange.getException();
        boolean wrapped = failure instanceof CamelExecutionException && failure.getCause() != null;
        return rehearsed.result(wrapped ? failure.getCause() : failure);
    }

    private static Trial await(Future<Trial> run, Rehearsed rehearsed) {
        try {
            return run.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            rehearsed
                    .recorder()
                    .end("It was not through within " + LONGEST.toSeconds() + " s, and the trial ends here");
            run.cancel(true);
            return rehearsed.result(null);
        } catch (InterruptedException e) {
            rehearsed.recorder().end("The trial was interrupted");
            run.cancel(true);
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The trial was interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A trial failed", e.getCause());
        }
    }

    /** Returns the values of settings that the text names and whose names say that they are secret. */
    private List<String> secrets(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(Shown::isSecretName)
                .map(environment::getProperty)
                .filter(value -> value != null)
                .toList();
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
