package com.mobileapiconnect.bridge.kamelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.connector.PropertySchema;
import com.mobileapiconnect.bridge.destination.TargetProperties;
import com.mobileapiconnect.bridge.erp.ErpWrites;
import com.mobileapiconnect.bridge.route.Templates;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.setting.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * The step {@code kamelet:<name>} of routes in YAML: an exchange goes through the connector of that name and comes back.
 * Its options are the connector's properties, and stay values: Camel's own component would put them into the template as
 * text.
 */
@Component("kamelet-component")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE) // each Camel context has its own
class KameletComponent extends DefaultComponent {

    private final Kamelets kamelets;
    private final Templates templates;
    private final ErpWrites writes;

    KameletComponent(Kamelets kamelets, Templates templates, ErpWrites writes) {
        this.kamelets = kamelets;
        this.templates = templates;
        this.writes = writes;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Kamelet kamelet = kamelets.named(remaining).orElseThrow(() -> new IllegalArgumentException(none(remaining)));
        TargetProperties properties = properties(kamelet, parameters);
        parameters.clear();
        return new KameletEndpoint(uri, this, kamelet, properties, new KameletEndpoint.Parts(templates, writes));
    }

    private String none(String name) {
        List<String> names = kamelets.kamelets().stream().map(Kamelet::name).toList();
        return "There is no connector " + name
                + Nearest.to(name, names)
                        .map(near -> "; did you mean kamelet:" + near + "?")
                        .orElse(" that is a file");
    }

    private static TargetProperties properties(Kamelet kamelet, Map<String, Object> parameters) {
        PropertySchema schema = kamelet.connector().properties();
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        Map<String, Redacted> secrets = new HashMap<>();
        parameters.forEach((name, value) -> {
            String text = String.valueOf(value);
            if (schema.secrets().contains(name)) {
                secrets.put(name, new Redacted(text));
                all.put(name, text);
            } else {
                JsonNode typed = typed(
                        text, schema.json().at("/properties/" + name + "/type").asText());
                plain.set(name, typed);
                all.set(name, typed);
            }
        });
        List<String> faults = new ArrayList<>();
        if (!parameters.isEmpty()) { // without any, those of the delivery's connection are meant
            schema.check(schema.withDefaults(all), (name, fault) -> faults.add(name + " " + fault));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "kamelet:" + kamelet.name() + " cannot be called so: " + String.join("; ", faults));
        }
        return new TargetProperties(plain, secrets);
    }

    /** A URI has texts alone; one that is not of its type is left to the schema to refuse. */
    private static JsonNode typed(String text, String type) {
        try {
            return switch (type) {
                case "integer", "number" -> JsonNodeFactory.instance.numberNode(new BigDecimal(text));
                case "boolean" ->
                    text.equals("true") || text.equals("false")
                            ? JsonNodeFactory.instance.booleanNode(text.equals("true"))
                            : JsonNodeFactory.instance.textNode(text);
                default -> JsonNodeFactory.instance.textNode(text);
            };
        } catch (NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
