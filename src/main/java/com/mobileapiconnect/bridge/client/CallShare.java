package com.mobileapiconnect.bridge.client;

import java.io.IOException;

/** The part of the memory of calls that one call has taken for its answer. */
final class CallShare {

    private final CallMemory memory;
    private final String tenantId;
    private int taken;
    private boolean over;

    CallShare(CallMemory memory, String tenantId) {
        this.memory = memory;
        this.tenantId = tenantId;
    }

    /** Returns whether there is memory for so many more bytes, which the call has then until it ends. */
    boolean take(int bytes) {
        if (over) {
            return true; // nobody keeps them any more
        }
        boolean given = memory.take(tenantId, bytes);
        taken += given ? bytes : 0;
        return given;
    }

    /** Returns why a call ends that asked for more than there is. */
    static IOException none() {
        return new IOException("The answer was too long for the memory that answers have at the moment");
    }

    void end() {
        over = true;
        if (taken > 0) {
            memory.release(tenantId, taken);
            taken = 0;
        }
    }
}
