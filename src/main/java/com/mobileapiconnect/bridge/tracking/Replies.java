package com.mobileapiconnect.bridge.tracking;

import java.util.Collection;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SMS that deliveries became, for their stories; implemented by the package that queues SMS. */
public interface Replies {

    /** Returns the latest SMS of each of these deliveries that has one. */
    Map<String, DeliveryView.Reply> ofDeliveries(JdbcClient sql, Collection<String> deliveryIds);
}
