package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.connector.BadConnectorException;
import com.mobileapiconnect.bridge.secret.WrongMasterKeyException;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import java.net.BindException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.embedded.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;

/** A start that fails for a reason that its reader can mend says that reason, not where in the code it was found. */
final class StartFailure implements FailureAnalyzer, Ordered {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        FailureAnalysis own = ofTheBridge(failure);
        return own == null ? ofTheServer(failure) : own;
    }

    /** Finds the bridge's own words first, however deep they are: an outer failure of Spring says less. */
    private static @Nullable FailureAnalysis ofTheBridge(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof StoreUnavailableException
                    || t instanceof WrongMasterKeyException
                    || t instanceof BadConnectorException
                    || t instanceof BadSettingException) {
                return new FailureAnalysis(String.valueOf(t.getMessage()), null, t);
            }
        }
        return null;
    }

    private static @Nullable FailureAnalysis ofTheServer(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof PortInUseException taken) {
                return portInUse(taken.getPort(), t);
            } else if (t instanceof ConnectorStartFailedException taken) {
                return portInUse(taken.getPort(), t);
            } else if (t instanceof BindException refused) {
                return new FailureAnalysis(
                        "The system refuses the address and port that the bridge should have (" + refused.getMessage()
                                + "). Choose another SERVER_PORT, from 1024 on where the bridge is not root, or another"
                                + " SERVER_ADDRESS, which has to be one of this machine.",
                        null,
                        t);
            } else if (t instanceof InvalidConfigurationPropertyValueException bad) {
                return badValue(bad.getName(), bad.getValue(), t);
            } else if (t instanceof org.springframework.boot.context.properties.bind.BindException bad
                    && bad.getProperty() != null) {
                return badValue(bad.getName().toString(), bad.getProperty().getValue(), t);
            }
        }
        return null;
    }

    private static FailureAnalysis portInUse(int port, Throwable why) {
        return new FailureAnalysis(
                "Port " + port + " is in use by another program. End that one, or choose another port: SERVER_PORT="
                        + (port + 1),
                null,
                why);
    }

    /** Refuses a value of Spring's own settings, such as SERVER_PORT. */
    private static FailureAnalysis badValue(String name, @Nullable Object value, Throwable why) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", "");
        return new FailureAnalysis(variable + "=" + value + " is no value that " + name + " can have.", null, why);
    }

    // before those of Spring, which would say the same in more lines
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
