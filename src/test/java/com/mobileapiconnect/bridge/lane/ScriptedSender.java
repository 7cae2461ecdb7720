package com.mobileapiconnect.bridge.lane;

import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Sender;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;

/** Stands in for the sender of webhooks: what a call does is said by the test, for each path of a URL. */
final class ScriptedSender implements Sender {

    static final Outcome DELIVERED = new Outcome.Delivered(Evidence.ok(200, "taken"));

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<Attempt> calls = new CopyOnWriteArrayList<>();
    private volatile boolean blocks;

    /** One call. */
    interface Script {
        CompletableFuture<Outcome> send(Attempt attempt);
    }

    /** For {@code RunningBridge.start}. */
    static class InPlaceOfWebhooks {

        @Bean
        static BeanPostProcessor scripted() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return name.equals("webhookSender") ? new ScriptedSender() : bean;
                }
            };
        }
    }

    void on(String path, Script script) {
        scripts.put(path, script);
    }

    /** Whether it says of itself that it blocks. */
    void blocks(boolean says) {
        blocks = says;
    }

    List<Attempt> calls(String path) {
        return calls.stream().filter(call -> path(call).equals(path)).toList();
    }

    private static String path(Attempt attempt) {
        return URI.create(String.valueOf(attempt.target().url())).getPath();
    }

    @Override
    public String connector() {
        return "webhook";
    }

    @Override
    public boolean blocks() {
        return blocks;
    }

    @Override
    public CompletableFuture<Outcome> send(Attempt attempt, byte[] body) {
        calls.add(attempt);
        return scripts.getOrDefault(path(attempt), any -> CompletableFuture.completedFuture(DELIVERED))
                .send(attempt);
    }
}
