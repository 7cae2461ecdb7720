package com.mobileapiconnect.bridge.route;

/** Good texts of the product's routes, as many as are wanted. */
public final class Versions {

    private Versions() {}

    /** @param name intake, accept or deliver */
    public static String of(String name, int number) {
        return switch (name) {
            case "intake" -> """
                    - route:
                        id: intake
                        description: Version %d.
                        from:
                          uri: phone:inbound
                          steps:
                            - setProperty: {name: version, constant: '%d'}
                            - to: "{{intake.accept}}"
                    """.formatted(number, number);
            case "accept" -> """
                    - route:
                        id: accept
                        description: Version %d.
                        from:
                          uri: direct:accept
                          steps:
                            - process: {ref: rules}
                            - process: {ref: intake}
                    """.formatted(number);
            default -> """
                    - route:
                        id: deliver
                        description: Version %d.
                        from:
                          uri: outbox:due
                          steps:
                            - setProperty: {name: version, constant: '%d'}
                            - to: direct:before
                            - to: outbox:send
                    - route:
                        id: before
                        from:
                          uri: direct:before
                          steps:
                            - filter:
                                simple: "${exchangeProperty.version} != '%d'"
                                steps:
                                  - throwException: {exceptionType: java.lang.IllegalStateException, message: mixed}
                    """.formatted(number, number, number);
        };
    }
}
