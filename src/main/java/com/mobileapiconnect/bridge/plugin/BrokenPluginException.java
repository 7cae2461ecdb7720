package com.mobileapiconnect.bridge.plugin;

/** Says why a plugin cannot be used, in words that follow its name. */
final class BrokenPluginException extends Exception {

    BrokenPluginException(String why) {
        super(why);
    }

    /** Returns what somebody else's code threw, in words; that code is not ours to trust with an empty message. */
    static String words(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && cause.getCause() != cause && depth < 50; depth++) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
        if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
            return "the class " + message.replace('/', '.') + " is in no plugin and not in the bridge";
        }
        String shown = message.length() > 300 ? message.substring(0, 300) + "…" : message;
        return cause.getClass().getSimpleName() + ": " + shown;
    }
}
