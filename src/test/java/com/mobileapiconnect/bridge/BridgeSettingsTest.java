package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot be meant, alone or together, are refused before anything is opened. */
class BridgeSettingsTest {

    private static final String NONE = "";

    private static void check(String publicUrl, DatabaseSettings database) {
        check(publicUrl, NONE, database);
    }

    private static void check(String publicUrl, String region, DatabaseSettings database) {
        settings(publicUrl, List.of(), new BridgeSettings.Bootstrap(NONE, "Default", region))
                .refuseWhatCannotBe(database);
    }

    private static BridgeSettings settings(
            String publicUrl, List<String> networks, BridgeSettings.Bootstrap bootstrap) {
        return new BridgeSettings(Path.of("data"), publicUrl, NONE, NONE, NONE, networks, bootstrap, NONE, NONE, NONE);
    }

    private static DatabaseSettings database(String user, String password) {
        return new DatabaseSettings(NONE, user, password, Duration.ofSeconds(20), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IND", "I", "XX", "india", "91", "+91", "I N", "іn"})
    void aRegionThatIsNoneIsRefused(String region) {
        assertThatThrownBy(() -> check(NONE, region, database(NONE, NONE)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("BRIDGE_BOOTSTRAP_REGION=" + region + " must be the ISO 3166");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IN", "in", " De ", "", " "})
    void aRegionIsTwoLettersOrNothing(String region) {
        assertThatCode(() -> check(NONE, region, database(NONE, NONE))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "sms.example.com, sms.example.com",
        "sms.example.com:8443, sms.example.com:8443",
        "//sms.example.com, //sms.example.com",
        "/sms, /sms",
        "ftp://sms.example.com, ftp://sms.example.com",
        "https://, https://",
        "https:///sms, https:///sms",
        "http:sms.example.com, http:sms.example.com",
        "https://sms_example.com, https://sms_example.com",
        "https://two hosts, https://two hosts",
        "https://me:secret@sms.example.com, …",
        "me:secret@sms.example.com, …",
        "https://sms.example.com?key=secret, https://sms.example.com?…",
        "https://sms.example.com#secret, https://sms.example.com?…",
    })
    void aPublicUrlThatIsNoneIsRefused(String url, String shown) {
        assertThatThrownBy(() -> check(url, database(NONE, NONE)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("BRIDGE_PUBLIC_URL=" + shown + " must be http:// or https://, a host")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://localhost:8080",
                "https://sms.example.com",
                "https://sms.example.com/",
                "HTTPS://sms.example.com:8443/bridge",
                "http://[::1]:8080",
            })
    void aPublicUrlIsTaken(String url) {
        assertThatCode(() -> check(url, database(NONE, NONE))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "me, secret, BRIDGE_DATABASE_USER",
        "me, '', BRIDGE_DATABASE_USER",
        "'', secret, BRIDGE_DATABASE_PASSWORD"
    })
    void aLoginWithoutADatabaseIsRefused(String user, String password, String variable) {
        assertThatThrownBy(() -> check(NONE, database(user, password)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith(variable + " has no effect without BRIDGE_DATABASE_URL")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatTheFirstTenantGetsIsCheckedAtEveryStart() {
        BridgeSettings.Bootstrap none = new BridgeSettings.Bootstrap(NONE, "Default", NONE);
        assertThatThrownBy(() -> settings(NONE, List.of("garbage"), none).refuseWhatCannotBe(database(NONE, NONE)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("BRIDGE_DELIVERY_ALLOWED_NETWORKS: ");
        BridgeSettings.Bootstrap shortKey = new BridgeSettings.Bootstrap("short", "Default", NONE);
        assertThatThrownBy(() -> settings(NONE, List.of(), shortKey).refuseWhatCannotBe(database(NONE, NONE)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("BRIDGE_BOOTSTRAP_API_KEY must be at least 32")
                .hasMessageNotContaining("short");
        assertThatCode(() -> settings(NONE, List.of("10.0.0.0/8"), none).refuseWhatCannotBe(database(NONE, NONE)))
                .doesNotThrowAnyException();
    }
}
