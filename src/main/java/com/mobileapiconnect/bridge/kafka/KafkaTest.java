package com.mobileapiconnect.bridge.kafka;

import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.erp.ErpConnection;
import com.mobileapiconnect.bridge.erp.ErpFindings;
import com.mobileapiconnect.bridge.fault.Fault;
import com.mobileapiconnect.bridge.fault.FaultKind;
import com.mobileapiconnect.bridge.resource.Place;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Looks whether records could be sent: broker, login, topic. Sends none. */
final class KafkaTest {

    private KafkaTest() {}

    static ErpFindings of(Place.Kafka place, ErpConnection connection, long deadlineNanos) {
        String topic = connection.text("topic", "");
        String broker = "broker " + connection.text("broker", "");
        int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
        Map<String, Object> settings = KafkaClient.adminSettings(place);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        try (Admin admin = Admin.create(settings)) {
            TopicDescription found = admin.describeTopics(
                            List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .allTopicNames()
                    .get(millis, TimeUnit.MILLISECONDS)
                    .get(topic);
            return found(found, topic);
        } catch (ExecutionException e) {
            return wrong(KafkaOutcome.cause(e), topic, broker);
        } catch (TimeoutException e) {
            return ErpFindings.wrong(Fault.timeout(broker));
        } catch (KafkaException e) {
            return wrong(KafkaOutcome.cause(e), topic, broker);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ErpFindings.wrong(Fault.timeout(broker));
        }
    }

    private static ErpFindings found(@Nullable TopicDescription topic, String name) {
        if (topic == null) {
            return ErpFindings.wrong(Fault.missing("the topic " + name, "Have it made: the bridge makes none."));
        }
        boolean mayWrite = topic.authorizedOperations() == null
                || topic.authorizedOperations().isEmpty()
                || topic.authorizedOperations().contains(AclOperation.WRITE);
        return mayWrite
                ? ErpFindings.right(
                        "The brokers answer and accept the login",
                        "The topic " + name + " is there, with "
                                + topic.partitions().size() + " partitions",
                        "The login may write to it")
                : ErpFindings.wrong(Fault.permission("writing to the topic " + name));
    }

    private static ErpFindings wrong(Throwable cause, String topic, String broker) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return ErpFindings.wrong(Fault.missing("the topic " + topic, "Have it made: the bridge makes none."));
        } else if (cause instanceof AuthorizationException) {
            return ErpFindings.wrong(Fault.permission("asking for the topic " + topic));
        }
        ErrorClass stage = KafkaOutcome.stage(cause);
        if (stage == ErrorClass.TIMEOUT) {
            return ErpFindings.wrong(Fault.timeout(broker));
        }
        FaultKind kind = cause instanceof AuthenticationException
                ? FaultKind.LOGIN
                : stage == ErrorClass.DNS ? FaultKind.DNS : FaultKind.CONNECT;
        return ErpFindings.wrong(new Fault(kind, "The " + broker + " says: " + KafkaOutcome.words(cause)));
    }
}
