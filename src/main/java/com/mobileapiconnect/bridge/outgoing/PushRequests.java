package com.mobileapiconnect.bridge.outgoing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.device.Device;
import com.mobileapiconnect.bridge.device.Transport;
import com.mobileapiconnect.bridge.http.BasicCredentials;
import com.mobileapiconnect.bridge.http.Form;
import com.mobileapiconnect.bridge.message.PhoneNumber;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each gateway wants to hear, as its documentation says. */
final class PushRequests {

    // Shorter ones may be national, and are left to the gateway.
    private static final int SHORTEST_INTERNATIONAL = 11;

    private PushRequests() {}

    /** @throws IllegalArgumentException when it cannot be asked, saying what to set */
    static PushClient.Request of(Device device, Outgoing sms) {
        Transport transport = device.transport();
        if (transport instanceof Transport.AndroidSmsGateway gateway) {
            return androidSmsGateway(gateway, sms);
        } else if (transport instanceof Transport.Twilio twilio) {
            return twilio(twilio, from(twilio.from(), device, sms), sms);
        } else if (transport instanceof Transport.Kannel kannel) {
            return kannel(kannel, from(kannel.from(), device, sms), sms);
        }
        throw new IllegalArgumentException("The device fetches what it sends");
    }

    private static PushClient.Request androidSmsGateway(Transport.AndroidSmsGateway gateway, Outgoing sms) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", sms.id());
        json.putObject("textMessage").put("text", sms.text());
        json.putArray("phoneNumbers").add(international(sms.to()));
        if (sms.sim() != null) {
            json.put("simNumber", sms.sim());
        }
        return new PushClient.Request(
                URI.create(gateway.url()),
                Map.of(
                        "Authorization",
                        BasicCredentials.header(
                                gateway.username(), gateway.password().reveal())),
                new PushClient.Body("application/json", json.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static PushClient.Request twilio(Transport.Twilio twilio, String from, Outgoing sms) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", international(sms.to()));
        form.put("From", international(from));
        form.put("Body", sms.text());
        String base = twilio.url().replaceFirst("/+$", "");
        return new PushClient.Request(
                URI.create(base + "/2010-04-01/Accounts/" + twilio.accountSid() + "/Messages.json"),
                Map.of(
                        "Authorization",
                        BasicCredentials.header(
                                twilio.accountSid(), twilio.authToken().reveal())),
                new PushClient.Body(Form.CONTENT_TYPE, Form.encode(form).getBytes(StandardCharsets.US_ASCII)));
    }

    private static PushClient.Request kannel(Transport.Kannel kannel, String from, Outgoing sms) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("username", kannel.username());
        query.put("password", kannel.password().reveal());
        query.put("from", from);
        query.put("to", sms.to());
        query.put("text", sms.text());
        query.put("coding", "2");
        query.put("charset", "UTF-8");
        return new PushClient.Request(URI.create(kannel.url() + "?" + Form.encode(query)), Map.of(), null);
    }

    private static String from(@Nullable String configured, Device device, Outgoing sms) {
        String from = configured == null ? device.numberOf(sms.sim()) : configured;
        if (from == null) {
            throw new IllegalArgumentException(
                    "It is not known which number to send from: set the device's number, or \"from\" of its transport");
        }
        return from;
    }

    private static String international(String number) {
        String digits = PhoneNumber.key(number);
        boolean all = digits.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean whole =
                number.startsWith("+") || (digits.length() >= SHORTEST_INTERNATIONAL && digits.charAt(0) != '0');
        return all && whole ? "+" + digits : number;
    }
}
