package com.mobileapiconnect.bridge.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Percentiles of a histogram are those of the times themselves, within the width of its buckets. */
class LatenciesTest {

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                7,
                15,
                16,
                17,
                18,
                31,
                32,
                33,
                63,
                64,
                99,
                100,
                127,
                128,
                1_000,
                1_023,
                1_024,
                1_025,
                8_000,
                59_999,
                60_000,
                3_600_000,
                86_400_000,
                259_200_000,
                7_776_000_000L,
                2_199_023_255_551L
            })
    void aBucketStandsForWhatIsInItWithinSixPercent(long millis) {
        long shown = Latencies.millis(Latencies.bucket(millis));

        assertThat(Math.abs(shown - millis)).isLessThanOrEqualTo(millis < 16 ? 0 : millis / 16 + 1);
    }

    @Test
    void bucketsAreInTheOrderOfTimes() {
        int last = -1;
        for (long millis = 0; millis < 1L << 41; millis += Math.max(1, millis / 40)) {
            int bucket = Latencies.bucket(millis);
            assertThat(bucket).isBetween(last, last + 1);
            last = bucket;
        }
        assertThat(last).isEqualTo(Latencies.BUCKETS - 1);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "-9223372036854775808, 0", "9223372036854775807, " + (Latencies.BUCKETS - 1)})
    void whatNoClockCanMeanHasABucketToo(long millis, int bucket) {
        assertThat(Latencies.bucket(millis)).isEqualTo(bucket);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 19, 20, 21, 100, 1_000, 10_000})
    void percentilesAreThoseOfTheTimesThemselves(int size) {
        Random random = new Random(size);
        long[] times = random.doubles(size, 0, 20)
                .mapToLong(d -> (long) Math.exp(d))
                .sorted()
                .toArray();
        Latencies latencies = new Latencies();
        Arrays.stream(times).forEach(time -> latencies.add(Latencies.bucket(time), 1));

        for (int percent : new int[] {1, 50, 90, 95, 99, 100}) {
            long exact = times[(int) ((size * (long) percent + 99) / 100) - 1];
            assertThat(latencies.percentile(percent))
                    .as(percent + " % of " + size)
                    .isEqualTo(Latencies.millis(Latencies.bucket(exact)));
        }
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(new Latencies().percentile(50)).isNull();
        assertThat(new Latencies().text()).isEmpty();
    }

    @Test
    void theTextIsAddedAgainAsItWas() {
        Latencies some = new Latencies();
        some.add(0, 3);
        some.add(17, 1);
        some.add(Latencies.BUCKETS - 1, 5_000_000_000L);
        Latencies read = new Latencies();
        read.add(some.text());
        read.add("");
        read.add(some.text());

        assertThat(some.text()).isEqualTo("0:3 17:1 " + (Latencies.BUCKETS - 1) + ":5000000000");
        assertThat(read.text()).isEqualTo("0:6 17:2 " + (Latencies.BUCKETS - 1) + ":10000000000");
        assertThat(read.total()).isEqualTo(10_000_000_008L);
    }
}
