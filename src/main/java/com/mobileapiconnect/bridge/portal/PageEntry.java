package com.mobileapiconnect.bridge.portal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the pages. */
@Configuration(proxyBeanMethods = false)
class PageEntry {

    private static final String PAGE = "/phone";
    private static final String FILES = "/portal/";
    private static final String HTMX = "META-INF/resources/webjars/htmx.org/" + "2.0.7" + "/dist/htmx.min.js";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";
    private static final List<String> MODULES = List.of(
            "portal.js",
            "session.js",
            "live.js",
            "palette.js",
            "editor.js",
            "rules.js",
            "build.js",
            "forms.js",
            "pairing.js");
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
        List<String> paths = new ArrayList<>(servlet.paths());
        paths.add(PAGE + "/"); // as people type it
        return new ServletRegistrationBean<>(servlet, paths.toArray(String[]::new));
    }

    /** The pages of the portal; nothing of them is made before somebody asks for one. */
    @Bean
    ServletRegistrationBean<PortalServlet> portal(
            List<PortalPage> pages, SignIn signIn, Api api, Live live, Exports exports) {
        Map<String, PortalPage> byPath = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>(List.of("", SignIn.PATH, SignIn.OUT));
        for (PortalPage page : pages) {
            byPath.put(page.path(), page);
            if (!page.path().equals("/")) {
                paths.add(page.path() + "/*");
            }
        }
        return new ServletRegistrationBean<>(
                new PortalServlet(byPath, signIn, api, live, exports), paths.toArray(String[]::new));
    }

    @Bean
    ServletRegistrationBean<PageServlet> portalFiles() {
        Map<String, Asset> assets = new LinkedHashMap<>();
        assets.put(FILES + "portal.css", Asset.read("text/css;charset=UTF-8", "portal/portal.css"));
        for (String script : MODULES) {
            assets.put(FILES + script, Asset.read(SCRIPT, "portal/" + script));
        }
        assets.put(FILES + "icon.svg", Asset.read("image/svg+xml", "portal/phone/icon.svg"));
        assets.put(FILES + "htmx.js", Asset.read(SCRIPT, HTMX));
        PageServlet servlet = new PageServlet(assets);
        return new ServletRegistrationBean<>(servlet, servlet.paths().toArray(String[]::new));
    }

    private static Asset read(String type, String name) {
        return Asset.read(type, "portal/phone/" + name);
    }
}
