package com.mobileapiconnect.bridge.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedNetworksTest {

    @Test
    void what_is_written_out_is_read_back_as_the_same() {
        AllowedNetworks networks = AllowedNetworks.of(List.of("127.0.0.0/8", "::1/128", "10.1.2.3", "127.0.0.0/8"));

        assertThat(networks.toStrings()).containsExactly("127.0.0.0/8", "::1/128", "10.1.2.3/32");
        assertThat(AllowedNetworks.of(networks.toStrings())).isEqualTo(networks).hasSameHashCodeAs(networks);
        assertThat(networks).isNotEqualTo(AllowedNetworks.of(List.of("127.0.0.0/8")));
    }

    @Test
    void nothing_is_allowed_unless_named() {
        assertThat(AllowedNetworks.none().toStrings()).isEmpty();
        assertThat(AllowedNetworks.of(List.of())).isEqualTo(AllowedNetworks.none());
    }

    @Test
    void one_mistake_refuses_the_whole_list_and_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedNetworks.of(List.of("10.0.0.0/8", "10.0.0.0/40")))
                .withMessageContaining("10.0.0.0/40");
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:a01:203, 10.1.2.3/32",
        "::ffff:0:0/96, 0.0.0.0/0",
    })
    void a_block_that_java_would_never_match_is_refused_with_the_one_it_would(String text, String instead) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedNetworks.of(List.of(text)))
                .withMessageEndingWith("write " + instead);
    }
}
