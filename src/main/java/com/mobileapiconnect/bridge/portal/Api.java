package com.mobileapiconnect.bridge.portal;

import com.mobileapiconnect.bridge.tenant.SignedIn;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * The API, as the pages call it: the same handlers with the same checks of keys, scopes, limits and fields as for callers
 * from outside, but without the network between. So a page can do nothing that its reader's key could not.
 */
@Component
class Api {

    private static final String SERVLET = "dispatcherServlet";

    private final DispatcherServlet handlers;

    Api(DispatcherServlet handlers) {
        this.handlers = handlers;
    }

    Answer call(HttpServletRequest outer, HttpServletResponse response, SignedIn who, Call call) {
        ApiRequest request = new ApiRequest(outer, who, call);
        HeldResponse answer = new HeldResponse(response);
        serve(request, answer);
        if (request.later() != null) {
            throw new IllegalStateException(call.path() + " is answered later");
        }
        return read(answer);
    }

    /** Calls what is answered later, without waiting for it. */
    CompletableFuture<Answer> callLater(
            HttpServletRequest outer, HttpServletResponse response, SignedIn who, Call call) {
        ApiRequest request = new ApiRequest(outer, who, call);
        HeldResponse answer = new HeldResponse(response);
        serve(request, answer);
        LaterCall later = request.later();
        if (later == null) {
            return CompletableFuture.completedFuture(read(answer));
        }
        return later.answered().thenApply(answered -> {
            request.goOn();
            serve(request, answer);
            return read(answer);
        });
    }

    private void serve(ApiRequest request, HeldResponse answer) {
        try {
            if (handlers.getServletConfig() == null) {
                // The container makes the servlet ready for its first request, which may be this one.
                request.getServletContext().getNamedDispatcher(SERVLET).include(request, answer);
                answer.reset();
            }
            handlers.service(request, answer);
        } catch (ServletException e) {
            throw new IllegalStateException("The API failed", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer read(HeldResponse answer) {
        return Answer.of(answer.getStatus(), answer.getContentType(), answer.body())
                .tagged(answer.getHeader("ETag"));
    }
}
