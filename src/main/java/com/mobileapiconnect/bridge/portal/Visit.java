package com.mobileapiconnect.bridge.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.mobileapiconnect.bridge.tenant.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A request for a page by somebody who has signed in. */
final class Visit {

    private final Outer outer;
    private final Api api;
    private final Session session;
    private final Form form;
    private final List<String> path;

    /**
     * The request and response for the page.
     *
     * @param again whether a part of the page is drawn again, of which forms with their choices are none
     */
    private record Outer(HttpServletRequest request, HttpServletResponse response, boolean again) {}

    /** @param path the parts of the path behind the page's own, each of plain characters only */
    Visit(
            HttpServletRequest request,
            HttpServletResponse response,
            Api api,
            Session session,
            Form form,
            List<String> path) {
        this(new Outer(request, response, false), api, session, form, path);
    }

    private Visit(Outer outer, Api api, Session session, Form form, List<String> path) {
        this.outer = outer;
        this.api = api;
        this.session = session;
        this.form = form;
        this.path = path;
    }

    /** Returns the same visit for a time when its request may be gone. */
    Visit detached() {
        Outer later = new Outer(Detached.from(outer.request()), Detached.toNobody(), true);
        return new Visit(later, api, session, form, path);
    }

    /** Returns the visit of the page that has this below it. */
    Visit above() {
        return new Visit(outer, api, session, form, path.subList(0, path.size() - 1));
    }

    /** Returns whether only the part of the page is wanted that changes by itself. */
    boolean again() {
        return outer.again();
    }

    String tenantId() {
        return session.tenantId();
    }

    /** Returns a part of the path behind the page's own; empty if there is none. */
    String part(int n) {
        return n < path.size() ? path.get(n) : "";
    }

    int parts() {
        return path.size();
    }

    /** Returns the fields of the query, or of the form that was sent. */
    Form form() {
        return form;
    }

    /** Returns whether a script of the page asks for a part of it. */
    boolean isPart() {
        return outer.request().getHeader("HX-Request") != null;
    }

    boolean byOperator() {
        return session.ofOperator();
    }

    Texts texts() {
        return Texts.of(outer.request());
    }

    Answer get(String apiPath) {
        return call(Call.get(apiPath));
    }

    Answer post(String apiPath) {
        return call(Call.send("POST", apiPath));
    }

    Answer send(String method, String apiPath, JsonNode body) {
        return call(Call.send(method, apiPath, bytes(body)));
    }

    Answer call(Call call) {
        return api.call(outer.request(), outer.response(), signedIn(), call);
    }

    CompletableFuture<Answer> callLater(Call call) {
        return api.callLater(outer.request(), outer.response(), signedIn(), call);
    }

    private SignedIn signedIn() {
        return session.signedIn();
    }

    static byte[] bytes(JsonNode body) {
        try {
            return Answer.JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can be written", e);
        }
    }
}
