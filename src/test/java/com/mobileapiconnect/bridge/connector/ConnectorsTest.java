package com.mobileapiconnect.bridge.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Sender;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;

class ConnectorsTest {

    @TempDir
    Path data;

    private static Connector named(String name) {
        return Connector.ofRules(name, "Title", "Description.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "{} -> the schema's type must be object",
                "{\"type\":\"object\",\"$schema\":\"http://json-schema.org/draft-04/schema#\"} -> $schema must be left out",
                "{\"type\":\"object\",\"properties\":{\"a\":7}} -> the schema's properties must be an object of schemas",
                "{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"integer\",\"format\":\"password\"}}}"
                        + " -> p is a password, so its type must be string",
                "{\"type\":\"object\",\"properties\":{\"o\":{\"type\":\"object\",\"properties\":{\"p\":"
                        + "{\"type\":\"string\",\"format\":\"password\"}}}}} -> must not be inside another property",
                "{\"type\":\"object\",\"properties\":{\"format\":{\"type\":\"object\",\"properties\":{\"p\":"
                        + "{\"type\":\"string\",\"format\":\"password\"}}}}} -> must not be inside another property",
                "{\"type\":\"object\",\"allOf\":[{\"properties\":{\"p\":{\"type\":\"string\",\"format\":\"password\"}}}]}"
                        + " -> must not be inside another property",
            })
    void aSchemaUnderWhichASecretCouldBeMissedIsRefused(String schema, String reason) {
        assertThatThrownBy(() -> new Connector("x", "X", "X.", PropertySchema.of(schema), false, true))
                .isInstanceOf(BadConnectorException.class)
                .hasMessageStartingWith("The properties of the connector x cannot be used: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "{\"type\":\"string\",\"pattern\":\"([a-z]\"} -> ([a-z]",
                "{\"type\":\"string\",\"pattern\":\"(?=x)\"} -> (?=",
                "{\"$ref\":\"#/$defs/missing\"} -> /$defs/missing",
                "{\"$ref\":\"https://example.com/schema\"} -> https://example.com/schema",
                "{\"type\":\"object\",\"properties\":{\"b\":{\"items\":{\"$ref\":\"#/$defs/no\"}}}} -> /$defs/no",
                "{\"type\":\"object\",\"patternProperties\":{\"[\":{}}} -> [",
            })
    void aSchemaThatCannotCheckAnythingIsRefusedAtTheStart(String schemaOfA, String reason) {
        PropertySchema schema = PropertySchema.of("{\"type\":\"object\",\"properties\":{\"a\":" + schemaOfA + "}}");
        assertThatThrownBy(() -> new Connector("x", "X", "X.", schema, false, true))
                .isInstanceOf(BadConnectorException.class)
                .hasMessageStartingWith("The properties of the connector x cannot be used: ")
                .hasMessageContaining(reason);
    }

    @Test
    void aNameIsOneThatUrlsAndFilesCanHold() {
        assertThatThrownBy(() -> named("SQL insert")).hasMessageContaining("cannot be the name of a connector");
        assertThat(named("odata4-entity").name()).isEqualTo("odata4-entity");
    }

    @Test
    void eachConnectorHasOneSenderAndEachSenderAConnector() {
        Connectors connectors = new Connectors(List.of(named("a"), named("b")));
        connectors.requireSenders(List.of("b", "a"));
        assertThatThrownBy(() -> connectors.requireSenders(List.of("a")))
                .hasMessage("No sender serves b: a connector needs a Sender bean whose connector() returns its name.");
        assertThatThrownBy(() -> connectors.requireSenders(List.of("a", "b", "c")))
                .hasMessage("No connector is called c: a sender needs a Connector bean of the name that its connector()"
                        + " returns.");
        assertThatThrownBy(() -> connectors.requireSenders(List.of("a", "b", "a")))
                .hasMessage("Two senders serve the connector a; remove one.");
        assertThatThrownBy(() -> new Connectors(List.of(named("a"), named("a"))))
                .hasMessage("Two connectors are called a; rename or remove one.");
    }

    static class WithoutSender {
        @Bean
        Connector lonely() {
            return named("lonely");
        }
    }

    static class WithoutConnector {
        @Bean
        Sender stray() {
            return new Sender() {
                @Override
                public String connector() {
                    return "stray";
                }

                @Override
                public CompletableFuture<Outcome> send(Attempt attempt, byte[] body) {
                    throw new IllegalStateException("Never called");
                }
            };
        }
    }

    @Test
    void aStartIsRefusedWhenOneOfTheTwoIsMissing() {
        assertThatThrownBy(() -> RunningBridge.start(List.of(WithoutSender.class), data))
                .rootCause()
                .isInstanceOf(BadConnectorException.class)
                .hasMessageStartingWith("No sender serves lonely");
        assertThatThrownBy(() -> RunningBridge.start(List.of(WithoutConnector.class), data))
                .rootCause()
                .isInstanceOf(BadConnectorException.class)
                .hasMessageStartingWith("No connector is called stray");
    }

    /** Loading the validator takes a good part of a second, which a start without such connectors need not pay. */
}
