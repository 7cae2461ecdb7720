package com.mobileapiconnect.bridge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** ERP Bridge: SMS in from paired phones, signed webhooks out to every ERP that should have them. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class BridgeApplication {

    public static void main(String[] args) {
        SpringApplication.run(BridgeApplication.class, args);
    }
}
