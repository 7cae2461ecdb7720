package com.mobileapiconnect.bridge.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a whole test class once per {@link Database}: in a build on SQLite with the unit tests, on PostgreSQL with the
 * integration tests. Its constructor and all methods that JUnit calls may take the
 * database as a parameter. A bridge or a store that the tests share is opened by a method with {@link BeforeDatabase}
 * and closed by one with {@link AfterDatabase}; {@code @BeforeAll} runs once, before both.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ClassTemplate
@Tag(OnBothDatabases.TAG)
@ExtendWith(OncePerDatabase.class)
public @interface OnBothDatabases {

    /** What the build calls these classes by. */
    String TAG = "both-databases";
}
