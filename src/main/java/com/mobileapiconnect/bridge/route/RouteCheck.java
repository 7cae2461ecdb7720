package com.mobileapiconnect.bridge.route;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Checks a text in the order in which its reader can mend it: YAML, Camel's schema, what a route may use, its endpoints
 * and their options, a start among stubs. Throws a {@link RouteRefusedException} for one that does not pass.
 */
@Component
public class RouteCheck {

    private final RouteContexts contexts;
    private final RoutePolicy policy;
    private final RouteCatalogue catalogue;
    private final ProductTexts product;
    private final RouteSettings settings;
    private final TimeBox timeBox = new TimeBox();
    private volatile Supplier<String> errors;

    RouteCheck(
            RouteContexts contexts,
            RoutePolicy policy,
            RouteCatalogue catalogue,
            ProductTexts product,
            RouteSettings settings) {
        this.contexts = contexts;
        this.policy = policy;
        this.catalogue = catalogue;
        this.product = product;
        this.settings = settings;
        this.errors = () -> product.find(ProductTexts.ERRORS).orElseThrow();
    }

    /** Says where the text that is for every route is from now on. */
    void errorsFrom(Supplier<String> text) {
        errors = text;
    }

    /** Reads a text and checks all of it that can be checked without starting it. */
    public RouteText read(String name, byte[] yaml) {
        if (!RouteText.NAME.matcher(name).matches()) {
            throw new RouteRefusedException(
                    "The name " + name + " is none for a route: 1 to 63 of a-z, 0-9 and -, the first no -", null);
        }
        RouteText text = RouteYaml.read(name, yaml);
        refuse(RouteSchema.check(text));
        List<RouteFault> faults = new ArrayList<>(ProductRules.check(text, product.names()));
        faults.addAll(policy.check(text));
        refuse(faults);
        refuse(catalogue.check(text, policy));
        return text;
    }

    /** Reads and checks a text, and starts it once among stubs. */
    public RouteText check(String name, byte[] yaml) {
        RouteText text = read(name, yaml);
        scratch(text, Outside.NOTHING, Map.of()).close();
        return text;
    }

    /**
     * Checks the route of a connector's template, and starts it once among stubs.
     *
     * @param sample with plain values in the place of properties
     * @param bound  with references in their place
     */
    void template(RouteText sample, RouteText bound) {
        refuse(RouteSchema.check(sample));
        refuse(policy.check(sample));
        refuse(catalogue.check(bound, policy));
        scratch(bound, Outside.NOTHING, Map.of()).close();
    }

    /**
     * Starts a text among stubs, within its time.
     *
     * @param beans in place of the bridge's own, by name
     */
    public Scratch scratch(RouteText text, Outside outside, Map<String, ?> beans) {
        RouteText common = RouteYaml.read(ProductTexts.ERRORS, errors.get().getBytes(StandardCharsets.UTF_8));
        try {
            return timeBox.call(
                    "The start of " + text.name(),
                    settings.startWithin(),
                    () -> Scratch.start(contexts, common, text, outside, beans));
        } catch (Throwable e) {
            throw StartFault.refusal(text, e);
        }
    }

    private static void refuse(List<RouteFault> faults) {
        if (!faults.isEmpty()) {
            throw new RouteRefusedException(faults);
        }
    }
}
