package com.mobileapiconnect.bridge.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A name service that knows every name as this machine, and does not answer for those that begin with "silent". */
final class SilentNames implements NameService {

    /** Time until a resolver gives up. */
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public InetAddress[] addresses(String host) throws UnknownHostException {
        if (host.startsWith("silent") && !answered()) {
            throw new UnknownHostException(host + ": no server answers");
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private boolean answered() {
        try {
            return never.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
