package com.mobileapiconnect.bridge.server;

/** Ends the process when going on would be worse than stopping. */
@FunctionalInterface
public interface ProcessEnd {

    /** Does not wait; what is under way gets the time of a usual shutdown. */
    void end(int status);
}
