package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.tenant.SignedIn;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.MappingMatch;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of the API that a page makes, within the request for the page. Nothing of that request is handed on but where
 * it came from.
 */
final class ApiRequest extends HttpServletRequestWrapper {

    private static final String CONTAINER = "org.apache.catalina.core.";

    private final Call call;
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String[]> parameters = new LinkedHashMap<>();
    private @Nullable LaterCall later;
    private volatile boolean goesOn;

    ApiRequest(HttpServletRequest outer, SignedIn signedIn, Call call) {
        super(outer);
        this.call = call;
        call.parameters().forEach((name, value) -> parameters.put(name, new String[] {value}));
        RawBody.arrived(this, call.body());
        signedIn.sign(this);
    }

    @Override
    public String getMethod() {
        return call.method();
    }

    @Override
    public String getRequestURI() {
        return call.path();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(call.path());
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getServletPath() {
        return call.path();
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public @Nullable String getQueryString() {
        return call.query();
    }

    @Override
    public DispatcherType getDispatcherType() {
        return goesOn ? DispatcherType.ASYNC : DispatcherType.REQUEST;
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        return Everything.MAPPING;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return call.headers().get(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String value = getHeader(name);
        return value == null ? Collections.emptyEnumeration() : Collections.enumeration(Collections.singleton(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(call.headers().keySet());
    }

    @Override
    public int getIntHeader(String name) {
        return -1;
    }

    @Override
    public long getDateHeader(String name) {
        return -1;
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return null;
    }

    @Override
    public String getContentType() {
        return "application/json";
    }

    @Override
    public int getContentLength() {
        return call.body().length;
    }

    @Override
    public long getContentLengthLong() {
        return call.body().length;
    }

    @Override
    public @Nullable String getParameter(String name) {
        return call.parameters().get(name);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters.get(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        Object own = attributes.get(name);
        // The container notes on its own request that it makes the API's servlet ready within another request.
        return own == null && name.startsWith(CONTAINER) ? super.getAttribute(name) : own;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public boolean isAsyncSupported() {
        return true;
    }

    /** Stays so until the call goes on, although the answer may be there before its first part has ended. */
    @Override
    public boolean isAsyncStarted() {
        return later != null && !goesOn;
    }

    /** Makes this the second part of the call, in which the answer is written. */
    void goOn() {
        goesOn = true;
    }

    @Override
    public AsyncContext startAsync() {
        throw new IllegalStateException("The API says what it goes on with");
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        later = new LaterCall(request, response);
        return later;
    }

    /** Returns what the answer waits for; null if it is there already. */
    @Nullable LaterCall later() {
        return later;
    }

    /** The way in which the container finds the API's servlet for any path. */
    private enum Everything implements HttpServletMapping {
        MAPPING;

        @Override
        public String getMatchValue() {
            return "";
        }

        @Override
        public String getPattern() {
            return "/";
        }

        @Override
        public String getServletName() {
            return "dispatcherServlet";
        }

        @Override
        public MappingMatch getMappingMatch() {
            return MappingMatch.DEFAULT;
        }
    }
}
