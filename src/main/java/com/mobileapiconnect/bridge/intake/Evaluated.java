package com.mobileapiconnect.bridge.intake;

import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.Decision;
import com.mobileapiconnect.bridge.rule.Subject;

/**
 * A message and the decision of the rules about it.
 *
 * @param subject the message as predicates see it, for the conditions of connections
 */
public record Evaluated(Subject subject, Decision decision) {

    public InboundMessage message() {
        return subject.message();
    }
}
