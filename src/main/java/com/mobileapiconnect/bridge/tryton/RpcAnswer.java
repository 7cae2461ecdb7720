package com.mobileapiconnect.bridge.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.erp.AnswerJson;
import com.mobileapiconnect.bridge.erp.SystemWords;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a call, whose errors come with the status of a success. An exception of Tryton's own comes with its name; of
 * any other there is its text alone, by which Python's common ones are told.
 *
 * @param result missing if there is none
 * @param error  the class of the error; null for none, or if the status says it
 * @param words  the system's own; null if it has none
 */
record RpcAnswer(
        int status,
        JsonNode result,
        @Nullable String error,
        @Nullable String words) {

    /** The class of what is no answer of Tryton. */
    static final String STRANGE = "Strange";

    private static final String CONCURRENCY = "ConcurrencyException";
    /** The names of those exceptions; what follows has the words in the first or second place. */
    private static final Set<String> OWN = Set.of("UserError", "UserWarning", "LoginException", CONCURRENCY);

    private static final Map<String, Pattern> PYTHONS = new LinkedHashMap<>();

    static {
        PYTHONS.put("KeyError", Pattern.compile("'[^']*'"));
        PYTHONS.put("AssertionError", Pattern.compile(""));
        PYTHONS.put("AttributeError", Pattern.compile("(?s).* object has no attribute .*"));
        PYTHONS.put("NotImplementedError", Pattern.compile("Missing (setter|search) function .*"));
        PYTHONS.put(
                "ValueError",
                Pattern.compile(
                        "(?s)(invalid literal for .*|could not convert .*|Invalid isoformat .*|.* values to unpack.*"
                                + "|.* must be in range .*|.* cannot contain NUL .*|month must be .*|.*ConversionSyntax.*)"));
        PYTHONS.put(
                "TypeError",
                Pattern.compile("(?s)(.* argument.*|unsupported operand .*|.* must be .*, not .*|unhashable type.*"
                        + "|.* not supported between .*|.* object is not .*)"));
    }

    static RpcAnswer of(Answered answer) {
        int status = answer.status();
        if (!answer.isGood()) {
            String words = HttpAnswer.isRedirect(status)
                    ? "redirects are not followed; set the URL it leads to"
                    : SystemWords.of(answer.body());
            return new RpcAnswer(status, MissingNode.getInstance(), null, words);
        }
        JsonNode json = AnswerJson.read(answer.body());
        if (json.path("error").isArray()) {
            return error(status, json.path("error"));
        }
        return json.has("result")
                ? new RpcAnswer(status, json.path("result"), null, null)
                : strange(status, "the answer is none of Tryton; check the URL and the database");
    }

    /** Returns an answer whose result is not what the call gives. */
    static RpcAnswer strange(int status, String words) {
        return new RpcAnswer(status, MissingNode.getInstance(), STRANGE, words);
    }

    private static RpcAnswer error(int status, JsonNode error) {
        String first = error.path(0).asText();
        JsonNode second = error.path(1);
        if (OWN.contains(first) && (second.isArray() || first.equals(CONCURRENCY))) {
            return new RpcAnswer(status, MissingNode.getInstance(), first, own(first, second));
        }
        String kind = PYTHONS.entrySet().stream()
                .filter(each -> each.getValue().matcher(first).matches())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("Exception");
        String words =
                switch (kind) {
                    case "KeyError" -> "there is no field or model " + first;
                    case "AssertionError" -> "a value is of the wrong type";
                    default -> SystemWords.of(first);
                };
        return new RpcAnswer(status, MissingNode.getInstance(), kind, words);
    }

    private static @Nullable String own(String name, JsonNode said) {
        if (said.isTextual()) {
            return SystemWords.of(said.textValue());
        }
        boolean named = !name.equals("UserError"); // a name of its own comes first
        String message = SystemWords.of(said.path(named ? 1 : 0).asText());
        String more = name.equals("LoginException")
                ? null
                : SystemWords.of(said.path(named ? 2 : 1).asText());
        return message == null || more == null ? message : message + ": " + more;
    }
}
