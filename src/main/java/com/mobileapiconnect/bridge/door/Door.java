package com.mobileapiconnect.bridge.door;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The doors, each with turns of its own. A request's door is told by the raw bytes of its path, before anything is
 * parsed: a path that is spelled in any other way than plainly comes in by the door for everything else.
 */
enum Door {
    INTAKE("/v1/inbound", true),
    OUTBOX("/v1/outbox", true),
    HEALTH("/actuator/health", false),
    OTHER("", false);

    private static final Door[] SPECIAL = {INTAKE, OUTBOX, HEALTH};

    private final byte[] path;
    private final boolean deeper;

    Door(String path, boolean deeper) {
        this.path = path.getBytes(StandardCharsets.US_ASCII);
        this.deeper = deeper;
    }

    /** Returns the door of a request of which the first bytes are there. */
    static Door ofRequest(ByteBuffer first) {
        if (!first.hasArray()) {
            return OTHER;
        }
        byte[] bytes = first.array();
        int from = first.arrayOffset() + first.position();
        int end = first.arrayOffset() + first.limit();
        int path = indexOf(bytes, ' ', from, end) + 1;
        int space = path == 0 ? -1 : indexOf(bytes, ' ', path, end);
        // A query may be longer than what is there.
        int query = path == 0 ? -1 : indexOf(bytes, '?', path, space < 0 ? end : space);
        int pathEnd = query < 0 ? space : query;
        return pathEnd < 0 ? OTHER : ofPath(bytes, path, pathEnd);
    }

    /** @param end of the path with its query */
    static Door ofPath(byte[] bytes, int from, int end) {
        int query = indexOf(bytes, '?', from, end);
        int pathEnd = query < 0 ? end : query;
        for (Door door : SPECIAL) {
            if (door.leads(bytes, from, pathEnd)) {
                return door;
            }
        }
        return OTHER;
    }

    private boolean leads(byte[] bytes, int from, int end) {
        int rest = from + path.length;
        if (rest > end || !startsWith(bytes, from)) {
            return false;
        }
        return rest == end || (deeper && bytes[rest] == '/' && plain(bytes, rest, end));
    }

    private boolean startsWith(byte[] bytes, int from) {
        for (int i = 0; i < path.length; i++) {
            if (bytes[from + i] != path[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the container reads this part of a path as it is spelled. */
    private static boolean plain(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            boolean odd = b == '%' || b == ';' || b == '\\';
            boolean step = b == '/' && i + 1 < end && (bytes[i + 1] == '.' || bytes[i + 1] == '/');
            if (odd || step) {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
