package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import com.mobileapiconnect.bridge.webhook.HttpResult.Answered;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates of several records in one call as {@code multipart/mixed} (OData 4.0). Each has a change set of its own, which is
 * where many services want to see every change, and which no other record can undo.
 */
final class MultipartBatch {

    private static final String END = "\r\n";
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))");
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d(?:\\.\\d)? ([1-5]\\d\\d)(?: .*)?");
    private static final Pattern BLANK_LINE = Pattern.compile("\r?\n\r?\n");

    private MultipartBatch() {}

    static HttpRequest of(ODataSettings settings, List<ErpWrite> writes) {
        String boundary = "batch_" + UUID.randomUUID();
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < writes.size(); i++) {
            String changes = "changes_" + i;
            body.append("--" + boundary + END + "Content-Type: multipart/mixed; boundary=" + changes + END + END);
            body.append("--" + changes + END);
            request(body, settings, i, Json.write(EntityWriter.entity(settings, writes.get(i))));
            body.append("--" + changes + "--" + END);
        }
        body.append("--" + boundary + "--" + END);
        return HttpRequest.of(
                Method.POST,
                settings.service().at("$batch"),
                // without it a service stops at the first bad one
                Map.of("Accept", "multipart/mixed", "OData-Version", "4.0", "Prefer", "odata.continue-on-error"),
                new Body("multipart/mixed; boundary=" + boundary, body.toString()));
    }

    /** @param entity JSON, which has no line ends of its own, and so no line that ends a part */
    private static void request(StringBuilder body, ODataSettings settings, int id, String entity) {
        body.append("Content-Type: application/http" + END + "Content-Transfer-Encoding: binary" + END);
        body.append("Content-ID: " + id + END + END);
        body.append("POST " + settings.entitySet() + " HTTP/1.1" + END);
        body.append("Content-Type: application/json" + END + "Accept: application/json" + END);
        body.append("Prefer: return=minimal" + END);
        body.append("Content-Length: " + entity.getBytes(StandardCharsets.UTF_8).length + END + END);
        body.append(entity).append(END);
    }

    /** Tells what the service says to each of them: in their order, or with their ids. */
    static void answers(Answered whole, BatchAnswers into) {
        List<Part> parts = parts(String.valueOf(whole.header("content-type")), whole.body());
        for (int i = 0; i < parts.size(); i++) {
            tell(parts.get(i), i, into);
        }
    }

    private static void tell(Part part, int index, BatchAnswers into) {
        Part http = part;
        if (part.isMultipart()) {
            List<Part> answers = parts(part.type(), part.content());
            if (answers.isEmpty()) {
                return;
            }
            http = answers.get(0); // of a change set with one record
        }
        Part answer = Part.of(http.content());
        Matcher status = STATUS.matcher(answer.first());
        if (status.matches()) {
            String id = http.headers().get("content-id");
            int given = id == null ? -1 : BatchAnswers.index(id.strip());
            into.add(given < 0 ? index : given, Integer.parseInt(status.group(1)), answer.headers(), answer.content());
        }
    }

    /**
     * A part, or the answer within one.
     *
     * @param first   its first line
     * @param headers by their names in lower case
     */
    private record Part(String first, Map<String, String> headers, String content) {

        static Part of(String text) {
            Matcher blank = BLANK_LINE.matcher(text);
            boolean hasContent = blank.find();
            String head = hasContent ? text.substring(0, blank.start()) : text;
            Map<String, String> headers = new HashMap<>();
            head.lines().forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            });
            String first = head.lines().findFirst().orElse("").strip();
            return new Part(
                    first, headers, hasContent ? text.substring(blank.end()).strip() : "");
        }

        String type() {
            return headers.getOrDefault("content-type", "");
        }

        boolean isMultipart() {
            return type().toLowerCase(Locale.ROOT).startsWith("multipart/");
        }
    }

    /** Returns the parts that have an end; of an answer that was cut off, the last one is missing. */
    private static List<Part> parts(String type, String body) {
        String boundary = boundary(type);
        List<Part> parts = new ArrayList<>();
        if (boundary == null) {
            return parts;
        }
        StringBuilder part = null;
        for (String line : (Iterable<String>) body.lines()::iterator) {
            String bare = line.stripTrailing();
            if (bare.equals("--" + boundary) || bare.equals("--" + boundary + "--")) {
                if (part != null) {
                    parts.add(Part.of(part.toString()));
                }
                part = bare.endsWith(boundary) ? new StringBuilder() : null;
            } else if (part != null) {
                part.append(line).append('\n');
            }
        }
        return parts;
    }

    private static @Nullable String boundary(String type) {
        Matcher found = BOUNDARY.matcher(type);
        if (!found.find()) {
            return null;
        }
        return found.group(1) == null ? found.group(2) : found.group(1);
    }
}
