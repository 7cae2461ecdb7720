package com.mobileapiconnect.bridge.bench;

import com.mobileapiconnect.bridge.support.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A tenant who has a key and a phone, and means no good; its receivers take connections and never answer. */
record BadTenant(Api operator, String id, Api tenant, Api phone, ServerSocket hanging) {

    static BadTenant open(Api operator, String name) {
        String id = operator.post(
                        "/v1/tenants", "{\"name\":\"%s\",\"allowedNetworks\":[\"127.0.0.0/8\"]}".formatted(name))
                .expect(201)
                .at("/id");
        Api tenant = operator.as(
                operator.post("/v1/tenants/" + id + "/keys").expect(201).at("/key"));
        Api phone = tenant.as(
                tenant.post("/v1/devices", "{\"name\":\"phone\"}").expect(201).at("/token"));
        try {
            return new BadTenant(
                    operator, id, tenant, phone, new ServerSocket(0, 5_000, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void suspend() {
        operator.post("/v1/tenants/" + id + "/suspend").expect(200);
    }

    void resume() {
        operator.post("/v1/tenants/" + id + "/resume").expect(200);
    }

    String hangingUrl(String path) {
        return "http://127.0.0.1:" + hanging.getLocalPort() + path;
    }

    /** Makes up to so many of something, until it is refused; returns how many there are. */
    int make(int most, String path, String body) {
        for (int i = 0; i < most; i++) {
            if (tenant.post(path, body.replace("#", Integer.toString(i))).status() >= 300) {
                return i;
            }
        }
        return most;
    }
}
