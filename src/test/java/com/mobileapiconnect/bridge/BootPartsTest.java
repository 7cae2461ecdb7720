package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.Configurations;

class BootPartsTest {

    @Test
    void theyComeInTheOrderInWhichSpringBootWouldHaveThem() {
        Class<?>[] parts = BootParts.ALL.toArray(Class<?>[]::new);

        assertThat(BootParts.ALL).containsExactly(Configurations.getClasses(AutoConfigurations.of(parts)));
    }
}
