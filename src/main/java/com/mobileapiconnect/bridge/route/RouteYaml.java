package com.mobileapiconnect.bridge.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.route.RouteFault.Place;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * Reads the text of a route event by event, and refuses it at the first part too many: time and memory are in proportion
 * to its size, which is bounded. There are no aliases, so that a few lines cannot stand for millions.
 */
final class RouteYaml {

    static final int MOST_VALUES = 20_000;
    static final int DEEPEST = 100;

    private static final int LONGEST_NUMBER = 100;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonSchema SCHEMA = new JsonSchema();

    private final Iterator<Event> events;
    private final Map<String, Place> values = new HashMap<>();
    private final Map<String, Place> keys = new HashMap<>();

    private RouteYaml(Iterator<Event> events) {
        this.events = events;
    }

    /** Throws a {@link RouteRefusedException} for a text that cannot be read. */
    static RouteText read(String name, byte[] bytes) {
        if (bytes.length > RouteText.MOST_BYTES) {
            throw new RouteRefusedException(
                    "The text has " + bytes.length + " bytes; " + RouteText.MOST_BYTES + " are the most",
                    "make several routes of it");
        }
        String text = decoded(bytes);
        LoadSettings settings = LoadSettings.builder()
                .setSchema(SCHEMA)
                .setCodePointLimit(text.length() + 1)
                .setBufferSize(text.length() + 1) // all at once: the parser copies what it has for every buffer
                .build();
        try {
            RouteYaml yaml = new RouteYaml(new Parse(settings).parseString(text).iterator());
            JsonNode tree = yaml.document();
            if (tree == null || tree.isNull() || tree.isEmpty()) {
                throw new RouteRefusedException(
                        new RouteFault(1, 1, "The text is empty", "to remove a route, delete it"));
            }
            return new RouteText(name, text, tree, Map.copyOf(yaml.values), Map.copyOf(yaml.keys));
        } catch (MarkedYamlEngineException e) {
            throw new RouteRefusedException(RouteFault.at(
                    e.getProblemMark().map(RouteYaml::place).orElse(Place.NOWHERE), e.getProblem(), null));
        } catch (YamlEngineException e) {
            throw new RouteRefusedException(String.valueOf(e.getMessage()), null);
        }
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RouteRefusedException("The text is not UTF-8", null);
        }
    }

    private @Nullable JsonNode document() {
        JsonNode document = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                if (document != null) {
                    throw refused(event, "A second document begins", "a route is one document");
                }
                document = value(events.next(), "", 0);
            }
        }
        return document;
    }

    private JsonNode value(Event event, String pointer, int depth) {
        if (values.size() >= MOST_VALUES) {
            throw refused(event, "The text has more than " + MOST_VALUES + " values", "make several routes of it");
        }
        if (depth > DEEPEST) {
            throw refused(event, "Nested deeper than " + DEEPEST + " levels", null);
        }
        if (event.getEventId() == Event.ID.Alias) {
            throw refused(event, "Aliases (*name) are not taken", "write it out where it is needed");
        }
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> {
            throw refused(event, "Anchors (&" + anchor + ") are not taken", "leave it out");
        });
        values.put(pointer, place(event));
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        return event instanceof MappingStartEvent mapping
                ? mapping(mapping, pointer, depth)
                : sequence((CollectionStartEvent) event, pointer, depth);
    }

    private ObjectNode mapping(MappingStartEvent start, String pointer, int depth) {
        untagged(start, Tag.MAP);
        ObjectNode object = JSON.objectNode();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(event instanceof ScalarEvent name) || name.getAnchor().isPresent()) {
                throw refused(event, "A key is a plain name", null);
            }
            String key = name.getValue();
            if (object.has(key)) {
                throw refused(event, "The key " + key + " is there twice", "remove one of them");
            }
            String inner = pointer + "/" + escaped(key);
            keys.put(inner, place(event));
            object.set(key, value(events.next(), inner, depth + 1));
        }
        return object;
    }

    private ArrayNode sequence(CollectionStartEvent start, String pointer, int depth) {
        untagged(start, Tag.SEQ);
        ArrayNode array = JSON.arrayNode();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            array.add(value(event, pointer + "/" + array.size(), depth + 1));
        }
        return array;
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static void untagged(CollectionStartEvent start, Tag usual) {
        Optional<String> tag = start.getTag().filter(given -> !given.equals("!") && !given.equals(usual.getValue()));
        if (tag.isPresent()) {
            throw refused(start, "Tags (" + tag.get() + ") are not taken", "leave it out");
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
        if (tag.equals(Tag.STR) || tag.equals(Tag.ENV_TAG)) {
            return JSON.textNode(text);
        } else if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        } else if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.equalsIgnoreCase("true"));
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(event, text);
        }
        throw refused(event, "Tags (" + tag + ") are not taken", "leave it out");
    }

    private static JsonNode number(Event event, String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw refused(event, "A number of more than " + LONGEST_NUMBER + " characters", null);
        }
        try {
            return JSON.numberNode(new BigDecimal(text));
        } catch (NumberFormatException e) { // .inf and the like
            return JSON.textNode(text);
        }
    }

    private static RouteRefusedException refused(Event at, String message, @Nullable String hint) {
        return new RouteRefusedException(RouteFault.at(place(at), message, hint));
    }

    private static Place place(Event event) {
        return event.getStartMark().map(RouteYaml::place).orElse(Place.NOWHERE);
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
