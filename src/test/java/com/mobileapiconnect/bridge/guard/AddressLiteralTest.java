package com.mobileapiconnect.bridge.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {

    private static final Pattern SUPERFLUOUS_ZERO = Pattern.compile("(?:^|[:.])0[0-9]+\\.|\\.0[0-9]|[0-9a-f]{5}");

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "0:0:0:0:0:0:0:1, ::1",
        "2606:4700::1111, 2606:4700::1111",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "::ffff:10.0.0.1, ::ffff:a00:1",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    })
    void an_address_is_read_and_written_as_rfc_5952_has_it(String text, String canonical) {
        assertThat(AddressLiteral.parse(text).map(AddressLiteral::text)).contains(canonical);
        assertThat(AddressLiteral.parse(canonical)).isEqualTo(AddressLiteral.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ":",
                "::1::",
                ":::",
                ":1",
                "1:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "::12345",
                "::g",
                "1.2.3.4::",
                "::1.2.3",
                "::1.2.3.4:5",
                "::01.2.3.4",
                "1:2:3:4:5:6:7:1.2.3.4",
                "fe80::1%eth0",
                "[::1]",
                "127.1",
                "2130706433",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "127.0.0.1.",
                "127.0.0.01",
                "256.0.0.1",
                "1.2.3.4.5",
                "1..2.3",
                "+1.2.3.4",
                "1.2.3.-4",
                " 1.2.3.4",
                "1.2.3.4\n",
                "\uff11.2.3.4",
                "\u0661.2.3.4",
                "::\uff11",
                "localhost",
                "a.b.c.d"
            })
    void whateverIsNotPlainlyAnAddressIsNone(String text) {
        assertThat(AddressLiteral.parse(text)).isEmpty();
    }

    /**
     * In brackets the JDK never takes a text for a name, so that this asks no name server. It takes
     * 010.0.0.1 for 10.0.0.1, where others see an octal number, and five digits in a group; we take neither.
     */
    @Test
    void it_agrees_with_the_jdk_about_ipv6() {
        Random random = new Random(6);
        String[] parts = {":", ":", ":", "::", "0", "1", "ff", "ffff", "a00", "10.0.0.1", ".", "12345"};
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "::" : "1:");
            for (int n = random.nextInt(16); n > 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            if (SUPERFLUOUS_ZERO.matcher(text).find()) {
                assertThat(AddressLiteral.parse(text.toString()))
                        .as(text.toString())
                        .isEmpty();
                continue;
            }
            Optional<byte[]> ours = AddressLiteral.parse(text.toString()).map(InetAddress::getAddress);
            byte[] theirs = ofJdk(text.toString());
            read += ours.isPresent() ? 1 : 0;
            assertThat(ours.isPresent()).as(text.toString()).isEqualTo(theirs.length > 0);
            ours.ifPresent(bytes -> assertThat(theirs.length == 4 ? Arrays.copyOfRange(bytes, 12, 16) : bytes)
                    .as(text.toString())
                    .isEqualTo(theirs));
        }
        assertThat(read).isGreaterThan(1_000);
    }

    private static byte[] ofJdk(String text) {
        try {
            return InetAddress.getByName("[" + text + "]").getAddress();
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }
}
