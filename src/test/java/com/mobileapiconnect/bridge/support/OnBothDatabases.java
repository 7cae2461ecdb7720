package com.mobileapiconnect.bridge.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a whole test class once per {@link Database}. Its constructor and all methods that JUnit calls may take the
 * database as a parameter. A bridge or a store that the tests share is opened by a method with {@link BeforeDatabase}
 * and closed by one with {@link AfterDatabase}; {@code @BeforeAll} runs once, before both.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ClassTemplate
@ExtendWith(OncePerDatabase.class)
public @interface OnBothDatabases {}
