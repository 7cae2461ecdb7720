package com.mobileapiconnect.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.support.SettingRecords;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A name that begins like the bridge's settings and is none stops the start; the names of others do not. */
class SettingNamesTest {

    private static void start(Map<String, Object> variables, Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment.getPropertySources().addLast(new MapPropertySource("arguments", properties));
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        GenericApplicationContext context = new GenericApplicationContext();
        context.setEnvironment(environment);
        new SettingNames().initialize(context);
    }

    @ParameterizedTest
    @CsvSource({
        "BRIDGE_RETENTION_MESSAGE, BRIDGE_RETENTION_MESSAGES",
        "BRIDGE_RETENTON_MESSAGES, BRIDGE_RETENTION_MESSAGES",
        "BRIDGE_DATADIRECTORY, BRIDGE_DATA_DIR",
        "BRIDGE_DATA_DIRECTORY, BRIDGE_DATA_DIR",
        "BRIDGE_D_ATADIR, BRIDGE_DATA_DIR",
        "BRIDGE_MASTERKEY_, BRIDGE_MASTER_KEY",
        "BRIDGE_MASTER_KEYS, BRIDGE_MASTER_KEY",
        "BRIDGE_OPERATOR_API_KEY, BRIDGE_OPERATOR_KEY",
        "BRIDGE_BOOTSTRAP_KEY, BRIDGE_BOOTSTRAP_API_KEY",
        "BRIDGE_BOOTSTRAP_APIKEYS, BRIDGE_BOOTSTRAP_API_KEY",
        "BRIDGE_ALLOWED_NETWORKS, BRIDGE_DELIVERY_ALLOWED_NETWORKS",
        "BRIDGE_DELIVERY_ALLOWED_NETWORK, BRIDGE_DELIVERY_ALLOWED_NETWORKS",
        "BRIDGE_PUBLICURI, BRIDGE_PUBLIC_URL",
        "BRIDGE_PUBLIC_URI, BRIDGE_PUBLIC_URL",
        "BRIDGE_ROUTE_DIR, BRIDGE_ROUTES_DIR",
        "BRIDGE_SMPT_URL, BRIDGE_SMTP_URL",
        "BRIDGE_MAIL_FORM, BRIDGE_MAIL_FROM",
        "BRIDGE_DATABASE_URI, BRIDGE_DATABASE_URL",
        "BRIDGE_DATABASE_PASWORD, BRIDGE_DATABASE_PASSWORD",
        "bridge_data_dir, BRIDGE_DATA_DIR",
        "Bridge_Data_Dir, BRIDGE_DATA_DIR",
        "BRIDGE_PORT, SERVER_PORT",
        "BRIDGE_SERVER_PORT, SERVER_PORT",
    })
    void aMisspeltVariableIsRefusedWithTheNearestName(String variable, String nearest) {
        assertThatThrownBy(() -> start(Map.of(variable, "8081"), Map.of()))
                .isInstanceOf(BadSettingException.class)
                .hasMessage(variable + " is no setting of the bridge. Did you mean " + nearest
                        + "? docs/configuration.md has all of them.");
    }

    @ParameterizedTest
    @CsvSource({
        "bridge.retention.message, bridge.retention.messages",
        "bridge.datadirectory, bridge.data-dir",
        "bridge.reply.sweep, bridge.reply.sweep-every",
    })
    void aMisspeltPropertyIsRefusedWithTheNearestOne(String property, String nearest) {
        assertThatThrownBy(() -> start(Map.of(), Map.of(property, "x")))
                .hasMessageStartingWith(property + " is no setting of the bridge. Did you mean " + nearest + "?");
    }

    @Test
    void whatIsLikeNoNameIsRefusedWithoutAGuess() {
        assertThatThrownBy(() -> start(Map.of("BRIDGE_QUX", "x"), Map.of()))
                .hasMessage("BRIDGE_QUX is no setting of the bridge. docs/configuration.md has all of them.");
    }

    @Test
    void severalAreSaidTogetherALineEach() {
        assertThatThrownBy(() -> start(Map.of("BRIDGE_DATADIR_", "x", "BRIDGE_SMPT_URL", "x"), Map.of()))
                .message()
                .hasLineCount(2);
    }

    @Test
    void theValueOfAWrongNameIsNotShown() {
        assertThatThrownBy(() -> start(Map.of("BRIDGE_OPERATORS_KEY", "planted-secret"), Map.of()))
                .message()
                .doesNotContain("planted");
    }

    @Test
    void everySettingIsTakenInBothSpellingsThatSpringReads() {
        Map<String, Object> variables = new TreeMap<>();
        SettingRecords.defaults().keySet().forEach(key -> {
            variables.put(SettingValues.variable(key), "x");
            variables.put(SettingValues.variable(key.replace("-", "")), "x");
        });
        assertThat(variables).hasSizeGreaterThan(60);
        assertThatCode(() -> start(variables, SettingRecords.defaults())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BRIDGE_DELIVERY_ALLOWED_NETWORKS_0=10.0.0.0/8",
                "BRIDGE_SERVICE_HOST=10.0.0.1",
                "BRIDGE_SERVICE_PORT=8080",
                "BRIDGE_SERVICE_PORT_HTTP=8080",
                "BRIDGE_PORT=tcp://10.0.0.1:8080",
                "BRIDGE_PORT_8080_TCP=tcp://10.0.0.1:8080",
                "BRIDGE_PORT_8080_TCP_PROTO=tcp",
                "BRIDGE_PORT_8080_TCP_PORT=8080",
                "BRIDGE_PORT_8080_TCP_ADDR=10.0.0.1",
                "BRIDGE_DB_SERVICE_HOST=10.0.0.2",
                "BRIDGE_DB_PORT=tcp://10.0.0.2:5432",
                "ERP_BRIDGE_DATA_DIR=x",
                "BRIDGED=x",
                "LOGGING_LEVEL_BRIDGE_ATTEMPTS=warn",
            })
    void whatOthersSetIsNoFalseAlarm(String variable) {
        String[] parts = variable.split("=", 2);
        assertThatCode(() -> start(Map.of(parts[0], parts[1]), Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge.delivery-allowed-networks[0]", "bridge.dataDir", "bridge.DATADIR", "bridgehead.x"})
    void propertiesInAnySpellingThatSpringReadsAreTaken(String property) {
        assertThatCode(() -> start(Map.of(), Map.of(property, "x"))).doesNotThrowAnyException();
    }
}
