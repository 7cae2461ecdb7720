package com.mobileapiconnect.bridge.erp;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** A step that gives a delivery to its system; the route goes on with the answer, and holds no thread until then. */
final class ErpEndpoint extends DefaultEndpoint {

    private final ErpSystem system;
    private final ErpWrites writes;
    private final Batches batches;

    ErpEndpoint(String uri, Component component, ErpSystem system, ErpWrites writes, Batches batches) {
        super(uri, component);
        this.system = system;
        this.writes = writes;
        this.batches = batches;
    }

    @Override
    public boolean isSingleton() {
        return true;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException("A route cannot begin with " + getEndpointUri() + ", which is a step");
    }

    @Override
    public Producer createProducer() {
        return new DefaultAsyncProducer(this) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return send(exchange, callback);
            }
        };
    }

    private boolean send(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<Outcome> answer;
        Attempt attempt;
        try {
            ErpCall call = call(exchange);
            attempt = call.attempt();
            attempt.undecide(); // the last writing counts, also when it fails
            ErpWrite write = call.write().with(exchange.getMessage().getMandatoryBody(byte[].class));
            answer = batches.send(system, write);
            call.awaits(answer);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        boolean sync = answer.isDone();
        answer.whenComplete((outcome, failure) -> {
            if (failure != null) {
                exchange.setException(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            } else {
                decide(attempt, outcome, exchange);
            }
            callback.done(sync);
        });
        return sync;
    }

    private void decide(Attempt attempt, @Nullable Outcome outcome, Exchange exchange) {
        if (outcome == null) {
            exchange.setException(new IllegalStateException("The system " + system.name() + " gave no outcome"));
        } else {
            attempt.decide(outcome);
        }
    }

    /** Returns the call of an exchange; a route of an integrator has an attempt, and no call yet. */
    private ErpCall call(Exchange exchange) {
        ErpCall call = ErpCall.of(exchange);
        if (call != null) {
            return call;
        }
        Attempt attempt = exchange.getProperty("attempt", Attempt.class);
        if (attempt == null) {
            throw new IllegalStateException(getEndpointUri()
                    + " writes a delivery to its connection: only a route from outbox:due or outbox:for can have it");
        }
        return new ErpCall(writes.of(attempt, attempt.delivery().body()));
    }
}
