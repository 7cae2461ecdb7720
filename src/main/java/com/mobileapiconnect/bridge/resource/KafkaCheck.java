package com.mobileapiconnect.bridge.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Asks brokers who they are. */
final class KafkaCheck {

    private KafkaCheck() {}

    /** Returns null if they answered. */
    static @Nullable String fault(Place.Kafka place, int seconds) {
        int millis = (int) TimeUnit.SECONDS.toMillis(seconds);
        Map<String, Object> settings = new LinkedHashMap<>(place.client());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        settings.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().clusterId().get(millis, TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            return "leads to no broker that answers: " + words(e.getCause());
        } catch (TimeoutException e) {
            return "leads to no broker that answers within " + seconds + " seconds";
        } catch (KafkaException e) {
            return "cannot be used: " + words(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "leads to no broker that answers: the bridge stopped waiting";
        }
    }

    /** The deepest cause says most, and never holds an option's value. */
    private static String words(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause == null ? "unknown" : String.valueOf(cause.getMessage());
    }
}
