package com.mobileapiconnect.bridge.thread;

/** A thread that is asked for a sign of life now and then; where none comes, the process is not worth going on. */
public interface Pulse {

    /** Returns the thread's name, as a thread dump shows it. */
    String name();

    /** Has the thread run this soon, after the work that waits already. Never waits. */
    void ask(Runnable alive);
}
