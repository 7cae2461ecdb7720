package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.mobileapiconnect.bridge.message.Decoded;
import com.mobileapiconnect.bridge.message.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * JSON in bytes that are not all UTF-8, made readable text by text: each is read for itself, as well as can be ({@link
 * Decoded#utf8}), because an app may build one body from several sources. Wrong bytes outside of texts stay.
 */
final class MendedJson extends InputStream {

    /** A longer one is no SMS; its wrong bytes are replaced where they stand, so that it does not grow. */
    private static final int LONGEST = 1 << 20;

    private static final byte[] NONE = {};

    private final byte[] json;
    private final Set<Long> mended = new HashSet<>();
    private int at;
    /** The bytes up to here go out as they are. */
    private int plainUntil;

    private byte[] piece = NONE;
    private int pieceAt;
    private long out;

    private MendedJson(byte[] json) {
        this.json = json;
    }

    /** Returns whether a parser would find bytes that are none of a text; never for UTF-16 and UTF-32, which it knows. */
    static boolean isNeeded(byte[] json) {
        return !Utf8.isValid(json) && !isWide(json);
    }

    private static boolean isWide(byte[] json) {
        int first = json.length < 2 ? 0 : ((json[0] & 0xff) << 8) | (json[1] & 0xff);
        return first == 0xfeff || first == 0xfffe || (first & 0xff) == 0 || (first & 0xff00) == 0;
    }

    /** Makes a parser that knows which texts were mended: see {@link #isAtMended}. */
    static JsonParser parser(byte[] json, JsonFactory parsers) throws IOException {
        MendedJson stream = new MendedJson(json);
        return new Parser(parsers.createParser(stream), stream.mended);
    }

    /** Returns whether the parser stands at a text that was mended. */
    static boolean isAtMended(JsonParser parser) {
        return parser instanceof Parser knowing
                && knowing.mended.contains(knowing.currentTokenLocation().getByteOffset());
    }

    private static final class Parser extends JsonParserDelegate {

        /** The places at which mended texts begin, in the bytes that this parser reads. */
        private final Set<Long> mended;

        Parser(JsonParser parser, Set<Long> mended) {
            super(parser);
            this.mended = mended;
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (pieceAt == piece.length && at == plainUntil && !advance()) {
            return -1;
        }
        int count;
        if (pieceAt < piece.length) {
            count = Math.min(length, piece.length - pieceAt);
            System.arraycopy(piece, pieceAt, into, offset, count);
            pieceAt += count;
        } else {
            count = Math.min(length, plainUntil - at);
            System.arraycopy(json, at, into, offset, count);
            at += count;
        }
        out += count;
        return count;
    }

    /** Goes on to the next text, or to what stands before it; returns false at the end. */
    private boolean advance() {
        if (at == json.length) {
            return false;
        } else if (json[at] != '"') {
            plainUntil = at;
            while (plainUntil < json.length && json[plainUntil] != '"') {
                plainUntil++;
            }
            return true;
        }
        int end = endOfText(at + 1);
        int after = Math.min(end + 1, json.length);
        if (Utf8.isValid(json, at, end)) {
            plainUntil = after;
        } else {
            mended.add(out);
            piece = mended(at, end, after);
            pieceAt = 0;
            at = after;
            plainUntil = after;
        }
        return true;
    }

    /** Returns the place of the quote at the end of a text. */
    private int endOfText(int from) {
        int i = from;
        while (i < json.length && json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return Math.min(i, json.length);
    }

    /** Returns a text with its quotes. */
    private byte[] mended(int from, int end, int after) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(after - from);
        if (end - from > LONGEST) {
            for (int i = from; i < after; i++) {
                text.write(json[i] < 0 ? '?' : json[i]);
            }
        } else {
            text.writeBytes(Decoded.utf8(json, from, end).text().getBytes(StandardCharsets.UTF_8));
            text.write(json, end, after - end);
        }
        return text.toByteArray();
    }
}
