package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

/** Camel's own schema of routes in YAML. */
public final class CamelSchema {

    private CamelSchema() {}

    public static Schema read() {
        try (InputStream in = Objects.requireNonNull(
                YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json"))) {
            return SchemaRegistry.withDefaultDialect(Dialects.getDraft4()).getSchema(new JsonMapper().readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
