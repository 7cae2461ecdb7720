package com.mobileapiconnect.bridge.phone;

import com.mobileapiconnect.bridge.support.AfterDatabase;
import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.BeforeDatabase;
import com.mobileapiconnect.bridge.support.Database;
import com.mobileapiconnect.bridge.support.OnBothDatabases;
import com.mobileapiconnect.bridge.support.RunningBridge;
import com.mobileapiconnect.bridge.support.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A bridge whose time goes when a test says so, and a tenant for each test that pairs phones. */
@OnBothDatabases
abstract class PhoneSuite {

    static final SettableClock CLOCK = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    /** The bridge's time goes when a test says so. */
    static final class Time {
        @Bean
        @Primary
        Clock settableClock() {
            return CLOCK;
        }
    }

    private static Path directory;
    private static String[] settings;
    static RunningBridge bridge;

    private String key;

    @BeforeDatabase
    static void start(Database database, @TempDir Path data) {
        directory = data;
        settings = database.settings();
        bridge = RunningBridge.start(List.of(Time.class), data, settings);
    }

    @AfterDatabase
    static void stop() {
        bridge.close();
    }

    static void restart() {
        bridge.close();
        bridge = RunningBridge.start(List.of(Time.class), directory, settings);
    }

    @BeforeEach
    void makeTenant() {
        Api operator = bridge.operator();
        String id = operator.post("/v1/tenants", "{\"name\":\"T\",\"allowedNetworks\":[\"127.0.0.0/8\"]}")
                .expect(201)
                .at("/id");
        key = operator.post("/v1/tenants/" + id + "/keys").expect(201).at("/key");
    }

    /** Asked for anew after a restart, because the port is another one. */
    Api tenant() {
        return bridge.nobody().as(key);
    }

    Api.Reply pair(String fields) {
        return tenant().post("/v1/devices", "{\"name\":\"Front desk\"" + fields.replace('\'', '"') + "}")
                .expect(201);
    }

    static void inbound(Api phone) {
        phone.post("/v1/inbound", "{\"from\":\"919876543210\",\"text\":\"t\"}").expect(202);
    }
}
