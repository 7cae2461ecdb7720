package com.mobileapiconnect.bridge.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of Kafka's clients are an allow-list, and a login is one of two modules with a name and a password. */
class KafkaOptionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            security.protocol | SASL_SSL
            sasl.mechanism    | SCRAM-SHA-512
            sasl.jaas.config  | org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="b;c\\"d";
            sasl.jaas.config  | org.apache.kafka.common.security.scram.ScramLoginModule required password="b" username="a";
            compression.type  | lz4
            linger.ms         | 20
            """)
    void aHarmlessOneIsTaken(String name, String value) {
        assertThat(KafkaOptions.fault(name, value)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sasl.jaas.config              | com.sun.security.auth.module.JndiLoginModule required user.provider.url="ldap://evil/x";
            sasl.jaas.config              | com.sun.security.auth.module.LdapLoginModule required userProvider="ldap://evil";
            sasl.jaas.config              | org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;
            sasl.jaas.config              | org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="b"; com.sun.security.auth.module.JndiLoginModule required;
            sasl.jaas.config              | org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="b" serviceName="x";
            sasl.login.callback.handler.class | evil.Handler
            interceptor.classes           | evil.Interceptor
            partitioner.class             | evil.Partitioner
            ssl.truststore.location       | /etc/passwd
            ssl.engine.factory.class      | evil.Factory
            sasl.oauthbearer.token.endpoint.url | http://169.254.169.254/
            bootstrap.servers             | elsewhere:9092
            delivery.timeout.ms           | 0
            max.block.ms                  | 999999999
            acks                          | 0
            enable.idempotence            | false
            config.providers              | file
            linger.ms                     | 1000000
            """)
    void anyOtherIsRefusedAndItsValueNotQuoted(String name, String value) {
        assertThat(KafkaOptions.fault(name, value)).isNotNull().doesNotContain("evil", "169.254");
    }

    @ParameterizedTest
    @CsvSource({"sasl.jaas.config,true", "ssl.keystore.key,true", "ssl.key.password,true", "security.protocol,false"})
    void whatIsSecretIsKnown(String name, boolean secret) {
        assertThat(KafkaOptions.isSecret(name)).isEqualTo(secret);
    }
}
