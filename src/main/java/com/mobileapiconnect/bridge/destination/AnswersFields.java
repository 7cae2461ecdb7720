package com.mobileapiconnect.bridge.destination;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.mobileapiconnect.bridge.api.Fields;
import com.mobileapiconnect.bridge.destination.FailureWhen.Contains;
import com.mobileapiconnect.bridge.destination.FailureWhen.Equal;
import com.mobileapiconnect.bridge.destination.FailureWhen.Exists;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what answers mean: the fields {@code success}, {@code failureWhen} and {@code replyFrom} of a target. */
public final class AnswersFields {

    static final String REPLY_FROM = "replyFrom";

    private static final int MOST_STATUSES = 20;
    private static final int LONGEST = 200;
    private static final String FORMS = "must be {\"pointer\":\"/error\",\"exists\":true}, {\"pointer\":\"/status\","
            + "\"equals\":\"error\"} or {\"contains\":\"ERROR\"}";

    private AnswersFields() {}

    /** Reads a target's fields; what is left out takes its default. */
    public static Answers read(Fields target) {
        JsonPointer replyFrom = target.raw(REPLY_FROM) == null ? null : pointer(target, REPLY_FROM);
        Answers read = new Answers(success(target), failureWhen(target.object("failureWhen")), replyFrom);
        return read.equals(Answers.DEFAULT) ? Answers.DEFAULT : read;
    }

    /** Reads what was stored; null is the default. */
    static Answers stored(@Nullable String json) {
        return json == null ? Answers.DEFAULT : read(Fields.of(StoredJson.read(json), "", new ArrayList<>()));
    }

    /** Returns what is stored; null for the default. */
    static @Nullable String toStore(Answers answers) {
        return answers.equals(Answers.DEFAULT) ? null : StoredJson.write(answers);
    }

    private static List<Statuses> success(Fields target) {
        JsonNode list = target.raw("success");
        if (list == null) {
            return Answers.DEFAULT.success();
        }
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_STATUSES) {
            target.wrong("success", "must be a list of 1 to " + MOST_STATUSES + " statuses, such as [\"2xx\",302]");
            return Answers.DEFAULT.success();
        }
        Set<Statuses> statuses = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String place = "success[" + i + "]";
            Statuses.of(list.get(i)).ifPresentOrElse(statuses::add, () -> target.wrong(place, Statuses.FORM));
        }
        return List.copyOf(statuses);
    }

    private static @Nullable FailureWhen failureWhen(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        fields.allow("pointer", "exists", "equals", "contains");
        if (fields.raw("contains") != null) {
            return alone(fields, "contains") ? contains(fields) : null;
        }
        if (fields.raw("pointer") == null) {
            fields.wrong("pointer", "or contains must be given: failureWhen " + FORMS);
            return null;
        }
        JsonPointer pointer = pointer(fields, "pointer");
        if (pointer == null) {
            return null;
        }
        return fields.raw("equals") == null
                ? new Exists(pointer, fields.flag("exists", true))
                : alone(fields, "equals", "pointer") ? equal(fields, pointer) : null;
    }

    private static boolean alone(Fields fields, String... names) {
        boolean alone = Set.of(names)
                .containsAll(fields.names().stream()
                        .filter(name -> fields.raw(name) != null)
                        .toList());
        if (!alone) {
            fields.wrong(names[0], "must not be given together with the others: failureWhen " + FORMS);
        }
        return alone;
    }

    private static @Nullable Contains contains(Fields fields) {
        String text = filled(fields, "contains");
        return text == null ? null : new Contains(text);
    }

    private static @Nullable JsonPointer pointer(Fields fields, String name) {
        String text = filled(fields, name);
        if (text == null) {
            return null;
        }
        if (text.charAt(0) != '/') {
            fields.wrong(name, "must be a JSON pointer (RFC 6901), which begins with a slash, such as \"/error\"");
            return null;
        }
        return JsonPointer.compile(text);
    }

    private static @Nullable String filled(Fields fields, String name) {
        String text = fields.text(name, LONGEST);
        if (text != null && text.isEmpty()) {
            fields.wrong(name, "must not be empty");
            return null;
        }
        return text;
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue());
    }

    private static @Nullable Equal equal(Fields fields, JsonPointer pointer) {
        JsonNode value = fields.raw("equals");
        if (value != null && value.isTextual()) {
            String text = fields.text("equals", LONGEST);
            return text == null ? null : new Equal(pointer, TextNode.valueOf(text));
        }
        if (value == null
                || !(value.isBoolean() || isFinite(value))
                || value.asText().length() > LONGEST) {
            fields.wrong("equals", "must be a string, a number, true or false");
            return null;
        }
        return new Equal(pointer, value);
    }
}
