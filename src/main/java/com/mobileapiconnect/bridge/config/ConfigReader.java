package com.mobileapiconnect.bridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.Written;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * Reads YAML 1.2 from people into a tree, event by event, so that a file is refused at the first value too many. Time and
 * memory are in proportion to the file's size, which is bounded.
 */
final class ConfigReader {

    static final int MAX_VALUES = 50_000;
    private static final int DEEPEST = 64;
    /** The depth of a connection or a rule: an entry of a list of the file. */
    private static final int ENTRY = 2;

    private static final int LONGEST_NUMBER = 100;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonSchema SCHEMA = new JsonSchema();

    private final Iterator<Event> events;
    private final Map<Anchor, JsonNode> anchors = new HashMap<>();
    private int values;

    private ConfigReader(Iterator<Event> events) {
        this.events = events;
    }

    /** Throws a 400 {@link Problem} for what is no YAML, and a 413 one for a file of too many values. */
    static JsonNode read(byte[] file) {
        try {
            JsonNode json = new ConfigReader(events(file)).document();
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
        throw Problem.badRequest("The body must be a YAML mapping such as GET /v1/config gives.");
    }

    /** Parses a file event by event. */
    static Iterator<Event> events(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        LoadSettings settings = LoadSettings.builder()
                .setSchema(SCHEMA)
                .setCodePointLimit(text.length() + 1) // the body is bounded
                // All at once: for every buffer's worth of a long comment or value the parser copies what it has.
                .setBufferSize(text.length() + 1)
                .build();
        return new Parse(settings).parseString(text).iterator();
    }

    private static Problem unreadable(String why) {
        return Problem.badRequest("The body is not YAML that can be read: " + why);
    }

    private static Problem unreadable(Event at, String why) {
        return unreadable(why
                + at.getStartMark()
                        .map(Mark::getLine)
                        .map(line -> " in line " + (line + 1))
                        .orElse(""));
    }

    private @Nullable JsonNode document() {
        JsonNode document = null;
        for (int documents = 0; events.hasNext(); ) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                if (++documents > 1) {
                    throw unreadable(event, "a second document begins");
                }
                document = value(events.next(), 0);
            }
        }
        return document;
    }

    private JsonNode value(Event event, int depth) {
        if (++values > MAX_VALUES) {
            throw Problem.tooLarge("The file has more than " + MAX_VALUES + " values.");
        }
        if (depth > DEEPEST) {
            throw Problem.badRequest("The body is nested deeper than any configuration is.");
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        JsonNode value = event instanceof ScalarEvent scalar
                ? scalar(scalar)
                : event instanceof MappingStartEvent mapping ? mapping(mapping, depth) : sequence(event, depth);
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, value));
        return value;
    }

    /** Finds a scalar. A few lines of aliases of collections could stand for more than fits into memory. */
    private JsonNode aliased(AliasEvent alias) {
        JsonNode meant = anchors.get(alias.getAlias());
        if (meant == null || meant.isContainerNode()) {
            throw unreadable(alias, "an alias stands for no single value");
        }
        return meant;
    }

    private ObjectNode mapping(MappingStartEvent start, int depth) {
        untagged(start, Tag.MAP);
        ObjectNode object = JSON.objectNode();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String key = key(event);
            if (object.has(key)) {
                throw unreadable(event, "found duplicate key " + key);
            }
            JsonNode value = value(events.next(), depth + 1);
            object.set(key, depth == ENTRY && key.equals("when") ? condition(value) : value);
        }
        return object;
    }

    /** Returns a condition whose operands are texts, as written: {@code value: 1900} means a number of a phone. */
    private static JsonNode condition(JsonNode node) {
        if (node instanceof ObjectNode object) {
            boolean ofSim = object.path("field").asText().equals("sim");
            object.properties()
                    .forEach(part -> part.setValue(
                            part.getKey().equals("value") && !ofSim
                                    ? texts(part.getValue())
                                    : condition(part.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, condition(array.get(i)));
            }
        }
        return node;
    }

    private static JsonNode texts(JsonNode node) {
        if (node instanceof Written number) {
            return JSON.textNode(number.written());
        } else if (node instanceof ObjectNode object) {
            object.properties().forEach(part -> part.setValue(texts(part.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, texts(array.get(i)));
            }
        }
        return node;
    }

    private String key(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar).asText();
        } else if (event instanceof AliasEvent alias) {
            return aliased(alias).asText();
        }
        throw unreadable(event, "a key is no single value");
    }

    private ArrayNode sequence(Event start, int depth) {
        untagged((CollectionStartEvent) start, Tag.SEQ);
        ArrayNode array = JSON.arrayNode();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            array.add(value(event, depth + 1));
        }
        return array;
    }

    private static void untagged(CollectionStartEvent start, Tag usual) {
        Optional<String> tag = start.getTag().filter(given -> !given.equals("!") && !given.equals(usual.getValue()));
        if (tag.isPresent()) {
            throw unreadable(start, "an unknown tag");
        }
    }

    private static JsonNode scalar(ScalarEvent event) {
        String text = event.getValue();
        Tag tag = event.getTag()
                .filter(given -> !given.equals("!"))
                .map(Tag::new)
                .orElseGet(() -> event.getImplicit().canOmitTagInPlainScalar()
                        ? SCHEMA.getScalarResolver().resolve(text, true)
                        : Tag.STR);
        if (tag.equals(Tag.STR) || tag.equals(Tag.ENV_TAG)) { // no value is ever looked up in the environment
            return JSON.textNode(text);
        } else if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        } else if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(event, text, tag.equals(Tag.INT));
        }
        throw unreadable(event, "an unknown tag");
    }

    private static JsonNode number(Event event, String text, boolean whole) {
        if (text.length() > LONGEST_NUMBER) {
            throw unreadable(event, "a number of more than " + LONGEST_NUMBER + " characters");
        }
        return whole ? Written.whole(new BigInteger(text), text) : Written.fraction(fraction(text), text);
    }

    private static double fraction(String text) {
        return switch (text) {
            case ".nan" -> Double.NaN;
            case ".inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
