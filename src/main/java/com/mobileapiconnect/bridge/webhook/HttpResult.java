package com.mobileapiconnect.bridge.webhook;

import com.mobileapiconnect.bridge.delivery.HttpAnswer;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a call: an answer, or none. */
public sealed interface HttpResult {

    /**
     * An answer came, of whatever status, whole or cut at the bound of what is kept.
     *
     * @param headers all of them, by their names in lower case
     */
    record Answered(HttpAnswer said, Map<String, List<String>> headers) implements HttpResult {

        public int status() {
            return said.status();
        }

        /** Returns whether the status is that of a success. */
        public boolean isGood() {
            return said.status() >= 200 && said.status() < 300;
        }

        public String body() {
            return said.body();
        }

        public @Nullable String header(String name) {
            List<String> values = all(name);
            return values.isEmpty() ? null : values.get(0);
        }

        public List<String> all(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        }
    }

    /**
     * No whole answer came. If the call may have been made, nobody knows whether it was carried out.
     *
     * @param outcome a retry, or deferred if no call was made
     * @param login   true if the call was not made because the login was refused
     */
    record Failed(Outcome outcome, boolean login) implements HttpResult {

        public Failed(Outcome outcome) {
            this(outcome, false);
        }

        public Evidence evidence() {
            Evidence evidence = outcome.evidence();
            return evidence == null ? Evidence.failure(Outcome.ErrorClass.HTTP, "No answer came") : evidence;
        }
    }
}
