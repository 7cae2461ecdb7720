package com.mobileapiconnect.bridge.rule;

/** Is asked before each piece of work beyond the first few milliseconds that a message takes. */
@FunctionalInterface
public interface Costly {

    /** Leaves everything to the one who asks. */
    Costly ALLOWED = () -> {};

    /** May wait for a turn, and may refuse by an exception. */
    void goOn();
}
