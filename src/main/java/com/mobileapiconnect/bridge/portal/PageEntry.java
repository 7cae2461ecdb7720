package com.mobileapiconnect.bridge.portal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the phone's page. */
@Configuration(proxyBeanMethods = false)
class PageEntry {

    private static final String PAGE = "/phone";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";
    private static final List<String> SCRIPTS = List.of(
            "app.js",
            "api.js",
            "apps.js",
            "db.js",
            "lists.js",
            "sync.js",
            "texts.js",
            "texts-de.js",
            "texts-en.js",
            "sw.js");

    @Bean
    ServletRegistrationBean<PageServlet> phonePage() {
        Map<String, Asset> assets = new LinkedHashMap<>();
        assets.put(PAGE, read("text/html;charset=UTF-8", "phone.html"));
        assets.put(PAGE + "/phone.css", read("text/css;charset=UTF-8", "phone.css"));
        assets.put(PAGE + "/icon.svg", read("image/svg+xml", "icon.svg"));
        assets.put(PAGE + "/manifest.webmanifest", read("application/manifest+json", "manifest.webmanifest"));
        SCRIPTS.forEach(name -> assets.put(PAGE + "/" + name, read(SCRIPT, name)));
        PageServlet servlet = new PageServlet(assets);
        return new ServletRegistrationBean<>(servlet, servlet.paths().toArray(String[]::new));
    }

    private static Asset read(String type, String name) {
        return Asset.read(type, "portal/phone/" + name);
    }
}
