package com.mobileapiconnect.bridge.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom a reverse proxy speaks. */
class TrustedProxiesTest {

    private final TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));

    @Test
    void theCallerIsTheLastAddressThatIsNoProxy() throws Exception {
        assertThat(proxies.client("203.0.113.9")).isEqualTo(InetAddress.getByName("203.0.113.9"));
        assertThat(proxies.client("198.51.100.1, 203.0.113.9, 10.1.1.1"))
                .isEqualTo(InetAddress.getByName("203.0.113.9"));
        assertThat(proxies.client("198.51.100.1,203.0.113.9:4711")).isEqualTo(InetAddress.getByName("203.0.113.9"));
        assertThat(proxies.client("[2001:db8::7]:4711, 10.1.1.1")).isEqualTo(InetAddress.getByName("2001:db8::7"));
        assertThat(proxies.client("127.0.0.1, 2001:db8::7")).isEqualTo(InetAddress.getByName("2001:db8::7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "10.0.0.1", "203.0.113.9, nonsense", "localhost"})
    void aHeaderThatNamesNobodyNamesNobody(String header) {
        assertThat(proxies.client(header)).isNull();
    }

    @Test
    void withoutAHeaderThereIsNobody() {
        assertThat(proxies.client(null)).isNull();
    }

    @Test
    void ofIpv6TheNetworkOfACustomerIsCounted() throws Exception {
        assertThat(Admission.network(InetAddress.getByName("2001:db8:1:2:3:4:5:6")))
                .isEqualTo(InetAddress.getByName("2001:db8:1:2::"));
        assertThat(Admission.network(InetAddress.getByName("203.0.113.9")))
                .isEqualTo(InetAddress.getByName("203.0.113.9"));
    }

    @Test
    void aBadNetworkIsRefusedByTheNameOfItsSetting() {
        assertThatThrownBy(() -> TrustedProxies.of(List.of("10.0.0.1/8")))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("BRIDGE_CONNECTION_TRUSTED_PROXIES")
                .hasMessageContaining("10.0.0.0/8");
    }
}
