package com.mobileapiconnect.bridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a route names is read from outside of the jars. */
class ClassPathAloneTest {

    private final ClassPathAlone resources = new ClassPathAlone(new DefaultCamelContext());

    @ParameterizedTest
    @ValueSource(
            strings = {"file:/etc/hostname", "http://127.0.0.1:9/x", "https:x", "FILE:/etc/hostname", "base64:eA=="})
    void filesAndUrlsAreRefused(String uri) {
        assertThatThrownBy(() -> resources.resolveResource(uri)).hasMessageContaining("reads no files and no URLs");
    }

    @Test
    void whatLiesInAJarIsFound() {
        assertThat(resources.resolveResource("classpath:application.yaml").exists())
                .isTrue();
    }
}
