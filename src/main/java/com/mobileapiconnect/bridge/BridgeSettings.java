package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param dataDir                 embedded database and generated master key
 * @param publicUrl               how phones and gateways reach the bridge; blank: this machine and port
 * @param masterKey               encrypts secrets at rest; blank: generated into the data directory
 * @param masterKeyPrevious       the previous key, for an exchange at the start; blank: none
 * @param operatorKey             blank: generated on the first start
 * @param deliveryAllowedNetworks special networks that the first tenant's calls may reach
 * @param bootstrap               the first tenant, made only while the store has none
 * @param kafkaBrokers            for more than one node; not available yet
 */
@ConfigurationProperties("bridge")
record BridgeSettings(
        Path dataDir,
        String publicUrl,
        String masterKey,
        String masterKeyPrevious,
        String operatorKey,
        List<String> deliveryAllowedNetworks,
        Bootstrap bootstrap,
        String kafkaBrokers) {

    /**
     * @param apiKey     the first tenant's API key; blank: generated, and printed once
     * @param tenantName its name
     */
    record Bootstrap(String apiKey, String tenantName) {

        @Override
        public String toString() {
            return "Bootstrap[tenantName=" + tenantName + ", …]";
        }
    }

    /** Refuses to start rather than keep messages somewhere else than the operator believes. */
    void refuseWhatCannotBe(DatabaseSettings database) {
        if (!kafkaBrokers.isBlank()) {
            throw new BadSettingException("BRIDGE_KAFKA_BROKERS is for more than one node, which this version cannot"
                    + " do yet. Remove it.");
        }
        refuseEqualKeys();
        if (database.onPostgres() && masterKey.isBlank()) {
            throw new BadSettingException("BRIDGE_MASTER_KEY must be given with BRIDGE_DATABASE_URL: a key made on this"
                    + " machine would be lost with it, and the stored secrets with the key. Make one, and keep it:"
                    + " openssl rand -base64 32");
        }
    }

    /** Refuses equal keys: a person who has one key must not have another by it. */
    private void refuseEqualKeys() {
        Map<String, String> variables = new HashMap<>();
        refuseAgain(variables, "BRIDGE_MASTER_KEY", masterKey);
        refuseAgain(variables, "BRIDGE_OPERATOR_KEY", operatorKey);
        refuseAgain(variables, "BRIDGE_BOOTSTRAP_API_KEY", bootstrap.apiKey());
    }

    private static void refuseAgain(Map<String, String> variables, String variable, String key) {
        String other = key.isBlank() ? null : variables.putIfAbsent(key.strip(), variable);
        if (other != null) {
            throw new BadSettingException(variable + " and " + other + " are the same key. Give each its own, or omit"
                    + " one to have it generated.");
        }
    }

    @Override
    public String toString() {
        return "BridgeSettings[dataDir=" + dataDir + ", …]";
    }
}
