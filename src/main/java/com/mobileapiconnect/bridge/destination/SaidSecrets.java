package com.mobileapiconnect.bridge.destination;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets of a target out of what its receiver said: some repeat the headers or the row of a call in their
 * errors, which people and the operations webhook are shown.
 */
public final class SaidSecrets {

    private static final String INSTEAD = "…";
    /** A shorter secret is hidden only where it stands alone: elsewhere it is a part of many words. */
    private static final int LONG = 8;
    /** A still shorter one says nothing, and stands everywhere. */
    private static final int SHORTEST = 4;

    /** Credentials as they are sent, also those that a token endpoint or a login gave: with a digit, which words do not have. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)\\b(basic|bearer|session)\\s+(?=[^\\s\"',;]{0,4096}[0-9])[a-z0-9._~+/-]{16,}={0,2}");

    private SaidSecrets() {}

    /** Returns a text without the secrets; the same one if it has none. */
    public static @Nullable String hide(@Nullable String said, Target target) {
        if (said == null || said.isEmpty() || hasNone(target)) {
            return said;
        }
        String hidden = said;
        for (String secret : texts(target)) {
            hidden = without(hidden, secret);
        }
        return CREDENTIALS.matcher(hidden).replaceAll("$1 " + INSTEAD);
    }

    private static boolean hasNone(Target target) {
        return target.properties().secrets().isEmpty()
                && target.http().headers().isEmpty()
                && target.http().auth() == null;
    }

    /** Returns the secrets as they may stand in an answer, longer ones first: one may be a part of another. */
    private static List<String> texts(Target target) {
        List<String> texts = new ArrayList<>();
        target.properties().secrets().values().forEach(secret -> add(secret, texts));
        for (Redacted header : target.http().headers().values()) {
            add(header, texts);
            String value = header.reveal();
            add(value.substring(value.indexOf(' ') + 1), texts); // behind a scheme
        }
        HttpOptions.Auth auth = target.http().auth();
        if (auth != null) {
            add(auth.secret(), texts);
            if (auth instanceof HttpOptions.Auth.Basic basic) {
                add(base64(basic.username() + ":" + basic.password().reveal()), texts);
            }
        }
        texts.sort(Comparator.comparing(String::length).reversed());
        return texts;
    }

    private static void add(Redacted secret, List<String> into) {
        add(secret.reveal(), into);
    }

    /** Adds a secret as it is, as JSON has it and as URLs do. */
    private static void add(String secret, List<String> into) {
        into.add(secret);
        for (String spelled : List.of(
                secret.replace("\\", "\\\\").replace("\"", "\\\""),
                secret.replace("/", "\\/"),
                URLEncoder.encode(secret, StandardCharsets.UTF_8))) {
            if (!spelled.equals(secret)) {
                into.add(spelled);
            }
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String without(String text, String secret) {
        if (secret.length() >= LONG) {
            return cutOff(text.contains(secret) ? text.replace(secret, INSTEAD) : text, secret);
        } else if (secret.length() < SHORTEST) {
            return text;
        }
        StringBuilder hidden = new StringBuilder();
        int end = 0;
        for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
            if (at >= end && standsAlone(text, at, at + secret.length())) {
                hidden.append(text, end, at).append(INSTEAD);
                end = at + secret.length();
            }
        }
        return end == 0 ? text : hidden.append(text, end, text.length()).toString();
    }

    private static boolean standsAlone(String text, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
                && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
    }

    /** Takes away the beginning of a secret in which the text was cut off. */
    private static String cutOff(String text, String secret) {
        int end = text.endsWith(INSTEAD) ? text.length() - 1 : text.length();
        for (int length = Math.min(secret.length() - 1, end); length >= LONG; length--) {
            if (text.regionMatches(end - length, secret, 0, length)) { // copies nothing: secrets may be long
                return text.substring(0, end - length) + INSTEAD;
            }
        }
        return text;
    }
}
