package com.mobileapiconnect.bridge.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.guard.NetworkGuard.Verdict;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkGuardTest {

    private static final int OWN_PORT = 8080;
    private static final AllowedNetworks ALL = AllowedNetworks.of(List.of("0.0.0.0/0", "::/0"));

    private final NetworkGuard guard = new NetworkGuard(
            () -> OWN_PORT,
            new OwnAddresses(() -> Set.of(address("203.0.112.7"), address("2a00::7")), Clock.systemUTC()));

    /** Both ends of each; the public addresses next to them are in the test below. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/8, 0.0.0.0, 0.255.255.255",
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255",
        "100.64.0.0/10, 100.64.0.0, 100.127.255.255",
        "127.0.0.0/8, 127.0.0.0, 127.255.255.255",
        "168.63.129.16/32, 168.63.129.16, 168.63.129.16",
        "169.254.0.0/16, 169.254.0.0, 169.254.255.255",
        "172.16.0.0/12, 172.16.0.0, 172.31.255.255",
        "192.0.0.0/24, 192.0.0.0, 192.0.0.255",
        "192.0.2.0/24, 192.0.2.0, 192.0.2.255",
        "192.88.99.0/24, 192.88.99.0, 192.88.99.255",
        "192.168.0.0/16, 192.168.0.0, 192.168.255.255",
        "198.18.0.0/15, 198.18.0.0, 198.19.255.255",
        "198.51.100.0/24, 198.51.100.0, 198.51.100.255",
        "203.0.113.0/24, 203.0.113.0, 203.0.113.255",
        "224.0.0.0/4, 224.0.0.0, 239.255.255.255",
        "240.0.0.0/4, 240.0.0.0, 255.255.255.254",
        "255.255.255.255/32, 255.255.255.255, 255.255.255.255",
        "::/128, ::, ::",
        "::1/128, ::1, ::1",
        "::/3, 0:0:0:0:0:1::, 0:0:0:0:fffe:ffff:ffff:ffff",
        "::/3, 64:ff9b:0:0:0:1::, 64:ff9b:0:ffff:ffff:ffff:ffff:ffff",
        "::/3, 64:ff9b:2::, ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "100::/64, 100::, 100::ffff:ffff:ffff:ffff",
        "::/3, 100:0:0:1::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001::/23, 2001:1::, 2001:1:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:2::/48, 2001:2::, 2001:2:0:ffff:ffff:ffff:ffff:ffff",
        "2001::/23, 2001:2:1::, 2001:f:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:10::/28, 2001:10::, 2001:1f:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:20::/28, 2001:20::, 2001:2f:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001::/23, 2001:30::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff::/20, 3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
        "4000::/2, 4000::, 7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "8000::/1, 8000::, fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fc00::/7, fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "8000::/1, fe00::, fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe80::/10, fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fec0::/10, fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "ff00::/8, ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    })
    void aSpecialNetworkIsClosedFromItsFirstToItsLastAddressUntilItIsNamed(String network, String first, String last) {
        for (String literal : List.of(first, last)) {
            assertThat(reason(literal)).contains("(" + network + ")");
            assertThat(allowed(literal, network)).isTrue();
            assertThat(allowed(literal, literal)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.1.255",
                "192.0.3.0",
                "192.88.98.255",
                "192.88.100.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.255",
                "198.51.101.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2000::",
                "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "2001:200::",
                "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
                "2001:db9::",
                "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "2003::",
                "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "3fff:1000::",
                "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
            })
    void thePublicInternetIsOpenUpToTheAddressNextToASpecialNetwork(String literal) {
        assertThat(allowed(literal)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, 10.1.2.4/32", "10.1.2.3, 192.168.0.0/16", "127.0.0.1, ::1/128", "::1, 127.0.0.0/8"})
    void namingAnotherNetworkOpensNothing(String literal, String network) {
        assertThat(allowed(literal, network)).isFalse();
    }

    @Test
    void theReasonSaysWhatTheAddressIsAndWhoCanChangeThat() {
        assertThat(reason("10.1.2.3"))
                .isEqualTo("10.1.2.3 is a private address (10.0.0.0/8); the operator can allow it in this tenant's"
                        + " allowedNetworks");
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:10.0.0.1, 10.0.0.1",
        "::ffff:0:10.0.0.1, 10.0.0.1",
        "::10.0.0.1, 10.0.0.1",
        "64:ff9b::10.0.0.1, 10.0.0.1",
        "64:ff9b::169.254.169.254, 169.254.169.254",
        "64:ff9b:1::10.0.0.1, 10.0.0.1",
        "64:ff9b:1:0:a:0:100:0, 10.0.0.1",
        "64:ff9b:1:a:0:1::, 10.0.0.1",
        "64:ff9b:1:a00:0:100::, 10.0.0.1",
        "64:ff9b:1:a00:0:100:808:808, 10.0.0.1",
        "2001:0:a00:1::f7f7:f7f7, 10.0.0.1",
        "2001:0:808:808::f5ff:fffe, 10.0.0.1",
        "2002:a00:1::, 10.0.0.1",
    })
    void anAddressThatCarriesASpecialOneStaysClosedThoughTheCarrierIsNamed(String literal, String carried) {
        assertThat(reason(literal)).contains(" carries an IPv4 address: " + carried + " is ");
        assertThat(allowed(literal, "::/0")).isFalse();
        assertThat(allowed(literal, "::/0", carried)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "::10.0.0.1, 10.0.0.0/8",
        "::ffff:10.0.0.1, 10.0.0.0/8",
        "64:ff9b::10.0.0.1, 10.0.0.0/8",
        "64:ff9b:1::10.0.0.1, 10.0.0.0/8",
        "2002:a00:1::, 10.0.0.0/8",
        "64:ff9b::8.8.8.8, 8.8.8.8/32",
        "64:ff9b::8.8.8.8, 64:ff9b::/96",
        "2002:808:808::, 2002::/16",
        "2001:0:808:808::f7f7:f7f7, 2001::/32",
        "64:ff9b:1:abcd::8.8.8.8, 64:ff9b:1::/48",
    })
    void anAddressThatCarriesAnotherOpensByTheNameOfTheCarriedOrForAPublicOneOfTheCarrier(
            String literal, String network) {
        assertThat(allowed(literal)).isFalse();
        assertThat(allowed(literal, network)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "::1",
                "::",
                "203.0.112.7",
                "2a00::7",
                "::ffff:127.0.0.1",
                "64:ff9b::127.0.0.1",
                "::203.0.112.7",
                "2002:cb00:7007::"
            })
    void itsOwnPortOnThisMachineIsClosedWhateverIsAllowedAndOtherPortsAreNot(String literal) {
        assertThat(guard.check(address(literal), OWN_PORT, ALL))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.reason())
                        .contains("port 8080 is this bridge itself")
                        .doesNotContain("operator"));
        assertThat(guard.check(address(literal), OWN_PORT + 1, ALL)).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void theSamePortOnAnotherMachineIsOpen() {
        assertThat(guard.check(address("93.184.216.34"), OWN_PORT, AllowedNetworks.none()))
                .isInstanceOf(Verdict.Allowed.class);
        assertThat(guard.check(address("10.0.0.1"), OWN_PORT, AllowedNetworks.of(List.of("10.0.0.0/8"))))
                .isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void thePortIsAskedAtEachCheckBecauseItIsChosenLate() {
        int[] port = {-1};
        NetworkGuard early = new NetworkGuard(() -> port[0], Clock.systemUTC());
        assertThat(early.check(address("127.0.0.1"), 4711, ALL)).isInstanceOf(Verdict.Allowed.class);

        port[0] = 4711;
        assertThat(early.check(address("127.0.0.1"), 4711, ALL)).isInstanceOf(Verdict.Refused.class);
    }

    private boolean allowed(String literal, String... networks) {
        return guard.check(address(literal), 443, AllowedNetworks.of(Arrays.asList(networks)))
                instanceof Verdict.Allowed;
    }

    private String reason(String literal) {
        return guard.check(address(literal), 443, AllowedNetworks.none()) instanceof Verdict.Refused refused
                ? refused.reason()
                : "allowed";
    }

    private static InetAddress address(String literal) {
        return AddressLiteral.parse(literal).orElseThrow();
    }
}
