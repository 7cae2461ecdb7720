package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mobileapiconnect.bridge.http.Form;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How each app and provider hands over an SMS, with a field that no documentation knows if that is wanted. */
final class SpokenBy {

    private static final JsonMapper JSON = new JsonMapper();

    private SpokenBy() {}

    /** An app's way of saying an SMS. */
    interface App {

        Call say(Said sms, boolean unknownField);
    }

    record Speaker(Gateway.Receiving gateway, App app, PairedAs device) {

        @Override
        public String toString() {
            return gateway.name();
        }
    }

    static List<Speaker> all() {
        Clock clock = Clock.systemUTC();
        return List.of(
                speaker(new AndroidSmsGateway(clock), SpokenBy::androidSmsGateway),
                speaker(new HttpJson(clock), SpokenBy::httpJson),
                speaker(new HttpJson(clock), SpokenBy::httpForm),
                speaker(new HttpSms(clock), SpokenBy::httpSms),
                speaker(new IncomingSmsWebhook(), SpokenBy::incomingSmsWebhook),
                speaker(new Kannel(), SpokenBy::kannel),
                speaker(new SmsForwarder(), SpokenBy::smsForwarder),
                speaker(new SmsForwarder(), SpokenBy::smsForwarderInJson),
                speaker(new SmsSync(), SpokenBy::smsSync),
                speaker(new Textbee(), SpokenBy::textbee),
                speaker(new Twilio(), SpokenBy::twilio),
                speaker(new Vonage(), SpokenBy::vonage));
    }

    private static Speaker speaker(Gateway.Receiving gateway, App app) {
        return new Speaker(gateway, app, PairedAs.PLAIN);
    }

    static Call androidSmsGateway(Said sms, boolean unknownField) {
        ObjectNode event = androidEvent("sms:received", sms.id());
        ObjectNode payload = (ObjectNode) event.get("payload");
        payload.put("message", sms.text()).put("sender", sms.from()).put("recipient", sms.to());
        payload.put("simNumber", 1).put("phoneNumber", sms.from());
        payload.put("receivedAt", sms.at().atOffset(ZoneOffset.ofHours(7)).toString());
        if (unknownField) {
            payload.putObject("later").put("version", 2);
        }
        // The app escapes these, as its JSON library does for pages.
        return Call.json(event.toString()
                .replace("'", "\\u0027")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("=", "\\u003d"));
    }

    static ObjectNode androidEvent(String name, String messageId) {
        ObjectNode event = JSON.createObjectNode();
        event.put("id", "Ey6ECgOkVVFjz3CL48B8C").put("webhookId", "LreFUt").put("event", name);
        event.put("deviceId", "ffff01").putObject("payload").put("messageId", messageId);
        return event;
    }

    static Call httpJson(Said sms, boolean unknownField) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", sms.id()).put("from", sms.from()).put("to", sms.to()).put("text", sms.text());
        json.put("receivedAt", sms.at().toEpochMilli());
        later(json, unknownField);
        return Call.json(json);
    }

    static Call httpForm(Said sms, boolean unknownField) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("id", sms.id());
        form.put("from", sms.from());
        form.put("text", sms.text());
        return Call.form(later(form, unknownField));
    }

    static Call httpSms(Said sms, boolean unknownField) {
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0").put("id", "8dca3b0a").put("source", "/v1/messages/receive");
        event.put("type", "message.phone.received");
        ObjectNode data = event.putObject("data");
        data.put("message_id", sms.id()).put("owner", sms.to()).put("contact", sms.from());
        data.put("encrypted", false).put("content", sms.text()).put("sim", "SIM1");
        data.put("timestamp", sms.at().toString()).putNull("attachments");
        later(data, unknownField);
        return Call.json(event);
    }

    static Call incomingSmsWebhook(Said sms, boolean unknownField) {
        ObjectNode json = JSON.createObjectNode();
        json.put("from", sms.from()).put("text", sms.text()).put("sim", "sim1");
        json.put("sentStamp", sms.at().toEpochMilli() - 1)
                .put("receivedStamp", sms.at().toEpochMilli());
        later(json, unknownField);
        return Call.json(json);
    }

    static Call kannel(Said sms, boolean unknownField) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("from", sms.from());
        query.put("to", sms.to());
        query.put("text", sms.text());
        query.put("id", sms.id());
        query.put("time", Long.toString(sms.at().getEpochSecond()));
        query.put("coding", "0");
        query.put("charset", "UTF-8");
        return Call.get(Form.encode(later(query, unknownField)));
    }

    static Call smsForwarder(Said sms, boolean unknownField) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("from", sms.from());
        form.put("content", sms.text());
        form.put("timestamp", Long.toString(sms.at().toEpochMilli()));
        return Call.form(later(form, unknownField));
    }

    static Call smsForwarderInJson(Said sms, boolean unknownField) {
        ObjectNode json = JSON.createObjectNode();
        json.put("from", sms.from()).put("content", sms.text());
        json.put("timestamp", Long.toString(sms.at().toEpochMilli()));
        later(json, unknownField);
        return Call.json(json);
    }

    static Call smsSync(Said sms, boolean unknownField) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("from", sms.from());
        form.put("message", sms.text());
        form.put("message_id", sms.id());
        form.put("sent_to", sms.to());
        form.put("sent_timestamp", Long.toString(sms.at().toEpochMilli()));
        form.put("device_id", "front-desk");
        return Call.form(later(form, unknownField));
    }

    static Call textbee(Said sms, boolean unknownField) {
        ObjectNode json = JSON.createObjectNode();
        json.put("smsId", sms.id()).put("message", sms.text()).put("deviceId", "65f0");
        json.put("webhookEvent", "MESSAGE_RECEIVED").put("idempotencyKey", "uuid");
        json.put("sender", sms.from()).put("receivedAt", sms.at().toString());
        later(json, unknownField);
        return Call.json(json);
    }

    static Call twilio(Said sms, boolean unknownField) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", sms.id());
        form.put("From", sms.from());
        form.put("To", sms.to());
        form.put("Body", sms.text());
        form.put("NumMedia", "0");
        return Call.form(later(form, unknownField));
    }

    static Call vonage(Said sms, boolean unknownField) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("msisdn", sms.from());
        form.put("to", sms.to());
        form.put("messageId", sms.id());
        form.put("text", sms.text());
        form.put("type", "text");
        form.put("keyword", "X");
        form.put("message-timestamp", sms.at().toString().replace('T', ' ').replace("Z", ""));
        return Call.form(later(form, unknownField));
    }

    private static void later(ObjectNode json, boolean unknownField) {
        if (unknownField) {
            json.putObject("later").put("version", 2);
        }
    }

    private static Map<String, String> later(Map<String, String> fields, boolean unknownField) {
        if (unknownField) {
            fields.put("Later", "2");
        }
        return fields;
    }
}
