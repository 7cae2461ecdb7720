package com.mobileapiconnect.bridge.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import org.springframework.stereotype.Component;

/** The Android app of that name, in its local mode. */
@Component
class AndroidSmsGateway implements Gateway.Pushing {

    private static final int CONFLICT = 409;

    @Override
    public String name() {
        return "android-sms-gateway";
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.url(), Setting.text("username"), Setting.secret("password"));
    }

    @Override
    public Push push(Sms sms, Settings settings) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", sms.id());
        json.putObject("textMessage").put("text", sms.text());
        json.putArray("phoneNumbers").add(Sms.international(sms.to()));
        if (sms.sim() != null) {
            json.put("simNumber", sms.sim());
        }
        return Push.Post.json(
                URI.create(settings.text("url")),
                Push.basic(settings.text("username"), settings.text("password")),
                json.toString());
    }

    /** The app knows the id of every SMS that it was given. */
    @Override
    public boolean hadBefore(int status) {
        return status == CONFLICT;
    }
}
