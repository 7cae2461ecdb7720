package com.mobileapiconnect.bridge;

import com.mobileapiconnect.bridge.setting.BadSettingException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.stereotype.Component;

/**
 * Refuses, at the start, durations that no setting of the bridge can mean: negative ones, more than a century, numbers
 * without a unit, of which 90 would be taken for milliseconds, and zero where it would end everything at once.
 */
@Component
final class DurationBounds implements ConfigurationPropertiesBindHandlerAdvisor {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("bridge");
    /** Elsewhere zero may mean never, or at once. */
    private static final List<ConfigurationPropertyName> NEVER_ZERO = List.of(
            ConfigurationPropertyName.of("bridge.retention"),
            ConfigurationPropertyName.of("bridge.reply"),
            ConfigurationPropertyName.of("bridge.outbox"));

    private static final Duration LONGEST = Duration.ofDays(36_525);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    @Override
    public BindHandler apply(BindHandler handler) {
        return new AbstractBindHandler(handler) {
            @Override
            public Object onSuccess(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
                if (result instanceof Duration duration && OURS.isAncestorOf(name)) {
                    check(name, duration, context.getConfigurationProperty());
                }
                return super.onSuccess(name, target, context, result);
            }
        };
    }

    private static void check(ConfigurationPropertyName name, Duration duration, ConfigurationProperty given) {
        String text = given == null ? duration.toString() : String.valueOf(given.getValue());
        boolean zero = duration.isZero() && NEVER_ZERO.stream().noneMatch(part -> part.isAncestorOf(name));
        if (zero) {
            return;
        } else if (text.strip().matches("[+-]?\\d+")) {
            throw refusal(name, text, "needs a unit");
        } else if (duration.compareTo(SHORTEST) < 0) {
            throw refusal(name, text, "must be longer than zero");
        } else if (duration.compareTo(LONGEST) > 0) {
            throw refusal(name, text, "must be no longer than a century");
        }
    }

    private static BadSettingException refusal(ConfigurationPropertyName name, String text, String why) {
        return new BadSettingException(
                variable(name) + "=" + text + " " + why + ", like P90D (days), PT10M (minutes) or PT30S (seconds)");
    }

    /** Returns the environment variable that sets a property. */
    private static String variable(ConfigurationPropertyName name) {
        return name.toString().replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
