package com.mobileapiconnect.bridge.gateway;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Twilio, by its REST API. */
@Component
class Twilio implements Gateway.Pushing {

    private static final String API = "https://api.twilio.com";

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.url(API), Setting.word("accountSid"), Setting.secret("authToken"), Setting.optional("from"));
    }

    @Override
    public Push push(Sms sms, Settings settings) {
        String from = sms.sender(settings);
        if (from == null) {
            return Push.Impossible.NO_SENDER;
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", Sms.international(sms.to()));
        form.put("From", Sms.international(from));
        form.put("Body", sms.text());
        String account = settings.text("accountSid");
        String base = settings.text("url").replaceFirst("/+$", "");
        return Push.Post.form(
                URI.create(base + "/2010-04-01/Accounts/" + account + "/Messages.json"),
                Push.basic(account, settings.text("authToken")),
                form);
    }
}
