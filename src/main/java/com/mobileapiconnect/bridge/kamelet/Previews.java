package com.mobileapiconnect.bridge.kamelet;

import com.mobileapiconnect.bridge.delivery.Preview;
import com.mobileapiconnect.bridge.erp.ErpCall;
import com.mobileapiconnect.bridge.erp.ErpRequest;
import com.mobileapiconnect.bridge.erp.ErpSystems;
import com.mobileapiconnect.bridge.erp.ErpWrite;
import com.mobileapiconnect.bridge.kamelet.Binding.Bound;
import com.mobileapiconnect.bridge.lane.Rehearsal;
import com.mobileapiconnect.bridge.route.Outside;
import com.mobileapiconnect.bridge.route.Templates;
import com.mobileapiconnect.bridge.trial.Harmless;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds out what a connector would send: its route goes on among stubs, where nothing leaves and nothing is done, up to the
 * first endpoint that it would call.
 */
@Component
class Previews {

    private final Templates templates;
    private final ErpSystems systems;

    Previews(Templates templates, ErpSystems systems) {
        this.templates = templates;
        this.systems = systems;
    }

    /** Returns empty if the route would call nobody. */
    Optional<Preview> of(Kamelet kamelet, ErpCall call) {
        String own = kamelet.system();
        if (own != null) {
            return Optional.of(systems.named(own).preview(call.write()));
        }
        Bound bound = kamelet.bind(Instances.masked(call.write().connection()));
        Recorded recorded = new Recorded(systems, bound.beans());
        templates.rehearse(bound.route(), recorded, exchange -> {
            Rehearsal.begin(exchange, call.write().attempt());
            exchange.getIn().setBody(call.write().body());
            bound.variables().forEach(exchange::setVariable);
            exchange.setVariable(Kamelet.FIELDS, call.write().fields().toString());
            call.goesAs(exchange);
        });
        return Optional.ofNullable(recorded.first);
    }

    /** Stands for everything outside; keeps the first call and ends the route there. */
    private static final class Recorded implements Outside, InterceptStrategy {

        private static final String SYSTEM = "erp:";
        private static final Pattern REFERENCE = Pattern.compile("#bean:(\\w+)");

        private final ErpSystems systems;
        private final Map<String, Object> beans;
        private volatile @Nullable Preview first;

        Recorded(ErpSystems systems, Map<String, Object> beans) {
            this.systems = systems;
            this.beans = beans;
        }

        @Override
        public void prepare(CamelContext camel) {
            camel.getCamelContextExtension().addInterceptStrategy(this);
        }

        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
            Harmless instead = Harmless.inPlaceOf(definition);
            return instead == null ? target : exchange -> instead.act(exchange, (what, of) -> {});
        }

        @Override
        public void called(String endpoint, Exchange exchange) {
            String uri = endpoint.replaceFirst("://", ":");
            exchange.setRouteStop(true);
            if (first != null || Rehearsal.isStep(uri)) {
                return;
            }
            ErpWrite write = ErpCall.write(exchange);
            first = uri.startsWith(SYSTEM) && write != null
                    ? systems.named(uri.substring(SYSTEM.length())).preview(write)
                    : new ErpRequest(
                            "SEND",
                            shown(uri),
                            headers(exchange),
                            exchange.getMessage().getBody(String.class));
        }

        /** Shows the values that options name; those of secrets are masked already. */
        private String shown(String uri) {
            return REFERENCE
                    .matcher(decoded(uri))
                    .replaceAll(name -> Matcher.quoteReplacement(String.valueOf(beans.get(name.group(1)))));
        }

        private static String decoded(String uri) {
            try {
                return URLDecoder.decode(uri, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notEncoded) {
                return uri;
            }
        }

        private static Map<String, String> headers(Exchange exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getMessage().getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
            return headers;
        }
    }
}
