package com.mobileapiconnect.bridge.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedNetworksTest {

    @Test
    void whatIsWrittenOutIsReadBackAsTheSame() {
        AllowedNetworks networks = AllowedNetworks.of(List.of("127.0.0.0/8", "::1/128", "10.1.2.3", "127.0.0.0/8"));

        assertThat(networks.toStrings()).containsExactly("127.0.0.0/8", "::1/128", "10.1.2.3/32");
        assertThat(AllowedNetworks.of(networks.toStrings())).isEqualTo(networks).hasSameHashCodeAs(networks);
        assertThat(networks).isNotEqualTo(AllowedNetworks.of(List.of("127.0.0.0/8")));
    }

    @Test
    void nothingIsAllowedUnlessNamed() {
        assertThat(AllowedNetworks.none().toStrings()).isEmpty();
        assertThat(AllowedNetworks.of(List.of())).isEqualTo(AllowedNetworks.none());
    }

    @Test
    void oneMistakeRefusesTheWholeListAndIsNamed() {
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
    void aBlockThatJavaWouldNeverMatchIsRefusedWithTheOneItWould(String text, String instead) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedNetworks.of(List.of(text)))
                .withMessageEndingWith("write " + instead);
    }
}
