package com.mobileapiconnect.bridge.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** SMS to customers, and a clock that was a day ahead until somebody set it right. */
@OnBothDatabases
class ClockSetBackTest {

    private static final SettableClock CLOCK = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    static RunningBridge bridge;

    /** The bridge's time goes when a test says so. */
    static final class Time {
        @Bean
        @Primary
        Clock settableClock() {
            return CLOCK;
        }
    }

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        bridge = RunningBridge.start(List.of(Time.class), data, database.settings());
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    private final Api tenant = bridge.newTenant().api();
    private final Api phone =
            tenant.as(tenant.post("/v1/devices", "{\"name\":\"p\"}").expect(201).at("/token"));

    private String send(String to, String more) {
        return tenant.post("/v1/messages", "{\"to\":\"" + to + "\",\"text\":\"hi\"" + more + "}")
                .expect(202)
                .at("/id");
    }

    private List<String> fetched() {
        return phone.get("/v1/outbox").expect(200).json().findValuesAsText("id");
    }

    @Test
    void delaysNone() {
        bridge.bean(Sweeper.class).sweep();
        String leased = send("919876543210", "");
        assertThat(fetched()).containsExactly(leased);
        String waiting = send("919876543211", "");
        String later = send("919876543212", ",\"sendAt\":\"" + CLOCK.instant().plusSeconds(60) + "\"");

        CLOCK.advance(Duration.ofDays(-1));
        bridge.bean(Sweeper.class).sweep();
        assertThat(fetched()).containsExactly(waiting);

        CLOCK.advance(Duration.ofMinutes(3));
        bridge.bean(Sweeper.class).sweep();
        assertThat(fetched()).containsExactly(leased, waiting);

        CLOCK.advance(Duration.ofDays(1));
        bridge.bean(Sweeper.class).sweep();
        assertThat(fetched()).contains(later);
    }
}
