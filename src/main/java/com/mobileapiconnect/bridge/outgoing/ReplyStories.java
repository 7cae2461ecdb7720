package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.tracking.DeliveryView;
import com.mobileapiconnect.bridge.tracking.Replies;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Continues the story of a delivery after its reply was queued. */
@Component
class ReplyStories implements Replies {

    private static final String OF_DELIVERIES = "select " + Outgoing.COLUMNS
            + " from outgoing where delivery_id in (:ids) order by delivery_id, granted_from";

    @Override
    public Map<String, DeliveryView.Reply> ofDeliveries(JdbcClient sql, Collection<String> deliveryIds) {
        Map<String, DeliveryView.Reply> latest = new HashMap<>();
        sql.sql(OF_DELIVERIES)
                .param("ids", deliveryIds)
                .query((row, n) -> Outgoing.read(row))
                .list()
                .forEach(sms -> latest.put(String.valueOf(sms.deliveryId()), view(sms)));
        return latest;
    }

    private static DeliveryView.Reply view(Outgoing sms) {
        return new DeliveryView.Reply(
                sms.id(), sms.deviceId(), sms.to(), sms.text(), sms.status().wireName(), sms.error(), sms.updatedAt());
    }
}
