package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.delivery.RefusedByStepException;
import com.mobileapiconnect.bridge.mapping.CannotBeException;
import com.mobileapiconnect.bridge.mapping.FieldsMapping;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.LanguageSupport;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * The language {@code fields}: a JSON body for {@code setBody} in a route, in which texts hold names of the message as
 * <code>${text}</code>. Inserted texts are values of the JSON and never a part of its syntax, so no SMS can break the
 * body or add a field to it. A mapping is parsed once, when its route starts. Events of the bridge have no message and
 * keep their body.
 */
@Component("fields-language")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE) // each Camel context has its own
class FieldsLanguage extends LanguageSupport {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public Expression createExpression(String expression) {
        return new Body(FieldsMapping.parse(loadResource(expression), FieldNames.NAMES));
    }

    @Override
    public Predicate createPredicate(String expression) {
        throw new IllegalArgumentException("The language fields makes a body, for setBody; for a condition take rule");
    }

    private static final class Body extends ExpressionAdapter {

        private final FieldsMapping mapping;

        Body(FieldsMapping mapping) {
            this.mapping = mapping;
        }

        @Override
        public Object evaluate(Exchange exchange) {
            Optional<FieldNames> names = FieldNames.of(exchange);
            if (names.isEmpty()) {
                return exchange.getMessage().getBody();
            }
            try {
                return JSON.writeValueAsBytes(mapping.body(names.get()));
            } catch (CannotBeException e) {
                throw new RefusedByStepException(String.valueOf(e.getMessage()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A tree can be written as JSON", e);
            }
        }

        @Override
        public String toString() {
            return "fields{" + mapping + "}";
        }
    }
}
