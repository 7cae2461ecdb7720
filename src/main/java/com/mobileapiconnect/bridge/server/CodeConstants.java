package com.mobileapiconnect.bridge.server;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts constants of the code where a document names them: <code>${device.DeviceFields.MAX_SIM}</code> is the value of
 * that field, as a number where it stands alone, as text within text. So a bound has one place, the code that checks it.
 */
final class CodeConstants {

    private static final Pattern NAMED = Pattern.compile("\\$\\{((?:[a-z]+\\.)+)((?:[A-Z]\\w*\\.)+)([A-Z][A-Z0-9_]*)}");
    private static final String ROOT = CodeConstants.class.getPackageName().replaceFirst("[^.]+$", "");

    private CodeConstants() {}

    /** Returns the same tree of maps, lists and scalars with values in place of names. */
    static Object in(Object node) {
        if (node instanceof Map<?, ?> map) {
            Map<Object, Object> filled = new LinkedHashMap<>();
            map.forEach((key, value) -> filled.put(key, value == null ? null : in(value)));
            return filled;
        } else if (node instanceof List<?> list) {
            return list.stream().map(each -> each == null ? null : in(each)).toList();
        }
        return node instanceof String text ? inText(text) : node;
    }

    private static Object inText(String text) {
        Matcher whole = NAMED.matcher(text);
        if (whole.matches()) {
            Object value = value(whole);
            return value instanceof Number ? value : value.toString();
        }
        whole.reset();
        return whole.replaceAll(name -> Matcher.quoteReplacement(value(name).toString()));
    }

    private static Object value(MatchResult name) {
        String types = name.group(2).substring(0, name.group(2).length() - 1).replace('.', '$');
        try {
            Field field = Class.forName(ROOT + name.group(1) + types).getDeclaredField(name.group(3));
            field.setAccessible(true);
            Object value = field.get(null);
            return value instanceof Double number && number == Math.rint(number) ? (Object) number.longValue() : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The code has no constant " + name.group(), e);
        }
    }
}
