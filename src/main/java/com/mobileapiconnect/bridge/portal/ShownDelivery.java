package com.mobileapiconnect.bridge.portal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A delivery as the API shows it. */
record ShownDelivery(
        String id,
        @Nullable String messageId,
        @Nullable String from,
        String event,
        Target target,
        String status,
        @Nullable String reason,
        List<Attempt> attempts,
        int attemptsMade,
        @Nullable String externalId,
        @Nullable String externalUrl,
        @Nullable Reply reply,
        @Nullable String nextAttemptAt,
        String createdAt,
        @Nullable String finishedAt) {

    record Target(String type, String id, String name) {

        /** Returns the name, or what it is where nobody gave it one. An action has the name of its rule and its type. */
        String shown(Texts texts) {
            String what = texts.word("target", type);
            String rule = rule();
            return name.isBlank() ? what : rule == null ? name : rule + ": " + what;
        }

        /** Returns the name where it is said beside it what it is. */
        String named(Texts texts) {
            String rule = rule();
            return rule == null ? shown(texts) : rule;
        }

        private @Nullable String rule() {
            String ending = ": " + type;
            return name.length() > ending.length() && name.endsWith(ending)
                    ? name.substring(0, name.length() - ending.length())
                    : null;
        }

        /** Returns the page on which it is changed; null for none. */
        @Nullable String path() {
            return switch (type) {
                case "connection" -> "/connections/" + id;
                case "webhook", "operations" -> "/webhooks";
                case "rule-webhook", "reply", "email" -> "/rules";
                default -> null;
            };
        }
    }

    record Attempt(
            int n,
            String at,
            long durationMs,
            String outcome,
            @Nullable String errorClass,
            @Nullable Integer httpStatus,
            @Nullable String error,
            @Nullable String responseBody,
            @Nullable String stepError) {

        boolean success() {
            return outcome.equals("success");
        }

        /** Returns what the other side said, in a few words. */
        String said() {
            return ShownDelivery.said(httpStatus, success() ? null : error, outcome);
        }
    }

    record Reply(
            String id,
            @Nullable String to,
            @Nullable String text,
            String status,
            @Nullable String error,
            @Nullable String updatedAt) {}

    Fate fate() {
        return Fate.ofStatus(status);
    }

    /** Returns whether it is a reply that a guard kept back. */
    boolean isSuppressed() {
        return fate() == Fate.SKIPPED && target.type().equals("reply");
    }

    @Nullable Attempt lastAttempt() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }

    /** Returns what the other side said last; empty before the first try. */
    String lastAnswer() {
        Attempt last = lastAttempt();
        return last == null ? "" : last.said();
    }

    /** Returns whether a request can be shown that it makes: replies and mail make none. */
    boolean makesRequests() {
        return !target.type().equals("reply") && !target.type().equals("email");
    }

    /** Returns why it has not arrived, or how it did; empty where there is nothing to say yet. */
    String why(Texts texts) {
        String said = lastAnswer();
        String because = reason == null ? "" : texts.word("reason", reason);
        return because.isEmpty() || said.isEmpty() ? because + said : because + " · " + said;
    }

    /** Returns where people find the record that was made; null for none, or for what is no web address. */
    @Nullable String link() {
        return externalUrl != null && externalUrl.matches("https?://.*") ? externalUrl : null;
    }

    /** Returns a status and what went wrong, without saying the status twice. */
    static String said(@Nullable Integer httpStatus, @Nullable String error, String otherwise) {
        String status = httpStatus == null ? "" : "HTTP " + httpStatus;
        if (error == null || error.equals(status)) {
            return status.isEmpty() ? otherwise : status;
        }
        return status.isEmpty() || error.startsWith(status) ? error : status + ": " + error;
    }
}
