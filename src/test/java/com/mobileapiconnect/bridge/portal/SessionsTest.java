package com.mobileapiconnect.bridge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.SettableClock;
import com.mobileapiconnect.bridge.tenant.SignedIns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private final SettableClock clock = new SettableClock(java.time.Instant.parse("2026-06-12T00:00:00Z"));
    private final Sessions sessions = new Sessions(new PortalSettings(Duration.ofHours(2), 20, 20), clock);

    @Test
    void aSessionThatIsUsedGoesOnAndAnIdleOneEnds() {
        String id = sessions.open(SignedIns.ofTenant("key_1")).id();
        clock.advance(Duration.ofMinutes(119));
        assertThat(sessions.use(id)).isPresent();
        clock.advance(Duration.ofMinutes(119));
        assertThat(sessions.use(id)).isPresent();

        clock.advance(Duration.ofHours(2));
        assertThat(sessions.use(id)).isEmpty();
        assertThat(sessions.count()).isZero();
    }

    @Test
    void lookingAtASessionDoesNotKeepItOpen() {
        String id = sessions.open(SignedIns.ofTenant("key_1")).id();
        clock.advance(Duration.ofMinutes(119));
        assertThat(sessions.find(id)).isPresent();

        clock.advance(Duration.ofMinutes(1));
        assertThat(sessions.find(id)).isEmpty();
    }

    @Test
    void aKeyHasAFewSessionsAndTakesNothingFromOthers() {
        String other = sessions.open(SignedIns.ofTenant("key_other")).id();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(sessions.open(SignedIns.ofTenant("key_1")).id());
        }

        assertThat(sessions.use(other)).isPresent();
        assertThat(sessions.use(ids.get(49))).isPresent();
        assertThat(sessions.use(ids.get(48))).isPresent();
        assertThat(sessions.use(ids.get(47))).isEmpty();
    }

    @Test
    void theirNumberIsBounded() {
        for (int i = 0; i < 100; i++) {
            sessions.open(SignedIns.ofTenant("key_" + i));
        }

        assertThat(sessions.count()).isEqualTo(20);
    }

    @Test
    void whatIsUnknownOrClosedIsNoSession() {
        Session session = sessions.open(SignedIns.ofTenant("key_1"));
        sessions.close(session);

        assertThat(sessions.use(session.id())).isEmpty();
        assertThat(sessions.use(null)).isEmpty();
        assertThat(session.isFormToken(session.formToken())).isTrue();
        assertThat(session.isFormToken("x")).isFalse();
        assertThat(session.isFormToken(null)).isFalse();
    }
}
