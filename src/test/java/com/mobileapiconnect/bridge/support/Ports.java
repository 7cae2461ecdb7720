package com.mobileapiconnect.bridge.support;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports at which nobody listens: for servers that are told theirs or come back on it, and for calls that are to be
 * refused. They lie below those that the system gives to connections, so none of the many that tests open takes one
 * while its server is down; and no other process that runs tests is given one, as long as this one lives.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int TRIES = 1_000;

    /** UDP ports of the same numbers, which nobody else uses: who has one has the TCP port too. */
    private static final Queue<DatagramSocket> CLAIMS = new ConcurrentLinkedQueue<>();

    private Ports() {}

    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isClaimed(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free");
    }

    private static boolean isClaimed(int port) {
        try {
            DatagramSocket claim = new DatagramSocket(port);
            CLAIMS.add(claim);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.isBound();
            }
        } catch (IOException taken) {
            return false; // and if the claim was made: nobody else can use it either
        }
    }
}
