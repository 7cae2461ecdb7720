package com.mobileapiconnect.bridge.support;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** Makes one run of a class for each database. */
final class OncePerDatabase implements ClassTemplateInvocationContextProvider {

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<Run> provideClassTemplateInvocationContexts(ExtensionContext context) {
        return Database.wanted().stream().map(Run::new);
    }

    private record Run(Database database)
            implements ClassTemplateInvocationContext,
                    BeforeClassTemplateInvocationCallback,
                    AfterClassTemplateInvocationCallback,
                    ParameterResolver,
                    TestExecutionExceptionHandler {

        @Override
        public String getDisplayName(int index) {
            return "on " + database;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public void beforeClassTemplateInvocation(ExtensionContext context) {
            run(BeforeDatabase.class, context);
        }

        @Override
        public void afterClassTemplateInvocation(ExtensionContext context) {
            run(AfterDatabase.class, context);
        }

        private static void run(Class<? extends Annotation> marker, ExtensionContext context) {
            AnnotationSupport.findAnnotatedMethods(
                            context.getRequiredTestClass(), marker, HierarchyTraversalMode.TOP_DOWN)
                    .forEach(method -> context.getExecutableInvoker().invoke(method));
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Database.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return database;
        }

        /** Says which database it was: reports of a build show a test's name without its run. */
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
            failure.addSuppressed(new On(database));
            throw failure;
        }
    }

    private static final class On extends Throwable {

        On(Database database) {
            super(database.toString(), null, false, false);
        }
    }
}
