package com.mobileapiconnect.bridge;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param dataDir                 embedded database and generated master key
 * @param masterKey               encrypts secrets at rest; blank: generated into the data directory
 * @param masterKeyPrevious       the previous key, for an exchange at the start; blank: none
 * @param bootstrapApiKey         the first tenant's API key, used only while the store has no tenant; blank: generated
 * @param bootstrapTenantName     that tenant's name
 * @param operatorKey             blank: generated on the first start
 * @param databaseUrl             PostgreSQL in place of the embedded database; blank: embedded
 * @param databaseUser            overrides the URL's
 * @param databasePassword        overrides the URL's
 * @param kafkaBrokers            for more than one node; not available yet
 * @param deliveryAllowedNetworks special networks that the first tenant's calls may reach
 */
@ConfigurationProperties("bridge")
record BridgeSettings(
        @DefaultValue("data") Path dataDir,
        @DefaultValue("") String masterKey,
        @DefaultValue("") String masterKeyPrevious,
        @DefaultValue("") String bootstrapApiKey,
        @DefaultValue("Default") String bootstrapTenantName,
        @DefaultValue("") String operatorKey,
        @DefaultValue List<String> deliveryAllowedNetworks,
        @DefaultValue("") String databaseUrl,
        @DefaultValue("") String databaseUser,
        @DefaultValue("") String databasePassword,
        @DefaultValue("") String kafkaBrokers) {

    /** Better not to start than to keep messages somewhere else than its operator believes. */
    void refuseWhatCannotBe() {
        if (!kafkaBrokers.isBlank()) {
            throw new BadSettingException("BRIDGE_KAFKA_BROKERS is for more than one node, which this version cannot"
                    + " do yet. Leave it out.");
        }
        if (onPostgres() && masterKey.isBlank()) {
            throw new BadSettingException("BRIDGE_MASTER_KEY must be given with BRIDGE_DATABASE_URL: a key made on this"
                    + " machine would be lost with it, and the stored secrets with the key. Make one, and keep it:"
                    + " openssl rand -base64 32");
        }
    }

    boolean onPostgres() {
        return !databaseUrl.isBlank();
    }

    @Override
    public String toString() {
        return "BridgeSettings[dataDir=" + dataDir + ", …]";
    }
}
