package com.mobileapiconnect.bridge.email;

import com.mobileapiconnect.bridge.thread.Workers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the sender of e-mail from its settings; refused at the start, a wrong one is found before the first mail. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MailSettings.class, SmtpSettings.class})
class EmailWiring {

    @Bean
    EmailSender emailSender(
            SmtpSettings smtp,
            MailSettings mail,
            ObjectProvider<CamelContext> camel,
            Clock clock,
            Workers workers,
            MeterRegistry metrics) {
        return new EmailSender(
                SmtpServer.of(smtp.url(), mail.from()).orElse(null), camel::getObject, clock, workers, metrics);
    }
}
