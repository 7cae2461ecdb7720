package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.destination.Target;
import com.mobileapiconnect.bridge.destination.Targets;
import com.mobileapiconnect.bridge.erp.ByConnection;
import org.springframework.stereotype.Component;

/** The session of each connection that has been used. */
@Component
class ServiceSessions {

    private final ByConnection<ODataSettings, Session> sessions;

    ServiceSessions(Targets targets) {
        sessions = new ByConnection<>(targets, Session::new);
    }

    Session of(Target target, ODataSettings settings) {
        return sessions.of(target, settings);
    }
}
