package com.mobileapiconnect.bridge.intake;

/**
 * Reports that {@code phone:capture} can never take what a route gave it: it is no SMS. Routes name this class in {@code
 * doCatch}, to put such a thing aside; after any other exception of that step the same may be taken later.
 */
public final class RefusedCaptureException extends RuntimeException {

    RefusedCaptureException(String why) {
        super("phone:capture took nothing: " + why);
    }
}
