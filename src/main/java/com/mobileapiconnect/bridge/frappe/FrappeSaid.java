package com.mobileapiconnect.bridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.erp.AnswerJson;
import com.mobileapiconnect.bridge.erp.OutcomeTable;
import com.mobileapiconnect.bridge.erp.SystemWords;
import com.mobileapiconnect.bridge.erp.Verdict;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a site.
 *
 * @param error the class of the error, with the number of the database's; null for none, or none that is named
 * @param json  missing if it is something else
 */
record FrappeSaid(Answered answer, @Nullable String error, JsonNode json) {

    private static final String UNREADABLE = "unreadable";
    private static final String OF_DATABASE = "OperationalError";
    /** The number of an error of MariaDB in its text. */
    private static final Pattern NUMBER = Pattern.compile(OF_DATABASE + ": \\((\\d{4}),");

    /** An error of the database may be a bad value or a database that is away: its number tells. */
    static final OutcomeTable TABLE = OutcomeTable.of("""
            2xx - done
            2xx * unknown
            404 - retry
            417 QueryDeadlockError retry
            417 QueryTimeoutError retry
            417 DocumentLockedError retry
            417 TimestampMismatchError retry
            409 TimestampMismatchError retry
            500 OperationalError:1292 rejected
            500 OperationalError:1366 rejected
            500 OperationalError:1054 rejected
            500 OperationalError:1264 rejected
            500 OperationalError:1406 rejected
            500 DataError rejected
            500 JSONDecodeError rejected
            500 ImportError rejected
            """);

    static FrappeSaid of(Answered answer) {
        JsonNode json = AnswerJson.read(answer.body());
        if (answer.isGood()) {
            return new FrappeSaid(answer, json.isObject() ? null : UNREADABLE, json);
        }
        JsonNode type = json.path("exc_type");
        String error = type.isTextual() && !type.textValue().isBlank() ? type.textValue() : null;
        if (OF_DATABASE.equals(error)) {
            Matcher number = NUMBER.matcher(answer.body());
            error = number.find() ? OF_DATABASE + ":" + number.group(1) : error;
        }
        return new FrappeSaid(answer, error, json);
    }

    boolean isGood() {
        return error == null && answer.isGood();
    }

    /** Returns whether a document of the same name, or with the same value in a unique field, is there. */
    boolean isDuplicate() {
        return "UniqueValidationError".equals(error) || "DuplicateEntryError".equals(error);
    }

    Verdict verdict() {
        return TABLE.verdict(answer.status(), error);
    }

    /** Returns the site's own words; null if it has none. */
    @Nullable String words() {
        if (answer.isGood()) {
            return "the answer is none of Frappe";
        }
        String words = SystemWords.of(answer.body(), "/_server_messages", "/_error_message", "/exception");
        return words == null ? error : words;
    }
}
