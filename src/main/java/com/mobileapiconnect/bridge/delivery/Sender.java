package com.mobileapiconnect.bridge.delivery;

/**
 * Takes deliveries to targets of one connector.
 *
 * <p>Called on a thread of its own that may wait, never in a transaction. Must come back within the target's timeout.
 * Delivers at least once: the same delivery may be sent again after a crash, under the same id.
 */
public interface Sender {

    /** The connector it serves, as targets name it. */
    String connector();

    /**
     * Makes one call. An exception counts as {@link Outcome.Retry}.
     *
     * @param body what to send, after the steps of the route
     */
    Outcome send(Attempt attempt, byte[] body) throws Exception;
}
