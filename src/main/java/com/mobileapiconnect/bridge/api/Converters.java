package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.autoconfigure.http.HttpMessageConverters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;

/**
 * The forms of answers: JSON, text and bytes. Spring's own list would have whatever libraries are there, XML among them, and
 * load each at the start.
 */
@Configuration(proxyBeanMethods = false)
class Converters {

    @Bean
    HttpMessageConverters messageConverters(ObjectMapper json) {
        return new HttpMessageConverters(
                false,
                List.of(
                        new ByteArrayHttpMessageConverter(),
                        new StringHttpMessageConverter(StandardCharsets.UTF_8),
                        new ResourceHttpMessageConverter(),
                        new MappingJackson2HttpMessageConverter(json)));
    }
}
