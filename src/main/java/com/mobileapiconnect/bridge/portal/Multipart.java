package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A form with a file, as browsers write it ({@code multipart/form-data}, RFC 7578). */
final class Multipart {

    /** No form of ours has as many fields; what comes behind is not read. */
    private static final int MOST_PARTS = 100;

    private static final Pattern BOUNDARY = Pattern.compile(
            "multipart/form-data *;.*?boundary=\"?([^\";, ]{1,70})\"?.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE = Pattern.compile("[; ]filename\\*?=", Pattern.CASE_INSENSITIVE);
    private static final byte[] END_OF_HEADERS = bytes("\r\n\r\n");

    private Multipart() {}

    /** Returns what stands between the parts; null if the request is no such form. */
    static @Nullable String boundary(HttpServletRequest request) {
        String type = request.getContentType();
        Matcher matcher = BOUNDARY.matcher(type == null ? "" : type);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Reads the parts up to the first that is not whole. A file that nobody chose, which is empty, is left out. */
    static Form read(String boundary, byte[] body) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] between = bytes("\r\n--" + boundary);
        int begin = between.length; // the first one has no line end before it, but one behind it
        for (int i = 0; i < MOST_PARTS; i++) {
            int headersEnd = indexOf(body, END_OF_HEADERS, begin);
            int content = headersEnd + END_OF_HEADERS.length;
            int end = headersEnd < 0 ? -1 : indexOf(body, between, content);
            if (end < 0) {
                break;
            }
            String headers = new String(body, begin, headersEnd - begin, StandardCharsets.UTF_8);
            Matcher name = NAME.matcher(headers);
            boolean isFile = FILE.matcher(headers).find();
            boolean isNamed = name.find();
            if (isNamed && !isFile) {
                fields.computeIfAbsent(name.group(1), first -> new ArrayList<>())
                        .add(new String(body, content, end - content, StandardCharsets.UTF_8));
            } else if (isNamed && end > content) {
                files.put(name.group(1), Arrays.copyOfRange(body, content, end));
            }
            begin = end + between.length + 2;
        }
        return new Form(fields, files);
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        for (int at = Math.max(0, from); at <= body.length - wanted.length; at++) {
            if (Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
