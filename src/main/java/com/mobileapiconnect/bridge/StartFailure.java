package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.connector.BadConnectorException;
import com.mobileapiconnect.bridge.secret.WrongMasterKeyException;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** A start that fails for a reason that its reader can mend says that reason, not where in the code it was found. */
final class StartFailure implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
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
}
