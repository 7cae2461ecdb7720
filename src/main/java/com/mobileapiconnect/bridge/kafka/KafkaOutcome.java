package com.mobileapiconnect.bridge.kafka;

import com.mobileapiconnect.bridge.delivery.Outcome;
import com.mobileapiconnect.bridge.delivery.Outcome.ErrorClass;
import com.mobileapiconnect.bridge.delivery.Outcome.Evidence;
import com.mobileapiconnect.bridge.delivery.Outcome.ExternalRecord;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The outcome of a record. */
final class KafkaOutcome {

    /** The failures of records that no broker will ever take. */
    private static final Set<Class<?>> REFUSED = Set.of(
            RecordTooLargeException.class,
            RecordBatchTooLargeException.class,
            InvalidTopicException.class,
            SerializationException.class,
            PolicyViolationException.class);

    private KafkaOutcome() {}

    static Outcome done(RecordMetadata record) {
        String place = record.topic() + "-" + record.partition() + (record.hasOffset() ? "@" + record.offset() : "");
        return new Outcome.Delivered(new Evidence(null, null, null, null), false, ExternalRecord.of(place, null));
    }

    static Outcome later(ErrorClass stage, String words) {
        return new Outcome.Retry(Evidence.failure(stage, words), null);
    }

    static Outcome of(Throwable failure, String topic) {
        Throwable cause = cause(failure);
        if (REFUSED.contains(cause.getClass())) {
            return new Outcome.Rejected(Evidence.failure(ErrorClass.SYSTEM, words(cause)));
        }
        return later(stage(cause), cause instanceof UnknownTopicOrPartitionException ? noTopic(topic) : words(cause));
    }

    static String noTopic(String topic) {
        return "There is no topic " + topic + " on the brokers, and the bridge makes none";
    }

    static ErrorClass stage(Throwable cause) {
        if (cause instanceof AuthenticationException) {
            return ErrorClass.CONNECT; // not login, which disables the connection: the login is the operator's
        } else if (cause instanceof AuthorizationException || cause instanceof UnknownTopicOrPartitionException) {
            return ErrorClass.SYSTEM;
        } else if (cause instanceof ConfigException) {
            return ErrorClass.DNS;
        }
        return cause instanceof TimeoutException ? ErrorClass.TIMEOUT : ErrorClass.UNKNOWN;
    }

    /** Returns whether the producer itself may be in a state in which it sends nothing any more. */
    static boolean spoilsProducer(Throwable failure) {
        Throwable cause = cause(failure);
        return !(cause instanceof RetriableException) && !REFUSED.contains(cause.getClass());
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause.getClass() == KafkaException.class)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String words(Throwable cause) {
        String said = cause.getMessage();
        return said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
    }
}
