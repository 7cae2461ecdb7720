package com.mobileapiconnect.bridge.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.mobileapiconnect.bridge.message.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Signatures and digests are copies of one each, and are right whoever makes others at the same time. */
class HmacTest {

    private static final int MANY = 20_000;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aSignatureIsTheOneOfTheStandard() { // RFC 4231, test case 2
        assertThat(HexFormat.of().formatHex(Hmac.keyed(bytes("Jefe")).doFinal(bytes("what do ya want for nothing?"))))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void signaturesThatAreMadeAtTheSameTimeAreTheSameAsOneAfterTheOther() {
        List<BigInteger> inTurn =
                IntStream.range(0, MANY).mapToObj(HmacTest::signed).toList();
        assertThat(IntStream.range(0, MANY)
                        .parallel()
                        .mapToObj(HmacTest::signed)
                        .toList())
                .isEqualTo(inTurn)
                .doesNotHaveDuplicates();
    }

    private static BigInteger signed(int n) {
        byte[] digest = Sha256.digest().digest(bytes("text " + n));
        return new BigInteger(1, Hmac.keyed(bytes("key " + n)).doFinal(digest));
    }
}
