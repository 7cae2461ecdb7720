package com.mobileapiconnect.bridge.server;

import java.util.Comparator;
import java.util.Map;

/** Writes down where every thread is, for whoever has to find out why one of them does not move. */
final class ThreadDump {

    private ThreadDump() {}

    static String take() {
        StringBuilder dump = new StringBuilder();
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Thread, StackTraceElement[]> each) ->
                        each.getKey().getName()))
                .forEach(each -> append(dump, each.getKey(), each.getValue()));
        return dump.toString();
    }

    private static void append(StringBuilder dump, Thread thread, StackTraceElement[] frames) {
        dump.append("\n\"").append(thread.getName()).append("\" ").append(thread.getState());
        for (StackTraceElement frame : frames) {
            dump.append("\n    at ").append(frame);
        }
    }
}
