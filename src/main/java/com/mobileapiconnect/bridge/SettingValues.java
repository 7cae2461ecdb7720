package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.setting.Allowed;
import com.mobileapiconnect.bridge.setting.BadSettingException;
import com.mobileapiconnect.bridge.setting.Bounds;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Refuses, at the start, values outside the {@link Bounds} of their setting, times and sizes without a unit, and what
 * cannot be read at all. The refusal names the variable and says what is allowed.
 */
@Component
final class SettingValues implements ConfigurationPropertiesBindHandlerAdvisor {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("bridge");
    private static final String ENVIRONMENT = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    @Override
    public BindHandler apply(BindHandler handler) {
        return new AbstractBindHandler(handler) {
            @Override
            public Object onSuccess(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
                ConfigurationProperty given = context.getConfigurationProperty();
                if (OURS.isAncestorOf(name) && given != null) {
                    allowed(target)
                            .flatMap(allowed -> allowed.refusal(result, text(given))
                                    .map(why -> refusal(given, why, allowed.toString())))
                            .ifPresent(refusal -> {
                                throw refusal;
                            });
                }
                return super.onSuccess(name, target, context, result);
            }

            @Override
            public Object onFailure(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
                    throws Exception {
                ConfigurationProperty given = context.getConfigurationProperty();
                if (OURS.isAncestorOf(name) && given != null && !isRefusal(error)) {
                    throw refusal(
                            given,
                            "cannot be read",
                            allowed(target)
                                    .map(Allowed::toString)
                                    .orElseGet(() -> form(target.getType().resolve(Object.class))));
                }
                return super.onFailure(name, target, context, error);
            }
        };
    }

    private static Optional<Allowed> allowed(Bindable<?> target) {
        return Allowed.of(target.getType().resolve(Object.class), target.getAnnotation(Bounds.class));
    }

    private static String form(Class<?> type) {
        return type == Duration.class || type == DataSize.class ? "a " + type.getSimpleName() : "a " + type.getName();
    }

    private static boolean isRefusal(@Nullable Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof BadSettingException) {
                return true;
            }
        }
        return false;
    }

    private static BadSettingException refusal(ConfigurationProperty given, String why, String allowed) {
        return new BadSettingException(variable(given) + "=" + text(given) + " " + why + ": write " + allowed);
    }

    /** Secrets are texts, which are bound as they are; so no secret gets here. */
    private static String text(ConfigurationProperty given) {
        return String.valueOf(given.getValue()).strip();
    }

    /** Returns the environment variable as the operator wrote it, or the one for the property. */
    private static String variable(ConfigurationProperty given) {
        return given.getOrigin() instanceof PropertySourceOrigin origin
                        && origin.getPropertySource().getName().equals(ENVIRONMENT)
                ? origin.getPropertyName()
                : variable(given.getName().toString());
    }

    /** Returns the environment variable that sets a property. */
    static String variable(String property) {
        return property.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
