package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.message.InboundMessage;
import com.mobileapiconnect.bridge.rule.PredicateParser;
import com.mobileapiconnect.bridge.rule.When;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.LanguageSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * The language {@code rule}: a condition in the form of the API's rules and connections, for {@code filter} and {@code
 * choice} in a route. The condition is parsed once, when its route starts; an invalid one keeps the route from
 * starting, with an explanation. The condition applies to the message in the body, otherwise to the one in the exchange
 * property {@code message}. Events of the bridge have no message and match no rule.
 */
@Component("rule-language")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE) // each Camel context has its own
class RuleLanguage extends LanguageSupport {

    private static final String MESSAGE = "message";
    private static final String EVENT = "event";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    @Override
    public Predicate createPredicate(String expression) {
        return new Condition(parse(loadResource(expression)));
    }

    @Override
    public Expression createExpression(String expression) {
        return new Condition(parse(loadResource(expression)));
    }

    private static When parse(String text) {
        List<String> errors = new ArrayList<>();
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return PredicateParser.parse(json, "rule", (field, message) -> errors.add(field + " " + message))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Invalid rule: " + String.join("; ", errors) + ". The rule is: " + text));
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "A rule must be a JSON object; this is not JSON (" + e.getOriginalMessage() + "): " + text, e);
        }
        throw new IllegalArgumentException(
                "A rule must be a JSON object such as {\"field\":\"text\",\"op\":\"keyword\",\"value\":\"balance\"}, not "
                        + text);
    }

    private static final class Condition extends ExpressionAdapter {

        private final When when;

        Condition(When when) {
            this.when = when;
        }

        @Override
        public boolean matches(Exchange exchange) {
            InboundMessage message = message(exchange);
            return message != null && when.test(message);
        }

        @Override
        public Object evaluate(Exchange exchange) {
            return matches(exchange);
        }

        /** Returns null for an event of the bridge: it has no message, so it matches no rule. */
        private static @Nullable InboundMessage message(Exchange exchange) {
            Object body = exchange.getMessage().getBody();
            Object only = body instanceof List<?> list && list.size() == 1 ? list.get(0) : body;
            @Nullable Object found = only instanceof InboundMessage ? only : exchange.getProperty(MESSAGE);
            if (found instanceof InboundMessage message) {
                return message;
            } else if (exchange.getProperty(EVENT) != null) {
                return null;
            }
            throw new IllegalStateException("A rule needs a single message: the body is "
                    + (body instanceof List<?> list
                            ? "a list of " + list.size() + " messages (split it first)"
                            : "not a message")
                    + ", and the exchange property message is not set");
        }

        @Override
        public String toString() {
            return "rule{" + when + "}";
        }
    }
}
