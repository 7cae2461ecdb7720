package com.mobileapiconnect.bridge.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.support.SettableClock;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressesTest {

    private static final InetAddress OLD = AddressLiteral.parse("93.184.216.34").orElseThrow();
    private static final InetAddress NEW =
            AddressLiteral.parse("2606:4700::1111").orElseThrow();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-12T14:32:00Z"));
    private Set<InetAddress> addresses = Set.of(OLD);
    private boolean broken;
    private int listings;
    private final OwnAddresses own = new OwnAddresses(
            () -> {
                listings++;
                if (broken) {
                    throw new SocketException("no interfaces today");
                }
                return addresses;
            },
            clock);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "0.0.0.0", "::1", "::"})
    void loopbackAndUnspecifiedAreThisMachineWhereverItRuns(String literal) {
        assertThat(own.contains(AddressLiteral.parse(literal).orElseThrow())).isTrue();
        assertThat(listings).isZero();
    }

    @Test
    void theAddressesOfTheInterfacesAreItsOwnAndOthersAreNot() {
        assertThat(own.contains(OLD)).isTrue();
        assertThat(own.contains(NEW)).isFalse();
    }

    @Test
    void interfacesAreListedAnewAfterThirtySecondsAndNotBefore() {
        own.contains(OLD);
        addresses = Set.of(NEW);
        clock.advance(Duration.ofMillis(29_999));
        assertThat(own.contains(NEW)).isFalse();
        assertThat(listings).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        assertThat(own.contains(NEW)).isTrue();
        assertThat(own.contains(OLD)).isFalse();
        assertThat(listings).isEqualTo(2);
    }

    @Test
    void aClockSetBackDoesNotKeepAnOldListing() {
        own.contains(OLD);
        addresses = Set.of(NEW);
        clock.advance(Duration.ofDays(1).negated());

        assertThat(own.contains(NEW)).isTrue();
    }

    @Test
    void whatWasKnownCountsWhileInterfacesCannotBeListed() {
        own.contains(OLD);
        broken = true;
        clock.advance(Duration.ofSeconds(60));

        assertThat(own.contains(OLD)).isTrue();
        assertThat(own.contains(NEW)).isFalse();
    }

    @Test
    void everyAddressCountsAsOwnWhileNothingIsKnown() {
        broken = true;
        assertThat(own.contains(NEW)).isTrue();

        broken = false;
        assertThat(own.contains(NEW)).isFalse();
    }

    @Test
    void theAddressesOfThisVeryMachineAreFound() throws SocketException {
        OwnAddresses real = new OwnAddresses(OwnAddresses.Interfaces.OF_THIS_MACHINE, clock);
        List<InetAddress> local = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();

        assertThat(local).isNotEmpty().allMatch(real::contains);
        assertThat(real.contains(OLD)).isFalse();
    }
}
