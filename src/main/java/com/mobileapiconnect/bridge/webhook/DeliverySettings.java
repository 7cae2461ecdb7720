package com.mobileapiconnect.bridge.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param proxy proxy for every outbound call over HTTP, {@code http://user:pass@host:port} or {@code
 *              socks5://user:pass@host:port}; the bridge looks names up itself, before; blank for none
 */
@ConfigurationProperties("bridge.delivery")
record DeliverySettings(String proxy) {

    @Override
    public String toString() {
        return "DeliverySettings[…]";
    }
}
