package com.mobileapiconnect.bridge.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Settings that all handlers share: a single form of answers, and how methods get their {@link JsonBody}, {@link
 * YamlBody}, {@link IfMatch} and {@link Page.Request}.
 */
@org.springframework.stereotype.Component
class Arguments implements WebMvcConfigurer {

    private static final int MAX_BODY = 1 << 20;
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(TreeMemory.MAX_TOKENS)
                            .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build()
            .reader();

    private final TreeMemory trees;
    private final AnswerMemory answers;

    Arguments(TreeMemory trees, AnswerMemory answers) {
        this.trees = trees;
        this.answers = answers;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(trees);
        registry.addInterceptor(answers);
    }

    /** Fixes the form of answers, so that no change is made and then refused because of its Accept header. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Resolver(JsonBody.class) {
            @Override
            Object resolve(HttpServletRequest request) {
                return body(request);
            }
        });
        resolvers.add(new Resolver(YamlBody.class) {
            @Override
            Object resolve(HttpServletRequest request) {
                return new YamlBody(weighed(request));
            }
        });
        resolvers.add(new Resolver(IfMatch.class) {
            @Override
            Object resolve(HttpServletRequest request) {
                return IfMatch.of(request);
            }
        });
        resolvers.add(new Resolver(Page.Request.class) {
            @Override
            Object resolve(HttpServletRequest request) {
                return page(request);
            }
        });
    }

    /** Claims memory for the tree that is made of the body. */
    private byte[] weighed(HttpServletRequest request) {
        byte[] bytes = RawBody.read(request, MAX_BODY);
        trees.claim(request, bytes);
        return bytes;
    }

    private JsonBody body(HttpServletRequest request) {
        byte[] bytes = weighed(request);
        try {
            JsonNode node = bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(bytes);
            if (!node.isObject()) {
                throw Problem.badRequest("The body must be a JSON object.");
            }
            return new JsonBody(node);
        } catch (JacksonException e) {
            throw JsonFlaw.isTooMuch(e)
                    ? Problem.tooLarge("The body has over " + TreeMemory.MAX_TOKENS + " brackets, names and values.")
                    : Problem.badRequest("The body is not JSON: " + JsonFlaw.of(e));
        } catch (IOException e) {
            throw Problem.badRequest("The body could not be read.");
        }
    }

    private static Page.Request page(HttpServletRequest request) {
        String limit = request.getParameter("limit");
        String cursor = request.getParameter("cursor");
        if (limit == null) {
            return new Page.Request(Page.DEFAULT_LIMIT, cursor);
        }
        try {
            int n = Integer.parseInt(limit);
            if (n >= 1 && n <= Page.MAX_LIMIT) {
                return new Page.Request(n, cursor);
            }
        } catch (NumberFormatException e) {
            // answered below, like a number out of bounds
        }
        throw Problem.invalid("limit", "must be a number from 1 to " + Page.MAX_LIMIT);
    }

    private abstract static class Resolver implements HandlerMethodArgumentResolver {

        private final Class<?> type;

        Resolver(Class<?> type) {
            this.type = type;
        }

        abstract Object resolve(HttpServletRequest request);

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == type;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binder) {
            HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
            if (servlet == null) {
                throw new IllegalStateException("Not a servlet request");
            }
            return resolve(servlet);
        }
    }
}
