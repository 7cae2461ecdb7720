package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.tenant.Access;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets people in by their API key, and out again. Wrong keys cost their address the same as at the API. */
@Component
class SignIn {

    static final String PATH = "/sign-in";
    static final String OUT = "/sign-out";

    private static final String BY_ITSELF = "X-By-Itself";
    private static final String COOKIE = "bridge_session";
    private static final int LONGEST_KEY = 512;
    /** Added by a page to its address when it was told that its session is over: the cookie may be gone by then. */
    private static final Pattern OVER = Pattern.compile("(^|&)said=(?:over|in)$");

    /** Added to the address after the key was right and the cookie must not be sent without https. */
    private static final String IN = "said=in";

    /** @param opened null if the key was wrong */
    record Tried(@Nullable Session opened, Reply reply) {}

    private final Access access;
    private final Sessions sessions;
    private final PublicUrl publicUrl;

    SignIn(Access access, Sessions sessions, PublicUrl publicUrl) {
        this.access = access;
        this.sessions = sessions;
        this.publicUrl = publicUrl;
    }

    /** A page that renews itself is no sign of a person, so it keeps nobody signed in. */
    static boolean isByItself(HttpServletRequest request) {
        return request.getHeader(BY_ITSELF) != null || Live.isAsked(request);
    }

    Optional<Session> session(HttpServletRequest request) {
        return cookie(request)
                .flatMap(cookie ->
                        isByItself(request) ? sessions.find(cookie.getValue()) : sessions.use(cookie.getValue()));
    }

    private static Optional<Cookie> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE)
                                && !cookie.getValue().isEmpty())
                        .findFirst();
    }

    /** Says to a script that the session goes on, and the token of its forms; leads anybody else to the pages. */
    static void isThere(HttpServletRequest request, HttpServletResponse response, Session session) {
        if (isByItself(request)) {
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Form-Token", session.formToken());
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            Written.sendTo(response, "/");
        }
    }

    /**
     * Returns the page that asks for a key, says if a session has ended, and leads to the wanted page afterwards.
     *
     * @param typed what somebody has typed and could not send; null for nothing
     */
    Reply.Shown asked(HttpServletRequest request, @Nullable Typed typed) {
        String path = request.getRequestURI();
        String query = String.valueOf(request.getQueryString());
        boolean over = OVER.matcher(query).find();
        boolean lost = over && query.endsWith(IN) && cookie(request).isEmpty();
        boolean asked = path.equals("/") || path.equals(PATH) || path.equals(OUT);
        String more =
                request.getQueryString() == null ? "" : OVER.matcher(query).replaceAll("");
        String wanted = asked
                ? "/"
                : request.getMethod().equals("GET")
                        ? path + (more.isEmpty() ? "" : "?" + more)
                        : path.substring(0, path.indexOf('/', 1) < 0 ? path.length() : path.indexOf('/', 1));
        String ended = typed != null ? "signin.typed" : over || cookie(request).isPresent() ? "signin.over" : "";
        return page(
                asked ? HttpServletResponse.SC_OK : HttpServletResponse.SC_UNAUTHORIZED,
                wanted,
                lost ? "signin.nocookie" : ended,
                lost ? publicUrl.of("/") : "",
                typed);
    }

    Tried tried(HttpServletRequest request, HttpServletResponse response, Form form) {
        Typed typed = Typed.carried(form);
        String wanted = isOurs(form.get("to")) ? form.get("to") : "/";
        String key = form.get("key");
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            return new Tried(null, page(HttpServletResponse.SC_UNAUTHORIZED, wanted, "signin.wrong", "", typed));
        }
        try {
            Session opened = sessions.open(access.signIn(request, key));
            setCookie(request, response, opened.id());
            return new Tried(
                    opened,
                    Reply.to(
                            isSecure(request) && !request.isSecure()
                                    ? wanted + (wanted.contains("?") ? "&" : "?") + IN
                                    : wanted));
        } catch (Problem problem) {
            int status = problem.status().value();
            problem.headers().forEach(response::setHeader);
            String seconds = problem.headers().getOrDefault("Retry-After", "");
            Reply refused =
                    switch (status) {
                        case HttpServletResponse.SC_UNAUTHORIZED -> page(status, wanted, "signin.wrong", "", typed);
                        case 429 -> page(status, wanted, "signin.locked", seconds, typed);
                        default -> page(status, wanted, "signin.refused", String.valueOf(problem.getMessage()), typed);
                    };
            return new Tried(null, refused);
        }
    }

    /** A path of this bridge, and not of another that begins with two slashes or a backslash. */
    private static boolean isOurs(String path) {
        return path.startsWith("/") && !path.startsWith("//") && path.indexOf('\\') < 0 && path.indexOf('\n') < 0;
    }

    private static Reply.Shown page(int status, String wanted, String problem, String detail, @Nullable Typed typed) {
        Map<String, Object> values = new HashMap<>(Map.of("to", wanted, "problem", problem, "detail", detail));
        values.put("typed", typed);
        return new Reply.Shown(status, "signin.title", "signin", values);
    }

    void end(HttpServletResponse response, Session session) {
        sessions.close(session);
        response.addHeader("Set-Cookie", COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }

    private boolean isSecure(HttpServletRequest request) {
        return request.isSecure() || publicUrl.of("/").startsWith("https:");
    }

    private void setCookie(HttpServletRequest request, HttpServletResponse response, String id) {
        boolean secure = isSecure(request);
        response.addHeader(
                "Set-Cookie", COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : ""));
    }
}
