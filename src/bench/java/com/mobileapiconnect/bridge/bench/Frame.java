package com.mobileapiconnect.bridge.bench;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the parts of one HTTP/1.1 message lie in a byte array. Made once and used for every message: no string, no copy
 * and no garbage per message.
 */
final class Frame {

    private static final int MOST_HEADERS = 64;
    private static final int LARGEST_BODY = 16 << 20;
    private static final byte[] CONTENT_LENGTH = name("content-length");
    private static final byte[] TRANSFER_ENCODING = name("transfer-encoding");
    private static final byte[] CONNECTION = name("connection");

    private final int[] nameFrom = new int[MOST_HEADERS];
    private final int[] nameTo = new int[MOST_HEADERS];
    private final int[] valueTo = new int[MOST_HEADERS];
    private byte[] bytes = {};
    private int headers;
    private int start;
    private int bodyFrom;
    private int bodyTo;
    private int end;

    /** A header name as the look-ups here want it; give it in lower case. */
    static byte[] name(String lowerCase) {
        return lowerCase.getBytes(StandardCharsets.US_ASCII);
    }

    /** Finds the message that begins at {@code from}; false while its end is missing. Joins a chunked body in place. */
    boolean parse(byte[] source, int from, int to) throws ProtocolException {
        bytes = source;
        start = from;
        headers = 0;
        int line = from;
        for (int newline = newline(line, to); newline >= 0; newline = newline(line, to)) {
            int stop = newline > line && bytes[newline - 1] == '\r' ? newline - 1 : newline;
            if (stop == line) {
                return body(newline + 1, to);
            }
            if (line > from) {
                mark(line, stop);
            }
            line = newline + 1;
        }
        return false;
    }

    byte[] bytes() {
        return bytes;
    }

    int bodyFrom() {
        return bodyFrom;
    }

    int bodyTo() {
        return bodyTo;
    }

    /** The index behind the message, where a pipelined one begins. */
    int end() {
        return end;
    }

    /** The status of a response. */
    int status() throws ProtocolException {
        int at = start + "HTTP/1.1 ".length();
        int status = 0;
        for (int i = at; i < at + 3; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new ProtocolException("No status line");
            }
            status = status * 10 + digit;
        }
        return status;
    }

    /** Whether a request is for this path, whatever its query. */
    boolean isFor(byte[] path) {
        int at = start;
        while (bytes[at] != ' ' && bytes[at] != '\n') {
            at++;
        }
        int stop = at + 1 + path.length;
        return stop < bodyFrom
                && Arrays.equals(bytes, at + 1, stop, path, 0, path.length)
                && (bytes[stop] == ' ' || bytes[stop] == '?');
    }

    /** The other side will close after this message. */
    boolean closes() {
        int at = header(CONNECTION);
        return at >= 0 && valueTo(at) - valueFrom(at) == 5 && (bytes[valueFrom(at)] | 0x20) == 'c';
    }

    /** The header's number, for the look-ups below; negative when it is absent. */
    int header(byte[] lowerCaseName) {
        for (int i = 0; i < headers; i++) {
            if (nameTo[i] - nameFrom[i] == lowerCaseName.length && sameName(nameFrom[i], lowerCaseName)) {
                return i;
            }
        }
        return -1;
    }

    int valueFrom(int header) {
        int at = nameTo[header] + 1;
        while (at < valueTo[header] && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    int valueTo(int header) {
        return valueTo[header];
    }

    private boolean sameName(int at, byte[] lowerCaseName) {
        for (int i = 0; i < lowerCaseName.length; i++) {
            // Digits and the hyphen have this bit already, so it lowers letters and changes nothing else.
            if ((bytes[at + i] | 0x20) != lowerCaseName[i]) {
                return false;
            }
        }
        return true;
    }

    private void mark(int from, int to) throws ProtocolException {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        if (colon == to || headers == MOST_HEADERS) {
            throw new ProtocolException("A header without a colon, or too many");
        }
        nameFrom[headers] = from;
        nameTo[headers] = colon;
        valueTo[headers++] = to;
    }

    private boolean body(int from, int to) throws ProtocolException {
        bodyFrom = from;
        if (header(TRANSFER_ENCODING) >= 0) {
            if (walkChunks(to, false) < 0) {
                return false;
            }
            end = walkChunks(to, true);
            return true;
        }
        int length = header(CONTENT_LENGTH);
        bodyTo = from + (length < 0 ? 0 : number(valueFrom(length), 10));
        end = bodyTo;
        return end <= to;
    }

    /** The index behind the last chunk, negative while it is missing. Joining moves bytes to the left only. */
    private int walkChunks(int to, boolean join) throws ProtocolException {
        bodyTo = bodyFrom;
        int at = bodyFrom;
        for (int newline = newline(at, to); newline >= 0; newline = newline(at, to)) {
            int size = number(at, 16);
            at = newline + 1;
            if (size == 0) {
                return behindTrailers(at, to);
            }
            if (at + size + 2 > to) {
                return -1;
            }
            if (join) {
                System.arraycopy(bytes, at, bytes, bodyTo, size);
                bodyTo += size;
            }
            at += size + 2;
        }
        return -1;
    }

    private int behindTrailers(int from, int to) {
        int line = from;
        for (int newline = newline(line, to); newline >= 0; newline = newline(line, to)) {
            if (newline - line <= 1) {
                return newline + 1;
            }
            line = newline + 1;
        }
        return -1;
    }

    private int number(int from, int radix) throws ProtocolException {
        int number = 0;
        int at = from;
        for (int digit = Character.digit(bytes[at], radix); digit >= 0; digit = Character.digit(bytes[at], radix)) {
            number = number * radix + digit;
            at++;
            if (number > LARGEST_BODY) {
                throw new ProtocolException("A body over " + LARGEST_BODY + " bytes");
            }
        }
        if (at == from) {
            throw new ProtocolException("No length where one must be");
        }
        return number;
    }

    private int newline(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
