package com.mobileapiconnect.bridge.route;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultResourceLoader;
import org.apache.camel.spi.Resource;

/**
 * Lets nothing in a route be read from a file or URL, whatever asks for it: an expression ({@code resource:file:…}), a
 * statement ({@code sql:file:…}), a value that came out of a setting.
 */
final class ClassPathAlone extends DefaultResourceLoader {

    private static final String CLASS_PATH = "classpath:";

    ClassPathAlone(CamelContext camel) {
        super(camel);
    }

    @Override
    public Resource resolveResource(String uri) {
        if (uri.contains(":") && !uri.startsWith(CLASS_PATH)) {
            throw new IllegalArgumentException("A route reads no files and no URLs: " + uri);
        }
        return super.resolveResource(uri);
    }
}
