package com.mobileapiconnect.bridge;

import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** ERP Bridge: SMS in from paired phones, signed webhooks out to every ERP that should have them. */
@SpringBootConfiguration
@ComponentScan(resourcePattern = BridgeApplication.FILES)
@EnableScheduling
@Import(BootParts.class)
public class BridgeApplication {

    /** Classes within others are no beans, and a start does not read them. */
    static final String FILES = "**/{name:[^$]+}.class";

    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    public static void main(String[] args) {
        ProcessGuard.install(LONGEST_STOP);
        // Otherwise a thread loads, ahead of time, whatever Spring could make of the libraries that are there.
        System.setProperty("spring.backgroundpreinitializer.ignore", "true");
        SpringApplication.run(BridgeApplication.class, args);
    }
}
