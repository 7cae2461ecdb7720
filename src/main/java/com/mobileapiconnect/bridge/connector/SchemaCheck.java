package com.mobileapiconnect.bridge.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** A compiled schema. Only this class and {@link FaultWords} use the validator, which is loaded with this class. */
final class SchemaCheck {

    private static final int MOST_FAULTS = 20;

    private final Schema schema;

    SchemaCheck(JsonNode json) {
        // A registry for each: schemas with the same $id must not meet.
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(Dialects.getDraft202012(), builder -> builder.schemaLoader(
                                loader -> loader.block(iri -> true)) // a schema stands for itself
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                // linear time, whatever a tenant writes
                                .regularExpressionFactory(regex -> {
                                    Pattern pattern = Pattern.compile(regex);
                                    return text -> pattern.matcher(text).find();
                                })
                                .build()));
        this.schema = registry.getSchema(json);
        // Patterns and references are resolved now, not by the first check.
        schema.initializeValidators();
    }

    void check(JsonNode properties, BiConsumer<String, String> wrong) {
        Map<String, Set<String>> faults = new LinkedHashMap<>();
        for (Error error : schema.validate(properties)) {
            FaultWords.add(error, faults);
        }
        faults.entrySet().stream()
                .limit(MOST_FAULTS)
                .forEach(fault -> wrong.accept(fault.getKey(), String.join(", or ", fault.getValue())));
    }
}
