package com.mobileapiconnect.bridge.server;

/** Ends the process when going on would be worse than stopping. */
@FunctionalInterface
public interface ProcessEnd {

    /** Ends the process without waiting here; work under way gets the time of a usual shutdown. */
    void end(int status);
}
