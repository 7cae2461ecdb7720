package com.mobileapiconnect.bridge.entry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Knows which of the routes that a message goes through while its phone waits are not the product's own, so that they may
 * have steps that hang. Asking costs the reading of a field.
 */
@Component
public class IntakeSteps {

    private final Set<String> routes = ConcurrentHashMap.newKeySet();
    private volatile boolean any;

    /** @param edited whether it is not as the product has it */
    public synchronized void are(String route, boolean edited) {
        if (edited) {
            routes.add(route);
        } else {
            routes.remove(route);
        }
        any = !routes.isEmpty();
    }

    public boolean any() {
        return any;
    }
}
