package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.destination.HttpOptions;
import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The session of each connection that has been used, until the connection is deleted or leads elsewhere. */
@Component
class ServiceSessions {

    private final Map<String, Held> byTarget = new ConcurrentHashMap<>();

    ServiceSessions(Targets targets) {
        targets.watch((before, now) -> {
            if (before != null && now == null) {
                byTarget.remove(before.id());
            }
        });
    }

    private record Held(ODataSettings settings, HttpOptions http, Session session) {

        boolean serves(ODataSettings wanted, Target target) {
            return settings.equals(wanted) && http.equals(target.http());
        }
    }

    Session of(Target target, ODataSettings settings) {
        return byTarget.compute(
                        target.id(),
                        (id, held) -> held != null && held.serves(settings, target)
                                ? held
                                : new Held(settings, target.http(), new Session(settings)))
                .session();
    }
}
