package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.concurrent.CompletableFuture;

/** A call of the API whose answer is not there yet: no thread waits for it. */
final class LaterCall implements AsyncContext {

    private final ServletRequest request;
    private final ServletResponse response;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    LaterCall(ServletRequest request, ServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** Returns what completes when the call can go on. */
    CompletableFuture<Void> answered() {
        return answered;
    }

    @Override
    public void dispatch() {
        answered.complete(null);
    }

    @Override
    public void dispatch(String path) {
        throw new IllegalStateException("The API goes on where it was");
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        dispatch(path);
    }

    @Override
    public void complete() {
        answered.complete(null);
    }

    @Override
    public void start(Runnable run) {
        throw new IllegalStateException("The API brings its own threads");
    }

    @Override
    public ServletRequest getRequest() {
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        return response;
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return true;
    }

    /** Ignores the listener: the request for the page has the time, and the caller that may go away. */
    @Override
    public void addListener(AsyncListener listener) {}

    @Override
    public void addListener(AsyncListener listener, ServletRequest of, ServletResponse with) {}

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) {
        throw new IllegalStateException("Nobody listens: " + type);
    }

    @Override
    public void setTimeout(long millis) {}

    @Override
    public long getTimeout() {
        return 0;
    }
}
