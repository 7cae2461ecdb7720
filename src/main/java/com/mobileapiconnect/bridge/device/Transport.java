package com.mobileapiconnect.bridge.device;

import com.mobileapiconnect.bridge.secret.Redacted;
import org.jspecify.annotations.Nullable;

/** How an SMS to a customer gets to what sends it. */
public sealed interface Transport {

    /** As the API calls it. */
    String type();

    /** The phone fetches it. */
    record Poll() implements Transport {
        @Override
        public String type() {
            return "poll";
        }
    }

    /**
     * Pushed to the app of that name in its local mode.
     *
     * @param url of its messages, like {@code http://192.168.1.20:8080/message}
     */
    record AndroidSmsGateway(String url, String username, Redacted password) implements Transport {
        @Override
        public String type() {
            return "android-sms-gateway";
        }
    }

    /**
     * Pushed to Twilio.
     *
     * @param url  of its API, without path
     * @param from null: the device's number
     */
    record Twilio(
            String url,
            String accountSid,
            Redacted authToken,
            @Nullable String from) implements Transport {
        @Override
        public String type() {
            return "twilio";
        }
    }

    /**
     * Pushed to a Kannel.
     *
     * @param url  of its sendsms service, like {@code http://kannel.example.com:13013/cgi-bin/sendsms}
     * @param from null: the device's number
     */
    record Kannel(
            String url,
            String username,
            Redacted password,
            @Nullable String from) implements Transport {
        @Override
        public String type() {
            return "kannel";
        }
    }

    Transport POLL = new Poll();
}
