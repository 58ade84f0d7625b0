package dev.sessionrelay.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Says what a test needs beyond Java: {@code @Needs(Tool.GIT)} on a class or a method.
 *
 * <p>Where a tool is absent the test is skipped with a reason, and {@code ./verify} lists it. With
 * {@code -Drelay.strict=true} (which {@code ./verify --all} sets) it fails instead.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NeedsCondition.class)
public @interface Needs {
    Tool[] value();
}
