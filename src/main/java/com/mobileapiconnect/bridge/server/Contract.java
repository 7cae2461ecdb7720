package com.mobileapiconnect.bridge.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** The machine-readable HTTP contract: the hand-written YAML, with the bounds of the code. */
public final class Contract {

    private static final String SOURCE = "openapi/openapi.yaml";

    private Contract() {}

    /** Reads the OpenAPI document. */
    public static JsonNode read() {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(new ClassPathResource(SOURCE));
        Map<String, Object> contract = yaml.getObject();
        if (contract == null) {
            throw new IllegalStateException(SOURCE + " is empty");
        }
        return new JsonMapper().valueToTree(CodeConstants.in(contract));
    }
}
