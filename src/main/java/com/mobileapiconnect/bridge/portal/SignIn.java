package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.PublicUrl;
import com.mobileapiconnect.bridge.tenant.Access;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
    private static final Pattern OVER = Pattern.compile("(^|&)said=over$");

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

    /** Returns the page that asks for a key, says if a session has ended, and leads to the wanted page afterwards. */
    Reply.Shown asked(HttpServletRequest request) {
        String path = request.getRequestURI();
        String query = String.valueOf(request.getQueryString());
        boolean over = OVER.matcher(query).find();
        boolean asked = path.equals("/") || path.equals(PATH) || path.equals(OUT);
        String more =
                request.getQueryString() == null ? "" : OVER.matcher(query).replaceAll("");
        String wanted = !request.getMethod().equals("GET") || path.equals(PATH)
                ? "/"
                : path + (more.isEmpty() ? "" : "?" + more);
        return page(
                asked ? HttpServletResponse.SC_OK : HttpServletResponse.SC_UNAUTHORIZED,
                wanted,
                over || cookie(request).isPresent() ? "signin.over" : "",
                "");
    }

    Reply tried(HttpServletRequest request, HttpServletResponse response, Form form) {
        String wanted = isOurs(form.get("to")) ? form.get("to") : "/";
        String key = form.get("key");
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            return page(HttpServletResponse.SC_UNAUTHORIZED, wanted, "signin.wrong", "");
        }
        try {
            Session opened = sessions.open(access.signIn(request, key));
            setCookie(request, response, opened.id());
            return Reply.to(wanted);
        } catch (Problem problem) {
            int status = problem.status().value();
            problem.headers().forEach(response::setHeader);
            String seconds = problem.headers().getOrDefault("Retry-After", "");
            return switch (status) {
                case HttpServletResponse.SC_UNAUTHORIZED -> page(status, wanted, "signin.wrong", "");
                case 429 -> page(status, wanted, "signin.locked", seconds);
                default -> page(status, wanted, "signin.refused", String.valueOf(problem.getMessage()));
            };
        }
    }

    /** A path of this bridge, and not of another that begins with two slashes or a backslash. */
    private static boolean isOurs(String path) {
        return path.startsWith("/") && !path.startsWith("//") && path.indexOf('\\') < 0 && path.indexOf('\n') < 0;
    }

    private static Reply.Shown page(int status, String wanted, String problem, String detail) {
        return new Reply.Shown(
                status, "signin.title", "signin", Map.of("to", wanted, "problem", problem, "detail", detail));
    }

    void end(HttpServletResponse response, Session session) {
        sessions.close(session);
        response.addHeader("Set-Cookie", COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }

    private void setCookie(HttpServletRequest request, HttpServletResponse response, String id) {
        boolean secure = request.isSecure() || publicUrl.of("/").startsWith("https:");
        response.addHeader(
                "Set-Cookie", COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : ""));
    }
}
