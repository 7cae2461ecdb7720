package com.mobileapiconnect.bridge.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8, 127.0.0.0/8",
        "10.1.2.3, 10.1.2.3/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "::1/128, ::1/128",
        "FD00:0::/8, fd00::/8",
        "::/0, ::/0",
        "2001:db8::5, 2001:db8::5/128",
    })
    void aNetworkIsReadAndWrittenBackInOneSpelling(String text, String canonical) {
        assertThat(Cidr.parse(text)).hasToString(canonical).isEqualTo(Cidr.parse(canonical));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
        "10.1.2.3, 10.1.2.3, 10.1.2.3, 10.1.2.2, 10.1.2.4",
        "172.16.0.0/12, 172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
        "192.168.7.128/25, 192.168.7.128, 192.168.7.255, 192.168.7.127, 192.168.8.0",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255, 127.255.255.255, 0.0.0.0",
        "fe80::/10, fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe7f:ffff::, fec0::",
        "2001:db8::/127, 2001:db8::, 2001:db8::1, 2001:db7:ffff::, 2001:db8::2",
    })
    void itHoldsItsFirstToItsLastAddressAndNoOther(
            String text, String first, String last, String before, String after) {
        Cidr cidr = Cidr.parse(text);

        assertThat(cidr.contains(address(first))).isTrue();
        assertThat(cidr.contains(address(last))).isTrue();
        assertThat(cidr.contains(address(before))).isFalse();
        assertThat(cidr.contains(address(after))).isFalse();
    }

    @Test
    void allOfOneFamilyHoldsNothingOfTheOther() {
        assertThat(Cidr.parse("0.0.0.0/0").contains(address("::1"))).isFalse();
        assertThat(Cidr.parse("::/0").contains(address("127.0.0.1"))).isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").contains(address("255.1.2.3"))).isTrue();
        assertThat(Cidr.parse("::/0").contains(address("ffff::1"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, write 10.0.0.0/8 for all of it",
        "fd00::5/64, write fd00::/64 for all of it",
        "10.0.0.0/33, must be from 0 to 32",
        "fd00::/129, must be from 0 to 128",
        "10.0.0.0/, leading bits",
        "10.0.0.0/+8, leading bits",
        "10.0.0.0/08, leading bits",
        "10.0.0.0/255.0.0.0, leading bits",
        "10.0.0.0/8/8, leading bits",
        "10.0.0.0/9999999999, leading bits",
        "10.0/16, write an address such as",
        "' 10.0.0.0/8', write an address such as",
        "10.0.0.0 /8, write an address such as",
        "erp.example.com, write an address such as",
        "localhost/8, write an address such as",
        "010.0.0.0/8, write an address such as",
        "[::1]/128, write an address such as",
        "fe80::1%eth0, write an address such as",
        "'', write an address such as",
        "/8, write an address such as",
    })
    void aMistakeIsAnsweredWithWhatToWrite(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessageContaining(message);
    }

    private static InetAddress address(String literal) {
        return AddressLiteral.parse(literal).orElseThrow();
    }
}
