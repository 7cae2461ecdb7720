package com.mobileapiconnect.bridge.server;

import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.door.Shares;

/**
 * The memory of all bodies that did not come at once, until their requests are answered. Half of it is for small bodies
 * alone: a few large ones that take their time must not keep every SMS out. An address has half of each half, and always
 * as much as a single body may need.
 */
final class BodyMemory {

    /** Bodies up to this size, nearly all, have memory of their own. */
    static final int SMALL = 8 << 10;

    private final Shares<String> small;
    private final Shares<String> large;

    BodyMemory(long bytes) {
        long half = bytes / 2;
        this.small = new Shares<>(half, Math.max(half / 2, SMALL));
        this.large = new Shares<>(half, Math.max(half / 2, RawBody.LARGEST));
    }

    Claim of(String address) {
        return new Claim(address);
    }

    /** The memory of one body, by the space that is kept for it and not by what has come. */
    final class Claim {

        private final String address;
        private Shares<String> held = small;
        private long bytes;

        private Claim(String address) {
            this.address = address;
        }

        /** Claims so many bytes in all; what was claimed stays claimed if there is no room. */
        boolean growTo(int wanted) {
            Shares<String> from = wanted > SMALL ? large : small;
            long more = from == held ? wanted - bytes : wanted;
            if (!from.take(address, more)) {
                return false;
            }
            if (from != held) {
                held.giveBack(address, bytes);
                held = from;
            }
            bytes = wanted;
            return true;
        }

        /** Returns whether a body of another address would have room. */
        boolean leavesRoom(int wanted) {
            return (wanted > SMALL ? large : small).hasRoom(wanted);
        }

        void release() {
            held.giveBack(address, bytes);
            bytes = 0;
        }
    }
}
