package com.mobileapiconnect.bridge.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.springframework.stereotype.Component;

/**
 * The step {@code kafkaCommit}: moves the offset of a Kafka topic behind the record that the exchange came from. By itself
 * Kafka's client commits what it has read, at a stop also what no step has seen yet.
 */
@Component("kafkaCommit")
class KafkaCommit implements Processor {

    @Override
    public void process(Exchange exchange) {
        KafkaManualCommit commit =
                exchange.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class);
        if (commit == null) {
            throw new IllegalStateException("kafkaCommit is for a route from kafka: with allowManualCommit: true and"
                    + " autoCommitEnable: false");
        }
        commit.commit();
    }
}
