package com.mobileapiconnect.bridge.delivery;

/**
 * A sender that is called on the loop which makes its HTTP calls, and holds up all calls of that loop whenever it waits.
 * The product's own; senders of plugins run on other threads.
 */
public interface LoopSender extends Sender {}
