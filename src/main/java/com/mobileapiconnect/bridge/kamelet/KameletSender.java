package com.mobileapiconnect.bridge.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.connector.Connectors;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.delivery.RefusedByStepException;
import com.mobileapiconnect.bridge.delivery.Sender;
import com.mobileapiconnect.bridge.destination.Answers;
import com.mobileapiconnect.bridge.destination.FailureWhen;
import com.mobileapiconnect.bridge.erp.ErpCall;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpWrites;
import com.mobileapiconnect.bridge.erp.RequestMemory;
import com.mobileapiconnect.bridge.lane.Rehearsal;
import com.mobileapiconnect.bridge.mapping.CannotBeException;
import com.mobileapiconnect.bridge.message.Graphemes;
import com.mobileapiconnect.bridge.route.RouteRefusedException;
import com.mobileapiconnect.bridge.route.RunningTemplate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends deliveries through the routes of connectors that are files; serves all of those. */
@Component
class KameletSender implements Sender {

    private final Kamelets kamelets;
    private final Instances instances;
    private final ErpWrites writes;
    private final Previews previews;
    private final RequestMemory memory;

    KameletSender(Kamelets kamelets, Instances instances, ErpWrites writes, Previews previews, RequestMemory memory) {
        this.previews = previews;
        this.memory = memory;
        this.kamelets = kamelets;
        this.instances = instances;
        this.writes = writes;
    }

    @Override
    public String connector() {
        return Connectors.FILES;
    }

    /** A route may wait, and so may the start of one. */
    @Override
    public boolean blocks() {
        return true;
    }

    @Override
    public CompletableFuture<Outcome> send(Attempt attempt, byte[] body) {
        String name = attempt.target().connector();
        Optional<Kamelet> kamelet = kamelets.named(name).filter(Kamelet::isOffered);
        if (kamelet.isEmpty()) {
            return ended(retry("There is no connector " + name + " any more, or its file cannot be used"));
        }
        RequestMemory.Held held = memory.take(attempt.target().tenantId(), writes.atMost(attempt));
        if (held == null) {
            return ended(Outcome.Deferred.because("Requests under way are too long together; it waits for its turn"));
        }
        try {
            CompletableFuture<Outcome> outcome = sendNow(kamelet.get(), attempt, body);
            outcome.whenComplete((ended, failure) -> held.close());
            return outcome; // and no other: cancelling it ends the call
        } catch (RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    private CompletableFuture<Outcome> sendNow(Kamelet kamelet, Attempt attempt, byte[] body) {
        try {
            ErpCall call = new ErpCall(writes.of(attempt, body));
            String lacking = lacking(kamelet, call.write().connection());
            if (lacking != null) {
                return ended(retry("The connector " + kamelet.name() + " needs the property " + lacking
                        + " by now, which the connection does not have: set it"));
            }
            return instances
                    .of(kamelet, call.write().connection())
                    .map(instance -> through(instance, call))
                    .orElseGet(() -> ended(Outcome.Deferred.because(
                            "The routes of too many connections are in use; bridge.connectors.most-instances says how"
                                    + " many there may be")));
        } catch (CannotBeException e) {
            return ended(new Outcome.Rejected(Evidence.failure(ErrorClass.MAPPING, String.valueOf(e.getMessage()))));
        } catch (RouteRefusedException e) {
            return ended(retry("The connector does not start: " + e.getMessage()));
        }
    }

    @Override
    public Optional<Preview> preview(Attempt attempt, byte[] body) {
        return kamelets.named(attempt.target().connector())
                .filter(Kamelet::isOffered)
                .flatMap(kamelet -> {
                    try (RequestMemory.Held held = memory.take(attempt.target().tenantId(), writes.atMost(attempt))) {
                        if (held == null) {
                            throw Problem.unavailable("Requests under way are too long together. Try again.");
                        }
                        return previews.of(kamelet, new ErpCall(writes.of(attempt, body)));
                    }
                });
    }

    /** Returns a property that the file requires and that the connection, which may be older, lacks; null for none. */
    private static @Nullable String lacking(Kamelet kamelet, ErpConnection connection) {
        for (JsonNode required : kamelet.connector().properties().json().path("required")) {
            String name = required.asText();
            if (!connection.properties().has(name) && connection.secret(name) == null) {
                return name;
            }
        }
        return null;
    }

    private static CompletableFuture<Outcome> ended(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    private static Outcome retry(String why) {
        return new Outcome.Retry(Evidence.failure(ErrorClass.ROUTE, why), null);
    }

    private static CompletableFuture<Outcome> through(Instances.Instance instance, ErpCall call) {
        Attempt attempt = call.write().attempt();
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        try {
            RunningTemplate template = instance.template();
            Exchange exchange = template.exchange();
            Rehearsal.begin(exchange, attempt);
            exchange.getIn().setBody(call.write().body());
            instance.variables().forEach(exchange::setVariable);
            exchange.setVariable(Kamelet.FIELDS, call.write().fields().toString());
            call.goesAs(exchange);
            done.whenComplete((outcome, failure) -> {
                if (done.isCancelled()) {
                    exchange.setRouteStop(true);
                    call.cancel();
                }
            });
            template.process(exchange, sync -> {
                instance.giveBack();
                done.complete(outcome(exchange, attempt));
            });
        } catch (RuntimeException e) {
            instance.giveBack();
            throw e;
        }
        return done;
    }

    /** The body that a route leaves is the system's answer, unless a step has kept another. */
    private static Outcome answered(Exchange exchange, Attempt attempt, Outcome outcome) {
        Answers answers = attempt.target().answers();
        if (answers.replyFrom() == null
                || !(outcome instanceof Outcome.Delivered delivered)
                || delivered.reply() != null
                || delivered.evidence().body() != null) {
            return outcome;
        }
        String body = exchange.getMessage().getBody(String.class);
        String reply = body == null ? null : answers.reply(null, Graphemes.cut(body, FailureWhen.LOOKED_AT));
        return new Outcome.Delivered(delivered.evidence(), delivered.last(), delivered.record(), reply);
    }

    /** A route that has gone through and decided nothing has sent it. */
    private static Outcome outcome(Exchange exchange, Attempt attempt) {
        Outcome decided = attempt.outcome();
        Exception failure = exchange.getException();
        if (failure == null) {
            return answered(
                    exchange,
                    attempt,
                    decided == null ? new Outcome.Delivered(new Evidence(null, null, null, null)) : decided);
        } else if (decided != null) {
            attempt.stepFailed(failure.getClass().getSimpleName() + ": " + failure.getMessage());
            return decided;
        } else if (failure instanceof RefusedByStepException) {
            return new Outcome.Rejected(Evidence.failure(ErrorClass.ROUTE, String.valueOf(failure.getMessage())));
        }
        return RouteFailures.outcome(failure);
    }
}
