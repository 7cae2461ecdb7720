package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.secret.Redacted;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A phone app or a provider of SMS, as a bean. The interfaces below that a gateway implements declare its abilities;
 * everything particular to a gateway is in its one file.
 */
public interface Gateway {

    int ORDINARY_BODY = 1 << 20;

    /** The name in the API: of a device's {@code adapter}, and of its {@code transport}'s type. */
    String name();

    /** A gateway that SMS to customers are pushed to. */
    interface Pushing extends Gateway {

        /** The settings of a device's transport, in the order in which they are read and shown. */
        List<TransportSetting> settings();

        /** Returns the request that hands the SMS over, without making the call. */
        Push push(Sms sms, TransportValues settings);

        /** Returns whether this status, which is not a 2xx, means that the gateway had the SMS before. */
        default boolean hadBefore(int status) {
            return false;
        }

        /** Returns whether the gateway sends an SMS once, however often it is handed over. */
        default boolean knowsRepeats() {
            return false;
        }

        /**
         * Reads the answer that came with a 2xx.
         *
         * @param body as far as it was kept; null if there was none
         */
        default Push.Answer answer(@Nullable String body) {
            return Push.Answer.TAKEN;
        }
    }

    /** A gateway that calls {@code /v1/inbound/{name}/{deviceToken}} with SMS and reports. */
    interface Receiving extends Gateway {

        /** The HTTP methods that the gateway calls with. */
        default Set<String> methods() {
            return Set.of("POST");
        }

        /** The bytes that a request may have at most. Larger ones are for gateways that read them as a stream. */
        default int largestBody() {
            return ORDINARY_BODY;
        }

        /**
         * Reads an authentic request. Fields that are not known are ignored; a request that makes no sense is {@link
         * Received.Unparsed}, no exception.
         */
        Received receive(GatewayRequest request);

        /**
         * Returns the answer that the gateway expects, once the contents of its request are durable. Errors are
         * problems.
         */
        GatewayAnswer receipt(Received received);
    }

    /** A gateway that asks at its own URL for SMS to send, and takes them in the answer to an SMS, too. */
    interface Asking extends Receiving {

        /**
         * Returns the answer with SMS to send, which count as sent once it is written.
         *
         * @param key the device's signing key, where the app expects to see it
         */
        GatewayAnswer receipt(Received received, List<Sms> toSend, @Nullable Redacted key);

        @Override
        default GatewayAnswer receipt(Received received) {
            return receipt(received, List.of(), null);
        }
    }

    /** A gateway that can sign its requests. Once a device has a {@code signingKey}, unsigned requests are refused. */
    interface Signing extends Receiving {

        /** Returns for people why the signature of the raw request is invalid; null if it is valid. */
        @Nullable String flaw(GatewayRequest request, Redacted key);
    }
}
