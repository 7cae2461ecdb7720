package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** The document as it is written: in a form that generators of clients understand, and without bounds of its own. */
class OpenApiFormTest {

    private static final Pattern NAMED = Pattern.compile("/components/schemas/\\w+");
    private static final Pattern ID = Pattern.compile("[a-z][A-Za-z]+");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    /** What generators read wrongly or not at all. */
    private static final Set<String> HARD = Set.of(
            "allOf",
            "not",
            "if",
            "then",
            "else",
            "unevaluatedProperties",
            "patternProperties",
            "dependentSchemas",
            "dependentRequired",
            "$defs");

    private static final Set<String> LOWER = Set.of("minimum", "minLength", "minItems", "minProperties");
    private static final Set<String> UPPER = Set.of("maximum", "maxLength", "maxItems", "maxProperties");
    private static final Pattern BOUND_OF_PATTERN = Pattern.compile("\\{\\d+,\\d+}");

    private final JsonNode document = read();
    private final Map<String, JsonNode> schemas = OpenApiSchemas.all(document);

    private static JsonNode read() {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(new ClassPathResource("openapi/openapi.yaml"));
        return new JsonMapper().valueToTree(yaml.getObject());
    }

    @Test
    void everyObjectHasANameOfItsOwn() {
        assertThat(places((place, schema) ->
                        schema.has("properties") && !NAMED.matcher(place).matches()))
                .isEmpty();
    }

    @Test
    void everyNameIsUsed() {
        Set<String> used = new TreeSet<>();
        document.findValues("$ref").forEach(ref -> used.add(ref.asText().replaceFirst(".*/", "")));
        Set<String> named = new TreeSet<>();
        document.at("/components/schemas").fieldNames().forEachRemaining(named::add);

        assertThat(used).containsAll(named);
    }

    @Test
    void noSchemaHasAConditionThatOnlyAValidatorUnderstands() {
        assertThat(places((place, schema) -> HARD.stream().anyMatch(schema::has)))
                .isEmpty();
    }

    @Test
    void aChoiceOrConstantSaysItsType() {
        assertThat(places((place, schema) -> (schema.has("enum") || schema.has("const")) && !schema.has("type")))
                .isEmpty();
    }

    /** Phones may send more than the bridge reads. */
    @Test
    void objectsInRequestsAreClosed() {
        List<String> open = new ArrayList<>();
        OpenApiSchemas.ofRequests(document).forEach((place, schema) -> {
            if (schema.has("properties") && schema.path("additionalProperties").asBoolean(true)) {
                open.add(place);
            }
        });

        assertThat(open)
                .containsExactlyInAnyOrder(
                        "/components/schemas/InboundMessage",
                        "/components/schemas/InboundBacklog",
                        "/components/schemas/CapturedIds",
                        "/components/schemas/NewHeartbeat");
    }

    @Test
    void eachOperationHasAnIdOfItsOwnAndOneKnownTag() {
        Set<String> tags = new TreeSet<>();
        document.path("tags").forEach(tag -> tags.add(tag.path("name").asText()));
        List<String> ids = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        document.path("paths").forEach(path -> path.properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .map(Map.Entry::getValue)
                .forEach(operation -> {
                    ids.add(operation.path("operationId").asText());
                    assertThat(operation.path("tags")).as(ids.toString()).hasSize(1);
                    used.add(operation.at("/tags/0").asText());
                }));

        assertThat(ids).doesNotHaveDuplicates().allMatch(ID.asMatchPredicate());
        assertThat(used).isEqualTo(tags);
    }

    /** Its number stands in the code that checks it; what only says that something is there is no number. */
    @Test
    void everyBoundOfARequestIsNamedAndNotWritten() {
        List<String> written = new ArrayList<>();
        OpenApiSchemas.ofRequests(document).forEach((place, schema) -> schema.properties().stream()
                .filter(word -> isWrittenBound(word.getKey(), word.getValue()))
                .forEach(word -> written.add(place + " " + word)));

        assertThat(written).isEmpty();
    }

    private static boolean isWrittenBound(String word, JsonNode value) {
        if (LOWER.contains(word)) {
            return value.isNumber() && value.doubleValue() != 0 && value.doubleValue() != 1;
        } else if (UPPER.contains(word)) {
            return value.isNumber() && value.doubleValue() != 0;
        }
        return word.equals("pattern")
                && BOUND_OF_PATTERN.matcher(value.asText()).find();
    }

    private interface Flaw {
        boolean in(String place, JsonNode schema);
    }

    private List<String> places(Flaw flaw) {
        List<String> places = new ArrayList<>();
        schemas.forEach((place, schema) -> {
            if (flaw.in(place, schema)) {
                places.add(place);
            }
        });
        return places;
    }
}
