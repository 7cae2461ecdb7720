package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.config.ConfigFile;
import com.mobileapiconnect.bridge.config.Difference;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.tenant.FirstTenant;
import com.mobileapiconnect.bridge.tenant.Tenant;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Configures the first tenant by a file before anything is taken or sent, so that a container needs nothing but files. */
@Component
class ConfiguredStart implements SmartInitializingSingleton {

    private final BridgeSettings settings;
    private final FirstRun firstRun;
    private final FirstTenant firstTenant;
    private final ConfigFile file;

    /** @param firstRun has made the first tenant */
    ConfiguredStart(BridgeSettings settings, FirstRun firstRun, FirstTenant firstTenant, ConfigFile file) {
        this.settings = settings;
        this.firstRun = firstRun;
        this.firstTenant = firstTenant;
        this.file = file;
    }

    @Override
    public void afterSingletonsInstantiated() {
        String path = settings.configFile().strip();
        if (path.isEmpty()) {
            return;
        }
        Tenant tenant = firstTenant
                .find()
                .orElseThrow(() -> new BadSettingException(
                        "BRIDGE_CONFIG_FILE configures the first tenant, and there is" + " none any more. Remove it."));
        file.apply(path, tenant.id()).forEach(made -> firstRun.show(line(made)));
    }

    private static Redacted line(Difference.Entry made) {
        Difference.Pairing pairing = made.pairing();
        return new Redacted(
                pairing == null
                        ? "API key " + made.name() + ", shown this once: " + made.key()
                        : "Phone " + made.name() + ", shown this once: " + made.token() + " for " + pairing.url());
    }
}
