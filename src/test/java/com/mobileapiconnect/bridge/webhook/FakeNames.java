package com.mobileapiconnect.bridge.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name service under the test's hand; names that it does not know are asked of the real one. */
class FakeNames implements NameService {

    private final Map<String, NameService> known = new ConcurrentHashMap<>();

    void tell(String host, NameService answer) {
        known.put(host, answer);
    }

    @Override
    public InetAddress[] addresses(String host) throws UnknownHostException {
        return known.getOrDefault(host, InetAddress::getAllByName).addresses(host);
    }
}
