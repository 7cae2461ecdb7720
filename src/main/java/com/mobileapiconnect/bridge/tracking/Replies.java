package com.mobileapiconnect.bridge.tracking;

import java.util.Collection;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a delivery's story has to know of the SMS that it became; whoever queues them answers. */
public interface Replies {

    /** The latest SMS of each of these deliveries that has one. */
    Map<String, DeliveryView.Reply> ofDeliveries(JdbcClient sql, Collection<String> deliveryIds);
}
