package com.mobileapiconnect.bridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gateway reads every text exactly as its app or provider was given it. */
class ByteExactTest {

    static List<SpokenBy.Speaker> speakers() {
        return SpokenBy.all();
    }

    @ParameterizedTest
    @MethodSource("speakers")
    void tenThousandTextsAreReadExactly(SpokenBy.Speaker speaker) {
        Random random = new Random(20);
        for (int i = 0; i < 10_000; i++) {
            Said said =
                    new Said("id-" + i, "+1650", "+1651", Unicode.text(random), Instant.ofEpochSecond(1_700_000_000));
            Call call = speaker.app().say(said, i % 2 == 0);
            Received received = speaker.gateway().receive(call.request(speaker.device()));
            assertThat(received).isInstanceOf(Received.Captured.class);
            Received.Captured captured = (Received.Captured) received;
            assertThat(captured.text()).isEqualTo(said.text());
            assertThat(captured.from()).isEqualTo("+1650");
            assertThat(captured.mended()).isFalse();
        }
    }
}
