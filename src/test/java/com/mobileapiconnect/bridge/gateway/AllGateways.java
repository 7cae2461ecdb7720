package com.mobileapiconnect.bridge.gateway;

import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** The gateways of the product, without a bridge. */
public final class AllGateways {

    private AllGateways() {}

    public static Gateways of() {
        return new Gateways(
                List.copyOf(list(Clock.systemUTC())),
                new StaticListableBeanFactory().getBeanProvider(GatewayFiles.class));
    }

    static List<Gateway.Receiving> list(Clock clock) {
        return List.of(
                new AndroidSmsGateway(clock),
                new HttpJson(clock),
                new HttpSms(clock),
                new IncomingSmsWebhook(),
                new Kannel(),
                new SmsForwarder(),
                new SmsSync(),
                new Textbee(),
                new Twilio(),
                new Vonage());
    }
}
