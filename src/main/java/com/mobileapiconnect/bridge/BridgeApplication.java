package com.mobileapiconnect.bridge;

import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** ERP Bridge: SMS in from paired phones, signed webhooks out to every ERP that should have them. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class BridgeApplication {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    public static void main(String[] args) {
        ProcessGuard.install(LONGEST_STOP);
        SpringApplication.run(BridgeApplication.class, args);
    }
}
