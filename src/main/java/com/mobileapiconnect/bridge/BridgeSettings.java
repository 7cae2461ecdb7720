package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import com.mobileapiconnect.bridge.guard.ShownUrl;
import com.mobileapiconnect.bridge.message.Region;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.tenant.Credential;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param dataDir                 embedded database and generated master key
 * @param publicUrl               how phones and gateways reach the bridge, like {@code https://sms.example.com}; blank: this machine and port
 * @param masterKey               encrypts secrets at rest; blank: generated into the data directory; must be given with PostgreSQL
 * @param masterKeyPrevious       the previous key, for an exchange at the start; blank: none
 * @param operatorKey             key for tenants, backups and metrics; blank: generated on the first start
 * @param deliveryAllowedNetworks special networks that the first tenant's calls may reach, like {@code 10.1.0.0/16}; counts on the
 *     first start alone, afterwards set them on the tenant
 * @param bootstrap               the first tenant, made only while the store has none
 * @param configFile              configuration of the first tenant, applied at each start, like {@code /etc/bridge/config.yaml}; blank: none
 * @param resources               file of databases, brokers and folders that tenants may use, like {@code /etc/bridge/resources.yaml}; blank: none
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
        String configFile,
        String resources,
        String kafkaBrokers) {

    /**
     * @param apiKey     the first tenant's API key; blank: generated, and printed once
     * @param tenantName name of the first tenant
     * @param region     where the first tenant is, as an ISO 3166 code like {@code IN}; blank: not said
     */
    record Bootstrap(String apiKey, String tenantName, String region) {

        /** Returns the code in capitals; null if none is given. */
        @Nullable String regionCode() {
            return region.isBlank() ? null : region.strip().toUpperCase(Locale.ROOT);
        }

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
        refusePublicUrl();
        refuseRegion();
        refuseNetworks();
        refuseShortKey();
        refuseEqualKeys();
        database.refuseLoginWithoutUrl();
        if (database.onPostgres() && masterKey.isBlank()) {
            throw new BadSettingException("BRIDGE_MASTER_KEY must be given with BRIDGE_DATABASE_URL: a key made on this"
                    + " machine would be lost with it, and the stored secrets with the key. Make one, and keep it:"
                    + " openssl rand -base64 32");
        }
    }

    private void refusePublicUrl() {
        if (!publicUrl.isBlank() && !isBase(publicUrl.strip())) {
            String shown = publicUrl.contains("@") ? "…" : ShownUrl.in(publicUrl.strip());
            throw new BadSettingException("BRIDGE_PUBLIC_URL=" + shown + " must be http:// or https://, a host, perhaps"
                    + " a port and a path, and nothing else: like https://sms.example.com");
        }
    }

    private void refuseRegion() {
        String code = bootstrap.regionCode();
        if (code != null && !Region.isCode(code)) {
            throw new BadSettingException(
                    "BRIDGE_BOOTSTRAP_REGION=" + bootstrap.region().strip() + " must be the ISO 3166"
                            + " code of a country, two letters such as IN, or be left out");
        }
    }

    /** Refuses them at every start, although they count at the first alone: a mistake should not wait for an empty store. */
    private void refuseNetworks() {
        try {
            AllowedNetworks.of(deliveryAllowedNetworks);
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("BRIDGE_DELIVERY_ALLOWED_NETWORKS: " + e.getMessage());
        }
    }

    private void refuseShortKey() {
        String key = bootstrap.apiKey().strip();
        if (!key.isEmpty() && key.length() < Credential.MIN_KEY) {
            throw new BadSettingException("BRIDGE_BOOTSTRAP_API_KEY must be at least " + Credential.MIN_KEY
                    + " characters; omit it to have one generated");
        }
    }

    private static boolean isBase(String text) {
        try {
            URI url = new URI(text);
            return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
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
