package com.mobileapiconnect.bridge.trial;

import com.mobileapiconnect.bridge.route.RouteText;
import com.mobileapiconnect.bridge.route.RunningTexts;
import com.mobileapiconnect.bridge.tenant.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Draws a route as it runs: as SVG, or for Mermaid where the caller asks for plain text. */
@RestController
class DiagramResource {

    private static final MediaType SVG = MediaType.valueOf("image/svg+xml;charset=UTF-8");
    private static final MediaType TEXT = MediaType.valueOf("text/plain;charset=UTF-8");

    private final RunningTexts texts;

    DiagramResource(RunningTexts texts) {
        this.texts = texts;
    }

    @GetMapping("/v1/routes/{name}/diagram")
    ResponseEntity<String> diagram(
            Caller.OfOperator operator,
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        RouteText text = texts.text(name);
        List<DrawnRoute> routes = RouteModels.of(name, text.text());
        StepCounts counts =
                texts.running(name).map(camel -> StepCounts.of(routes, camel)).orElseGet(StepCounts::none);
        boolean plain = wantsText(accept);
        return ResponseEntity.ok()
                .contentType(plain ? TEXT : SVG)
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
                .body(plain ? MermaidDiagram.of(routes, counts::of) : SvgDiagram.of(routes, counts::of));
    }

    private static boolean wantsText(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        try {
            return MediaType.parseMediaTypes(accept).stream()
                    .filter(type -> type.includes(SVG) || type.includes(TEXT))
                    .findFirst()
                    .map(type -> !type.includes(SVG))
                    .orElse(false);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
