package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.outgoing.Arrivals;
import com.mobileapiconnect.bridge.rule.Subject;
import com.mobileapiconnect.bridge.rulebook.RuleBudget;
import com.mobileapiconnect.bridge.rulebook.Rulebooks;
import com.mobileapiconnect.bridge.tenant.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Evaluates the tenant's rules against messages, after giving answers the {@code ref} that they belong to. A step of
 * the route, in memory except for tenants that use refs. The result replaces the body; for a single message the
 * exchange properties {@code message} and {@code matchedRuleId} inform later steps.
 */
@Component("rules")
class Evaluation implements Processor {

    static final String MESSAGE = "message";
    static final String MATCHED_RULE_ID = "matchedRuleId";

    private final Rulebooks rulebooks;
    private final Tenants tenants;
    private final Arrivals arrivals;
    private final RuleBudget budget;

    Evaluation(Rulebooks rulebooks, Tenants tenants, Arrivals arrivals, RuleBudget budget) {
        this.budget = budget;
        this.rulebooks = rulebooks;
        this.tenants = tenants;
        this.arrivals = arrivals;
    }

    /** Replaces the messages in the body by evaluated ones. */
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
        BooleanSupplier givesWay = exchange.getProperty(PhoneEndpoint.GIVES_WAY, BooleanSupplier.class);
        List<Evaluated> evaluated = new ArrayList<>(messages.size());
        for (InboundMessage message : messages) {
            if (givesWay != null && givesWay.getAsBoolean()) {
                throw Problem.unavailable(
                        "The rules of this tenant take long, and other phones wait with large backlogs;"
                                + " try again, with fewer messages at once.");
            }
            evaluated.add(one(message));
        }
        return evaluated;
    }

    private Evaluated one(InboundMessage message) {
        try (RuleBudget.Turn turn = budget.ofPhones(message.tenantId())) {
            Subject subject = turn.subject(message);
            return new Evaluated(
                    subject,
                    rulebooks.decide(subject, tenants.get(message.tenantId()).name()));
        }
    }
}
