package com.mobileapiconnect.bridge.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Notes each step that an exchange goes through, in the order in which they begin, with the values that it leaves. Steps
 * that act by themselves ({@link Harmless}) are not done. A trial of very many steps, or one that is over, ends at its next
 * step.
 */
final class Recorder implements InterceptStrategy {

    /** The steps that a trial may take. */
    static final int MOST_STEPS = 200;

    private final Shown shown;
    private final TextLines lines;
    private final BiConsumer<String, Exchange> calls;
    private final List<Taken> taken = new ArrayList<>(); // guarded by this
    private volatile @Nullable String over;

    /** A step that has begun. */
    private static final class Taken {
        private final NamedNode node;
        private final List<String> calls = new ArrayList<>(0);
        private @Nullable TrialStep done;

        Taken(NamedNode node) {
            this.node = node;
        }
    }

    /** @param calls does what an endpoint would do, of a step that is not done itself */
    Recorder(Shown shown, TextLines lines, BiConsumer<String, Exchange> calls) {
        this.shown = shown;
        this.lines = lines;
        this.calls = calls;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, @Nullable Processor next) {
        Harmless harmless = Harmless.inPlaceOf(node);
        Processor inner = harmless == null ? target : exchange -> harmless.act(exchange, calls);
        return new DelegateAsyncProcessor(inner) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Taken step = begin(node, exchange);
                if (step == null) {
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, sync -> {
                    end(step, exchange);
                    callback.done(sync);
                });
            }
        };
    }

    /** Returns null if there is no further step: the exchange has failed then. */
    private synchronized @Nullable Taken begin(NamedNode node, Exchange exchange) {
        if (over == null && taken.size() >= MOST_STEPS) {
            over = "It took more than " + MOST_STEPS + " steps, and the trial ends here";
        }
        if (over != null) {
            exchange.setException(new IllegalStateException(over));
            exchange.setRouteStop(true);
            return null;
        }
        Taken step = new Taken(node);
        taken.add(step);
        return step;
    }

    private synchronized void end(Taken step, Exchange exchange) {
        step.done = step(step, exchange);
    }

    private TrialStep step(Taken step, @Nullable Exchange exchange) {
        Step drawn = DrawnRoute.stepOf(step.node, lines);
        Exception failure = exchange == null ? null : exchange.getException();
        return new TrialStep(
                step.node.getId(),
                drawn.line(),
                drawn.kind(),
                drawn.label(),
                exchange == null ? null : shown.body(exchange.getMessage().getBody()),
                exchange == null ? Map.of() : shown.properties(exchange),
                exchange == null ? Map.of() : shown.headers(exchange),
                List.copyOf(step.calls),
                failure == null ? null : shown.failure(failure));
    }

    /** Notes what the step that the exchange is in would have called. */
    synchronized void called(String what, Exchange exchange) {
        String id = exchange.getExchangeExtension().getHistoryNodeId();
        for (int i = taken.size() - 1; i >= 0; i--) {
            Taken step = taken.get(i);
            if (step.done == null && (id == null || Objects.equals(step.node.getId(), id))) {
                step.calls.add(what);
                return;
            }
        }
    }

    /** Ends the trial at its next step. */
    void end(String why) {
        over = why;
    }

    @Nullable String over() {
        return over;
    }

    /** Returns the steps so far; one that has not ended has no body. */
    synchronized List<TrialStep> steps() {
        return taken.stream()
                .map(step -> step.done == null ? step(step, null) : step.done)
                .toList();
    }
}
