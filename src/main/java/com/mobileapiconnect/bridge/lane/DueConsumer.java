package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.entry.Entry;
import com.mobileapiconnect.bridge.message.StoredMessage;
import java.util.function.Consumer;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.Suspendable;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Sends due deliveries into its route, from the moment when it takes over until a newer version does or it stops. */
final class DueConsumer extends DefaultConsumer implements Calls.Route, Entry, Suspendable {

    private static final String CALL = "call";
    private static final String ATTEMPT = "attempt";
    private static final String NO_CALL = "Only a route from outbox:due or outbox:for can decide about a delivery";

    private final Outbox outbox;
    private final @Nullable String target;
    private volatile boolean hasSteps = true;

    /** @param target whose deliveries take this route in place of the one for all; null for that one */
    DueConsumer(Endpoint endpoint, Processor processor, Outbox outbox, @Nullable String target) {
        super(endpoint, processor);
        this.outbox = outbox;
        this.target = target;
    }

    /** The call that this exchange was made for. */
    static Call call(Exchange exchange) {
        Call call = exchange.getProperty(CALL, Call.class);
        if (call == null) {
            throw new IllegalStateException(NO_CALL);
        }
        return call;
    }

    /** Returns the attempt that this exchange was made for; also inside of a connector, whose exchanges are its own. */
    static Attempt attempt(Exchange exchange) {
        Call call = exchange.getProperty(CALL, Call.class);
        Attempt attempt = call == null ? exchange.getProperty(ATTEMPT, Attempt.class) : call.attempt();
        if (attempt == null) {
            throw new IllegalStateException(NO_CALL);
        }
        return attempt;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        hasSteps = !onlySends(getRoute());
    }

    @Override
    public void takeOver() {
        if (target == null) {
            outbox.open(this);
        } else {
            outbox.detours().open(target, this);
        }
    }

    @Override
    public void leave() {
        if (target != null) { // deliveries that are due always have the route for all
            outbox.detours().close(target, this);
        }
    }

    @Override
    protected void doSuspend() {
        depart();
    }

    @Override
    protected void doStop() throws Exception {
        depart();
        super.doStop();
    }

    private void depart() {
        leave();
        if (target == null) {
            outbox.close(this);
        }
    }

    /**
     * Returns whether the only step is outbox:send. The model is asked for the definition, because a route that was not
     * started together with its context has lost its own.
     */
    private static boolean onlySends(@Nullable Route route) {
        if (route == null || !(route.getCamelContext() instanceof ModelCamelContext models)) {
            return false;
        }
        RouteDefinition definition = models.getRouteDefinition(route.getRouteId());
        return definition != null
                && definition.getOutputs().size() == 1 // onException, onCompletion and intercept are outputs too
                && definition.getOutputs().get(0) instanceof ToDefinition to
                && "outbox:send".equals(to.getUri())
                && route.getInterceptStrategies().isEmpty()
                && (route.getRoutePolicyList() == null
                        || route.getRoutePolicyList().isEmpty());
    }

    @Override
    public boolean hasSteps() {
        return hasSteps;
    }

    /** The body is the payload; nothing of the SMS becomes a header. */
    @Override
    public void process(Call call, Consumer<@Nullable Throwable> done) {
        Exchange exchange = createExchange(false);
        call.goesAs(exchange);
        exchange.setProperty(CALL, call);
        fill(exchange, call.attempt());
        getAsyncProcessor().process(exchange, doneSync -> done.accept(failure(exchange)));
    }

    /** Gives a route what it may know of an attempt. */
    static void fill(Exchange exchange, Attempt attempt) {
        exchange.setProperty(ATTEMPT, attempt);
        exchange.setProperty("delivery", attempt.delivery().id());
        exchange.setProperty("target", attempt.target().publicId());
        exchange.setProperty("tenant", attempt.target().tenantId());
        exchange.setProperty("connector", attempt.target().connector());
        StoredMessage source = attempt.delivery().source();
        if (source != null) {
            exchange.setProperty("message", source.message());
            exchange.setProperty("matchedRuleId", source.matchedRuleId());
        } else {
            exchange.setProperty("event", attempt.delivery().event()); // of the bridge; it has no message
        }
        exchange.getIn().setBody(attempt.delivery().body());
    }

    private static @Nullable Throwable failure(Exchange exchange) {
        Exception failure = exchange.getException();
        boolean wrapped = failure instanceof CamelExecutionException && failure.getCause() != null; // an Error
        return wrapped ? failure.getCause() : failure;
    }
}
