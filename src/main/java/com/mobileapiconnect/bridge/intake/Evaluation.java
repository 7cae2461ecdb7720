package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.outgoing.Arrivals;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.rulebook.Rulebooks;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Holds messages against their tenant's rules, after an answer got the {@code ref} of what it answers. A step of the
 * route: in memory, but for the refs of a tenant that uses them. What comes of it goes on in the body; where there is
 * one message, the exchange properties {@code message} and {@code matchedRuleId} tell later steps.
 */
@Component("rules")
public class Evaluation implements Processor {

    static final String MESSAGE = "message";
    static final String MATCHED_RULE_ID = "matchedRuleId";

    private final Rulebooks rulebooks;
    private final Tenants tenants;
    private final Arrivals arrivals;

    Evaluation(Rulebooks rulebooks, Tenants tenants, Arrivals arrivals) {
        this.rulebooks = rulebooks;
        this.tenants = tenants;
        this.arrivals = arrivals;
    }

    /** The body's messages become what the rules made of them. */
    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        List<InboundMessage> messages = exchange.getMessage().getBody(List.class);
        exchange.getMessage().setBody(evaluate(messages, exchange));
    }

    private List<Evaluated> evaluate(List<InboundMessage> captured, Exchange exchange) {
        List<InboundMessage> messages = arrivals.prepare(captured);
        if (messages.size() == 1) {
            Evaluated only = one(messages.get(0));
            exchange.setProperty(MESSAGE, only.message());
            exchange.setProperty(MATCHED_RULE_ID, only.decision().matchedRuleId());
            return List.of(only);
        }
        return messages.stream().map(this::one).toList();
    }

    private Evaluated one(InboundMessage message) {
        Subject subject = Subject.of(message);
        return new Evaluated(
                subject,
                rulebooks.decide(subject, tenants.get(message.tenantId()).name()));
    }
}
