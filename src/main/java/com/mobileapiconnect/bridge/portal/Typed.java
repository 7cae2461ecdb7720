package com.mobileapiconnect.bridge.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form that somebody has filled in and sent after the session had ended. The page that asks for the key carries it, and
 * whoever signs in with the key that it was drawn for sees it again, to send it. A form that another site has prepared
 * lacks the mark of that key, which nobody can guess, and goes no further.
 *
 * @param path where it was sent
 * @param body its fields as the browser wrote them
 */
record Typed(String path, String body) {

    static final String PATH = "typedAt";
    static final String BODY = "typed";

    private static final int LONGEST = 256 << 10;
    private static final Pattern OURS = Pattern.compile("(/[A-Za-z0-9_.-]{1,200}){1,6}");
    /** The forms that are drawn anew of what was typed; the others are shown as a list of their fields. */
    private static final Pattern BUILT = Pattern.compile("/rules/(new|rule_[^/]+)|/connections/(new/[^/]+|con_[^/]+)");

    /** The fields of a form that nobody types. */
    private static final Set<String> OF_THE_FORM =
            Set.of(PortalServlet.FORM_TOKEN, SentForms.NUMBER, "version", "seen", "zone");

    private static final Pattern SECRET = Pattern.compile("secret|password|token", Pattern.CASE_INSENSITIVE);

    /** Returns the form that a request sends; null if there is nothing in it that could be lost. */
    static @Nullable Typed of(HttpServletRequest request, String body) {
        return request.getHeader("HX-Request") == null ? of(request.getRequestURI(), body) : null;
    }

    /** Returns the form that the page for the key has carried; null for none. */
    static @Nullable Typed carried(Form signIn) {
        return signIn.has(BODY) ? of(signIn.get(PATH), signIn.get(BODY)) : null;
    }

    private static @Nullable Typed of(String path, String body) {
        if (body.length() > LONGEST || !OURS.matcher(path).matches() || path.equals(SignIn.OUT)) {
            return null;
        }
        Typed typed = new Typed(path, body);
        return typed.shown().isEmpty() ? null : typed;
    }

    Form form() {
        return Form.of(body);
    }

    boolean isOf(Session session) {
        return session.isOfTheSameKey(form().get(PortalServlet.FORM_TOKEN));
    }

    /** Returns whether the form can be drawn with all that is in it. */
    boolean isBuilt() {
        return BUILT.matcher(path).matches();
    }

    /** Returns the path at which it is drawn, and nothing saved. */
    String draft() {
        return isBuilt() ? path + "/build" : path;
    }

    /** A field that was filled in. */
    record Field(String name, String value) {

        boolean isSecret() {
            return SECRET.matcher(name).find();
        }
    }

    /** Returns the fields that are sent once more. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        form().fields().forEach((name, values) -> {
            if (!name.equals(PortalServlet.FORM_TOKEN) && !name.equals(SentForms.NUMBER)) {
                values.forEach(value -> fields.add(new Field(name, value)));
            }
        });
        return fields;
    }

    /** Returns the fields in which there is something that somebody may have typed. */
    List<Field> shown() {
        return fields().stream()
                .filter(field ->
                        !OF_THE_FORM.contains(field.name()) && !field.value().isBlank())
                .toList();
    }

    static Reply page(Typed typed) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("page", typed);
        return new Reply.Shown(Reply.OK, "typed.title", "typed", values);
    }
}
