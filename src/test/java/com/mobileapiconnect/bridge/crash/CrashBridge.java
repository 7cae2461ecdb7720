package com.mobileapiconnect.bridge.crash;

import com.mobileapiconnect.bridge.BridgeApplication;
import com.mobileapiconnect.bridge.delivery.Attempt;
import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Sender;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/** The bridge as it is, with the fault points put around its driver and its senders. */
final class CrashBridge {

    private CrashBridge() {}

    public static void main(String[] args) throws SQLException {
        FaultyDriver.install();
        new SpringApplicationBuilder(BridgeApplication.class, Points.class).run(args);
    }

    /** Not annotated: it must not be found where classes are scanned for. */
    static class Points {

        @Bean
        static BeanPostProcessor faultySenders() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof Sender sender ? new FaultySender(sender) : bean;
                }
            };
        }
    }

    private record FaultySender(Sender real) implements Sender {

        @Override
        public String connector() {
            return real.connector();
        }

        @Override
        public boolean blocks() {
            return real.blocks();
        }

        @Override
        public CompletableFuture<Outcome> send(Attempt attempt, byte[] body) {
            boolean retry = attempt.number() > 1;
            Faults.at(FaultPoint.BEFORE_CALL);
            if (retry) {
                Faults.at(FaultPoint.BEFORE_RETRY);
            }
            return real.send(attempt, body).thenApply(outcome -> {
                if (outcome instanceof Outcome.Delivered) {
                    Faults.at(FaultPoint.AFTER_2XX);
                }
                if (retry) {
                    Faults.at(FaultPoint.AFTER_RETRY);
                }
                return outcome;
            });
        }
    }
}
