package com.mobileapiconnect.bridge.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Marks tests that are about PostgreSQL alone: a build runs them with the integration tests. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag(OnPostgresql.TAG)
public @interface OnPostgresql {

    /** What the build calls these tests by. */
    String TAG = "postgresql";
}
