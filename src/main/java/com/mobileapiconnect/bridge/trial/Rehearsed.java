package com.mobileapiconnect.bridge.trial;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.RefusedByStepException;
import com.mobileapiconnect.bridge.lane.Rehearsal;
import com.mobileapiconnect.bridge.route.Outside;
import java.net.URISyntaxException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands for everything outside of a route that is tried out. A call is noted and does nothing, but for the steps of the
 * bridge, which decide, and for routes of the same text, which go on.
 */
final class Rehearsed implements Outside {

    /** The beans of the product's route accept. */
    private static final String RULES = "bean:rules";

    private static final String INTAKE = "bean:intake";
    private static final String CAPTURE = "phone:capture";

    private final TrialSample sample;
    private final String accept;
    private final Shown shown;
    private final Recorder recorder;

    private volatile @Nullable Outcome decided;
    private volatile boolean sent;
    private volatile boolean accepted;

    /** @param accept where the route of phones' messages hands them over */
    Rehearsed(TrialSample sample, String accept, Shown shown, TextLines lines) {
        this.sample = sample;
        this.accept = accept;
        this.shown = shown;
        this.recorder = new Recorder(shown, lines, this::instead);
    }

    @Override
    public void prepare(CamelContext camel) {
        camel.getCamelContextExtension().addInterceptStrategy(recorder);
    }

    Recorder recorder() {
        return recorder;
    }

    @Override
    public void called(String endpoint, Exchange exchange) throws Exception {
        String uri = endpoint.replaceFirst("://", ":");
        recorder.called(shown.uri(uri), exchange);
        if (Rehearsal.isStep(uri)) {
            decide(uri, exchange);
        } else if (uri.equals(accept) || uri.startsWith(CAPTURE)) {
            accepted = true;
        } else {
            Route next = beginningWith(uri, exchange.getContext());
            if (next != null) {
                entry(next).process(exchange);
            }
        }
    }

    /** A step that is not done itself. */
    private void instead(String what, Exchange exchange) {
        recorder.called(shown.uri(what), exchange);
        if (what.equals(INTAKE)) {
            accepted = true;
        } else if (what.equals(RULES)) {
            exchange.setProperty("message", sample.message());
            exchange.setProperty("matchedRuleId", sample.stored().matchedRuleId());
        }
    }

    private void decide(String uri, Exchange exchange) throws URISyntaxException {
        Outcome outcome = Rehearsal.decide(uri, exchange);
        sent = outcome == null;
        decided = outcome;
        if (outcome != null) {
            exchange.setRouteStop(true);
        }
    }

    private static @Nullable Route beginningWith(String uri, CamelContext camel) {
        return camel.getRoutes().stream()
                .filter(route -> path(route.getEndpoint().getEndpointUri().replaceFirst("://", ":"))
                        .equals(path(uri)))
                .findFirst()
                .orElse(null);
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** Returns what takes the exchanges that come in by a route's stub. */
    static Processor entry(Route route) {
        return ((DefaultConsumer) route.getConsumer()).getProcessor();
    }

    /** Returns the result. A decision stands, also if a step behind it failed. */
    Trial result(@Nullable Throwable failure) {
        List<TrialStep> steps = recorder.steps();
        Outcome outcome = decided;
        if (outcome != null) {
            return Trial.of(steps, outcome, shown);
        } else if (recorder.over() != null) {
            return Trial.error(steps, String.valueOf(recorder.over()));
        } else if (sent) {
            return Trial.of(steps, "send");
        } else if (failure instanceof RefusedByStepException refused) {
            return new Trial(steps, "reject", shown.text(refused.getMessage()), null, null, null, null);
        } else if (failure != null) {
            return Trial.error(steps, shown.failure(failure));
        }
        return Trial.of(steps, accepted ? "accepted" : "no-outcome");
    }
}
