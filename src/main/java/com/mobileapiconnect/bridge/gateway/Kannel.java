package com.mobileapiconnect.bridge.gateway;

import com.mobileapiconnect.bridge.http.Form;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Kannel, by its sendsms service. */
@Component
class Kannel implements Gateway.Pushing {

    @Override
    public String name() {
        return "kannel";
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.url(), Setting.text("username"), Setting.secret("password"), Setting.optional("from"));
    }

    @Override
    public Push push(Sms sms, Settings settings) {
        String from = sms.sender(settings);
        if (from == null) {
            return Push.Impossible.NO_SENDER;
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("username", settings.text("username"));
        query.put("password", settings.text("password"));
        query.put("from", from);
        query.put("to", sms.to());
        query.put("text", sms.text());
        query.put("coding", "2");
        query.put("charset", "UTF-8");
        return new Push.Get(URI.create(settings.text("url") + "?" + Form.encode(query)), Map.of());
    }
}
