package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.support.Api;
import com.mobileapiconnect.bridge.support.RunningBridge;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser does without scripts: it keeps the cookie, and sends forms with what is hidden in them. */
final class Browser {

    private static final Pattern TOKEN = Pattern.compile("name=\"formToken\" value=\"([^\"]+)\"");

    private final Api api;
    String cookie = "";
    String formToken = "";

    Browser(RunningBridge bridge) {
        this.api = bridge.nobody();
    }

    Api.Reply get(String path, String... headers) {
        return seen(api.send(with(api.request(path).GET(), headers)));
    }

    /** @param fields names and values in turn */
    Api.Reply post(String path, String... fields) {
        return send(path, List.of(), fields);
    }

    Api.Reply send(String path, List<String> headers, String... fields) {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            written.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        HttpRequest.Builder request = api.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", written)));
        return seen(api.send(with(request, headers.toArray(String[]::new))));
    }

    /** Sends a form of the page that was seen last. */
    Api.Reply submit(String path, String... fields) {
        List<String> all = new ArrayList<>(List.of("formToken", formToken));
        all.addAll(List.of(fields));
        return post(path, all.toArray(String[]::new));
    }

    /** Sends a form of the page that was seen last with a file, as browsers do. */
    Api.Reply upload(String path, String file, String... fields) {
        String between = "----form" + System.nanoTime();
        StringBuilder body = new StringBuilder();
        List<String> all = new ArrayList<>(List.of("formToken", formToken));
        all.addAll(List.of(fields));
        for (int i = 0; i < all.size(); i += 2) {
            part(body, between, "name=\"" + all.get(i) + "\"", all.get(i + 1));
        }
        part(body, between, "name=\"file\"; filename=\"it.csv\"\r\nContent-Type: text/csv", file);
        HttpRequest.Builder request = api.request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + between)
                .POST(HttpRequest.BodyPublishers.ofString(body + "--" + between + "--\r\n"));
        return seen(api.send(with(request)));
    }

    private static void part(StringBuilder body, String between, String name, String value) {
        body.append("--").append(between).append("\r\nContent-Disposition: form-data; ");
        body.append(name).append("\r\n\r\n").append(value).append("\r\n");
    }

    Api.Reply signIn(String key) {
        Api.Reply reply = post("/sign-in", "key", key, "to", "/");
        if (reply.status() == 303) {
            get("/webhooks");
        }
        return reply;
    }

    private HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private Api.Reply seen(Api.Reply reply) {
        String set = reply.header("Set-Cookie");
        if (!set.isEmpty()) {
            cookie = set.substring(0, set.indexOf(';'));
        }
        Matcher token = TOKEN.matcher(reply.text());
        if (token.find()) {
            formToken = token.group(1);
        }
        return reply;
    }
}
