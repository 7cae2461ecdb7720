package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpResult;
import com.mobileapiconnect.bridge.webhook.TargetCalls;

/**
 * The calls of one piece of work, all of which end by its deadline.
 *
 * @param deadlineNanos by {@link System#nanoTime}
 */
record Wire(TargetCalls calls, Target target, long deadlineNanos) {

    /** The most that is read of the answer to a write: its record, or an error. */
    static final int ANSWER_BYTES = 64 << 10;

    HttpResult call(HttpRequest request) {
        return call(request, ANSWER_BYTES);
    }

    HttpResult call(HttpRequest request, int keptBytes) {
        return calls.call(target, request, new TargetCalls.Bounds(deadlineNanos, keptBytes));
    }

    long nanosLeft() {
        return Math.max(0, deadlineNanos - System.nanoTime());
    }
}
