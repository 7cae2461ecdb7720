package com.mobileapiconnect.bridge.trial;

import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.SamplingDefinition;
import org.apache.camel.model.ScriptDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.jspecify.annotations.Nullable;

/** The action of a trial in place of a step that waits, writes a log, runs somebody's code or gives work to other threads. */
public interface Harmless {

    /** @param calls is told what would have been called */
    void act(Exchange exchange, BiConsumer<String, Exchange> calls);

    /** Returns null for a step that a trial takes as it is. */
    static @Nullable Harmless inPlaceOf(NamedNode node) {
        if (node instanceof WireTapDefinition<?> tap) {
            return (exchange, calls) -> calls.accept(evaluated(tap.getUri(), exchange), exchange);
        } else if (node instanceof LogDefinition log) {
            return (exchange, calls) -> calls.accept("log: " + evaluated(log.getMessage(), exchange), exchange);
        } else if (node instanceof ProcessDefinition process) {
            return (exchange, calls) -> calls.accept("bean:" + process.getRef(), exchange);
        } else if (node instanceof BeanDefinition bean) {
            return (exchange, calls) -> calls.accept("bean:" + bean.getRef(), exchange);
        } else if (node instanceof PollDefinition poll) {
            return (exchange, calls) -> calls.accept(evaluated(poll.getUri(), exchange), exchange);
        } else if (node instanceof PollEnrichDefinition) {
            return (exchange, calls) -> calls.accept(node.getLabel(), exchange);
        }
        boolean waits = node instanceof DelayDefinition
                || node instanceof ThrottleDefinition
                || node instanceof SamplingDefinition
                || node instanceof ScriptDefinition
                || node instanceof AggregateDefinition
                || node instanceof ResequenceDefinition;
        return waits ? (exchange, calls) -> {} : null;
    }

    private static String evaluated(@Nullable String text, Exchange exchange) {
        if (text == null || !text.contains("${")) {
            return String.valueOf(text);
        }
        return String.valueOf(exchange.getContext()
                .resolveLanguage("simple")
                .createExpression(text)
                .evaluate(exchange, String.class));
    }
}
