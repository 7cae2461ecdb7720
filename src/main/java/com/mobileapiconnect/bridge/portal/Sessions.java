package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.door.WaitingRoom;
import com.mobileapiconnect.bridge.tenant.SignedIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The sessions of all who are signed in, in memory: a restart signs everybody out. Their number is bounded, and what one key has open
 * takes nothing from others.
 */
@Component
@EnableConfigurationProperties(PortalSettings.class)
class Sessions {

    private static final int SHARE_OF_A_KEY = 10;

    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final WaitingRoom<String, Session> room;
    private final Duration idle;
    private final Clock clock;

    Sessions(PortalSettings settings, Clock clock) {
        this.room = new WaitingRoom<>(settings.sessions(), Math.max(1, settings.sessions() / SHARE_OF_A_KEY));
        this.idle = settings.idle();
        this.clock = clock;
    }

    Session open(SignedIn signedIn) {
        byId.values().stream().filter(this::isOver).forEach(this::close);
        Session opened = new Session(signedIn, clock);
        byId.put(opened.id(), opened);
        Session leaves = room.enter(opened.key(), opened);
        if (leaves != null) {
            byId.remove(leaves.id());
            leaves.sent().clear();
        }
        return opened;
    }

    /** Returns the session with this id, which lasts for as long again; empty if it is unknown or over. */
    Optional<Session> use(@Nullable String id) {
        Optional<Session> found = find(id);
        found.ifPresent(session -> session.used(clock.instant()));
        return found;
    }

    /** Returns the session with this id without using it; empty if it is unknown or over. */
    Optional<Session> find(@Nullable String id) {
        Session found = id == null ? null : byId.get(id);
        if (found == null) {
            return Optional.empty();
        } else if (isOver(found)) {
            close(found);
            return Optional.empty();
        }
        return Optional.of(found);
    }

    void close(Session session) {
        if (byId.remove(session.id()) != null) {
            room.leave(session.key(), session);
            session.sent().clear();
        }
    }

    int count() {
        return byId.size();
    }

    private boolean isOver(Session session) {
        Instant end = session.lastUsed().plus(idle);
        return !clock.instant().isBefore(end);
    }
}
