package com.mobileapiconnect.bridge.trial;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedProcessorMBean;
import org.jspecify.annotations.Nullable;

/** The number of times that each step ran, as Camel's own management counts it if that is switched on. */
final class StepCounts {

    private final Map<Step, StepCount> counts = new IdentityHashMap<>();

    private StepCounts() {}

    static StepCounts none() {
        return new StepCounts();
    }

    /**
     * Finds the counts of steps.
     *
     * @param routes of the text that runs in the context: its steps are those of the context, in the same order
     */
    static StepCounts of(List<DrawnRoute> routes, CamelContext running) {
        StepCounts found = new StepCounts();
        ManagedCamelContext managed = running.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        if (managed == null) {
            return found;
        }
        Map<String, DrawnRoute> live = new HashMap<>();
        RouteModels.of(running, TextLines.UNKNOWN).forEach(route -> live.put(route.id(), route));
        for (DrawnRoute route : routes) {
            DrawnRoute same = live.get(route.id());
            if (same != null) {
                found.add(route, same, managed);
            }
        }
        return found;
    }

    private void add(DrawnRoute route, DrawnRoute running, ManagedCamelContext managed) {
        Iterator<Step> theirs = running.all().iterator();
        route.all().forEach(step -> {
            String id = theirs.hasNext() ? theirs.next().id() : null;
            ManagedProcessorMBean counted = id == null ? null : managed.getManagedProcessor(id);
            if (counted != null) {
                try {
                    counts.put(step, new StepCount(counted.getExchangesTotal(), counted.getExchangesFailed()));
                } catch (Exception e) {
                    // the route ends just now, and its counts with it
                }
            }
        });
    }

    /** Returns null for a step that is not counted. */
    @Nullable StepCount of(Step step) {
        return counts.get(step);
    }
}
