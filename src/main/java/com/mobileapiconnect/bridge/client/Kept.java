package com.mobileapiconnect.bridge.client;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The beginning of a body, and how much came in all. */
final class Kept {

    private static final byte[] NONE = {};

    private final int most;
    private final CallShare share;
    private byte[] bytes = NONE;
    private int length;
    private long came;

    Kept(int most, CallShare share) {
        this.most = most;
        this.share = share;
    }

    /** Takes a part; false if there is no memory for it. */
    boolean add(ByteBuf part) {
        int readable = part.readableBytes();
        came += readable;
        int more = Math.min(readable, most - length);
        if (more > 0) {
            if (length + more > bytes.length && !grow(Math.min(most, Math.max(length + more, 2 * bytes.length)))) {
                return false;
            }
            part.getBytes(part.readerIndex(), bytes, length, more);
            length += more;
        }
        return true;
    }

    private boolean grow(int size) {
        int beyond = size - Math.max(CallMemory.FREE, bytes.length);
        if (beyond > 0 && !share.take(beyond)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }

    /** Returns how many bytes came, those included that were not kept. */
    long came() {
        return came;
    }

    /** Decodes any bytes into a text that a database and a page can hold; a character cut off at the end is dropped. */
    String text() {
        if (length == 0) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(bytes, 0, wholeCharacters()))
                    .toString()
                    .replace('\0', '\uFFFD');
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("A decoder that replaces reports nothing", e);
        }
    }

    private int wholeCharacters() {
        if (length < most) {
            return length; // not cut by us
        }
        int start = length - 1;
        while (start > 0 && start > length - 4 && (bytes[start] & 0xC0) == 0x80) {
            start--;
        }
        int lead = bytes[start] & 0xff;
        int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return start + needed > length ? start : length;
    }
}
