package com.mobileapiconnect.bridge.netsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.AnswerJson;
import com.mobileapiconnect.bridge.erp.SystemWords;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import org.jspecify.annotations.Nullable;

/** Reads errors (docs.oracle.com, "Error Handling in REST Web Services"). */
final class NetSuiteError {

    static final int NOT_FOUND = 404;

    private NetSuiteError() {}

    /** Returns whether NetSuite says in its own words, and not a gateway before it, that there is no such record. */
    static boolean isAbsent(Answered answer) {
        return answer.status() == NOT_FOUND && code(answer) != null;
    }

    /** Returns the class of an error; null if it has none. */
    static @Nullable String code(Answered answer) {
        JsonNode code = AnswerJson.read(answer.body()).at("/o:errorDetails/0/o:errorCode");
        return code.isTextual() ? code.textValue() : null;
    }

    /** Returns all that NetSuite says of an error, each with its place in the record. */
    static @Nullable String words(Answered answer) {
        StringBuilder words = new StringBuilder();
        for (JsonNode each : AnswerJson.read(answer.body()).path("o:errorDetails")) {
            String detail = SystemWords.of(each.path("detail").asText(""));
            String path = each.path("o:errorPath").asText("");
            if (detail != null) {
                words.append(words.isEmpty() ? "" : "; ")
                        .append(detail)
                        .append(path.isEmpty() ? "" : " (" + path + ")");
            }
        }
        return words.isEmpty() ? SystemWords.of(answer.body()) : words.toString();
    }
}
