package com.mobileapiconnect.bridge.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mobileapiconnect.bridge.http.Form;
import java.util.Locale;

/** The ways in which a body is written. A value stays a value, and its reader gets back the same text. */
enum Written {
    JSON("application/json") {
        @Override
        String escaped(String value) {
            String quoted = json(JsonMapper.builder().build().getNodeFactory().textNode(value));
            return quoted.substring(1, quoted.length() - 1);
        }

        @Override
        String of(JsonNode fields, String root) {
            return json(fields);
        }

        @Override
        void check(String sample, String name, int names) {
            try {
                READER.readTree(sample);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(
                        "is no JSON, with names inside its texts alone (line "
                                + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + ")",
                        e);
            }
        }
    },
    FORM(Form.CONTENT_TYPE) {
        @Override
        String escaped(String value) {
            return Form.encode(value);
        }

        @Override
        String of(JsonNode fields, String root) {
            return Forms.encode(fields);
        }

        @Override
        void check(String sample, String name, int names) {
            if (!sample.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("is no form, such as from={{from}}&text={{text}}");
            }
        }
    },
    XML("application/xml") {
        @Override
        String escaped(String value) {
            return Xml.escaped(value);
        }

        @Override
        String of(JsonNode fields, String root) {
            return Xml.write(fields, root);
        }

        @Override
        void check(String sample, String name, int names) {
            Xml.check(sample, name, names);
        }
    },
    TEXT("text/plain; charset=UTF-8") {
        @Override
        String escaped(String value) {
            return value;
        }

        @Override
        String of(JsonNode fields, String root) {
            throw new IllegalArgumentException("A text has no fields; give a body");
        }

        @Override
        void check(String sample, String name, int names) {
            // any text is one
        }
    };

    private static final JsonMapper READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonMapper WRITER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final String type;

    Written(String type) {
        this.type = type;
    }

    static Written named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Returns the content type. */
    String type() {
        return type;
    }

    /** Returns a value as it stands in the place of a name. */
    abstract String escaped(String value);

    /**
     * Returns fields as a body.
     *
     * @param root the outermost element, of XML
     * @throws IllegalArgumentException says why they cannot be written so
     */
    abstract String of(JsonNode fields, String root);

    /**
     * Checks a template by what becomes of it.
     *
     * @param name  what stands in it for each name
     * @param names how many
     * @throws IllegalArgumentException says what is wrong, in words that follow its name
     */
    abstract void check(String sample, String name, int names);

    private static String json(JsonNode node) {
        try {
            return WRITER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can be written as JSON", e);
        }
    }
}
