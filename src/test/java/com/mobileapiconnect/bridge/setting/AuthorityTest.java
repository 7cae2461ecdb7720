package com.mobileapiconnect.bridge.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "smtp://mail.example.com, -, mail.example.com, -1",
                "smtp://mail.example.com:587, -, mail.example.com, 587",
                "smtp://user:p%40ss@mail.example.com:587, user:p%40ss, mail.example.com, 587",
                "smtp://[::1]:25, -, [::1], 25",
                "smtp://10.0.0.1, -, 10.0.0.1, -1",
                "smtp://mail_server, -, mail_server, -1",
                "smtp://mail_server:25, -, mail_server, 25",
                "smtp://user:p%40ss@mail_server:25, user:p%40ss, mail_server, 25",
                "socks5://user@my_proxy.internal:1080/, user, my_proxy.internal, 1080",
                "http://_proxy:3128, -, _proxy, 3128",
                "http://stack_proxy_1:3128, -, stack_proxy_1, 3128",
            })
    void aHostIsFoundWithAnUnderscoreAsWithout(String url, String login, String host, int port) {
        assertThat(Authority.of(URI.create(url))).isEqualTo(new Authority(login, host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smtp:mail",
                "file:///x",
                "http://a_b:x",
                "http://a@b@c_d:1",
                "http://a$b",
                "http://a_b:123456",
                "http://a_$"
            })
    void whereThereIsNoHostThereIsNone(String url) {
        assertThat(Authority.of(URI.create(url))).isNull();
    }
}
