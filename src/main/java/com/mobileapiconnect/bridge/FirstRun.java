package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.guard.AllowedNetworks;
import com.mobileapiconnect.bridge.guard.NetworkGuard;
import com.mobileapiconnect.bridge.message.Ids;
import com.mobileapiconnect.bridge.secret.Redacted;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.store.Store;
import com.mobileapiconnect.bridge.tenant.Credential;
import com.mobileapiconnect.bridge.tenant.Credentials;
import com.mobileapiconnect.bridge.tenant.FirstTenant;
import com.mobileapiconnect.bridge.tenant.Tenant;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes the first tenant and the keys if there are none, and prints the next steps. */
@Component
class FirstRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRun.class);
    private static final String STRUCTURED = "logging.structured.format.console";

    private final BridgeSettings settings;
    private final FirstTenant firstTenant;
    private final Credentials credentials;
    private final NetworkGuard guard;
    private final Store store;
    private final Clock clock;
    private @Nullable Redacted newApiKey;
    private @Nullable Redacted newOperatorKey;
    private boolean first;
    private final List<Redacted> more = new ArrayList<>();

    FirstRun(
            BridgeSettings settings,
            FirstTenant firstTenant,
            Credentials credentials,
            NetworkGuard guard,
            Store store,
            Clock clock) {
        this.guard = guard;
        this.settings = settings;
        this.firstTenant = firstTenant;
        this.credentials = credentials;
        this.store = store;
        this.clock = clock;
        bootstrap();
    }

    /** Looks at the keys that were given before it stores anything: a start that is refused has made nothing. */
    private void bootstrap() {
        Instant now = clock.instant();
        Credential.Issued forOperator = Credential.forOperator(now);
        Credential operator = given("BRIDGE_OPERATOR_KEY", settings.operatorKey(), forOperator.credential());
        if (firstTenant.isMissing()) {
            first = true;
            BridgeSettings.Bootstrap wanted = settings.bootstrap();
            Tenant tenant = Tenant.fresh(Ids.random("ten_"), wanted.tenantName(), networks(), wanted.regionCode(), now);
            Credential.Issued issued = Credential.forTenant(tenant.id(), "First key", now);
            Credential key = given("BRIDGE_BOOTSTRAP_API_KEY", wanted.apiKey(), issued.credential());
            store.writeNow(tx -> {
                firstTenant.make(tx, tenant);
                return credentials.add(tx, key);
            });
            newApiKey = wanted.apiKey().isBlank() ? issued.key() : null;
        }
        if (!settings.operatorKey().isBlank() || !credentials.hasOperator()) {
            credentials.replaceOperator(operator);
            newOperatorKey = settings.operatorKey().isBlank() ? forOperator.key() : null;
        }
    }

    private boolean loopbackAllowed() {
        return guard.refuseUrl("http://127.0.0.1:9000/", networks()).isEmpty();
    }

    private AllowedNetworks networks() {
        try {
            return AllowedNetworks.of(settings.deliveryAllowedNetworks());
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("BRIDGE_DELIVERY_ALLOWED_NETWORKS: " + e.getMessage());
        }
    }

    private Credential given(String variable, String key, Credential generated) {
        if (key.isBlank()) {
            return generated;
        }
        if (key.strip().length() < Credential.MIN_KEY) {
            throw new BadSettingException(variable + " must be at least " + Credential.MIN_KEY
                    + " characters; omit it to have one generated");
        }
        Credential given = generated.withKey(key.strip());
        boolean taken = credentials
                .find(key.strip())
                .filter(holder -> holder.caller().getClass() != given.caller().getClass())
                .isPresent();
        if (taken) {
            throw new BadSettingException(variable + " is already the key of somebody else in this store; give another"
                    + " one, or omit it.");
        }
        return given;
    }

    /** Returns whether this start made the first tenant. */
    boolean isFirst() {
        return first;
    }

    /** Has a line shown that no log may have, because it holds a key that nobody is told again. */
    void show(Redacted line) {
        more.add(line);
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        int port = event.getApplicationContext() instanceof ServletWebServerApplicationContext web
                ? web.getWebServer().getPort()
                : 0;
        String format = event.getApplicationContext().getEnvironment().getProperty(STRUCTURED, "");
        if (!format.isBlank() && newApiKey == null && newOperatorKey == null) {
            LOG.info(Welcome.again(port, null)); // standard output is for machines then
        } else {
            // Standard output, not the log: keys do not belong into log files.
            System.out.println(
                    first
                            ? Welcome.first(port, newApiKey, newOperatorKey, loopbackAllowed())
                            : Welcome.again(port, newOperatorKey));
        }
        showMore();
        newApiKey = null;
        newOperatorKey = null;
    }

    private void showMore() {
        more.forEach(line -> System.out.println("  " + line.reveal()));
        more.clear();
    }

    /** Shows what a start has made that failed before it was ready: the next one would not make it again. */
    @Override
    public void close() {
        if (newApiKey != null) {
            System.out.println("API key, shown this once: " + newApiKey.reveal());
        }
        if (newOperatorKey != null) {
            System.out.println("Operator key, shown this once: " + newOperatorKey.reveal());
        }
        showMore();
    }
}
