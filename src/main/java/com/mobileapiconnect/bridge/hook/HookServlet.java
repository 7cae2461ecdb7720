package com.mobileapiconnect.bridge.hook;

import com.mobileapiconnect.bridge.api.Problem;
import com.mobileapiconnect.bridge.api.RawBody;
import com.mobileapiconnect.bridge.entry.Passages;
import com.mobileapiconnect.bridge.intake.RefusedCaptureException;
import com.mobileapiconnect.bridge.store.StoreUnavailableException;
import com.mobileapiconnect.bridge.tenant.Access;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Serves {@code /hooks/name}: the request's body enters a route as it is, and no header and no part of the URL becomes one of
 * the exchange's headers. A request waits for its route on its own thread, which is bounded work of the door for everything
 * but phones.
 */
class HookServlet extends HttpServlet {

    static final String PATHS = "/hooks/*";

    private static final Logger LOG = LoggerFactory.getLogger(HookServlet.class);
    private static final long serialVersionUID = 1;
    private static final int MAX_BYTES = 1 << 20;

    private final transient Hooks hooks;
    private final transient Access access;
    private final transient Passages passages;
    private final transient HandlerExceptionResolver errors;
    private final transient Semaphore inside;

    /** @param most requests inside at once, with those that wait: the others of their door have to get in too */
    HookServlet(Hooks hooks, Access access, Passages passages, int most, HandlerExceptionResolver errors) {
        this.hooks = hooks;
        this.access = access;
        this.passages = passages;
        this.errors = errors;
        this.inside = new Semaphore(most);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            HookAnswer answer = answer(request);
            response.setStatus(answer.status());
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentType(answer.contentType());
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        } catch (RuntimeException | HttpRequestMethodNotSupportedException e) {
            errors.resolveException(request, response, null, e);
        }
    }

    private HookAnswer answer(HttpServletRequest request) throws HttpRequestMethodNotSupportedException {
        String path = String.valueOf(request.getPathInfo());
        HookRoute route = hooks.find(path.substring(1)).orElseThrow(() -> Problem.notFound("such hook"));
        HookOptions options = route.options();
        if (!options.methods().contains(request.getMethod())) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), options.methods());
        } else if (!options.admits(request.getHeader("Authorization"))) {
            throw access.wrongCode(request, "Send the key of this hook: Authorization: Bearer …");
        }
        byte[] body = RawBody.read(request, MAX_BYTES);
        if (!inside.tryAcquire()) {
            throw Problem.unavailable("Many requests to hooks are being worked on; try again.");
        }
        try {
            Exchange exchange = exchange(route, request, body);
            pass(route, exchange);
            return answer(route.name(), exchange, body);
        } finally {
            inside.release();
        }
    }

    private static HookAnswer answer(String name, Exchange exchange, byte[] body) {
        try {
            return HookAnswer.of(exchange, body);
        } catch (RuntimeException e) { // of a status or body that is none
            throw failed(name, e);
        }
    }

    private static Exchange exchange(HookRoute route, HttpServletRequest request, byte[] body) {
        Exchange exchange = route.entry().getEndpoint().createExchange();
        exchange.setProperty("method", request.getMethod());
        exchange.setProperty("query", request.getQueryString());
        exchange.setProperty("contentType", request.getContentType());
        exchange.getIn().setBody(body);
        return exchange;
    }

    private void pass(HookRoute route, Exchange exchange) {
        String name = route.name();
        try {
            passages.process(name, exchange, route.entry().getProcessor());
        } catch (RejectedExecutionException e) {
            throw Problem.unavailable("Many requests wait for this hook; try again.");
        } catch (TimeoutException e) {
            LOG.warn("A request to the hook {} was given up: {}", name, e.getMessage());
            throw Problem.unavailable("The hook did not answer in time; try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The bridge is stopping; try again.");
        }
        Exception failure = exchange.getException();
        if (failure instanceof RefusedCaptureException refused) {
            throw Problem.invalid("body", String.valueOf(refused.getMessage()));
        } else if (failure instanceof Problem || failure instanceof StoreUnavailableException) {
            throw (RuntimeException) failure;
        } else if (failure != null) {
            throw failed(name, failure);
        }
    }

    private static Problem failed(String name, Exception why) {
        LOG.warn("The route of the hook {} failed", name, why);
        return Problem.failed("The route of this hook failed; see the log of the bridge.");
    }

    @Override
    public void destroy() {
        passages.close();
    }
}
