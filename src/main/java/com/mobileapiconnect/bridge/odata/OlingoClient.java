package com.mobileapiconnect.bridge.odata;

import com.mobileapiconnect.bridge.webhook.HttpRequest;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Body;
import com.mobileapiconnect.bridge.webhook.HttpRequest.Method;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the place of the library's HTTP client and makes its calls by the bridge's own: under the network guard, by the
 * proxy, with the connection's credentials, within its deadline, no redirect followed, no answer read without a bound.
 * The library's own client has a thread that an Error ends for good, and waits for ever for an answer that drips.
 */
final class OlingoClient extends CloseableHttpAsyncClient {

    private OlingoClient() {}

    static HttpAsyncClientBuilder builder() {
        return new HttpAsyncClientBuilder() {
            @Override
            public CloseableHttpAsyncClient build() {
                return new OlingoClient();
            }
        };
    }

    @Override
    public Future<HttpResponse> execute(HttpUriRequest request, FutureCallback<HttpResponse> callback) {
        HttpResponse response;
        try {
            response = call(request);
        } catch (IOException | RuntimeException e) {
            callback.failed(e instanceof IOException io ? io : new IOException(e));
            return CompletableFuture.failedFuture(e);
        }
        callback.completed(response);
        return CompletableFuture.completedFuture(response);
    }

    private static HttpResponse call(HttpUriRequest asked) throws IOException {
        OlingoCall call = OlingoCall.current();
        URI url = call.service().at(call.below(asked.getURI().toString()));
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : asked.getAllHeaders()) {
            if (header.getName().startsWith("OData") || header.getName().equals("Accept")) {
                headers.put(header.getName(), header.getValue());
            }
        }
        if (asked.getMethod().equals("GET")) {
            HttpResponse response = new BasicHttpResponse(HttpVersion.HTTP_1_1, 200, "OK");
            String metadata = call.metadata(HttpRequest.get(url, headers));
            response.setEntity(new StringEntity(metadata, ContentType.APPLICATION_XML.withCharset("UTF-8")));
            return response;
        }
        call.create(HttpRequest.of(Method.POST, url, headers, Body.json(body(asked))));
        return new BasicHttpResponse(HttpVersion.HTTP_1_1, 204, "No Content");
    }

    private static String body(HttpUriRequest asked) throws IOException {
        HttpEntity entity = asked instanceof HttpEntityEnclosingRequest enclosing ? enclosing.getEntity() : null;
        return entity == null ? "" : EntityUtils.toString(entity, StandardCharsets.UTF_8);
    }

    @Override
    public <T> Future<T> execute(
            HttpAsyncRequestProducer requestProducer,
            HttpAsyncResponseConsumer<T> responseConsumer,
            @Nullable HttpContext context,
            @Nullable FutureCallback<T> callback) {
        throw new UnsupportedOperationException("The library makes its calls by whole requests");
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void start() {
        // has nothing of its own to start
    }

    @Override
    public void close() {
        // nor to close
    }
}
